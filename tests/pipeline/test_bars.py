"""What never becomes one story by likeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.bars import barred
from pipeline.events import AWAY, Clues, clues, other_edition, too_far_apart
from pipeline.model import Article, Kind

NOON = datetime(2026, 8, 4, 12, 0, tzinfo=UTC)
PLAIN = clues(Article("https://a.example/", "https://a.example/", "a", Kind.ARTICLE, NOON, "0" * 64))
HINTS: tuple[Clues, ...] = (
    replace(PLAIN, published=NOON, editions=(("mgmac", 2022),)),
    replace(PLAIN, published=NOON + timedelta(hours=1), editions=(("mgmac", 2023),)),
    replace(PLAIN, published=NOON + timedelta(hours=2), editions=(("mgmac", 2022), ("amf", 2022))),
    replace(PLAIN, published=NOON + AWAY, editions=(("amf", 2022),)),
    replace(PLAIN, published=NOON + AWAY + timedelta(seconds=1)),
    replace(PLAIN, roundup=True),
    PLAIN,
)
ROUNDUP = 5


def test_bars_are_those_of_editions_times_and_roundups() -> None:
    pairs = [(a, b) for b in range(len(HINTS)) for a in range(b)]
    wanted = {
        (a, b)
        for a, b in pairs
        if ROUNDUP in (a, b) or other_edition(HINTS[a].editions, HINTS[b].editions) or too_far_apart(HINTS[a], HINTS[b])
    }
    assert set(barred(HINTS)) == wanted
    assert {(0, 1), (1, 2), (0, 4), (5, 6)} <= wanted
    assert (0, 3) not in wanted


def test_only_the_bars_of_late_ones_are_asked_for() -> None:
    assert set(barred(HINTS, {1})) == {pair for pair in barred(HINTS) if 1 in pair}
