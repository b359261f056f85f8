"""Where terms stand in a text, searched by bisection: a hostile text may hold a term thousands of times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Span = tuple[int, int]  # start and end


class Places:
    """Where one term stands."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """`spans` by end, then by start, as a `TermIndex` finds them."""
        self.spans = spans
        self._ends = [end for _, end in spans]
        self._by_start = sorted(range(len(spans)), key=lambda place: spans[place][0])
        self._starts = [spans[place][0] for place in self._by_start]

    def near(self, span: Span, reach: int) -> Span | None:
        """The nearest place that does not overlap the span and lies within `reach` code points; of two the first."""
        before, behind = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        left = span[0] - self._ends[before - 1] if before else reach + 1
        right = self._starts[behind] - span[1] if behind < len(self._starts) else reach + 1
        if min(left, right) > reach:
            return None
        if left <= right:
            return self.spans[bisect_left(self._ends, self._ends[before - 1])]
        return self.spans[self._by_start[behind]]

    def inside(self, span: Span) -> bool:
        """Does a place begin within the span?"""
        first = bisect_left(self._starts, span[0])
        return first < len(self._starts) and self._starts[first] < span[1]

    def hold(self, span: Span) -> bool:
        """Does the span stand inside one of the places? None of these may stand inside another."""
        last = bisect_right(self._starts, span[0])
        return last > 0 and span[1] <= self.spans[self._by_start[last - 1]][1]


def outermost(spans: Sequence[Span]) -> set[Span]:
    """Without those inside a longer one: "Jaringan Kota Pintar ASEAN-Jepang" does not name the ASEAN network."""
    kept: set[Span] = set()
    furthest = -1
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end > furthest:
            kept.add((start, end))
            furthest = end
    return kept
