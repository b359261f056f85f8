"""Kinds of words that stand close together: what tells of a forum in a text that never names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.watches.model import Together
from pipeline.watches.places import Places, Span

_MOST = 12  # windows told of one rule in one text; a long text says the same at every turn


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of one rule."""

    watch: str
    rule: Together
    kinds: tuple[tuple[int, ...], ...]
    several: tuple[tuple[int, ...], ...]
    excludes: tuple[int, ...]
    excludes_near: tuple[int, ...]


def windows(group: Group, places: Mapping[int, Places]) -> Iterator[list[Span]]:
    """The first stretches of text where the rule holds, apart from each other: the words that bear each out, in order.

    One walk over the words of the rule: of every kind only the last one seen matters.
    """
    if any(key in places for key in group.excludes) or not _all_there(group, places):
        return
    needed = len(group.kinds)
    last: list[Span | None] = [None] * (needed + len(group.several))
    told = 0
    for span, kind in _words(group, places):
        last[kind] = span
        words = _bearing(last, needed, group.rule.least or 0)
        if words is None or span[1] - min(start for start, _ in words) > group.rule.reach:
            continue
        whole = (min(start for start, _ in words), span[1])
        last = [None] * len(last)
        if any(_excluded(whole, places.get(key), group.rule.reach) for key in group.excludes_near):
            continue
        yield sorted(set(words))
        told += 1
        if told == _MOST:
            return


def _all_there(group: Group, places: Mapping[int, Places]) -> bool:
    """Does the text have a word of each kind at all? Most have not."""
    if not all(any(key in places for key in kind) for kind in group.kinds):
        return False
    least = group.rule.least or 0
    return least == 0 or sum(any(key in places for key in kind) for kind in group.several) >= least


def _words(group: Group, places: Mapping[int, Places]) -> list[tuple[Span, int]]:
    """Every word of the rule with the number of its kind, in order of place."""
    found = [
        (span, number)
        for number, kind in enumerate((*group.kinds, *group.several))
        for key in kind
        if key in places
        for span in places[key].spans
    ]
    return sorted(found, key=lambda word: (word[0][1], word[0][0], word[1]))


def _bearing(last: list[Span | None], needed: int, least: int) -> list[Span] | None:
    """The last word of every kind that must be there, and of the `least` nearest of the several; None without these."""
    all_of = [span for span in last[:needed] if span is not None]
    if len(all_of) < needed:
        return None
    several = sorted((span for span in last[needed:] if span is not None), reverse=True)[:least]
    return [*all_of, *several] if len(several) == least else None


def _excluded(whole: Span, places: Places | None, reach: int) -> bool:
    return places is not None and (places.inside(whole) or places.near(whole, reach) is not None)
