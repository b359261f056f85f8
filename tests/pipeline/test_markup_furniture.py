"""Every generation of markup with every variant of furniture: the text, the time and the names come out to the letter.

One test a generation and variant. A text stands once in every generation, each time under another variant, so that
every pair of generation, variant and text occurs. `python -m crawlers.newsroom --render OUTLET --generation NAME
--furniture VARIANT@PLACE --story N` shows a page; N stands in what a failing test says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

import pytest

from crawlers.newsroom import gallery
from crawlers.newsroom.article import ArticleText
from crawlers.newsroom.furniture import PLACEMENTS, VARIANTS, Placement, words
from crawlers.newsroom.gallery import Told
from crawlers.newsroom.generations import ALL, Generation
from crawlers.newsroom.render import AI_NOTICE
from pipeline.model import Article, Kind, Page
from pipeline.process import process_page
from pipeline.urls import canonical_url, is_article, outlet_for
from pipeline.watches import Watches
from tests.pipeline.reading import outlets

TODAY = date(2026, 11, 20)
FETCHED = datetime(2026, 11, 20, 23, tzinfo=UTC)
NAMES = tuple(VARIANTS)
FIELDS = (
    "headline", "article_body", "authors", "editors", "translators", "photographers", "dateline", "credit_line",
)  # fmt: skip
NO_WATCHES = Watches(())  # what a text is about is not asked here
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


class Case(NamedTuple):
    """One text on one page."""

    story: int  # its place among the texts that the outlet prints
    text: ArticleText
    placement: Placement


@cache
def texts() -> tuple[ArticleText, ...]:
    return gallery.texts(TODAY)


@cache
def cases(generation: Generation) -> Mapping[str, tuple[Case, ...]]:
    """The texts of a generation by variant."""
    found: dict[str, list[Case]] = defaultdict(list)
    own = ALL.index(generation)
    fit = [text for text in texts() if generation.prints(text.language)]
    for story, text in enumerate(fit):
        placement = PLACEMENTS[(story // len(NAMES) + story + own) % len(PLACEMENTS)]
        found[NAMES[(story + own) % len(NAMES)]].append(Case(story, text, placement))
    for number, variant in enumerate(NAMES):  # an outlet that prints few texts prints some again
        if not found[variant]:
            again = (number + own) % len(fit)
            found[variant].append(Case(again, fit[again], PLACEMENTS[number % len(PLACEMENTS)]))
    return {variant: tuple(some) for variant, some in found.items()}


def read(generation: Generation, case: Case, variant: str) -> tuple[Article, Told]:
    """What extraction makes of the page or pages, and what they tell."""
    true = gallery.told(generation, case.text, variant)
    addresses = (true.url, *(f"{true.url}/{number}" for number in range(2, generation.pages + 1)))
    bodies = gallery.render(generation, case.text, variant, case.placement)
    pages = [
        Page(url, 200, HEADERS, body, FETCHED, generation.outlet) for url, body in zip(addresses, bodies, strict=True)
    ]
    return process_page(pages, None, outlets()[generation.outlet], NO_WATCHES), true


def misses(article: Article, true: Told) -> Iterator[str]:
    for field in FIELDS:
        found, wanted = getattr(article, field), getattr(true, field)
        if found != wanted:
            yield f"{field}: {found!r} is in truth {wanted!r}"
    if article.date_published is None or article.date_published.isoformat() != true.date_published.isoformat():
        yield f"date_published: {article.date_published} is in truth {true.date_published}"
    if article.kind is not Kind.ARTICLE and len(article.text) >= 300:
        yield f"kind: {article.kind}, {article.reason}"


@pytest.mark.parametrize("variant", NAMES)
@pytest.mark.parametrize("generation", ALL, ids=lambda generation: generation.id)
def test_a_page_comes_out_exact(generation: Generation, variant: str) -> None:
    found = [
        f"--story {case.story} @{case.placement} ({case.text.language}) {miss}"
        for case in cases(generation)[variant]
        for miss in misses(*read(generation, case, variant))
    ]
    assert found == []


@pytest.mark.parametrize("generation", ALL, ids=lambda generation: generation.id)
def test_a_notice_to_machines_is_kept_as_rights(generation: Generation) -> None:
    case = cases(generation)["prompts"][0]
    notices = {words()[case.text.language].notice, *AI_NOTICE.values()}
    article, _ = read(generation, case, "prompts")
    assert any(notice in (article.rights.terms or "") for notice in notices)
    assert not any(notice in article.text for notice in notices)


@pytest.mark.parametrize("generation", ALL, ids=lambda generation: generation.id)
def test_the_address_is_an_article_of_the_outlet(generation: Generation) -> None:
    outlet = outlets()[generation.outlet]
    true = gallery.told(generation, next(text for text in texts() if generation.prints(text.language)))
    assert outlet_for(true.url, tuple(outlets().values())) == outlet
    assert is_article(canonical_url(true.url, outlet), outlet)


def test_every_outlet_with_selectors_has_a_generation_here() -> None:
    shown = {generation.outlet for generation in ALL}
    assert {name for name, outlet in outlets().items() if outlet.markup} <= shown


def test_every_pair_of_text_generation_and_variant_occurs() -> None:
    every = [
        (generation, variant, case)
        for generation in ALL
        for variant, some in cases(generation).items()
        for case in some
    ]
    assert {(generation.id, variant) for generation, variant, _ in every} == {(g.id, v) for g in ALL for v in NAMES}
    pairs = {(case.text.url, generation.id) for generation, _, case in every}
    assert pairs == {(text.url, one.id) for text in texts() for one in ALL if one.prints(text.language)}
    met = {(case.text.url, variant) for _, variant, case in every}
    assert met == {(text.url, name) for text in texts() for name in NAMES}
    stood = {(variant, case.placement) for _, variant, case in every}
    assert stood == {(name, placement) for name in NAMES for placement in PLACEMENTS}
    assert {text.language for text in texts()} >= {"id", "en", "ms", "vi", "th", "tl"}
