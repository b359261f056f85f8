"""In which year a forum is said to have begun, and whether it was held together with another one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.dossiers import lists
from pipeline.dossiers.lines import Line

_BEHIND, _BEFORE = 200, 140  # code points around the name that are read
_TO_VERB, _TO_YEAR = 80, 130  # from the name to "founded", from there to the year
_CLAUSE = re.compile(r"[.;\n]")
_YEAR = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/]|-\d\d)")
_DAY_BEFORE = re.compile(r"\d{1,2}\s[^\W\d_]{3,12},?\s$|[^\W\d_]{3,12}\s\d{1,2},\s$")  # "1 Agustus 2023": no founding
_FIRST_BEHIND = re.compile(r"^[\s)]{1,2}(?:yang\s)?(?:pertama|perdana)\b", re.IGNORECASE)
_FIRST_BEFORE = re.compile(r"\b(?:first|inaugural|maiden)\s$", re.IGNORECASE)
_VERB_BEFORE = 40  # code points
_ARTICLE = re.compile(r"\s(?:ang\s|the\s|of\s|nya\s){0,2}", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"[\s)]{1,2}(?:noong|in|pada|sejak|since)\s(?:tahun\s)?(?P<year>(?:19|20)\d\d)(?![\d/])")
_NEIGHBOURS = re.compile(r"^[\s)]{0,2}(?:/|-|–|dan|and|&|serta|và|at)[\s(]{0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Offsets into the line."""

    start: int
    end: int
    value: str
    other: str = ""  # the other forum


def founded(line: Line, watch: str) -> Iterator[Found]:
    """The years given for the beginning of the forum."""
    mine = [(one.start, one.end) for one in line.names if one.watch == watch and one.year is None]
    if not line.names and line.spoken_of:
        mine = [(found.start(), found.end()) for found in lists.of("itself").finditer(line.text)]
    told: dict[int, Found] = {}
    for start, end in mine:
        found = _behind(line.text, start, end) or _before(line.text, start, end) or _around(line.text, start, end)
        if found is not None:
            told.setdefault(found.end if found.start == start else found.start, found)
    yield from {one.value: one for one in reversed(told.values())}.values()


def _behind(text: str, start: int, end: int) -> Found | None:
    """ "MGMAC diprakarsai … pada 2013", "the first MGMAC was held in 2013"."""
    stop = _CLAUSE.search(text, end, end + _BEHIND)
    limit = stop.start() if stop else min(len(text), end + _BEHIND)
    said = lists.of("begun").search(text, end, min(limit, end + _TO_VERB))
    if said is None and (
        _FIRST_BEHIND.match(text[end : end + 20]) or _FIRST_BEFORE.search(text[max(0, start - 12) : start])
    ):
        said = lists.of("held").search(text, end, min(limit, end + _TO_VERB))
    return _year(text, start, said.end(), limit) if said else None


def _before(text: str, start: int, end: int) -> Found | None:
    """ "Didirikan pada 2013, MGMAC …", "since it was founded in 2013, the MGMAC …"."""
    said = next(reversed(list(lists.of("begun").finditer(text, max(0, start - _BEFORE), start))), None)
    if said is None:
        return None
    found = _year(text, said.start(), said.end(), start)
    return (
        None
        if found is None or not re.fullmatch(r"[\s,(]{1,3}(?:the\s)?", text[found.end : start])
        else Found(found.start, end, found.value)
    )


def _around(text: str, start: int, end: int) -> Found | None:
    """ "Itinatag ang MGMAC noong 2013"."""
    window = max(0, start - _VERB_BEFORE)
    said = next(reversed(list(lists.of("begun").finditer(text, window, start))), None)
    behind = _YEAR_BEHIND.match(text, end)
    if said is None or behind is None or not _ARTICLE.fullmatch(text[said.end() : start]):
        return None
    return Found(said.start(), behind.end(), behind["year"])


def _year(text: str, start: int, since: int, limit: int) -> Found | None:
    found = _YEAR.search(text, since, min(limit, since + _TO_YEAR))
    if found is None or _DAY_BEFORE.search(text[max(0, found.start() - 20) : found.start()]):
        return None
    return Found(start, found.end(), found["year"])


def first_together(line: Line, watch: str) -> Iterator[Found]:
    """With which other forums it is said to be held for the first time."""
    others = sorted({one.watch for one in line.names if one.watch != watch})
    if not others or not line.spoken_of or not lists.of("together").search(line.text):
        return
    said = lists.of("first_time").search(line.text)
    if said is not None:
        mine = [(one.start, one.end) for one in line.names]
        start = min(said.start(), *(start for start, _ in mine))
        end = max(said.end(), *(end for _, end in mine))
        yield from (Found(start, end, "first", other) for other in others)


def held_together(line: Line, watch: str) -> Iterator[Found]:
    """The years in which the text shows it together with another forum: "MGMAC 2022 … sebagai bagian dari AMF 2022"."""
    mine = [one for one in line.names if one.watch == watch]
    others = [one for one in line.names if one.watch != watch]
    told: dict[tuple[str, int], Found] = {}
    for one in mine:
        for other in others:
            first, second = sorted((one, other), key=lambda name: name.start)
            between = line.text[first.end : second.start]
            year = second.year or first.year or _year_together(line.text, between, second.end)
            if year is None or first.end > second.start or (one.year or year) != (other.year or year):
                continue
            if _NEIGHBOURS.match(between) or lists.of("joined").search(between):
                told.setdefault((other.watch, year), Found(first.start, second.end, str(year), other.watch))
    yield from told.values()


def _year_together(text: str, between: str, end: int) -> int | None:
    """ "MGMAC dan AMF pernah digelar bersamaan pada 2022"."""
    if not _NEIGHBOURS.match(between):
        return None
    limit = end + _TO_VERB
    said = lists.of("together").search(text, end, limit)
    found = _YEAR.search(text, said.end(), limit) if said else None
    return (
        int(found["year"])
        if found and not _DAY_BEFORE.search(text[max(0, found.start() - 20) : found.start()])
        else None
    )
