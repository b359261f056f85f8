"""Why two articles are one story or two: each kind of evidence, taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model import Article, Disposition, StoredArticle, WatchMatch
from pipeline.store import DecisionAction, StoryDecision
from pipeline.why import Why, why
from pipeline.window import open_window
from tests.digests.cli.desk import BUS, CHOIR, POOL
from tests.pipeline.store.build import NOW, article, url

DAY = timedelta(days=1)


def stored(n: int, made: Article, story: str | None) -> StoredArticle:
    return StoredArticle(n, made, 1, n, NOW, Disposition.KEPT, "d", story_id=story)


def piece(n: int, text: Sequence[str], story: str | None = None, **fields: object) -> StoredArticle:
    plain = article(
        url(n), headline=text[0], article_body=tuple(text), date_published=NOW, in_language="id", watches=()
    )
    return stored(n, replace(plain, **fields), story or f"s{n}")  # type: ignore[arg-type]  # a test names real fields


def beside(a: StoredArticle, b: StoredArticle, *others: StoredArticle, decisions: Sequence[StoryDecision] = ()) -> Why:
    window = open_window([a, b, *others])
    place = {one.id: n for n, one in enumerate(window.articles)}
    return why(window, place[a.id], place[b.id], decisions)


def said(number: int, action: str, *groups: tuple[int, ...], stands: bool = True) -> StoryDecision:
    undone = None if stands else NOW
    return StoryDecision(number, DecisionAction(action), groups, tuple(None for _ in groups), "Sari", None, NOW, undone)


def of_year(year: int) -> tuple[WatchMatch, ...]:
    return (WatchMatch("mgmac", year, "its name stands in the headline"),)


def test_a_copy_is_told_with_what_it_shares() -> None:
    found = beside(piece(1, BUS, "s1"), piece(2, BUS[:5], "s1"), piece(3, CHOIR))
    assert found.together
    assert found.copy is not None
    assert (found.copy.kind, found.copy.shorter, found.contained) == ("copy", "b", 1.0)
    assert {"Siregar", "Melintang"} <= set(found.both.names)
    assert found.likeness > 1
    assert (found.bars, found.doubts, found.only_b.names) == ((), (), ())


def test_two_matters_share_little_and_each_has_its_own() -> None:
    found = beside(piece(1, BUS), piece(2, POOL), piece(3, CHOIR))
    assert not found.together
    assert found.copy is None
    assert found.likeness < 1
    assert found.contained < 0.1
    assert "Siregar" in found.only_a.names
    assert "Wattimena" in found.only_b.names
    assert not {"Siregar", "Wattimena"} & set(found.both.names)


@pytest.mark.parametrize(
    ("fields", "bar"),
    [
        (({"watches": of_year(2025)}, {"watches": of_year(2026)}), "one tells of mgmac 2025, the other of mgmac 2026"),
        (({}, {"date_published": NOW - 20 * DAY}), "they were published 20 days apart"),
        (
            ({}, {"headline": "Terpopuler: bus listrik dan kolam retensi"}),
            "one is a round-up, which tells of many events",
        ),
        (({"watches": of_year(2026)}, {"watches": of_year(2026)}), None),
    ],
)
def test_what_bars_two_articles(fields: tuple[dict[str, object], dict[str, object]], bar: str | None) -> None:
    found = beside(piece(1, BUS, None, **fields[0]), piece(2, POOL, None, **fields[1]))
    assert found.bars == ((bar,) if bar else ())


def test_what_is_held_against_a_likeness() -> None:
    reported = piece(1, BUS, headline="Bus listrik melayani rute pengumpan")
    announced = piece(2, BUS, headline="Bus listrik akan melayani rute pengumpan besok", date_published=NOW - 3 * DAY)
    found = beside(reported, announced)
    assert found.weight < 1
    assert {"one announces an event to come, the other reports one", "they were published 3 days apart"} <= set(
        found.doubts
    )
    assert beside(reported, piece(2, BUS, headline=reported.article.headline or "")).doubts == ()


def test_who_names_whom_as_its_source() -> None:
    first = piece(1, BUS, outlet="antara", url="https://www.antaranews.com/berita/1/bus")
    second = piece(2, BUS, outlet="kota", syndicated_from="ANTARA")
    assert beside(first, second).credits == ("article 2 names “ANTARA”, that is antara, as its source",)


def test_one_story_through_others() -> None:
    found = beside(piece(1, BUS, "s1"), piece(2, POOL, "s1"), piece(3, (*BUS, *POOL), "s1"))
    assert found.together
    assert found.likeness < found.stories


@pytest.mark.parametrize(
    ("decisions", "word"),
    [
        ([], None),
        ([said(1, "together", (1,), (2,))], DecisionAction.TOGETHER),
        ([said(1, "pin", (1, 2, 9))], DecisionAction.TOGETHER),
        ([said(1, "apart", (1, 9), (2,))], DecisionAction.APART),
        ([said(1, "apart", (9,), (1, 2))], DecisionAction.TOGETHER),  # both left, and stay together
        ([said(1, "apart", (1, 2), (9,))], None),  # both stayed: nothing is said of them
        ([said(1, "apart", (1,), (9,))], None),
        ([said(1, "apart", (1,), (2,), stands=False)], None),
        ([said(1, "apart", (1,), (2,)), said(2, "together", (1,), (2,))], DecisionAction.TOGETHER),
        ([said(2, "apart", (1,), (2,)), said(1, "together", (1,), (2,))], DecisionAction.APART),
    ],
)
def test_the_last_word_of_persons(decisions: Sequence[StoryDecision], word: DecisionAction | None) -> None:
    assert beside(piece(1, BUS), piece(2, POOL), decisions=decisions).word is word
