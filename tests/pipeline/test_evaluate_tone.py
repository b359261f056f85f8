"""`evaluate tone`: its forms, its figures and its errors."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.errors import KlipingError
from pipeline.evaluate.report import Cell, Report
from pipeline.evaluate.tone import evaluate_tone, macro_f1

CASES: list[dict[str, object]] = [
    {
        "id": "id-1",
        "lang": "id",
        "headline": "Meriah! Forum Wali Kota",
        "body": ["Delegasi mengeluhkan bus yang terlambat.", "Panitia dikritik."],
        "headline_tone": "positif",
        "body_tone": "negatif",
        "scope": "in",
    },
    {
        "id": "en-1",
        "lang": "en",
        "headline": "Mayors to meet in Hanoi",
        "body": ["The meeting begins on Monday."],
        "headline_tone": "netral",
        "body_tone": "positif",
    },
    {
        "id": "th-1",
        "lang": "th",
        "headline": "ประชุม",
        "body": ["ประชุมวันนี้"],
        "headline_tone": "netral",
        "body_tone": None,
    },
]


def write(path: Path, lines: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def rows(report: Report, title: str) -> dict[Cell, Mapping[str, Cell]]:
    table = next(table for table in report.tables if table.title == title)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


@pytest.mark.parametrize("name", ["cases.jsonl", "cases.jsonl.gz", "."])
def test_a_file_or_a_folder_is_scored(tmp_path: Path, name: str) -> None:
    write(tmp_path / ("cases.jsonl" if name == "." else name), CASES)
    seen: list[tuple[int, int]] = []
    report = evaluate_tone(tmp_path / name, None, lambda *step: seen.append(step))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    tone = rows(report, "Tone")
    assert tone["headline"] == {
        "part": "headline",
        "labelled": 3,
        "told": 0.6667,
        "accuracy": 0.6667,
        "macro-F1": 0.8333,
    }
    assert (tone["body"]["labelled"], tone["both"]["labelled"]) == (2, 5)
    confusion = rows(report, "Tone of body: label, and what was read")
    assert (confusion["positif"]["netral"], confusion["negatif"]["negatif"]) == (1, 1)
    assert (confusion["negatif"]["P"], confusion["negatif"]["R"], confusion["positif"]["P"]) == (1.0, 1.0, None)
    differ = rows(report, "Headline and body differ")
    assert differ[1] == {"labelled": 1, "told": 1, "right": 1, "P": 1.0, "R": 1.0}
    assert sorted(str(language) for language in rows(report, "By language")) == ["en", "id", "th"]


def test_predictions_tell_both_tones_and_the_mark(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    evaluate_tone(write(tmp_path / "cases.jsonl", CASES), out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {"id": "id-1", "headline_tone": "positif", "body_tone": "negatif", "tones_differ": True}
    assert lines[2] == {"id": "th-1", "headline_tone": None, "body_tone": None, "tones_differ": False}


def test_cases_without_labels_and_language_are_still_predicted(tmp_path: Path) -> None:
    bare = {"id": 7, "headline": "Delegasi mengeluhkan bus yang terlambat di Jakarta", "body": ["Panitia dikritik."]}
    out = tmp_path / "out.jsonl"
    report = evaluate_tone(write(tmp_path / "cases.jsonl", [bare]), out)
    assert json.loads(out.read_text(encoding="utf-8"))["headline_tone"] == "negatif"
    assert rows(report, "Tone")["both"]["macro-F1"] is None


def test_what_is_not_told_counts_as_missed() -> None:
    assert macro_f1([("positif", "positif"), ("positif", None)]) == 0.6667
    assert macro_f1([("positif", "positif"), ("negatif", "netral")]) == 0.3333
    assert macro_f1([]) is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{**CASES[0], "headline_tone": "good"}], "line 1: headline_tone: Input should be"),
        ([CASES[0], CASES[0]], "case id-1 stands twice"),
        ([{"headline": "x"}], "line 1: id: Field required"),
        ([{**CASES[0], "body": "one text"}], "line 1: body"),
        ([], "nothing to score"),
    ],
)
def test_bad_data_is_told_in_one_line(tmp_path: Path, lines: list[dict[str, object]], said: str) -> None:
    with pytest.raises(KlipingError) as error:
        evaluate_tone(write(tmp_path / "cases.jsonl", lines), None)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_empty_folder_and_a_missing_file_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match=r"holds no \.jsonl file"):
        evaluate_tone(tmp_path, None)
    with pytest.raises(KlipingError, match="cannot be read"):
        evaluate_tone(tmp_path / "none.jsonl", None)
