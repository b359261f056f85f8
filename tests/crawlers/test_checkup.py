"""The end of a run: alarms open, go on and close by what the store knows, and nothing there can break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from crawlers.checkup import check_up, settle
from pipeline.model import Run, RunCounts, RunState
from pipeline.store import Store, open_store
from pipeline.vitals import FieldVitals, Vitals
from tests.crawlers.watching import NOW, Watched

KOTA = Watched("redaksijakarta")
OUTLET = KOTA.outlet
USUAL = KOTA.ordinary(Random(1), 8)
HEADLESS = replace(USUAL, fields={**USUAL.fields, "headline": FieldVitals(0, absent="https://redaksijakarta.com/x")})
QUIET = replace(KOTA.ordinary(Random(1), 0), new=0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'kliping.sqlite'}")
    yield opened
    opened.close()


def crawl(store: Store, vitals: Vitals, at: datetime) -> Run:
    """One run, as a crawl ends it."""
    run = store.runs.begin(OUTLET.name, "crawl", pid=1, host="here", now=at)
    found = check_up(store, OUTLET, run, vitals)
    run = store.runs.end(run.id, RunState.FINISHED, RunCounts(), vitals=found.vitals.as_json(), now=at)
    settle(store, OUTLET.name, run, found, at)
    return run


def open_subjects(store: Store) -> set[str]:
    return {record.subject for record in store.alarms.open(OUTLET.name)}


def test_an_alarm_lives_from_the_first_bad_run_to_the_first_good_one(store: Store) -> None:
    moments = (NOW.astimezone(UTC) + timedelta(hours=hour) for hour in range(100))
    for _ in range(20):
        crawl(store, USUAL, next(moments))
    assert open_subjects(store) == set()
    first = crawl(store, HEADLESS, next(moments))
    assert open_subjects(store) == {"headline"}
    for _ in range(20):  # a bad fortnight does not become the usual
        crawl(store, HEADLESS, next(moments))
    (record,) = store.alarms.open(OUTLET.name)
    assert (record.opened_run, record.last_good is not None) == (first.id, True)
    crawl(store, QUIET, next(moments))
    assert open_subjects(store) == {"headline"}
    crawl(store, USUAL, next(moments))
    assert open_subjects(store) == set()
    assert len(store.alarms.list(OUTLET.name)) == 1


def test_a_trouble_with_the_alarms_breaks_no_run(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with store.ledger.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alarms"))
    run = crawl(store, HEADLESS, NOW.astimezone(UTC))
    assert run.state is RunState.FINISHED
    assert "could not be judged" in caplog.text


def test_alarms_that_cannot_be_written_are_told_in_one_line(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """The disk gives way after the run's end is written: no traceback for what is no defect of ours."""
    run = store.runs.begin(OUTLET.name, "crawl", pid=1, host="here", now=NOW.astimezone(UTC))
    found = check_up(store, OUTLET, run, HEADLESS)
    with store.ledger.database.engine.connect() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    settle(store, OUTLET.name, run, found, NOW.astimezone(UTC))
    (told,) = caplog.records
    assert "alarms could not be stored" in told.message
    assert told.exc_info is None
