"""Furniture over any text, and any text in any generation of markup."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from crawlers.newsroom import ArticleText, gallery, render_article
from crawlers.newsroom.furniture import PLACEMENTS, VARIANTS, Placement, furnished, parse, words
from crawlers.newsroom.generations import ALL, Generation, find

ROOT = Path(__file__).resolve().parents[3]
URL = "https://kabar.example/berita/{number}/{slug}"
TEXT = ArticleText(
    headline="Taman kota di tepi kali dibuka untuk warga",
    paragraphs=(
        "Warga menanam dua belas pohon. Mereka datang sejak pagi.",
        "“Teduh sekali,” kata Wening.",
        "Taman dibuka setiap hari sampai malam.",
        "Penjaganya dua orang.",
    ),
    description="Sebuah taman dibuka.",
    date=datetime(2026, 11, 16, 17, 5, tzinfo=UTC),
    authors=("Citra Nareswari",),
    tags=("taman kota",),
)
FIRST = words()["id"].headlines[0]
TEMPLATES = Path(gallery.__file__).parent / "templates"


def said(page: bytes) -> str:
    return re.sub(r"\s+", " ", html.fromstring(page.decode()).text_content())


@pytest.mark.parametrize("generation", ALL, ids=lambda one: one.id)
def test_a_generation_prints_the_whole_text(generation: Generation) -> None:
    shown = gallery.printed_by(generation, replace(TEXT, language=(generation.languages or ("id",))[0]))
    page = " ".join(said(part) for part in gallery.render(generation, shown))
    for part in (*TEXT.paragraphs, TEXT.headline or "", *shown.authors, *shown.editors):
        assert part in page


@pytest.mark.parametrize("generation", ALL, ids=lambda one: one.id)
def test_a_generation_names_nothing_to_machines_without_metadata(generation: Generation) -> None:
    page = render_article(generation.outlet, TEXT, metadata=False, generation=generation.name).decode()
    for mark in (
        "2026-11-1",
        "og:",
        "ld+json",
        "itemprop",
        "canonical",
        "article:",
        'name="description"',
        'datetime="2026',
    ):
        assert mark not in page


@pytest.mark.parametrize("variant", [name for name in VARIANTS if name not in ("prompts", "linked")])
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_a_variant_stands_in_the_page_and_leaves_the_text(variant: str, placement: Placement) -> None:
    page = said(render_article("tempo", TEXT, furniture=f"{variant}@{placement}"))
    assert page.count(FIRST) >= 2  # in the body, and in the list beside it
    for sentence in re.split(r"(?<=[.!?]) ", " ".join(TEXT.paragraphs)):
        assert sentence in page


def test_words_of_the_text_itself_are_linked() -> None:
    page = render_article("tempo", TEXT, furniture="linked@first").decode()
    assert re.search(r'<p>Warga menanam dua +<a href="[^"]*">belas pohon. Mereka datang sejak</a> +pagi.', page) is None
    long = replace(
        TEXT, paragraphs=("Warga satu kampung menanam dua belas pohon peneduh di tepi kali.", *TEXT.paragraphs)
    )
    page = render_article("tempo", long, furniture="linked@first").decode()
    assert re.search(
        r'<p>Warga satu kampung +<a href="[^"]*">menanam dua belas pohon peneduh</a> +di tepi kali.</p>', page
    )
    assert FIRST not in page


def test_prompts_stand_between_the_paragraphs() -> None:
    page = said(render_article("tempo", TEXT, furniture="prompts"))
    own = words()["id"]
    for text in (own.follow, own.share, own.scroll, own.caption, own.video, own.notice):
        assert text in page


@pytest.mark.parametrize(
    ("variant", "markup"),
    [
        ("strong", f"<p><strong>Baca juga: <a href=URL>{FIRST}</a></strong></p>"),
        ("span", f'<span class="baca-juga"><b>Baca juga: <a href=URL>{FIRST}</a>'),
        ("colon", f"<p>Baca juga : <a href=URL>{FIRST}</a></p>"),
        ("line", f"<p>Baca juga: {FIRST}</p>"),
        ("next-line", f"<p>Baca juga :<br>\n<a href=URL>{FIRST}"),
        ("two-lines", f"<p><strong>Baca juga:</strong></p>\n<p><a href=URL>{FIRST}"),
        ("glued", f"kata Wening. <a href=URL>{FIRST}</a></p>"),
        ("glued-bare", f"kata Wening.{FIRST}</p>"),
        ("glued-marked", f"kata Wening. Baca juga: <a href=URL>{FIRST}</a></p>"),
        ("bare-text", f"<p>{FIRST}</p>"),
        ("item", f"<li><a href=URL>{FIRST}</a></li>"),
        ("english", f"<p><strong>Read also: <a href=URL>{FIRST}"),
        ("aside", f'<aside class="sisipan"><h4>Baca juga</h4><a href=URL>{FIRST}'),
    ],
)
def test_a_variant_is_written_as_it_is_called(variant: str, markup: str) -> None:
    page = render_article("tempo", TEXT, furniture=variant).decode()
    assert markup in re.sub(r'href="[^"]*"', "href=URL", page)


def test_a_headline_is_glued_between_two_sentences() -> None:
    for variant in ("glued-inside", "glued-bare-inside"):
        page = said(render_article("tempo", TEXT, furniture=f"{variant}@first"))
        assert re.search(rf"dua belas pohon\. ?{FIRST} Mereka datang sejak pagi\.", page)


def test_related_links_speak_the_language_of_the_text() -> None:
    for language, own in words().items():
        page = furnished(replace(TEXT, language=language), "strong", URL)
        assert [(link.headline, link.marker) for link in page.related] == [(own.headlines[0], own.marker)]
        assert len(own.headlines) == 3


@pytest.mark.parametrize(
    ("name", "meant"), [("glued", ("glued", "middle")), ("row@last", ("row", "last")), ("", ("", "middle"))]
)
def test_a_variant_and_its_place_are_one_word(name: str, meant: tuple[str, str]) -> None:
    assert parse(name) == meant


def test_what_there_is_none_of_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no furniture 'loud': use one of strong"):
        furnished(TEXT, "loud", URL)
    with pytest.raises(ValueError, match="no place 'above': use one of middle"):
        parse("strong@above")
    with pytest.raises(ValueError, match="tempo has no generation '1999': use one of 2020, 2015"):
        find("tempo", "1999")


def test_every_template_tells_what_it_stands_on() -> None:
    for generation in ALL:
        assert (TEMPLATES / f"{generation.template}.html").read_text(encoding="utf-8").startswith("{#")


def test_a_page_is_written_for_a_person() -> None:
    command = [sys.executable, "-m", "crawlers.newsroom", "--render", "tempo", "--generation", "2015"]
    options = ["--furniture", "glued@last", "--story", "1", "--today", "2026-11-20"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=True)
    assert '<div class="artikel">' in done.stdout
    assert "date_published: 2026-11-" in done.stderr
    refused = subprocess.run([*command, "--furniture", "loud"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("newsroom: no furniture 'loud'")
