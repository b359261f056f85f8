"""Which year's edition of a forum a text is about.

A year beside the name settles it ("MGMAC 2023", "AMF (2022)", "the 2023 ASEAN Mayors Forum"). Several years are
weighed: headline and lead count more, and an edition that is only being prepared by another one ("MGMAC 2022 chose
Jakarta to host MGMAC 2023") is not what the text is about. Without a year beside the name: a printed date near it,
then the day of publication, then the edition of another forum in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.watches.document import Document
from pipeline.watches.find import Mention

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_AFTER = re.compile(
    r"[\s)\]»\"”'’(\[,/–—-]{0,4}(?:(?:ke|the)[\s-]?\d{1,2}(?:st|nd|rd|th)?,?\s+|[IVX]{1,5}\s+)?(?:(?:di|in|at)\s(?:[A-Z]\w+[\s,]+){1,3})?"
    rf"(?:pada\s+)?(?:tahun|year|năm|taong|edisi|edition)?\s*{_YEAR}(?![\d/]|[-–]\d|[.,]\d)"
)
_BEFORE = re.compile(
    rf"(?<![\d/.,–-]){_YEAR}\s+(?:edition\s+of\s+(?:the\s+)?|edisi\s+|annual\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)\s+)?$"
)
_NOT_BEFORE = re.compile(r"(?:sejak|since|from|until|hingga|sampai|by|before|after|\d)\s+(?:tahun\s+)?$", re.IGNORECASE)
# between two names of one event: "MGMAC dan AMF 2023", "Forum Wali Kota ASEAN (ASEAN Mayors Forum/AMF) 2023"
_COUPLING = re.compile(r"[\s)\]\"”'’]*(?:[-–—/&,+(]|dan|and|serta|bersama|with|và|at)?[\s(\[\"“'‘]*(?:the\s)?")
_COUPLING_LENGTH = 16
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
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Edition:
    """A year and how it was found."""

    year: int
    why: str  # completes "edition 2023: …"
    start: int | None = None  # the words that gave it, in the document
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A mention with the year that stands beside it, and where that year is printed."""

    mention: Mention
    year: int | None = None
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class _Tally:
    """What speaks for one year."""

    weight: float = 0.0
    first: Dated | None = field(default=None)


def years_beside(text: str, mentions: Sequence[Mention]) -> list[Dated]:
    """Each mention with the year printed beside it; coupled mentions share the year of the last."""
    dated: list[Dated] = []
    following: Dated | None = None
    for mention in sorted(mentions, key=lambda one: (one.start, one.end), reverse=True):
        own = _beside(text, mention)
        if own.year is None and following is not None and following.year is not None:
            gap = text[mention.end : following.mention.start]
            if len(gap) <= _COUPLING_LENGTH and _COUPLING.fullmatch(gap):
                own = Dated(mention, following.year, following.start, following.end)
        dated.append(own)
        following = own
    return dated[::-1]


def _beside(text: str, mention: Mention) -> Dated:
    after = _AFTER.match(text, mention.end, mention.end + 60)
    if after is not None:
        return Dated(mention, int(after["year"]), *after.span("year"))
    lead = max(0, mention.start - 40)
    before = _BEFORE.search(text[lead : mention.start])
    if before is not None and not _NOT_BEFORE.search(text[lead : lead + before.start("year")]):
        return Dated(mention, int(before["year"]), lead + before.start("year"), lead + before.end("year"))
    return Dated(mention)


def about(document: Document, dated: Sequence[Dated], first_edition: int, published: int | None) -> Edition | None:
    """The edition that the years beside the mentions of one forum speak for; None where none stands there."""
    known = [one for one in dated if one.year is not None and first_edition <= one.year]
    if not known:
        return None
    tallies: dict[int, _Tally] = {}
    for place, one in enumerate(known):
        tally = tallies.setdefault(one.year or 0, _Tally(first=one))
        tally.weight += _weight(document, known, place, published)
    best = max(tallies, key=lambda year: (tallies[year].weight, -known.index(_first(tallies[year]))))
    first = _first(tallies[best])
    words = document.text[min(first.mention.start, first.start) : max(first.mention.end, first.end)]
    return Edition(best, f'the text says "{" ".join(words.split())}"', first.start, first.end)


def _first(tally: _Tally) -> Dated:
    if tally.first is None:
        raise ValueError("a tally begins with a mention")
    return tally.first


def _weight(document: Document, known: Sequence[Dated], place: int, published: int | None) -> float:
    one = known[place]
    year = one.year or 0
    field_weight = {"headline": 3.0, "description": 2.0, "article_body[0]": 2.0}.get(
        document.place(one.mention.start)[0], 1.0
    )
    weight = field_weight + (2.0 if place == 0 else 0.0)
    if any((other.year or 0) < year for other in known) and _being_prepared(document.text, one, published):
        weight /= 2
    if _hands_over(document.text, known, place):
        weight += 3.0 if field_weight > 1.0 else 0.5
    return weight


def _being_prepared(text: str, one: Dated, published: int | None) -> bool:
    """The edition lies ahead: somebody is to host it, or the text is older than it."""
    if published is not None and (one.year or 0) > published:
        return True
    return _HOST.search(text[max(0, one.mention.start - 50) : one.mention.start]) is not None


def _hands_over(text: str, known: Sequence[Dated], place: int) -> bool:
    """In one sentence this edition chooses the host of a later one."""
    one = known[place]
    for later in known[place + 1 :]:
        between = text[one.mention.end : later.mention.start]
        if _SENTENCE_END.search(between):
            return False
        if (later.year or 0) > (one.year or 0) and _CHOOSE.search(between) and _HOST.search(between):
            return True
    return False


def sibling(editions: Mapping[str, Edition], titles: Iterable[str]) -> Edition | None:
    """The edition of another forum that the same text is about."""
    for title in titles:
        if title in editions:
            return Edition(editions[title].year, f"as {title} in the same text")
    return None
