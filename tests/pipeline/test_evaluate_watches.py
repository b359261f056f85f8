"""`evaluate watches`: figures on labelled cases, what persons judged among them, and disagreements in words."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digests.cli.entry import run
from pipeline.errors import KlipingError
from pipeline.evaluate.report import Report
from pipeline.evaluate.watches import Case, evaluate_watches, read_cases
from pipeline.watches import bundled_watches
from tests.digests.cli.running import one_line

MGMAC = "Meeting of Governors and Mayors of ASEAN Capitals"
CASES: tuple[dict[str, object], ...] = (
    {
        "id": "en-1", "lang": "en", "scope": "in", "headline": f"{MGMAC} 2023 opens",
        "body": [f"The {MGMAC} 2023 opened on Tuesday."], "watches": {"mgmac": 2023}, "places": [], "topics": [],
        "headline_tone": "netral",
    },
    {
        "id": "en-2", "lang": "en", "scope": "in", "headline": f"{MGMAC} 2023 ends",
        "body": [f"The {MGMAC} 2023 ended on Friday."], "watches": {"mgmac": 2024, "amf": None},
        "places": ["Atlantis"], "topics": ["flood"],
    },
    {
        "id": "en-3", "lang": "en", "scope": "near", "headline": f"{MGMAC} is not this",
        "body": ["A choir took the name for a joke."], "watches": {},
    },
    {"id": "id-1", "lang": "id", "scope": "out", "headline": "Harga cabai naik", "body": ["Naik lagi."], "watches": {}},
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return _write(tmp_path / "cases.jsonl", CASES)


def _write(path: Path, cases: tuple[dict[str, object], ...]) -> Path:
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return path


def _rows(report: Report, title: str) -> dict[object, dict[str, object]]:
    (table,) = (table for table in report.tables if table.title.partition(" judged")[0] == title)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def _figures(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("labelled", "right", "wrong", "missed", "P", "R"))


def test_watches_are_scored_each_together_and_as_texts(data: Path) -> None:
    rows = _rows(evaluate_watches(data, None, bundled_watches()), "Watches")
    assert _figures(rows["mgmac"]) == (2, 2, 1, 0, 0.6667, 1.0)
    assert _figures(rows["amf"]) == (1, 0, 0, 1, None, 0.0)
    assert _figures(rows["all"]) == (3, 2, 1, 1, 0.6667, 0.6667)
    assert _figures(rows["ours at all (texts)"]) == (2, 2, 1, 0, 0.6667, 1.0)


def test_cases_languages_and_editions_are_counted(data: Path) -> None:
    report = evaluate_watches(data, None, bundled_watches())
    counts = _rows(report, "Cases: 4, of them 0")
    assert [(row["meant"], row["texts"], row["ours"]) for row in counts.values()] == [
        ("in", 2, 2),
        ("near", 1, 1),
        ("out", 1, 0),
    ]
    languages = _rows(report, "Watches by language")
    assert (languages["en"]["texts"], languages["id"]["texts"], languages["id"]["P"]) == (3, 1, None)
    (editions,) = _rows(report, "Editions").values()
    assert (editions["matches"], editions["right"], editions["another year"]) == (2, 1, 1)


def test_what_is_not_labelled_is_not_scored(data: Path) -> None:
    report = evaluate_watches(data, None, bundled_watches())
    assert _rows(report, "Places by language")["all"]["labelled"] == 1
    assert _rows(report, "Topics")["flood"]["missed"] == 1
    (bare,) = [Case("judged-1", headline="Kota", body=("Teks.",))]
    alone = evaluate_watches(None, None, bundled_watches(), judged=[bare])
    assert not any(table.title.startswith(("Places", "Topics")) for table in alone.tables)


def test_disagreements_are_told_in_words(data: Path) -> None:
    (table,) = evaluate_watches(data, None, bundled_watches(), disagreements=True).tables[-1:]
    told = {(row[0], row[1]): str(row[2]) for row in table.rows}
    assert told["en-2", "watch"] == "amf is labelled, not found"
    assert told["en-2", "edition"] == "mgmac 2024 is labelled, we say 2023"
    assert told["en-2", "place"] == "Atlantis is labelled, not found"
    assert told["en-3", "watch"].startswith("mgmac is not labelled, we say: ")
    assert ("en-1", "watch") not in told


def test_predictions_are_one_line_a_case(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    evaluate_watches(data, out, bundled_watches())
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [case["id"] for case in CASES]
    assert lines[0] | {"places": [], "topics": []} == {
        "id": "en-1",
        "watches": {"mgmac": 2023},
        "possible": [],
        "places": [],
        "topics": [],
    }


def test_a_case_is_read_with_all_that_it_tells() -> None:
    told = {"description": f"Of the {MGMAC}.", "date_published": datetime(2024, 10, 1, tzinfo=UTC)}
    one = Case("judged-1", headline="Mayors", body=("They met this year.",), watches={"mgmac": None}, **told)  # type: ignore[arg-type]  # real fields
    rows = _rows(evaluate_watches(None, None, bundled_watches(), judged=[one]), "Watches")
    assert _figures(rows["mgmac"]) == (1, 1, 0, 0, 1.0, 1.0)


def test_judged_cases_stand_beside_the_data_and_once_only(data: Path) -> None:
    judged = [Case("judged-7", headline=f"{MGMAC} 2023", body=("Ours.",), watches={"mgmac": 2023}, scope="in")]
    report = evaluate_watches(data, None, bundled_watches(), judged=judged)
    assert _rows(report, "Cases: 5, of them 1")["in"]["texts"] == 3
    exported = [Case(str(case["id"])) for case in CASES]
    assert _rows(evaluate_watches(data, None, bundled_watches(), judged=exported), "Cases: 4, of them 0")


def test_a_folder_and_gz_are_read_too(data: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(b'{"id": "x"}\n'))
    assert [case.id for case in read_cases(tmp_path)] == ["en-1", "en-2", "en-3", "id-1", "x"]
    assert [case.id for case in read_cases(tmp_path / "more.jsonl.gz")] == ["x"]
    assert len(read_cases(data)) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json\n", "line 1: not JSON"),
        ('{"headline": "x"}\n', "line 1: id"),
        ('{"id": "a", "watches": ["mgmac"]}\n', "line 1: watches"),
        ('{"id": "a", "watches": {"mgmac": "soon"}}\n', "line 1: watches.mgmac"),
        ('{"id": "a"}\n{"id": "a"}\n', "the case 'a' stands there twice"),
        ("", "no labelled case"),
    ],
)
def test_bad_data_are_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KlipingError) as caught:
        evaluate_watches(file, None, bundled_watches())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_cases_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match=r"holds no \*\.jsonl"):
        read_cases(tmp_path)


def test_the_command_prints_tables_and_refuses_what_a_task_has_not(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIPING_HOME", str(tmp_path / "home"))
    assert run(["evaluate", "watches", str(data), "--disagreements"]) == 0
    assert "Where the labels and we differ" in capsys.readouterr().out
    for words, message in (
        (["pages"], "DATA: pages needs labelled data"),
        (["watches", str(data), "--against", str(data)], "--against: watches compares with nobody's file"),
        (["quotes", str(data), "--disagreements"], "--disagreements: quotes has no pairs"),
    ):
        assert run(["evaluate", *words]) == 2
        assert message in one_line(capsys.readouterr().err)
