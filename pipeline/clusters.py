"""Average-link clustering under constraints: what must be together, what must not."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping

Pair = tuple[int, int]  # the smaller first


def average_link(
    count: int,
    scores: Mapping[Pair, float],
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
) -> list[list[int]]:
    """Clusters of 0..count-1, each sorted, in the order of their first members.

    Two clusters join while the mean score of their pairs is at least 1, the likest first; a missing score is 0.
    `together` joins beforehand, in the order given. `apart` keeps two clusters from ever joining, and comes first:
    a wish to join what it keeps apart is left out. `barred` keeps them only from joining by score. Equal scores are
    settled by the members' numbers, so that the same input gives the same clusters.
    """
    forest = _Forest(count, scores)
    forest.keep_apart(apart)
    for a, b in together:
        forest.join_if_allowed(a, b)
    forest.keep_apart(barred)
    _join_by_score(forest)
    return forest.clusters()


def _join_by_score(forest: _Forest) -> None:
    waiting = [(-value, a, b) for a, b, value in forest.links() if value >= 1]
    heapq.heapify(waiting)
    while waiting:
        value, a, b = heapq.heappop(waiting)
        if forest.score(a, b) != -value:  # one of them has grown or is gone since
            continue
        kept = forest.join(a, b)
        for other, score in forest.neighbours(kept):
            if score >= 1:
                heapq.heappush(waiting, (-score, min(kept, other), max(kept, other)))


class _Forest:
    """The clusters so far, each known by its smallest member."""

    def __init__(self, count: int, scores: Mapping[Pair, float]) -> None:
        self._members = {number: [number] for number in range(count)}
        self._head = list(range(count))
        self._sums: dict[int, dict[int, float]] = {number: {} for number in range(count)}
        self._apart: dict[int, set[int]] = {number: set() for number in range(count)}
        for (a, b), value in sorted(scores.items()):
            self._sums[a][b] = self._sums[b][a] = value

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """These two shall not join any more; nothing is done about those that have."""
        for a, b in pairs:
            first, second = self._head[a], self._head[b]
            if first != second:
                self._apart[first].add(second)
                self._apart[second].add(first)

    def score(self, a: int, b: int) -> float | None:
        """Mean score between two clusters; None when one is gone, or they must not join."""
        if a not in self._members or b not in self._members or b in self._apart[a]:
            return None
        return self._sums[a].get(b, 0.0) / (len(self._members[a]) * len(self._members[b]))

    def links(self) -> Iterator[tuple[int, int, float]]:
        for a in self._members:
            yield from ((a, b, score) for b, score in self.neighbours(a) if a < b)

    def neighbours(self, a: int) -> Iterator[tuple[int, float]]:
        for b in self._sums[a]:
            score = self.score(a, b)
            if score is not None:
                yield b, score

    def join_if_allowed(self, a: int, b: int) -> None:
        first, second = self._head[a], self._head[b]
        if first != second and second not in self._apart[first]:
            self.join(first, second)

    def join(self, a: int, b: int) -> int:
        """Join two clusters; gives the one that stays: the smaller number."""
        kept, gone = min(a, b), max(a, b)
        for member in self._members[gone]:
            self._head[member] = kept
        self._members[kept] += self._members.pop(gone)
        for other, value in self._sums.pop(gone).items():
            del self._sums[other][gone]
            if other != kept:
                self._sums[kept][other] = self._sums[other][kept] = self._sums[kept].get(other, 0.0) + value
        for other in self._apart.pop(gone):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart[kept].add(other)
        return kept

    def clusters(self) -> list[list[int]]:
        return [sorted(self._members[head]) for head in sorted(self._members)]
