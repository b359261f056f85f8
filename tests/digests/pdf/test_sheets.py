"""Sheets, index and recap table as they are put into words: complete, numbered alike, nothing empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from digests.arrangement import places
from digests.dressing import PLAIN, Dressing
from digests.model import Content, Placement
from digests.pdf import sheets as sheets_module
from digests.pdf.index import index
from digests.pdf.kliping import clippings
from digests.pdf.recap import recap
from digests.pdf.sheets import SHEETS, TEXT, Sheet, sheets
from digests.phrases import Phrases, phrases
from digests.recap import OutletTones, Tones
from pipeline.model import Role
from tests.digests.contents import empty, full, mixed

ID = phrases("id", "Asia/Jakarta")
EN = phrases("en", "Asia/Jakarta")


def first_sheet(dressing: Dressing = PLAIN, words: Phrases = ID, **values: object) -> Sheet:
    """The first sheet of an edition whose first placement has these values."""
    block = full(1).stories[0]
    place: Placement = replace(block.placements[0], **values)  # type: ignore[arg-type]  # names checked by replace
    return sheets(words, (replace(block, placements=(place, *block.placements[1:])),), dressing)[0]


def rows(sheet: Sheet) -> dict[str, str]:
    return {row.label: row.value for row in sheet.rows}


def test_a_sheet_says_what_an_office_files() -> None:
    told = rows(first_sheet(section="Metro", authors=("Ani", "Budi"), editors=("Citra",), tone="negatif"))
    assert told["Nama Media"] == "ANTARA"
    assert told["Rubrik"] == "Metro"
    assert told["Pewarta"] == "Ani, Budi"
    assert told["Editor"] == "Citra"
    assert told["Tanggal"].startswith("Senin, 31 Juli 2023, 20.25 WIB")
    assert told["Tautan"].startswith("https://")
    assert told["Tone"] == "Negatif"
    assert told["Kategori media"] == "Media luar (earned)"


def test_what_is_not_known_has_no_row() -> None:
    labels = set(rows(first_sheet(section=None, authors=(), editors=(), tone=None, published=None, language=None)))
    assert not labels & {"Rubrik", "Pewarta", "Editor", "Tone", "Bahasa"}
    assert {"Nama Media", "Tautan"} <= labels


def test_a_placement_without_a_link_says_so() -> None:
    assert rows(first_sheet(url=None))["Tautan"] == "tidak ada tautan web"


def test_a_headline_of_another_tone_stands_beside_it() -> None:
    sheet = first_sheet(words=EN, tone="positif", headline_tone="negatif", tones_differ=True)
    assert rows(sheet)["Tone"] == "Positive (headline: negative)"


@pytest.mark.parametrize(
    ("allowed", "texts", "paragraphs", "line"),
    [
        (True, ("Satu.", "Dua."), 2, None),
        (False, ("Satu.", "Dua."), 0, "Hak outlet ini"),
        (True, (), 0, "Isi lengkap tidak dimuat"),
        (True, (" \x00\n", "Dua."), 1, None),
    ],
    ids=["allowed", "forbidden", "not given", "an empty paragraph"],
)
def test_the_text_stands_where_the_rights_let_it(
    *, allowed: bool, texts: tuple[str, ...], paragraphs: int, line: str | None
) -> None:
    version = full(1).stories[0].placements[0].version_id
    sheet = first_sheet(Dressing(texts={version: texts}), full_text=allowed)
    assert len(sheet.text) == paragraphs
    assert (sheet.rights or "").startswith(line) if line else sheet.rights is None


def test_a_long_text_is_cut_between_paragraphs_and_says_so() -> None:
    version = full(1).stories[0].placements[0].version_id
    sheet = first_sheet(Dressing(texts={version: ("a" * (TEXT - 1), "b", "c")}), full_text=True)
    assert [len(paragraph.text) for paragraph in sheet.text] == [TEXT - 1, 1]
    assert sheet.cut


def test_a_reprint_has_a_short_sheet_that_names_its_origin() -> None:
    block = full(1).stories[0]
    assert [place.role for place in block.placements][-1] is Role.COPY
    short = sheets(ID, (block,), PLAIN)[-1]
    assert not short.whole
    assert rows(short)["Pemuatan ulang"] == "Memuat ulang berita ANTARA (lembar 1.1)"
    assert (short.extract, short.quote, short.text, short.rights) == (None, None, (), None)


def test_a_reprint_that_stands_alone_has_a_whole_sheet() -> None:
    block = full(1).stories[0]
    alone = sheets(ID, (replace(block, placements=block.placements[-1:]),), PLAIN)[0]
    assert alone.whole
    assert rows(alone)["Pemuatan ulang"] == "Memuat ulang berita ANTARA"


@pytest.mark.parametrize("content", [empty(), full(1), full(12), mixed(12), mixed(300)], ids=[0, 1, 12, "mixed", 300])
def test_index_and_sheets_hold_every_placement_once(content: Content) -> None:
    shown = clippings(content, "id", PLAIN)
    entries = [entry for group in shown.groups for story in group.stories for entry in story.entries]
    assert len(entries) == content.totals.articles
    assert [sheet.number for sheet in shown.sheets] == [entry.number for entry in entries if entry.anchor]
    assert all(entry.url for entry in entries if not entry.anchor)
    left = len(entries) - len(shown.sheets)
    assert bool(shown.left_out) is bool(left)
    assert not left or (len(shown.sheets) == SHEETS and f"{left} pemuatan" in shown.left_out[0])


def test_more_than_an_index_holds_is_counted_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_module, "SHEETS", 3)
    monkeypatch.setattr("digests.pdf.index.LISTED", 4)
    content = full(4)
    shown = clippings(content, "en", PLAIN)
    told = " ".join(shown.left_out)
    assert "do not stand in this file" in told
    listed = sum(len(story.entries) for group in shown.groups for story in group.stories)
    assert f"{content.totals.articles - listed} placement" in told


def test_all_texts_together_are_bounded() -> None:
    content = full(40)
    stories = tuple(
        replace(block, placements=tuple(replace(place, full_text=True) for place in block.placements))
        for block in content.stories
    )
    texts = {place.version_id: ("x" * 19_000,) for block in stories for place in block.placements}
    made = sheets(ID, stories, Dressing(texts=texts))
    assert sum(len(paragraph.text) for sheet in made for paragraph in sheet.text) <= 400_000
    assert made[-1].rights


def test_the_index_keeps_the_order_and_the_headings_of_the_mail() -> None:
    content = full(12)
    arranged = places(ID, content)
    groups = index(ID, arranged, 0)
    assert [group.heading for group in groups] == list(dict.fromkeys(place.heading for place in arranged))
    told = [story.headline for group in groups for story in group.stories]
    assert told == [place.block.telling("id").headline for place in arranged]


TONES = (
    OutletTones("a", "Antara", False, Tones(2, 1, 0, 0), Tones(1, 0, 0, 0)),
    OutletTones("b", "Berita", True, Tones(0, 0, 3, 1), None),
)


def figures(tones: tuple[OutletTones, ...]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...] | None]]:
    made = recap(ID, replace(full(1), tones=tones))
    assert made
    for group in made.groups:
        yield from ((row.title, row.now, row.before) for row in group.rows)
        if group.subtotal:
            yield group.subtotal.title, group.subtotal.now, group.subtotal.before
    yield made.total.title, made.total.now, made.total.before


def test_the_recap_counts_owned_and_earned_apart_beside_last_week() -> None:
    assert list(figures(TONES)) == [
        ("Antara", ("2", "1", "–", "–", "3"), ("1", "–", "–", "–", "1")),
        ("Subjumlah", ("2", "1", "–", "–", "3"), ("1", "–", "–", "–", "1")),
        ("Berita", ("–", "–", "3", "1", "4"), ("", "", "", "", "")),
        ("Subjumlah", ("–", "–", "3", "1", "4"), ("", "", "", "", "")),
        ("Jumlah", ("2", "1", "3", "1", "7"), ("1", "–", "–", "–", "1")),
    ]


def test_a_recap_without_a_week_before_has_no_such_columns() -> None:
    alone = (OutletTones("a", "Antara", False, Tones(2, 1, 0, 0), None),)
    assert list(figures(alone)) == [
        ("Antara", ("2", "1", "–", "3"), None),
        ("Jumlah", ("2", "1", "–", "3"), None),
    ]


def test_without_placements_there_is_no_recap() -> None:
    assert recap(ID, replace(full(0), tones=(OutletTones("a", "A", False, Tones(), Tones(positive=2)),))) is None


@pytest.mark.parametrize("content", [full(12), mixed(12)], ids=["one language", "mixed"])
def test_the_recap_adds_up_to_the_editions_own_rows(content: Content) -> None:
    made = recap(ID, content)
    assert made
    assert made.total.now[-1] == str(content.totals.articles)


@pytest.mark.parametrize(
    ("kind", "edition_list", "title", "name"),
    [
        ("edition", "daily", "Kliping", "Kliping harian, Selasa, 1 Agustus 2023"),
        ("edition", "daily", "Berita Kota", "Berita Kota – Kliping harian, Selasa, 1 Agustus 2023"),
        ("edition", "daily-weekly", "Kliping", "Kliping mingguan, 31 Juli – 1 Agustus 2023"),
        ("report", "daily", "Kliping", "Laporan kliping, 31 Juli – 1 Agustus 2023"),
    ],
)
def test_the_file_is_named_after_what_it_is(kind: str, edition_list: str, title: str, name: str) -> None:
    content = replace(full(1), kind=kind, list=edition_list, title=title)
    assert clippings(content, "id", PLAIN).name == name
