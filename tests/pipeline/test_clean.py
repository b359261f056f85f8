"""What is printed between the paragraphs and is not the article."""

from __future__ import annotations

import pytest

from pipeline.model import Article
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

URL = "https://www.antaranews.com/berita/900/taman-kota-baru-dibuka-di-jakarta"
OTHER = "/berita/901/pohon-di-tepi-kali-dirawat-warga"
HEADLINE = "Pohon di Tepi Kali Dirawat Warga Setiap Pekan"
SECOND = "Taman itu dirancang bersama warga dan dibangun dalam enam bulan oleh pemerintah kota."
THIRD = "Pemerintah kota berharap taman itu menjadi tempat bertemu warga dari segala umur."
RELATED_LIST = f"<ul class='rel'><li><a href='{OTHER}'>{HEADLINE}</a></li></ul>"


def body_of(inside: str, below: str = "") -> list[str]:
    headline = "<h1 class='post-title'>Taman kota baru dibuka</h1>"
    return list(
        reading(f"<html><body>{headline}<div class='post-content'>{inside}</div>{below}</body></html>").article_body
    )


def reading(html: str) -> Article:
    return read(page(html, URL), outlet="antara")


@pytest.mark.parametrize(
    "related",
    [
        f"<p><strong>Baca juga: <a href='{OTHER}'>{HEADLINE}</a></strong></p>",
        f"<p><span class='baca-juga'><b>Baca juga: <a href='{OTHER}'>{HEADLINE}</a></b></span></p>",
        f"<p>Baca juga : <a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>Baca Juga:<br><a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>Baca Juga:</p><p>{HEADLINE}</p>",
        f"<p>Baca juga: {HEADLINE}</p>",
        f"<p><a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>Lihat juga: {HEADLINE}</p><p>Simak juga : <a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>Read also: <a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>Xem thêm: <a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>{HEADLINE}</p>",  # bare, as it stands between two paragraphs of prose
        "<p>[Gambas:Video Kota]</p>",
        "<p>ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p>",
        "<p>Ikuti berita kami di Google News dan WhatsApp Channel</p>",
        "<script>(adsbygoogle = window.adsbygoogle || []).push({});</script>",
        "<p>(adsbygoogle = window.adsbygoogle || []).push({});</p>",
    ],
)
def test_a_line_that_leads_elsewhere_is_taken_out(related: str) -> None:
    assert body_of(f"{paragraphs(SENTENCE, SECOND)}{related}{paragraphs(THIRD)}") == [SENTENCE, SECOND, THIRD]


@pytest.mark.parametrize(
    "glued",
    [
        f"<p>{SECOND}<a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>{SECOND} <a href='{OTHER}'>{HEADLINE}</a></p>",
        f"<p>{SECOND}{HEADLINE}</p>",  # no link: the related list below the text tells
        f"<p>{SECOND} Baca juga: {HEADLINE}</p>",
    ],
)
def test_a_headline_glued_into_a_paragraph_is_cut_out(glued: str) -> None:
    assert body_of(f"{paragraphs(SENTENCE)}{glued}{paragraphs(THIRD)}", RELATED_LIST) == [SENTENCE, SECOND, THIRD]


@pytest.mark.parametrize(
    "own",
    [
        f"Menurut <a href='{OTHER}'>laporan tentang pohon di tepi kali</a>, taman itu perlu.",
        "Ia meminta warga: baca juga aturan taman sebelum berkunjung ke sana.",
        f"<a href='{OTHER}'>Wali kota dan para tamu</a> menanam sepuluh pohon di taman itu.",
        "Baca, tulis dan hitung diajarkan di taman itu setiap hari Minggu.",
        "Selengkapnya ada di <a href='https://data.example/taman.pdf'>laporan tahunan taman kota</a>.",
    ],
)
def test_a_sentence_with_a_link_stays(own: str) -> None:
    body = body_of(f"{paragraphs(SENTENCE, own, THIRD)}")
    assert len(body) == 3


def test_subheads_and_lists_stay() -> None:
    items = "<ol><li>Satu taman</li><li>Dua taman</li></ol>"
    inside = f"{paragraphs(SENTENCE)}<h2>Taman dan Air</h2>{paragraphs(SECOND)}{items}"
    assert body_of(inside) == [SENTENCE, "Taman dan Air", SECOND, "1. Satu taman", "2. Dua taman"]


def test_a_pull_quote_that_repeats_a_quotation_is_set_apart() -> None:
    quote = "Taman ini milik semua warga kota, tua dan muda, setiap hari"
    inside = paragraphs(SENTENCE, quote, f"“{quote}. Jagalah bersama,” kata wali kota.", THIRD)
    article = reading(f"<h1 class='post-title'>Taman</h1><div class='post-content'>{inside}</div>")
    assert article.pull_quote == quote
    assert article.text.count(quote) == 1


def test_the_headline_above_the_text_is_not_a_paragraph() -> None:
    assert body_of(paragraphs("Taman kota baru dibuka", SENTENCE, SECOND)) == [SENTENCE, SECOND]


def test_what_follows_the_end_is_cut_off() -> None:
    below = "<p>Pos terkait</p><p>Satu berita lain</p><p>Dua berita lain</p>"
    assert body_of(paragraphs(SENTENCE, SECOND) + below) == [SENTENCE, SECOND]


def test_an_unlisted_page_loses_its_related_links_too() -> None:
    link = "<p>Baca juga: <a href='/kota/pohon-di-tepi-kali-dirawat'>Pohon di tepi kali dirawat</a></p>"
    article = read(page(article_html(paragraphs(SENTENCE, SECOND, THIRD) + link + paragraphs(SENTENCE + " Benar."))))
    assert "Baca juga" not in article.text
