"""The words of `pipeline/data/months.toml` as regular expressions; only `pipeline.dates` and its callers read it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class _Halves:
    am: tuple[str, ...]
    pm: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Relative:
    past: tuple[str, ...]
    before: tuple[str, ...]
    second: tuple[str, ...]
    minute: tuple[str, ...]
    hour: tuple[str, ...]
    day: tuple[str, ...]
    week: tuple[str, ...]
    month: tuple[str, ...]
    year: tuple[str, ...]
    one: tuple[str, ...]
    now: tuple[str, ...]
    today: tuple[str, ...]
    yesterday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weekdays:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """IANA zone by top-level domain and by language."""

    domain: dict[str, str]
    language: dict[str, str]


@dataclass(frozen=True, slots=True)
class DateWords:
    months: dict[int, tuple[str, ...]]
    zones: dict[str, int]
    halves: _Halves
    clock: _Clock
    relative: _Relative
    weekdays: _Weekdays
    home: Home


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """The words as regular expressions; `month` maps a word to its number."""

    month: dict[str, int]
    year_first: re.Pattern[str]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    numeric: re.Pattern[str]
    vietnamese: re.Pattern[str]
    clock: re.Pattern[str]
    dotted: re.Pattern[str]
    zone: re.Pattern[str]
    ago: re.Pattern[str]  # groups: what stands before "ago", behind "há", and "oras 3 liu ba" the other way round
    span: re.Pattern[str]  # one "2 hours" of it: `count` and a group named by the unit
    weekday: re.Pattern[str]


Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)  # of "20 menit lalu"; the smallest first


def _any(words: tuple[str, ...]) -> str:
    """Longest first, in the compatibility forms that texts are compared in."""
    plain = (unicodedata.normalize("NFKC", word) for word in words)
    return "|".join(re.escape(word) for word in sorted(plain, key=len, reverse=True))


def _ago(words: _Relative) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a whole "1 jam 20 menit yang lalu", one span of it)"""
    every = tuple(name for unit in UNITS for name in getattr(words, unit))
    ones = rf"(?<![^\W\d_])(?:{_any(words.one)})(?=\s|{_any(every)})"
    count, names = rf"(?:(?<![\d.,])\d{{1,3}}|{ones})", _any(every)
    spans = rf"(?:{count}\s*(?:{names})\.?[\s,]*){{1,3}}"
    past, end = _any(words.past), r"(?![^\W\d_])"
    ago = (
        rf"(?P<ago>{spans})(?:{past}){end}|(?<![^\W\d_])(?:{_any(words.before)})\s*(?P<since>{spans})"
        rf"|(?P<turned>(?:{names})\s+\d{{1,3}}\s+)(?:{past}){end}"
    )
    units = "|".join(f"(?P<{unit}>{_any(getattr(words, unit))})" for unit in UNITS)
    return re.compile(ago), re.compile(rf"(?P<count>{count})\s*(?:{units})(?=[\s.,\d]|$)")


@cache
def date_words() -> DateWords:
    return load("months", DateWords)


@cache
def date_patterns() -> DatePatterns:
    words = date_words()
    month = {name: number for number, names in words.months.items() for name in names}
    named = rf"(?P<name>(?<![^\W\d_])(?:{_any(tuple(month))})(?![^\W\d_]))\.?"
    half = rf"(?:\s*(?P<half>(?:{_any(words.halves.am + words.halves.pm)})(?![^\W\d_]))\.?)?"
    seconds = r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    ago, span = _ago(words.relative)
    zones = _any(tuple(words.zones))
    return DatePatterns(
        month=month,
        year_first=re.compile(
            r"(?<!\d)(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)"
        ),
        day_month=re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?[-/.,]?\s?(?:de |of )?{named}\s?[-/.,]?\s?(?:de )?"
            rf"(?:พ\.ศ\.?\s?|ค\.ศ\.?\s?)?['’]?(?P<year>\d{{4}}|\d{{2}}(?![\d:.]))"
        ),
        month_day=re.compile(rf"{named}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?\s?(?P<year>\d{{4}})(?!\d)"),
        numeric=re.compile(
            r"(?<![\d.])(?P<a>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<b>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})(?!\d)"
        ),
        vietnamese=re.compile(
            r"(?<!\d)(?P<day>\d{1,2})\s?tháng\s?(?P<month>\d{1,2}),?\s?(?:năm\s?)?(?P<year>\d{4})(?!\d)"
        ),
        clock=re.compile(rf"(?<![\d:])(?P<hour>\d{{1,2}})\s?:\s?(?P<minute>\d{{2}})(?!\d){seconds}{half}"),
        dotted=re.compile(
            rf"(?:(?P<before>{_any(words.clock.before)})\s+)?(?<![\d.,])(?P<hour>\d{{1,2}})[.-](?P<minute>\d{{2}})"
            rf"(?:[.-](?P<second>\d{{2}}))?(?![\d,]){half}"
        ),
        zone=re.compile(
            rf"(?<![^\W\d_])\(?(?:(?P<name>{zones})(?![^\W\d_]))?\s?(?P<sign>[+-])(?P<hours>\d{{1,2}}?)(?::?(?P<minutes>\d{{2}}))?(?!\d)"
            rf"|(?<![^\W\d_])(?P<alone>{zones})(?![^\W\d_])"
        ),
        ago=ago,
        span=span,
        weekday=re.compile(rf"(?:{_any(words.weekdays.names)})[\s,.(]*$"),
    )
