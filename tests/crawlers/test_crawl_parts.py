"""Paged articles of which a part cannot be had."""

from __future__ import annotations

import re
from pathlib import Path

from crawlers.newsroom import serve, truth
from crawlers.newsroom.response import Request, Response, text_response
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, FailureClass
from tests.crawlers.crawling import TODAY, Home

PAGED = next(one for one in truth(TODAY) if one.outlet == "inews" and one.in_scope and dict(one.variants).get("all"))


def only_the_first(request: Request, response: Response) -> Response:
    """Its further pages, and its form on one page, are not there."""
    return text_response("404\n", 404) if re.search(r"/(?:all|\d)$", request.path) else response


def test_an_article_whose_further_pages_are_not_there_is_read_as_far_as_it_can_be_had(tmp_path: Path) -> None:
    with serve(TODAY, change=only_the_first) as newsroom:
        home = Home(tmp_path, newsroom)
        home.one(CrawlRequest(outlet="inews", urls=(PAGED.url,)))
        stored, trail = home.store.articles.by_url(PAGED.url), home.store.ledger.trail(PAGED.url)
        home.close()
    assert stored
    assert trail
    assert stored.disposition is Disposition.KEPT
    assert 0 < len(stored.article.article_body) < len(PAGED.article_body)
    assert set(stored.article.article_body) <= set(PAGED.article_body)
    failed = [attempt for attempt in trail.attempts if attempt.failure is FailureClass.HTTP_STATUS]
    assert [attempt.status for attempt in failed] == [404]  # told, not swallowed
