"""Times two pieces of code against each other in one process, turn by turn, so that a noisy machine troubles both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds. `ratio` is the median of the rounds' own ratios, ours over the reference."""

    name: str
    ours_ms: float  # per item
    reference: str
    reference_ms: float  # per item
    ratio: float


Named = tuple[str, Callable[[Item], object]]


def compare(ours: Named[Item], reference: Named[Item], items: Sequence[Item], rounds: int = 5) -> Measured:
    """Run both over all items, in turn, `rounds` times after one warm-up."""
    pairs = [(_seconds(ours[1], items), _seconds(reference[1], items)) for _ in range(rounds + 1)][1:]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(x / y for x, y in pairs)
    return Measured(ours[0], 1000 * a / len(items), reference[0], 1000 * b / len(items), ratio)


def _seconds(act: Callable[[Item], object], items: Sequence[Item]) -> float:
    started = time.perf_counter()
    for item in items:
        act(item)
    return time.perf_counter() - started
