"""An outlet of which only what a listing shows to be ours is fetched: no listing takes back what another one showed."""

from __future__ import annotations

import pytest

from pipeline.model import Disposition
from pipeline.store import Store
from tests.pipeline.store.build import NO_WATCH, NOW, check, listed, read, start, url


@pytest.mark.parametrize("shown_first", [True, False])
def test_what_one_listing_shows_to_be_ours_is_asked_for_whatever_another_says(store: Store, shown_first: bool) -> None:
    """A search or a feed's description names it; a sitemap, which has no more than the address, does not."""
    run = start(store)
    entries = [listed(url(1)), listed(url(1), verdict=NO_WATCH)]
    for entry in entries if shown_first else reversed(entries):
        store.ledger.record_listing(run.id, read(entry), NOW)
    assert [record.url for record in store.ledger.pending("kota", NOW)] == [url(1)]
    check(store)


def test_what_no_listing_shows_to_be_ours_is_not_asked_for(store: Store) -> None:
    run = start(store)
    for _ in range(2):
        store.ledger.record_listing(run.id, read(listed(url(1), verdict=NO_WATCH)), NOW)
    assert store.ledger.pending("kota", NOW) == []
    assert store.ledger.counts()[Disposition.REJECTED] == 1
