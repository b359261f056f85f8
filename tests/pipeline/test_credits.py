"""Who made an article, from all that names them on a page, and where each name was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Article, Listing
from pipeline.outlet import Names, Outlet
from pipeline.process import process_page
from pipeline.watches import bundled_watches
from tests.pipeline.reading import SENTENCE, article_html, outlets, page, paragraphs, read

URL = "https://kabar.example/kota/taman-kota-baru-dibuka"


def generic(*lines: str, head: str = "", above: str = "<h1>Taman kota baru dibuka di Jakarta</h1>") -> Article:
    """An article of an unlisted site: three paragraphs, then the lines."""
    return read(page(article_html(paragraphs(SENTENCE, SENTENCE.replace("sebelas", "dua belas"), *lines), head, above)))


def source_of(article: Article, field: str) -> str | None:
    return next((entry.source for entry in article.provenance if entry.field == field), None)


def author_meta(name: str) -> str:
    return f'<meta name="author" content="{name}">'


def test_a_labelled_tail_names_author_and_editor() -> None:
    article = generic("Pewarta: Ratna Dewi", "Editor: Hadi Wijaya", "Copyright © ANTARA 2026")
    assert (article.authors, article.editors) == (("Ratna Dewi",), ("Hadi Wijaya",))
    assert article.byline == "Pewarta: Ratna Dewi | Editor: Hadi Wijaya"
    assert article.rights.copyright == "ANTARA 2026"
    for field in ("authors", "editors", "byline", "rights"):
        assert source_of(article, field) == "text:byline-tail"
    assert article.article_body[-1].startswith("Wali kota dari dua belas")


def test_who_wrote_a_text_is_not_its_editor_too() -> None:
    article = generic("Penulis: Ratna Dewi", "Editor: RATNA DEWI, Hadi Wijaya")
    assert (article.authors, article.editors) == (("Ratna Dewi",), ("Hadi Wijaya",))


def test_a_label_wins_over_metadata() -> None:
    article = generic("Penulis: Ratna Dewi", head=author_meta("Hadi Wijaya"))
    assert article.authors == ("Ratna Dewi",)


@pytest.mark.parametrize(
    "stated", ["Redaksi", "admin", "Kompas Cyber Media", "ratna", "AFP", "https://kabar.example/a"]
)
def test_metadata_that_names_nobody(stated: str) -> None:
    assert generic(head=author_meta(stated)).authors == ()


@pytest.mark.parametrize("stated", ["Kabar", "Kabar News", "Kabar Kota"])
def test_an_unlisted_site_that_signs_as_a_person_is_nobody(stated: str) -> None:
    assert generic(head=author_meta(stated)).authors == ()


def test_metadata_names_the_author_with_its_source() -> None:
    article = generic(head=author_meta("Ratna Dewi, Hadi Wijaya"))
    assert article.authors == ("Ratna Dewi", "Hadi Wijaya")
    assert source_of(article, "authors") == "meta:author"


def test_a_listing_names_the_author_where_the_page_does_not() -> None:
    listing = Listing(URL, "https://kabar.example/feed", "feed", authors=("redaksi@kabar.example (Ratna Dewi)",))
    article = read(page(article_html(paragraphs(SENTENCE, SENTENCE))), listing=listing)
    assert article.authors == ("Ratna Dewi",)
    assert source_of(article, "authors") == "listing:feed"


def with_names(names: Names) -> Outlet:
    return replace(outlets()["kompas"], names=names)


@pytest.mark.parametrize(
    ("means", "authors", "editors"),
    [("editor", (), ("Hadi Wijaya",)), ("author", ("Hadi Wijaya",), ()), ("ignore", (), ())],
)
def test_the_outlet_file_says_whom_metadata_names(
    means: str, authors: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    names = Names(metadata_author=means)  # type: ignore[arg-type]  # parametrised over its literal values
    html = article_html(paragraphs(SENTENCE, SENTENCE), author_meta("Hadi Wijaya"))
    article = process_page([page(html)], None, with_names(names), bundled_watches())
    assert (article.authors, article.editors) == (authors, editors)


def test_a_signature_in_brackets_names_the_authors() -> None:
    article = generic("(Ratna Dewi/Hadi Wijaya)")
    assert article.authors == ("Ratna Dewi", "Hadi Wijaya")
    assert article.byline == "(Ratna Dewi/Hadi Wijaya)"


def test_a_signature_below_a_byline_names_the_editor() -> None:
    article = generic(
        "(Hadi Wijaya)", above="<h1>Taman kota baru dibuka di Jakarta</h1><p class='byline'>Ratna Dewi</p>"
    )
    assert (article.authors, article.editors) == (("Ratna Dewi",), ("Hadi Wijaya",))


def test_a_signature_behind_the_last_sentence_comes_off() -> None:
    article = generic("Taman dibuka pukul tujuh pagi. (Ratna Dewi/Hadi Wijaya)")
    assert article.authors == ("Ratna Dewi", "Hadi Wijaya")
    assert article.article_body[-1] == "Taman dibuka pukul tujuh pagi."


def test_initials_are_the_byline_of_nobody() -> None:
    article = generic("Taman dibuka pukul tujuh pagi. (fyk/ash)")
    assert article.authors == ()
    assert article.byline == "(fyk/ash)"


def test_a_translator_and_a_photographer_stand_apart() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>Taman baru (ANTARA FOTO/Citra Lestari)</figcaption></figure>"
    html = article_html(
        figure
        + paragraphs(SENTENCE, SENTENCE.replace("sebelas", "dua belas"), "Reported by Ratna | Translated by Maria")
    )
    article = read(page(html.replace("<main>", "<main><article>").replace("</main>", "</article></main>")))
    assert (article.authors, article.translators) == (("Ratna",), ("Maria",))
    assert article.photographers == ("Citra Lestari",)
    assert source_of(article, "translators") == "text:byline-tail"
    assert (source_of(article, "photographers") or "").startswith("css:")


def test_a_byline_of_an_agency_says_whose_text_it_is() -> None:
    article = generic("Penulis: Reuters")
    assert (article.authors, article.syndicated_from) == ((), "Reuters")
    assert source_of(article, "syndicated_from") == "text:byline-tail"


def test_an_agencys_copyright_says_whose_text_it_is() -> None:
    article = generic("Copyright 2026 The Associated Press. All rights reserved.")
    assert article.syndicated_from == "The Associated Press"


def test_keywords_rights_and_section_have_their_source() -> None:
    head = '<meta name="keywords" content="taman, kota"><meta name="robots" content="noarchive">'
    article = generic(head=head)
    assert article.keywords == ("taman", "kota")
    assert source_of(article, "keywords") == "metadata:keywords"
    assert [entry.detail for entry in article.provenance if entry.field == "rights"] == ["robots"]


def test_a_printed_notice_replaces_the_terms_of_the_outlet_file() -> None:
    notice = "Dilarang mengambil isi laman ini untuk AI tanpa izin tertulis dari kantor berita."
    html = article_html(paragraphs(SENTENCE, SENTENCE.replace("sebelas", "dua belas"), notice))
    article = process_page([page(html)], None, outlets()["kompas"], bundled_watches())
    assert article.rights.terms == notice
    terms = [entry.source for entry in article.provenance if entry.field == "rights" and entry.detail == "terms"]
    assert terms == ["text:byline-tail"]
