"""Quotes of all the newsroom's texts, by a truth written from reading them: all found, none invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from crawlers.newsroom import truth, week_truth
from pipeline.locations import find_locations
from pipeline.model import Article, Quote
from pipeline.people import find_people
from pipeline.quotes import find_quotes
from tests.pipeline.newsroom_articles import article

_TODAY = date(2026, 1, 15)  # the texts name days around it


@dataclass(frozen=True, slots=True)
class Said:
    """A quote of the truth, by its first and last words."""

    kind: str
    speaker: str
    first: str
    last: str

    def stands_in(self, text: str) -> bool:
        return any(self.first in part and self.last in part for part in text.split("\n"))

    def is_of(self, quote: Quote) -> bool:
        """Whether the quote has these words and this speaker; one title before the name is allowed for."""
        wanted, found = self.speaker.split(), (quote.speaker or "").split()
        named = set(wanted) <= set(found) and len(found) <= len(wanted) + 1
        words = quote.text.startswith(self.first) and quote.text.endswith(self.last)
        return words and named and quote.kind == self.kind


@cache
def _truth() -> tuple[Said, ...]:
    table = tomllib.loads((Path(__file__).parent / "newsroom.toml").read_text(encoding="utf-8"))
    return tuple(Said(*one) for one in table["said"])


@cache
def _articles() -> tuple[Article, ...]:
    """Every text once, read as far as its quotes."""
    pieces = {piece.article_body: piece for piece in (*truth(_TODAY), *week_truth(_TODAY)) if piece.article_body}
    return tuple(find_quotes(find_people(find_locations(article(piece)))) for piece in pieces.values())


def test_newsroom_has_the_texts_that_were_read() -> None:
    assert len(_articles()) >= 100
    assert len(_truth()) >= 170


@pytest.mark.parametrize("said", _truth(), ids=[f"{one.speaker}: {one.first}" for one in _truth()])
def test_every_quote_of_the_newsroom_is_found(said: Said) -> None:
    texts = [one for one in _articles() if said.stands_in(one.text)]
    assert texts
    for one in texts:
        assert any(said.is_of(quote) for quote in one.quotes), [(quote.speaker, quote.text) for quote in one.quotes]


def test_no_quote_of_the_newsroom_is_invented() -> None:
    invented = [
        (one.url, quote.kind, quote.speaker, quote.text)
        for one in _articles()
        for quote in one.quotes
        if not any(said.is_of(quote) for said in _truth())
    ]
    assert invented == []
