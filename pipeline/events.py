"""Marks of which event an article tells: the forum's edition, when it was published, before or after the event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from babel.dates import get_month_names

from pipeline.model import Article
from pipeline.words import rough_sentences, words

_LANGUAGES = ("id", "ms", "en", "fil", "vi")
_AWAY = timedelta(days=10)  # reports of one event are not published further apart
_NEAR = timedelta(hours=36)  # this morning's event in tomorrow's evening article
_FADED = 0.5  # what is left of a score at _AWAY
_MONTH_AWAY = 31  # days; a day named further from publication is not the event's
_OTHER_PHASE = 0.5  # what is left of a score between an announcement and a report

# Words by which a headline or a lead announces an event. By hand; Indonesian, Malay, English.
_ANNOUNCING = frozenset(
    """
    akan bakal siap jelang menjelang sambut menyambut besok esok lusa mendatang rencananya dijadwalkan dijadualkan
    bersedia persiapan bersiap will upcoming ahead tomorrow prepares preparing prepare readies ready scheduled slated
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_ANNOUNCING_PAIRS = frozenset({("next", "week"), ("next", "month"), ("set", "to"), ("to", "welcome"), ("to", "open")})


_SIDELINES = re.compile(r"\bdi sela(?:-sela)?\b|\bsidelines of\b", re.IGNORECASE)


Edition = tuple[str, int]  # (watch, year of the forum)


class Day(NamedTuple):
    """A day of the calendar without its year, which news mostly leaves out."""

    month: int
    number: int


@dataclass(frozen=True, slots=True)
class Clues:
    """What ties an article to one event."""

    published: datetime | None
    editions: tuple[Edition, ...]  # where the text settles the year
    announces: bool  # tells of an event to come
    sidelines: bool  # took place at the side of a forum that is a story of its own


def clues(article: Article) -> Clues:
    """The clues of an article."""
    return Clues(
        published=article.date_published,
        editions=tuple((match.id, match.edition) for match in article.watches if match.edition is not None),
        announces=_announces(article),
        sidelines=bool(_SIDELINES.search(f"{article.headline or ''} {' '.join(rough_sentences(article.text)[:1])}")),
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
    return a.published is not None and b.published is not None and abs(a.published - b.published) > _AWAY


def weight(a: Clues, b: Clues) -> float:
    """What is left of a likeness when times of publication and the event's phase are held against it, 0..1."""
    return _time_weight(a, b) * (1.0 if a.announces == b.announces else _OTHER_PHASE)


def named_days(text: str) -> frozenset[tuple[Day, ...]]:
    """The days that a text names with their months: "1-2 Agustus 2023", "August 1", "(1/8)".

    Each as its readings: only figures have two, day first and month first, when both can be.
    """
    found: set[tuple[Day, ...]] = set()
    for match in _DAY_PATTERN.finditer(text):
        month = match["month"] or match["month_first"]
        if month:
            numbers = re.findall(r"\d+", match["days"] or match["days_after"])
            found.update((Day(_MONTHS[month.casefold()], int(number)),) for number in numbers)
        else:
            one, other = int(match["day_number"]), int(match["month_number"])
            found.add(tuple(day for day in (Day(other, one), Day(one, other)) if day.month <= 12))
    return frozenset(found)


def _month_names() -> dict[str, int]:
    names = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names[str(name).casefold().rstrip(".")] = int(number)
    return names


_MONTHS = _month_names()
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAYS = r"\d{1,2}(?:\s*(?:-|–|,|dan|and|hingga|sampai|to)\s*\d{1,2})*"
_DAY_PATTERN = re.compile(
    rf"(?<![\d.,/])(?P<days>{_DAYS})\s+(?P<month>{_MONTH})\b"
    rf"|\b(?P<month_first>{_MONTH})\s+(?P<days_after>{_DAYS})(?![\d%]|[.,]\d)"
    r"|\((?P<day_number>\d{1,2})/(?P<month_number>\d{1,2})(?:/\d{2,4})?\)",
    re.IGNORECASE,
)


def _announces(article: Article) -> bool:
    """A headline that speaks of the future decides; of a dated article then the days it names; then its first sentence.

    Without headline and date the text's own words do not decide: reports are full of what will be (.04 on ECB+).
    """
    if article.headline and _speaks_of_future(article.headline):
        return True
    if article.date_published is None:
        return False
    ahead = _all_ahead(article.date_published.date(), named_days(article.text))
    return _speaks_of_future(" ".join(rough_sentences(article.text)[:1])) if ahead is None else ahead


def _speaks_of_future(text: str) -> bool:
    found = words(text)
    return not _ANNOUNCING.isdisjoint(found) or not _ANNOUNCING_PAIRS.isdisjoint(pairwise(found))


def _all_ahead(published: date, days: Iterable[tuple[Day, ...]]) -> bool | None:
    """Are all days that the text names within a month of its publication still to come? None: it names none."""
    gaps = []
    for readings in days:
        near = [gap for day in readings if (gap := _gap(published, day)) is not None]
        if near:
            gaps.append(min(near, key=abs))
    return min(gaps) > 0 if gaps else None


def _gap(published: date, day: Day) -> int | None:
    """Days from publication to the nearest such day of the calendar; None: none within a month, or 30 February."""
    found = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found.append((date(year, day.month, day.number) - published).days)
        except ValueError:
            continue
    gap = min(found, key=abs, default=None)
    return gap if gap is not None and abs(gap) <= _MONTH_AWAY else None


def _time_weight(a: Clues, b: Clues) -> float:
    if a.published is None or b.published is None:
        return 1.0
    between = abs(a.published - b.published)
    if between <= _NEAR:
        return 1.0
    share = (between - _NEAR) / (_AWAY - _NEAR)
    return max(_FADED, 1.0 - (1.0 - _FADED) * share)
