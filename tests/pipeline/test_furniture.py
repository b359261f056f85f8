"""Furniture between paragraphs, by the tables of `furniture_cases`: what goes, and what only looks like it."""

from __future__ import annotations

import time
from functools import cache

import pytest

from pipeline import furniture
from pipeline.extract import read_pages
from pipeline.outlet import Outlet, parse_outlet
from tests.pipeline.furniture_cases import CHANNELS, FORMS, GLUED, HEADLINE, LANGUAGES, PROMPTS, UNMARKED, URL
from tests.pipeline.prose_cases import KEPT
from tests.pipeline.reading import SENTENCE, page, paragraphs

ARTICLE = "https://kota.example/berita/900/taman-kota-baru-dibuka"
LAST = "Acara itu berakhir pada malam hari dengan lagu dari anak-anak sekolah di tepi kali."
SECOND, THIRD = LANGUAGES["id"][2:]


@cache
def outlet() -> Outlet:
    """An outlet whose file gives the root and prunes nothing: the furniture is told by what it is."""
    return parse_outlet(
        """
name = "kota"
title = "Kota"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["kota.example", "www.antaranews.com", "jambi.antaranews.com"]
evidence = "guess"
terms.summary = "Our own."
discovery.article = ['/berita/\\d+/']
[[markup]]
name = "2026"
root = "div.teks"
""",
        file="kota.toml",
    )


def blocks_of(inside: str, below: str = "", *, listed: bool = True) -> list[str]:
    text = f"<h1>Taman kota baru dibuka</h1><div class='teks entry-content'>{inside}</div>"
    reading = read_pages([page(f"<html><body>{text}{below}</body></html>", ARTICLE)], outlet() if listed else None)
    assert reading is not None
    return [block.printed for block in reading.text.blocks]


def between(before: str, middle: str, after: str) -> str:
    return f"{paragraphs(SENTENCE, before)}{middle}{paragraphs(after)}"


MARKED = [
    pytest.param(language, marker, form, id=f"{language}-{marker}-{form}")
    for language, (markers, *_) in LANGUAGES.items()
    for number, marker in enumerate(markers)
    for form in FORMS
    if number == 0 or form in {"line", "next line", "no colon", "bare"}
]


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
@pytest.mark.parametrize(("language", "marker", "form"), MARKED)
def test_a_marked_link_goes(language: str, marker: str, form: str, listed: bool) -> None:
    _, headline, before, after = LANGUAGES[language]
    related = FORMS[form].format(marker=marker, url=URL, headline=headline)
    assert blocks_of(between(before, related, after), listed=listed) == [SENTENCE, before, after]


@pytest.mark.parametrize("form", GLUED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_link_glued_to_a_sentence_is_cut_off(language: str, form: str) -> None:
    markers, headline, before, after = LANGUAGES[language]
    glued = GLUED[form].format(marker=markers[0], url=URL, headline=headline)
    assert blocks_of(f"{paragraphs(SENTENCE)}<p>{before}{glued}</p>{paragraphs(after)}") == [SENTENCE, before, after]


# Where a bare headline ends before a further sentence, nothing tells: only linked ones can be cut out there.
@pytest.mark.parametrize("form", [form for form in GLUED if "bare" not in form])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_link_glued_between_two_sentences_is_cut_out(language: str, form: str) -> None:
    markers, headline, before, after = LANGUAGES[language]
    glued = GLUED[form].format(marker=markers[0], url=URL, headline=headline)
    body = blocks_of(f"{paragraphs(SENTENCE)}<p>{before}{glued} {after}</p>{paragraphs(LAST)}")
    assert body == [SENTENCE, f"{before} {after}", LAST]


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
@pytest.mark.parametrize("form", UNMARKED)
def test_an_unmarked_link_goes(form: str, listed: bool) -> None:
    related = UNMARKED[form].format(url=URL, headline=HEADLINE)
    assert blocks_of(between(SECOND, related, THIRD), listed=listed) == [SENTENCE, SECOND, THIRD]


@pytest.mark.parametrize(
    ("language", "prompt"), [(language, prompt) for language, prompts in PROMPTS.items() for prompt in prompts]
)
def test_a_prompt_goes(language: str, prompt: str) -> None:
    _, _, before, after = LANGUAGES[language]
    assert blocks_of(between(before, f"<p>{prompt}</p>", after)) == [SENTENCE, before, after]
    linked = f"<p><strong><a href='https://news.example/x'>{prompt}</a></strong></p>"
    assert blocks_of(between(before, linked, after)) == [SENTENCE, before, after]


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
@pytest.mark.parametrize("case", KEPT)
def test_what_is_the_articles_own_stays(case: str, listed: bool) -> None:
    html, expected = KEPT[case]
    own = html.format(url=URL)
    assert blocks_of(between(SECOND, own, THIRD), listed=listed) == [SENTENCE, SECOND, *expected, THIRD]


@pytest.mark.parametrize("address", CHANNELS)
def test_a_line_that_leads_to_a_channel_goes(address: str) -> None:
    line = f"<p><a href='{address}'>{CHANNELS[address]}</a></p>"
    assert blocks_of(between(SECOND, line, THIRD)) == [SENTENCE, SECOND, THIRD]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
def test_a_bare_headline_that_the_page_links_elsewhere_is_cut_out(language: str, listed: bool) -> None:
    _, headline, before, after = LANGUAGES[language]
    beside = f"<div class='terbaru'><a href='{URL}'><span>Kota</span><h3>{headline}</h3><i>2 jam lalu</i></a></div>"
    glued = f"{paragraphs(SENTENCE)}<p>{before} {headline}</p><p>{headline}</p>{paragraphs(after)}"
    assert blocks_of(glued, beside, listed=listed) == [SENTENCE, before, after]


@pytest.mark.parametrize("heading", ["<h3>Xem nhiều</h3>", "<p><b>ข่าวยอดนิยม</b></p>", "<h4>Lee barak liu</h4>"])
def test_a_heading_over_links_at_the_end_goes_with_them(heading: str) -> None:
    links = UNMARKED["list of links"].format(url=URL, headline=HEADLINE)
    assert blocks_of(between(SECOND, "", THIRD) + heading + links) == [SENTENCE, SECOND, THIRD]


def test_the_headline_as_stated_to_machines_is_no_paragraph() -> None:
    head = "<meta property='og:title' content='Taman kota baru dibuka | Kota Kita'>"
    text = paragraphs("Taman kota baru dibuka | Kota Kita", SENTENCE)
    html = f"<head>{head}</head><h1>Taman kota baru dibuka</h1><div class='teks'>{text}</div>"
    reading = read_pages([page(html, ARTICLE)], outlet())
    assert reading is not None
    assert [block.text for block in reading.text.blocks] == [SENTENCE]


@pytest.mark.parametrize(
    "text",
    [
        "Baca juga: " * 20_000,
        "(" * 100_000 + "baca juga",
        "[Baca " * 30_000,
        ": " * 100_000,
        "ikuti " * 30_000 + "google news",
        "อ่านเพิ่มเติม" * 10_000,
        "a" * 200_000,
        " " * 100_000 + "baca juga:" + " " * 100_000,
        "access_time" * 20_000,
    ],
)
def test_a_hostile_line_costs_less_than_a_second(text: str) -> None:
    start = time.thread_time()
    furniture.is_line(text)
    furniture.markers(text[:20_000])  # the longest block that is kept
    furniture.opening_marker(text)
    assert time.thread_time() - start < 1.0
