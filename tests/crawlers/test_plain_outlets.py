"""Outlets without markup of their own: the generic path over the newsroom's pages, one reported case per field.

And each listing that an outlet file names, as the newsroom answers it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawlers.addresses import ListingAddress, listing_addresses
from crawlers.discovery import read_listing
from crawlers.loader import load_outlets
from crawlers.newsroom import hosts
from crawlers.newsroom.plain import plain_world
from crawlers.newsroom.plain_sites import plain_answer
from crawlers.newsroom.response import Request
from crawlers.newsroom.stories import Piece
from pipeline.config import Settings
from pipeline.model import Article, Page
from pipeline.outlet import Outlet
from pipeline.process import process_page
from pipeline.watches import bundled_watches

TODAY = date(2026, 11, 20)
FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
OUTLETS = load_outlets(Settings()).outlets


def persons(piece: Piece) -> tuple[str, ...]:
    """Whom the page names, without names that the outlet file knows to be nobody's ("Times Reporters")."""
    house = OUTLETS[piece.record.outlet].names.house
    return tuple(name for name in piece.record.authors if name not in house)


FIELDS: dict[str, Callable[[Piece], object]] = {
    "headline": lambda piece: piece.record.headline,
    "article_body": lambda piece: piece.paragraphs,
    "date_published": lambda piece: piece.published,
    "authors": persons,
    "in_language": lambda piece: piece.record.language,
}
PIECES = {piece.record.id: piece for piece in plain_world(TODAY).pieces if not OUTLETS[piece.record.outlet].markup}


def fetch(url: str) -> Page:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = plain_answer(TODAY, Request(parts.netloc, parts.path, target, dict(parse_qsl(parts.query)), {}))
    return Page(
        url=url,
        status=answer.status,
        headers=(("Content-Type", answer.content_type), *answer.headers),
        body=answer.body,
        fetched_at=FETCHED,
        outlet=None,
    )


@cache
def _read_plain(piece_id: str) -> Article:
    piece = PIECES[piece_id]
    return process_page((fetch(piece.url),), None, OUTLETS[piece.record.outlet], bundled_watches())


@pytest.mark.parametrize(("piece_id", "field"), list(product(PIECES, FIELDS)), ids="-".join)
def test_field_of_a_newsroom_page_by_the_generic_path(piece_id: str, field: str) -> None:
    assert getattr(_read_plain(piece_id), field) == FIELDS[field](PIECES[piece_id])


def test_every_outlet_without_markup_has_newsroom_pages() -> None:
    assert {piece.record.outlet for piece in PIECES.values()} == {
        name for name, outlet in OUTLETS.items() if not outlet.markup
    }


LISTINGS = [
    pytest.param(outlet, address, id=f"{outlet.name}-{address.url}")
    for outlet in OUTLETS.values()
    for address in listing_addresses(outlet, ("MGMAC",), today=TODAY)
    if urlsplit(address.url).netloc in hosts.PLAIN
]


@pytest.mark.parametrize(("outlet", "address"), LISTINGS)
def test_listing_leads_to_articles_that_the_file_knows(outlet: Outlet, address: ListingAddress) -> None:
    """Every road that a file names is readable, and all it lists are articles by the file's own patterns."""
    page = fetch(address.url)
    found = read_listing(page, address.road, outlet)
    assert (page.status, found.failure) == (200, None)
    assert all(entry.verdict is None for entry in found.entries)
    assert found.articles or found.further or address.road == "search"  # a search may rightly find nothing
