"""What mending an outlet needs of the store: captured pages, why a trial had no answer, failed URLs asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.model import Capture, Disposition, FailureClass, Kind, RunCounts, RunState, Stage, Verdict
from pipeline.store import Store

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def begin(store: Store, outlet: str | None, kind: str = "crawl") -> int:
    run = store.runs.begin(
        outlet, kind, pid=1, host="here", archive_file=f"{outlet}-{kind}.warc.gz", since=None, until=None, now=NOW
    )
    return run.id


def capture(number: int, role: str = "page", status: int = 200, age: int = 0) -> Capture:
    return Capture(
        record_id=f"<urn:uuid:{number}>",
        url=f"https://a.test/{number}",
        status=status,
        fetched_at=NOW - timedelta(days=age),
        file="a.warc.gz",
        offset=number,
        length=10,
        payload_sha256="0" * 64,
        content_type="text/html",
        role=role,
    )


def test_pages_are_the_outlets_and_those_of_trials_newest_first(store: Store) -> None:
    run, other, trial = begin(store, "a"), begin(store, "b"), begin(store, None, "trial")
    store.captures.add(run, capture(1, age=2), capture(2, role="listing"), capture(3, status=404, role="error"))
    store.captures.add(other, capture(4))
    store.captures.add(trial, capture(5, role="trial", age=1), capture(6, role="listing"))
    assert [found.url for found in store.mending.pages("a", 10)] == ["https://a.test/5", "https://a.test/1"]
    assert len(store.mending.pages("a", 1)) == 1
    store.captures.set_withheld(["<urn:uuid:1>"], True)
    assert [found.url for found in store.mending.pages("a", 10)] == ["https://a.test/5"]


def test_a_trial_remembers_why_it_had_no_answer(store: Store) -> None:
    run, plain = begin(store, None, "trial"), begin(store, "a")
    vitals = {"unanswered": {"https://a.test/": ["dns", "no such host"]}}
    store.runs.end(run, RunState.FAILED, RunCounts(), None, None, {}, vitals=vitals, now=NOW)
    assert store.mending.unanswered(run) == {"https://a.test/": (FailureClass.DNS, "no such host")}
    assert store.mending.unanswered(plain) == {}


def test_what_was_misread_is_asked_for_again_and_nothing_else(store: Store) -> None:
    run = begin(store, "a")
    verdicts = {
        "layout": Verdict(Disposition.FAILED, Stage.EXTRACT, FailureClass.LAYOUT),
        "empty": Verdict(Disposition.FAILED, Stage.EXTRACT, FailureClass.EMPTY),
        "listing": Verdict(Disposition.REJECTED, Stage.EXTRACT, Kind.LISTING),
        "gone": Verdict(Disposition.FAILED, Stage.FETCH, FailureClass.HTTP_STATUS),
        "photo": Verdict(Disposition.REJECTED, Stage.EXTRACT, Kind.PHOTO),
        "no-watch": Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched"),
    }
    for name, verdict in verdicts.items():
        for outlet in ("a", "b"):
            url = f"https://{outlet}.test/{name}"
            store.ledger.add(url, url, outlet, None, run, NOW)
            store.ledger.settle(url, verdict, run_id=run, now=NOW)
    again = store.mending.retry("a", "sri", NOW)
    assert again == [f"https://a.test/{name}" for name in ("layout", "empty", "listing")]
    assert [record.url for record in store.ledger.pending("a", NOW)] == again
    assert store.ledger.pending("b", NOW) == []
    (entry,) = store.audit.list("outlet:a")
    assert (entry.actor, entry.action, entry.detail) == ("sri", "retry", {"urls": again})
    assert store.mending.retry("a", "sri", NOW) == []
