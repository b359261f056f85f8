"""Copies on labelled pairs, beside what others do on the same texts in the same run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.copies import CopyLink, candidate_pairs, compared, holders_of
from pipeline.duplicates import ONE_TEXT, Profile, containment, jaccard, profile, sameness, shared_sentences
from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.pair_labels import LabelledPair, Pair, Truth, best_threshold, cross_validated, truth_of
from pipeline.evaluate.partitions import Agreement
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.evaluate.sketches import datasketch_minhash, exact_containment, rensa_minhash
from pipeline.fingerprint import text_keys

_CURVE = tuple(step / 100 for step in range(48, 71))
_FINE = tuple(step / 200 for step in range(96, 141))
_OTHERS_CURVE = tuple(step / 100 for step in range(10, 90))  # the others' thresholds are chosen on these very labels


@dataclass(frozen=True, slots=True)
class _Text:
    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What we say of the texts."""

    texts: Sequence[_Text]
    profiles: Mapping[int, Profile]
    candidates: Sequence[Pair]
    links: Sequence[CopyLink]

    @property
    def pairs(self) -> list[Pair]:
        return [(link.a, link.b) for link in self.links]


def evaluate_duplicates(
    data: Path, predictions: Path | None, progress: Progress | None = None, *, disagreements: bool = False
) -> Report:
    """Find the copies among the articles of a folder, write `predictions` and score against its pairs, if it has any.

    `disagreements`: list the pairs that the labels and we judge otherwise. Raises `KlipingError` naming file and line
    where the data cannot be read, or the predictions cannot be written.
    """
    found = _find(read_lines(_file(data, "articles"), _Text), progress)
    if predictions is not None:
        write_lines(predictions, (_prediction(link, found.texts) for link in found.links))
    pairs = _optional(data, "pairs")
    if pairs is None:
        return Report("duplicates", (_counts(found),))
    truth = truth_of(read_lines(pairs, LabelledPair), [str(one.id) for one in found.texts])
    shares = {(a, b): sameness(found.profiles[a], found.profiles[b]) for a, b in found.candidates}
    tables = [_scores(truth, found), _curve(truth, shares), _folds(truth, shares), _counts(found)]
    return Report("duplicates", (*tables, _disagreements(truth, found)) if disagreements else tuple(tables))


def _find(texts: Sequence[_Text], progress: Progress | None) -> _Found:
    profiles, keys = {}, {}
    for place, one in enumerate(texts):
        profiles[place] = profile(one.text)
        keys[place] = text_keys(one.text)
        if progress is not None:
            progress(place + 1, len(texts))
    candidates = candidate_pairs(keys, holders_of(keys))
    return _Found(texts, profiles, candidates, compared(profiles, candidates))


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


def _counts(found: _Found) -> Table:
    row = (len(found.texts), len(found.candidates), len(found.links))
    return Table("Copies", ("articles", "candidate pairs", "copies"), (row,))


def _scores(truth: Truth, found: _Found) -> Table:
    texts = [one.text for one in found.texts]
    rows = [_score("kliping", ONE_TEXT, truth, found.pairs)]
    for name, scores in (
        ("datasketch MinHash at its best threshold", datasketch_minhash(texts)),
        ("rensa MinHash at its best threshold", rensa_minhash(texts)),
        ("exact 5-gram containment at its best threshold", exact_containment(texts)),
    ):
        cut = best_threshold(truth, scores, _OTHERS_CURVE)
        rows.append(_score(name, cut, truth, [pair for pair, score in scores.items() if score >= cut]))
    return Table("Pairs held to be one text", ("method", "threshold", "P", "R", "F1", "ARI"), tuple(rows))


def _score(name: str, cut: float, truth: Truth, pairs: Sequence[Pair]) -> tuple[Cell, ...]:
    return name, cut, *_figures(truth.agreement(pairs)), round(truth.rand(pairs), 4)


def _curve(truth: Truth, shares: Mapping[Pair, float]) -> Table:
    rows = []
    for cut in _CURVE:
        agreement = truth.agreement(pair for pair, share in shares.items() if share >= cut)
        rows.append((cut, *_figures(agreement)))
    return Table("Sameness (shingles and sentences), by threshold", ("threshold", "P", "R", "F1"), tuple(rows))


def _folds(truth: Truth, shares: Mapping[Pair, float]) -> Table:
    *folds, whole = cross_validated(truth, shares, _FINE)
    rows: list[tuple[Cell, ...]] = [(str(n), cut, *_figures(one)) for n, (cut, one) in enumerate(folds, 1)]
    rows.append(("all", round(whole[0], 4), *_figures(whole[1])))
    columns = ("fold", "threshold", "P", "R", "F1")
    return Table("Sameness, its threshold chosen without the fold's texts", columns, tuple(rows))


def _disagreements(truth: Truth, found: _Found) -> Table:
    kinds = {(link.a, link.b): link.similarity.kind for link in found.links}
    rows = []
    for a, b in truth.disagreements(found.pairs):
        ours: Cell = kinds.get((a, b), "different")
        pair = found.profiles[a], found.profiles[b]
        shares = (round(measure(*pair), 4) for measure in (containment, jaccard, shared_sentences))
        rows.append((str(found.texts[a].id), str(found.texts[b].id), truth.label((a, b)), ours, *shares))
    columns = ("a", "b", "label", "ours", "containment", "jaccard", "sentences")
    return Table("Pairs that the labels and we judge otherwise", columns, tuple(rows))


def _figures(agreement: Agreement) -> tuple[float, float, float]:
    return round(agreement.precision, 4), round(agreement.recall, 4), round(agreement.f1, 4)
