"""What leaves the archive, what does not, and what the receipt says of it."""

from __future__ import annotations

import hashlib
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.archive.reader import iter_records
from pipeline.errors import ArchiveError, ExportError
from pipeline.exports import Format, Selection, export, reprinted
from pipeline.model import Disposition
from tests.pipeline.archive.samples import NOW, warcio_check
from tests.pipeline.exports.stock import CLOSED, FREE, OUTLETS, Stock

FORMS: tuple[Format, ...] = ("jsonl", "csv", "warc")


def documents(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.splitlines()]


def urls(content: bytes) -> list[str]:
    return [str(document["url"])[-1] for document in documents(content)]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), "01234"),
        (Selection(watch="mgmac"), "0123"),
        (Selection(watch="amf"), "4"),
        (Selection(outlet=FREE), "014"),
        (Selection(outlet=CLOSED, watch="amf"), ""),
        (Selection(tag="transport", language="id"), "01234"),
        (Selection(language="en"), ""),
        (Selection(since=NOW - timedelta(days=2)), "012"),
        (Selection(until=NOW - timedelta(days=2)), "34"),
        (Selection(since=NOW - timedelta(days=3), until=NOW), "123"),
        (Selection(story="none"), ""),
        (Selection(disposition=Disposition.REJECTED), ""),
    ],
)
def test_a_selection_holds_what_it_asks_for_newest_first(shelf: Stock, selection: Selection, found: str) -> None:
    content, receipt = shelf.export("jsonl", selection)
    assert urls(content) == list(found)
    assert receipt.articles == len(found)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_selection_gives_the_same_bytes(shelf: Stock, form: Format) -> None:
    first, _ = shelf.export(form)
    second, _ = shelf.export(form, overwrite=True)
    assert first == second


def test_full_text_leaves_only_where_the_outlet_lets_it(shelf: Stock) -> None:
    content, receipt = shelf.export("jsonl")
    bodies = {str(d["url"])[-1]: d["article_body"] for d in documents(content)}
    assert [n for n, body in bodies.items() if body] == ["0", "1", "4"]
    shortened = documents(content)[2]
    assert shortened["quotes"] == []
    assert shortened["provenance"] == {"headline": "css:h1"}
    assert "Paragraf" not in json.dumps(shortened)
    assert [(each.outlet, each.articles) for each in receipt.shortened] == [(CLOSED, 1), (None, 1)]
    assert receipt.full_text == "where the outlet's rights allow it"
    assert [(r.outlet, r.full_text) for r in receipt.rights] == [(FREE, True), (CLOSED, False)]


def test_the_archivist_may_take_every_text_and_the_receipt_says_so(shelf: Stock) -> None:
    content, receipt = shelf.export("jsonl", full_text=True)
    assert all(document["article_body"] for document in documents(content))
    assert receipt.full_text == "of every article, for use inside the house"
    assert receipt.shortened == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_withheld_article_leaves_a_tombstone_and_no_text(shelf: Stock, form: Format) -> None:
    withheld = shelf.article(1)
    shelf.store.articles.correct(withheld.id, "withhold", "permintaan narasumber", "Ayu", NOW)
    content, receipt = shelf.export(form, full_text=True)
    _, asked_for = shelf.export(form, Selection(disposition=Disposition.WITHHELD), name="asked", full_text=True)
    plain = content if form != "warc" else b"".join(r.block for r in iter_records(shelf.out / "out"))
    assert b"berita/1" not in plain
    assert b"berita/0" in plain
    for each in (receipt, asked_for):
        (tombstone,) = each.withheld
        assert (tombstone.url, tombstone.withheld_at, tombstone.reason, tombstone.disposition) == (
            "https://kota.example/berita/1",
            NOW,
            "permintaan narasumber",
            "withheld",
        )
    assert (receipt.articles, asked_for.articles) == (4, 0)
    shelf.store.articles.undo_correction(withheld.id, "withhold", "Ayu", NOW)
    _, again = shelf.export(form, full_text=True, overwrite=True)
    assert (again.articles, again.withheld) == (5, ())


