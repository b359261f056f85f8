"""Rows that any reader of CSV reads back, and that no spreadsheet computes."""

from __future__ import annotations

import csv as standard
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports import csv
from pipeline.exports.jsonl import article_json
from tests.pipeline.exports.stock import TEXT
from tests.pipeline.exports.test_jsonl import BARE, STORED


def read(*rows: bytes) -> list[dict[str, str]]:
    return list(standard.DictReader(io.StringIO(b"".join(rows).decode("utf-8-sig"), newline=""), strict=True))


def test_a_row_reads_back_cell_by_cell() -> None:
    (cells,) = read(csv.header(), csv.row(article_json(STORED, "https://asal.example/1")))
    expected = {
        "headline": "Wali kota se-ASEAN “bertemu”",
        "article_body": "Paragraf pertama.\n\nParagraf kedua, =1+1.",
        "authors": "Siti; Budi",
        "version": "2",
        "language_confidence": "0.99",
        "press_release": "false",
        "watches": "mgmac 2026",
        "tags": "Transportasi",
        "people": "Siti (wali kota); Budi",
        "quotes": "Siti: Paragraf kedua",
        "possible": "amf",
        "places": "Bogor",
        "content_locations": "Bogor (ID)",
        "organisations": "Pemerintah Kota Bogor",
        "events": "Pekan Kota",
        "tone": "netral",
        "headline_tone": "negatif",
        "tones_differ": "true",
        "copy_of": "https://asal.example/1",
        "rights_terms": "",
        "rights_copyright": "KOTA 2026",
        "capture_record_id": "<urn:uuid:1>",
        "capture_offset": "440",
    }
    assert {name: cells[name] for name in expected} == expected
    assert not {"provenance", "schema_version", "rights", "capture"} & set(cells)


def test_absent_is_an_empty_cell() -> None:
    (cells,) = read(csv.header(), csv.row(article_json(replace(STORED, article=BARE, captures=(), story_id=None))))
    given = ["url", "canonical_url", "kind", "version", "press_release", "tones_differ"]
    given += ["disposition", "fetched_at", "sha256"]
    assert [name for name, cell in cells.items() if cell] == given


def test_the_file_begins_with_the_mark_and_every_row_ends_as_the_standard_says() -> None:
    header = csv.header()
    assert header.startswith(b"\xef\xbb\xbfurl,canonical_url,outlet,")
    assert header.endswith(b"\r\n")
    assert csv.row(article_json(STORED)).endswith(b"\r\n")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+62 21", "'+62 21"),
        ("-1", "'-1"),
        ("@kota", "'@kota"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("1 = 1", "1 = 1"),
        ("'kota'", "'kota'"),
        ("", ""),
    ],
)
def test_a_formula_is_made_text(cell: str, written: str) -> None:
    assert csv.defused(cell) == written
    (cells,) = read(csv.header(), csv.row(article_json(replace(STORED, article=replace(TEXT, headline=cell)))))
    assert cells["headline"] == written


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_reads_back(text: str) -> None:
    article = replace(TEXT, headline=text, article_body=(text, text))
    (cells,) = read(csv.header(), csv.row(article_json(replace(STORED, article=article))))
    assert cells["headline"] == csv.defused(text)
    assert cells["article_body"] == csv.defused(f"{text}\n\n{text}")
