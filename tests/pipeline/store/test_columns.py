"""The column types: the same instant and the same text on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import column, select, table
from sqlalchemy.exc import StatementError

from pipeline.model import RunCounts
from pipeline.store import Store
from tests.pipeline.store.build import NOW, start


def test_an_offset_is_folded_into_utc(store: Store) -> None:
    run = start(store)
    jakarta = datetime(2026, 11, 20, 6, 30, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    store.runs.beat(run.id, RunCounts(), jakarta)
    back = store.runs.get(run.id)
    assert back is not None
    assert back.heartbeat_at == jakarta
    assert back.heartbeat_at.tzinfo is UTC
    assert [one.id for one in store.runs.mark_killed(jakarta + timedelta(microseconds=1), NOW)] == [run.id]


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="a naive datetime must not be stored"):
        store.leases.claim("a", "b", timedelta(1), datetime(2026, 11, 20, 6, 30))  # noqa: DTZ001 (the defect itself)


def test_an_absent_json_value_is_null(store: Store) -> None:
    start(store)
    runs = table("runs", column("id"), column("presence"))
    with store.database.engine.connect() as connection:
        assert connection.execute(select(runs.c.id).where(runs.c.presence.is_(None))).scalars().all() == [1]
