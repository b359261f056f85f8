"""Ordinary pieces of months gone by, for antara and redaksijakarta: what a back-fill must find.

A piece follows from its date alone, so that it is the same whatever day the newsroom speaks of. Most days hold one to
four pieces of an outlet, about a fifth none, and now and then one is about a forum.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from crawlers.newsroom import hosts
from crawlers.newsroom.printed import JAKARTA, weekday
from crawlers.newsroom.stories import Piece, Record, teaser

LONGEST = 120  # days
_FILE = Path(__file__).parent / "archive.toml"
_STRICT = ConfigDict(extra="forbid")
_COUNTS = (0, 1, 2, 1, 3, 2, 0, 4, 1, 2, 3, 1, 2, 0, 4, 3)  # pieces of a day, chosen by its digest
_SLOTS = 4  # of an outlet's day
_HOURS = (0, 7, 12, 18)  # each slot's first, Asia/Jakarta; the first and the last lie on another day in UTC or close by
_ROWS, _CLOSINGS = 4, 6  # sentences of a piece
_PRIME = 11
# outlet: so many days from one piece about a forum to the next; with its 10 or 6 texts, none is repeated in 120 days
_FORUM_EVERY = {"antara": 12, "redaksijakarta": 20}
_OUTLETS: tuple[Literal["antara", "redaksijakarta"], ...] = ("antara", "redaksijakarta")


@dataclass(frozen=True, slots=True)
class _Topic:
    __pydantic_config__ = _STRICT
    section: str
    tags: tuple[str, ...]
    headlines: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Forum:
    __pydantic_config__ = _STRICT
    headline: str
    tags: tuple[str, ...]
    watches: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class _Tables:
    __pydantic_config__ = _STRICT
    places: tuple[str, ...]
    persons: tuple[str, ...]
    closings: tuple[str, ...]
    antara_authors: tuple[str, ...]
    antara_editors: tuple[str, ...]
    redaksi_authors: tuple[str, ...]
    topic: tuple[_Topic, ...]
    forum: tuple[_Forum, ...]


@lru_cache(maxsize=16)
def load_archive(today: date, days: int) -> tuple[Piece, ...]:
    """The archive's pieces of that many days before today. Raises ValueError for more than `LONGEST`."""
    if not 0 <= days <= LONGEST:
        raise ValueError(f"archive_days is {days}: use 0 to {LONGEST}")
    dates = (today - timedelta(days=back) for back in range(1, days + 1))
    return tuple(
        replace(piece, record=replace(piece.record, day=(day - today).days))
        for day in dates
        for outlet in _OUTLETS
        for piece in _of_day(outlet, day)
    )


@lru_cache(maxsize=1024)
def _of_day(outlet: str, day: date) -> tuple[Piece, ...]:
    return tuple(_pieces(outlet, day))


def _pieces(outlet: str, day: date) -> Iterator[Piece]:
    count = _COUNTS[_digest(outlet, day) % len(_COUNTS)]
    for slot in range(_SLOTS):
        if (slot + day.toordinal()) % _SLOTS < count:
            yield _ordinary(outlet, day, slot)
    if day.toordinal() % _FORUM_EVERY[outlet] == 5:
        yield _about_forum(outlet, day)


def _ordinary(outlet: str, day: date, slot: int) -> Piece:
    """A topic's next story, with a day, persons, a place, numbers and closing lines of its own."""
    tables = _tables()
    turn = (day.toordinal() * len(_OUTLETS) + _OUTLETS.index(outlet)) * _SLOTS + slot
    round_, place = divmod(turn, len(tables.topic))
    topic = tables.topic[(place + round_) % len(tables.topic)]  # so that each outlet comes to every topic
    column = round_ % len(topic.headlines)
    seed = _digest(outlet, day, slot)
    words = _words(seed, day)
    sentences = (*(row[column] for row in topic.rows), *_closings(turn))
    return _piece(
        outlet,
        day,
        slot,
        headline=topic.headlines[column].format(**words),
        paragraphs=tuple(sentence.format(**words) for sentence in sentences),
        section=topic.section,
        tags=topic.tags,
    )


