"""The archive: months of ordinary pieces, listed as the outlets list them, and true."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import feedparser
import pytest

from crawlers.newsroom import Response, TrueArticle, listed_on, truth
from crawlers.newsroom.hosts import REDAKSI
from crawlers.newsroom.sites import answer
from crawlers.newsroom.world import world_of
from pipeline.duplicates import compare_profiles, profile
from pipeline.model import Page
from pipeline.outlet import read_outlet
from pipeline.process import process_page, verdict
from pipeline.urls import canonical_url, is_article
from pipeline.watches import bundled_watches
from tests.crawlers.newsroom.conftest import TODAY, asked

DAYS = 120
POSTS = f"https://{REDAKSI}/wp-json/wp/v2/posts"
OUTLET_FILES = Path(__file__).parents[3] / "crawlers" / "outlets"
_FIELDS = (
    "kind", "headline", "description", "article_body", "date_published", "authors", "editors", "dateline",
    "credit_line", "article_section", "keywords", "in_language",
)  # fmt: skip


def ask(url: str) -> Response:
    return answer(world_of(TODAY, DAYS), asked(url))


@cache
def archived(today: date = TODAY, days: int = DAYS) -> tuple[TrueArticle, ...]:
    return tuple(article for article in truth(today, days) if article.id.startswith("arsip-"))


def of(outlet: str) -> list[str]:
    """Every address of an outlet, its stories' too, newest first."""
    return [article.url for article in truth(TODAY, DAYS) if article.outlet == outlet]


def test_without_an_archive_nothing_has_changed() -> None:
    with_one = {article.id: article for article in truth(TODAY, DAYS)}
    assert all(with_one[article.id] == article for article in truth(TODAY))
    assert not [article for article in truth(TODAY) if article.id.startswith("arsip-")]


def test_a_day_of_the_archive_is_the_same_whatever_day_today_is() -> None:
    later = {article.url: article.article_body for article in archived(TODAY + timedelta(days=30), 60)}
    earlier = {article.url: article.article_body for article in archived(TODAY, 30)}
    assert set(earlier) <= set(later)
    assert all(later[url] == body for url, body in earlier.items())


@pytest.mark.parametrize("outlet", ["antara", "redaksijakarta"])
def test_most_days_have_one_to_four_pieces_and_some_none(outlet: str) -> None:
    counts = Counter(article.came_out.date() for article in archived() if article.outlet == outlet)
    days = [counts[TODAY - timedelta(days=back)] for back in range(1, DAYS + 1)]
    assert max(days) <= 5
    assert 12 <= days.count(0) <= 36
    assert min(counts) >= TODAY - timedelta(days=DAYS)
    assert max(counts) < TODAY


def test_a_few_pieces_are_about_a_forum_and_all_others_about_none() -> None:
    about = [article for article in archived() if article.in_scope]
    assert 12 <= len(about) <= 20
    assert {watch for article in about for watch in article.watches} == {"amf", "mgmac", "ascn"}
    assert {year for article in about for year in article.watches.values()} == {2026}


def test_some_pieces_came_out_minutes_from_midnight() -> None:
    clocks = {article.came_out.time() for article in archived()}
    assert {time(0, 5), time(23, 55)} <= clocks
    assert {article.came_out.utcoffset() for article in archived()} == {timedelta(hours=7)}


@pytest.mark.parametrize("today", [TODAY, date(2027, 4, 2)])
def test_no_two_pieces_are_one_text(today: date) -> None:
    profiles = [profile("\n".join(article.article_body)) for article in archived(today)]
    assert [pair for pair in combinations(profiles, 2) if compare_profiles(*pair)] == []


def test_addresses_and_moments_are_unique() -> None:
    everything = truth(TODAY, DAYS)
    assert len({article.url for article in everything}) == len(everything)
    assert len({(article.outlet, article.came_out) for article in archived()}) == len(archived())


@pytest.mark.parametrize("back", [1, 5, 30, 77, 120, 121])
def test_antaras_index_of_a_day_holds_that_days_pieces(back: int) -> None:
    day = TODAY - timedelta(days=back)
    index = f"https://www.antaranews.com/indeks/{day:%d-%m-%Y}"
    listed = (*listed_on(TODAY, index, DAYS), *listed_on(TODAY, f"{index}/2", DAYS))
    true = {a.url for a in truth(TODAY, DAYS) if a.outlet == "antara" and a.came_out.date() == day}
    media = {a.url for a in truth(TODAY, DAYS) if a.rule in ("photo", "video")}
    spelled = {url for a in truth(TODAY, DAYS) for url in a.listed_variants}
    assert set(listed) - spelled == true - media


def test_antaras_latest_pages_lead_back_to_the_first_day() -> None:
    found: list[str] = []
    page = 1
    while listed := listed_on(TODAY, f"https://www.antaranews.com/terkini?page={page}", DAYS):
        found += listed
        page += 1
    media = {a.url for a in truth(TODAY, DAYS) if a.rule in ("photo", "video")}
    assert set(of("antara")) - media <= set(found)
    assert len(found) == len(set(found))


