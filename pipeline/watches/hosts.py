"""Which edition of a forum is meant where a text names its host or its number instead of a year.

"MGMAC di Phnom Penh" is the one held there; "the 5th ASEAN Mayors Forum" is the fifth. What the watches know of past
editions settles it; a place that was host more than once is told by the year the text is of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.watches.model import Held, Watch
from pipeline.watches.years import BEHIND, Dated

_AFTER = 70  # characters behind the name in which its host may stand
_BEFORE = 60  # and before it
_YEAR_WITHIN = 30  # characters behind the host
_MOST = 200  # mentions looked at; a hostile text names a forum thousands of times
_ORDINALS = (  # from the second on: "MGMAC perdana digelar bersamaan" is not of the first
    ("kedua", "second", "thứ hai"),
    ("ketiga", "third", "thứ ba"), ("keempat", "fourth", "thứ tư"), ("kelima", "fifth", "thứ năm"),
    ("keenam", "sixth", "thứ sáu"), ("ketujuh", "seventh", "thứ bảy"), ("kedelapan", "kelapan", "eighth", "thứ tám"),
    ("kesembilan", "ninth", "thứ chín"), ("kesepuluh", "tenth", "thứ mười"),
)  # fmt: skip
_NUMBERS = {word: n for n, words in enumerate(_ORDINALS, 2) for word in words}
_WORDED = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER_BEFORE = re.compile(
    rf"(?:(?P<digits>\d{{1,3}})(?:st|nd|rd|th)|(?<!\w)(?P<word>{_WORDED})|ika-(?P<tagalog>\d{{1,3}})(?:\sna)?|第(?P<han>\d{{1,3}})[届次屆])"
    r"[\s,]*(?:annual\s|edition of\s|edition of the\s)?$",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(
    rf"[\s)\]\"”'’]{{0,3}}(?:yang\s)?"
    rf"(?:(?:ke|kali ke|lần thứ|ครั้งที่)[\s-]?(?P<digits>\d{{1,3}})(?!\d)|(?P<word>{_WORDED})(?!\w))",
    re.IGNORECASE,
)
_HOSTED = re.compile(
    r"(?:tuan rumah|penyelenggara(?:an)?|\bhost(?:s|ed|ing)?(?: city)?|chủ nhà|đăng cai|punong-abala|เจ้าภาพ)"
    r"(?: of| for| untuk| penyelenggaraan| pelaksanaan| bagi| kepada| the| ng| sa)* *$",
    re.IGNORECASE,
)
# behind these a place is none where the forum was held: who speaks, or where an organisation sits
_ELSEWHERE = re.compile(
    r"[.;:!?\n\"“”]|\b(?:kata|ujar|said|says|menurut|told|cho biết|ayon|berkata|(?:ber)?markas|sekretariat|secretariat|"
    r"headquarter\w*|berkantor|kantor|based|berpangkalan|ibu pejabat|trụ sở|ban thư ký|punong-tanggapan)\b",
    re.IGNORECASE,
)
# an organisation that meets every few years has a host where its congress is spoken of
_CONGRESS = re.compile(r"kongres|congress|đại hội|general council|大会|การประชุมใหญ่|summit|forum", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Hosts:
    """A forum's places: the years of each word, and the patterns that find them."""

    years: dict[str, tuple[int, ...]]
    after: re.Pattern[str]
    adjacent: re.Pattern[str]
    before: re.Pattern[str]
    anywhere: re.Pattern[str]


@lru_cache(maxsize=64)
def _hosts(editions: tuple[Held, ...]) -> _Hosts | None:
    years: defaultdict[str, list[int]] = defaultdict(list)
    for held in editions:
        for word in filter(None, (held.place, *held.also)):
            if held.year not in years[word.casefold()]:
                years[word.casefold()].append(held.year)
    if not years:
        return None
    words = "|".join(re.escape(word) for word in sorted(years, key=len, reverse=True))
    place = rf"(?P<place>{words})(?!\w)"
    city = r"(?:(?:Kota|kota|ibu kota|the city of|the capital|thành phố|thủ đô|bandar raya|lungsod ng|กรุง|นคร)\s?)?"
    return _Hosts(
        {word: tuple(sorted(found)) for word, found in years.items()},
        re.compile(rf"(?<!\w)(?:di|in|at|tại|ở|sa|oleh|by|ke|to|ที่|ณ|នៅ|ທີ່|在)\s?{city}{place}", re.IGNORECASE),
        re.compile(rf"[\s)\]\"”'’,]{{1,4}}{place}", re.IGNORECASE),
        re.compile(rf"(?<!\w){place}(?:['’]s)?\s+(?:edition of (?:the )?)?$", re.IGNORECASE),
        re.compile(rf"(?<!\w){place}", re.IGNORECASE),
    )


