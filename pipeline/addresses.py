"""The days that an address names: /2026/11/05/, /20261105/, /2026-11-05-judul, /05-11-2026/. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import unquote, urlsplit

from pipeline.datewords import any_of, common_era, date_patterns

_LONGEST = 2000  # characters of an address
_YEAR = r"(?P<year>(?:19|20|25)\d\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"


@dataclass(frozen=True, slots=True)
class NamedDay:
    when: date
    text: str
    confidence: float
    detail: str | None = None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], float], ...]:
    """(form, how sure it is, for an instant with a time), the surest first."""
    month = f"(?P<name>{any_of(name for name in date_patterns().month if name.isascii())})"
    return tuple(
        (re.compile(pattern), confidence)
        for pattern, confidence in (
            (rf"(?<!\d){_YEAR}(?P<mark>[-/._]){_MONTH}(?P=mark){_DAY}(?!\d)", 0.9),
            (rf"/{_YEAR}[-/]{month}[-/]{_DAY}(?!\d)", 0.9),
            (
                r"(?<!\d)(?P<year>20\d\d|199\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d\d{0,3})?)?(?!\d)",
                0.8,
            ),
            (rf"(?<!\d){_DAY}(?P<mark>[-/._]){_MONTH}(?P=mark){_YEAR}(?!\d)", 0.8),
            (rf"(?<!\d){_DAY}-{month}-{_YEAR}(?!\d)", 0.8),
            (r"/(?P<year>9[5-9]|[0-4]\d)/(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])/", 0.7),
        )
    )


def days_in(url: str) -> list[NamedDay]:
    """The days that path and query name, the surest first. One among the words of a title may be an event's."""
    try:
        parts = urlsplit(url[:_LONGEST])
    except ValueError:
        return []
    place = unquote(f"{parts.path}?{parts.query}").lower()
    if not re.search(r"\d", place):
        return []
    found: dict[date, NamedDay] = {}
    for pattern, confidence in _forms():
        for match in pattern.finditer(place):
            day = _day(match.groupdict())
            if day and day not in found:
                text = match[0].strip("/")
                among_words = re.search(r"[^\W\d_]{3,}[-_]$", place[: match.start()]) is not None
                detail = "it stands among the words of the address" if among_words else None
                found[day] = NamedDay(day, text, confidence - (0.3 if among_words else 0), detail)
    return sorted(found.values(), key=lambda named: -named.confidence)


def _day(parts: dict[str, str | None]) -> date | None:
    name, digits = parts.get("name"), parts["year"] or ""
    month = date_patterns().month[name] if name else int(parts["month"] or 0)
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= 95 else 2000
    try:
        return date(common_era(year), month, int(parts["day"] or 0))
    except ValueError:
        return None
