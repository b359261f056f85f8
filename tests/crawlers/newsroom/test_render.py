"""Any text in any outlet's markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from crawlers.newsroom import GENERATIONS, ArticleText, PopularItem, RelatedLink, render_article
from crawlers.newsroom.article import RelatedForm

MARKUPS = [(outlet, generation) for outlet, known in GENERATIONS.items() for generation in known]
FORMS: tuple[RelatedForm, ...] = ("span", "strong", "next-line", "box", "bare-link", "bare-text", "glued")
PAGE = ArticleText(
    headline="Taman & <kota>",
    description="Sebuah taman dibuka.",
    paragraphs=("Warga menanam 12 pohon.", "“Teduh sekali,” kata Wening.", "Taman dibuka setiap hari."),
    opening="Jakarta (ANTARA) - ",
    items=("Menyiram pada pagi hari.", "Menyapu pada sore hari."),
    date=datetime(2026, 11, 16, 17, 5, tzinfo=UTC),
    authors=("Citra Nareswari",),
    editors=("Hendri Sulaksono",),
    translators=("Melati Hapsari",),
    photographers=("Seno Wibisana",),
    caption="Warga di taman.",
    related=tuple(RelatedLink(f"Berita lain {form}", f"https://example.test/{form}", 2, form) for form in FORMS),
    pull_quote="Teduh sekali",
    closing=("Sumber: ANTARA",),
    tags=("taman kota",),
    section="Metro",
    url="https://example.test/taman",
)


@pytest.mark.parametrize(("outlet", "generation"), MARKUPS)
@pytest.mark.parametrize("metadata", [True, False])
def test_render_prints_every_part_of_the_text(outlet: str, generation: str, metadata: bool) -> None:
    page = render_article(outlet, PAGE, metadata=metadata, generation=generation).decode()
    said = re.sub(r"\s+", " ", html.fromstring(page).text_content())
    for part in (*PAGE.paragraphs, *PAGE.items, *PAGE.closing, "Taman & <kota>"):
        assert part in said


@pytest.mark.parametrize(("outlet", "generation"), MARKUPS)
def test_render_leaves_no_machine_readable_field_without_metadata(outlet: str, generation: str) -> None:
    page = render_article(outlet, PAGE, metadata=False, generation=generation).decode()
    for mark in ("2026-11-1", "og:", "ld+json", "itemprop", "canonical", "article:", 'name="description"', "datetime="):
        assert mark not in page


@pytest.mark.parametrize(("outlet", "generation"), MARKUPS)
def test_render_prints_no_date_and_no_headline_when_there_is_none(outlet: str, generation: str) -> None:
    bare = ArticleText(paragraphs=("Hanya satu kalimat.",), popular=())
    page = render_article(outlet, bare, generation=generation).decode()
    assert "2026" not in page
    assert "<h1" not in page
    assert "published_time" not in page
    assert "datePublished" not in page


def test_render_prints_the_local_day_of_a_moment_that_is_another_day_in_utc() -> None:
    page = render_article("antara", PAGE).decode()
    assert "Selasa, 17 November 2026 00:05 WIB" in page
    assert "2026-11-17T00:05:00+07:00" in page


def test_render_uses_the_given_furniture() -> None:
    item = PopularItem("Lomba Perahu", "/read/1/lomba", "18-11-2024", "3638", "Folmer")
    page = render_article("beritajakarta", replace(PAGE, popular=(item,), noscript="Tanpa skrip.")).decode()
    assert "Tanpa skrip." in page
    assert '<i class="material-icons">person</i>Folmer' in page


def test_render_prints_a_given_tail_as_it_is() -> None:
    tail = ("Pewarta: A B", "Editor: C D", "Copyright © ANTARA 2023")
    page = render_article("antara", replace(PAGE, tail=tail)).decode()
    assert "Pewarta: A B<br>\nEditor: C D<br>\nCopyright © ANTARA 2023<br>" in page
    assert "Citra" not in page.partition("</head>")[2]


@pytest.mark.parametrize(
    ("outlet", "form", "markup"),
    [
        ("antara", "span", '<span class="baca-juga"><b>Baca juga: <a href='),
        ("antara", "strong", "<p><strong>Baca juga: <a href="),
        ("antara", "next-line", "<p>Baca Juga :<br>\n<a href="),
        ("inews", "box", '<div class="bacaJugatitle">Baca Juga</div>'),
        ("beritajakarta", "bare-text", "<p>Berita lain bare-text</p>"),
        ("beritajakarta", "glued", 'kata Wening.<a href="https://example.test/glued">Berita lain glued</a></p>'),
    ],
)
def test_render_writes_related_links_in_the_form_asked_for(outlet: str, form: str, markup: str) -> None:
    page = replace(PAGE, related=tuple(link for link in PAGE.related if link.form == form))
    assert markup in render_article(outlet, page).decode()


def test_render_shows_one_part_of_a_paged_article_and_all_of_it_on_show_all() -> None:
    paged = replace(PAGE, pages=3, related=(), pull_quote=None, items=(), closing=(), page=1)
    first, whole = (render_article("inews", replace(paged, page=page)).decode() for page in (1, None))
    assert PAGE.paragraphs[0] in first
    assert PAGE.paragraphs[2] not in first
    assert 'href="https://example.test/taman/all">Show All' in first
    assert all(paragraph in whole for paragraph in PAGE.paragraphs)
    assert "showAll" not in whole


@pytest.mark.parametrize(
    ("outlet", "generation", "said"),
    [("nowhere", None, "no markup"), ("antara", "1999", "no g"), ("kompas", "1999", "no g")],
)
def test_render_refuses_what_it_does_not_know(outlet: str, generation: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        render_article(outlet, PAGE, generation=generation)
