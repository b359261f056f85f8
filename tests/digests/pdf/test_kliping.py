"""The file as another program reads it: all there, in every script, led to the web only, the same bytes twice."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from digests.dressing import Dressing, Letterhead
from digests.model import Content
from digests.pdf import as_pdf
from digests.phrases import phrases
from tests.digests.contents import empty, mixed
from tests.digests.hostile import VECTORS, poisoned, unseen
from tests.digests.pdf import reading
from tests.digests.pdf.reading import squeezed

pytestmark = pytest.mark.pdf

SCRIPTS = ("id", "en", "th", "vi", "km", "my", "zh")
LAO_AND_TAMIL = "ນະຄອນຫຼວງວຽງຈັນ ຮ່ວມກອງປະຊຸມ கோலாலம்பூர் நகர முதல்வர் திட்டத்தை அறிவித்தார்"


def logo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(written, "PNG")
    return written.getvalue()


HEAD = Letterhead("Pemerintah Kota Contoh", "Bagian Hubungan Masyarakat", "Jalan Contoh 1\nKota Contoh 10110", logo())


@pytest.fixture(scope="module")
def content() -> Content:
    """Seven scripts, and two more in a note; the first placement's outlet lets its whole text out."""
    made = mixed(7)
    first = made.stories[0]
    allowed = (replace(first.placements[0], full_text=True), *first.placements[1:])
    return replace(made, stories=(replace(first, placements=allowed, note=LAO_AND_TAMIL), *made.stories[1:]))


@pytest.fixture(scope="module")
def dressing(content: Content) -> Dressing:
    return Dressing(HEAD, texts={content.stories[0].placements[0].version_id: ("Paragraf pertama.", "Paragraf kedua.")})


@pytest.fixture(scope="module")
def pdf(content: Content, dressing: Dressing) -> bytes:
    return as_pdf(content, "id", dressing)


@pytest.fixture(scope="module")
def text(pdf: bytes) -> str:
    return reading.text(pdf)


def test_every_placement_is_there_with_outlet_date_and_link(content: Content, pdf: bytes, text: str) -> None:
    words, links = phrases("id", content.timezone), reading.links(pdf)
    for place in (place for block in content.stories for place in block.placements):
        assert place.published
        assert place.headline
        told = (place.headline, place.outlet_title, words.moment(place.published, "sheet_moment"))
        assert [one for one in told if squeezed(one) not in text] == []
        assert place.url in links


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_script_is_read_back_as_it_was_written(content: Content, text: str, language: str) -> None:
    block = next(block for block in content.stories if block.lead.language == language)
    quoted = (block.quote.text, block.quote.speaker) if block.quote else ()
    told = [one for one in (block.lead.headline, block.lead.extract, *quoted) if one]
    assert len(told) >= 2
    assert [one for one in told if squeezed(one) not in text] == []


def test_lao_and_tamil_are_read_back_too(text: str) -> None:
    assert squeezed(LAO_AND_TAMIL) in text


def test_every_outlet_stands_in_the_coverage(content: Content, text: str) -> None:
    assert [row.title for row in content.coverage if squeezed(row.title) not in text] == []


def test_nothing_acts_and_links_lead_to_the_web_only(pdf: bytes) -> None:
    assert reading.active(pdf) == []
    assert {link.partition(":")[0] for link in reading.links(pdf)} <= {"http", "https"}


def test_all_fonts_are_in_the_file(pdf: bytes) -> None:
    assert reading.loose_fonts(pdf) == set()


def test_the_letterhead_stands_on_the_first_page(pdf: bytes) -> None:
    first = reading.pages(pdf)[0]
    assert [line for line in (HEAD.organisation, HEAD.unit, "Kota Contoh 10110") if line not in first] == []
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))) == 1


def test_the_file_says_what_it_is(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        told = document.get_metadata_dict()
        assert told["Title"] == "Kliping harian, Selasa, 1 Agustus 2023"
        assert told["Author"] == HEAD.organisation
        assert told["CreationDate"] == "D:20230801062500+07'00"
        assert document.is_tagged()


def test_pages_are_numbered_and_headed(pdf: bytes) -> None:
    pages = reading.pages(pdf)
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert number == 1 or HEAD.organisation in page


def test_index_and_bookmarks_lead_to_each_sheet(content: Content, pdf: bytes) -> None:
    pages = reading.pages(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        marks = {mark.get_title().split()[0]: mark.get_dest().get_index() for mark in document.get_toc()}
    numbers = [f"{s}.{n}" for s, block in enumerate(content.stories, 1) for n, _ in enumerate(block.placements, 1)]
    assert [number for number in numbers if f"LEMBAR {number}" not in pages[marks[number]].upper()] == []
    index = "".join(pages[: marks["1.1"]])
    printed = [int(found) for found in re.findall(r"\.{5,}\s*(\d+)", index)]
    assert printed == [marks[number] + 1 for number in numbers]


def test_whole_texts_stand_only_where_rights_let_them(pdf: bytes, text: str) -> None:
    assert squeezed("Paragraf pertama.") in text
    assert squeezed("Hak outlet ini tidak mengizinkan") in text
    sheet = next(page for page in reading.pages(pdf) if "LEMBAR 1.1" in page.upper())
    assert "Paragraf kedua." in sheet
    assert "Hak outlet ini" not in sheet


def test_the_same_edition_is_the_same_bytes(content: Content, dressing: Dressing, pdf: bytes) -> None:
    assert as_pdf(content, "id", dressing) == pdf


def test_a_day_without_news_is_one_short_file(content: Content) -> None:
    pdf = as_pdf(empty(), "en")
    told = reading.text(pdf)
    assert squeezed("No significant coverage: 31 of 31 outlets checked.") in told
    assert squeezed("Index of clippings") not in told
    assert squeezed("Tone by outlet") not in told
    assert len(reading.pages(pdf)) <= 3


ATTACKS = tuple(VECTORS["address"]) + tuple(texts[0] for texts in VECTORS.values())


def test_hostile_text_leads_nowhere_and_shows_nothing_unseen() -> None:
    """Each attack in every field of a story of its own, the letterhead too; long ones are bounded by then."""
    base = mixed(len(ATTACKS))
    stories = tuple(poisoned(block, attack) for block, attack in zip(base.stories, ATTACKS, strict=True))
    head = poisoned(Letterhead("x", "x", "x"), ATTACKS[0])
    small = tuple(replace(block, placements=block.placements[:1]) for block in stories)
    pdf = as_pdf(replace(base, stories=small, trends=(), coverage=base.coverage[:1]), "id", Dressing(head))
    assert reading.active(pdf) == []
    assert [link for link in reading.links(pdf) if not link.startswith(("http://", "https://"))] == []
    assert unseen("".join(reading.pages(pdf))) == []
    assert reading.loose_fonts(pdf) == set()
