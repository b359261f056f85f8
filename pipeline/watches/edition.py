"""Which year's edition of a forum a text is about.

A year beside the name settles it ("MGMAC 2023", "AMF (2022)", "the 2023 ASEAN Mayors Forum"). Several years are
weighed: headline and lead count more, and an edition that is only being prepared by another one ("MGMAC 2022 chose
Jakarta to host MGMAC 2023") is not what the text is about; nor is one that it only looks back to ("after MGMAC 2022,
this year Jakarta …"). Where the host or the number of an edition stands beside the name, it gives the year (`hosts`).
Without any of these: a printed date near it, then the day of publication, then the edition of another forum in the
same text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.joined import Joined
from pipeline.watches.years import Dated

_KNOWN = {"year": "", "host": ", where it was that year", "number": ", which it was that year"}
_SHOWN = 200  # characters of a reason's words; a chain of coupled names may be long
_HOST = re.compile(
    r"(?:tuan rumah|penyelenggara(?:an)?|\bhost(?:s|ed|ing)?(?: city)?|chủ nhà|đăng cai)"
    r"(?: of| for| untuk| penyelenggaraan| pelaksanaan| bagi| the| next| year's)* *$",
    re.IGNORECASE,
)
_CHOOSE = re.compile(
    r"\b(?:me(?:milih|nunjuk|netapkan|mutuskan|nyepakati)|terpilih|ditunjuk|dipilih|ditetapkan|"
    r"ch(?:ose|osen|ooses)|picked|selected|named|appointed|decided|agreed|handed|passed)\b",
    re.IGNORECASE,
)
# What stands before a forum that is over, and in its sentence; and what says that the text tells of its own days.
_SINCE = re.compile(
    r"(?:setelah|sesudah|usai|sejak|tidak seperti|berbeda dari|selepas|pada|dalam|"
    r"after|following|since|unlike|at|last year's|sau|kể từ|tại|matapos|pagkatapos ng)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\b(?:tahun lalu|tahun sebelumnya|sebelumnya|last year|the year before|previous(?:ly)?|năm ngoái|"
    r"noong nakaraang taon)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:(?:tahun|kali|pekan|minggu|hari|bulan) ini|this (?:year|week|month|time)|today|năm nay|hôm nay|tuần này|"
    r"ngayong (?:taon|linggo|araw)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|ปีนี้|วันนี้",
    re.IGNORECASE,
)
# beside these, in one sentence, it is the forum's own days that are told, though its name does not stand there
_GATHERING = re.compile(
    r"\b(?:forum|pertemuan|ajang|edisi|tuan rumah|penyelenggara\w*|meeting|gathering|edition|hosts?|hosting|"
    r"diễn đàn|hội nghị|đăng cai|pulong)\b",
    re.IGNORECASE,
)
_BEFORE_NAME = 24  # characters
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Edition:
    """A year and how it was found."""

    year: int
    why: str  # completes "edition 2023: …"
    start: int | None = None  # the words that gave it, in the document
    end: int | None = None


@dataclass(slots=True)
class _Tally:
    """What speaks for one year."""

    weight: float = 0.0
    first: Dated | None = field(default=None)


def about(document: Joined, dated: Sequence[Dated], first_edition: int, published: int | None) -> Edition | None:
    """The edition that the years beside the mentions of one forum speak for; None where none stands there."""
    known = [one for one in dated if one.year is not None and first_edition <= one.year]
    if not known:
        return None
    if published is not None and _looks_back(document, dated, known, published):
        shown = document.text[known[0].mention.start : known[0].end]
        return Edition(
            published, f'published in that year, the text looks back to "{" ".join(shown.split())[:_SHOWN]}"'
        )
    tallies: dict[int, _Tally] = {}
    weights = _weights(document, known, published)
    for one, weight in zip(known, weights, strict=True):
        tallies.setdefault(one.year or 0, _Tally(first=one)).weight += weight
    best = max(tallies, key=lambda year: (tallies[year].weight, -known.index(_first(tallies[year]))))
    first = _first(tallies[best])
    words = " ".join(document.text[min(first.mention.start, first.start) : max(first.mention.end, first.end)].split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return Edition(best, f'the text says "{shown}"{_KNOWN[first.told]}', first.start, first.end)


def _looks_back(document: Joined, dated: Sequence[Dated], known: Sequence[Dated], published: int) -> bool:
    """Are all the years beside the forum's name over, told as such, in a text that tells of its own days?"""
    if any((one.year or 0) >= published for one in known) or not _tells_of_now(document.text, dated):
        return False
    told = [document.place(one.mention.start)[0] for one in dated]
    first = next((place for place in told if place.startswith("article_body[")), "article_body[0]")
    opening = {"headline", "description", first}
    undated = any(one.year is None and place in opening for one, place in zip(dated, told, strict=True))
    bounds = _sentences(document.text)
    return all(
        _is_over(document.text, one, bounds) or (undated and document.place(one.mention.start)[0] not in opening)
        for one in known
    )


