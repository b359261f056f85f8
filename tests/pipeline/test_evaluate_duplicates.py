"""Labelled pairs: agreement, disagreements, thresholds chosen and unseen; and what others measure likeness by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digests.cli.entry import run
from pipeline.errors import KlipingError
from pipeline.evaluate.duplicates import evaluate_duplicates
from pipeline.evaluate.pair_labels import LabelledPair, Truth, best_threshold, cross_validated, truth_of
from pipeline.evaluate.report import Report
from pipeline.evaluate.sketches import datasketch_minhash, exact_containment, rensa_minhash
from tests.digests.cli.running import one_line

MARKET = " ".join(f"Kios nomor {n} di pasar lama habis terbakar pada malam ke-{n} bulan itu." for n in range(1, 9))
BRIDGE = " ".join(f"Tiang ke-{n} jembatan baru dipasang petugas dalam hujan pada pekan ke-{n}." for n in range(1, 9))
CUT = MARKET[: len(MARKET) // 2].rsplit(".", 1)[0] + "."
TEXTS = {"a": MARKET, "b": MARKET, "c": CUT, "d": BRIDGE}
PAIRS = [("a", "b", "dup"), ("b", "c", "abridged"), ("a", "c", "partial"), ("c", "d", "dup"), ("a", "d", "short")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    _write(tmp_path / "articles.jsonl", [{"id": name, "text": text} for name, text in TEXTS.items()])
    _write(tmp_path / "pairs.jsonl", [{"a": a, "b": b, "label": label} for a, b, label in PAIRS])
    return tmp_path


def _write(path: Path, lines: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _rows(report: Report, title: str) -> list[dict[str, object]]:
    (table,) = (table for table in report.tables if table.title.startswith(title))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_ours_and_the_others_stand_in_one_table(data: Path) -> None:
    rows = _rows(evaluate_duplicates(data, None), "Pairs held to be one text")
    assert [str(row["method"]).partition(" at ")[0] for row in rows] == [
        "kliping",
        "datasketch MinHash",
        "rensa MinHash",
        "exact 5-gram containment",
    ]
    assert (rows[0]["P"], rows[0]["R"]) == (round(2 / 3, 4), round(2 / 3, 4))


def test_disagreements_are_listed_when_asked_for(data: Path) -> None:
    assert len(evaluate_duplicates(data, None).tables) == 4
    report = evaluate_duplicates(data, None, disagreements=True)
    found = _rows(report, "Pairs that the labels")
    assert [(row["a"], row["b"], row["label"], row["ours"]) for row in found] == [
        ("a", "c", "partial", "abridged"),
        ("c", "d", "dup", "different"),
    ]
    assert found[0]["containment"] == found[0]["sentences"] == 1.0
    assert found[1]["jaccard"] == 0.0


def test_the_command_lists_disagreements(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIPING_HOME", str(data / "home"))
    assert run(["evaluate", "duplicates", str(data), "--disagreements", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)["tables"]
    assert len(tables[-1]["rows"]) == 2
    assert run(["evaluate", "stories", str(data), "--disagreements"]) != 0
    assert "--disagreements: stories has no pairs" in one_line(capsys.readouterr().err)


def test_labels_of_unknown_texts_are_one_line() -> None:
    with pytest.raises(KlipingError, match="not there: x"):
        truth_of([LabelledPair("a", "x", "dup")], ["a", "b"])


TRUTH = Truth({(0, 1): "dup", (2, 3): "abridged", (1, 2): "partial", (0, 3): "short"}, 5)


def test_pairs_too_short_to_tell_count_for_nothing() -> None:
    agreement = TRUTH.agreement([(0, 1), (1, 2), (0, 3)])
    assert (agreement.precision, agreement.recall) == (0.5, 0.5)
    assert TRUTH.disagreements([(0, 1), (1, 2), (0, 3), (0, 4)]) == [(0, 4), (1, 2), (2, 3)]
    assert TRUTH.rand([(0, 1), (2, 3)]) == 1.0


def test_of_equally_good_thresholds_the_middle_one_is_chosen() -> None:
    scores = {(0, 1): 0.9, (2, 3): 0.8, (1, 2): 0.4}
    assert best_threshold(TRUTH, scores, [0.3, 0.5, 0.6, 0.7, 0.9]) == 0.6


def test_a_threshold_is_scored_on_what_it_was_not_chosen_with() -> None:
    labels = {(2 * n, 2 * n + 1): "dup" for n in range(10)} | {(4 * n, 4 * n + 2): "partial" for n in range(4)}
    scores = {pair: 0.8 if label == "dup" else 0.4 for pair, label in labels.items()}
    scores[0, 1] = 0.5  # unlike all others: only its own fold could know
    *folds, (mean, whole) = cross_validated(Truth(labels, 20), scores, [0.3, 0.45, 0.5, 0.6, 0.7, 0.75])
    assert len(folds) == 5
    assert 0.45 <= mean <= 0.75
    assert (whole.precision, whole.recall) == (1.0, 0.9)


@pytest.mark.parametrize("measure", [datasketch_minhash, rensa_minhash, exact_containment])
def test_others_know_equal_texts_and_different_ones(measure: object) -> None:
    assert callable(measure)
    found = measure(list(TEXTS.values()))
    assert found[0, 1] == pytest.approx(1.0)
    assert found[0, 3] < 0.05
    assert len(found) == 6
