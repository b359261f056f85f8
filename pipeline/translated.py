"""Which members of a story are translations of which others: credited ones, a house's own editions, uncredited ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from pipeline.anchors import anchors, sound
from pipeline.model import StoredArticle
from pipeline.sources import credit, credits_to, house, is_own_words, links_to
from pipeline.terms import family_of
from pipeline.translations import Pairing, ceiling, may_be_translation, pairing

# Scores (`Pairing.score`) from which a text is held to be a translation. Measured on 46 translated pairs (briefs of 80
# words), all 2,070 wrong pairs of their texts, and 2,969 pairs of reports of one event in one language (ECB+,
# Wikinews), which share more names than reports in two languages do, each pair in both directions:
#   score    .35  .40  .45  .50  .55  .60   (with FEWEST and OWN below)
#   found     29   29   29   29   26   24   of 46
#   wrong      0    0    0    0    0    0   of 2,070
#   reports   54   43   29   20    9    5   of 5,938; most of these are one wire's text, rewritten
# Where at most .4 % of the reports may be taken for translations, five folds by pairs and by events all choose .50. It
# is set higher: reports of one press event tell its facts in one order, and to take a report for a translation is
# worse than to miss one.
UNCREDITED = 0.6
CLOSE_LANGUAGES = 0.7  # Indonesian and Malay: independent reports share as much as in one language
OWN_EDITION = 0.35  # of the same house, which translates itself every day
CREDITED = 0.2  # of an article that names the other's outlet: to tell its original from that outlet's other articles
FEWEST = 6  # anchors in common, where nothing else says so: two reports in short have five soon
OWN = 0.6  # of the translation's own anchors, where nothing else says so: a translation adds nothing
_FEW = 4  # anchors in common, of a house's own editions
_SOON = timedelta(days=5)  # a text is translated while it is news
_LOOKED_AT = 2000  # characters


@dataclass(frozen=True, slots=True)
class Translation:
    """An article and the one whose text it tells in another language."""

    source: StoredArticle
    pairing: Pairing
    credited: bool  # it names the source's outlet, or links to it
    own: bool  # both are of one house


def translations(articles: Sequence[StoredArticle], scope: Collection[str] = ()) -> dict[int, Translation]:
    """Number of each translation among these articles → what it translates. A source may be a translation itself.

    `scope`: names that all the articles were found by, which no two have in common for another reason.
    """
    if len({one.article.in_language for one in articles}) < 2:
        return {}
    usual = {sound(name) for name in scope} | {f"#{name}" for name in scope}

    @cache
    def carried(place: int) -> tuple[str, ...]:
        one = articles[place].article
        return tuple(found for found in anchors(one.text, one.in_language) if found not in usual)

    found: dict[int, Translation] = {}
    for place, one in enumerate(articles):
        others = [number for number, other in enumerate(articles) if _differ(one, other)]
        kinds = (_kind(one, articles[other], carried(place), carried(other)) for other in others)
        best = max((kind for kind in kinds if kind is not None), key=_rank, default=None)
        if best is not None:
            found[one.id] = best
    return _without_circles(found)


def _differ(a: StoredArticle, b: StoredArticle) -> bool:
    languages = (a.article.in_language, b.article.in_language)
    return None not in languages and languages[0] != languages[1]


def _kind(one: StoredArticle, other: StoredArticle, a: Sequence[str], b: Sequence[str]) -> Translation | None:
    """Is `one` a translation of `other`? `a` and `b` are what they carry."""
    if house(one.article) == house(other.article):
        return _own_edition(one, other, a, b)
    if credits_to(one.article, other.article):
        return _credited(one, other, pairing(a, b))
    return _uncredited(one, other, a, b)


def _own_edition(one: StoredArticle, other: StoredArticle, a: Sequence[str], b: Sequence[str]) -> Translation | None:
    if ceiling(a, b) < OWN_EDITION or not _is_made_of(one, other):
        return None
    pair = pairing(a, b)
    own = pair.score >= OWN_EDITION and pair.common >= _FEW
    return Translation(other, pair, credited=False, own=True) if own else None


def _credited(one: StoredArticle, other: StoredArticle, pair: Pairing) -> Translation | None:
    """Names that both print tell which of an outlet's articles it is; scripts without capitals mark none."""
    named = _has_capitals(one.article.text) and _has_capitals(other.article.text)
    is_it = links_to(one.article, other.article) or pair.score >= CREDITED or not named
    return Translation(other, pair, credited=True, own=False) if is_it else None


def _uncredited(one: StoredArticle, other: StoredArticle, a: Sequence[str], b: Sequence[str]) -> Translation | None:
    text, source = one.article, other.article
    least = CLOSE_LANGUAGES if family_of(text.in_language) == family_of(source.in_language) else UNCREDITED
    if ceiling(a, b) < least or credit(text) is not None or is_own_words(text) or not _is_made_of(one, other):
        return None
    pair = pairing(a, b)
    alike = is_alike(pair, least) and may_be_translation(text.text, source.text)
    return Translation(other, pair, credited=False, own=False) if alike else None


def is_alike(pair: Pairing, least: float = UNCREDITED) -> bool:
    """Do two texts carry so much in one order that the first is a translation of the second, though nothing says so?"""
    return pair.score >= least and pair.common >= FEWEST and pair.first >= OWN


def _is_made_of(one: StoredArticle, other: StoredArticle) -> bool:
    """May `one` be made of `other`, by their times? Of undated ones by who names a translator."""
    made, source = one.article.date_published, other.article.date_published
    if made is None or source is None or made == source:
        return bool(one.article.translators) and not other.article.translators
    if house(one.article) == house(other.article) and one.article.translators and not other.article.translators:
        return True
    return source < made <= source + _SOON


def _has_capitals(text: str) -> bool:
    """Is it written in a script that marks names?"""
    return any(letter.isupper() for letter in text[:_LOOKED_AT])


def _without_circles(found: dict[int, Translation]) -> dict[int, Translation]:
    """Two texts are not translations of each other: the weaker evidence goes."""
    kept: dict[int, Translation] = {}
    ranked = sorted(found, key=lambda number: (_rank(found[number]), number), reverse=True)
    for number in ranked:
        place: int | None = found[number].source.id
        while place is not None and place != number:
            place = kept[place].source.id if place in kept else None
        if place is None:
            kept[number] = found[number]
    return kept


def _rank(one: Translation) -> tuple[bool, bool, float, str]:
    return one.credited, one.own, one.pairing.score, one.source.article.canonical_url
