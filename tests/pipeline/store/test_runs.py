"""Runs, captures, outlets' settings, due rows and the audit."""

from __future__ import annotations

from datetime import timedelta

from pipeline.model import FailureClass, RunCounts, RunState
from pipeline.store import DueState, Store
from tests.pipeline.store.build import MINUTE, NOW, article, capture, keep, listed, read, start, url


def test_a_run_begins_beats_and_ends(store: Store) -> None:
    run = start(store)
    assert (run.state, run.counts, run.ended_at) == (RunState.RUNNING, RunCounts(), None)
    assert store.runs.beat(run.id, RunCounts(listed=3), NOW + MINUTE)
    beating = store.runs.get(run.id)
    assert beating is not None
    assert (beating.heartbeat_at, beating.counts.listed) == (NOW + MINUTE, 3)
    ended = store.runs.end(
        run.id,
        RunState.PARTIAL,
        RunCounts(kept=2),
        FailureClass.LAYOUT,
        "no links",
        {"headline": 1.0},
        now=NOW + 2 * MINUTE,
    )
    assert (ended.state, ended.failure, ended.detail) == (RunState.PARTIAL, FailureClass.LAYOUT, "no links")
    assert store.runs.presence(run.id) == {"headline": 1.0}
    assert not store.runs.beat(run.id, RunCounts(), NOW + 3 * MINUTE)
    assert store.runs.get(run.id) == ended
    assert store.runs.get(99) is None


def test_runs_whose_heart_stopped_are_killed(store: Store) -> None:
    dead, alive = start(store), start(store, "kantor")
    store.runs.beat(alive.id, RunCounts(), NOW + 2 * MINUTE)
    (killed,) = store.runs.mark_killed(NOW + MINUTE, NOW + 3 * MINUTE)
    assert (killed.id, killed.state, killed.failure) == (dead.id, RunState.KILLED, FailureClass.KILLED)
    assert store.runs.mark_killed(NOW + MINUTE, NOW + 3 * MINUTE) == []


def test_a_killed_run_counts_what_it_did_after_its_last_heartbeat(store: Store) -> None:
    runs = [start(store), start(store)]
    for n, run in enumerate(runs):
        store.runs.beat(run.id, RunCounts(listed=1, listings_failed=2, bytes=9), NOW)
        store.ledger.record_listing(run.id, read(listed(url(2 * n)), listed(url(2 * n + 1))), NOW)
    beating = [run for run in store.runs.list() if run.state is RunState.RUNNING]
    buried = store.runs.bury(beating[0], "its process is gone", NOW)
    (silent,) = store.runs.mark_killed(NOW + MINUTE, NOW + MINUTE)
    for killed in (buried, silent):
        assert (killed.counts.listed, killed.counts.new) == (2, 2)
        assert (killed.counts.listings_failed, killed.counts.bytes) == (2, 9)
    assert buried.detail == "its process is gone"


def test_runs_newest_first(store: Store) -> None:
    first, second, other = start(store), start(store), start(store, None)
    assert [run.id for run in store.runs.list()] == [other.id, second.id, first.id]
    assert [run.id for run in store.runs.list("kota", 1)] == [second.id]
    assert store.runs.list(since=NOW + MINUTE) == []
    assert store.runs.latest("kota") == second
    assert store.runs.latest(None) == other
    assert store.runs.latest("kantor") is None


def test_captures_are_pointers_that_are_added_once(store: Store) -> None:
    run = start(store)
    first, second = capture(1, url(1), "b.warc.gz"), capture(2, url(1), "a.warc.gz")
    far = capture(30_000_000_000, url(2), "a.warc.gz")  # an offset beyond four bytes
    store.captures.add(run.id, first, second)
    store.captures.add(run.id, second, far)
    store.captures.add(run.id)
    assert store.captures.get("<urn:uuid:1>") == first
    assert store.captures.get("<urn:uuid:9>") is None
    assert store.captures.for_url(url(1)) == [first, second]
    assert store.captures.files() == ["a.warc.gz", "b.warc.gz"]
    assert store.captures.for_file("a.warc.gz") == [second, far]
    store.captures.set_withheld(["<urn:uuid:1>"], True)
    assert store.captures.withheld(["<urn:uuid:1>", "<urn:uuid:2>"]) == {"<urn:uuid:1>"}


