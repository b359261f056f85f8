"""The days of the calendar that a text names, with a month, by a weekday, or counted from its publication."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from babel.dates import get_month_names

from pipeline.datewords import any_of

MONTH_AWAY = 31  # days; a day named further from publication is not the event's
_LANGUAGES = ("id", "ms", "en", "fil", "vi", "th")

# By hand, in the languages above; 1 is Monday. With their capital: "minggu" is a week, "thứ hai" also "the second".
_WEEKDAYS = {
    1: "Senin Isnin Monday Lunes Hai จันทร์",
    2: "Selasa Tuesday Martes Ba อังคาร",
    3: "Rabu Wednesday Miyerkules Tư พุธ",
    4: "Kamis Khamis Thursday Huwebes Năm พฤหัสบดี",
    5: "Jumat Jum'at Jum’at Jumaat Friday Biyernes Sáu ศุกร์",
    6: "Sabtu Saturday Sabado Bảy เสาร์",
    7: "Minggu Ahad Sunday Linggo Nhật อาทิตย์",
}
_NUMBER_OF_WEEKDAY = {name: number for number, names in _WEEKDAYS.items() for name in names.split()}
# "Selasa (4/8)", "Tuesday, August 4": the date behind it says which; "Tuesday's" and "last Tuesday" are read alike
_WEEKDAY = re.compile(
    r"(?:(?P<week>\bMinggu (?i:ini|depan|lalu|kedua|pertama|terakhir|hadapan)\b)"
    r"|(?P<latin>\b(?:Senin|Isnin|Monday|Lunes|Selasa|Tuesday|Martes|Rabu|Wednesday|Miyerkules|Kamis|Khamis|Thursday"
    r"|Huwebes|Jum['’]?at|Jumaat|Friday|Biyernes|Sabtu|Saturday|Sabado|Minggu|Ahad|Sunday|Linggo))\b"
    r"|\b[Tt]hứ (?P<vi>Hai|Ba|Tư|Năm|Sáu|Bảy)\b|\b[Cc]hủ (?P<rest>[Nn]hật)\b"
    r"|วัน(?P<th>จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์))"
    r"(?P<dated>,?\s*(?:ที่|ngày\s+)?\(?\d{1,2}\b)?"
)
_TODAY = re.compile(r"\b(?:hari ini|today|hôm nay|ngayong araw)\b|วันนี้", re.IGNORECASE)
_YESTERDAY = re.compile(r"\b(?:kemarin|kelmarin|yesterday|hôm qua|kahapon)\b|เมื่อวาน", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:besok|esok|tomorrow|ngày mai|bukas)\b|พรุ่งนี้", re.IGNORECASE)
_COUNTED = ((_TODAY, 0), (_YESTERDAY, -1), (_TOMORROW, 1))  # days from publication


class Day(NamedTuple):
    """A day of the calendar without its year, which news mostly leaves out."""

    month: int
    number: int


@dataclass(frozen=True, slots=True)
class Days:
    """When what a text tells took place, as far as it says so. Of a day in figures every reading is here."""

    calendar: frozenset[Day]
    weekdays: tuple[int, ...]  # how often each is named, from Monday

    def agree(self, other: Days) -> bool | None:
        """Have two texts a day of the calendar in common? None: one of them names none."""
        if not self.calendar or not other.calendar:
            return None
        return not self.calendar.isdisjoint(other.calendar)

    def rhythm(self, other: Days) -> float | None:
        """How alike they name weekdays, 0..1: the cosine of the roots of how often. None: one of them names none."""
        lengths = sum(self.weekdays) * sum(other.weekdays)
        if not lengths:
            return None
        return sum(
            math.sqrt(mine * theirs) for mine, theirs in zip(self.weekdays, other.weekdays, strict=True)
        ) / math.sqrt(lengths)


def named_days(text: str) -> frozenset[tuple[Day, ...]]:
    """The days that a text names with their months: "1-2 Agustus 2023", "August 1", "(1/8)".

    Each as its readings: only figures have two, day first and month first, when both can be.
    """
    found: set[tuple[Day, ...]] = set()
    for match in _day_pattern().finditer(text):
        month = match["month"] or match["month_first"]
        if month:
            numbers = re.findall(r"\d+", match["days"] or match["days_after"])
            found.update((Day(_months()[month.casefold()], int(number)),) for number in numbers)
        else:
            one, other = int(match["day_number"]), int(match["month_number"])
            found.add(tuple(day for day in (Day(other, one), Day(one, other)) if day.month <= 12))
    return frozenset(found)


def without_dates(text: str) -> str:
    """The text with a line break for each day that it names with its month."""
    return _day_pattern().sub("\n", text)


def told_days(text: str, published: date | None, *, ahead: bool = False) -> Days:
    """All days that a text names; weekdays and "yesterday" become dates where its day of publication is known.

    A weekday is the last one before publication, or that day itself: most of news is told afterwards. In a text that
    looks `ahead` it is the next one.
    """
    calendar = {day for readings in named_days(text) for day in readings}
    named = list(_weekdays(text))
    every = Counter(weekday for weekday, _ in named)
    weekdays = {weekday for weekday, dated in named if not dated}
    if published is not None:
        gaps = {(weekday - published.isoweekday()) % 7 - (0 if ahead else 7) for weekday in weekdays}
        meant = {published + timedelta(days=gap if gap > -7 else 0) for gap in gaps}
        counted = {published + timedelta(days=gap) for pattern, gap in _COUNTED if pattern.search(text)}
        calendar |= {Day(day.month, day.day) for day in meant | counted}
    return Days(frozenset(calendar), tuple(every[weekday] for weekday in range(1, 8)))


def is_day_word(word: str) -> bool:
    """Is it the name of a weekday or a month?"""
    return word.casefold() in _day_words()


def days_until(published: date, day: Day, within: int) -> int | None:
    """Days from publication to the nearest such day of the calendar; None: further than `within`, or 30 February."""
    found = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found.append((date(year, day.month, day.number) - published).days)
        except ValueError:
            continue
    gap = min(found, key=abs, default=None)
    return gap if gap is not None and abs(gap) <= within else None


def _weekdays(text: str) -> Iterable[tuple[int, bool]]:
    """Each weekday named, and whether a date stands right behind it."""
    for match in _WEEKDAY.finditer(text):
        if not match["week"]:
            name = match["latin"] or match["vi"] or match["th"] or match["rest"].capitalize()
            yield _NUMBER_OF_WEEKDAY[name], match["dated"] is not None


@cache
def _months() -> dict[str, int]:
    names = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names[str(name).casefold().rstrip(".")] = int(number)
    return names


@cache
def _day_words() -> frozenset[str]:
    return frozenset(_months()) | {name.casefold() for name in _NUMBER_OF_WEEKDAY}


@cache
def _day_pattern() -> re.Pattern[str]:
    """A day of the calendar. Made when first asked for: it takes longer than most commands need to begin."""
    month = any_of(_months())
    days = r"\d{1,2}(?:\s*(?:-|–|,|dan|and|hingga|sampai|to)\s*\d{1,2})*"
    return re.compile(
        rf"(?<![\d.,/])(?P<days>{days})\s+(?P<month>{month})\b"
        rf"|\b(?P<month_first>{month})\s+(?P<days_after>{days})(?![\d%]|[.,]\d)"
        r"|\((?P<day_number>\d{1,2})/(?P<month_number>\d{1,2})(?:/\d{2,4})?\)",
        re.IGNORECASE,
    )
