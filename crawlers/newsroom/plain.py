"""The outlets without a markup of their own here: their articles, in plain schema.org HTML and their own language."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, TypeAdapter

from crawlers.newsroom import hosts
from crawlers.newsroom.outlet_files import OutletFile, outlet_files
from crawlers.newsroom.printed import fill
from crawlers.newsroom.stories import Piece, Record, newest_first
from crawlers.newsroom.week import summary, week_pieces
from crawlers.newsroom.world import Target, World

_FOLDER = Path(__file__).parent / "plain"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class _Article:
    """One `[[article]]` of a language's file."""

    __pydantic_config__ = _STRICT
    outlet: str
    headline: str
    body: str  # one paragraph a line
    author: str
    day: int = -1  # days after today in the outlet's zone; negative
    time: str = "09:30"  # HH:MM in the outlet's zone
    slug: str | None = None  # None: made of the headline
    host: str | None = None  # where a publisher has several; None: the outlet's first
    language: str | None = None  # None: the outlet's
    watches: tuple[str, ...] = ()  # of this year's forums
    near_miss: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the articles of a language, on every page."""

    __pydantic_config__ = _STRICT
    about: str
    contact: str
    more: str


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = _STRICT
    furniture: Furniture
    article: tuple[_Article, ...]


@lru_cache(maxsize=16)
def plain_world(today: date) -> World:
    """The pieces of all these outlets, the week's too, newest first; addresses with a slash at the end and without."""
    plain = _pieces(today)
    count = Counter(piece.record.outlet for piece in plain)
    pieces = newest_first((*plain, *week_pieces(today, count)))
    targets: dict[tuple[str, str], Target] = {}
    for piece in pieces:
        parts = urlsplit(piece.url)
        place = parts.path + (f"?{parts.query}" if parts.query else "")
        for spelled in (place, place.rstrip("/") + "/"):
            targets[parts.netloc, spelled] = Target(piece, "page")
    numbers = {(piece.host, piece.record.number): piece for piece in pieces}
    return World(today, 0, pieces, {piece.record.id: piece for piece in pieces}, targets, numbers)


def _pieces(today: date) -> list[Piece]:
    articles = [article for path in sorted(_FOLDER.glob("*.toml")) for article in _read(path, today).article]
    count: Counter[str] = Counter()
    found = []
    for article in articles:
        outlet = outlet_files().get(article.outlet)
        if outlet and outlet.address and outlet.name not in hosts.MARKED:
            found.append(_piece(article, outlet, count[outlet.name], today))
            count[outlet.name] += 1
    return found


@lru_cache(maxsize=32)
def furniture(language: str) -> Furniture:
    """Raises OSError for a language without a file."""
    raw = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return TypeAdapter(Furniture).validate_python(raw["furniture"])


def _read(path: Path, today: date) -> _File:
    raw = tomllib.loads(fill(path.read_text(encoding="utf-8"), today))
    return TypeAdapter(_File).validate_python(raw)


def _piece(article: _Article, outlet: OutletFile, place: int, today: date) -> Piece:
    zone = ZoneInfo(outlet.timezone)
    published = datetime.combine(today + timedelta(days=article.day), time.fromisoformat(article.time), zone)
    # A few minutes apart, so that no two articles of an outlet came out at once.
    published += timedelta(minutes=7 * place)
    number = outlet.first + 7 * place
    paragraphs = tuple(line.strip() for line in article.body.splitlines() if line.strip())
    year = (today - timedelta(days=1)).year
    identifier = f"{outlet.name}-{place + 1}"
    url = outlet.address_of(number, article.slug or hosts.slug_of(article.headline), published, article.host)
    record = Record(
        id=identifier,
        outlet=outlet.name,
        day=article.day,
        time=f"{published:%H:%M}",
        headline=article.headline,
        number=number,
        host=urlsplit(url).netloc,
        language=article.language or outlet.language,
        authors=(article.author,),
        watches=dict.fromkeys(article.watches, year) or None,
        near_miss=article.near_miss,
    )
    return Piece(record, url, published, None, paragraphs, summary(paragraphs[0]), identifier, None)
