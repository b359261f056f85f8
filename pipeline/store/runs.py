"""Runs: one crawl of one outlet, its heartbeat, its counters and how it ended."""

from __future__ import annotations

import builtins
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select, update

from pipeline.archive.run_record import Unanswered
from pipeline.covered import Crawled
from pipeline.model import Disposition, FailureClass, Run, RunCounts, RunState
from pipeline.store.database import Part, reads, writes
from pipeline.store.json_values import COUNTS
from pipeline.store.schema import attempts, runs, urls
from pipeline.store.trail import run_counts

_UNREAD = (Disposition.FAILED, Disposition.PENDING)


class Runs(Part):
    """Verbs over runs; newest first where there are several."""

    @writes
    def begin(
        self,
        connection: Connection,
        outlet: str | None,
        kind: str,
        *,
        pid: int,
        host: str,
        archive_file: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        backfill_id: int | None = None,
        now: datetime,
    ) -> Run:
        """Enter a running run; `since` and `until` are the window it was asked for."""
        values = {
            "outlet": outlet,
            "kind": kind,
            "state": RunState.RUNNING,
            "started_at": now,
            "heartbeat_at": now,
            "counts": _counts(RunCounts()),
            "since": since,
            "until": until,
            "pid": pid,
            "host": host,
            "archive_file": archive_file,
            "backfill_id": backfill_id,
        }
        return _run(connection.execute(runs.insert().values(**values).returning(runs)).mappings().one())

    @writes
    def beat(self, connection: Connection, run_id: int, counts: RunCounts, now: datetime) -> bool:
        """Still alive, with these counters; `False` when the run is no longer held to be running."""
        statement = update(runs).where(runs.c.id == run_id, runs.c.state == RunState.RUNNING)
        return connection.execute(statement.values(heartbeat_at=now, counts=_counts(counts))).rowcount == 1

    @writes
    def end(  # noqa: PLR0917 (callers name what they give)
        self,
        connection: Connection,
        run_id: int,
        state: RunState,
        counts: RunCounts,
        failure: FailureClass | None = None,
        detail: str | None = None,
        presence: Mapping[str, float] | None = None,
        *,
        vitals: Mapping[str, object] | None = None,
        now: datetime,
    ) -> Run:
        """How it ended; `presence` is {Article field: share of kept articles that have it, 0..1}.

        `vitals` are those of `pipeline.vitals`, as JSON.
        """
        values = {
            "state": state,
            "counts": _counts(counts),
            "failure": failure,
            "detail": detail,
            "presence": dict(presence) if presence is not None else None,
            "vitals": dict(vitals) if vitals is not None else None,
            "heartbeat_at": now,
            "ended_at": now,
        }
        statement = update(runs).where(runs.c.id == run_id).values(**values).returning(runs)
        return _run(connection.execute(statement).mappings().one())

    @writes
    def mark_killed(self, connection: Connection, before: datetime, now: datetime) -> builtins.list[Run]:
        """The running runs that last beat before this are killed from now on; these runs."""
        silent = select(runs).where(runs.c.state == RunState.RUNNING, runs.c.heartbeat_at < before)
        rows = connection.execute(silent.order_by(runs.c.id.desc()).with_for_update()).mappings().all()
        return [_bury(connection, _run(row), "its heartbeat stopped", now) for row in rows]

    @writes
    def bury(self, connection: Connection, run: Run, detail: str, now: datetime) -> Run:
        """A run whose process is known to be gone is killed from now on."""
        return _bury(connection, run, detail, now)

    @reads
    def get(self, connection: Connection, run_id: int) -> Run | None:
        row = connection.execute(select(runs).where(runs.c.id == run_id)).mappings().first()
        return _run(row) if row else None

    @reads
    def latest(self, connection: Connection, outlet: str | None) -> Run | None:
        """The outlet's last run to begin."""
        query = select(runs).where(_of(outlet)).order_by(runs.c.started_at.desc(), runs.c.id.desc())
        row = connection.execute(query.limit(1)).mappings().first()
        return _run(row) if row else None

    @reads
    def of_file(self, connection: Connection, archive_file: str) -> Run | None:
        """The run whose archive file bears that name."""
        row = connection.execute(select(runs).where(runs.c.archive_file == archive_file)).mappings().first()
        return _run(row) if row else None

    @reads
    def unanswered(self, connection: Connection, run_id: int) -> builtins.list[Unanswered]:
        """The addresses whose last attempt by this run has no recorded answer and failed."""
        last = select(func.max(attempts.c.id)).where(attempts.c.run_id == run_id).group_by(attempts.c.url_id)
        query = (
            select(urls.c.url, attempts.c.failure, attempts.c.detail, attempts.c.status, urls.c.disposition)
            .join(urls, urls.c.id == attempts.c.url_id)
            .where(attempts.c.id.in_(last), attempts.c.failure.is_not(None), attempts.c.record_id.is_(None))
        )
        return [
            Unanswered(url, FailureClass(failure), detail, status, disposition == Disposition.FAILED)
            for url, failure, detail, status, disposition in connection.execute(query.order_by(urls.c.url))
        ]

    @reads
    def presence(self, connection: Connection, run_id: int) -> dict[str, float] | None:
        """Which share of the run's kept articles has each field, 0..1; `None` when it was not counted."""
        return connection.execute(select(runs.c.presence).where(runs.c.id == run_id)).scalar()

    @reads
    def vitals(
        self, connection: Connection, outlet: str, since: datetime, limit: int = 500
    ) -> builtins.list[tuple[Run, Mapping[str, object]]]:
        """The ended runs of an outlet that began at or after `since` and were measured, with their vitals."""
        measured = select(runs).where(runs.c.outlet == outlet, runs.c.started_at >= since, runs.c.vitals.is_not(None))
        query = measured.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
        return [(_run(row), row["vitals"]) for row in connection.execute(query).mappings()]

    @reads
    def failures(self, connection: Connection, run_ids: Sequence[int]) -> dict[int, dict[FailureClass, int]]:
        """{run: {class: URLs}} of the URLs that could not be read and still are not: failed, or to be tried again.

        A URL counts once, in the last of these runs that tried it, by what its last attempt met there.
        """
        last = select(func.max(attempts.c.id)).where(attempts.c.run_id.in_(run_ids)).group_by(attempts.c.url_id)
        query = (
            select(attempts.c.run_id, attempts.c.failure)
            .join(urls, urls.c.id == attempts.c.url_id)
            .where(attempts.c.id.in_(last), attempts.c.failure.is_not(None), urls.c.disposition.in_(_UNREAD))
        )
        found: defaultdict[int, Counter[FailureClass]] = defaultdict(Counter)
        for run_id, failure in connection.execute(query):
            found[run_id][FailureClass(failure)] += 1
        return {run_id: dict(counts) for run_id, counts in found.items()}

    @reads
    def list(
        self, connection: Connection, outlet: str | None = None, limit: int | None = 100, since: datetime | None = None
    ) -> builtins.list[Run]:
        """Runs of one outlet or of all, that began at or after `since`."""
        query = select(runs).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
        if outlet is not None:
            query = query.where(runs.c.outlet == outlet)
        if since is not None:
            query = query.where(runs.c.started_at >= since)
        return [_run(row) for row in connection.execute(query).mappings()]

    @reads
    def crawled(self, connection: Connection, since: datetime, until: datetime) -> builtins.list[Crawled]:
        """Crawls that began in this time and all back-fills that could fill it, oldest first."""
        began = and_(runs.c.kind == "crawl", runs.c.started_at >= since, runs.c.started_at < until)
        later = and_(runs.c.kind == "backfill", runs.c.started_at >= since)
        columns = (runs.c.outlet, runs.c.kind, runs.c.state, runs.c.started_at, runs.c.since, runs.c.until)
        query = select(*columns, runs.c.failure).where(or_(began, later), runs.c.outlet.is_not(None))
        found = connection.execute(query.order_by(runs.c.started_at, runs.c.id))
        return [
            Crawled(outlet, kind, RunState(state), started_at, first, last, failure)
            for outlet, kind, state, started_at, first, last, failure in found
        ]


