"""Dates printed near a mention: the edition of a forum whose name stands without a year."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    "january|february|march|may|june|july|august|october|december|"
    "mac|jun|julai|ogos|disember|"
    "enero|pebrero|marso|abril|mayo|hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre|"
    "jan|feb|mar|apr|agu|aug|sep|sept|okt|oct|nov|des|dec"
)
_YEAR = r"(?P<year{}>(?:19|20)\d\d)"
_HELD = (
    r"(?:digelar|diselenggarakan|dilaksanakan|diadakan|dilangsungkan|berlangsung|dihelat|held|hosted|convened|"
    r"took place|takes place|dianjurkan|ginanap|tổ chức|diễn ra)"
)


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    return re.compile(
        rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR.format(1)}(?!\d)"
        rf"|\b(?:{_MONTHS})\b\.?(?:\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?,?)?\s+{_YEAR.format(2)}(?!\d)"
        rf"|(?:tháng\s+\d{{1,2}}\s+năm|tháng\s+\d{{1,2}}[/-])\s*{_YEAR.format(3)}(?!\d)"
        rf"|\d{{4}}年|{_HELD}\b[^.\n]{{0,60}}?\b(?:pada\s+tahun|tahun|in|pada|năm)\s+{_YEAR.format(4)}(?![\d-])",
        re.IGNORECASE,
    )


# a forum's beginning, or how far back something reaches, is no edition
_ORIGIN = re.compile(
    r"(?:sejak|since|didirikan|dibentuk|diprakarsai|digagas|diluncurkan|ditubuhkan|diasaskan|pertama kali|"
    r"initiated|founded|established|formed|launched|created|first held|begun|began|thành lập|itinatag)[^.\n]{0,80}$",
    re.IGNORECASE,
)
_FAR = 1 << 30


def dates_with_year(text: str) -> list[tuple[int, int, int]]:
    """(year, start, end) of every full date, month with year, and "held in YEAR", that is not a beginning."""
    found = []
    for match in _date().finditer(text):
        digits = re.search(r"(?:19|20)\d\d(?!.*\d{4})", match.group())
        if digits is None or _ORIGIN.search(text[max(0, match.start() - 120) : match.start()]):
            continue
        found.append((int(digits.group()), match.start(), match.end()))
    return found


def nearest_date(
    text: str, places: Sequence[tuple[int, int]], first_edition: int, published: int | None
) -> tuple[int, int, int] | None:
    """The printed date nearest to any of the places; where the publication year is known, one year off it at most."""
    best, least = None, _FAR
    starts, ends = sorted(place[0] for place in places), sorted(place[1] for place in places)
    for year, start, end in dates_with_year(text):
        if year < first_edition or (published is not None and abs(year - published) > 1):
            continue
        before, behind = bisect_right(ends, start), bisect_left(starts, end)  # places that end or begin beside the date
        apart = 0 if behind > before else _FAR  # or that overlap it
        if before:
            apart = min(apart, start - ends[before - 1])
        if behind < len(starts):
            apart = min(apart, starts[behind] - end)
        if apart < least:
            best, least = (year, start, end), apart
    return best
