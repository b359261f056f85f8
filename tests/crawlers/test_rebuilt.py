"""A recorded run's row, made again from its file: as it ended, as it stood at an instant, as one that was killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers.rebuilt import Rebuilt
from crawlers.request import CrawlRequest, Rebuild, from_json, to_json
from pipeline.model import FailureClass, Run, RunCounts, RunState
from pipeline.store import Store
from tests.pipeline.archive.test_run_record import BEGAN, RECORD, write


def request(path: Path, until: datetime | None = None) -> CrawlRequest:
    rebuild = Rebuild("crawl", "antara", BEGAN, until)
    return from_json(to_json(CrawlRequest(outlet="antara", replay=(path,), rebuild=rebuild)))


def done(store: Store, path: Path, until: datetime | None = None) -> Run:
    """The run's row after a rebuild in which every page was asked for."""
    rebuilt = Rebuilt(request(path, until))
    run = rebuilt.begin(store, rebuilt.now)
    for url in rebuilt.urls():
        exchange = rebuilt.find(url)
        assert exchange is not None
        store.captures.add(run.id, rebuilt.capture(exchange))
    return rebuilt.end(store, run.id, RunCounts(listed=1))


@pytest.fixture
def store(sqlite_url: str) -> Store:
    from pipeline.store import open_store  # noqa: PLC0415 (the database's kind does not matter here)

    return open_store(sqlite_url)


def test_a_run_ends_as_it_ended(store: Store, tmp_path: Path) -> None:
    path, captures = write(tmp_path)
    run = done(store, path)
    same = ("outlet", "kind", "state", "started_at", "ended_at", "counts", "failure", "detail")
    told = {name: getattr(RECORD, name) for name in same} | {"detail": "ditolak: \u1780\u17b6\u179a \ufffd"}
    assert {name: getattr(run, name) for name in same} == told
    assert store.runs.presence(run.id) == RECORD.presence
    assert [one.record_id for one in store.captures.for_file(path.name)] == [one.record_id for one in captures]


def test_a_run_without_an_end_was_killed(store: Store, tmp_path: Path) -> None:
    path, _ = write(tmp_path, record=None)
    run = done(store, path)
    assert (run.state, run.failure, run.kind, run.outlet) == (RunState.KILLED, FailureClass.KILLED, "crawl", "antara")
    assert run.ended_at == BEGAN + timedelta(minutes=1)  # when it was last heard of
    assert run.counts == RunCounts(listed=1)


def test_a_run_that_was_at_work_then_is_finished_by_the_next_rebuild(store: Store, tmp_path: Path) -> None:
    path, _ = write(tmp_path)
    early = done(store, path, until=BEGAN + timedelta(seconds=30))
    assert (early.state, early.ended_at, early.heartbeat_at) == (RunState.RUNNING, None, BEGAN + timedelta(seconds=30))
    assert store.captures.for_file(path.name) == []
    later = done(store, path)
    assert (later.id, later.state, later.ended_at) == (early.id, RunState.PARTIAL, RECORD.ended_at)


def test_what_gave_no_answer_gives_none_again(tmp_path: Path) -> None:
    rebuilt = Rebuilt(request(write(tmp_path)[0]))
    failure = rebuilt.unanswered("https://kota.example/2")
    assert failure is not None
    assert (failure.failure, failure.detail, failure.final) == (FailureClass.TIMEOUT, "30 s", False)
    assert rebuilt.unanswered("https://kota.example/3") is None


def test_the_clock_is_the_run_s_own(tmp_path: Path) -> None:
    rebuilt = Rebuilt(request(write(tmp_path)[0]))
    assert rebuilt.now == BEGAN
    rebuilt.find("https://kota.example/1")
    assert rebuilt.now == BEGAN + timedelta(minutes=1)


def test_a_request_that_rebuilds_nothing_is_a_mistake(tmp_path: Path) -> None:
    path, _ = write(tmp_path)
    for wrong in (CrawlRequest(replay=(path,)), replace(request(path), replay=())):
        with pytest.raises(ValueError, match="one run, from one file"):
            Rebuilt(wrong)
