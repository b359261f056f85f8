"""The years that stand beside the names of forums: "MGMAC 2023", "AMF (2022)", "the 2023 ASEAN Mayors Forum"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.watches.find import Mention

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_AFTER = re.compile(
    r"[\s\u200b)\]»\"”'’(\[,/–—-]{0,4}(?:(?:ke|the)[\s-]?\d{1,2}(?:st|nd|rd|th)?,?\s+|[IVX]{1,5}\s+)?(?:(?:di|in|at)\s(?:[A-Z]\w+[\s,]+){1,3})?"
    rf"(?:pada\s+)?(?:tahun|year|năm|taong|edisi|edition|ปี|พ\.ศ\.|ឆ្នាំ|ປີ|ခုနှစ်|年)?\s*{_YEAR}(?![\d/]|[-–]\d|[.,]\d)"
)
BEHIND = re.compile(  # a place: "di Vientiane, 2024"
    rf"[\s\u200b,(]{{0,4}}(?:pada\s+|in\s+|on\s+)?(?:tahun|year|năm|taong|ปี|พ\.ศ\.|ឆ្នាំ|ປີ|年)?\s*{_YEAR}(?![\d/]|[.,]\d)"
)
_BUDDHIST = re.compile(r"[\s)\]]{0,3}(?:ประจำ)?(?:ปี\s?(?:พ\.ศ\.)?|พ\.ศ\.)\s?(?P<year>25\d\d)(?!\d)")
_BUDDHIST_AHEAD = 543  # years
_BEFORE = re.compile(
    rf"(?<![\d/.,–-]){_YEAR}\s*(?:\s(?:(?:edition|session|meeting)\s+of\s+(?:the\s+)?|edisi\s+|annual\s+|của\s+(?:các\s+)?|"
    r"(?:[A-Z][\w-]{1,20}\s+){1,4}(?:of\s+(?:the\s+)?|ng\s+|sa\s+))?|年第?)(?:\d{1,2}(?:st|nd|rd|th|届)\s*)?$"
)
_NOT_BEFORE = re.compile(r"(?:sejak|since|from|until|hingga|sampai|by|before|after|\d)\s+(?:tahun\s+)?$", re.IGNORECASE)
# between two names of one event: "MGMAC dan AMF 2023", "Forum Wali Kota ASEAN (ASEAN Mayors Forum/AMF) 2023"
_COUPLING = re.compile(r"[\s)\]\"”'’]*(?:[-–—/&,+(]|dan|and|serta|bersama|with|và|at)?[\s(\[\"“'‘]*(?:the\s)?")
_COUPLING_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Dated:
    """A mention with the year that stands beside it, and where that year is printed."""

    mention: Mention
    lead: int  # where the coupled names it belongs to begin: "MGMAC dan AMF 2023"
    tail: int  # and where they end
    year: int | None = None
    start: int = 0
    end: int = 0
    told: str = "year"  # year | host | number: which words gave it


def years_beside(text: str, mentions: Sequence[Mention]) -> list[Dated]:
    """Each mention with the year printed beside it; coupled mentions share the year of the last."""
    ordered = sorted(mentions, key=lambda one: (one.start, one.end))
    coupled = [_coupled(text, one, other) for one, other in pairwise(ordered)]
    dated: list[Dated] = []
    lead = 0
    for place, mention in enumerate(ordered):
        lead = lead if place and coupled[place - 1] else mention.start
        dated.append(_beside(text, mention, lead))
    for place in range(len(dated) - 2, -1, -1):
        if coupled[place]:
            dated[place] = replace(dated[place], tail=max(dated[place].tail, dated[place + 1].tail))
    for place in range(len(dated) - 2, -1, -1):  # the last of the coupled ones carries the year
        after = dated[place + 1]
        if coupled[place] and dated[place].year is None and after.year is not None:
            dated[place] = replace(dated[place], year=after.year, start=after.start, end=after.end)
    return dated


def _coupled(text: str, one: Mention, other: Mention) -> bool:
    gap = text[one.end : other.start]
    return len(gap) <= _COUPLING_LENGTH and _COUPLING.fullmatch(gap) is not None


def _beside(text: str, mention: Mention, lead: int) -> Dated:
    after = _AFTER.match(text, mention.end, mention.end + 60)
    if after is not None:
        return Dated(mention, lead, mention.end, int(after["year"]), *after.span("year"))
    thai = _BUDDHIST.match(text, mention.end, mention.end + 20)
    if thai is not None:
        return Dated(mention, lead, mention.end, int(thai["year"]) - _BUDDHIST_AHEAD, *thai.span("year"))
    window = max(0, mention.start - 40)
    before = _BEFORE.search(text[window : mention.start])
    if before is not None and not _NOT_BEFORE.search(text[window : window + before.start("year")]):
        start, end = before.span("year")
        return Dated(mention, lead, mention.end, int(before["year"]), window + start, window + end)
    return Dated(mention, lead, mention.end)
