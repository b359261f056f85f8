"""Is a text the translation of another? By what both carry in one order: names, numbers, days.

Two reports of one event share names and numbers too, but each has its own, and tells them in its own order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_QUOTATION = re.compile(r"[\"“«「][^\"”»」]{12,}[\"”»」]")  # longer than a word that is set apart


@dataclass(frozen=True, slots=True)
class Pairing:
    """How far two texts carry the same anchors in the same order. Shares are 0..1."""

    common: int  # anchors, repetitions counted, that stand in both in one order
    order: float  # share of the anchors that both have which stand in one order
    whole: float  # `common` as a share of the longer sequence
    first: float  # and of the first text's

    @property
    def score(self) -> float:
        return self.whole * self.order


def ceiling(a: Sequence[str], b: Sequence[str]) -> float:
    """What the score of a pair is at most, found at once: the order costs the product of the lengths."""
    return (Counter(a) & Counter(b)).total() / max(len(a), len(b), 1)


def may_be_translation(text: str, source: str) -> bool:
    """Whether a text quotes nobody whom the source does not: no translator invents a quotation."""
    return bool(_QUOTATION.search(source)) or not _QUOTATION.search(text)


def pairing(a: Sequence[str], b: Sequence[str]) -> Pairing:
    """Compare the anchors of two texts, each in the order of its text."""
    common = _longest_common(a, b)
    both = set(a) & set(b)
    shared_a, shared_b = [one for one in a if one in both], [one for one in b if one in both]
    fewest = min(len(shared_a), len(shared_b))
    return Pairing(
        common=common,
        order=_longest_common(shared_a, shared_b) / fewest if fewest else 0.0,
        whole=common / max(len(a), len(b), 1),
        first=common / max(len(a), 1),
    )


def _longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest sequence that stands in both, with gaps."""
    row = [0] * (len(b) + 1)
    for one in a:
        before = 0
        for place, other in enumerate(b, 1):
            above = row[place]
            row[place] = before + 1 if one == other else max(above, row[place - 1])
            before = above
    return row[-1]
