"""How well one partition of the same things agrees with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.clusters import Pair, average_link


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairs_agreement(right: int, found: int, wanted: int) -> Agreement:
    """Of counts of pairs: found and right, found, to be found."""
    return Agreement(right / found if found else 1.0, right / wanted if wanted else 1.0)


def bcubed(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> Agreement:
    """B³ (Bagga and Baldwin 1998): for each thing, the share of its group that belongs there; the mean over things."""
    sizes, gold = Counter(found), Counter(wanted)
    both = Counter(zip(found, wanted, strict=True))
    total = max(1, len(found))
    precision = sum(n * n / sizes[a] for (a, _), n in both.items()) / total
    recall = sum(n * n / gold[b] for (_, b), n in both.items()) / total
    return Agreement(precision, recall)


def adjusted_rand(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985): 1 = the same partition, 0 = as by chance."""
    both = _pairs(Counter(zip(found, wanted, strict=True)))
    a, b = _pairs(Counter(found)), _pairs(Counter(wanted))
    total = len(found) * (len(found) - 1) / 2
    expected = a * b / total if total else 0.0
    most = (a + b) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def groups(count: int, pairs: Iterable[Pair]) -> list[int]:
    """For each of 0..count-1 the number of the group that these pairs put it into."""
    clusters = average_link(count, {}, together=pairs)
    group_of = {place: number for number, cluster in enumerate(clusters) for place in cluster}
    return [group_of[place] for place in range(count)]


def _pairs(counts: Mapping[Hashable, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())
