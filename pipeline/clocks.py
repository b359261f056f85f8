"""The time of day that stands beside a date, and the zone beside it. Pure; offsets are places in the text given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta, tzinfo
from functools import cache

from pipeline.datewords import NO_LETTER_BEFORE, NO_LETTER_BEHIND, any_of, compared, date_words, ended, whole

_LONGEST_WORD = 24  # characters before a time in which a word for it stands
_MOST_MINUTES = 14 * 60  # east of UTC: Kiritimati


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed."""

    at: time
    next_day: bool  # 24:00
    has_minutes: bool
    has_seconds: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedZone:
    offset: timedelta
    start: int  # of "WIB", "+07:00", "GMT+7"
    stop: int  # its end
    end: int  # the end with a closing bracket


@dataclass(frozen=True, slots=True)
class _Patterns:
    time: re.Pattern[str]  # 14:31, 14h30, 1430 hrs, 14.31, 2 pm, and every other number: `_evident` judges
    early: re.Pattern[str]  # "下午" at the end of what stands before
    before: re.Pattern[str]  # "pukul" at its end
    zone: re.Pattern[str]
    unit: re.Pattern[str]  # "น." behind a time


@cache
def _patterns() -> _Patterns:
    words = date_words()
    halves, clock = _half_of(), words.clock
    late = rf"(?:\s{{0,3}}(?:(?:{any_of(words.halves.joined)})\s?)?(?P<late>{any_of(halves)}){NO_LETTER_BEHIND}\.?)?"
    minute = ended(clock.minute)
    seconds = rf"(?:\s?(?P<seconds>\d{{1,2}})\s?{ended(clock.second)})?"
    colon = r"\s?(?P<colon>:)\s?(?P<minute>\d{2})(?!\d)(?:\s?:\s?(?P<second>\d{2})(?!\d)(?:[.,]\d{1,9})?)?"
    worded = (
        rf"\s?(?P<word>{any_of(clock.hour)})"
        rf"(?:\s?(?P<half_past>{any_of(clock.half_past)})|\s?(?P<minutes>\d{{1,2}})(?!\d)\s?(?:{minute})?{seconds}|{NO_LETTER_BEHIND})"
    )
    joined = rf"\s?(?:{any_of(clock.and_minutes)})\s?(?P<joined>\d{{1,2}})(?!\d)\s?(?:{minute})"
    military = rf"(?<=[012]\d)(?P<military>[0-5]\d)\s?(?:h|hrs?|hours){NO_LETTER_BEHIND}"
    dotted = r"\s?[.-]\s?(?P<dotted>\d{2})(?:[.:-](?P<dotted_second>\d{2})(?!\d))?(?![\d,])"
    return _Patterns(
        time=re.compile(
            rf"(?<![\d:+])(?P<hour>\d{{1,2}})(?:{colon}|{military}|(?!\d)(?:{worded}|{joined}|{dotted}|)){late}"
        ),
        early=re.compile(
            rf"(?P<early>{whole(word for word in halves if not word.isascii() or word in ('am', 'pm'))})\s?$"
        ),
        before=re.compile(rf"{whole(clock.before)}[\s-]?$"),
        zone=_zone(tuple(words.zones)),
        unit=re.compile(rf"\s?{ended(clock.after)}\.?"),
    )


def _zone(names: tuple[str, ...]) -> re.Pattern[str]:
    name = any_of(names)
    return re.compile(
        rf"{NO_LETTER_BEFORE}(?:(?P<name>{name}){NO_LETTER_BEHIND})?\s?(?P<sign>[+−-])"
        rf"(?P<hours>\d{{1,2}}?)(?:[:.]?(?P<minutes>\d{{2}}))?(?!\d)"
        rf"|{NO_LETTER_BEFORE}(?P<alone>{name}){NO_LETTER_BEHIND}"
    )


def clock_beside(low: str, start: int, end: int) -> Clock | None:
    """The time beside the day at `start` to `end`: behind it, else before it, else in its middle.

    Raises `ValueError` for a time that no clock shows.
    """
    behind = next(_times(low[end:], end, follows=True), None)
    if behind:
        return behind
    *_, before = (None, *_times(low[:start], 0, follows=False))
    return before or next(_times(low[start:end], start, follows=False, certain=True), None)


def _times(part: str, base: int, *, follows: bool, certain: bool = False) -> Iterator[Clock]:
    """The times of a part that begins at `base`, in order. `follows`: behind a day. `certain`: only with a colon."""
    for match in _patterns().time.finditer(part):
        if certain and not match["colon"]:
            continue
        early = _patterns().early.search(part, max(0, match.start() - _LONGEST_WORD), match.start())
        if match["colon"] or _evident(match, part, early is not None, follows):
            if _is_duration(match, part):
                continue
            clock = _read(match, early["early"] if early else None)
            unit = _patterns().unit.match(part, match.end())
            start, end = (early or match).start(), (unit or match).end()
            yield replace(clock, start=base + start, end=base + end)


