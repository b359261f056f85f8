"""When and where an event is said to be: its days, its host, its house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.dossiers import lists
from pipeline.dossiers.beginnings import Found
from pipeline.dossiers.dates import PrintedDays, printed_days
from pipeline.dossiers.lines import Line
from pipeline.locations.gazetteer import place_named

_REACH = 90  # code points between "held" and the days or the city
_CAPITAL = r"[A-ZĐÀ-Ý][\w'’.-]*"
_RUN = rf"(?P<place>{_CAPITAL}(?:\s{_CAPITAL}){{0,3}})"
_IN = re.compile(
    rf"\b(?:[Dd]i|[Ii]n|[Aa]t|[Bb]y|[Oo]leh|tại|ở|sa)\s(?:(?:[Kk]ota|the city of|[Ii]bu [Kk]ota|thành phố)\s)?{_RUN}"
)
_RUNS = re.compile(_RUN)
_PREFIX = re.compile(r"^(?:Pemprov|Pemerintah|Provinsi|Pemkot|Kota|DKI|DBKL|Gubernur|Wali)\s+", re.IGNORECASE)
_HOST_BEFORE = re.compile(  # "Jakarta menjadi tuan rumah", "memilih Jakarta sebagai tuan rumah", "Jakarta will host"
    rf"{_RUN},?\s(?:(?:secara|resmi|akan|bakal|kembali|terpilih|ditunjuk|dipilih|didapuk|menjadi|sebagai|jadi|bertindak|is|was|will|to|has|been|"
    r"officially|again|chosen|named|as|serve|the|sẽ|là)\s){0,5}(?:selaku\s)?(?i:tuan\srumah|hosts?|hosted|hosting|chủ\snhà|đăng\scai)\b"
)
_HOST_BEHIND = re.compile(  # "tuan rumah MGMAC 2023 adalah Jakarta", "the host of MGMAC 2023, Jakarta,"
    r"\b(?:[Tt]uan rumah|[Hh]ost of(?: the)?)\s(?:[\w()/-]{1,20}\s){0,3}?(?:[\w()/-]{1,20})"
    rf"(?:\s(?:adalah|ialah|yakni|yaitu|is|was)|,)\s{_RUN}"
)
_VENUE = re.compile(
    rf"\b(?:[Dd]i|[Aa]t|[Ii]n|tại|sa)\s(?:the\s)?(?P<venue>(?:Hotel|Gedung|Balai|Istana|Plaza|Dewan|Pusat|Menara|Auditorium)(?:\s{_CAPITAL}){{1,4}}"
    rf"|(?:{_CAPITAL}\s){{1,4}}(?:Hotel|Resort|Center|Centre|Hall|Palace|Tower|Building|Museum)(?:\s{_CAPITAL}){{0,2}})"
)
_KIND_OF_HOUSE = frozenset(
    """
    hotel gedung balai istana plaza dewan pusat menara auditorium resort center centre hall palace tower
    building museum the convention convensyen konvensyen international internasional antarabangsa kota jakarta
    """.split()  # noqa: SIM905 (a list of words is read as words)
)


def days(line: Line, watch: str, published: date | None) -> Iterator[tuple[PrintedDays, bool]]:
    """The days printed in a sentence of the event; and whether it says that the event is held on them."""
    if line.part or not line.spoken_of or line.edition is None:
        return
    names = [one for one in line.names if one.watch == watch]
    for printed in printed_days(line.text, line.edition, published):
        if printed.first.year != line.edition:
            continue
        held = any(
            0 <= printed.start - said.end() <= _REACH for said in lists.of("held").finditer(line.text, 0, printed.start)
        )
        beside = any(0 <= printed.start - one.end <= _REACH // 2 for one in names)
        if held or beside:
            yield printed, printed.first != printed.last or (held and not _is_an_edge(line.text, printed.start))


def _is_an_edge(text: str, start: int) -> bool:
    """Is the day before which this stands the first or the last: "yang dibuka di Jakarta, Sabtu (5/8)"?"""
    return lists.of("edges").search(text, max(0, start - _REACH), start) is not None


def hosts(line: Line, watch: str) -> Iterator[tuple[Found, int | None]]:
    """The cities said to be host, or where it is said to be held, with the year; each once."""
    if not line.spoken_of or line.part:
        return
    told: dict[str, tuple[Found, int | None]] = {}
    for found in _HOST_BEFORE.finditer(line.text):
        _keep(told, line, watch, found)
    for found in _HOST_BEHIND.finditer(line.text):
        _keep(told, line, watch, found)
    for found in _IN.finditer(line.text):
        before = line.text[max(0, found.start() - _REACH) : found.start()]
        held = next(reversed(list(lists.of("held").finditer(before))), None)
        if held is not None and not re.search(r"[.;(]", before[held.end() :]):
            _keep(told, line, watch, found)
    yield from told.values()


def _keep(told: dict[str, tuple[Found, int | None]], line: Line, watch: str, found: re.Match[str]) -> None:
    place = _city(found["place"])
    if place is not None:
        end = found.start() + len(found.group().rstrip(".,"))
        told.setdefault(place, (Found(found.start("place"), end, place), _year_behind(line, watch, end)))


def _city(run: str) -> str | None:
    """The city that a run of capitals begins or ends with, by its usual name."""
    words = run.split()
    while len(words) > 1 and _PREFIX.match(" ".join(words)):
        words = words[1:]
    for length in range(min(4, len(words)), 0, -1):
        for some in (words[:length], words[-length:]):
            place = place_named(" ".join(some).strip(".,"))
            if place is not None:
                return place.name
    return None


def _year_behind(line: Line, watch: str, end: int) -> int | None:
    """The year beside the name that follows; else that of the line."""
    behind = [one for one in line.names if one.watch == watch and one.start >= end - 1 and one.year is not None]
    if behind:
        return behind[0].year
    return None if lists.of("other_year").search(line.text) else line.edition


def venues(line: Line) -> Iterator[Found]:
    """The houses in which it is said to be held or attended."""
    if line.part or not line.spoken_of or not (lists.of("held").search(line.text) or "dihadiri" in line.text):
        return
    for found in _VENUE.finditer(line.text):
        venue = found["venue"].rstrip(".,")
        if own_words(venue):
            yield Found(found.start("venue"), found.start("venue") + len(venue), venue)


def own_words(venue: str) -> frozenset[str]:
    """The words of a house's name that are its own."""
    return frozenset(word for word in venue.casefold().replace("’", "'").split() if word not in _KIND_OF_HOUSE)
