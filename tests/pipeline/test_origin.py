"""Dateline, credit line, syndication and press releases of whole articles."""

from __future__ import annotations

import pytest

from pipeline.model import Article
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

MORE = SENTENCE.replace("sebelas", "dua belas")


def opened(opening: str, *lines: str, head: str = "", url: str = "https://kabar.example/kota/taman") -> Article:
    return read(page(article_html(paragraphs(opening + SENTENCE, MORE, *lines), head), url))


def source_of(article: Article, field: str) -> str | None:
    return next((entry.source for entry in article.provenance if entry.field == field), None)


@pytest.mark.parametrize(
    ("opening", "place", "credit", "whose"),
    [
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA", "ANTARA"),
        ("KUALA LUMPUR, Nov 21 (Bernama) -- ", "KUALA LUMPUR", "Bernama", "Bernama"),
        ("WASHINGTON (Reuters) - ", "WASHINGTON", "Reuters", "Reuters"),
        ("JAKARTA, KABAR.example - ", None, None, None),  # no country's ending: not a signature anybody knows
        ("JAKARTA, Kabar.com - ", "JAKARTA", "Kabar.com", None),
        ("Jakarta - ", "Jakarta", None, None),
        ("", None, None, None),
    ],
)
def test_the_opening_of_an_unlisted_site(
    opening: str, place: str | None, credit: str | None, whose: str | None
) -> None:
    article = opened(opening)
    assert (article.dateline, article.credit_line, article.syndicated_from) == (place, credit, whose)
    if credit:
        assert article.article_body[0] == SENTENCE
        assert source_of(article, "credit_line") == "text:opening"
    assert (source_of(article, "dateline") == "text:opening") is (place is not None)
    assert (source_of(article, "syndicated_from") is not None) is (whose is not None)


@pytest.mark.parametrize("url", ["https://www.reuters.com/world/a-park", "https://edition.reuters.com/world/a-park"])
def test_an_agencys_own_site_prints_its_own_text(url: str) -> None:
    article = opened("WASHINGTON (Reuters) - ", "Source: Reuters", url=url)
    assert (article.credit_line, article.syndicated_from) == ("Reuters", None)
    assert source_of(article, "syndicated_from") is None


def test_a_source_line_wins_over_the_opening() -> None:
    assert opened("Jakarta (ANTARA) - ", "Sumber: Warta Desa").syndicated_from == "Warta Desa"


@pytest.mark.parametrize(
    ("closing", "source"),
    [(" — BERNAMA", "text:closing"), (" - AFP", "text:closing"), (" (Reuters)", "text:byline-tail")],
)
def test_the_closing_signature_comes_off_and_says_whose_text_it_is(closing: str, source: str) -> None:
    article = opened("", MORE.replace("dua", "tiga") + closing)
    assert article.syndicated_from == closing.strip(" —-()")
    assert article.article_body[-1] == MORE.replace("dua", "tiga")
    assert source_of(article, "syndicated_from") == source


def test_an_opening_in_a_block_of_its_own_goes_before_the_text() -> None:
    article = read(page(article_html(paragraphs("Jakarta -", SENTENCE, MORE))))
    assert article.dateline == "Jakarta"
    assert article.article_body[0] == f"Jakarta - {SENTENCE}"


@pytest.mark.parametrize(
    ("opening", "lines", "head", "source"),
    [
        ("ISTANBUL, 23 Februari 2026 (Antara/PRNewswire) - ", (), "", "text:opening"),
        ("INFO NASIONAL - ", (), "", "text:opening"),
        ("", ("Sumber: Media OutReach",), "", "text:credit"),
        ("", (), '<meta property="article:section" content="Advertorial">', "section"),
        ("", (), '<meta name="keywords" content="kota, press release">', "keywords"),
        ("", (), '<meta name="author" content="Advertorial - kabarOto">', "metadata:author"),
        ("", ("Taman itu untuk warga, kata Ratna dalam Siaran Pers Pemprov DKI Jakarta.",), "", "text:release"),
    ],
)
def test_a_press_release_is_marked_with_its_reason(
    opening: str, lines: tuple[str, ...], head: str, source: str
) -> None:
    article = opened(opening, *lines, head=head)
    assert article.press_release
    assert source_of(article, "press_release") == source


@pytest.mark.parametrize(
    "line",
    [
        "Taman itu untuk warga, kata Ratna dalam keterangan tertulis.",
        "Taman itu untuk warga, kata Ratna dalam siaran pers. Hal itu ia ulangi kepada wartawan.",
    ],
)
def test_a_report_that_quotes_is_no_press_release(line: str) -> None:
    article = opened("", line)
    assert not article.press_release
    assert source_of(article, "press_release") is None


def test_a_long_report_that_names_a_release_is_none() -> None:
    lines = [MORE.replace("dua belas", f"{number}") for number in range(40)]
    article = opened("", *lines, "Taman itu untuk warga, kata Ratna dalam siaran pers.")
    assert not article.press_release


def test_a_place_that_is_the_sites_name_is_a_place() -> None:
    article = opened("SLEMAN, Indonesia — ", url="https://www.sleman.example/kota/taman")
    assert (article.dateline, article.credit_line) == ("SLEMAN, Indonesia", None)


def test_at_a_listed_outlet_another_city_may_begin_the_text() -> None:
    text = f"<strong>Jakarta</strong> - Bandung {SENTENCE}<p>{MORE}</p>"
    body = f"<div class='detail__body-text itp_bodycontent'>{text}</div>"
    article = read(page(article_html(body), "https://news.detik.com/berita/d-1/taman"), outlet="detik")
    assert article.dateline == "Jakarta"


def test_at_an_unlisted_site_it_is_a_way() -> None:
    assert opened("Jakarta - Bandung ditempuh 40 menit. ").dateline is None
