"""Labelled pairs of texts: which of them are one text, and how well others' pairs agree with that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import KlipingError
from pipeline.evaluate.partitions import Agreement, adjusted_rand, groups, pairs_agreement

Pair = tuple[int, int]  # places in the data, the smaller first
ONE_TEXT = frozenset({"dup", "abridged"})
LEFT_OUT = "short"  # too little text to say
UNLABELLED = "diff"  # a pair without a label is of two different texts


@dataclass(frozen=True, slots=True)
class LabelledPair:
    a: str | int
    b: str | int
    label: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Labels of pairs of texts, known by place."""

    labels: Mapping[Pair, str]
    count: int  # of texts

    def label(self, pair: Pair) -> str:
        return self.labels.get(pair, UNLABELLED)

    def counted(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Those of the pairs that count, ascending."""
        return sorted(pair for pair in pairs if self.label(pair) != LEFT_OUT)

    def wanted(self) -> list[Pair]:
        """The pairs that are one text, ascending."""
        return sorted(pair for pair, label in self.labels.items() if label in ONE_TEXT)

    def agreement(self, found: Iterable[Pair]) -> Agreement:
        counted, wanted = self.counted(found), self.wanted()
        return pairs_agreement(len(set(counted) & set(wanted)), len(counted), len(wanted))

    def rand(self, found: Iterable[Pair]) -> float:
        """The adjusted Rand index of the groups that the pairs make."""
        return adjusted_rand(groups(self.count, self.counted(found)), groups(self.count, self.wanted()))

    def disagreements(self, found: Iterable[Pair]) -> list[Pair]:
        """Pairs found that are not one text, and pairs of one text that were not found; ascending."""
        return sorted(set(self.counted(found)) ^ set(self.wanted()))


def truth_of(labelled: Sequence[LabelledPair], ids: Sequence[str]) -> Truth:
    """The labels by place in `ids`. Raises `KlipingError` where a pair names a text that is not there."""
    place = {one: number for number, one in enumerate(ids)}
    labels = {}
    for one in labelled:
        try:
            a, b = sorted((place[str(one.a)], place[str(one.b)]))
        except KeyError as error:
            raise KlipingError(f"the pairs name an article that is not there: {error.args[0]}") from None
        labels[a, b] = one.label
    return Truth(labels, len(ids))


def best_threshold(truth: Truth, scores: Mapping[Pair, float], thresholds: Iterable[float]) -> float:
    """The threshold from which on pairs agree best with the labels; of equally good ones the middle one."""
    f1 = {cut: truth.agreement(_at_least(scores, cut)).f1 for cut in thresholds}
    best = [cut for cut, value in f1.items() if value == max(f1.values())]
    return best[len(best) // 2]


def cross_validated(
    truth: Truth, scores: Mapping[Pair, float], thresholds: Sequence[float], folds: int = 5
) -> list[tuple[float, Agreement]]:
    """(threshold chosen without the fold's texts, agreement of it on the fold's pairs) for each fold, and for all.

    Texts of one group stay in one fold. The last row counts the pairs of all folds together; its threshold is the mean.
    """
    fold_of = _folds(truth, folds)
    rows: list[tuple[float, Agreement]] = []
    everything: list[Pair] = []
    for fold in range(folds):
        seen = {pair for pair in {*scores, *truth.labels} if fold not in (fold_of[pair[0]], fold_of[pair[1]])}
        cut = best_threshold(_part(truth, seen), {pair: scores[pair] for pair in seen & scores.keys()}, thresholds)
        unseen = {pair for pair in {*scores, *truth.labels} if fold == fold_of[pair[0]]}
        found = [pair for pair in _at_least(scores, cut) if pair in unseen]
        rows.append((cut, _part(truth, unseen).agreement(found)))
        everything += found
    return [*rows, (sum(cut for cut, _ in rows) / folds, truth.agreement(everything))]


def _folds(truth: Truth, folds: int) -> list[int]:
    """For each text its fold: the largest groups first, each into the fold that has fewest texts."""
    group = groups(truth.count, truth.wanted())
    members: dict[int, list[int]] = {}
    for place, number in enumerate(group):
        members.setdefault(number, []).append(place)
    sizes, fold_of = [0] * folds, [0] * truth.count
    for places in sorted(members.values(), key=lambda places: (-len(places), places)):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(places)
        for place in places:
            fold_of[place] = fold
    return fold_of


def _part(truth: Truth, pairs: Iterable[Pair]) -> Truth:
    return Truth({pair: truth.labels[pair] for pair in pairs if pair in truth.labels}, truth.count)


def _at_least(scores: Mapping[Pair, float], cut: float) -> list[Pair]:
    return [pair for pair, score in scores.items() if score >= cut]
