"""Back-fills in the store: planned, taken up, settled, given up; and what other runs must leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from pipeline.model import Disposition, Run
from pipeline.store import ListingRead, Store
from pipeline.store.crawl_records import Backfill, BackfillDay, BackfillState
from tests.pipeline.store.build import MINUTE, NOW, TOO_OLD, article, keep, listed, read, start, url

FIRST, LAST = date(2026, 8, 1), date(2026, 8, 3)


def plan(store: Store, since: date = FIRST, until: date = LAST, *, digest: str = "d1") -> Backfill:
    return store.backfills.begin("kota", since, until, listing_digest=digest, actor="ani", now=NOW)


def run_of(store: Store, backfill: Backfill) -> Run:
    return store.runs.begin("kota", "backfill", pid=1, host="here", backfill_id=backfill.id, now=NOW)


def test_a_back_fill_is_planned_day_by_day(store: Store) -> None:
    begun = plan(store)
    assert begun.days == (FIRST, date(2026, 8, 2), LAST)
    assert store.backfills.get(begun.id) == begun
    assert store.backfills.open("kota") == [begun]
    assert store.backfills.days(begun.id) == [BackfillDay(day, BackfillState.PLANNED) for day in begun.days]
    assert store.backfills.get(99) is None


def test_planning_anew_ends_the_open_one_over_the_same_days_only(store: Store) -> None:
    first, other = plan(store), plan(store, FIRST, FIRST)
    again = plan(store, digest="d2")
    ended = store.backfills.get(first.id)
    assert ended is not None
    assert ended.ended_at == NOW
    assert store.backfills.open("kota") == [again, other]


def test_days_are_settled_and_it_ends_when_nothing_is_left(store: Store) -> None:
    begun = plan(store)
    days = [
        BackfillDay(FIRST, BackfillState.COMPLETE, {"kept": 2}, "its index was read to the end"),
        BackfillDay(LAST, BackfillState.UNKNOWN, {}, "no listing reaches this day"),
    ]
    store.backfills.settle(begun.id, days, ended=False, now=NOW)
    settled = [replace(day, settled_at=NOW) for day in days]
    planned = BackfillDay(date(2026, 8, 2), BackfillState.PLANNED)
    assert store.backfills.days(begun.id) == [settled[0], planned, settled[1]]
    assert store.backfills.settled("kota", FIRST, FIRST) == [(begun.id, settled[0])]
    assert store.backfills.open("kota") == [begun]
    store.backfills.settle(begun.id, (), ended=True, now=NOW + MINUTE)
    store.backfills.settle(begun.id, (), ended=True, now=NOW + 2 * MINUTE)  # settled again, it ended when it ended
    assert store.backfills.open("kota") == []
    ended = store.backfills.get(begun.id)
    assert ended is not None
    assert ended.ended_at == NOW + MINUTE


def test_what_its_runs_made_pending_is_held_while_it_is_open(store: Store) -> None:
    begun = plan(store)
    store.ledger.record_listing(start(store).id, read(listed(url(1))), NOW)
    store.ledger.record_listing(run_of(store, begun).id, read(listed(url(1)), listed(url(2))), NOW)
    assert store.backfills.held("kota") == {url(2): (FIRST, LAST)}
    rows = {record.url: record.id for record in store.ledger.pending("kota", NOW)}
    assert store.backfills.held("kota", list(rows.values())) == {url(2): (FIRST, LAST)}
    assert store.backfills.held("kota", [rows[url(1)]]) == {}
    again = plan(store, digest="d2")  # the same days, planned anew
    assert store.backfills.held("kota") == {url(2): (FIRST, LAST)}
    store.backfills.settle(again.id, (), ended=True, now=NOW)
    assert store.backfills.held("kota") == {}


@pytest.mark.parametrize("back_fill_first", [True, False])
def test_a_listing_of_another_window_does_not_take_a_pending_url_away(store: Store, back_fill_first: bool) -> None:
    """A daily run calls old what the back-fill waits for, and a back-fill calls new what the daily run waits for."""
    backfill = run_of(store, plan(store)).id
    daily = start(store).id
    first, second = (backfill, daily) if back_fill_first else (daily, backfill)
    store.ledger.record_listing(first, read(listed(url(1))), NOW)
    store.ledger.record_listing(second, read(listed(url(1), verdict=TOO_OLD)), NOW + MINUTE)
    assert store.ledger.counts("kota")[Disposition.PENDING] == 1
    store.ledger.record_listing(first, read(listed(url(1), verdict=TOO_OLD)), NOW + 2 * MINUTE)
    assert store.ledger.counts("kota")[Disposition.OUT_OF_WINDOW] == 1  # its own listing may


def test_giving_up_puts_out_of_the_window_what_it_left_pending(store: Store) -> None:
    begun = plan(store)
    store.ledger.record_listing(start(store).id, read(listed(url(1))), NOW)
    store.ledger.record_listing(run_of(store, begun).id, read(listed(url(2)), listed(url(3))), NOW)
    assert store.backfills.abandon(begun.id, actor="ani", now=NOW + MINUTE) == 2
    counts = store.ledger.counts("kota")
    assert (counts[Disposition.PENDING], counts[Disposition.OUT_OF_WINDOW]) == (1, 2)
    assert store.backfills.open("kota") == []
    record = store.ledger.get(url(2))
    assert record is not None
    assert (record.rule, record.detail) == ("back-fill given up", f"back-fill {begun.id}, by ani")
    wider = plan(store, FIRST, date(2026, 8, 9))
    store.ledger.record_listing(run_of(store, wider).id, read(listed(url(2))), NOW + 2 * MINUTE)
    assert url(2) in store.backfills.held("kota")  # it may be asked for again


def test_giving_up_a_large_one_takes_many_short_transactions(store: Store) -> None:
    begun = plan(store)
    named = [listed(url(number)) for number in range(1100)]
    store.ledger.record_listing(run_of(store, begun).id, read(*named), NOW)
    begins: list[int] = []
    event.listen(store.database.engine, "begin", lambda _: begins.append(1))
    assert store.backfills.abandon(begun.id, actor="ani", now=NOW + MINUTE) == 1100
    assert len(begins) >= 4
    assert store.ledger.counts("kota")[Disposition.OUT_OF_WINDOW] == 1100
    assert store.backfills.open("kota") == []


def test_readings_are_those_of_its_own_runs(store: Store) -> None:
    begun = plan(store)
    page = ListingRead("https://kota.example/?page=1", "kota", "d1", (), template="https://kota.example/?page={page}")
    mine = run_of(store, begun).id
    store.ledger.record_listing(start(store).id, page, NOW)
    store.ledger.record_listing(mine, replace(page, further=("https://kota.example/?page=2",)), NOW)
    (reading,) = store.readings.of_backfill(begun.id)
    assert (reading.run_id, reading.further) == (mine, ("https://kota.example/?page=2",))
    assert store.backfills.run_ids(begun.id) == {mine}


def test_urls_are_dated_by_article_listing_or_verdict(store: Store) -> None:
    when = datetime(2026, 8, 2, 1, tzinfo=UTC)
    old = replace(TOO_OLD, detail=f"published {when.isoformat()}")
    begun = start(store)
    run = begun.id
    printed = listed(url(2))
    printed = replace(printed, listing=replace(printed.listing, date_published=when))
    store.ledger.record_listing(run, read(listed(url(1)), printed, listed(url(3), verdict=old), listed(url(4))), NOW)
    keep(store, begun, article(url(1), date_published=when))
    found = {one.url: one.date_published for one in store.backfills.urls_of("kota")}
    assert found == {url(1): when, url(2): when, url(3): when, url(4): None}
    named = store.backfills.named("kota", NOW - timedelta(days=1))
    assert {(one.run_id, one.url) for one in named} == {(run, url(n)) for n in range(1, 5)}
    assert store.backfills.named("kota", NOW + MINUTE) == []


def test_the_first_daily_run_is_told_apart(store: Store) -> None:
    assert store.backfills.first_daily_run("kota") is None
    run_of(store, plan(store))
    assert store.backfills.first_daily_run("kota") is None
    start(store)
    assert store.backfills.first_daily_run("kota") == NOW
