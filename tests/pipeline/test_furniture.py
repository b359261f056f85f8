"""Furniture between paragraphs, by the tables of `furniture_cases`: what goes, and what only looks like it."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.extract import read_pages
from pipeline.outlet import Outlet, parse_outlet
from tests.pipeline.furniture_cases import FORMS, GLUED, HEADLINE, KEPT, LANGUAGES, PROMPTS, UNMARKED, URL
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
    html = f"<html><body><h1>Taman kota baru dibuka</h1><div class='teks entry-content'>{inside}</div>{below}</body></html>"
    reading = read_pages([page(html, ARTICLE)], outlet() if listed else None)
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


@pytest.mark.parametrize("form", GLUED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_link_glued_between_two_sentences_is_cut_out(language: str, form: str) -> None:
    markers, headline, before, after = LANGUAGES[language]
    if "bare" in form:
        pytest.skip("where a bare headline ends, nothing tells")
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
