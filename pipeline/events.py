"""Marks of which event an article tells: the forum's edition, where and when it was, what it counts, its phase."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.days import Days, told_days
from pipeline.figures import Figures, figures
from pipeline.model import Article
from pipeline.phases import Phase, announces, phase
from pipeline.roundups import is_roundup
from pipeline.terms import family_of
from pipeline.venues import Setting, elsewhere, venues
from pipeline.words import rough_sentences

AWAY = timedelta(days=10)  # reports of one event are not published further apart
_NEAR = timedelta(hours=36)  # this morning's event in tomorrow's evening article

# What is left of a score, or what it gains. Chosen on ECB+ (folds of topics) and Wikinews together, over the scores of
# terms alone: the best B³ F1 rises there from .877 to .895 and from .785 to .863; days bring most of it. Of ECB+'s
# pairs that score at least .6, other days part 25 % of the wrong ones and 10 % of the right ones, other figures 24 and
# 10 %; 38 % of the right ones count something alike, and 10 % of the wrong ones. That no number at all is shared, or
# that the chief name of one is not in the other, brings nothing more.
_FADED = 0.5  # at AWAY
_OTHER_DAY = 0.8
_OTHER_FIGURES = 0.9  # they count the same things otherwise
_SAME_FIGURES = 1.2
# By hand: those sets hold too few of them. No right pair is lost by these there, but one of 56 by _ELSEWHERE.
_OTHER_PHASE = 0.5  # between an announcement and a report
_OTHER_END = 0.7  # between the opening and the closing
_OTHER_FIRST_DAY = 0.7  # what is told first is of another day, though both name one in common ("Monday's pact")
_OTHER_HEADLINE_DAY = 0.4  # "harga emas 19 Juni", "harga emas 20 Juni"
_ELSEWHERE = 0.7
_MAYBE_ELSEWHERE = 0.9  # one of them only names its places at the beginning
_OTHER_ORDINAL = 0.7  # the 5th forum and the 6th
_ROUNDUP = 0.3  # tells of many events, and is none of them

_SIDELINES = re.compile(r"\bdi sela(?:-sela)?\b|\bsidelines of\b", re.IGNORECASE)

Edition = tuple[str, int]  # (watch, year of the forum)


@dataclass(frozen=True, slots=True)
class Clues:
    """What ties an article to one event."""

    published: datetime | None
    family: str | None  # of its language: figures are compared within one
    editions: tuple[Edition, ...]  # where the text settles the year
    announces: bool  # tells of an event to come
    phase: Phase | None  # opening or closing, as the headline says
    roundup: bool  # "five things", "terpopuler": tells of many events
    sidelines: bool  # took place at the side of a forum that is a story of its own
    days: Days  # all that it names
    first_days: Days  # of its headline and its first two sentences
    headline_days: Days
    setting: Setting
    figures: Figures


def clues(article: Article) -> Clues:
    """The clues of an article."""
    headline = article.headline or ""
    family = family_of(article.in_language)
    first, *second = rough_sentences(article.text)[:2] or [""]
    beginning = f"{headline} {first}"
    whole = f"{headline}\n{article.text}"
    ahead = announces(article)
    day = article.date_published.date() if article.date_published is not None else None
    return Clues(
        published=article.date_published,
        family=family,
        editions=tuple((match.id, match.edition) for match in article.watches if match.edition is not None),
        announces=ahead,
        phase=phase(article.headline),
        roundup=is_roundup(headline),
        sidelines=bool(_SIDELINES.search(beginning)),
        days=told_days(whole, day, ahead=ahead),
        first_days=told_days(f"{headline}\n{first} {' '.join(second)}", day, ahead=ahead),
        headline_days=told_days(headline, day, ahead=ahead),
        setting=venues(article.headline, article.text),
        figures=figures(whole, family, beginning),
    )


def other_edition(a: Iterable[Edition], b: Iterable[Edition]) -> bool:
    """Do these editions say that one forum is told of in two different years? Then it is never one story."""
    years: dict[str, set[int]] = {}
    for watch, year in a:
        years.setdefault(watch, set()).add(year)
    shared = [year in years[watch] for watch, year in b if watch in years]
    return bool(shared) and not any(shared)


def too_far_apart(a: Clues, b: Clues) -> bool:
    """Were they published too far apart to report one event?"""
    return a.published is not None and b.published is not None and abs(a.published - b.published) > AWAY


def weight(a: Clues, b: Clues) -> float:
    """What is left of a likeness when all that speaks for two events is held against it; figures may add a little."""
    return (
        _time_weight(a, b)
        * _phase_weight(a, b)
        * _day_weight(a, b)
        * _place_weight(a.setting, b.setting)
        * _figure_weight(a, b)
        * (_ROUNDUP if a.roundup or b.roundup else 1.0)
    )


def _time_weight(a: Clues, b: Clues) -> float:
    if a.published is None or b.published is None:
        return 1.0
    between = abs(a.published - b.published)
    if between <= _NEAR:
        return 1.0
    share = (between - _NEAR) / (AWAY - _NEAR)
    return max(_FADED, 1.0 - (1.0 - _FADED) * share)


def _phase_weight(a: Clues, b: Clues) -> float:
    if a.announces != b.announces:
        return _OTHER_PHASE
    return _OTHER_END if a.phase and b.phase and a.phase is not b.phase else 1.0


def _day_weight(a: Clues, b: Clues) -> float:
    if a.headline_days.agree(b.headline_days) is False:
        return _OTHER_HEADLINE_DAY
    if a.days.agree(b.days) is False:
        return _OTHER_DAY
    dated = a.published is not None and b.published is not None  # else weekdays are all there is: too little
    return _OTHER_FIRST_DAY if dated and a.first_days.agree(b.first_days) is False else 1.0


def _place_weight(a: Setting, b: Setting) -> float:
    if not elsewhere(a.places, b.places):
        return 1.0
    return _ELSEWHERE if a.stated and b.stated else _MAYBE_ELSEWHERE


def _figure_weight(a: Clues, b: Clues) -> float:
    ordinals = a.figures.ordinals, b.figures.ordinals
    found = _OTHER_ORDINAL if all(ordinals) and ordinals[0].isdisjoint(ordinals[1]) else 1.0
    same = a.figures.agree(b.figures) if a.family == b.family else None
    return found if same is None else found * (_SAME_FIGURES if same else _OTHER_FIGURES)
