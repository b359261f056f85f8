"""Which articles were named by which roads, as the estimate of completeness needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model import Run
from pipeline.store import ListingRead, Store
from pipeline.store.crawl_records import Listed, Spotted
from tests.pipeline.store.build import MINUTE, NO_WATCH, NOW, PHOTO, article, keep, listed, start, url

DAY = timedelta(days=1)


def read(store: Store, run: Run, road: str, *entries: Listed) -> None:
    named = tuple(replace(entry, listing=replace(entry.listing, road=road)) for entry in entries)
    store.ledger.record_listing(run.id, ListingRead(f"https://kota.example/{road}", "kota", "d1", named), NOW)


def spotted(store: Store) -> list[Spotted]:
    return store.ledger.roads(NOW - DAY, NOW + DAY).get("kota", [])


def test_an_article_has_every_road_that_named_it_by_any_of_its_addresses(store: Store) -> None:
    run = start(store)
    read(store, run, "feed", listed(url(1)), listed(url(2)))
    read(store, run, "sitemap", listed(url("1?amp=1"), url(1)))
    keep(store, run, article(url(1)))
    keep(store, run, article(url(2)), verdict=NO_WATCH)
    assert spotted(store) == [
        Spotted(in_scope=True, roads=frozenset({"feed", "sitemap"})),
        Spotted(in_scope=False, roads=frozenset({"feed"})),
    ]
    assert store.ledger.roads(NOW - DAY, NOW + DAY, "another") == {}


def test_what_is_no_article_does_not_count(store: Store) -> None:
    run = start(store)
    read(store, run, "feed", listed(url(1)), listed(url(2), verdict=PHOTO))
    assert spotted(store) == []


def test_only_what_was_first_seen_in_the_time_counts(store: Store) -> None:
    run = start(store)
    read(store, run, "feed", listed(url(1)))
    keep(store, run, article(url(1)))
    assert store.ledger.roads(NOW + MINUTE, NOW + DAY) == {}
    assert store.ledger.roads(NOW - DAY, NOW) == {}


@pytest.mark.parametrize("kind", ["replay", "back-fill"])
def test_a_back_fill_or_a_replay_says_nothing_of_daily_runs(store: Store, kind: str) -> None:
    given = {"kind": "replay"} if kind == "replay" else {"kind": "crawl", "backfill_id": 1}
    run = store.runs.begin("kota", pid=1, host="here", now=NOW, **given)
    read(store, run, "index", listed(url(1)))
    keep(store, run, article(url(1)))
    assert spotted(store) == []


def test_another_outlets_listings_are_no_road_to_an_article(store: Store) -> None:
    """What a portal lists of its parent's articles says nothing of how complete the parent's own listings are."""
    run = start(store)
    read(store, run, "feed", listed(url(1)))
    keep(store, run, article(url(1)))
    read(store, start(store, "another"), "sitemap", listed(url(1)))
    assert spotted(store) == [Spotted(in_scope=True, roads=frozenset({"feed"}))]
    assert store.ledger.roads(NOW - DAY, NOW + DAY, "another") == {}
