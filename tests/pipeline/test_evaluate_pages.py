"""`evaluate pages` and `evaluate extraction`: their rules, their forms and their errors."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import KlipingError
from pipeline.evaluate.extraction import evaluate_extraction
from pipeline.evaluate.labels import Label, read_page, read_truth
from pipeline.evaluate.pages import evaluate_pages
from pipeline.evaluate.predictions import Prediction, by_trafilatura, read_program
from pipeline.evaluate.report import Cell, Report
from pipeline.evaluate.scoring import FIELDS, predicts, score, token_f1
from pipeline.evaluate.shingles import Overlap, difference, figures, intervals, overlap
from pipeline.watches import bundled_watches
from tests.pipeline.reading import SENTENCE, article_html, outlets, page, paragraphs

URL = "https://kabar.example/kota/taman"
PUBLISHED = "2026-11-05T00:30:00+07:00"
OTHER = "Warga menanam dua ratus pohon trembesi di tepi kali itu pada Minggu pagi bersama pelajar dari lima sekolah."


def values(label: Label, prediction: Prediction) -> dict[str, float | None]:
    return dict(zip(FIELDS, score(label, prediction, None).values, strict=True))


def rows(report: Report, title: str) -> dict[str, dict[str, Cell]]:
    """first cell -> column -> cell, of the table whose title begins so"""
    (table,) = [table for table in report.tables if table.title.startswith(title)]
    return {str(row[0]): dict(zip(table.columns, row, strict=True)) for row in table.rows}


# --- the rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "published", "offset", "day"),
    [
        (PUBLISHED, 1, 1, 1),
        ("2026-11-04T17:30:00+00:00", 1, 0, 1),  # the same instant, by another clock
        ("2026-11-05T00:30:00", 1, 0, 1),  # a clock without offset that shows the local time
        ("2026-11-04T17:30:00", 1, 0, 0),  # one that shows UTC: its day is another
        ("2026-11-05T00:30:00+08:00", 0, 0, 0),
        ("2026-11-05T00:30:01+07:00", 0, 1, 1),
        ("2026-11-05", 0, 0, 1),
        ("2026-11-04", 0, 0, 0),
        ("5 November 2026", 0, 0, 0),
        (None, 0, 0, 0),
    ],
)
def test_an_instant_is_scored_by_clock_offset_and_day(told: str | None, published: int, offset: int, day: int) -> None:
    found = values(Label("a", URL, published=PUBLISHED), Prediction(date_published=told))
    assert (found["published"], found["offset"], found["day"]) == (published, offset, day)


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (("Ratna Dewi",), 1),
        (("Ratna  Dewi",), 1),
        (("ratna dewi",), 0),
        (("Ratna Dewi", "Kabar Kita"), 0),
        ((), 0),
        (None, 0),
    ],
)
def test_names_are_exact(told: tuple[str, ...] | None, right: int) -> None:
    label = Label("a", URL, author="Ratna Dewi", editor="Ratna Dewi")
    found = values(label, Prediction(authors=told, editors=told))
    assert (found["author"], found["editor"]) == (right, right)


def test_language_and_kind_are_scored_where_they_are_labelled() -> None:
    label = Label("a", URL, lang="id", kind="photo")
    found = values(label, Prediction(in_language="ms", kind="photo"))
    assert (found["language"], found["kind"], found["title"]) == (0, 1, None)


def test_several_names_count_in_any_order() -> None:
    label = Label("a", URL, author="Ratna Dewi; Made Arta")
    assert values(label, Prediction(authors=("Made Arta", "Ratna Dewi")))["author"] == 1


def test_what_is_not_labelled_is_not_scored() -> None:
    assert set(values(Label("a", URL), Prediction(headline="x", article_body=("y",))).values()) == {None}


def test_the_opening_may_stand_in_the_body_or_not() -> None:
    label = Label("a", URL, body=f"Jakarta (ANTARA) - {SENTENCE}")
    for body in (SENTENCE, f"Jakarta (ANTARA) - {SENTENCE}"):
        assert score(label, Prediction(article_body=(body,)), outlets()["antara"]).values[FIELDS.index("body")] == 1.0


@pytest.mark.parametrize("line", ["Baca juga: Taman kota dibuka", "Editor: Ratna Dewi", "(adsbygoogle = window"])
def test_a_line_of_furniture_is_seen(line: str) -> None:
    label = Label("a", URL, body=SENTENCE)
    assert values(label, Prediction(article_body=(SENTENCE, line)))["furniture"] == 0
    assert values(label, Prediction(article_body=(SENTENCE,)))["furniture"] == 1
    assert values(label, Prediction())["furniture"] == 0  # who reads nothing has not read cleanly


def test_token_f1() -> None:
    assert token_f1("satu dua", "satu  dua") == 1.0
    assert token_f1("satu dua", "satu tiga") == 0.5
    assert token_f1("satu", "") == 0.0


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (Prediction(), set()),
        (Prediction(headline="x"), {"title"}),
        (Prediction(date_published="2026-11-05"), {"published", "day"}),
        (Prediction(date_published=PUBLISHED, authors=("x",)), {"published", "day", "offset", "author"}),
        (Prediction(article_body=("x",), authors=()), {"body", "furniture"}),
    ],
)
def test_which_fields_a_program_gives(told: Prediction, fields: set[str]) -> None:
    assert {field for field in FIELDS if predicts(field, [Prediction(), told])} == fields


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    labels = [
        {"file": "a.html", "url": URL, "title": "Taman kota baru dibuka di Jakarta", "body": SENTENCE},
        {"file": "b.html", "url": f"{URL}-2", "body": OTHER, "author": "Ratna Dewi"},
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
    (tmp_path / "a.html").write_text(article_html(paragraphs(SENTENCE)))
    (tmp_path / "b.html").write_text(article_html(paragraphs(OTHER)))
    return tmp_path


def write(path: Path, lines: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_our_figures_stand_beside_trafilaturas(data: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = evaluate_pages(data, None, {}, bundled_watches(), lambda done, total: seen.append((done, total)))
    body = rows(report, "beside other programs")["body"]
    assert list(body)[2:] == ["kliping", "generic", "trafilatura"]
    assert body["kliping"] == 1.0
    assert rows(report, "totals")["body"]["exact"] == 2
    assert seen == [(1, 2), (2, 2)]


def test_predictions_are_written_one_a_line(data: Path) -> None:
    out = data / "p.jsonl"
    evaluate_pages(data, out, {}, bundled_watches())
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["file"] for line in lines] == ["a.html", "b.html"]
    assert lines[0]["article"]["article_body"] == [SENTENCE]
    assert lines[0]["article"]["schema_version"] == 1


def test_our_own_predictions_read_back_score_the_same(data: Path) -> None:
    out = data / "again.jsonl"
    evaluate_pages(data, out, {}, bundled_watches())
    for found in rows(
        evaluate_pages(data, None, {}, bundled_watches(), against=[out]), "beside other programs"
    ).values():
        assert found["again"] == found["kliping"] or not found["labels"]


def test_another_programs_predictions_are_scored_by_the_same_rules(data: Path) -> None:
    told = [
        {"file": "b.html", "article": {"headline": "x", "authors": ["Ratna Dewi"], "article_body": ["Salah."]}},
        {"file": "a.html", "article": None, "seconds": 0.1},
    ]
    path = write(data / "other.program.jsonl", told)
    found = rows(evaluate_pages(data, None, {}, bundled_watches(), against=[path]), "beside other programs")
    assert {field: found[field]["other"] for field in ("title", "author", "body", "editor")} == {
        "title": 0.0, "author": 1.0, "body": 0.0, "editor": None,
    }  # fmt: skip


def test_a_page_that_a_program_leaves_out_counts_against_it(data: Path) -> None:
    label = [Label("a.html", URL), Label("b.html", URL)]
    program = read_program(write(data / "p.jsonl", [{"file": "a.html", "article": {"headline": "x"}}]), label)
    assert program.predictions == (Prediction(headline="x"), Prediction())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"file": "c.html", "article": {}}], "'c.html', which is no page"),
        ([{"article": {}}], "line 1: file"),
        ([{"file": "a.html", "article": {"authors": 3}}], "line 1: article.authors"),
        (["x"], "line 1"),
    ],
)
def test_predictions_of_another_form_are_one_line(data: Path, lines: list[object], message: str) -> None:
    with pytest.raises(KlipingError, match=message):
        evaluate_pages(data, None, {}, bundled_watches(), against=[write(data / "p.jsonl", lines)])


def test_a_page_that_is_not_there_is_one_line(data: Path) -> None:
    (data / "b.html").unlink()
    with pytest.raises(KlipingError, match=r"b\.html: cannot be read"):
        evaluate_pages(data, None, {}, bundled_watches())


@pytest.mark.parametrize(
    ("content", "message"), [("{", "line 1"), ('{"file": "a"}', "line 1"), (None, "cannot be read"), ("[1]", "line 1")]
)
def test_a_broken_label_file_is_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "gold.jsonl").write_text(content)
    with pytest.raises(KlipingError, match=message):
        evaluate_pages(tmp_path, None, {}, bundled_watches())


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<html></html>"])
def test_trafilatura_alone_answers_on_any_page(body: bytes) -> None:
    assert by_trafilatura(page(body)).text == ""


# --- extraction ------------------------------------------------------------------------------------------------------


def benchmark(folder: Path, texts: dict[str, str]) -> Path:
    (folder / "html").mkdir()
    for name, text in texts.items():
        body = article_html(paragraphs(*text.split("\n")))
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(body.encode()))
    truth = {name: {"articleBody": text, "url": f"{URL}-{name}"} for name, text in texts.items()}
    (folder / "ground-truth.json").write_text(json.dumps(truth))
    return folder


def test_texts_of_a_benchmark_are_scored(tmp_path: Path) -> None:
    folder = benchmark(tmp_path, {"1": f"{SENTENCE}\n{OTHER}", "2": f"{OTHER}\n{SENTENCE}"})
    other = write(folder / "nobody.jsonl", [])
    seen: list[tuple[int, int]] = []
    report = evaluate_extraction(folder, folder / "p.jsonl", lambda *step: seen.append(step), against=[other])
    assert seen == [(1, 2), (2, 2)]
    found = rows(report, "2 pages")
    assert (found["kliping"]["F1"], found["nobody"]["F1"], found["nobody"]["ours is ahead by"]) == (1.0, 0.0, 1.0)
    assert list(found) == ["kliping", "trafilatura", "nobody"]
    lines = [json.loads(line) for line in (folder / "p.jsonl").read_text().splitlines()]
    assert lines[0]["file"] == "html/1.html.gz"
    assert lines[0]["article"]["article_body"] == [SENTENCE, OTHER]


def test_the_pages_on_which_others_are_ahead_come_first(tmp_path: Path) -> None:
    folder = benchmark(tmp_path, {"1": SENTENCE, "2": OTHER})
    truth = json.loads((folder / "ground-truth.json").read_text())
    truth["2"]["articleBody"] = "Teks yang tidak berdiri di halaman itu."
    (folder / "ground-truth.json").write_text(json.dumps(truth))
    better = write(
        folder / "better.jsonl",
        [{"file": "html/2.html.gz", "article": {"article_body": [truth["2"]["articleBody"]]}}],
    )
    report = evaluate_extraction(folder, None, against=[better])
    assert [str(row[0]) for row in report.tables[1].rows] == ["2.html.gz", "1.html.gz"]


def test_a_page_without_markup_has_no_text(tmp_path: Path) -> None:
    folder = benchmark(tmp_path, {"1": SENTENCE})
    (folder / "html" / "1.html.gz").write_bytes(gzip.compress(b"only words"))
    table = evaluate_extraction(folder, None).tables[1]
    assert table.rows[0][-1] == "no markup"


@pytest.mark.parametrize("content", ["{", '{"1": 2}', "[]"])
def test_a_broken_ground_truth_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "ground-truth.json").write_text(content)
    with pytest.raises(KlipingError, match=r"ground-truth\.json: "):
        read_truth(tmp_path)


def test_a_folder_without_ground_truth_or_with_a_broken_page_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match="cannot be read"):
        evaluate_extraction(tmp_path, None)
    (tmp_path / "broken.html.gz").write_bytes(b"\x1f\x8b no")
    with pytest.raises(KlipingError, match=r"broken\.html\.gz: cannot be read"):
        read_page(tmp_path, Label("broken.html.gz", URL))


@pytest.mark.parametrize(
    ("label", "told", "expected"),
    [
        ("a b c d", "a b c d", Overlap(1, 0, 0)),
        ("a b c d e", "a b c d", Overlap(1 / 2, 0, 1 / 2)),
        ("a b c d", "a b c d e f", Overlap(1 / 3, 2 / 3, 0)),
        ("a, b! c d", "a b c D", Overlap(0, 1 / 2, 1 / 2)),  # the benchmark counts case and no punctuation
        ("a b", "a b", Overlap(1, 0, 0)),  # a text of less than four words is one shingle
        ("a", "", Overlap(0, 0, 1)),
        ("", "a", Overlap(0, 1, 0)),
        ("", "", Overlap(0, 0, 0)),
        ("a a a a a", "a a a a", Overlap(1 / 2, 0, 1 / 2)),  # as multisets
    ],
)
def test_shingles_in_both_texts(label: str, told: str, expected: Overlap) -> None:
    assert overlap(label, told) == expected


def test_f1_is_of_the_mean_precision_and_recall() -> None:
    found = figures([Overlap(1, 0, 0), Overlap(0, 0, 1), Overlap(0.5, 0.5, 0)])
    assert found.precision == pytest.approx((1 + 0.5) / 2)  # a page of which nothing is predicted has no precision
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))
    assert figures([]).f1 == 0.0
    assert [Overlap(0, 0, 0).f1, Overlap(0.5, 0.25, 0.25).f1] == pytest.approx([1.0, 2 / 3])


def test_intervals_are_the_same_in_every_run() -> None:
    pages = [Overlap(1, 0, 0), Overlap(0.5, 0.5, 0), Overlap(0.5, 0, 0.5), Overlap(0.25, 0.5, 0.25)]
    assert intervals(pages) == intervals(pages)
    f1, precision, recall = intervals(pages)
    assert 0 < f1.half < 0.6
    assert (precision.value, recall.value) == (figures(pages).precision, figures(pages).recall)
    assert difference(pages, pages).half == 0.0
    assert difference([Overlap(1, 0, 0)] * 4, pages).value == pytest.approx(1 - f1.value)
    assert intervals(pages[:1])[0].half == 0.0