def test_failures_of_runs_count_each_unread_url_once(store: Store) -> None:
    first, second = start(store), start(store)
    store.ledger.record_listing(first.id, read(*(listed(url(n)) for n in range(1, 6))), NOW)

    def fail(run_id: int, n: int, failure: FailureClass, *, final: bool = False) -> None:
        store.ledger.attempt(url(n), run_id, NOW, failure=failure, final=final)

    store.ledger.retrying(url(1), first.id, NOW, failure=FailureClass.TIMEOUT, detail="no answer")
    fail(first.id, 1, FailureClass.HTTP_STATUS)  # pending still
    fail(first.id, 2, FailureClass.LIMIT, final=True)
    fail(first.id, 3, FailureClass.TIMEOUT)  # read by the second run
    fail(first.id, 4, FailureClass.HTTP_STATUS)  # met again by the second, as something else
    store.ledger.attempt(url(5), first.id, NOW, status=200)
    keep(store, first, article(url(5)))
    store.ledger.attempt(url(3), second.id, NOW, status=200)
    keep(store, second, article(url(3)))
    fail(second.id, 4, FailureClass.BLOCKED)
    assert store.runs.failures([first.id]) == {first.id: {FailureClass.HTTP_STATUS: 2, FailureClass.LIMIT: 1}}
    assert store.runs.failures([second.id, first.id]) == {
        first.id: {FailureClass.HTTP_STATUS: 1, FailureClass.LIMIT: 1},
        second.id: {FailureClass.BLOCKED: 1},
    }
    assert store.runs.failures([]) == {}


def test_settings_of_an_outlet_are_the_last_ones_and_audited(store: Store) -> None:
    store.outlets.set_enabled("kota", True, actor="Ani", permission="letter 12", terms_shown="no AI", now=NOW)
    last = store.outlets.set_enabled("kota", False, actor="Budi", now=NOW + MINUTE)
    assert store.outlets.settings() == {"kota": last}
    assert (last.enabled, last.actor, last.permission) == (False, "Budi", None)
    disabled, enabled = store.audit.list("outlet:kota")
    assert (disabled.action, enabled.action) == ("disable", "enable")
    assert enabled.detail == {"permission": "letter 12", "terms_shown": "no AI"}


def test_due_rows_are_unique_and_claimed_oldest_first(store: Store) -> None:
    assert store.due.add("crawl:kota", NOW)
    assert not store.due.add("crawl:kota", NOW)
    assert store.due.add("crawl:kota", NOW - MINUTE)
    assert store.due.add("edition:daily", NOW - timedelta(hours=1))
    assert store.due.add("edition:daily", NOW + MINUTE)
    claimed = store.due.claim_next(NOW, prefix="crawl:")
    assert claimed is not None
    assert (claimed.scheduled_for, claimed.state, claimed.started_at) == (NOW - MINUTE, DueState.RUNNING, NOW)
    store.due.finish(claimed.id, DueState.DONE, None, NOW + MINUTE)
    rest = [store.due.claim_next(NOW), store.due.claim_next(NOW)]
    assert [row.kind for row in rest if row] == ["edition:daily", "crawl:kota"]
    assert store.due.claim_next(NOW) is None
    assert [row.kind for row in store.due.list(DueState.RUNNING)] == ["crawl:kota", "edition:daily"]
    latest = store.due.latest("edition:daily")
    assert latest is not None
    assert (latest.scheduled_for, latest.state) == (NOW + MINUTE, DueState.DUE)
    assert store.due.latest("nothing") is None
    assert rest[0] is not None
    store.due.finish(rest[0].id, DueState.DUE, "put back", NOW)
    again = store.due.claim_next(NOW)
    assert again is not None
    assert again.id == rest[0].id


def test_the_audit_is_read_newest_first(store: Store) -> None:
    store.audit.add("Ani", "verify", "archive", now=NOW)
    store.audit.add("Ani", "export", "archive", reason="asked", detail={"articles": 3}, now=NOW)
    newest, oldest = store.audit.list()
    assert (newest.action, newest.reason, newest.detail, newest.at) == ("export", "asked", {"articles": 3}, NOW)
    assert (oldest.reason, oldest.detail) == (None, None)
    assert store.audit.list("article:1") == []
