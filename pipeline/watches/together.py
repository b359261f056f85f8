"""Kinds of words that stand close together: what tells of a forum in a text that never names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pipeline.watches.model import Together
from pipeline.watches.places import Places, Span

_MOST = 12  # windows told of one rule in one text; a long text says the same at every turn


Kinds = tuple[frozenset[int], ...]  # of each kind its keys


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of one rule."""

    watch: str
    rule: Together
    kinds: Kinds
    some: tuple[Kinds, ...]  # as `rule.some`
    excludes: frozenset[int]
    excludes_near: frozenset[int]


def windows(group: Group, places: Mapping[int, Places]) -> Iterator[list[Span]]:
    """The first stretches of text where the rule holds, apart from each other: the words that bear each out, in order.

    One walk over the words of the rule: of every kind only the last one seen matters.
    """
    if not _all_there(group, places) or not group.excludes.isdisjoint(places):
        return
    last: list[Span | None] = [None] * (len(group.kinds) + sum(map(len, group.some)))
    told = 0
    for span, kind in _words(group, places):
        last[kind] = span
        words = _bearing(last, group)
        if words is None or span[1] - min(start for start, _ in words) > group.rule.reach:
            continue
        whole = (min(start for start, _ in words), span[1])
        last = [None] * len(last)
        if any(_excluded(whole, places[key], group.rule.reach) for key in group.excludes_near & places.keys()):
            continue
        yield sorted(set(words))
        told += 1
        if told == _MOST:
            return


def _all_there(group: Group, places: Mapping[int, Places]) -> bool:
    """Does the text have a word of each kind at all? Most have not."""
    if any(kind.isdisjoint(places) for kind in group.kinds):
        return False
    return all(
        sum(not kind.isdisjoint(places) for kind in kinds) >= some.least
        for some, kinds in zip(group.rule.some, group.some, strict=True)
    )


def _words(group: Group, places: Mapping[int, Places]) -> list[tuple[Span, int]]:
    """Every word of the rule with the number of its kind, in order of place."""
    found = [
        (span, number)
        for number, kind in enumerate(chain(group.kinds, *group.some))
        for key in kind & places.keys()
        for span in places[key].spans
    ]
    return sorted(found, key=lambda word: (word[0][1], word[0][0], word[1]))


def _bearing(last: list[Span | None], group: Group) -> list[Span] | None:
    """The last word of every kind that must be there, and of as many as some are asked for; None without these."""
    first = len(group.kinds)
    bearing = [span for span in last[:first] if span is not None]
    if len(bearing) < first:
        return None
    for some, kinds in zip(group.rule.some, group.some, strict=True):
        latest = sorted((span for span in last[first : first + len(kinds)] if span is not None), reverse=True)
        if len(latest) < some.least:
            return None
        bearing += latest[: some.least]
        first += len(kinds)
    return bearing


def _excluded(whole: Span, places: Places, reach: int) -> bool:
    return places.inside(whole) or places.near(whole, reach) is not None