def _bury(connection: Connection, run: Run, detail: str, now: datetime) -> Run:
    """Its counters are read from the rows: what it did after its last heartbeat counts too."""
    counts = replace(run_counts(connection, run.id), listings_failed=run.counts.listings_failed, bytes=run.counts.bytes)
    values = {"state": RunState.KILLED, "failure": FailureClass.KILLED, "detail": detail, "ended_at": now}
    statement = update(runs).where(runs.c.id == run.id).values(counts=_counts(counts), **values).returning(runs)
    return _run(connection.execute(statement).mappings().one())


def _of(outlet: str | None) -> ColumnElement[bool]:
    return runs.c.outlet == outlet if outlet is not None else runs.c.outlet.is_(None)


def _counts(counts: RunCounts) -> object:
    return COUNTS.dump_python(counts, mode="json")


def _run(row: RowMapping) -> Run:
    return Run(
        id=row["id"],
        outlet=row["outlet"],
        kind=row["kind"],
        state=RunState(row["state"]),
        started_at=row["started_at"],
        heartbeat_at=row["heartbeat_at"],
        ended_at=row["ended_at"],
        counts=COUNTS.validate_python(row["counts"]),
        failure=FailureClass(row["failure"]) if row["failure"] else None,
        detail=row["detail"],
        pid=row["pid"],
        host=row["host"],
        archive_file=row["archive_file"],
    )
