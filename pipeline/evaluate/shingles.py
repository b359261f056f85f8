"""Text against text by shingles of four words, as the article extraction benchmark of Scrapinghub (2020) defines it.

Precision and recall are means over pages, F1 is theirs; intervals are 1.96 standard deviations over resampled pages.
"""

from __future__ import annotations

import random
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORDS = 4  # of a shingle; a shorter text is one shingle
_RESAMPLES = 1000
_NORMAL_95 = 1.96  # standard deviations on each side that hold 95 % of a normal distribution
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shingles of one page as shares of all: in both texts, only in the prediction, only in the label."""

    both: float
    extra: float
    missing: float

    @property
    def f1(self) -> float:
        """Of this page alone; two empty texts agree."""
        total = 2 * self.both + self.extra + self.missing
        return 2 * self.both / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Over many pages, each a share 0..1."""

    f1: float
    precision: float
    recall: float


def overlap(label: str, value: str) -> Overlap:
    wanted, told = _shingles(label), _shingles(value)
    both = sum((wanted & told).values())
    extra, missing = told.total() - both, wanted.total() - both
    total = both + extra + missing or 1
    return Overlap(both / total, extra / total, missing / total)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[n : n + _WORDS]) for n in range(max(1, len(tokens) - _WORDS + 1)) if tokens)


def figures(pages: Sequence[Overlap]) -> Figures:
    """Means over the pages on which there is something to be right or wrong about."""
    precisions = [page.both / (page.both + page.extra) for page in pages if page.both + page.extra > 0]
    recalls = [page.both / (page.both + page.missing) for page in pages if page.both + page.missing > 0]
    precision, recall = _mean(precisions), _mean(recalls)
    both = precision + recall
    return Figures(2 * precision * recall / both if both else 0.0, precision, recall)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and half the width of its 95 % interval."""

    value: float
    half: float


def intervals(pages: Sequence[Overlap]) -> tuple[Interval, Interval, Interval]:
    """Of F1, precision and recall."""
    whole = figures(pages)
    drawn = [figures([pages[n] for n in places]) for places in _draws(len(pages))]
    return (
        Interval(whole.f1, _half([one.f1 for one in drawn])),
        Interval(whole.precision, _half([one.precision for one in drawn])),
        Interval(whole.recall, _half([one.recall for one in drawn])),
    )


def difference(ours: Sequence[Overlap], theirs: Sequence[Overlap]) -> Interval:
    """How much more F1 ours has than theirs, on the same resampled pages."""
    drawn = [
        figures([ours[n] for n in places]).f1 - figures([theirs[n] for n in places]).f1 for places in _draws(len(ours))
    ]
    return Interval(figures(ours).f1 - figures(theirs).f1, _half(drawn))


def _draws(pages: int) -> list[list[int]]:
    """The same draws in every run."""
    generator = random.Random(0)  # noqa: S311 - a sample, not a secret
    return [generator.choices(range(pages), k=pages) for _ in range(_RESAMPLES if pages > 1 else 0)]


def _half(values: Sequence[float]) -> float:
    return _NORMAL_95 * statistics.stdev(values) if len(values) > 1 else 0.0
