"""Printed dates and times of the region's newsrooms as aware datetimes. Pure, and never raises.

htmldate reads "5 Desember 2026" as the first of January and knows no Buddhist years: hence our own reader.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from pipeline.datewords import UNITS, Home, Unit, date_patterns, date_words

Order = Literal["dmy", "mdy", "ymd"]
Precision = Unit
_LONGEST = 250  # characters; a printed date is shorter, prose is longer
_SPANS: dict[Precision, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_COUNTED: dict[Precision, timedelta] = {**_SPANS, "month": timedelta(days=30), "year": timedelta(days=365)}
_BUDDHIST = 543  # years between the Buddhist and the common era


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time as somebody printed it."""

    when: datetime  # aware
    text: str  # the printed part that says so
    precision: Precision
    zoned: bool  # the text itself names its zone or offset
    relative: bool = False  # "20 menit lalu"

    @property
    def has_time(self) -> bool:
        """Whether it says more than the day."""
        return self.precision in ("second", "minute", "hour")

    @property
    def earliest(self) -> datetime:
        """The first moment the text can mean: what is counted back is rounded by one unit, either way."""
        return self.when - _SPANS[self.precision] if self.relative else self.when

    @property
    def latest(self) -> datetime:
        """The first moment it cannot mean any more."""
        return self.when + _SPANS[self.precision]


def home_zones() -> Home:
    """Where a site is at home whose outlet file does not say."""
    return date_words().home


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
    weekday = date_patterns().weekday.search(low[:start])
    return text[weekday.start() if weekday else start : end].strip(" |,-")


def _day(low: str, order: Order) -> tuple[date, int, int] | None:
    """The day a text prints, and where."""
    patterns = date_patterns()
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
    patterns, words = date_patterns(), date_words()
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
    zone = date_patterns().zone.match(rest)
    joined = follows and not part[: match.start()].strip(" t,|-–")
    after = rest.startswith(date_words().clock.after)
    return bool(match["before"] or match["half"] or zone or after or (joined and not re.match(r"[^\W\d_]", rest)))


def _zone(low: str, clock_end: int, end: int) -> tuple[timedelta | None, int]:
    """The offset printed right after the time (or after the date behind it), and where it ends."""
    for base in (clock_end, end):
        part = low[base : base + 12]
        match = date_patterns().zone.match(part, len(part) - len(part.lstrip(" |,(")))
        if match is None:
            continue
        closing = 1 if low[base + match.end() : base + match.end() + 1] == ")" else 0
        if match["alone"]:
            return timedelta(minutes=date_words().zones[match["alone"]]), base + match.end() + closing
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
    """Counted back from `now`; as exact as the smallest unit that is printed, days and more from midnight."""
    low, words = text.lower(), date_words().relative
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    if low.strip(" .") in words.now:
        return Instant(_fixed(local), text, "minute", zoned=True, relative=True)
    for names, days in ((words.today, 0), (words.yesterday, 1)):
        name = next((name for name in names if low.startswith(name)), None)
        if name:
            return _on(local.date() - timedelta(days=days), low[len(name) :], text, zone)
    match = date_patterns().ago.search(low)
    if match is None:
        return None
    back, unit = _counted(match)
    when = local - back
    if unit in ("second", "minute", "hour"):
        return Instant(_fixed(when), match[0], unit, zoned=True, relative=True)
    midnight = datetime.combine(when.date(), time(), zone)
    return Instant(_fixed(midnight), match[0], unit, zoned=True, relative=True)


def _counted(match: re.Match[str]) -> tuple[timedelta, Precision]:
    """How far back, and the smallest unit named."""
    spans = match["ago"] or match["since"]
    if spans is None:  # "oras 3 liu ba": the unit goes before its number
        unit, _, count = match["turned"].strip().rpartition(" ")
        spans = f"{count} {unit}"
    back = timedelta()
    smallest: Unit = "year"
    for span in date_patterns().span.finditer(spans):
        unit = next(unit for unit in UNITS if span[unit])
        back += _COUNTED[unit] * (int(span["count"]) if span["count"].isdigit() else 1)
        smallest = min(smallest, unit, key=UNITS.index)
    return back, smallest


def _on(day: date, rest: str, text: str, zone: tzinfo) -> Instant:
    """ "kemarin 14:05" """
    clock = _clock(rest, 0, 0)
    when = datetime.combine(day, clock[0] if clock else time(), zone)
    return Instant(_fixed(when), text, "minute" if clock else "day", zoned=True, relative=True)
