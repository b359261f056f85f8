"""Pages no outlet file describes: where the text stands, by structure and names."""

from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring, tostring

from pipeline.generic import read_generic
from tests.pipeline.reading import SENTENCE, paragraphs

TEXTS = [
    SENTENCE,
    "Taman itu dirancang bersama warga dan dibangun dalam enam bulan oleh pemerintah kota.",
    "Pemerintah kota berharap taman itu menjadi tempat bertemu warga dari segala umur.",
    "Acara itu berakhir pada malam hari dengan lagu dari anak-anak sekolah di tepi kali.",
]
TEXT = paragraphs(*TEXTS)
COMMENT = "Saya setuju sekali dengan wali kota, taman seperti ini harus ada di setiap kampung di kota kita semua. "
MENU = "".join(f"<li><a href='/{n}'>Kanal nomor {n} dari kabar kota kita</a></li>" for n in range(60))
FOOT = "<footer><p>Tentang kami dan cara menghubungi kami.</p></footer>"
SHORT = "Satu taman dibuka di tepi kali pada hari Minggu pagi, kata panitia acara itu kepada para wartawan yang datang."


def page(inside: str) -> str:
    return f"<html><body><nav><ul>{MENU}</ul></nav>{inside}{FOOT}</body></html>"


def lines(html: str) -> list[str]:
    return [block.printed for block in read_generic(document_fromstring(html))[0]]


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class='entry-content'>{TEXT}</div>",
        f"<div itemprop='articleBody'>{TEXT}</div>",
        f"<div class='post-body'>{TEXT}</div>",
        f"<div id='isi_berita'>{TEXT}</div>",
        f"<div class='article__text'>{TEXT}</div><div class='comments'>{paragraphs(*[COMMENT * 3] * 6)}</div>",
        f"<div class='c'>{TEXT}</div><div id='disqus_thread'>{paragraphs(*[COMMENT * 3] * 9)}</div>",
        f"<div class='story-text'><div>{paragraphs(*TEXTS[:2])}</div><div>{paragraphs(*TEXTS[2:])}</div></div>",
        f"<div class='read-content'>{'<br><br>'.join(TEXTS)}</div>",
        f"<div class='news-text'><img src='x.jpg'>{'<br><br>'.join(TEXTS)}</div>",
        f"<article><div class='article-body'>{TEXT}</div><div class='sidebar'>{paragraphs(COMMENT)}</div></article>",
        f"<div class='detail-text'>{TEXT}<div class='related-posts'><p>{COMMENT}</p></div></div>",
        f"<table><tr><td>{TEXT}</td><td><ul>{MENU}</ul></td></tr></table>",
    ],
)
def test_the_text_is_found(inside: str) -> None:
    assert lines(page(inside)) == TEXTS


def test_a_text_in_several_parts_is_read_whole() -> None:
    parts = "".join(f"<div class='article__body'>{paragraphs(text * 4)}</div><aside>iklan</aside>" for text in TEXTS)
    assert lines(page(f"<div class='chunks'>{parts}</div>")) == [text * 4 for text in TEXTS]


def test_a_short_text_in_a_named_element_is_read() -> None:
    assert lines(page(f"<div class='entry-content'><p>{SHORT}</p><ul><li>Kota A</li></ul></div>")) == [
        SHORT,
        "- Kota A",
    ]


def test_a_post_in_the_text_is_a_quotation() -> None:
    quote = "<blockquote class='twitter-tweet'><p>Taman kita dibuka!</p>— Wali Kota</blockquote>"
    post = f"<div class='social-embed'>{quote}</div>"
    blocks, _ = read_generic(document_fromstring(page(f"<div class='entry-content'>{TEXT}{post}</div>")))
    assert [(block.kind, block.text) for block in blocks[4:]] == [
        ("quote", "Taman kita dibuka!"),
        ("quote", "— Wali Kota"),
    ]


def test_the_captions_of_a_gallery_are_its_text() -> None:
    figures = "".join(f"<figure><img src='x.jpg'><figcaption>{text}</figcaption></figure>" for text in TEXTS)
    blocks, source = read_generic(document_fromstring(page(f"<div class='gallery'>{figures}</div>")))
    assert ([block.text for block in blocks], source) == (TEXTS, "css:figcaption")


def test_a_paragraph_that_trafilatura_loses_is_read() -> None:
    opening = f"<strong>Jakarta, Kabar</strong> - {TEXTS[0]}"
    assert lines(page(f"<div class='div-read'>{opening}{paragraphs(*TEXTS[1:])}</div>")) == [
        f"Jakarta, Kabar - {TEXTS[0]}",
        *TEXTS[1:],
    ]


def test_the_page_is_left_as_it_was() -> None:
    tree = document_fromstring(page(f"<div>{TEXT}</div>"))
    before = tostring(tree)
    read_generic(tree)
    assert tostring(tree) == before


@pytest.mark.parametrize("html", ["<p></p>", "<html></html>", "<div class='entry-content'></div>"])
def test_a_page_without_a_text_has_none(html: str) -> None:
    assert read_generic(document_fromstring(html))[0] == ()


@pytest.mark.parametrize(
    "html",
    [
        "<div class='menu'>" * 1500 + TEXT + "</div>" * 1500,
        "".join(f"<p>{SENTENCE} {n}</p>" for n in range(8000)),
        "<div class='nav'><div class='comment'>" * 500 + TEXT,
        "<span>" * 1800 + SENTENCE * 20,
    ],
)
def test_hostile_structure_costs_no_more_than_seconds(html: str) -> None:
    tree = document_fromstring(html)
    start = time.thread_time()
    read_generic(tree)
    assert time.thread_time() - start < 5.0
