"""Times pieces of code against a reference in one process, turn by turn, so that a noisy machine troubles them all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
Act = Callable[[Item], object]
_AT_LEAST = 1e-7  # seconds; a clock that stands still gives no ratio


@dataclass(frozen=True)
class Measured:
    """One piece of code over all items. Every figure is made of each item's median over the rounds."""

    name: str
    ours_ms: float  # per item
    reference_ms: float  # per item
    total: float  # ratio of the sums, ours over the reference
    typical: float  # geometric mean of the items' own ratios
    worst: float  # the highest of them
    worst_item: int  # its place among the items


def measure(
    steps: Mapping[str, Act[Item]],
    reference: Act[Item],
    items: Sequence[Item],
    rounds: int = 5,
    clock: Callable[[], float] = time.process_time,
) -> list[Measured]:
    """Run every step and the reference on each item, in turn, `rounds` times after one warm-up.

    `clock`: seconds; by default those of the processor, so that other programs on the machine count for little.
    """
    acts = (*steps.values(), reference)
    seconds: list[list[list[float]]] = [[[] for _ in items] for _ in acts]
    for number in range(rounds + 1):
        for place, item in enumerate(items):
            for act, kept in zip(acts, seconds, strict=True):
                started = clock()
                act(item)
                if number:
                    kept[place].append(clock() - started)
    *ours, theirs = ([statistics.median(times) for times in kept] for kept in seconds)
    return [compared(name, times, theirs) for name, times in zip(steps, ours, strict=True)]


def compared(name: str, ours: Sequence[float], theirs: Sequence[float]) -> Measured:
    """Of seconds for each item."""
    ratios = [max(a, _AT_LEAST) / max(b, _AT_LEAST) for a, b in zip(ours, theirs, strict=True)]
    worst = max(range(len(ratios)), key=lambda place: ratios[place])
    return Measured(
        name=name,
        ours_ms=1000 * statistics.mean(ours),
        reference_ms=1000 * statistics.mean(theirs),
        total=sum(ours) / max(sum(theirs), _AT_LEAST),
        typical=statistics.geometric_mean(ratios),
        worst=ratios[worst],
        worst_item=worst,
    )
