"""Pages to look at: a file somebody saved, or what was captured of an address."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from digests.cli.explain import find_trail
from digests.cli.office import Office
from pipeline.archive.payload import PAYLOAD_LIMIT
from pipeline.archive.reader import read_response
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import Capture, CaptureRef, Listing, Page
from pipeline.store.crawl_records import Trail
from pipeline.urls import normalise

UNKNOWN = "https://unknown.invalid/page/saved.html"  # RFC 2606: of a page whose address was not given; no front page
_GZIP = b"\x1f\x8b"
# What other files begin with (their formats' own signatures), and what they are.
_OTHER = {
    b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"PK\x03\x04": "a zip archive", b"WARC/": "a WARC file; `kliping crawl --replay` reads it", b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """The recorded inputs of one extraction."""

    pages: tuple[Page, ...]
    listing: Listing | None = None  # what a feed or index said of the address, where that was recorded


def saved_page(here: Office, word: str, url: str | None) -> Given:
    """A saved page as if it had been fetched now from `url`; `.gz` is unpacked. Raises `NotFoundError` in one line."""
    try:
        address = normalise(url) if url else UNKNOWN
    except ValueError as error:
        raise SettingsError(f"--url {url}: {error}") from None
    body = _unpacked(word, _bytes(word))
    if not body.strip():
        raise NotFoundError(f"{word}: is empty; save the page again")
    for signature, what in _OTHER.items():
        if body.startswith(signature):
            raise NotFoundError(f"{word}: is no page but {what}; give a page as it was saved, in HTML")
    headers = (("Content-Type", "text/html"),)
    page = Page(url=address, status=200, headers=headers, body=body, fetched_at=here.now, outlet=None)
    return Given((page,))


def _bytes(word: str) -> bytes:
    file = Path(word)
    try:
        if file.is_dir():
            raise NotFoundError(f"{file}: is a folder; name a page saved in it")
        return file.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name no file can have
        reason = error.strerror if isinstance(error, OSError) else error
        raise NotFoundError(f"{file}: {reason}; give a saved page or an address that begins with https://") from None


def _unpacked(word: str, body: bytes) -> bytes:
    """What a gzip file holds, as far as a page can be long."""
    if not body.startswith(_GZIP):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            return file.read(PAYLOAD_LIMIT)
    except (OSError, EOFError, zlib.error) as error:
        raise NotFoundError(f"{word}: cannot be unpacked: {error}; save the page again") from None


def captured_pages(here: Office, address: str) -> Given:
    """The newest good capture of an address; all pages of the article where that is stored from it; and its listing.

    Raises `NotFoundError` when there is none, `ArchiveError` when the archive does not hold what was recorded.
    """
    trail = find_trail(here, address)
    good = [capture for capture in trail.captures if capture.role == "page" and capture.status == 200]
    if not good:
        raise NotFoundError(f"{address} has no captured page; `kliping explain {address}` tells why")
    pages = (read_response(here.settings.archive, capture) for capture in _of_one_article(good[-1], trail))
    return Given(tuple(pages), (trail.canonical or trail.record).listing)


def _of_one_article(newest: Capture, trail: Trail) -> tuple[Capture | CaptureRef, ...]:
    stored = trail.article.captures if trail.article else ()
    return stored if stored and stored[0].record_id == newest.record_id else (newest,)