def _closings(turn: int) -> tuple[str, ...]:
    """One sentence of each column of six times eleven, along a parabola; two of 1331 turns share two at most.

    So two pieces of one story remain two texts, having less than half of their sentences in common.
    """
    a, b, c = turn % _PRIME, turn // _PRIME % _PRIME, turn // _PRIME**2 % _PRIME
    known = _tables().closings
    return tuple(known[_PRIME * x + (a * x * x + b * x + c) % _PRIME] for x in range(_CLOSINGS))


def _about_forum(outlet: str, day: date) -> Piece:
    tables = _tables()
    turn = day.toordinal() // _FORUM_EVERY[outlet]
    chosen = tables.forum[turn % 10] if outlet == "antara" else tables.forum[10 + turn % 6]
    words = {"year": day.year, "hari": _day_in_prose(day)}
    paragraphs = tuple(text.strip().format(**words) for text in chosen.body.split("\n\n"))
    piece = _piece(
        outlet,
        day,
        _SLOTS,
        headline=chosen.headline.format(**words),
        paragraphs=paragraphs,
        section="Metro" if outlet == "antara" else "Kota",
        tags=chosen.tags,
    )
    return replace(piece, record=replace(piece.record, watches=dict.fromkeys(chosen.watches, day.year)))


def _piece(
    outlet: str,
    day: date,
    slot: int,
    *,
    headline: str,
    paragraphs: tuple[str, ...],
    section: str,
    tags: tuple[str, ...],
) -> Piece:
    tables = _tables()
    seed = _digest(outlet, day, slot, "byline")
    antara = outlet == "antara"
    number = (day.toordinal() - 730_000) * 10 + slot + (4_100_000 if antara else 0)
    slug = hosts.slugify(headline) + ("" if antara else f"-{number}")  # WordPress adds a number to a slug in use
    clock = _clock(day, slot, seed)
    authors = tables.antara_authors if antara else tables.redaksi_authors
    record = Record(
        id=f"arsip-{outlet}-{day}-{slot}",
        outlet=outlet,
        day=-1,  # set by `load_archive`
        time=f"{clock:%H:%M}",
        headline=headline,
        number=number,
        slug=slug,
        opening="Jakarta (ANTARA) - " if antara else "Redaksi Jakarta – ",
        body="\n\n".join(paragraphs),
        authors=(authors[seed % len(authors)],),
        editors=(tables.antara_editors[seed % 2],) if antara else (),
        section=section,
        tags=tags,
    )
    path = hosts.article_path(outlet, number, "", slug)
    return Piece(
        record=record,
        url=f"https://{hosts.CHIEF_HOST[outlet]}{path}",
        published=datetime.combine(day, clock, JAKARTA),
        modified=None,
        paragraphs=paragraphs,
        description=teaser(paragraphs),
        story=record.id,
        continues=None,
    )


def _clock(day: date, slot: int, seed: int) -> time:
    """A time within the slot's hours; some lie five minutes from midnight, where the UTC day is another."""
    if slot == _SLOTS:
        return time(10, seed % 60)
    if slot in (0, _SLOTS - 1) and day.toordinal() % 3 == 0:
        return time(0, 5) if slot == 0 else time(23, 55)
    return time(_HOURS[slot] + seed % 5, 1 + seed // 5 % 54)


def _words(seed: int, day: date) -> dict[str, object]:
    tables = _tables()
    person = seed // 41 % len(tables.persons)
    return {
        "tempat": tables.places[seed // 7 % len(tables.places)],
        "orang": tables.persons[person],
        "lain": tables.persons[(person + 1 + seed // 1687 % (len(tables.persons) - 1)) % len(tables.persons)],
        "n": 5 + seed // 3 % 91,
        "m": 110 + seed // 11 % 860,
        "hari": _day_in_prose(day),
    }


def _day_in_prose(day: date) -> str:
    return f"{weekday(day, 'id')} ({day.day}/{day.month})"


def _digest(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(":".join(map(str, parts)).encode()).digest()[:8], "big")


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Raises ValueError where the file is wrong: that is a defect of ours."""
    tables = TypeAdapter(_Tables).validate_python(tomllib.loads(_FILE.read_text(encoding="utf-8")))
    if any(len(topic.rows) != _ROWS for topic in tables.topic):
        raise ValueError(f"a topic of archive.toml has not {_ROWS} rows")
    if len(tables.closings) != _CLOSINGS * _PRIME:
        raise ValueError(f"archive.toml has not {_CLOSINGS * _PRIME} closings")
    return tables
