"""What each trouble does to an answer; the server's own ones (hang, reset, slow) are in test_server."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.newsroom import GENERATIONS, Newsroom, Response, TrueArticle, plain_truth, serve, truth, week_truth
from crawlers.newsroom.troubles import BOMB_BYTES, KINDS, trouble_of
from pipeline.duplicates import compare
from pipeline.model import Article, Page
from pipeline.outlet import read_outlet
from pipeline.process import process_page
from pipeline.watches import bundled_watches
from tests.crawlers.newsroom.conftest import TODAY, asked

ORDINARY = [a for a in truth(TODAY) if a.outlet and a.article_body and a.date_published]
ONE_EACH = [next(a for a in ORDINARY if a.outlet == name) for name in GENERATIONS if name != "kabarkota"]
PLAIN = [
    next(a for a in plain_truth(TODAY) if a.outlet == n and a not in week_truth(TODAY))
    for n in ("malaymail", "zaobao", "kpl", "sabay", "prachatai")
]
EVERY = [*ONE_EACH, *PLAIN]
NAMES = [a.id for a in EVERY]
OUTLET_FILES = Path(__file__).parents[3] / "crawlers" / "outlets"


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with serve(TODAY) as running:
        yield running


def read(true: TrueArticle, answer: Response) -> Article:
    headers = (("Content-Type", answer.content_type),)
    page = Page(true.url, answer.status, headers, answer.body, datetime(2026, 11, 21, tzinfo=UTC), None)
    return process_page((page,), None, read_outlet(OUTLET_FILES / f"{true.outlet}.toml"), bundled_watches())


def body_source(article: Article) -> str:
    return next(one.source for one in article.provenance if one.field == "article_body")


@pytest.mark.parametrize("true", EVERY, ids=NAMES)
def test_edited_changes_the_last_paragraph_and_its_validator(room: Newsroom, true: TrueArticle) -> None:
    before, after = room.answer(asked(true.url), None), room.answer(asked(true.url), "edited")
    old, new = read(true, before), read(true, after)
    assert new.article_body[:-1] == old.article_body[:-1]
    assert len(new.article_body[-1]) > len(old.article_body[-1]) + 15
    assert dict(before.headers)["ETag"] != dict(after.headers)["ETag"]
    assert room.answer(asked(true.url, if_none_match=dict(before.headers)["ETag"]), "edited").status == 200


@pytest.mark.parametrize("true", ONE_EACH, ids=[a.id for a in ONE_EACH])
def test_comma_leaves_one_text(room: Newsroom, true: TrueArticle) -> None:
    old, new = (read(true, room.answer(asked(true.url), kind)) for kind in (None, "comma"))
    assert new.text.count(",") == old.text.count(",") + 1
    assert compare(old.text, new.text) is not None


@pytest.mark.parametrize("true", EVERY, ids=NAMES)
def test_dateless_prints_no_date_of_the_article(room: Newsroom, true: TrueArticle) -> None:
    whole, without = (room.answer(asked(true.url), kind).body.decode() for kind in (None, "dateless"))
    assert true.date_published is not None
    assert f"{true.date_published:%Y-%m-%dT%H:%M}" in whole
    assert f"{true.date_published:%Y-%m-%dT%H:%M}" not in without
    assert without.count(f"{true.date_published:%H:%M}") == 0


@pytest.mark.parametrize("true", ONE_EACH, ids=[a.id for a in ONE_EACH])
def test_layout_renames_what_the_outlet_file_selects_by(room: Newsroom, true: TrueArticle) -> None:
    old, new = (room.answer(asked(true.url), kind) for kind in (None, "layout"))
    assert body_source(read(true, old)).startswith("css:")
    assert not body_source(read(true, new)).startswith("css:")
    assert re.sub(rb'(?:class|id)="[^"]*"', b"", new.body) == re.sub(rb'(?:class|id)="[^"]*"', b"", old.body)


@pytest.mark.parametrize(
    ("kind", "status", "location"),
    [("gone", 410, None), ("soft404", 200, None), ("redirect-loopback", 302, "http://127.0.0.1/admin")],
)
@pytest.mark.parametrize("true", EVERY[::3], ids=NAMES[::3])
def test_an_articles_answer_is_replaced(
    room: Newsroom, kind: str, status: int, location: str | None, true: TrueArticle
) -> None:
    answer = room.answer(asked(true.url), kind)
    assert (answer.status, dict(answer.headers).get("Location")) == (status, location)
    assert true.article_body[0].encode() not in answer.body


@pytest.mark.parametrize("kind", ["gone", "soft404", "redirect-loopback", "zipbomb", "edited", "layout", "dateless"])
@pytest.mark.parametrize("url", ["https://www.antaranews.com/rss/terkini.xml", "https://www.inews.id/robots.txt"])
def test_listings_and_robots_txt_are_spared(room: Newsroom, kind: str, url: str) -> None:
    assert room.answer(asked(url), kind) == room.answer(asked(url), None)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("malaymail", "https://www.malaymail.com/feed/rss/malaysia"),
        ("phnompenhpost", "https://www.phnompenhpost.com/rss"),
        ("tempo", "https://rss.tempo.co/"),
        ("nationthailand", "https://www.nationthailand.com/rss"),
        ("cna", "https://www.channelnewsasia.com/api/v1/sitemap-news-feed?_format=xml"),
    ],
)
def test_feed_troubles_know_every_form(room: Newsroom, name: str, url: str) -> None:
    links = [a.url.encode() for a in plain_truth(TODAY) if a.outlet == name]
    whole, empty, cut = (room.answer(asked(url), kind).body for kind in (None, "empty-feed", "broken-feed"))
    assert all(link in whole for link in links)
    assert not any(link in empty for link in links)
    assert whole.startswith(cut)
    assert 0 < len(cut) < len(whole)


def test_zipbomb_is_small_and_unpacks_to_more_than_any_limit(room: Newsroom) -> None:
    bomb = room.answer(asked(EVERY[0].url), "zipbomb")
    assert ("Content-Encoding", "gzip") in bomb.headers
    assert len(bomb.body) < 1_000_000
    unpacked, stream, rest = 0, zlib.decompressobj(wbits=31), bomb.body
    while rest:
        unpacked += len(stream.decompress(rest, 16 * 1024 * 1024))
        rest = stream.unconsumed_tail
    assert unpacked == BOMB_BYTES


def test_crawl_delay_is_asked_for_in_robots_txt_alone(room: Newsroom) -> None:
    for host in ("www.inews.id", "www.malaymail.com"):
        assert b"Crawl-delay: 2\n" in room.answer(asked(f"https://{host}/robots.txt"), "crawl-delay").body
        assert b"Crawl-delay: 0.01\n" in room.answer(asked(f"https://{host}/robots.txt"), None).body


def test_retry_after_refuses_the_first_page_of_each_host_once() -> None:
    with serve(TODAY) as room:
        asked_for = ["https://www.inews.id/robots.txt", "https://www.inews.id/", "https://www.inews.id/", PLAIN[0].url]
        answers = [room.answer(asked(url), "retry-after") for url in asked_for]
        assert [answer.status for answer in answers] == [200, 429, 200, 429]
        assert ("Retry-After", "2") in answers[1].headers
        room.set_trouble("inews", "retry-after")
        assert room.answer(asked("https://www.inews.id/"), "retry-after").status == 429


@pytest.mark.parametrize(
    ("url", "struck"),
    [
        ("https://www.bernama.com/bm/news.php?id=1", True),
        ("https://www.bernama.com/en/news.php?id=1", False),
        ("https://www.bernama.com/robots.txt", False),
        ("https://www.malaymail.com/", False),
    ],
)
def test_trouble_of_an_outlet_that_shares_its_host_strikes_its_pages(url: str, struck: bool) -> None:
    assert (trouble_of({"bernama_ms": "503"}, asked(url)) == "503") is struck


def test_every_kind_says_what_it_does() -> None:
    assert len(KINDS) == 18
    assert all(said and said[0].islower() and not said.endswith(".") for said in KINDS.values())
