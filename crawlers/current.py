"""The spider of a Scrapy crawler as ours: middlewares, pipelines and extensions find the run's session through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.run import RunSession
    from crawlers.spider import OutletSpider


def spider_of(crawler: Crawler) -> OutletSpider:
    """Every crawl of this project is an `OutletSpider`'s."""
    return cast("OutletSpider", crawler.spider)


def session_of(crawler: Crawler) -> RunSession:
    """All that the run holds."""
    return spider_of(crawler).session
