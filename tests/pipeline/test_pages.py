"""Extraction on real pages: the floors of quality."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import KlipingError
from pipeline.evaluate.pages import Label, Prediction, evaluate_pages, score, token_f1
from pipeline.evaluate.report import Report
from pipeline.watches import bundled_watches
from tests.pipeline.reading import SENTENCE, article_html, outlets, paragraphs

ENABLED = ("antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta")


def totals(report: Report) -> dict[str, tuple[int, int, float]]:
    """field -> (labelled, exact, mean)"""
    rows = next(table for table in report.tables if table.title == "totals").rows
    return {str(row[0]): (int(str(row[1])), int(str(row[2])), float(str(row[3] or 0))) for row in rows}


@pytest.mark.shared
def test_real_pages_with_their_outlet_files(shared: Callable[..., Path]) -> None:
    report = evaluate_pages(shared("pages"), None, outlets(), bundled_watches())
    found = totals(report)
    for field in ("title", "published", "printed date", "author", "editor", "dateline", "furniture"):
        labelled, exact, _ = found[field]
        assert exact == labelled, field
    assert found["body"][2] >= 0.99
    antara = [row for row in report.tables[0].rows if str(row[0]).startswith("Antara")]
    assert len(antara) == 2
    assert all(value in (1.0, None) for row in antara for value in row[1:])


@pytest.mark.shared
def test_real_pages_by_the_generic_path(shared: Callable[..., Path]) -> None:
    """Without the outlet files of the other outlets: what any unlisted site gets."""
    listed = {name: outlets()[name] for name in ENABLED}
    found = totals(evaluate_pages(shared("pages"), None, listed, bundled_watches()))
    assert found["title"][1] >= 17
    assert found["published"][1] >= 16
    assert found["body"][2] >= 0.90


def test_predictions_are_written_one_a_line_and_scored(tmp_path: Path) -> None:
    label = {
        "file": "a.html",
        "url": "https://kabar.example/a",
        "title": "Taman",
        "body": SENTENCE,
        "author": "Ratna Dewi",
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(label) + "\n")
    (tmp_path / "a.html").write_text(article_html(paragraphs(SENTENCE)))
    predictions = tmp_path / "p.jsonl"
    seen: list[tuple[int, int]] = []
    report = evaluate_pages(
        tmp_path, predictions, {}, bundled_watches(), lambda done, total: seen.append((done, total))
    )
    (line,) = map(json.loads, predictions.read_text().splitlines())
    assert (line["file"], line["article"]["article_body"]) == ("a.html", [SENTENCE])
    assert totals(report)["author"][1] == 0  # the page names nobody
    assert totals(report)["body"][2] == 1.0
    assert seen == [(1, 1)]


def test_pages_are_read_where_no_predictions_are_given(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(article_html(paragraphs(SENTENCE)))
    (tmp_path / "gold.jsonl").write_text(
        json.dumps({"file": "a.html", "url": "https://kabar.example/a", "body": SENTENCE})
    )
    assert totals(evaluate_pages(tmp_path, None, {}, bundled_watches()))["body"][2] == 1.0


@pytest.mark.parametrize(
    ("content", "message"), [("{", "line 1"), ('{"file": "a"}', "line 1"), (None, "cannot be read"), ("[1]", "line 1")]
)
def test_a_broken_label_file_is_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "gold.jsonl").write_text(content)
    with pytest.raises(KlipingError, match=message):
        evaluate_pages(tmp_path, None, {}, bundled_watches())


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ("2026-11-05T14:56:43+07:00", 1.0),
        ("2026-11-05T07:56:43+00:00", 0.0),  # the instant is right, the offset is not
        ("2026-11-05T14:56:43", 0.0),
        ("2026-11-05", 0.0),
        ("x", 0.0),
        (None, 0.0),
    ],
)
def test_an_instant_counts_with_its_offset(told: str | None, right: float) -> None:
    label = Label("a", "https://kabar.example/a", published="2026-11-05T14:56:43+07:00")
    assert score(label, Prediction(date_published=told), None).values[1] == right


def test_token_f1() -> None:
    assert token_f1("satu dua", "satu  dua") == 1.0
    assert token_f1("satu dua", "satu tiga") == 0.5
    assert token_f1("satu", "") == 0.0
