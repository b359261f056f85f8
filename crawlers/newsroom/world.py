"""All the newsroom knows on one day: its pieces, under every address they answer at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.newsroom import hosts
from crawlers.newsroom.archive import load_archive
from crawlers.newsroom.stories import Piece, load_stories, newest_first

UTM = "utm_source=antaranews&utm_medium=mobile&utm_campaign=populer"


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece as a listing names it, by one of its spellings."""

    piece: Piece
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """What stands at an address: a piece, and in which form."""

    piece: Piece
    form: str  # page | amp | all | redirect | a page number


@dataclass(frozen=True, slots=True)
class World:
    """The newsroom of one day. `targets` is keyed by (host, path); `numbers` by (host, id)."""

    today: date
    archive_days: int  # so many days before today hold the archive's pieces too
    pieces: tuple[Piece, ...]  # newest first
    by_id: dict[str, Piece]
    targets: dict[tuple[str, str], Target]
    numbers: dict[tuple[str, int], Piece]

    def of(self, outlet: str, host: str | None = None) -> tuple[Piece, ...]:
        """An outlet's pieces, newest first; a regional host lists its own only."""
        regional = host == hosts.MEGAPOLITAN
        return tuple(p for p in self.pieces if p.record.outlet == outlet and (not regional or p.host == host))


@lru_cache(maxsize=16)
def world_of(today: date, archive_days: int = 0) -> World:
    """Raises ValueError for more days than the archive has."""
    pieces = newest_first((*load_stories(today), *load_archive(today, archive_days)))
    targets: dict[tuple[str, str], Target] = {}
    for piece in pieces:
        for host, path, form in _addresses(piece):
            targets[host, path] = Target(piece, form)
    numbers = {(piece.host, piece.record.number): piece for piece in pieces if piece.record.number}
    return World(today, archive_days, pieces, {piece.record.id: piece for piece in pieces}, targets, numbers)


def entries(pieces: tuple[Piece, ...]) -> tuple[Entry, ...]:
    """Each piece under its canonical address, then under the further spellings its outlet's listings print."""
    found = []
    for piece in pieces:
        spellings = variants(piece)
        found.append(Entry(piece, piece.url))
        found += [Entry(piece, spellings[name]) for name in piece.record.listed_as]
    return tuple(found)


def variants(piece: Piece) -> dict[str, str]:
    """Other addresses of the same page, by how they differ; all of them answer."""
    parts = urlsplit(piece.url)
    found = {"utm": f"{piece.url}{'&' if parts.query else '?'}{UTM}", "http": parts._replace(scheme="http").geturl()}
    if piece.record.outlet in ("antara", "antara_en"):
        found |= _antara_variants(piece)
    elif piece.record.outlet.startswith("beritajakarta"):
        found["mobile"] = parts._replace(netloc=hosts.BERITAJAKARTA_MOBILE).geturl()
    elif piece.record.outlet == "inews":
        found["all"] = piece.url + "/all"
    elif piece.record.outlet == "redaksijakarta":
        found |= {"number": f"https://{parts.netloc}/?p={piece.record.number}", "amp": piece.url + "amp/"}
    return found


def _antara_variants(piece: Piece) -> dict[str, str]:
    parts = urlsplit(piece.url)
    mobile = parts.netloc == hosts.ANTARA
    amp_host = hosts.ANTARA_MOBILE if mobile else parts.netloc
    found = {"amp": parts._replace(netloc=amp_host, path="/amp" + parts.path).geturl()}
    if mobile:
        found["mobile"] = parts._replace(netloc=hosts.ANTARA_MOBILE).geturl()
    if piece.record.old_slug:
        found["old_slug"] = parts._replace(path=f"/berita/{piece.record.number}/{piece.record.old_slug}").geturl()
    return found


def _addresses(piece: Piece) -> list[tuple[str, str, str]]:
    """(host, path, form) of every address of a piece that answers by itself, query and scheme aside."""
    path = urlsplit(piece.url).path
    found = [(piece.host, path, "page")]
    forms = {"amp": "amp", "mobile": "page", "all": "all", "old_slug": "redirect"}
    for name, url in variants(piece).items():
        if name in forms:
            parts = urlsplit(url)
            found.append((parts.netloc, parts.path, forms[name]))
    if piece.record.outlet in ("antara", "antara_en"):
        found.append((piece.host, "/amp" + path, "amp"))
    if piece.record.outlet == "redaksijakarta":
        found.append((piece.host, path.rstrip("/"), "page"))
    found += [(piece.host, f"{path}/{page}", str(page)) for page in range(2, piece.record.pages + 1)]
    return found


def search(pieces: tuple[Piece, ...], query: str) -> tuple[Piece, ...]:
    """Pieces in which every word of the query stands: headline, text or tag."""
    wanted = _words(query)
    return tuple(piece for piece in pieces if wanted and wanted <= _words(_text(piece)))


def tagged(pieces: tuple[Piece, ...], slug: str, *, in_text: bool = False) -> tuple[Piece, ...]:
    """Pieces with a tag of this slug; `in_text`: also those whose text has these words in a row (iNews)."""

    def fits(piece: Piece) -> bool:
        if slug in {hosts.slugify(tag) for tag in piece.record.tags}:
            return True
        return in_text and bool(slug) and f"-{slug}-" in f"-{hosts.slugify(_text(piece))}-"

    return tuple(piece for piece in pieces if fits(piece))


def _text(piece: Piece) -> str:
    return " ".join((piece.record.headline, *piece.paragraphs, *piece.record.items, *piece.record.tags))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