def _tells_of_now(text: str, dated: Sequence[Dated]) -> bool:
    """Does it tell of these days, and name the forum without a year, or mean it in the same sentence?"""
    now = [found.start() for found in _NOW.finditer(text)]
    if not now or any(one.year is None for one in dated):
        return bool(now)
    bounds = _sentences(text)
    told = sorted({bisect_right(bounds, start) for start in now})
    return any(_GATHERING.search(text, bounds[n - 1], bounds[n]) is not None for n in told)


def _is_over(text: str, one: Dated, bounds: Sequence[int]) -> bool:
    """What stands before the name says so, or what stands in its sentence."""
    if _SINCE.search(text[max(0, one.lead - _BEFORE_NAME) : one.lead]):
        return True
    n = bisect_right(bounds, one.lead)
    return _LAST_YEAR.search(text, bounds[n - 1], bounds[n]) is not None


def _sentences(text: str) -> list[int]:
    """Where sentences begin, roughly, and the end of the text: `bounds[n - 1]` and `bounds[n]` enclose the nth."""
    return [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text) + 1]


def _first(tally: _Tally) -> Dated:
    if tally.first is None:
        raise ValueError("a tally begins with a mention")
    return tally.first


def _weights(document: Joined, known: Sequence[Dated], published: int | None) -> list[float]:
    """What each mention says for its year."""
    places = [document.place(one.mention.start)[0] for one in known]
    lead = next((place for place in places if place.startswith("article_body[")), "")
    share = {"headline": 3.0, "description": 2.0, lead: 2.0}
    weights = [share.get(place, 1.0) for place in places]
    weights[0] += 2.0
    prepared = 0.5  # what a mention of an edition that lies ahead keeps of its weight
    years = [one.year or 0 for one in known]
    hosted = _latest_hosted(document.text, known)
    for index, (place, year) in enumerate(zip(places, years, strict=True)):
        # at this edition the host of a later one was chosen; told after that year, it is background
        if hosted[index] > year and (published is None or published <= year):
            weights[index] += 3.0 if share.get(place) else 0.5
            prepared = 0.25 if share.get(place) else prepared
    earliest = min(years)
    return [
        weight * prepared if earliest < year and _being_prepared(document.text, one, published) else weight
        for one, year, weight in zip(known, years, weights, strict=True)
    ]


def _being_prepared(text: str, one: Dated, published: int | None) -> bool:
    """The edition lies ahead: somebody is to host it, or the text is older than it."""
    year = one.year or 0
    if published is not None and year != published:
        return year > published
    return _to_be_hosted(text, one)


def _to_be_hosted(text: str, one: Dated) -> bool:
    return _HOST.search(text[max(0, one.lead - 50) : one.lead]) is not None


def _latest_hosted(text: str, known: Sequence[Dated]) -> list[int]:
    """For each mention the latest year whose host was chosen, as (roughly) its own sentence says; 0 where none was."""
    bounds = _sentences(text)
    sentences = [bisect_right(bounds, one.mention.start) for one in known]
    latest: dict[int, int] = {}
    for one, sentence in zip(known, sentences, strict=True):
        if _to_be_hosted(text, one):
            latest[sentence] = max(latest.get(sentence, 0), one.year or 0)
    chosen = {n: year for n, year in latest.items() if _CHOOSE.search(text, bounds[n - 1], bounds[n])}
    return [chosen.get(sentence, 0) for sentence in sentences]


def sibling(editions: Mapping[str, Edition], titles: Iterable[str]) -> Edition | None:
    """The edition of another forum that the same text is about."""
    for title in titles:
        if title in editions:
            return Edition(editions[title].year, f"as {title} in the same text")
    return None
