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

from pipeline.ago import SPANS, counted_back
from pipeline.clocks import clock_beside, zone_beside
from pipeline.datewords import SPACELESS, Home, Unit, common_era, date_patterns, date_words, month_words

Order = Literal["dmy", "mdy", "ymd"]
Precision = Unit
_LONGEST = 250  # characters; a printed date is shorter, prose is longer
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff"
_MACHINE = re.compile(
    r"(?P<day>(?:19|20|25)\d\d[01]\d[0-3]\d)(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>z|[+-]\d{4})?)?"
)
_ISO = re.compile(
    r"(?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)[T ](?P<at>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:\.\d{1,9})?"
    r"\s?(?P<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
)
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\d{6})?(?:\.\d{1,9})?")
_DIGITS = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_LIKE_A_TIME = re.compile(r"[\d\s]+\.[\d\s]+\.\s?\d\d")
_THAI = re.compile("[\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time as somebody printed it."""

    when: datetime  # aware
    text: str  # the printed part that says so
    precision: Precision
    zoned: bool  # the text itself names its zone or offset
    relative: bool = False  # "20 menit lalu"
    zone: str | None = None  # that zone or offset as printed: "WIB", "+07:00"
    either: bool = False  # numbers that the other order would read as another day

    @property
    def has_time(self) -> bool:
        """Whether it says more than the day."""
        return self.precision in ("second", "minute", "hour")

    @property
    def earliest(self) -> datetime:
        """The first moment the text can mean: what is counted back is rounded by one unit, either way."""
        return self.when - SPANS[self.precision] if self.relative else self.when

    @property
    def latest(self) -> datetime:
        """The first moment it cannot mean any more."""
        return self.when + SPANS[self.precision]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as printed, and where."""

    day: date
    start: int
    end: int
    either: bool = False


def home_zones() -> Home:
    """Where a site is at home whose outlet file does not say."""
    return date_words().home


def parse(text: str, zone: tzinfo, *, order: Order = "dmy", now: datetime | None = None) -> Instant | None:
    """The instant that a short text prints, or `None`.

    `zone` is that of a text which names none; `now` (aware) makes "20 menit lalu" readable. The result has the offset
    that was printed, else that of `zone` on the day. A text without a time is midnight, with precision "day".
    """
    if len(text) > 4 * _LONGEST:
        return None
    return parse_plain(plain(text), zone, order, now)


def parse_plain(text: str, zone: tzinfo, order: Order, now: datetime | None) -> Instant | None:
    """`parse` of what `plain` gave."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        exact = _iso(text, zone) or _absolute(text, zone, order) or _machine(text, zone)
        return exact or (_relative(text, zone, now) if now else None)
    except (ValueError, OverflowError):  # the 31st of February, the hour 25, the year 0
        return None


@cache
def _shown() -> dict[int, str]:
    """Decimal digits of every script as 0-9, invisible characters as nothing."""
    digits = (chr(code) for code in range(128, 0x20000))
    table = {ord(character): str(unicodedata.decimal(character)) for character in digits if character.isdecimal()}
    return table | dict.fromkeys(map(ord, _INVISIBLE), "")


def plain(text: str) -> str:
    """One line, compatibility forms resolved, decimal digits of every script as 0-9, nothing invisible."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_shown()))
    return " ".join(text.split())


def lower(text: str) -> str:
    """In lower case; as long as the text itself, for offsets hold in both."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _absolute(text: str, zone: tzinfo, order: Order) -> Instant | None:
    low = lower(text)
    found = _find_day(low, order, zone)
    if found is None:
        return None
    clock = clock_beside(low, found.start, found.end)
    if clock is None:
        when = datetime.combine(found.day, time(), zone)
        printed = _printed(text, low, found.start, found.end)
        return Instant(_fixed(when), printed, "day", zoned=False, either=found.either)
    offset = zone_beside(low, found.end, clock, zone)
    when = datetime.combine(found.day, clock.at, timezone(offset.offset) if offset else zone)
    if clock.next_day:
        when += timedelta(days=1)
    start, end = min(found.start, clock.start), max(found.end, clock.end, offset.end if offset else 0)
    precision: Precision = "second" if clock.has_seconds else "minute" if clock.has_minutes else "hour"
    zone_text = text[offset.start : offset.stop] if offset else None
    printed = _printed(text, low, start, end)
    return Instant(_fixed(when), printed, precision, zoned=offset is not None, zone=zone_text, either=found.either)


def _fixed(when: datetime) -> datetime:
    """The same instant with its offset as a fixed zone: it pickles small and compares plainly."""
    return when.replace(tzinfo=timezone(when.utcoffset() or timedelta()))


def _printed(text: str, low: str, start: int, end: int) -> str:
    """The printed part, with the weekday before it and the bracket after it."""
    weekday = date_patterns().weekday.search(low[max(0, start - 24) : start])
    return text[max(0, start - 24) + weekday.start() if weekday else start : end].strip(" |,-")


def _find_day(low: str, order: Order, zone: tzinfo) -> _Day | None:
    """The first day that a text prints; numbers with full stops and two digits of a year only where nothing else is."""
    if "年" in low:
        low = _counted_in_words(low)
    if not _DIGITS.search(low):
        return None
    thai = str(zone) == "Asia/Bangkok"
    found = _numbered(low, thai) + _named(low, thai)
    numbers = [day for match in date_patterns().numeric.finditer(low) if (day := _numeric(low, match, order, thai))]
    plainly = [day for day in numbers if not _LIKE_A_TIME.fullmatch(low, day.start, day.end)]
    return min((*found, *plainly[:1]), key=lambda day: day.start, default=None) or (numbers[0] if numbers else None)


def _numbered(low: str, thai: bool) -> list[_Day]:
    """Days without a month's name."""
    found = []
    for pattern in date_patterns().numbered:
        for match in pattern.finditer(low):
            day = _date(_year(match["year"], thai=thai), int(match["month"]), int(match["day"]))
            if day:
                found.append(_Day(day, match.start(), match.end()))
                break
    return found


def _named(low: str, thai: bool) -> list[_Day]:
    """Days whose month is a word."""
    patterns, found = date_patterns(), []
    spaceless = not low.isascii() and SPACELESS.search(low) is not None
    if not spaceless and month_words().isdisjoint(_WORD.findall(low)):
        return []
    for pattern in patterns.spaceless if spaceless else patterns.named:
        for match in pattern.finditer(low):
            parts = match.groupdict()
            year = _year(parts["year"] or parts["short"], thai=thai or bool(_THAI.search(parts["name"])))
            day = _date(year, patterns.month[parts["name"]], int(parts["day"]))
            if day:
                found.append(_Day(day, match.start(), match.end()))
                break
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(low: str, match: re.Match[str], order: Order, thai: bool) -> _Day | None:
    """22/10/2025 by the outlet's order; the other order where that one makes no date or contradicts the weekday."""
    a, b, year = int(match["a"]), int(match["b"]), _year(match["year"], thai=thai)
    if order == "ymd" and len(match["year"]) == 2:
        day = _date(_year(match["a"].zfill(2), thai=thai), b, int(match["year"]))
        return _Day(day, match.start(), match.end()) if day else None
    month_first, day_first = _date(year, a, b), _date(year, b, a)
    first, second = (month_first, day_first) if order == "mdy" else (day_first, month_first)
    if first and second and first != second:
        weekday = _weekday_before(low, match.start())
        if weekday == second.isoweekday() != first.isoweekday():
            first = second
        return _Day(first, match.start(), match.end(), either=weekday is None)
    only = first or second
    return _Day(only, match.start(), match.end()) if only else None


def _weekday_before(low: str, start: int) -> int | None:
    match = date_patterns().weekday.search(low[max(0, start - 24) : start])
    return date_patterns().weekdays[match["weekday"]] if match else None


def _year(digits: str, *, thai: bool) -> int:
    """Of four digits as it stands, Buddhist or not; of two the one near to us, Buddhist where Thai is written."""
    year = int(digits)
    if len(digits) == 2:
        year += 2500 if thai and year >= 40 else 1900 if year >= 95 else 2000
    return common_era(year)


def _counted_in_words(low: str) -> str:
    """The Chinese numerals of 二〇二六年十二月五日 as digits, padded with spaces to the same length."""

    def digits(match: re.Match[str]) -> str:
        return _numeral(match[0]).rjust(len(match[0]))

    return re.sub(r"[〇零一二三四五六七八九十]{1,4}(?=\s?[年月日号])", digits, low)


def _numeral(word: str) -> str:
    values = "".join(
        str("〇一二三四五六七八九".find(c)) if c not in "十零" else {"十": "x", "零": "0"}[c] for c in word
    )
    if "x" not in values:
        return values
    tens, _, ones = values.partition("x")
    return f"{tens or '1'}{ones or '0'}"


def _iso(text: str, zone: tzinfo) -> Instant | None:
    """What most metadata say, without a search for words."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    printed = match["zone"]
    when = datetime.fromisoformat(f"{match['day']}T{match['at']}{printed or ''}")
    when = when if when.tzinfo else _fixed(when.replace(tzinfo=zone))
    precision: Precision = "second" if len(match["at"]) == 8 else "minute"
    return Instant(_fixed(when), text, precision, zoned=printed is not None, zone=printed)


def _machine(text: str, zone: tzinfo) -> Instant | None:
    """20261105T145643Z and seconds or milliseconds since 1970, as some platforms put into metadata."""
    match = _MACHINE.fullmatch(text.lower())
    if match and (match["hour"] or len(text) == 8):
        day, clock = match["day"], (match["hour"] or "00", match["minute"] or "00", match["second"] or "00")
        iso = f"{day[:4]}-{day[4:6]}-{day[6:]}" + (f"T{':'.join(clock)}{match['zone'] or ''}" if match["hour"] else "")
        return _absolute(iso, zone, "ymd")
    epoch = _EPOCH.fullmatch(text)
    return Instant(datetime.fromtimestamp(int(epoch[1]), UTC), text, "second", zoned=True) if epoch else None


def _relative(text: str, zone: tzinfo, now: datetime) -> Instant | None:
    back = counted_back(text, zone, now)
    return Instant(_fixed(back.when), back.text, back.precision, zoned=True, relative=True) if back else None
