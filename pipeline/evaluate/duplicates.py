"""Copies on labelled pairs, beside MinHash of the same word 5-grams in the same run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from datasketch import MinHash

from pipeline.copies import CopyLink, candidate_pairs, compared, holders_of
from pipeline.duplicates import CONTAINMENT, Profile, containment, profile
from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.partitions import Agreement, adjusted_rand, groups, pairs_agreement
from pipeline.evaluate.report import Progress, Report, Table
from pipeline.fingerprint import text_keys
from pipeline.words import shingles

Pair = tuple[int, int]  # places in the data, the smaller first
_POSITIVE = frozenset({"dup", "abridged"})
_LEFT_OUT = "short"
_PERMUTATIONS = 128
_CURVE = tuple(step / 100 for step in range(50, 80, 2))
_MINHASH_CURVE = tuple(step / 100 for step in range(10, 80, 2))


@dataclass(frozen=True, slots=True)
class _Text:
    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class _Labelled:
    a: str | int
    b: str | int
    label: str


@dataclass(frozen=True, slots=True)
class _Truth:
    """Labels of pairs; a pair without one is of two different texts."""

    labels: Mapping[Pair, str]
    count: int  # of texts

    def agreement(self, found: Sequence[Pair]) -> Agreement:
        counted = [pair for pair in found if self.labels.get(pair) != _LEFT_OUT]
        right = sum(self.labels.get(pair) in _POSITIVE for pair in counted)
        return pairs_agreement(right, len(counted), sum(label in _POSITIVE for label in self.labels.values()))

    def rand(self, found: Sequence[Pair]) -> float:
        wanted = sorted(pair for pair, label in self.labels.items() if label in _POSITIVE)
        counted = sorted(pair for pair in found if self.labels.get(pair) != _LEFT_OUT)
        return adjusted_rand(groups(self.count, counted), groups(self.count, wanted))


def evaluate_duplicates(data: Path, predictions: Path | None, progress: Progress | None = None) -> Report:
    """Find the copies among the articles of a folder, write `predictions` and score against its pairs, if it has any.

    Raises `KlipingError` naming file and line where the data cannot be read, or the predictions cannot be written.
    """
    texts = read_lines(_file(data, "articles"), _Text)
    profiles, keys = _prepare(texts, progress)
    candidates = candidate_pairs(profiles, holders_of(keys))
    links = compared(profiles, candidates)
    if predictions is not None:
        write_lines(predictions, (_prediction(link, texts) for link in links))
    counts = Table("Copies", ("articles", "candidate pairs", "copies"), ((len(texts), len(candidates), len(links)),))
    pairs = _optional(data, "pairs")
    if pairs is None:
        return Report("duplicates", (counts,))
    truth = _truth(read_lines(pairs, _Labelled), texts)
    return Report("duplicates", (_scores(truth, links, texts), _curve(truth, profiles, candidates), counts))


def _prepare(
    texts: Sequence[_Text], progress: Progress | None
) -> tuple[dict[int, Profile], dict[int, tuple[str, ...]]]:
    profiles, keys = {}, {}
    for place, one in enumerate(texts):
        profiles[place] = profile(one.text)
        keys[place] = text_keys(one.text)
        if progress is not None:
            progress(place + 1, len(texts))
    return profiles, keys


def _file(data: Path, name: str) -> Path:
    found = _optional(data, name)
    if found is None:
        raise KlipingError(f"{data}: has no {name}.jsonl or {name}.jsonl.gz; give the folder that holds it")
    return found


def _optional(data: Path, name: str) -> Path | None:
    return next((path for path in (data / f"{name}.jsonl", data / f"{name}.jsonl.gz") if path.exists()), None)


def _prediction(link: CopyLink, texts: Sequence[_Text]) -> dict[str, str | int | float]:
    similarity = link.similarity
    return {
        "a": str(texts[link.a].id),
        "b": str(texts[link.b].id),
        "kind": similarity.kind,
        "score": round(similarity.containment, 4),
    }


def _truth(labelled: Sequence[_Labelled], texts: Sequence[_Text]) -> _Truth:
    place = {str(one.id): number for number, one in enumerate(texts)}
    labels = {}
    for one in labelled:
        try:
            a, b = sorted((place[str(one.a)], place[str(one.b)]))
        except KeyError as error:
            raise KlipingError(f"the pairs name an article that is not there: {error.args[0]}") from None
        labels[a, b] = one.label
    return _Truth(labels, len(texts))


def _scores(truth: _Truth, links: Sequence[CopyLink], texts: Sequence[_Text]) -> Table:
    own = [(link.a, link.b) for link in links]
    threshold, other = _minhash(truth, texts)
    rows = tuple(
        (name, cut, *_figures(truth.agreement(found)), round(truth.rand(found), 4))
        for name, cut, found in (("kliping", CONTAINMENT, own), ("datasketch MinHash", threshold, other))
    )
    return Table("Pairs held to be one text", ("method", "threshold", "P", "R", "F1", "ARI"), rows)


def _minhash(truth: _Truth, texts: Sequence[_Text]) -> tuple[float, list[Pair]]:
    """The pairs at the threshold that gives MinHash its best F1 on these very labels, and that threshold."""
    sketches = []
    for one in texts:
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update_batch([shingle.encode() for shingle in sorted(shingles(one.text, 5))])
        sketches.append(sketch)
    alike = [(float(sketches[a].jaccard(sketches[b])), (a, b)) for a, b in combinations(range(len(texts)), 2)]
    found = {cut: [pair for value, pair in alike if value >= cut] for cut in _MINHASH_CURVE}
    best = max(found, key=lambda cut: truth.agreement(found[cut]).f1)
    return best, found[best]


def _curve(truth: _Truth, profiles: Mapping[int, Profile], candidates: Sequence[Pair]) -> Table:
    shares = [(containment(profiles[a], profiles[b]), (a, b)) for a, b in candidates]
    rows = tuple((cut, *_figures(truth.agreement([pair for share, pair in shares if share >= cut]))) for cut in _CURVE)
    return Table("Containment alone, by threshold", ("threshold", "P", "R", "F1"), rows)


def _figures(agreement: Agreement) -> tuple[float, float, float]:
    return round(agreement.precision, 4), round(agreement.recall, 4), round(agreement.f1, 4)
