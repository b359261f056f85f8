"""What became of articles that earlier editions told: pure.

Each is told once in a list, in the first edition after it was known, about what was told in the last 28 days. A new
version of a text comes again as an update of its story; it is a correction too only where it takes something back:
another headline of mostly other words, or another number for what the told version counted. A mended comma is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from digests.plain import one_line, shorten, web_link
from digests.recap import Correction, CorrectionRule
from pipeline.figures import figures
from pipeline.model import Article, Disposition, StoredArticle
from pipeline.terms import family_of
from pipeline.words import words

_HEADLINE, _DETAIL = 300, 200  # characters
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_OTHER = 0.5  # the share of a headline's words that stay, below which it is another one


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the newest edition to tell it told it, and as it stands."""

    period: date  # of that edition
    then: StoredArticle  # in the version that was told
    now: StoredArticle | None  # its new version that stands in no edition yet; None: there is none
    outlet_title: str


def corrections(told: Iterable[Told], known: Set[tuple[int, str]]) -> tuple[Correction, ...]:
    """Those that no earlier edition told (`known`: told versions and rules), the newest tellings first."""
    found = [(one, rule) for one in told if (rule := rule_of(one)) is not None]
    new = [_correction(one, rule) for one, rule in found if (one.then.version_id, rule.value) not in known]
    return tuple(sorted(new, key=_order))


def _order(one: Correction) -> tuple[int, str, str, str]:
    return -one.period.toordinal(), one.rule.value, one.outlet_title or "", one.url or ""


def rule_of(told: Told) -> CorrectionRule | None:
    """What became of it; None where it stands."""
    match told.then.disposition:
        case Disposition.WITHHELD | Disposition.TAKEN_DOWN:
            return CorrectionRule.WITHHELD
        case Disposition.REJECTED:
            return CorrectionRule.REJECTED
        case _:
            pass
    if told.then.gone_at is not None:
        return CorrectionRule.WITHDRAWN
    if told.now is not None and takes_back(told.then.article, told.now.article):
        return CorrectionRule.CHANGED
    return None


def takes_back(then: Article, now: Article) -> bool:
    """Does a new version say something else than the one that was told?"""
    return _is_other(then.headline, now.headline) or _counts_otherwise(then, now)


def _is_other(then: str | None, now: str | None) -> bool:
    before, after = set(words(then or "")), set(words(now or ""))
    return bool(before and after) and len(before & after) < _OTHER * min(len(before), len(after))


def _counts_otherwise(then: Article, now: Article) -> bool:
    """Is the number of something another one? What is counted in several ways, in either version, tells nothing."""
    had, has = _passages(then, now), _passages(now, then)
    gone, come = (set(_NUMBER.findall(one)) - set(_NUMBER.findall(other)) for one, other in ((had, has), (has, had)))
    if not gone or not come:
        return False  # no number took another's place: most edits end here, for what is counted takes its time to read
    before, after = (figures(text, family_of(now.in_language)).counted for text in (had, has))
    same = (noun for noun in before if len(before[noun]) == 1 and len(after.get(noun, ())) == 1)
    return any(before[noun] != after[noun] for noun in same)


def _passages(article: Article, other: Article) -> str:
    """The headline and those paragraphs that are not in the other version."""
    kept = set(other.article_body)
    return ". ".join([article.headline or "", *(text for text in article.article_body if text not in kept)])


def _correction(told: Told, rule: CorrectionRule) -> Correction:
    """Of what may not be shown any more neither headline nor address, nor a reason that may repeat them."""
    stored = told.then
    shown = rule is not CorrectionRule.WITHHELD
    article = stored.article
    reason = stored.rejected_reason if rule is CorrectionRule.REJECTED else None
    return Correction(
        rule=rule,
        period=told.period,
        story_id=stored.story_id,
        article_id=stored.id,
        headline=shorten(one_line(article.headline), _HEADLINE) if shown else None,
        outlet_title=one_line(told.outlet_title),
        url=web_link(article.url) if shown else None,
        language=article.in_language if shown else None,
        detail=shorten(one_line(reason), _DETAIL),
        version_id=stored.version_id,
        watches=tuple(sorted({match.id for match in article.watches})),
        cities=tuple(dict.fromkeys(location.name for location in article.content_locations)),
    )
