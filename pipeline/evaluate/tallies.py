"""Names that the labels and we give to the same texts, counted: right, wrong, missed, and the shares of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluate.report import Cell

FIGURES = ("labelled", "right", "wrong", "missed", "P", "R", "F1")
Sides = tuple[frozenset[str], frozenset[str]]  # of one text: (labelled, ours)


@dataclass(frozen=True, slots=True)
class Tally:
    """Names that the labels and we both have, and that only one side has."""

    right: int = 0
    wrong: int = 0  # ours alone
    missed: int = 0  # the labels' alone

    @property
    def precision(self) -> float | None:
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        return share(self.right, self.right + self.missed)

    @property
    def row(self) -> tuple[Cell, ...]:
        """In the order of FIGURES; a share of nothing is absent."""
        labelled, told = self.right + self.missed, self.right + self.wrong
        f1 = share(2 * self.right, told + labelled)
        return (labelled, self.right, self.wrong, self.missed, self.precision, self.recall, f1)


def tally(texts: Iterable[Sides], only: str | None = None) -> Tally:
    """Over all texts; `only`: of this one name."""
    right = wrong = missed = 0
    for labelled, ours in texts:
        mine, theirs = (side if only is None else side & {only} for side in (ours, labelled))
        right += len(theirs & mine)
        wrong += len(mine - theirs)
        missed += len(theirs - mine)
    return Tally(right, wrong, missed)


def each(texts: Iterable[Sides]) -> list[str]:
    """All names of either side."""
    return sorted({name for sides in texts for side in sides for name in side})


def share(part: int, whole: int) -> float | None:
    """0..1; `None` of nothing."""
    return round(part / whole, 4) if whole else None
