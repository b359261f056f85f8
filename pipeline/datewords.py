"""The words of `pipeline/data/months.toml`, and the regular expressions made of them for days and relative times.

Those for the time of day are in `pipeline.clocks`. No pattern repeats a repetition: all take a time that is linear in
the length of a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal, get_args

from pipeline.wordlists import load

Role = Literal["published", "modified", "other"]  # of a printed date
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)  # of "20 menit lalu"; the smallest first
_BUDDHIST = 543  # years between the Buddhist and the common era
NO_LETTER_BEFORE = r"(?<![^\W\d_])"
NO_LETTER_BEHIND = r"(?![^\W\d_])"
_GAP = r"[\s\-–/.,၊]{0,3}"  # between day, month and year
SPACELESS = re.compile(
    "[\u0b80-\u0bff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff]"
)  # no spaces, or letters that \w is blind to


@dataclass(frozen=True, slots=True)
class _Day:
    after_day: tuple[str, ...]
    before_month: tuple[str, ...]
    numbered_month: tuple[str, ...]
    before_year: tuple[str, ...]
    after_year: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Halves:
    am: tuple[str, ...]
    pm: tuple[str, ...]
    noon: tuple[str, ...]
    evening: tuple[str, ...]
    night: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    before: tuple[str, ...]
    hour: tuple[str, ...]
    hour_before: tuple[str, ...]
    and_minutes: tuple[str, ...]
    minute: tuple[str, ...]
    second: tuple[str, ...]
    half_past: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Labels:
    published: tuple[str, ...]
    modified: tuple[str, ...]
    edited: tuple[str, ...]
    persons: tuple[str, ...]
    other: tuple[str, ...]


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
class _MonthFirst:
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """IANA zone by top-level domain and by language; the countries that write the month first."""

    domain: dict[str, str]
    language: dict[str, str]
    month_first: _MonthFirst


@dataclass(frozen=True, slots=True)
class DateWords:
    months: dict[int, tuple[str, ...]]
    day: _Day
    zones: dict[str, int]
    zones_at_home: dict[str, dict[str, int]]
    halves: _Halves
    clock: _Clock
    labels: _Labels
    relative: _Relative
    weekdays: dict[int, tuple[str, ...]]
    home: Home


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """The words as regular expressions; `month` and `weekdays` map a word to its number."""

    month: dict[str, int]
    numbered: tuple[re.Pattern[str], ...]  # days without a month's name: groups day, month, year
    named: tuple[re.Pattern[str], ...]  # groups day, year and `name`: for texts in letters with spaces
    spaceless: tuple[re.Pattern[str], ...]  # the same for texts in any script
    numeric: re.Pattern[str]  # 22/10/2025: groups a, b, year and mark
    ago: re.Pattern[str]  # groups: what stands before "ago", behind "há", and "oras 3 liu ba" the other way round
    span: re.Pattern[str]  # one "2 hours" of it: `count` and a group named by the unit
    weekday: re.Pattern[str]
    weekdays: dict[str, int]
    label: re.Pattern[str]  # "Diterbitkan", in texts in letters with spaces
    spaceless_label: re.Pattern[str]  # in any script
    roles: dict[str, Role]


def common_era(year: int) -> int:
    """The year as the rest of the world counts it: one between 2400 and 2700 is Buddhist."""
    return year - _BUDDHIST if 2400 <= year <= 2700 else year


def compared(word: str) -> str:
    """A word in the form that texts are compared in."""
    return unicodedata.normalize("NFKC", word).lower()


def any_of(words: Iterable[str]) -> str:
    """One of the words, the longest first, as a tree of what they have in common: ten times as fast as a plain list."""
    return _tree(sorted({compared(word) for word in words}))


def _tree(words: list[str]) -> str:
    branches = []
    for first, group in groupby((word for word in words if word), key=lambda word: word[0]):
        branches.append(re.escape(first) + _tree([word[1:] for word in group]))
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 and "" not in words else f"(?:{'|'.join(branches)})"
    return f"{inner}?" if "" in words else inner


def whole(words: Iterable[str], *, spaceless: bool = True) -> str:
    """One of the words as a word of its own; those of scripts without spaces wherever they stand, or not at all."""
    every = tuple(words)
    anywhere = tuple(word for word in every if SPACELESS.match(compared(word)))
    spaced = tuple(word for word in every if word not in anywhere)
    found = [any_of(anywhere)] if anywhere and spaceless else []
    found += [f"{NO_LETTER_BEFORE}(?:{any_of(spaced)}){NO_LETTER_BEHIND}"] if spaced else []
    return f"(?:{'|'.join(found)})"


def ended(words: Iterable[str]) -> str:
    """One of the words right where it stands; one of a script with spaces must end there."""
    every = {compared(word) for word in words}
    anywhere = {word for word in every if SPACELESS.match(word)}
    found = [any_of(anywhere)] if anywhere else []
    found += [f"(?:{any_of(every - anywhere)}){NO_LETTER_BEHIND}"] if every - anywhere else []
    return f"(?:{'|'.join(found)})"


@cache
def date_words() -> DateWords:
    return load("months", DateWords)


@cache
def month_words() -> frozenset[str]:
    """The first words of the months' names."""
    names = (compared(name) for names in date_words().months.values() for name in names)
    return frozenset(word for name in names if (word := name.partition(" ")[0]))


