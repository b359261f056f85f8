"""Average-link clustering under constraints: what must be together, what must not."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

Pair = tuple[int, int]  # the smaller first


def average_link(
    count: int,
    scores: Mapping[Pair, float],
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    settled: Iterable[Pair] = (),
    old: Iterable[int] = (),
    copied: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
) -> list[list[int]]:
    """Clusters of 0..count-1, each sorted, in the order of their first members.

    Two clusters join while the mean score of their pairs is at least 1, the likest first; a missing score is 0.
    `together`, `settled` and `copied` join beforehand, in this order and that of their pairs. `apart` keeps two
    clusters from ever joining, and comes first: a wish to join what it keeps apart is left out. Of `old` members no two
    clusters join by a copy or by score. `barred` keeps two from joining by score. Equal scores are settled by the
    members' numbers, so that the same input gives the same clusters.
    """
    forest = Forest(count, scores)
    forest.keep_apart(apart)
    forest.join_all([*together, *settled])
    forest.settle(old)
    forest.join_all(copied)
    forest.bar(barred)
    _join_by_score(forest)
    return forest.clusters()


def _join_by_score(forest: Forest) -> None:
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


class Forest:
    """The clusters so far, each known by its smallest member; `scores` as for `average_link`."""

    def __init__(self, count: int, scores: Mapping[Pair, float]) -> None:
        self._members = {number: [number] for number in range(count)}
        self._head = list(range(count))
        self._sums: dict[int, dict[int, float]] = {number: {} for number in range(count)}
        self._apart: dict[int, set[int]] = {number: set() for number in range(count)}
        self._barred: dict[int, set[int]] = {number: set() for number in range(count)}
        self._settled: set[int] = set()  # heads of clusters that do not join one another any more
        for (a, b), value in sorted(scores.items()):
            self._sums[a][b] = self._sums[b][a] = value

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """These two shall not join any more; nothing is done about those that have."""
        self._part(self._apart, pairs)

    def bar(self, pairs: Iterable[Pair]) -> None:
        """These two shall not join by their score; another wish may still join them."""
        self._part(self._barred, pairs)

    def _part(self, bars: dict[int, set[int]], pairs: Iterable[Pair]) -> None:
        for a, b in pairs:
            first, second = self._head[a], self._head[b]
            if first != second:
                bars[first].add(second)
                bars[second].add(first)

    def settle(self, members: Iterable[int]) -> None:
        """The clusters of these members shall not join one another any more; others may still join them."""
        self._settled |= {self._head[member] for member in members}

    def score(self, a: int, b: int) -> float | None:
        """Mean score between two clusters; None when one is gone, or they must not join."""
        if a not in self._members or b not in self._members or self._parted(a, b) or b in self._barred[a]:
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

    def heads(self) -> list[int]:
        """The members by which the clusters are known, ascending."""
        return sorted(self._members)

    def head(self, member: int) -> int:
        """The member by which its cluster is known."""
        return self._head[member]

    def fellows(self, member: int) -> list[int]:
        """All members of its cluster, itself too."""
        return self._members[self._head[member]]

    def may_join(self, a: int, b: int) -> bool:
        """Are these members in two clusters that nothing keeps apart?"""
        first, second = self._head[a], self._head[b]
        return first != second and not self._parted(first, second)

    def may_join_by_score(self, a: int, b: int) -> bool:
        """The same, and nothing bars it either."""
        return self.may_join(a, b) and self._head[b] not in self._barred[self._head[a]]

    def _parted(self, a: int, b: int) -> bool:
        return b in self._apart[a] or (a in self._settled and b in self._settled)

    def join_if_allowed(self, a: int, b: int) -> None:
        """Join the clusters of two members, unless something keeps them apart."""
        if self.may_join(a, b):
            self.join(self._head[a], self._head[b])

    def join_all(self, pairs: Iterable[Pair]) -> None:
        """`join_if_allowed` for each of these pairs, in their order."""
        for a, b in pairs:
            self.join_if_allowed(a, b)

    def gather(self, members: Sequence[int]) -> None:
        """Join each of these to the first before it that it may join, unless it is with one already."""
        for number, member in enumerate(members):
            earlier = members[:number]
            home = next(
                (one for one in earlier if self.head(one) == self.head(member) or self.may_join(one, member)), None
            )
            if home is not None:
                self.join_if_allowed(home, member)

    def join(self, a: int, b: int) -> int:
        """Join two clusters; gives the one that stays: the smaller number."""
        kept, gone = min(a, b), max(a, b)
        for member in self._members[gone]:
            self._head[member] = kept
        self._members[kept] += self._members.pop(gone)
        if gone in self._settled:
            self._settled.discard(gone)
            self._settled.add(kept)
        for other, value in self._sums.pop(gone).items():
            del self._sums[other][gone]
            if other != kept:
                self._sums[kept][other] = self._sums[other][kept] = self._sums[kept].get(other, 0.0) + value
        for bars in (self._apart, self._barred):
            for other in bars.pop(gone):
                bars[other].discard(gone)
                if other != kept:  # what was barred and joined all the same
                    bars[other].add(kept)
                    bars[kept].add(other)
        return kept

    def clusters(self) -> list[list[int]]:
        return [sorted(self._members[head]) for head in sorted(self._members)]
