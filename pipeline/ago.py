"""Relative times, "20 menit lalu", counted back from the moment the page was fetched. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import cache

from pipeline.clocks import clock_beside
from pipeline.datewords import UNITS, Unit, any_of, date_patterns, date_words

SPANS: dict[Unit, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_COUNTED: dict[Unit, timedelta] = {**SPANS, "month": timedelta(days=30), "year": timedelta(days=365)}


@dataclass(frozen=True, slots=True)
class Back:
    """The moment a relative time means, and how exactly."""

    when: datetime
    text: str
    precision: Unit


def counted_back(text: str, zone: tzinfo, now: datetime) -> Back | None:
    """As exact as the smallest unit that is printed, days and more from midnight. `now` is aware.

    Raises `ValueError` for a clock that is none.
    """
    low, words = text.lower(), date_words().relative
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    if low.strip(" .") in words.now:
        return Back(local, text, "minute")
    for names, days in ((words.today, 0), (words.yesterday, 1)):
        name = next((name for name in names if low.startswith(name)), None)
        if name:
            return _on(local - timedelta(days=days), low[len(name) :], text)
    match = date_patterns().ago.search(low) if _past().search(low) else None
    if match is None:
        return None
    back, unit = _counted(match)
    when = local - back
    if unit not in ("second", "minute", "hour"):
        when = datetime.combine(when.date(), time(), zone)
    return Back(when, match[0], unit)


@cache
def _past() -> re.Pattern[str]:
    words = date_words().relative
    return re.compile(any_of((*words.past, *words.before)))


def _counted(match: re.Match[str]) -> tuple[timedelta, Unit]:
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


def _on(day: datetime, rest: str, text: str) -> Back:
    """ "kemarin 14:05" """
    clock = clock_beside(rest, 0, 0)
    when = datetime.combine(day.date(), clock.at if clock else time(), day.tzinfo)
    return Back(when, text, "minute" if clock else "day")
