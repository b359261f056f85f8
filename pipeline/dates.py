"""Printed dates and times of the region's newsrooms as aware datetimes. Pure, and never raises.

htmldate reads "5 Desember 2026" as the first of January and knows no Buddhist years: hence our own reader.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal

from pipeline.wordlists import load

Order = Literal["dmy", "mdy", "ymd"]
Precision = Literal["second", "minute", "day"]
_LONGEST = 250  # characters; a printed date is shorter, prose is longer
_BUDDHIST = 543  # years between the Buddhist and the common era


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time as somebody printed it."""

    when: datetime  # aware
    text: str  # the printed part that says so
    precision: Precision
    zoned: bool  # the text itself names its zone or offset
    relative: bool = False  # "20 menit lalu"


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
    second: tuple[str, ...]
    minute: tuple[str, ...]
    hour: tuple[str, ...]
    day: tuple[str, ...]
    week: tuple[str, ...]
    one: tuple[str, ...]
    now: tuple[str, ...]
    today: tuple[str, ...]
    yesterday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weekdays:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[int, tuple[str, ...]]
    zones: dict[str, int]
    halves: _Halves
    clock: _Clock
    relative: _Relative
    weekdays: _Weekdays


@dataclass(frozen=True, slots=True)
class _Patterns:
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
    ago: re.Pattern[str]
    weekday: re.Pattern[str]


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    return load("months", _Words)


@cache
def _patterns() -> _Patterns:
    words = _words()
    month = {name: number for number, names in words.months.items() for name in names}
    named = rf"(?P<name>(?<![^\W\d_])(?:{_any(tuple(month))})(?![^\W\d_]))\.?"
    half = rf"(?:\s*(?P<half>(?:{_any(words.halves.am + words.halves.pm)})(?![^\W\d_]))\.?)?"
    seconds = r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    units = "|".join(
        f"(?P<{unit}>{_any(getattr(words.relative, unit))})" for unit in ("second", "minute", "hour", "day", "week")
    )
    zones = _any(tuple(words.zones))
    return _Patterns(
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
        ago=re.compile(
            rf"(?P<count>\d{{1,3}}|(?:{_any(words.relative.one)})(?=\s|{_any(words.relative.minute + words.relative.hour)}|"
            rf"{_any(words.relative.day + words.relative.week)}))\s*(?:{units})\s*(?:{_any(words.relative.past)})(?![^\W\d_])"
        ),
        weekday=re.compile(rf"(?:{_any(words.weekdays.names)})[\s,.(]*$"),
    )


def parse(text: str, zone: tzinfo, *, order: Order = "dmy", now: datetime | None = None) -> Instant | None:
    """The instant that a short text prints, or `None`.

    `zone` is that of a text which names none; `now` (aware) makes "20 menit lalu" readable. The result has the offset
    that was printed, else that of `zone` on the day. A text without a time is midnight, with precision "day".
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        return None
    try:
        return _absolute(plain, zone, order) or _epoch(plain) or (_relative(plain, zone, now) if now else None)
    except (ValueError, OverflowError):  # the 31st of February, the hour 25, the year 0
        return None


def _plain(text: str) -> str:
    """One line, compatibility forms resolved, decimal digits of every script as 0-9."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def _absolute(text: str, zone: tzinfo, order: Order) -> Instant | None:
    low = text.lower()
    if len(low) != len(text):  # a few letters change length; offsets must not
        text = low
    found = _day(low, order)
    if found is None:
        return None
    day, start, end = found
    clock = _clock(low, start, end)
    if clock is None:
        when = datetime.combine(day, time(), zone)
        return Instant(_fixed(when), _printed(text, low, start, end), "day", zoned=False)
    at, has_seconds, clock_start, clock_end = clock
    offset, zone_end = _zone(low, clock_end, max(end, clock_end))
    when = datetime.combine(day, at, timezone(offset) if offset is not None else zone)
    start, end = min(start, clock_start), max(end, clock_end, zone_end)
    precision: Precision = "second" if has_seconds else "minute"
    return Instant(_fixed(when), _printed(text, low, start, end), precision, zoned=offset is not None)


def _fixed(when: datetime) -> datetime:
    """The same instant with its offset as a fixed zone: it pickles small and compares plainly."""
    return when.replace(tzinfo=timezone(when.utcoffset() or timedelta()))


def _printed(text: str, low: str, start: int, end: int) -> str:
    """The printed part, with the weekday before it and the bracket after it."""
    weekday = _patterns().weekday.search(low[:start])
    return text[weekday.start() if weekday else start : end].strip(" |,-")


