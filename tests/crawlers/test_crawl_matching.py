"""`fetch = "matching"`: of an outlet's articles only those are fetched that a listing or a search shows to be ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from crawlers.newsroom import serve
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, Stage
from pipeline.store.crawl_records import UrlRecord
from pipeline.watches import load_watches, match_listing
from tests.crawlers.crawling import ROOT, TODAY, Home, canonical, place, true_articles, true_kept

WATCHES = load_watches(None)


@dataclass(frozen=True)
class Choosy:
    home: Home
    asked: frozenset[str]  # host and path of every request
    records: tuple[UrlRecord, ...]  # of the newsroom's articles


@pytest.fixture(scope="module")
def choosy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Choosy]:
    """ANTARA by a file of the operator's, which differs from the bundled one in this line."""
    with serve(TODAY) as room:
        home = Home(tmp_path_factory.mktemp("choosy"), room)
        bundled = (ROOT / "crawlers" / "outlets" / "antara.toml").read_text(encoding="utf-8")
        home.settings.outlets.mkdir()
        changed = bundled.replace("\ntimezone", '\nfetch = "matching"\ntimezone', 1)
        (home.settings.outlets / "antara.toml").write_text(changed, encoding="utf-8")
        assert home.one(CrawlRequest(outlet="antara")).begun is not None
        found = (home.store.ledger.get(canonical(article)) for article in true_articles("antara"))
        asked = frozenset(f"{entry.host}{entry.path.partition('?')[0]}" for entry in room.requests)
        yield Choosy(home, asked, tuple(record for record in found if record))
        home.close()


def test_what_no_listing_shows_to_be_ours_is_not_fetched_and_told(choosy: Choosy) -> None:
    passed = [record for record in choosy.records if record.rule == "no watch matched" and record.detail]
    assert len(passed) >= 3
    for record in passed:
        assert (record.disposition, record.stage) == (Disposition.REJECTED, Stage.WATCH)
        assert (record.detail or "").startswith("what the listing says of it: ")
        assert place(record.url) not in choosy.asked


def test_what_was_fetched_was_shown_by_a_listing_or_a_search(choosy: Choosy) -> None:
    for record in choosy.records:
        if place(record.url) in choosy.asked and record.listing:
            trail = choosy.home.store.ledger.trail(record.url)
            assert trail is not None
            searched = "search" in {sighting.road for sighting in trail.sightings}
            assert searched or match_listing(record.listing, WATCHES), record.url


def test_nothing_in_scope_is_missed_that_a_listing_shows(choosy: Choosy) -> None:
    assert choosy.home.kept("antara") == true_kept("antara")
