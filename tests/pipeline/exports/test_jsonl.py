"""The document of an article."""

from __future__ import annotations

import json
from dataclasses import fields, replace

from pipeline.exports.jsonl import FIELDS, article_json, line
from pipeline.model import Article, CaptureRef, Disposition, Kind, StoredArticle
from tests.pipeline.archive.samples import NOW
from tests.pipeline.exports.stock import TEXT

BARE = Article("https://kota.example/1", "https://kota.example/1", None, Kind.SHORT_NOTE, NOW, "0" * 64)
STORED = StoredArticle(
    id=7,
    article=TEXT,
    version=2,
    version_id=9,
    committed_at=NOW,
    disposition=Disposition.KEPT,
    content_digest="c",
    captures=(CaptureRef("<urn:uuid:1>", "run-1.warc.gz", 440), CaptureRef("<urn:uuid:2>", "run-1.warc.gz", 990)),
    story_id="s-7",
)
LISTS = (
    *("article_body", "authors", "editors", "translators", "photographers", "keywords"),
    *("source_links", "watches", "possible", "tags", "places", "content_locations", "people", "organisations"),
    *("events", "quotes", "disputed"),
)
ALWAYS = {
    "schema_version": 1,
    "url": BARE.url,
    "canonical_url": BARE.url,
    "kind": "short_note",
    "version": 2,
    "press_release": False,
    "tones_differ": False,
    "disposition": "kept",
    "rights": {"terms": None, "permission": None, "robots": None, "copyright": None},
    "fetched_at": "2026-12-05T06:30:15.123456+00:00",
    "sha256": "0" * 64,
    "provenance": {},
    "refused": [],
}


def test_a_document_has_every_field_and_absent_is_null_or_an_empty_list() -> None:
    document = article_json(replace(STORED, article=BARE, captures=(), story_id=None))
    assert tuple(document) == FIELDS
    assert document == {name: ALWAYS.get(name, [] if name in LISTS else None) for name in FIELDS}


def test_a_document_says_all_that_is_known() -> None:
    document = article_json(STORED, "https://asal.example/1")
    assert tuple(document) == FIELDS
    expected = {
        "headline": "Wali kota se-ASEAN “bertemu”",
        "article_body": ["Paragraf pertama.", "Paragraf kedua, =1+1."],
        "date_published": "2026-12-05T10:00:00+07:00",
        "authors": ["Siti", "Budi"],
        "watches": [
            {
                "id": "mgmac",
                "edition": 2026,
                "reason": "Namanya tercetak.",
                "evidence": [{"field": "headline", "start": 0, "end": 5, "text": "MGMAC", "rule": "name"}],
            }
        ],
        "possible": [{"id": "amf", "edition": None, "reason": "Singkatannya saja.", "evidence": []}],
        "tags": [{"id": "transport", "label": "Transportasi", "reason": "kata kunci", "evidence": []}],
        "places": ["Bogor"],
        "content_locations": [
            {
                "id": "id-bogor",
                "name": "Bogor",
                "kind": "city",
                "country": "ID",
                "province": "Jawa Barat",
                "reason": "Jabatannya.",
                "evidence": [{"field": "article_body[0]", "start": 3, "end": 8, "text": "Bogor", "rule": "office"}],
            }
        ],
        "people": [
            {
                "name": "Siti",
                "role": "wali kota",
                "office": "mayor",
                "city": "id-bogor",
                "aliases": ["Bu Siti"],
                "evidence": [],
            },
            {"name": "Budi", "role": None, "office": None, "city": None, "aliases": [], "evidence": []},
        ],
        "organisations": [{"name": "Pemerintah Kota Bogor", "aliases": ["Pemkot Bogor"], "evidence": []}],
        "events": [{"name": "Pekan Kota", "aliases": [], "evidence": []}],
        "quotes": [
            {
                "text": "Paragraf kedua",
                "speaker": "Siti",
                "role": None,
                "kind": "direct",
                "start": 18,
                "end": 32,
                "cue": "kata",
            }
        ],
        "tone": "netral",
        "headline_tone": {"value": "negatif", "reason": "Judulnya mengeluh.", "evidence": []},
        "body_tone": {"value": "netral", "reason": "Isinya memberitakan saja.", "evidence": []},
        "tones_differ": True,
        "needs_clarification": "Keluhan tanpa jawaban kota.",
        "copy_of": "https://asal.example/1",
        "story_id": "s-7",
        "rights": {"terms": None, "permission": None, "robots": None, "copyright": "KOTA 2026"},
        "capture": {"record_id": "<urn:uuid:1>", "file": "run-1.warc.gz", "offset": 440},
        "provenance": {"headline": "css:h1", "article_body": "css:article"},
    }
    assert {name: document[name] for name in expected} == expected


def test_every_field_of_an_article_has_its_place() -> None:
    # `capture` points to the record; what is kept needs no reason; who owns an outlet stands in the outlet's file
    elsewhere = {"record_ids", "reason", "owned"}
    assert {field.name for field in fields(Article)} - elsewhere <= set(FIELDS)


def test_a_line_is_one_line_of_json_whatever_the_text() -> None:
    document = article_json(replace(STORED, article=replace(TEXT, headline="a\nb\u2028c\ud800 \x00ភ្នំពេញ")))
    written = line(document)
    assert written.count(b"\n") == 1
    assert json.loads(written)["headline"] == "a\nb\u2028c? \x00ភ្នំពេញ"
