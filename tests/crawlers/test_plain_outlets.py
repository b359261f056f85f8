"""Outlets without markup of their own: the generic path over the newsroom's pages, one reported case per field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawlers.loader import load_outlets
from crawlers.newsroom.plain import plain_world
from crawlers.newsroom.plain_sites import plain_answer
from crawlers.newsroom.response import Request
from crawlers.newsroom.stories import Piece
from pipeline.config import Settings
from pipeline.model import Article, Page
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


@cache
def _read_plain(piece_id: str) -> Article:
    piece = PIECES[piece_id]
    parts = urlsplit(piece.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = plain_answer(TODAY, Request(parts.netloc, parts.path, target, dict(parse_qsl(parts.query)), {}))
    page = Page(
        url=piece.url,
        status=answer.status,
        headers=(("Content-Type", answer.content_type),),
        body=answer.body,
        fetched_at=FETCHED,
        outlet=None,
    )
    return process_page((page,), None, OUTLETS[piece.record.outlet], bundled_watches())


@pytest.mark.parametrize(("piece_id", "field"), list(product(PIECES, FIELDS)), ids="-".join)
def test_field_of_a_newsroom_page_by_the_generic_path(piece_id: str, field: str) -> None:
    assert getattr(_read_plain(piece_id), field) == FIELDS[field](PIECES[piece_id])


def test_every_outlet_without_markup_has_newsroom_pages() -> None:
    assert {piece.record.outlet for piece in PIECES.values()} == {
        name for name, outlet in OUTLETS.items() if not outlet.markup
    }
