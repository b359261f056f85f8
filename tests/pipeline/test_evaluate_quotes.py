"""`evaluate quotes`: JSON Lines and PFSA-ID, predictions in order, offsets into the very text, errors in one line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import KlipingError
from pipeline.evaluate.pfsa import is_pfsa, read_pfsa
from pipeline.evaluate.quotes import evaluate_quotes
from pipeline.evaluate.report import Report, Table

_TEXT = "  Sekda DKI Jakarta Hadi Wirawan tiba.\r\n\r\n\n“Nanti kita sampaikan,” kata Hadi.\n“Terima kasih,” ujarnya."
_PFSA = """SALATIGA O
, O
KOMPAS O
— O
Wali B-ROLE
Kota I-ROLE
Salatiga L-ROLE
Ratri U-PERSON
tiba O
. O

” B-STATEMENT
Kita I-STATEMENT
mulai I-STATEMENT
hari I-STATEMENT
ini I-STATEMENT
, I-STATEMENT
” L-STATEMENT
kata U-CUE
Ratri U-PERSONCOREF
. O
” O
Saya O
ikut O
senang O
, O
” O
kata O
Slamet O
, O
warga O
. O
BREBES O
, O
KOMPAS O
— O
Hujan O
turun O
. O
"""


def _write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def _table(report: Report, title: str) -> Table:
    return next(table for table in report.tables if table.title == title)


def _row(table: Table, name: str) -> dict[str, object]:
    row = next(row for row in table.rows if row[0] == name)
    return dict(zip(table.columns, row, strict=True))


def test_predictions_are_slices_of_the_text_given(tmp_path: Path) -> None:
    data = _write(
        tmp_path / "data.jsonl", {"id": "a", "text": _TEXT, "lang": "id"}, {"id": "b", "text": "", "lang": "id"}
    )
    evaluate_quotes(data, tmp_path / "out.jsonl")
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert [line["id"] for line in (first, second)] == ["a", "b"]
    assert second["quotes"] == []
    assert [quote["text"] for quote in first["quotes"]] == ["Nanti kita sampaikan", "Terima kasih"]
    for quote in first["quotes"]:
        assert set(quote) == {"start", "end", "text", "speaker", "role", "kind"}
        assert _TEXT[quote["start"] : quote["end"]] == quote["text"]
        assert quote["speaker"] == "Hadi Wirawan"
        assert quote["role"] == "Sekda DKI Jakarta"


def test_labels_are_scored_with_marks_or_without(tmp_path: Path) -> None:
    start = _TEXT.index("“Nanti")
    quotes = [{"start": start, "end": start + len("“Nanti kita sampaikan,”"), "speaker": "Hadi"}]
    data = tmp_path / "data.jsonl.gz"
    data.write_bytes(gzip.compress(json.dumps({"id": 1, "text": _TEXT, "lang": "id", "quotes": quotes}).encode()))
    row = _row(_table(evaluate_quotes(data, None), "all quotes"), "all")
    assert (row["labels"], row["found"]) == (1, 2)
    assert (row["precision"], row["recall"], row["speaker right"]) == (0.5, 1.0, 1.0)


def test_a_wrong_speaker_is_counted(tmp_path: Path) -> None:
    start = _TEXT.index("Nanti")
    quotes = [{"start": start, "end": start + len("Nanti kita sampaikan"), "speaker": "Ratri"}]
    data = _write(tmp_path / "data.jsonl", {"text": _TEXT, "lang": "id", "quotes": quotes})
    assert _row(_table(evaluate_quotes(data, None), "all quotes"), "all")["speaker right"] == 0.0


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    data = _write(tmp_path / "data.jsonl", {"text": "a"}, {"text": "b"})
    evaluate_quotes(data, None, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": 3}\n', "line 1"),
        ('{"id": "a"}\n', "line 1"),
        ("{nothing\n", "line 1"),
        ('{"text": "a"}\n{"text": "b", "quotes": [{"start": 1}]}\n', "line 2"),
    ],
)
def test_a_bad_line_is_one_line_of_error(content: str, message: str, tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(content, encoding="utf-8")
    with pytest.raises(KlipingError, match=message) as caught:
        evaluate_quotes(data, None)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\x1f\x8bnothing", b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_one_line_of_error(content: bytes, tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl.gz"
    data.write_bytes(content)
    with pytest.raises(KlipingError, match="cannot be read"):
        evaluate_quotes(data, None)


def test_pfsa_is_cut_into_articles_and_scored(tmp_path: Path) -> None:
    data = tmp_path / "pfsa.txt"
    data.write_text(_PFSA.replace(" ", "\t"), encoding="utf-8")
    assert is_pfsa(data)
    first, second = read_pfsa(data)
    assert first.text.endswith("”Kita mulai hari ini,” kata Ratri. ”Saya ikut senang,” kata Slamet, warga.")
    assert second.text == "BREBES, KOMPAS — Hujan turun."
    report = evaluate_quotes(data, None)
    everything = _row(_table(report, "direct quotes"), "all")
    assert (everything["labels"], everything["found"], everything["recall"]) == (1, 2, 1.0)
    public = _row(_table(report, "direct quotes"), "all, public figures")
    assert (public["found"], public["unlabelled"], public["F1"], public["speaker right"]) == (1, 1, 1.0, 1.0)


def test_a_line_of_pfsa_with_too_many_columns_is_one_line_of_error(tmp_path: Path) -> None:
    data = tmp_path / "pfsa.txt"
    data.write_text("SALATIGA\tO\na\tb\tc\n", encoding="utf-8")
    with pytest.raises(KlipingError, match="line 2"):
        read_pfsa(data)


@pytest.mark.shared
def test_direct_quotes_of_public_figures_reach_their_floor(shared: Callable[..., Path]) -> None:
    """Both halves; only the first was looked at while building."""
    table = _table(evaluate_quotes(shared("quotes", "pfsa-id.txt.gz"), None), "direct quotes")
    for half in ("first half", "second half"):
        row = _row(table, f"{half}, public figures")
        assert isinstance(row["F1"], float)
        assert isinstance(row["speaker right"], float)
        assert row["F1"] >= 0.98
        assert row["speaker right"] >= 0.92
    whole = _row(table, "all")
    assert isinstance(whole["recall"], float)
    assert whole["recall"] >= 0.98
