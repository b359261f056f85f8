"""From pages to what they print: headline, text and credit lines."""

from __future__ import annotations

import json

import pytest

from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

TITLE = "Taman kota baru dibuka di tepi kali"
BODY = paragraphs(
    SENTENCE, SENTENCE.replace("acara itu", "setempat"), "Taman itu terbuka untuk semua warga, kata panitia."
)


@pytest.mark.parametrize(
    ("head", "above", "headline"),
    [
        (f"<meta property='og:title' content='{TITLE}'>", "", TITLE),
        (f"<meta property='og:title' content='{TITLE} | Kabar Example'>", "", TITLE),
        (f"<title>{TITLE} - Kabar</title>", "", TITLE),
        (f"<title>{TITLE} - Kabar</title>", f"<h1>{TITLE}</h1>", TITLE),
        ("<title>Kabar</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<meta property='og:title' content='{TITLE}'>", f"<h1>Kota</h1><h2>{TITLE}</h2>", TITLE),
        ("<title>Kabar</title>", "<h1>Berita Terpopuler</h1>", None),
        ("<title>Kabar</title>", "<h1>Kabar</h1>", None),
        ("", "", None),
        (
            f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': TITLE})}</script>",
            "",
            TITLE,
        ),
        (
            "<meta property='og:title' content='Air &amp; taman &quot;kota&quot; bertemu'>",
            "",
            'Air & taman "kota" bertemu',
        ),
    ],
)
def test_headline_of_an_unlisted_page(head: str, above: str, headline: str | None) -> None:
    assert read(page(article_html(BODY, head, above))).headline == headline


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 9000, '{"@type": "NewsArticle", "headline": {"a": 1}}', '{"@graph": {"@graph": 1}}', "null", "\u2028",
     '{"@type": "NewsArticle", "datePublished": 12345678901234567890, "author": [[["x"]]]}'],
)  # fmt: skip
def test_broken_json_ld_is_passed_over(script: str) -> None:
    article = read(page(article_html(BODY, f"<script type='application/ld+json'>{script}</script>")))
    assert len(article.article_body) == 3


def test_json_ld_with_a_comma_too_many_is_read() -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",}}</script>'
    assert read(page(article_html(BODY, script, ""))).headline == TITLE


def test_a_comment_is_no_text() -> None:
    assert read(page(article_html(BODY + "<p>Satu<!-- dua --> tiga.</p>"))).article_body[-1] == "Satu tiga."


def test_credit_lines_are_used_and_taken_off() -> None:
    tail = paragraphs("Pewarta: Ratna Dewi", "Editor: Hadi Wijaya", "Copyright © KABAR 2026", "Sumber: ANTARA")
    article = read(page(article_html(BODY + tail)))
    assert article.article_body[-1] == "Taman itu terbuka untuk semua warga, kata panitia."
    assert (article.authors, article.editors) == (("Ratna Dewi",), ("Hadi Wijaya",))
    assert (article.rights.copyright, article.syndicated_from) == ("KABAR 2026", "ANTARA")


def test_a_credit_glued_to_the_last_paragraph_is_cut_off() -> None:
    article = read(page(article_html(BODY + "<p>Acara berakhir malam hari.Editor: Hadi Wijaya</p>")))
    assert article.article_body[-1] == "Acara berakhir malam hari."
    assert article.editors == ("Hadi Wijaya",)


def test_the_pages_of_a_paged_article_are_joined_in_order() -> None:
    first = page(article_html(BODY), "https://kabar.example/a/taman-kota-baru-dibuka")
    second = page(article_html(paragraphs(SENTENCE, "Bagian kedua berakhir di sini, kata panitia kepada para tamu.")))
    body = read(first, second).article_body
    assert len(body) == 4  # what the second page repeats stands once
    assert body[-1].startswith("Bagian kedua")


def test_a_page_without_any_class_is_read() -> None:
    text = f"<nav><a href='/'>Kabar</a></nav><h1>{TITLE}</h1>{BODY}<footer>Tentang kami</footer>"
    article = read(page(f"<html><body>{text}</body></html>"))
    assert (article.headline, len(article.article_body)) == (TITLE, 3)


def test_metadata_that_names_the_house_is_no_person() -> None:
    head = (
        "<meta name='author' content='Redaksi'><meta property='article:author' content='https://www.example.com/kabar'>"
    )
    assert read(page(article_html(BODY, head))).authors == ()


def test_metadata_author_as_the_outlet_means_it() -> None:
    script = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Hadi Wijaya"}}
    head = f"<script type='application/ld+json'>{json.dumps(script)}</script>"
    html = f"<html><head>{head}</head><body><div class='article'>{BODY}</div></body></html>"
    article = read(page(html, "https://mediaindonesia.com/kota/12/taman-kota"), outlet="mediaindonesia")
    assert (article.authors, article.editors) == ((), ("Hadi Wijaya",))


def test_rights_hold_robots_notice_and_terms() -> None:
    notice = "Isi laman ini tidak boleh dirayapi untuk AI tanpa izin tertulis."
    html = article_html(BODY + f"<p>{notice}</p>", "<meta name='robots' content='noarchive'>")
    article = read(page(html, headers=(("X-Robots-Tag", "noai"),)))
    assert (article.rights.terms, article.rights.robots) == (notice, "noarchive, noai")
    assert notice not in article.text
