"""The text of one or several pages: tails, limits, notices, and what was removed and why."""

from __future__ import annotations

import pytest

from pipeline.extract import Reading, read_pages
from tests.pipeline.reading import SENTENCE, article_html, outlets, page, paragraphs, read

SECOND = "Taman itu dirancang bersama warga dan dibangun dalam enam bulan oleh pemerintah kota."
THIRD = "Pemerintah kota berharap taman itu menjadi tempat bertemu warga dari segala umur."
URL = "https://www.antaranews.com/berita/900/taman-kota-baru-dibuka-di-jakarta"
LINK = "<a href='/berita/901/pohon-di-tepi-kali-dirawat-warga'>Pohon di Tepi Kali Dirawat Warga Setiap Pekan</a>"
NOTICE = "Isi laman ini tidak boleh dirayapi untuk AI tanpa izin tertulis."


def reading(*insides: str) -> Reading:
    head = "<h1 class='post-title'>Taman kota baru dibuka</h1>"
    pages = [
        page(f"<html><body>{head}<div class='post-content'>{inside}</div></body></html>", f"{URL}/{number}")
        for number, inside in enumerate(insides, start=1)
    ]
    found = read_pages(pages, outlets()["antara"])
    assert found is not None
    return found


def texts(*insides: str) -> list[str]:
    return [block.printed for block in reading(*insides).text.blocks]


@pytest.mark.parametrize(
    ("inside", "removed", "rule"),
    [
        (f"<p>Baca juga: {LINK}</p>", "Baca juga: Pohon di Tepi Kali Dirawat Warga Setiap Pekan", "link to another"),
        ("<p>ADVERTISEMENT</p>", "ADVERTISEMENT", "prompt, advert"),
        ("<p>Taman kota baru dibuka</p>", "Taman kota baru dibuka", "the page's own headline"),
        (f"<p>{NOTICE}</p>", NOTICE, "notice"),
        ("<p>Ikuti berita kami di Google News</p>", "Ikuti berita kami di Google News", "prompt"),
        (
            "<p>Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini</p>",
            "Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini",
            "printed bare",
        ),
    ],
)
def test_what_was_removed_says_why(inside: str, removed: str, rule: str) -> None:
    text = reading(paragraphs(SENTENCE, SECOND) + inside + paragraphs(THIRD)).text
    assert [block.text for block in text.blocks] == [SENTENCE, SECOND, THIRD]
    assert [gone.text for gone in text.removed] == [removed]
    assert rule in text.removed[0].rule


def test_what_was_cut_out_of_a_line_is_told_alone() -> None:
    text = reading(f"{paragraphs(SENTENCE)}<p>{SECOND} Baca juga: {LINK} {THIRD}</p>").text
    assert [block.text for block in text.blocks] == [SENTENCE, f"{SECOND} {THIRD}"]
    assert [gone.text for gone in text.removed] == ["Baca juga: Pohon di Tepi Kali Dirawat Warga Setiap Pekan"]


def test_a_credit_line_that_was_removed_is_told() -> None:
    text = reading(paragraphs(SENTENCE, SECOND, "Editor: Hadi Wijaya")).text
    assert [(gone.text, gone.rule) for gone in text.removed] == [
        ("Editor: Hadi Wijaya", "byline, copyright or source line")
    ]
    assert text.tail == ("Editor: Hadi Wijaya",)


def test_a_text_of_which_nothing_was_removed() -> None:
    assert reading(paragraphs(SENTENCE, SECOND)).text.removed == ()


def test_the_credit_of_the_first_page_does_not_stand_in_the_middle() -> None:
    first, second = paragraphs(SENTENCE, "Editor: Hadi Wijaya"), paragraphs(SECOND, THIRD, "Editor: Hadi Wijaya")
    assert texts(first, second) == [SENTENCE, SECOND, THIRD]
    assert "Editor: Hadi Wijaya" in reading(first, second).text.tail


def test_a_credit_behind_the_lists_at_the_end_is_used() -> None:
    below = f"<h4>Berita Terpopuler</h4><ul><li>{LINK}</li></ul><p>Editor: Hadi Wijaya</p>"
    found = reading(paragraphs(SENTENCE, SECOND) + below).text
    assert ([block.text for block in found.blocks], found.tail) == ([SENTENCE, SECOND], ("Editor: Hadi Wijaya",))


def test_a_notice_to_machines_goes_wherever_it_stands() -> None:
    article = read(page(article_html(paragraphs(SENTENCE, NOTICE, SECOND, THIRD))))
    assert (article.article_body, article.rights.terms) == ((SENTENCE, SECOND, THIRD), NOTICE)


@pytest.mark.parametrize(
    ("inside", "length"),
    [(f"<p>{'Kata kota. ' * 100_000}</p>", 20_000), (paragraphs(*["Kata kota. " * 1000] * 60), 200_000)],
)
def test_a_text_too_long_is_cut_and_says_so(inside: str, length: int) -> None:
    text = reading(inside).text
    assert 0.9 * length <= sum(len(block.text) for block in text.blocks) <= length
    assert text.cut
    assert "cut" in text.cut


def test_a_text_of_usual_length_is_whole() -> None:
    assert reading(paragraphs(SENTENCE)).text.cut is None


def test_a_headline_is_no_text_of_thousands_of_letters() -> None:
    long = "Kota " * 9000
    html = f"<head><title>{long}</title></head><body><h1>{long}</h1>{paragraphs(SENTENCE)}</body>"
    assert read(page(html)).headline is None
