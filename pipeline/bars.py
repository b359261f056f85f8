"""Which articles never come into one story by likeness alone, whatever they share."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations, product

from pipeline.events import AWAY, Clues, Edition, other_edition, too_far_apart
from pipeline.likeness import Pair

ROUNDUP = "one is a round-up, which tells of many events"


def barred(hints: Sequence[Clues], late: Collection[int] | None = None) -> Iterator[Pair]:
    """The pairs of places, the smaller first; a pair may come twice. `late`: only pairs with one of these places.

    Two editions of one forum, reports that are too far apart in time, and round-ups of many events with anything.
    """
    for a, b in _pairs(hints):
        if late is None or a in late or b in late:
            yield min(a, b), max(a, b)


def reasons(a: Clues, b: Clues) -> Iterator[str]:
    """Why these two are barred, in words; nothing where they are not."""
    if other_edition(a.editions, b.editions):
        yield f"one tells of {_told(a.editions)}, the other of {_told(b.editions)}"
    if too_far_apart(a, b):
        yield days_apart(a, b)
    if a.roundup or b.roundup:
        yield ROUNDUP


def days_apart(a: Clues, b: Clues) -> str:
    """How far apart they were published, as the end of a sentence; 0 days where one of them is undated."""
    if a.published is None or b.published is None:
        return "they were published 0 days apart"
    return f"they were published {round(abs(a.published - b.published) / timedelta(days=1))} days apart"


def _told(editions: Iterable[Edition]) -> str:
    return " and ".join(f"{watch} {year}" for watch, year in sorted(set(editions)))


def _pairs(hints: Sequence[Clues]) -> Iterator[Pair]:
    yield from _of_other_editions(hints)
    yield from _far_apart(hints)
    for place, one in enumerate(hints):
        if one.roundup:
            yield from ((place, other) for other in range(len(hints)) if other != place)


def _of_other_editions(hints: Sequence[Clues]) -> Iterator[Pair]:
    """Articles of few forums' editions, so they are taken together by these."""
    holders: defaultdict[tuple[Edition, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(hints):
        if one.editions:
            holders[one.editions].append(place)
    for a, b in combinations(holders, 2):
        if other_edition(a, b):
            yield from product(holders[a], holders[b])


def _far_apart(hints: Sequence[Clues]) -> Iterator[Pair]:
    dated = sorted((one.published, place) for place, one in enumerate(hints) if one.published is not None)
    times = [published for published, _ in dated]
    for published, place in dated:
        for _, other in dated[bisect_right(times, published + AWAY) :]:
            yield place, other
