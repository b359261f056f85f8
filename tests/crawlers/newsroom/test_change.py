"""Answers changed from outside, and the validators that must tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crawlers.newsroom import Newsroom, Request, Response, serve, truth
from tests.crawlers.newsroom.conftest import TODAY, asked

ARTICLE = next(article for article in truth(TODAY) if article.id == "antara-saluran")
FEED = "https://www.antaranews.com/rss/terkini.xml"
SITEMAP = "https://www.antaranews.com/sitemap-news.xml"
PLAIN = "https://www.malaymail.com/feed/rss/malaysia"


def louder(request: Request, response: Response) -> Response:
    """Articles in capitals; everything else as it was."""
    return replace(response, body=response.body.upper()) if response.article else response


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with serve(TODAY) as running:
        yield running


@pytest.fixture(autouse=True)
def unchanged(room: Newsroom) -> Iterator[None]:
    yield
    room.set_change(None)


def ask(room: Newsroom, url: str, trouble: str | None = None, **headers: str) -> Response:
    return room.answer(asked(url, **headers), trouble)


@pytest.mark.parametrize("url", [ARTICLE.url, FEED, SITEMAP, PLAIN])
@pytest.mark.parametrize(("name", "header"), [("ETag", "if_none_match"), ("Last-Modified", "if_modified_since")])
def test_articles_feeds_and_sitemaps_answer_304_to_who_holds_them(
    room: Newsroom, url: str, name: str, header: str
) -> None:
    held = dict(ask(room, url).headers)[name]
    again = ask(room, url, **{header: held})
    assert (again.status, again.body) == (304, b"")


def test_a_change_reaches_the_pages_it_is_meant_for(room: Newsroom) -> None:
    feed = ask(room, FEED)
    room.set_change(louder)
    assert ARTICLE.headline.upper().encode() in ask(room, ARTICLE.url).body
    assert ask(room, FEED) == feed
    room.set_change(None)
    assert ARTICLE.headline.encode() in ask(room, ARTICLE.url).body


@pytest.mark.parametrize("held_by", ["if_none_match", "if_modified_since", "both"])
def test_a_changed_page_is_never_hidden_by_a_304(room: Newsroom, held_by: str) -> None:
    held = dict(ask(room, ARTICLE.url).headers)
    headers = {"if_none_match": held["ETag"], "if_modified_since": held["Last-Modified"]}
    sent = headers if held_by == "both" else {held_by: headers[held_by]}
    room.set_change(louder)
    assert ask(room, ARTICLE.url, **sent).status == 200
    room.set_change(None)
    assert ask(room, ARTICLE.url, **sent).status == 304


def test_a_changed_page_has_a_validator_of_its_own(room: Newsroom) -> None:
    before = dict(ask(room, ARTICLE.url).headers)["ETag"]
    room.set_change(louder)
    changed = dict(ask(room, ARTICLE.url).headers)["ETag"]
    assert changed != before
    assert ask(room, ARTICLE.url, if_none_match=changed).status == 304
    room.set_change(None)
    assert ask(room, ARTICLE.url, if_none_match=changed).status == 200


def test_a_change_comes_after_the_trouble(room: Newsroom) -> None:
    seen: list[int] = []

    def noting(request: Request, response: Response) -> Response:
        seen.append(response.status)
        return response

    room.set_change(noting)
    assert ask(room, ARTICLE.url, "gone").status == 410
    assert seen == [410]


def test_a_change_may_be_given_from_the_start() -> None:
    with serve(TODAY, change=louder, archive_days=3) as room:
        assert ARTICLE.headline.upper().encode() in ask(room, ARTICLE.url).body
        assert room.world.archive_days == 3


def test_an_article_is_told_with_its_answer(room: Newsroom) -> None:
    shown = ask(room, ARTICLE.url).article
    assert shown is not None
    assert (shown.paragraphs, shown.language) == (ARTICLE.article_body, "id")
    assert ask(room, FEED).article is None