def _evident(match: re.Match[str], part: str, early: bool, follows: bool) -> bool:
    """Is the number a time? 14.31 is one where a word, a zone or the date just before it says so; "1.229" is none."""
    ahead = part[match.start() - 1] if match.start() else ""
    if match["word"] or match["joined"] or match["military"]:
        return ahead not in (".", ",")
    if match["late"]:
        return not (ahead.isalnum() or (ahead in (".", ",") and not match["dotted"]))
    before = early or _patterns().before.search(part, max(0, match.start() - _LONGEST_WORD), match.start()) is not None
    if not match["dotted"]:
        return (
            early and part[match.end() : match.end() + 1] not in (".", ",", ":", "/", "-") and ahead not in (".", ",")
        )
    if ahead in (".", ","):
        return False
    rest = part[match.end() :].lstrip(" (")
    if before or _patterns().zone.match(rest) or _patterns().unit.match(rest):
        return True
    return follows and not part[: match.start()].strip(" t,|-–·•/(") and not re.match(r"[^\W\d_]", rest)


def _is_duration(match: re.Match[str], part: str) -> bool:
    """45:30 is how long a video is, unless a zone makes it a time that no clock shows."""
    rest = part[match.end() :].lstrip(" (")
    return bool(match["colon"]) and int(match["hour"]) > 24 and not _patterns().zone.match(rest)


def _read(match: re.Match[str], early: str | None) -> Clock:
    groups = match.groupdict()
    minute = next(
        (groups[name] for name in ("minute", "minutes", "joined", "military", "dotted") if groups[name]), None
    )
    second = groups["second"] or groups["seconds"] or groups["dotted_second"]
    hour = _of_twenty_four(int(groups["hour"]), groups["late"] or early)
    minutes = 30 if groups["half_past"] else int(minute or 0)
    next_day = hour == 24 and minutes == 0 and not int(second or 0)
    at = time(0 if next_day else hour, minutes, 59 if second == "60" else int(second or 0))
    has_minutes = minute is not None or groups["half_past"] is not None
    return Clock(at, next_day, has_minutes, second is not None, match.start(), match.end())


@cache
def _half_of() -> dict[str, str]:
    halves = date_words().halves
    named = {"am": halves.am, "pm": halves.pm, "noon": halves.noon, "evening": halves.evening, "night": halves.night}
    return {compared(word): name for name, words in named.items() for word in words}


def _of_twenty_four(hour: int, word: str | None) -> int:
    """The hour by the word beside it; one that is above 12 already stands."""
    half = _half_of().get(word or "")
    if half is None or not 1 <= hour <= 12:
        return hour
    if half == "am":
        return hour % 12
    if half == "pm":
        return hour % 12 + 12
    if half == "noon":
        return hour + 12 if hour <= 5 else hour
    if half == "evening":
        return (hour + 12) % 24
    return (hour + 12) % 24 if hour >= 6 else hour


def zone_beside(low: str, day_end: int, clock: Clock, home: tzinfo) -> PrintedZone | None:
    """The zone right behind the time, or behind the date that follows it, or between the two."""
    places = [clock.end, max(day_end, clock.end)] + ([day_end] if day_end < clock.start else [])
    for place in dict.fromkeys(places):
        found = _zone_at(low, place, home, exact=clock.has_seconds)
        if found:
            return found
    return None


def _zone_at(low: str, place: int, home: tzinfo, *, exact: bool) -> PrintedZone | None:
    part = low[place : place + 48]
    start = len(part) - len(part.lstrip(" |,([/"))
    match = _patterns().zone.match(part, start)
    if match is None:
        return None
    closing = 1 if part[match.end() : match.end() + 1] in (")", "]") else 0
    offset = _minutes(match, home)
    if offset is None or (offset < 0 and not match["name"] and not match["alone"] and not exact):
        return None  # "10:00 -12:00" is a span of time
    stop = place + match.end()
    return PrintedZone(timedelta(minutes=offset), place + start, stop, stop + closing)


def _minutes(match: re.Match[str], home: tzinfo) -> int | None:
    """Minutes east of UTC; letters that mean a zone of their own at home are read so."""
    if match["alone"]:
        words = date_words()
        own = words.zones_at_home.get(str(home), {})
        return own.get(match["alone"], words.zones[match["alone"]])
    minutes = int(match["minutes"] or 0)
    total = int(match["hours"]) * 60 + minutes
    if minutes > 59 or total > _MOST_MINUTES:
        return None
    return total if match["sign"] == "+" else -total