def test_tombstones_are_those_of_the_selection(shelf: Stock) -> None:
    shelf.store.articles.correct(shelf.article(1).id, "withhold", "salah", "Ayu", NOW)
    assert len(shelf.export("jsonl", Selection(watch="mgmac"))[1].withheld) == 1
    assert shelf.export("jsonl", Selection(watch="amf"), name="amf")[1].withheld == ()


def test_a_warc_holds_the_records_of_the_selection_and_no_others(shelf: Stock) -> None:
    content, receipt = shelf.export("warc", Selection(outlet=FREE), name="kota.warc.gz")
    records = list(iter_records(shelf.out / "kota.warc.gz"))
    assert [(r.type, r.url and r.url.removeprefix("https://kota.example/")) for r in records] == [
        ("warcinfo", None),
        *((kind, url) for url in ("berita/0", "berita/1", "b4", "berita/4") for kind in ("response", "request")),
    ]
    assert (receipt.articles, receipt.records, receipt.left_out) == (3, 4, ())
    warcio_check(shelf.out / "kota.warc.gz")
    ids = {record.id for record in iter_records(shelf.folder / "run-1.warc.gz")}
    assert {record.id for record in records[1:]} < ids
    assert hashlib.sha256(content).hexdigest() == receipt.sha256


def test_a_warc_leaves_out_what_the_rights_keep_in_and_says_so(shelf: Stock) -> None:
    _, receipt = shelf.export("warc")
    assert [(each.url[-1], each.outlet) for each in receipt.left_out] == [("2", CLOSED), ("3", None)]
    assert {each.reason for each in receipt.left_out} == {"the outlet's rights do not let its full text out"}
    assert (receipt.articles, receipt.records) == (3, 4)
    _, everything = shelf.export("warc", full_text=True, name="all")
    assert (everything.articles, everything.records, everything.left_out) == (5, 6, ())


def test_a_withheld_record_leaves_with_no_article(shelf: Stock) -> None:
    shelf.store.captures.set_withheld([shelf.article(0).captures[0].record_id], True)
    _, receipt = shelf.export("warc")
    assert (receipt.left_out[0].url[-1], receipt.left_out[0].reason) == ("0", "a record it was read from is withheld")


def test_the_receipt_lies_beside_the_file_and_fits_it(shelf: Stock) -> None:
    selection = Selection(outlet=FREE, since=NOW - timedelta(days=9))
    content, receipt = shelf.export("csv", selection, name="kota.csv")
    written = json.loads((shelf.out / "kota.csv.receipt.json").read_text())
    assert written["receipt_version"] == 1
    assert (written["file"], written["format"], written["size"]) == ("kota.csv", "csv", len(content))
    assert written["sha256"] == hashlib.sha256(content).hexdigest() == receipt.sha256
    assert written["tool"].startswith("kliping ")
    assert written["made_at"] == NOW.isoformat()
    assert written["selection"]["outlet"] == FREE
    assert written["selection"]["since"] == (NOW - timedelta(days=9)).isoformat()
    assert written["selection"]["disposition"] == "kept"
    assert written["counts_of"].startswith(f"every URL known of {FREE}, whatever its date")
    assert written["counts_by_disposition"]["kept"] == 3
    assert set(written["counts_by_disposition"]) == {each.value for each in Disposition}
    assert sum(written["counts_by_disposition"].values()) == shelf.store.ledger.seen(FREE)
    assert written["rights"][0]["terms"] == "Ketentuan kota."
    assert str(shelf.out) not in json.dumps(written)