@cache
def date_patterns() -> DatePatterns:
    words = date_words()
    ago, span = _ago(words.relative)
    weekdays = {compared(name): number for number, names in words.weekdays.items() for name in names}
    return DatePatterns(
        month={compared(name): number for number, names in words.months.items() for name in names},
        numbered=_numbered(words.day),
        named=_named(words, spaceless=False),
        spaceless=_named(words, spaceless=True),
        numeric=re.compile(
            r"(?<![\d.])(?P<a>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<b>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2}(?!\d))"
        ),
        ago=ago,
        span=span,
        weekday=re.compile(rf"{NO_LETTER_BEFORE}(?P<weekday>{any_of(weekdays)})\.?(?:ที่)?[\s,.(|–-]{{0,4}}$"),
        weekdays=weekdays,
        label=_label(words.labels, spaceless=False),
        spaceless_label=_label(words.labels, spaceless=True),
        roles=_roles(words.labels),
    )


_DAY = r"(?<!\d)(?<!\d[.,:])(?P<day>\d{1,2})(?!\d)"
_FOUR = r"(?P<year>\d{4})(?!\d(?!\d\s?[:.]\s?\d\d))"  # "2026" may touch "14:30"


def _numbered(parts: _Day) -> tuple[re.Pattern[str], ...]:
    """Days that begin with the year, and those whose month has a word beside its number."""
    month = rf"(?:{any_of(parts.numbered_month)})\.?\s?(?P<month>\d{{1,2}})(?!\d)"
    year = rf"(?:(?:{any_of(parts.before_year)})[.,]?\s?){{0,2}}{_FOUR}"
    patterns = (
        r"(?<!\d)(?P<year>\d{4})\s?(?P<mark>[-/.])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})(?!\d)\s?[日号]?",
        rf"{_DAY}[\s,.-]{{0,2}}{month}{_GAP}{year}",
        rf"{month}[\s,]{{1,2}}{_DAY}{_GAP}{year}",
    )
    return tuple(map(re.compile, patterns))


def _named(words: DateWords, *, spaceless: bool) -> tuple[re.Pattern[str], ...]:
    """Days whose month is a word."""
    parts = words.day
    name = f"(?P<name>{whole((name for names in words.months.values() for name in names), spaceless=spaceless)})"
    day = rf"{_DAY}(?:\.?\s?(?:{any_of(parts.after_day)}){NO_LETTER_BEHIND})?"
    before = rf"(?:(?:{any_of(parts.before_month)})[\s-]?)?"
    year_word = rf"(?:(?:{any_of(parts.before_year)})[.,]?\s?){{0,2}}"
    two = rf"\d{{2}}(?!\d|[:.]\d|\s?(?:{any_of((*words.clock.hour, 'am', 'pm', 'a.m', 'p.m'))}){NO_LETTER_BEHIND})"
    either = rf"(?P<year>{_FOUR.replace('?P<year>', '')}|{two})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{day}{_GAP}{before}{name}\.?{_GAP}{year_word}['’]?{either}",
            rf"{name}\.?{_GAP}(?:ika-?)?{day}{_GAP}{year_word}(?:['’](?P<short>\d{{2}})(?!\d)|{_FOUR})",
            rf"{name}\s+(?P<day>\d{{1,2}})\s+\d{{1,2}}:\d\d:\d\d\s+(?:[a-z]{{1,5}}\s+|[+-]\d{{4}}\s+)?{_FOUR}",
            rf"(?<!\d)(?P<year>\d{{4}})(?!\d)\s?(?:{any_of(parts.after_year)})?{_GAP}{name}\.?{_GAP}{day}(?!\s?[:.]\s?\d)",
        )
    )


def _label(labels: _Labels, *, spaceless: bool) -> re.Pattern[str]:
    """What says whose date follows; "Edited by" says who."""
    person = rf"(?:{whole(labels.edited, spaceless=spaceless)})(?!\s(?:{any_of(labels.persons)}){NO_LETTER_BEHIND})"
    others = whole((*labels.modified, *labels.published, *labels.other), spaceless=spaceless)
    return re.compile(rf"{others}|{person}")


def _roles(labels: _Labels) -> dict[str, Role]:
    named: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("published", labels.published),
        ("modified", labels.modified + labels.edited),
        ("other", labels.other),
    )
    return {compared(word): role for role, words in named for word in words}


def _ago(words: _Relative) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a whole "1 jam 20 menit yang lalu", one span of it)"""
    every = tuple(name for unit in UNITS for name in getattr(words, unit))
    ones = rf"{NO_LETTER_BEFORE}(?:{any_of(words.one)})(?=\s|{any_of(every)})"
    count, names = rf"(?:(?<![\d.,])\d{{1,3}}|{ones})", any_of(every)
    spans = rf"(?:{count}\s*(?:{names})\.?[\s,]*){{1,3}}"
    past = any_of(words.past)
    ago = (
        rf"(?P<ago>{spans})(?:{past}){NO_LETTER_BEHIND}|{NO_LETTER_BEFORE}(?:{any_of(words.before)})\s*(?P<since>{spans})"
        rf"|(?P<turned>(?:{names})\s+\d{{1,3}}\s+)(?:{past}){NO_LETTER_BEHIND}"
    )
    units = "|".join(f"(?P<{unit}>{any_of(getattr(words, unit))})" for unit in UNITS)
    return re.compile(ago), re.compile(rf"(?P<count>{count})\s*(?:{units})(?=[\s.,\d]|$)")
