"""`evaluate stories` and `evaluate duplicates`: their forms and their errors."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.errors import KlipingError
from pipeline.evaluate.baselines import online_tfidf
from pipeline.evaluate.duplicates import evaluate_duplicates
from pipeline.evaluate.partitions import adjusted_rand, bcubed
from pipeline.evaluate.report import Cell, Report
from pipeline.evaluate.stories import evaluate_stories

FIRE = "Pasar Muara Jati terbakar Rabu dini hari. Sebanyak 45 kios habis, kata Rusli Tamrin."
FLOOD = "Air Sungai Bandeng meluap Kamis malam. Camat Yuliana Safitri mengungsikan 210 warga ke sekolah."
SAMPLES: list[dict[str, object]] = [
    {"id": 1, "story": "a", "text": FIRE, "headline": "Pasar terbakar", "lang": "id"},
    {"id": 2, "story": "a", "text": f"{FIRE} Api padam pukul lima pagi.", "lang": "id"},
    {"id": "3", "story": "b", "text": FLOOD, "lang": "id", "published": "2026-08-04T09:00:00"},
]


def write(path: Path, lines: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def row(report: Report, title: str, number: int = 0) -> Mapping[str, Cell]:
    table = next(table for table in report.tables if table.title == title)
    return dict(zip(table.columns, table.rows[number], strict=True))


def figure(report: Report, title: str, column: str) -> float:
    return float(row(report, title)[column] or 0)


@pytest.mark.parametrize("name", ["data.jsonl", "data.jsonl.gz"])
def test_stories_are_scored_and_predicted_in_the_order_of_the_input(tmp_path: Path, name: str) -> None:
    seen: list[tuple[int, int]] = []
    report = evaluate_stories(write(tmp_path / name, SAMPLES), tmp_path / "out.jsonl", lambda *step: seen.append(step))
    assert figure(report, "Stories", "B³ F1") == 1.0
    assert seen[-1] == (3, 3)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["1", "2", "3"]
    assert lines[0]["story"] == lines[1]["story"] != lines[2]["story"]


def test_without_labels_stories_are_only_counted(tmp_path: Path) -> None:
    bare: list[dict[str, object]] = [{"id": one["id"], "text": one["text"], "lang": "id"} for one in SAMPLES]
    report = evaluate_stories(write(tmp_path / "data.jsonl", bare), None)
    assert [table.title for table in report.tables] == ["Found"]
    assert row(report, "Found") == {"articles": 3, "stories": 2}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": 1, "text": "a"}\n{oops', r"data\.jsonl: line 2: not JSON"),
        ('{"id": 1}\n', r"data\.jsonl: line 1: text: Field required"),
        (None, r"data\.jsonl: cannot be read"),
    ],
)
def test_wrong_data_are_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    data = tmp_path / "data.jsonl"
    if content is not None:
        data.write_text(content, encoding="utf-8")
    with pytest.raises(KlipingError, match=message):
        evaluate_stories(data, None)


def test_predictions_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match="cannot be written"):
        evaluate_stories(write(tmp_path / "data.jsonl", SAMPLES), tmp_path / "nowhere" / "out.jsonl")


def test_a_folder_without_articles_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match=r"has no articles\.jsonl"):
        evaluate_duplicates(tmp_path, None)


def test_copies_without_labels_are_only_counted(tmp_path: Path) -> None:
    text = " ".join(f"Kalimat ke-{n} tentang pasar yang terbakar di tepi kota." for n in range(9))
    write(tmp_path / "articles.jsonl", [{"id": "x", "text": text}, {"id": 2, "text": text}, {"id": 3, "text": FLOOD}])
    report = evaluate_duplicates(tmp_path, tmp_path / "out.jsonl")
    assert row(report, "Copies") == {"articles": 3, "candidate pairs": 1, "copies": 1}
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert line == {"a": "x", "b": "2", "kind": "copy", "score": 1.0}


def test_pairs_of_unknown_articles_are_one_line(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", [{"id": 1, "text": FIRE}])
    write(tmp_path / "pairs.jsonl", [{"a": 1, "b": 9, "label": "dup"}])
    with pytest.raises(KlipingError, match="name an article that is not there: 9"):
        evaluate_duplicates(tmp_path, None)


def test_bcubed_and_adjusted_rand() -> None:
    found, wanted = [1, 1, 1, 2], ["a", "a", "b", "b"]
    agreement = bcubed(found, wanted)
    assert agreement.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert agreement.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert adjusted_rand(found, wanted) == pytest.approx(0.0)
    assert adjusted_rand(wanted, wanted) == 1.0
    assert bcubed([], []).f1 == 0.0


def test_online_tfidf_joins_the_likest_cluster() -> None:
    found = online_tfidf([FIRE, FLOOD, f"{FIRE} Padam."], [0.2, 1.1])
    assert found == {0.2: [0, 1, 0], 1.1: [0, 1, 2]}