def settle(text: str, own: Sequence[Dated], watch: Watch, reference: Callable[[], int | None]) -> list[Dated]:
    """The mentions of one forum, those without a year given that of the edition whose host or number they name.

    `reference`: the year the text is of, as far as it is known; asked for once at most.
    """
    hosts = _hosts(watch.editions)
    numbers = {held.number: held.year for held in watch.editions if held.number is not None}
    if hosts is None and not numbers:
        return list(own)
    years: list[int | None] = []  # the reference, once it was asked for
    settled = []
    for one in own[:_MOST]:
        found = None
        if one.year is None and (watch.annual or _of_congress(text, one)):
            found = _by_number(text, one, numbers) or (_by_host(text, one, hosts) if hosts else None)
        if found is None:
            settled.append(one)
            continue
        candidates, start, end, told = found
        if len(years) == 0:
            years.append(reference())
        known = {held.year for held in watch.editions}
        year = candidates[0] if told == "year" else _chosen(candidates, years[0], known)
        settled.append(one if year is None else replace(one, year=year, start=start, end=end, told=told))
    return [*settled, *own[_MOST:]]


def _of_congress(text: str, one: Dated) -> bool:
    return _CONGRESS.search(text, max(0, one.lead - _BEFORE), one.tail + _AFTER) is not None


Found = tuple[tuple[int, ...], int, int, str]  # years it may be, where the words stand, what they tell


def _by_number(text: str, one: Dated, numbers: dict[int, int]) -> Found | None:
    window = max(0, one.lead - 40)
    before = _NUMBER_BEFORE.search(text[window : one.lead])
    after = _NUMBER_AFTER.match(text, one.tail, one.tail + 40)
    found, offset = (before, window) if before is not None else (after, 0)
    if found is None:
        return None
    groups = found.groupdict()
    word = groups.get("word")
    number = _NUMBERS[word.lower()] if word else int(next(value for value in groups.values() if value))
    if number not in numbers:
        return None
    return (numbers[number],), offset + found.start(), offset + found.end(), "number"


def _by_host(text: str, one: Dated, hosts: _Hosts) -> Found | None:
    found = hosts.adjacent.match(text, one.tail, one.tail + _AFTER)
    offset = 0
    if found is None:
        window = text[one.tail : one.tail + _AFTER]
        stop = _ELSEWHERE.search(window)
        found = hosts.after.search(window[: stop.start()] if stop else window)
        offset = one.tail
    if found is None:
        found, offset = _before(text, one, hosts)
    if found is None:
        return None
    printed = BEHIND.match(text, offset + found.end("place"), offset + found.end("place") + _YEAR_WITHIN)
    if printed is not None:
        return (int(printed["year"]),), *printed.span("year"), "year"
    years = hosts.years[found["place"].casefold()]
    return years, offset + found.start("place"), offset + found.end("place"), "host"


def _before(text: str, one: Dated, hosts: _Hosts) -> tuple[re.Match[str] | None, int]:
    """ "the Phnom Penh MGMAC"; "Phnom Penh menjadi tuan rumah MGMAC": the last place before the host's word."""
    offset = max(0, one.lead - _BEFORE)
    window = text[offset : one.lead]
    direct = hosts.before.search(window)
    if direct is not None:
        return direct, offset
    hosted = _HOSTED.search(window)
    if hosted is None:
        return None, 0
    places = list(hosts.anywhere.finditer(window, 0, hosted.start()))
    if not places or _ELSEWHERE.search(window, places[-1].end(), hosted.start()):
        return None, 0
    return places[-1], offset


def _chosen(candidates: Sequence[int], reference: int | None, known: set[int]) -> int | None:
    """Which of the years is meant in a text of the year `reference`; None where that cannot be told."""
    if reference is None:
        return candidates[0] if len(candidates) == 1 else None
    nearest = min(candidates, key=lambda year: (abs(reference - year), year))
    if abs(reference - nearest) <= 1:
        return nearest
    # years apart: it is told of in hindsight, if that year's own edition is known to have been held elsewhere
    return nearest if reference in known and nearest < reference else None
