"""Spans of days that a text prints: "1-2 Agustus 2023", "Selasa (1/8/2023) hingga Rabu (2/8/2023)", "August 1 to 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import get_month_names

_LANGUAGES = ("id", "ms", "en", "fil")
_TO = r"(?:\s?(?:-|–|—)\s?|\s(?:dan|and|hingga|sampai|to|until|through|at|hanggang|ke)\s(?:dengan\s)?)"
_YEAR = r"(?:,?\s(?P<{0}>(?:19|20)\d\d)(?!\d))?"
_WEEKDAY = (
    r"(?:(?:Senin|Isnin|Selasa|Rabu|Kamis|Khamis|Jum['’]?at|Jumaat|Sabtu|Minggu|Ahad|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday)[,\s]{0,2})?"
)
_BETWEEN = re.compile(  # "(21/11) hingga Minggu (22/11)", "(21/11) dan berlangsung hingga Minggu (22/11)"
    rf"(?:{_TO}|,?\s(?:dan|and|serta)\s(?:akan\s|will\s)?(?:berlangsung|berakhir|ditutup|selesai|runs?|ends?|closes?)\s"
    rf"(?:(?:hingga|sampai|until|through|on|pada)\s)?){_WEEKDAY}|\s?(?:-|–|—)\s?"
)
_LONGEST = 31  # days of an event
_YEAR_AWAY = 400  # days between the publication and a day that is printed without its year


@dataclass(frozen=True, slots=True)
class PrintedDays:
    """`start` and `end` are code points into the text; `first` and `last` are the days, equal for one day."""

    start: int
    end: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Part:
    """A day, or days of one month, as printed."""

    start: int
    end: int
    month: int
    day: int
    last_day: int
    year: int | None


def printed_days(text: str, year: int | None, published: date | None) -> Iterator[PrintedDays]:
    """Every span of days with a month. Where no year is printed: `year`, else the one nearest to the publication."""
    parts = list(_parts(text))
    place = 0
    while place < len(parts):
        one = parts[place]
        other = parts[place + 1] if place + 1 < len(parts) else None
        if other is not None and _BETWEEN.fullmatch(text[one.end : other.start]):
            span = _span(one, other, one.year or other.year or year, published)
            if span is not None and span[0] < span[1]:
                yield PrintedDays(one.start, other.end, *span)
                place += 2
                continue
        span = _span(one, one, one.year or year, published)
        if span is not None:
            yield PrintedDays(one.start, one.end, *span)
        place += 1


def _parts(text: str) -> Iterator[_Part]:
    for found in _pattern().finditer(text):
        parts = {name: value for name, value in found.groupdict().items() if value is not None}
        form = next(name[0] for name in parts if name[1:] == "_day")
        day, year = int(parts[f"{form}_day"]), parts.get(f"{form}_year")
        yield _Part(
            start=found.start(),
            end=found.end(),
            month=_month(parts[f"{form}_month"]),
            day=day,
            last_day=int(parts.get(f"{form}_last", day)),
            year=int(year) if year else None,
        )


def _span(one: _Part, other: _Part, year: int | None, published: date | None) -> tuple[date, date] | None:
    which = year or _nearest(one.day, one.month, published)
    if which is None:
        return None
    try:
        first, last = date(which, one.month, one.day), date(which, other.month, other.last_day)
    except ValueError:
        return None
    return (first, last) if first <= last and (last - first).days <= _LONGEST else (first, first)


def _nearest(day: int, month: int, published: date | None) -> int | None:
    if published is None:
        return None
    found = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found.append((abs((date(year, month, day) - published).days), year))
        except ValueError:
            continue
    return min(found)[1] if found and min(found)[0] <= _YEAR_AWAY else None


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else _months()[printed.casefold()]


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names[str(name).casefold().rstrip(".")] = int(number)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(re.escape(name) for name in sorted(_months(), key=lambda name: (-len(name), name)))
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    return re.compile(
        # a: "1 Agustus", "1-2 Agustus 2023", "30 Juli hingga 2 Agustus 2023"
        rf"(?<![\d.,/-])(?P<a_day>{day})(?:{_TO}{_WEEKDAY}(?P<a_last>{day}))?\s(?P<a_month>{month})\b{_YEAR.format('a_year')}"
        # b: "August 1", "August 1-2, 2023", "Agosto 1 at 2"
        rf"|\b(?P<b_month>{month})\s(?P<b_day>{day})(?:{_TO}(?P<b_last>{day}))?(?![\d%]|[.,]\d){_YEAR.format('b_year')}"
        # c: "(1/8)", "(1/8/2023) hingga Rabu (2/8/2023)", "(1-2/8/2023)"
        rf"|\((?P<c_day>{day})(?:-(?P<c_last>{day}))?/(?P<c_month>0?[1-9]|1[0-2])(?:/(?P<c_year>20\d\d))?\)"
        # d: "ngày 1-2/8/2023", "ngày 1 và 2 tháng 8 năm 2023"
        rf"|\b[Nn]gày\s(?P<d_day>{day})(?:\s?(?:-|–|và|đến)\s?(?P<d_last>{day}))?(?:/|\stháng\s)(?P<d_month>0?[1-9]|1[0-2])"
        rf"(?:(?:/|\snăm\s)(?P<d_year>20\d\d))?",
        re.IGNORECASE,
    )