def test_the_receipt_says_what_the_outlets_allow_and_which_permission_was_given(shelf: Stock) -> None:
    shelf.store.outlets.set_enabled(
        FREE, True, actor="Ayu", permission="surat 12/2026", terms_shown="Ketentuan kota.", now=NOW
    )
    with_mapping, without = shelf.export("jsonl")[1].rights, OUTLETS.copy()
    assert [(r.outlet, r.title, r.terms_url, r.permission) for r in with_mapping] == [
        (FREE, "KOTA", "https://kota.example/ketentuan", "surat 12/2026"),
        (CLOSED, "WIRA", "https://wira.example/ketentuan", None),
    ]
    without.pop(FREE)
    job = export(shelf.store, shelf.folder, Selection(), "csv", shelf.out / "x", outlets=without, now=NOW)
    assert [(r.outlet, r.title, r.full_text) for r in job.rights] == [(FREE, None, False), (CLOSED, "WIRA", False)]


def test_progress_is_told_article_by_article(shelf: Stock) -> None:
    told: list[int] = []
    store, folder, out = shelf.store, shelf.folder, shelf.out
    for form in FORMS:
        export(store, folder, Selection(), form, out / form, outlets=OUTLETS, now=NOW, progress=told.append)
    assert told == [1, 2, 3, 4, 5] * 3


@pytest.mark.parametrize("existing", ["out", "out.receipt.json"])
def test_nothing_is_overwritten_unless_asked(shelf: Stock, existing: str) -> None:
    (shelf.out / existing).write_text("mine")
    with pytest.raises(ExportError, match="is there already; choose another name or ask to overwrite it"):
        shelf.export("jsonl")
    assert [path.name for path in shelf.out.iterdir()] == [existing]
    assert (shelf.out / existing).read_text() == "mine"
    shelf.export("jsonl", overwrite=True)
    assert sorted(path.name for path in shelf.out.iterdir()) == ["out", "out.receipt.json"]


def test_a_failure_in_the_middle_leaves_nothing(shelf: Stock) -> None:
    path = shelf.folder / "run-1.warc.gz"
    content = bytearray(path.read_bytes())
    place = shelf.article(4).captures[0].offset + 100
    content[place : place + 50] = bytes(50)
    path.write_bytes(content)
    with pytest.raises(ArchiveError):
        shelf.export("warc", Selection(watch="amf"), full_text=True)
    path.unlink()
    with pytest.raises(ArchiveError, match="is missing from the archive; restore it from a backup"):
        shelf.export("warc", full_text=True)
    assert list(shelf.out.iterdir()) == []


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_nothing_and_what_was_there_stays(shelf: Stock, form: Format) -> None:
    (shelf.out / "out").write_text("mine")
    list(shelf.store.articles.find())  # the database has its files open and grown before the limit
    with no_file_beyond(1000), pytest.raises(ExportError, match="cannot be written: File too large; check the folder"):
        shelf.export(form, full_text=True, overwrite=True)
    assert [path.name for path in shelf.out.iterdir()] == ["out"]
    assert (shelf.out / "out").read_text() == "mine"


def test_a_disk_that_fills_at_the_last_moment_leaves_nothing(shelf: Stock) -> None:
    list(shelf.store.articles.find())
    with no_file_beyond(10), pytest.raises(ExportError, match="cannot be written: File too large"):
        shelf.export("jsonl", Selection(watch="amf"))
    assert list(shelf.out.iterdir()) == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("", "is a folder; name a file"),
        ("absent/x", "No such file or directory; check the folder"),
        ("f/x", "Not a directory"),
    ],
)
def test_a_target_that_cannot_be_gives_one_line(shelf: Stock, target: str, reason: str) -> None:
    (shelf.out / "f").write_text("a file")
    with pytest.raises(ExportError, match=reason) as caught:
        shelf.export("jsonl", name=target)
    assert "\n" not in str(caught.value)


def test_a_copy_names_what_it_reprints_by_its_address(shelf: Stock) -> None:
    stored = replace(shelf.article(1), copy_of=shelf.article(0).id)
    assert reprinted(shelf.store, stored) == "https://kota.example/berita/0"
    assert reprinted(shelf.store, shelf.article(0)) is None
