"""Which stories are told at once: a table over stories made of (outlet, published, fetched, watch) in hours ago."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from digests.urgent import Known, Rules, urgent
from pipeline.model import Disposition, StoredArticle, WatchMatch
from tests.digests.examples import NOW, article

WATCHED = Rules(frozenset({"mgmac"}), 0, timedelta(hours=3), timedelta(hours=12))
THREE = replace(WATCHED, watches=frozenset(), outlets=3)
BOTH = replace(THREE, watches=frozenset({"mgmac"}))


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@dataclass(frozen=True)
class Piece:
    """One article of the story; hours before now."""

    outlet: str
    published: float | None
    fetched: float
    watch: str = "amf"

    def stored(self, number: int) -> StoredArticle:
        made = replace(
            article(number, outlet=self.outlet),
            date_published=None if self.published is None else ago(self.published),
            fetched_at=ago(self.fetched),
            watches=(WatchMatch(self.watch, 2023, "named"),),
        )
        return StoredArticle(number, made, 1, number, ago(self.fetched), Disposition.KEPT, "d", story_id="s1")


@dataclass(frozen=True)
class Case:
    """A story, what is known, and what is to be told: {rule: hours ago since when}."""

    pieces: tuple[Piece, ...]
    rules: Rules
    told: Mapping[str, float]
    ledger: Collection[tuple[str, int]] = ()
    editions: Mapping[int, float] = field(default_factory=dict)  # article → hours ago
    dropped: Collection[str] = ()


A, B, C = Piece("antara", 2, 1.9), Piece("inews", 1.5, 1.2), Piece("beritajakarta", 1, 0.5)
OURS = replace(A, watch="mgmac")
CASES = {
    "no-rule": Case((A, B, C), replace(WATCHED, watches=frozenset()), {}),
    "a-watch-that-is-not-urgent": Case((A,), WATCHED, {}),
    "an-urgent-watch": Case((OURS,), WATCHED, {"watch:mgmac": 1.9}),
    "an-urgent-watch-named-by-the-second-only": Case((A, replace(B, watch="mgmac")), WATCHED, {"watch:mgmac": 1.2}),
    "two-outlets-are-not-three": Case((A, B), THREE, {}),
    "three-outlets": Case((A, B, C), THREE, {"outlets": 0.5}),
    "three-articles-of-two-outlets": Case((A, B, replace(B, published=1)), THREE, {}),
    "three-outlets-too-far-apart": Case((replace(A, published=5), B, C), THREE, {}),
    "three-outlets-within-a-later-stretch": Case((replace(B, published=9), A, B, C), THREE, {"outlets": 0.5}),
    "both-rules": Case((OURS, B, C), BOTH, {"watch:mgmac": 1.9, "outlets": 0.5}),
    "old-news": Case((replace(OURS, published=30),), WATCHED, {}),
    "an-old-story-told-on": Case((replace(OURS, published=30), replace(B, watch="mgmac")), WATCHED, {}),
    "old-outlets-do-not-count": Case((replace(A, published=12.5), replace(B, published=11.9), C), THREE, {}),
    "without-a-date-when-it-was-fetched": Case((replace(OURS, published=None),), WATCHED, {"watch:mgmac": 1.9}),
    "a-date-that-lies-ahead": Case((replace(OURS, published=-20),), WATCHED, {"watch:mgmac": 1.9}),
    "told-before": Case((OURS, B), WATCHED, {}, ledger={("watch:mgmac", 2)}),
    "told-before-by-another-rule": Case((OURS, B, C), BOTH, {"outlets": 0.5}, ledger={("watch:mgmac", 1)}),
    "an-edition-told-it": Case((OURS,), WATCHED, {}, editions={1: 1.0}),
    "an-edition-told-it-before-the-third-outlet": Case((A, B, C), THREE, {"outlets": 0.5}, editions={1: 1.0, 2: 1.0}),
    "an-edition-told-it-after-the-third-outlet": Case((A, B, C), THREE, {}, editions={1: 0.2}),
    "an-edition-told-an-earlier-text-of-it": Case((replace(OURS, fetched=0.1),), WATCHED, {}, editions={1: 1.0}),
    "an-editor-dropped-it": Case((OURS,), WATCHED, {}, dropped={"s1"}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_urgent(name: str) -> None:
    case = CASES[name]
    story = [piece.stored(number) for number, piece in enumerate(case.pieces, 1)]
    known = Known(case.ledger, {number: ago(hours) for number, hours in case.editions.items()}, case.dropped)
    found = urgent({"s1": story}, case.rules, known, NOW)
    assert {one.rule: one.met_at for one in found} == {rule: ago(hours) for rule, hours in case.told.items()}
    assert all(one.articles == tuple(range(1, len(story) + 1)) for one in found)


def test_what_became_urgent_first_is_told_first() -> None:
    stories = {"s1": [replace(OURS, fetched=0.5).stored(1)], "s2": [OURS.stored(2)]}
    assert [one.story_id for one in urgent(stories, WATCHED, Known((), {}, ()), NOW)] == ["s2", "s1"]