def _day(low: str, order: Order) -> tuple[date, int, int] | None:
    """The day a text prints, and where."""
    patterns = _patterns()
    for pattern in (patterns.year_first, patterns.vietnamese, patterns.day_month, patterns.month_day):
        for match in pattern.finditer(low):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else patterns.month[parts["name"]]
            thai = "name" in parts and bool(re.search("[\u0e00-\u0e7f]", parts["name"]))
            day = _date(_year(parts["year"], thai=thai), month, int(parts["day"]))
            if day:
                return day, match.start(), match.end()
    for match in patterns.numeric.finditer(low):
        day = _numeric(int(match["a"]), int(match["b"]), _year(match["year"], thai=False), order)
        if day:
            return day, match.start(), match.end()
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(a: int, b: int, year: int, order: Order) -> date | None:
    """22/10/2025 by the outlet's order; the other order where that one makes no date."""
    day_first, month_first = _date(year, b, a), _date(year, a, b)
    return (month_first or day_first) if order == "mdy" else (day_first or month_first)


def _year(digits: str, *, thai: bool) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 2500 if thai else 2000
    return year - _BUDDHIST if 2400 <= year <= 2700 else year


def _clock(low: str, start: int, end: int) -> tuple[time, bool, int, int] | None:
    """The time beside a day: behind it, else before it. (time, whether with seconds, start, end)"""
    patterns, words = _patterns(), _words()
    for base, part in ((end, low[end:]), (0, low[:start])):
        match = patterns.clock.search(part)
        if match is None:
            match = next((m for m in patterns.dotted.finditer(part) if _is_clock(m, part, base == end)), None)
        if match:
            hour, second = int(match["hour"]), match["second"]
            if match["half"] in words.halves.pm and hour < 12:
                hour += 12
            elif match["half"] in words.halves.am and hour == 12:
                hour = 0
            at = time(hour, int(match["minute"]), int(second or 0))
            return at, second is not None, base + match.start(), base + match.end()
    return None


def _is_clock(match: re.Match[str], part: str, follows: bool) -> bool:
    """14.31 is a time where a word, a zone or the date just before it says so; "1.229 views" is none."""
    rest = part[match.end() :].lstrip()
    zone = _patterns().zone.match(rest)
    joined = follows and not part[: match.start()].strip(" t,|-–")
    after = rest.startswith(_words().clock.after)
    return bool(match["before"] or match["half"] or zone or after or (joined and not re.match(r"[^\W\d_]", rest)))


def _zone(low: str, clock_end: int, end: int) -> tuple[timedelta | None, int]:
    """The offset printed right after the time (or after the date behind it), and where it ends."""
    for base in (clock_end, end):
        part = low[base : base + 12]
        match = _patterns().zone.match(part, len(part) - len(part.lstrip(" |,(")))
        if match is None:
            continue
        closing = 1 if low[base + match.end() : base + match.end() + 1] == ")" else 0
        if match["alone"]:
            return timedelta(minutes=_words().zones[match["alone"]]), base + match.end() + closing
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes <= 14 * 60:
            return timedelta(minutes=minutes if match["sign"] == "+" else -minutes), base + match.end() + closing
    return None, clock_end


def _epoch(text: str) -> Instant | None:
    """Seconds or milliseconds since 1970, as some platforms put into metadata."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return Instant(datetime.fromtimestamp(int(text[:10]), UTC), text, "second", zoned=True)


def _relative(text: str, zone: tzinfo, now: datetime) -> Instant | None:
    """Counted back from `now`: minutes and hours to the minute, longer spans to the day."""
    low, words = text.lower(), _words().relative
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    if low.strip(" .") in words.now:
        return Instant(_fixed(local), text, "minute", zoned=True, relative=True)
    for names, days in ((words.today, 0), (words.yesterday, 1)):
        name = next((name for name in names if low.startswith(name)), None)
        if name:
            return _on(local.date() - timedelta(days=days), low[len(name) :], text, zone)
    match = _patterns().ago.search(low)
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else 1
    unit = next(unit for unit in ("second", "minute", "hour", "day", "week") if match[unit])
    span = timedelta(**{f"{unit}s": count})
    if unit in ("day", "week"):
        midnight = datetime.combine((local - span).date(), time(), zone)
        return Instant(_fixed(midnight), match[0], "day", zoned=True, relative=True)
    return Instant(_fixed(local - span), match[0], "minute", zoned=True, relative=True)


def _on(day: date, rest: str, text: str, zone: tzinfo) -> Instant:
    """ "kemarin 14:05" """
    clock = _clock(rest, 0, 0)
    when = datetime.combine(day, clock[0] if clock else time(), zone)
    return Instant(_fixed(when), text, "minute" if clock else "day", zoned=True, relative=True)
