"""The URL ledger: one disposition for each URL, and a row of the trail for each change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.errors import NotFoundError
from pipeline.model import Disposition, FailureClass, Stage, Verdict
from pipeline.store import Store, Validators
from tests.pipeline.store.build import (
    BLOCKED,
    FEED,
    MINUTE,
    NO_WATCH,
    NOW,
    PHOTO,
    TOO_OLD,
    article,
    capture,
    check,
    keep,
    kept,
    listed,
    read,
    start,
    url,
)


def disposition(store: Store, address: str) -> Disposition:
    record = store.ledger.get(address)
    assert record is not None
    return record.disposition


def test_record_listing_enters_every_url_once(store: Store) -> None:
    run = start(store)
    assert store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(2)), listed(url(1))), NOW) == 2
    assert store.ledger.record_listing(run.id, read(listed(url(2)), listed(url(3))), NOW + MINUTE) == 1
    assert [record.url for record in store.ledger.pending("kota", NOW)] == [url(1), url(2), url(3)]
    assert store.ledger.seen("kota") == 3
    assert store.ledger.seen("another") == 0
    check(store)


def test_an_alias_becomes_a_duplicate_of_its_canonical_row(store: Store) -> None:
    run = start(store)
    amp = url("1?amp=1")
    assert store.ledger.record_listing(run.id, read(listed(amp, url(1))), NOW) == 1
    record = store.ledger.get(amp)
    assert record is not None
    assert (record.disposition, record.duplicate_of) == (Disposition.DUPLICATE, url(1))
    assert [record.url for record in store.ledger.pending("kota", NOW)] == [url(1)]
    check(store)


def test_an_alias_and_its_page_in_one_listing(store: Store) -> None:
    run = start(store)
    entries = (listed(url("1?amp=1"), url(1)), listed(url(1), headline="Wali Kota"), listed(url("1?utm=x"), url(1)))
    assert store.ledger.record_listing(run.id, read(*entries), NOW) == 3
    (page,) = store.ledger.pending("kota", NOW)
    assert page.listing is not None
    assert page.listing.headline == "Wali Kota"
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert trail.duplicates == (url("1?amp=1"), url("1?utm=x"))
    check(store)


def test_only_the_pending_pages_of_the_urls_asked_about_are_given(store: Store) -> None:
    run = start(store)
    amp = url("1?amp=1")
    entries = (listed(amp, url(1)), listed(url(2)), listed(url(3)), listed(url(4), verdict=PHOTO))
    store.ledger.record_listing(run.id, read(*entries), NOW)
    store.ledger.attempt(url(3), run.id, NOW, failure=FailureClass.TIMEOUT, retry_at=NOW + MINUTE)
    asked = [url(4), url(3), amp, url(1), url("never seen")]
    assert [record.url for record in store.ledger.pending_among("kota", asked, NOW)] == [url(1)]
    assert [record.url for record in store.ledger.pending_among("kota", asked, NOW + MINUTE)] == [url(1), url(3)]
    assert store.ledger.pending_among("another", asked, NOW) == []
    assert store.ledger.pending_among("kota", [], NOW) == []


def test_the_pending_pages_of_a_sitemap_of_thousands_of_urls_are_given(store: Store) -> None:
    """A database takes only so many values in one statement."""
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(1999))), NOW)
    asked = [url(number) for number in range(2000)]
    assert [record.url for record in store.ledger.pending_among("kota", asked, NOW)] == [url(1), url(1999)]


def test_a_sitemap_of_thousands_is_recorded_in_portions(store: Store) -> None:
    """Its URLs count once, its reading is one, and its validators stand for all of it."""
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(2300))), NOW)
    named = [listed(url(number)) for number in range(2400)]
    assert store.ledger.record_listing(run.id, read(*named, *named[:50], etag='"a"'), NOW + MINUTE) == 2398
    assert len(store.ledger.pending("kota", NOW)) == 2400
    reading = store.readings.latest(FEED, NOW + MINUTE)
    assert reading is not None
    assert (reading.links, reading.known) == (2450, 2)
    assert store.ledger.validators(FEED, "d1") == Validators('"a"', None)
    check(store)


def test_a_page_that_is_no_article_does_not_date_its_listing(store: Store) -> None:
    """A sitemap that names the imprint of 2015 would seem to reach back to it, and prove all days since complete."""
    run = start(store)
    old = tuple(listed(url(f"imprint-{n}"), verdict=PHOTO, date_published=NOW - timedelta(days=4000)) for n in range(3))  # type: ignore[arg-type]  # a moment
    news = tuple(listed(url(n), date_published=NOW - n * MINUTE) for n in range(4))  # type: ignore[arg-type]  # as above
    store.ledger.record_listing(run.id, read(*old, *news), NOW)
    reading = store.readings.latest(FEED, NOW)
    assert reading is not None
    assert (reading.oldest, reading.newest, reading.links) == (NOW - 3 * MINUTE, NOW, 4)


def test_a_pending_url_becomes_an_alias_when_the_outlet_file_learns_so(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url("1?page=all"))), NOW)
    store.ledger.record_listing(run.id, read(listed(url("1?page=all"), url(1))), NOW)
    assert disposition(store, url("1?page=all")) is Disposition.DUPLICATE
    check(store)


def test_the_fuller_listing_is_kept_while_a_url_is_pending(store: Store) -> None:
    run = start(store)
    for entry in (
        listed(url(1)),
        listed(url(1), headline="Penuh", description="Lengkap"),
        listed(url(1), headline="Kurang"),
    ):
        store.ledger.record_listing(run.id, read(entry), NOW)
    record = store.ledger.get(url(1))
    assert record is not None
    assert record.listing is not None
    assert record.listing.headline == "Penuh"


def test_a_discovery_verdict_settles_at_once_and_is_taken_back_when_the_rules_change(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1), verdict=PHOTO)), NOW)
    assert disposition(store, url(1)) is Disposition.REJECTED
    store.ledger.record_listing(run.id, read(listed(url(1), verdict=PHOTO)), NOW)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    assert disposition(store, url(1)) is Disposition.PENDING
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert [change.rule for change in trail.changes] == ["photo page", "listed again"]


def test_a_listing_does_not_reopen_what_was_read_and_rejected(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    keep(store, run, article(url(1)), verdict=NO_WATCH)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    assert disposition(store, url(1)) is Disposition.REJECTED


@pytest.mark.parametrize(
    ("days_since", "days_until", "outcome"),
    [
        (14, None, Disposition.OUT_OF_WINDOW),  # the same window, as every morning
        (7, None, Disposition.OUT_OF_WINDOW),
        (400, None, Disposition.PENDING),  # a back-fill reaches further back
        (None, None, Disposition.PENDING),
    ],
)
def test_out_of_window_is_asked_for_again_by_a_wider_window(
    store: Store, days_since: int | None, days_until: int | None, outcome: Disposition
) -> None:
    first = start(store, since=NOW - timedelta(days=14))
    store.ledger.record_listing(first.id, read(listed(url(1), verdict=TOO_OLD)), NOW)
    second = start(store, since=NOW - timedelta(days=days_since) if days_since else None)
    store.ledger.record_listing(second.id, read(listed(url(1))), NOW)
    assert disposition(store, url(1)) is outcome
    check(store)


def test_what_was_read_and_out_of_window_is_asked_for_again_too(store: Store) -> None:
    first = start(store, until=NOW - timedelta(days=14))
    store.ledger.record_listing(first.id, read(listed(url(1))), NOW)
    late = Verdict(Disposition.OUT_OF_WINDOW, Stage.EXTRACT, "newer than the window")
    keep(store, first, article(url(1)), verdict=late)
    second = start(store)
    store.ledger.record_listing(second.id, read(listed(url(1))), NOW)
    assert disposition(store, url(1)) is Disposition.PENDING
    check(store)


def test_validators_stand_until_the_outlet_file_changes(store: Store) -> None:
    run = start(store)
    assert store.ledger.validators(FEED, "d1") is None
    store.ledger.record_listing(run.id, read(listed(url(1)), etag='"abc"'), NOW)
    assert store.ledger.validators(FEED, "d1") == Validators('"abc"', None)
    assert store.ledger.validators(FEED, "d2") is None
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    assert store.ledger.validators(FEED, "d1") is None


def test_attempts_end_in_failed_when_there_were_too_many(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    later = NOW + timedelta(hours=1)
    record = store.ledger.attempt(url(1), run.id, NOW, failure=FailureClass.TIMEOUT, retry_at=later, limit=2)
    assert (record.disposition, record.attempts, record.retry_at) == (Disposition.PENDING, 1, later)
    assert store.ledger.pending("kota", NOW) == []
    assert [one.url for one in store.ledger.pending("kota", later)] == [url(1)]
    record = store.ledger.attempt(url(1), run.id, later, status=503, failure=FailureClass.HTTP_STATUS, limit=2)
    assert (record.disposition, record.stage, record.rule) == (Disposition.FAILED, Stage.FETCH, "http_status")
    check(store)


@pytest.mark.parametrize(
    ("failure", "stage"),
    [
        (FailureClass.DNS, Stage.FETCH),
        (FailureClass.ROBOTS, Stage.ROBOTS),
        (FailureClass.BLOCKED, Stage.FETCH),
        (FailureClass.INTERNAL, Stage.EXTRACT),
    ],
)
def test_a_final_attempt_fails_at_the_stage_of_its_class(store: Store, failure: FailureClass, stage: Stage) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    record = store.ledger.attempt(url(1), run.id, NOW, failure=failure, detail="why", final=True)
    assert (record.disposition, record.stage, record.rule, record.detail) == ("failed", stage, failure, "why")


def test_a_failed_revisit_never_changes_kept(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    record = store.ledger.attempt(url(1), run.id, NOW, status=404, failure=FailureClass.HTTP_STATUS, final=True)
    assert record.disposition is Disposition.KEPT
    for verdict in (BLOCKED, PHOTO, TOO_OLD):
        assert store.ledger.settle(url(1), verdict, run_id=run.id, now=NOW).disposition is Disposition.KEPT
    store.ledger.record_listing(run.id, read(listed(url(2)), listed(url(1), url(2))), NOW)
    assert disposition(store, url(1)) is Disposition.KEPT
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert len(trail.attempts) == 1
    check(store)


def test_a_redirect_makes_a_duplicate_and_its_followers_follow(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url("1?amp=1"), url(1)), listed(url(2))), NOW)
    moved = Verdict(Disposition.DUPLICATE, Stage.FETCH, "redirected")
    store.ledger.settle(url(1), moved, run_id=run.id, duplicate_of=url(2), now=NOW)
    record = store.ledger.get(url("1?amp=1"))
    assert record is not None
    assert record.duplicate_of == url(2)
    check(store)


def test_a_redirect_that_turns_round_makes_the_other_url_canonical(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(2))), NOW)
    moved = Verdict(Disposition.DUPLICATE, Stage.FETCH, "redirected")
    store.ledger.settle(url(1), moved, duplicate_of=url(2), now=NOW)
    store.ledger.settle(url(2), moved, duplicate_of=url(1), now=NOW)
    assert disposition(store, url(1)) is Disposition.PENDING
    assert disposition(store, url(2)) is Disposition.DUPLICATE
    store.ledger.settle(url(1), moved, duplicate_of=url(1), now=NOW)
    assert disposition(store, url(1)) is Disposition.PENDING
    check(store)


def test_add_asks_again_for_what_failed_but_not_for_what_a_person_settled(store: Store) -> None:
    run = start(store, None)
    record = store.ledger.add(url(1), url(1), None, None, run.id, NOW)
    assert (record.disposition, record.rule) == (Disposition.PENDING, "asked for by address")
    store.ledger.attempt(url(1), run.id, NOW, failure=FailureClass.DNS, final=True)
    assert store.ledger.add(url(1), url(1), None, None, run.id, NOW).disposition is Disposition.PENDING
    store.ledger.settle(
        url(1), Verdict(Disposition.WITHHELD, Stage.PERSON, "asked by the outlet"), actor="Ani", now=NOW
    )
    assert store.ledger.add(url(1), url(1), None, None, run.id, NOW).disposition is Disposition.WITHHELD
    assert [one.url for one in store.ledger.pending(None, NOW)] == []
    check(store)


def test_add_gives_the_page_of_an_alias(store: Store) -> None:
    run = start(store)
    record = store.ledger.add(url("1?utm_source=x"), url(1), "kota", None, run.id, NOW)
    assert record.url == url(1)
    assert disposition(store, url("1?utm_source=x")) is Disposition.DUPLICATE


def test_an_address_too_long_for_an_index_is_counted_and_rejected(store: Store) -> None:
    run = start(store)
    long = url("ä" * 5000)
    assert store.ledger.record_listing(run.id, read(listed(long), listed(long + "b")), NOW) == 2
    record = store.ledger.get(long)
    assert record is not None
    assert (record.disposition, record.rule) == (Disposition.REJECTED, "address too long")
    store.ledger.record_listing(run.id, read(listed(long)), NOW)
    check(store)


def test_bad_text_from_the_wire_is_stored_without_what_no_database_takes(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1)), etag="a\0b\ud800"), NOW)
    assert store.ledger.validators(FEED, "d1") == Validators("a\ufffdb\ufffd", None)
    record = store.ledger.attempt(url(1), run.id, NOW, failure=FailureClass.TLS, detail="\0", final=True)
    assert record.detail == "\ufffd"


def test_settle_refuses_what_is_not_its_own(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    with pytest.raises(ValueError, match=r"articles\.commit"):
        store.ledger.settle(url(1), Verdict(Disposition.KEPT, Stage.WATCH, "x"), now=NOW)
    with pytest.raises(ValueError, match="duplicate_of"):
        store.ledger.settle(url(1), Verdict(Disposition.DUPLICATE, Stage.FETCH, "x"), now=NOW)
    with pytest.raises(NotFoundError, match="never been seen"):
        store.ledger.settle(url(2), BLOCKED, now=NOW)


def test_trail_tells_all_of_a_url(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url("1?amp=1"), url(1)), listed(url(1))), NOW)
    store.captures.add(run.id, capture(1, url(1)))
    store.ledger.attempt(url(1), run.id, NOW, status=200, record_id="<urn:uuid:1>")
    committed = keep(store, run, article(url(1), record_ids=("<urn:uuid:1>",)), now=NOW + MINUTE)
    store.editions.freeze("daily", "2026-11-20", {}, [(committed.version_id, "story")], NOW)
    trail = store.ledger.trail(url("1?amp=1"))
    assert trail is not None
    assert trail.canonical is not None
    assert trail.article is not None
    assert [pointer.record_id for pointer in trail.article.captures] == ["<urn:uuid:1>"]
    assert [one.record_id for one in trail.captures] == ["<urn:uuid:1>"]
    assert [(one.list, one.period, one.version, one.place) for one in trail.editions] == [
        ("daily", "2026-11-20", 1, "story")
    ]
    assert [one.status for one in trail.attempts] == [200]
    assert store.ledger.trail(url(9)) is None


def test_run_counts_come_from_rows(store: Store) -> None:
    before = start(store)
    store.ledger.record_listing(before.id, read(listed(url(1))), NOW)
    run = start(store)
    entries = (listed(url(1)), listed(url(2)), listed(url("2?amp"), url(2)), listed(url(3), verdict=PHOTO))
    store.ledger.record_listing(run.id, read(*entries), NOW)
    store.ledger.attempt(url(1), run.id, NOW, status=200)
    keep(store, run, article(url(1)))
    store.ledger.attempt(url(2), run.id, NOW, status=500, failure=FailureClass.HTTP_STATUS, final=True)
    counts = store.ledger.run_counts(run.id)
    assert (counts.listings, counts.listed, counts.new, counts.fetched) == (1, 4, 3, 2)
    assert (counts.kept, counts.duplicate, counts.rejected, counts.failed) == (1, 1, 1, 1)


def test_a_try_that_the_run_makes_again_is_noted_and_not_counted(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    store.ledger.retrying(url(1), run.id, NOW, failure=FailureClass.HTTP_STATUS, detail="503", status=503)
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert [(one.failure, one.status) for one in trail.attempts] == [(FailureClass.HTTP_STATUS, 503)]
    assert (trail.record.attempts, trail.record.disposition) == (0, Disposition.PENDING)
    check(store)


def test_a_postponed_url_waits_and_never_for_a_shorter_time(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(2))), NOW)
    keep(store, run, article(url(2)))
    for minutes in (60, 30):
        for n in (1, 2):
            store.ledger.postpone(url(n), NOW + minutes * MINUTE)
    assert store.ledger.pending("kota", NOW + 59 * MINUTE) == []
    assert [record.url for record in store.ledger.pending("kota", NOW + 60 * MINUTE)] == [url(1)]
    assert disposition(store, url(2)) is Disposition.KEPT
