"""Feeds, indexes, tag and search pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree, html

from crawlers.newsroom import listed_on, truth
from crawlers.newsroom.hosts import REDAKSI
from tests.crawlers.newsroom.conftest import TODAY, Answer

Ask = Callable[..., Answer]
FEEDS = [
    ("https://www.antaranews.com/rss/terkini.xml", 20),
    ("https://www.antaranews.com/rss/terkini", 20),
    ("https://www.antaranews.com/rss/metro.xml", 7),
    ("https://megapolitan.antaranews.com/rss/terkini.xml", 4),
    ("https://en.antaranews.com/rss/news.xml", 7),
    ("https://en.antaranews.com/rss/latest.xml", 7),
    (f"https://{REDAKSI}/feed/", 11),
    (f"https://{REDAKSI}/tag/mgmac/feed/", 5),
    (f"https://{REDAKSI}/?s=amf&feed=rss2", 7),
    ("https://www.kabarkota.test/feed.xml", 1),
]
PAGES = [
    "https://www.antaranews.com/",
    "https://www.antaranews.com/terkini?page=2",
    "https://www.antaranews.com/search?q=MGMAC",
    "https://www.antaranews.com/tag/600/mgmac",
    "https://www.antaranews.com/metro",
    "https://megapolitan.antaranews.com/terkini",
    "https://en.antaranews.com/search?q=ASEAN+Mayors+Forum",
    "https://www.beritajakarta.id/",
    "https://m.beritajakarta.id/en/",
    "https://www.beritajakarta.id/news_index/search?q=AMF&p=1",
    "https://www.inews.id/indeks/news/20-11-2026/1",
    "https://www.inews.id/tag/smart-city",
    f"https://{REDAKSI}/",
    f"https://{REDAKSI}/?s=wali+kota",
    "https://www.kabarkota.test/",
]


def links(page: Answer, url: str) -> set[str]:
    return {urljoin(url, str(link)) for link in html.fromstring(page.body).xpath("//a/@href")}


@pytest.mark.parametrize(("url", "count"), FEEDS)
def test_feed_lists_what_the_truth_says(ask: Ask, url: str, count: int) -> None:
    answer = ask(url)
    parsed = feedparser.parse(answer.body)
    assert not parsed.bozo
    assert tuple(entry.link for entry in parsed.entries) == listed_on(TODAY, url)
    assert len(parsed.entries) == count
    assert all(entry.published_parsed for entry in parsed.entries)


@pytest.mark.parametrize("url", PAGES)
def test_html_listing_links_what_the_truth_says(ask: Ask, url: str) -> None:
    answer = ask(url)
    printed = set(listed_on(TODAY, url))
    media = {a.url for a in truth(TODAY) if a.rule in ("photo", "video")}
    known = {a.url for a in truth(TODAY)} | {u for a in truth(TODAY) for u in a.listed_variants}
    assert printed
    assert printed <= links(answer, url)
    assert links(answer, url) & known <= printed | media


def test_main_listings_name_every_article_of_their_outlet() -> None:
    whole = {
        "antara": ["https://www.antaranews.com/rss/terkini.xml"],
        "antara_en": ["https://en.antaranews.com/rss/news.xml"],
        "beritajakarta": ["https://www.beritajakarta.id/"],
        "beritajakarta_en": ["https://www.beritajakarta.id/en/"],
        "inews": ["https://www.inews.id/indeks/news/21-11-2026/1"],
        "redaksijakarta": [f"https://{REDAKSI}/feed/"],
    }
    for article in truth(TODAY):
        if article.outlet and article.id != "inews-video":
            printed = {url for listing in whole[article.outlet] for url in listed_on(TODAY, listing)}
            assert {article.url, *article.listed_variants} <= printed


def test_antara_feed_has_its_quirks(ask: Ask) -> None:
    current = ask("https://www.antaranews.com/rss/terkini.xml").text
    assert '<enclosure length="25000" type="image/jpeg"' in current
    assert ".png" in current
    assert "&nbsp;" in current
    assert " ...</p>" in current
    assert "/foto/" in current
    assert "/video/" in current
    older = ask("https://megapolitan.antaranews.com/rss/terkini.xml").text
    assert "<description>&lt;img src=" in older
    assert "&#13;" in older


def test_search_finds_what_has_every_word_and_nothing_else() -> None:
    def ids(query: str) -> set[str]:
        by_url = {article.url: article.id for article in truth(TODAY)}
        return {by_url[url] for url in listed_on(TODAY, f"https://www.antaranews.com/search?q={query}")}

    assert ids("AMF+2023") == {"antara-bus"}
    assert ids("transjakarta+CAKUNG") == {"antara-bus"}
    assert ids("Dana+Moneter") == {"antara-dana"}
    assert ids("tidakadasamasekali") == set()
    assert ids("") == set()


def test_paging_ends_with_an_empty_page() -> None:
    pages = [listed_on(TODAY, f"https://www.antaranews.com/terkini?page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [8, 10, 0]  # photo and video are no articles' addresses
    assert not set(pages[0]) & set(pages[1])


def test_listing_prints_no_date_for_the_page_without_one(ask: Ask) -> None:
    page = html.fromstring(ask("https://www.beritajakarta.id/").body)
    entries = page.xpath('//li[contains(@class,"img-hover")]')
    undated = [entry for entry in entries if not entry.xpath('.//i[contains(@class,"bi-clock-fill")]')]
    assert [entry.xpath("string(.//a/@href)") for entry in undated] == [
        "/read/151233/jakarta-kuala-lumpur-teken-kerja-sama-data-tinggi-muka-air"
    ]


def test_wordpress_posts_are_searched_and_paged(ask: Ask) -> None:
    base = f"https://{REDAKSI}/wp-json/wp/v2/posts"
    first = ask(f"{base}?search=amf&per_page=3&page=1")
    assert first.headers["x-wp-totalpages"] == "3"
    assert len(json.loads(first.body)) == 3
    assert ask(f"{base}?search=amf&per_page=3&page=4").status == 400
    after = json.loads(ask(f"{base}?after=2026-11-20T12:00:00").body)
    assert {post["date"] > "2026-11-20T12:00:00" for post in after} == {True}


@pytest.mark.parametrize(
    "url", ["https://www.antaranews.com/sitemap-news.xml", f"https://{REDAKSI}/wp-sitemap-posts-post-1.xml"]
)
def test_sitemap_lists_addresses(ask: Ask, url: str) -> None:
    tree = etree.fromstring(ask(url).body)
    assert tuple(tree.xpath("//*[local-name()='loc']/text()")) == listed_on(TODAY, url)


@pytest.mark.parametrize("form", ["ETag", "Last-Modified"])
def test_feed_answers_304_when_it_has_not_changed(ask: Ask, form: str) -> None:
    url = "https://www.antaranews.com/rss/terkini.xml"
    held = ask(url).headers[form.lower()]
    header = "if_none_match" if form == "ETag" else "if_modified_since"
    answer = ask(url, **{header: held})
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"]


def test_feed_answers_200_when_the_validator_is_another(ask: Ask) -> None:
    url = "https://www.antaranews.com/rss/terkini.xml"
    assert ask(url, if_none_match='"other"').status == 200
    assert ask(url, if_modified_since="Mon, 02 Nov 2026 00:00:00 GMT").status == 200
    assert ask(url, if_modified_since="nonsense").status == 200
