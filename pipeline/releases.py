"""Is a text that several outlets print a press release, though none of them credits anybody?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.agencies import asked_phrase, is_agency_outlet, is_release_label, sender_line
from pipeline.model import StoredArticle
from pipeline.sources import house, is_own_words, order_key, own_names, publisher

# How close together outlets print what somebody sent to all of them. A reprint without credit may be as quick, so that
# haste alone tells only where it is many's.
AT_ONCE = timedelta(hours=3)
A_DAY = timedelta(hours=24)
_SEVERAL = 3  # houses


@dataclass(frozen=True, slots=True)
class Release:
    """Why a text is held to be a release; `certain` when a print says so or has a sender's lines in it."""

    words: str
    certain: bool


def release(prints: Sequence[StoredArticle]) -> Release | None:
    """Why these prints of one text, none of which names another, are held to be prints of a release; else `None`."""
    houses = {house(one.article) for one in prints}
    if (
        len(houses) < 2
        or len({publisher(one.article) for one in prints}) < 2
        or any(is_own_words(one.article) for one in prints)
    ):
        return None
    stated = _stated(prints)
    if stated is not None:
        return Release(stated, certain=True)
    if _is_reported(prints) or any(is_agency_outlet(own_names(one.article)) for one in prints):
        return None
    return _undeclared(prints, len(houses))


def differently_signed(prints: Sequence[StoredArticle]) -> bool:
    """Do two houses name different persons as the author of one text?

    Of 1,452 articles of five Indonesian outlets three texts stand at two of them: a bank's, an authority's and a
    ministry's, each signed by two reporters of whom neither wrote it.
    """
    signed = {house(one.article): {name.casefold() for name in one.article.authors} for one in prints}
    teams = [authors for authors in signed.values() if authors]
    return any(first.isdisjoint(second) for place, first in enumerate(teams) for second in teams[place + 1 :])


def _stated(prints: Sequence[StoredArticle]) -> str | None:
    """That a print says it is one, or has kept what only a sender writes."""
    for one in prints:
        if one.article.press_release or is_release_label(one.article.article_section or ""):
            return f"{publisher(one.article)} says that it is one"
    for one in prints:
        line = sender_line(one.article.text)
        if line is not None:
            return f"{publisher(one.article)} prints the sender's own line “{line[:60]}”"
    return None


def _is_reported(prints: Sequence[StoredArticle]) -> bool:
    return any(asked_phrase(one.article.text) is not None for one in prints)


def _undeclared(prints: Sequence[StoredArticle], houses: int) -> Release | None:
    """By who prints it, how soon after one another, and who signs it."""
    span = _span(prints)
    if span is None:
        return None
    owned = next((publisher(one.article) for one in prints if one.article.owned), None)
    many = houses >= _SEVERAL
    if owned is not None and span <= A_DAY and (many or span <= AT_ONCE or differently_signed(prints)):
        return Release(f"{owned}, a sender's own outlet, prints it too, and no print names another", certain=False)
    if many and span <= AT_ONCE and not _first_alone_signs(prints):
        words = f"{_counted(houses)} outlets print one text within three hours and none names another"
        return Release(words, certain=False)
    if span <= A_DAY and differently_signed(prints):
        words = f"{_counted(houses)} outlets sign one text with different names within a day and none names another"
        return Release(words, certain=False)
    return None


def _first_alone_signs(prints: Sequence[StoredArticle]) -> bool:
    """Was the house that published first the only one to name an author? Then the others took it from there."""
    signing = {house(one.article) for one in prints if one.article.authors}
    first = min(prints, key=order_key)
    return signing == {house(first.article)}


def _span(prints: Sequence[StoredArticle]) -> timedelta | None:
    """Between the first and the last print; `None` where one is undated."""
    dates = [one.article.date_published for one in prints]
    known: list[datetime] = [moment for moment in dates if moment is not None]
    return max(known) - min(known) if len(known) == len(dates) and known else None


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _counted(count: int) -> str:
    return _NUMBERS[count - 2] if 2 <= count < len(_NUMBERS) + 2 else str(count)
