"""Every article of the bundled newsroom, fetched from its server, comes out with the true value of every field."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawlers.newsroom import Newsroom, TrueArticle, serve, truth
from pipeline.model import Article, Page, Stage
from pipeline.process import process_page, verdict
from pipeline.urls import canonical_url, is_article, outlet_for
from pipeline.watches import bundled_watches
from tests.pipeline.reading import outlets

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
TRUTH = truth(TODAY)
READABLE = tuple(true for true in TRUTH if true.article_body)
_FIELDS = (
    "kind", "headline", "description", "article_body", "date_published", "date_modified", "authors", "editors",
    "translators", "photographers", "dateline", "credit_line", "article_section", "keywords", "in_language",
    "syndicated_from", "press_release", "pull_quote",
)  # fmt: skip


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve(TODAY) as running:
        yield running


@contextmanager
def connection(newsroom: Newsroom) -> Iterator[http.client.HTTPConnection]:
    host, port = newsroom.address.split(":")
    link = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        yield link
    finally:
        link.close()


def fetch(newsroom: Newsroom, url: str) -> Page:
    parts = urlsplit(url)
    with connection(newsroom) as link:
        link.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Host": parts.netloc})
        response = link.getresponse()
        body = response.read()
    return Page(url, response.status, tuple(response.getheaders()), body, NOW, None)


def read(true: TrueArticle, *pages: Page) -> Article:
    outlet = outlets()[true.outlet] if true.outlet else None
    return process_page(pages, None, outlet, bundled_watches())


def differences(true: TrueArticle, article: Article) -> list[str]:
    return [
        f"{name}: {getattr(article, name)!r} is in truth {getattr(true, name)!r}"
        for name in _FIELDS
        if getattr(article, name) != getattr(true, name)
    ]


@pytest.mark.parametrize("true", READABLE, ids=lambda true: true.id)
def test_every_field_of_a_newsroom_article(newsroom: Newsroom, true: TrueArticle) -> None:
    pages = [fetch(newsroom, true.url)]
    further = dict(true.variants).get("all")
    if further:
        pages = [fetch(newsroom, further)]
    article = read(true, *pages)
    assert pages[0].status == 200
    assert differences(true, article) == []
    assert {watch.id: watch.edition for watch in article.watches} == true.watches
    assert (verdict(article).disposition, verdict(article).stage) == (true.disposition, true.stage)
    assert [headline for headline in true.related_headlines if headline in article.text] == []


@pytest.mark.parametrize("true", [true for true in READABLE if true.outlet], ids=lambda true: true.id)
def test_an_article_is_the_same_at_its_other_addresses(newsroom: Newsroom, true: TrueArticle) -> None:
    for name, url in true.variants:
        page = fetch(newsroom, url) if name == "amp" else None
        if page and page.status == 200:
            article = read(true, page)
            assert (article.canonical_url, article.article_body) == (true.url, true.article_body)


@pytest.mark.parametrize("true", TRUTH, ids=lambda true: true.id)
def test_the_address_of_a_newsroom_page(true: TrueArticle) -> None:
    every = tuple(outlets().values())
    outlet = outlet_for(true.url, every)
    assert (outlet.name if outlet else None) == true.outlet
    assert canonical_url(true.url, outlet) == true.url
    assert is_article(true.url, outlet) is (true.stage is not Stage.DISCOVERY)
    for name, url in true.variants:
        if name not in ("number", "old_slug", "http"):  # these lead to the article by a redirect
            assert canonical_url(url, outlet_for(url, every)) == true.url


@pytest.mark.parametrize(
    "true", [true for true in TRUTH if true.kind and true.stage is Stage.EXTRACT], ids=lambda true: true.id
)
def test_a_page_that_is_no_article(newsroom: Newsroom, true: TrueArticle) -> None:
    article = read(true, fetch(newsroom, true.url))
    assert article.kind is true.kind
    assert verdict(article).stage is Stage.EXTRACT


def test_the_parts_of_a_paged_article_make_the_whole(newsroom: Newsroom) -> None:
    longest = 0
    for true in READABLE:
        if not dict(true.variants).get("all"):
            continue
        parts = [fetch(newsroom, true.url)]
        while (page := fetch(newsroom, f"{true.url}/{len(parts) + 1}")).status == 200:
            parts.append(page)
        longest = max(longest, len(parts))
        assert read(true, *parts).article_body == true.article_body
    assert longest > 1