def test_feeds_hold_the_newest_twenty_only() -> None:
    antara = listed_on(TODAY, "https://www.antaranews.com/rss/terkini.xml", DAYS)
    redaksi = listed_on(TODAY, f"https://{REDAKSI}/feed/", DAYS)
    assert len(antara) == 20
    assert list(redaksi) == of("redaksijakarta")[:20]
    assert len(feedparser.parse(ask(f"https://{REDAKSI}/feed/").body).entries) == 20


@pytest.mark.parametrize(
    ("template", "size"),
    [
        (f"https://{REDAKSI}/feed/?paged={{}}", 20),
        (f"https://{REDAKSI}/page/{{}}/", 12),
        (f"https://{REDAKSI}/?paged={{}}", 12),
    ],
)
def test_wordpress_pages_lead_back_to_the_first_post_and_end_with_404(template: str, size: int) -> None:
    everything = of("redaksijakarta")
    pages = -(-len(everything) // size)
    found = [url for page in range(1, pages + 1) for url in listed_on(TODAY, template.format(page), DAYS)]
    assert found == everything
    assert ask(template.format(pages)).status == 200
    assert ask(template.format(pages + 1)).status == 404


def test_wordpress_rest_gives_every_post_once_and_refuses_the_page_after_the_last() -> None:
    everything = of("redaksijakarta")
    first = ask(f"{POSTS}?per_page=100")
    assert dict(first.headers) == {"X-WP-Total": str(len(everything)), "X-WP-TotalPages": "3"}
    posts = [post for page in (1, 2, 3) for post in json.loads(ask(f"{POSTS}?per_page=100&page={page}").body)]
    assert [post["link"] for post in posts] == everything
    beyond = ask(f"{POSTS}?per_page=100&page=4")
    assert (beyond.status, json.loads(beyond.body)["code"]) == (400, "rest_post_invalid_page_number")


def test_wordpress_rest_posts_have_the_shape_of_wordpress() -> None:
    post = json.loads(ask(f"{POSTS}?per_page=1&page=30").body)[0]
    true = next(article for article in truth(TODAY, DAYS) if article.url == post["link"])
    assert datetime.fromisoformat(post["date_gmt"]).replace(tzinfo=UTC) == true.came_out
    assert post["date"] == f"{true.came_out:%Y-%m-%dT%H:%M:%S}"
    assert post["title"]["rendered"] == true.headline
    assert post["excerpt"]["rendered"].startswith("<p>")
    assert post["link"].endswith(f"/{post['slug']}/")
    assert ask(post["guid"]["rendered"]).headers == (("Location", true.url),)
    assert list(json.loads(ask(f"{POSTS}?per_page=1&_fields=id,title.rendered").body)[0]) == ["id", "title"]


@pytest.mark.parametrize(
    "window",
    [
        "after=2026-09-30T23:59:59&before=2026-10-08T00:00:00",
        "after=2026-09-30T16:59:59Z&before=2026-10-07T17:00:00Z",
        "after=2026-09-30T23:59:59%2B07:00&before=2026-10-08T00:00:00+07:00",
    ],
)
def test_wordpress_rest_keeps_to_a_window(window: str) -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 7)
    true = [a.url for a in archived() if a.outlet == "redaksijakarta" and first <= a.came_out.date() <= last]
    assert [post["link"] for post in json.loads(ask(f"{POSTS}?per_page=100&{window}").body)] == true
    assert true


@pytest.mark.parametrize("query", ["per_page=0", "per_page=101", "page=0", "page=x", "after=gestern", "order=up"])
def test_wordpress_rest_refuses_a_wrong_parameter(query: str) -> None:
    refused = ask(f"{POSTS}?{query}")
    assert (refused.status, json.loads(refused.body)["code"]) == (400, "rest_invalid_param")


def test_wordpress_rest_searches() -> None:
    links = {post["link"] for post in json.loads(ask(f"{POSTS}?per_page=100&search=mgmac").body)}
    assert {a.url for a in archived() if a.outlet == "redaksijakarta" and "mgmac" in a.watches} <= links
    assert json.loads(ask(f"{POSTS}?search=tidakadasamasekali").body) == []


def test_pages_of_the_archive_come_out_with_the_true_value_of_every_field() -> None:
    sample = [article for n, article in enumerate(archived()) if article.in_scope or n % 15 == 0]
    for true in sample:
        outlet = read_outlet(OUTLET_FILES / f"{true.outlet}.toml")
        page = ask(true.url)
        headers = (("Content-Type", page.content_type),)
        stored = Page(true.url, page.status, headers, page.body, datetime(2026, 11, 21, tzinfo=UTC), None)
        article = process_page((stored,), None, outlet, bundled_watches())
        assert {name: getattr(article, name) for name in _FIELDS} == {name: getattr(true, name) for name in _FIELDS}
        assert {watch.id: watch.edition for watch in article.watches} == true.watches
        assert verdict(article).disposition is true.disposition
        assert canonical_url(true.url, outlet) == true.url
        assert is_article(true.url, outlet)


@pytest.mark.parametrize("days", [-1, 121])
def test_an_archive_of_impossible_length_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="use 0 to 120"):
        truth(TODAY, days)
