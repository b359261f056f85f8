"""`python -m tests.quality.thresholds`: where to cut likeness, chosen over all sets of stories by cross-validation.

The one threshold of `pipeline.likeness` is scaled; at each step every set is told anew (likeness under the bars, as the
night does it). Each fold holds back a part of every set's stories; the step that is best on the rest, by the sets' B³
F1 weighed by their articles, is scored on what was held back.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.bars import barred
from pipeline.clusters import average_link
from pipeline.evaluate.partitions import bcubed
from pipeline.evaluate.stories import stored_articles
from pipeline.window import open_window
from tests.conftest import SHARED

SETS = ("ecbplus", "wikinews", "translated_id_en")
STEPS = tuple(step / 100 for step in range(75, 131, 5))  # of the product's own threshold
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One set at every step: the cluster of each article, and its label."""

    wanted: Sequence[str]
    found: Mapping[float, Sequence[int]]

    def score(self, step: float, fold: int | None = None, *, inside: bool = True) -> float:
        """B³ F1 of the articles whose stories are in the fold, or are not; None: of all."""
        here = [n for n, label in enumerate(self.wanted) if fold is None or (fold_of(label) == fold) is inside]
        return bcubed([self.found[step][n] for n in here], [self.wanted[n] for n in here]).f1


def fold_of(story: str) -> int:
    """A topic's two alike events ("10ecb", "10ecbplus") are held back together."""
    return sum(map(int, filter(str.isdigit, story))) % FOLDS


def tell(file: Path) -> Told:
    samples, articles = stored_articles(file)
    window = open_window(articles)
    found = {}
    for step in STEPS:
        scores = {pair: score / step for pair, score in window.scores.items()}
        clusters = average_link(len(articles), scores, barred=barred(window.clues))
        home = {window.articles[place].id: number for number, cluster in enumerate(clusters) for place in cluster}
        found[step] = [home[stored.id] for stored in articles]
    return Told([str(sample.story) for sample in samples], found)


def chosen(sets: Sequence[Told], fold: int | None = None) -> float:
    """The step that is best where the fold is held back; of equals the stricter."""

    def worth(step: float) -> float:
        return sum(len(one.wanted) * one.score(step, fold, inside=False) for one in sets)

    return max(STEPS, key=lambda step: (round(worth(step), 2), step))


def unseen(told: Told, steps: Sequence[float]) -> float:
    """B³ F1 when the articles of each fold are told at the step that was chosen without them."""
    folds = [fold_of(label) for label in told.wanted]
    return bcubed([(fold, told.found[steps[fold]][n]) for n, fold in enumerate(folds)], told.wanted).f1


def main() -> int:
    """Prints the curve and the folds; 1 where the labelled data are not here."""
    if not SHARED.exists():
        print("the labelled data are not here: ../shared/data", file=sys.stderr)
        return 1
    sets = {name: tell(SHARED / "stories" / f"{name}.jsonl.gz") for name in SETS}
    print("step     " + "".join(f"{name:>18}" for name in SETS))
    for step in STEPS:
        print(f"{step:<9.2f}" + "".join(f"{one.score(step):>18.4f}" for one in sets.values()))
    print(f"chosen on all: {chosen(tuple(sets.values())):.2f}")
    steps = [chosen(tuple(sets.values()), fold) for fold in range(FOLDS)]
    print(f"chosen without each fold: {', '.join(f'{step:.2f}' for step in steps)}")
    print("unseen   " + "".join(f"{unseen(one, steps):>18.4f}" for one in sets.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
