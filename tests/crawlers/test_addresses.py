"""Templates of listings, filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.addresses import ListingAddress, child, day_in, listing_addresses, next_page
from crawlers.platforms import back_fill
from crawlers.request import CrawlRequest, from_json, moment, of_options, to_json
from pipeline.errors import SettingsError
from pipeline.outlet import Discovery, Outlet, Terms

TODAY = date(2026, 11, 3)
JAKARTA = ZoneInfo("Asia/Jakarta")


def outlet(platform: str | None = None, **discovery: object) -> Outlet:
    return Outlet(
        name="warta",
        title="Warta",
        country="ID",
        language="id",
        timezone="Asia/Jakarta",
        hosts=("warta.example",),
        terms=Terms(summary="none"),
        platform=platform,
        discovery=Discovery(article=("x",), **discovery),  # type: ignore[arg-type]  # a table of options
    )


def urls(found: tuple[ListingAddress, ...]) -> list[str]:
    return [address.url.removeprefix("https://warta.example") for address in found]


def test_roads_come_in_order_and_each_address_once() -> None:
    source = outlet(
        feeds=("https://warta.example/rss", "https://warta.example/rss"),
        sitemaps=("https://warta.example/map.xml",),
        indexes=("https://warta.example/i?page={page}",),
        tags=("https://warta.example/tag/a",),
        pages=3,
    )
    found = listing_addresses(source, (), today=TODAY)
    assert urls(found) == ["/rss", "/map.xml", "/i?page=1", "/tag/a"]
    assert [address.road for address in found] == ["feed", "sitemap", "index", "tag"]


def test_pages_follow_up_to_the_last() -> None:
    source = outlet(indexes=("https://warta.example/i/{page}",), pages=3, first_page=0)
    address: ListingAddress | None = listing_addresses(source, (), today=TODAY)[0]
    seen = []
    while address:
        seen.append(address.url[-1])
        address = next_page(address)
    assert seen == ["0", "1", "2"]


def test_queries_are_quoted_in_a_query_and_slugs_in_a_path() -> None:
    source = outlet(searches=("https://warta.example/cari?q={query}", "https://warta.example/tag/{query}"), pages=2)
    found = listing_addresses(source, ("ASEAN Mayors Forum", "Wali Kota & ASEAN"), today=TODAY)
    assert urls(found) == [
        "/cari?q=ASEAN+Mayors+Forum",
        "/cari?q=Wali+Kota+%26+ASEAN",
        "/tag/asean-mayors-forum",
        "/tag/wali-kota-asean",
    ]
    assert {address.last_page for address in found} == {1}  # a daily run reads one page of results


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, ["03-11-2026", "02-11-2026"]),
        (date(2026, 11, 1), None, ["03-11-2026", "02-11-2026", "01-11-2026"]),
        (date(2026, 10, 30), date(2026, 10, 31), ["31-10-2026", "30-10-2026"]),
        (date(2026, 11, 5), None, []),
    ],
)
def test_days_of_the_window_newest_first(since: date | None, until: date | None, days: list[str]) -> None:
    source = outlet(indexes=("https://warta.example/{day}/{page}",))
    found = listing_addresses(source, (), today=TODAY, since=since, until=until)
    assert urls(found) == [f"/{day}/1" for day in days]


def test_a_date_range_is_the_whole_window_in_one_address() -> None:
    source = outlet(
        searches=("https://warta.example/cari?q={query}&dari={since}&sampai={until}",), day_format="%Y-%m-%d"
    )
    window = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}
    (address,) = listing_addresses(source, ("MGMAC",), today=TODAY, **window)
    assert urls((address,)) == ["/cari?q=MGMAC&dari=2026-10-01&sampai=2026-10-31"]


POSTS = "/wp-json/wp/v2/posts?per_page=100&page=1&_fields=date,date_gmt,link,title,excerpt"


def test_wordpress_interface_is_read_only_where_the_file_names_it_and_paged_in_a_back_fill() -> None:
    named = outlet("wordpress", feeds=("https://warta.example/feed/",), wordpress="https://warta.example/", pages=3)
    daily = listing_addresses(named, (), today=TODAY)
    assert urls(daily) == ["/feed/", POSTS]
    assert [(address.road, address.last_page) for address in daily] == [("feed", 3), ("api", 1)]
    past = listing_addresses(named, (), today=TODAY, since=date(2026, 9, 1))
    assert [(address.url, address.last_page) for address in past if address.road == "api"] == [(daily[1].url, 3)]
    assert back_fill(named) == ()  # a hundred posts a page: its feeds need not be paged
    assert urls(listing_addresses(outlet("wordpress"), (), today=TODAY)) == []


def test_a_choosy_outlets_interface_is_searched_too() -> None:
    named = replace(outlet(wordpress="https://warta.example"), fetch="matching")
    found = listing_addresses(named, ("ASEAN Mayors Forum",), today=TODAY)
    assert urls(found) == [POSTS, f"{POSTS}&search=ASEAN+Mayors+Forum"]
    assert [address.road for address in found] == ["api", "search"]


def test_child_sitemaps_have_no_pages() -> None:
    parent = ListingAddress("https://warta.example/map.xml", "sitemap", "https://warta.example/map.xml", 1, 2)
    assert next_page(child(parent, "https://warta.example/map-1.xml")) is None


def test_wordpress_feeds_reach_back_by_pages() -> None:
    source = outlet("wordpress", feeds=("https://warta.example/feed/", "https://warta.example/?feed=rss2"))
    found = back_fill(source)
    assert urls(found) == ["/feed/?paged=2", "/?feed=rss2&paged=2"]
    following = next_page(found[0])
    assert following is not None
    assert following.url == "https://warta.example/feed/?paged=3"
    assert back_fill(outlet(feeds=("https://warta.example/feed/",))) == ()


def test_days_and_instants_are_read_in_the_operators_zone() -> None:
    assert moment("2026-11-03", JAKARTA) == datetime(2026, 11, 2, 17, tzinfo=UTC)
    assert moment("2026-11-03", JAKARTA, end=True) == datetime(2026, 11, 3, 17, tzinfo=UTC)
    assert moment("2026-11-03T07:00", JAKARTA) == datetime(2026, 11, 3, 0, tzinfo=UTC)
    assert day_in("Asia/Jakarta", datetime(2026, 11, 2, 17, tzinfo=UTC)) == date(2026, 11, 3)
    assert day_in("Asia/Jakarta", datetime(2026, 11, 3, 17, tzinfo=UTC), last=True) == date(2026, 11, 3)
    for text in ("yesterday", "2026-13-01", "9999-12-31"):
        with pytest.raises(SettingsError, match="write it as 2026-11-03"):
            moment(text, JAKARTA, end=True)


def test_a_request_survives_its_way_to_the_child() -> None:
    request = CrawlRequest(
        outlet="warta",
        since=datetime(2026, 11, 1, tzinfo=UTC),
        urls=("https://warta.example/a",),
        limit=5,
        replay=(Path("a.warc.gz"),),
        wait=2.5,
    )
    assert from_json(to_json(request)) == request
    assert (request.kind, CrawlRequest(urls=("x",)).kind, CrawlRequest(outlet="a").kind) == (
        "replay",
        "address",
        "crawl",
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"colour": "red"}, "-a colour: unknown"),
        ({"limit": "many"}, "take a number"),
        ({"since": "soon"}, "is no date"),
    ],
)
def test_wrong_options_of_scrapy_crawl_are_told(options: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        of_options("warta", options, JAKARTA)


def test_options_of_scrapy_crawl() -> None:
    options = {
        "since": "2026-11-01",
        "until": "2026-11-02",
        "limit": "3",
        "url": "https://a.example/ https://b.example/",
    }
    request = of_options("warta", options, JAKARTA)
    assert request.since == datetime(2026, 10, 31, 17, tzinfo=UTC)
    assert request.until == datetime(2026, 11, 2, 17, tzinfo=UTC)
    assert (request.limit, request.urls) == (3, ("https://a.example/", "https://b.example/"))
