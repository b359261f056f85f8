"""What is due: each thing once, whoever finds out, and claimed by one process only."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, func, or_, select, update

from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.leases import held_by
from pipeline.store.records import DueRow, DueState, Lease
from pipeline.store.schema import due


class Due(Part):
    """Verbs over due rows."""

    @writes
    def add(self, connection: Connection, kind: str, scheduled_for: datetime) -> bool:
        """Enter it; `False` when it was there already, in whatever state."""
        values = {"kind": kind, "scheduled_for": scheduled_for, "state": DueState.DUE.value}
        new = insert(connection, due).values(**values).on_conflict_do_nothing(index_elements=["kind", "scheduled_for"])
        return connection.execute(new.returning(due.c.id)).scalar() is not None

    @writes
    def claim_next(
        self,
        connection: Connection,
        now: datetime,
        prefix: str | Sequence[str] = "",
        *,
        lease: Lease | None = None,
        without: Collection[int] = (),
    ) -> DueRow | None:
        """Take the oldest row, of the kinds that begin with one of these, whose time has come; nobody else gets it.

        `lease`: only while it is held, so that a leader that was suspended takes up nothing. `without`: not these rows.
        """
        query = (
            select(due.c.id)
            .where(due.c.state == DueState.DUE.value, due.c.scheduled_for <= now, due.c.id.not_in(without))
            .where(_begins_with((prefix,) if isinstance(prefix, str) else prefix))
            .order_by(due.c.scheduled_for, due.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if lease is not None:
            query = query.where(held_by(lease))
        row_id = connection.execute(query).scalar()
        if row_id is None:
            return None
        claimed = update(due).where(due.c.id == row_id).values(state=DueState.RUNNING.value, started_at=now)
        return _due(connection.execute(claimed.returning(due)).mappings().one())

    @writes
    def finish(
        self,
        connection: Connection,
        row_id: int,
        state: DueState,
        detail: str | None,
        now: datetime,
        *,
        claimed_at: datetime | None = None,
    ) -> bool:
        """How it ended: done, failed or expired; `due` puts it back.

        `claimed_at`: only as long as the row is under the claim of that instant (`DueRow.started_at`). `False`: it is
        not any more, somebody else has taken it up since.
        """
        ended_at = None if state is DueState.DUE else now
        finished = update(due).where(due.c.id == row_id)
        if claimed_at is not None:
            finished = finished.where(due.c.state == DueState.RUNNING.value, due.c.started_at == claimed_at)
        return connection.execute(finished.values(state=state.value, detail=detail, ended_at=ended_at)).rowcount == 1

    @reads
    def latest(self, connection: Connection, kind: str) -> DueRow | None:
        """The row of this kind that is scheduled last."""
        query = select(due).where(due.c.kind == kind).order_by(due.c.scheduled_for.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return _due(row) if row else None

    @reads
    def first(self, connection: Connection) -> datetime | None:
        """When the first row of all was scheduled for: before, there was no scheduler."""
        return connection.execute(select(func.min(due.c.scheduled_for))).scalar()

    @reads
    def list(
        self,
        connection: Connection,
        state: DueState | None = None,
        limit: int | None = 100,
        *,
        since: datetime | None = None,
        prefix: str | Sequence[str] = "",
    ) -> builtins.list[DueRow]:
        """Rows in one state or in any, latest scheduled first; the running ones are what a reconciler looks at."""
        query = select(due).order_by(due.c.scheduled_for.desc(), due.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(due.c.state == state.value)
        if since is not None:
            query = query.where(due.c.scheduled_for >= since)
        query = query.where(_begins_with((prefix,) if isinstance(prefix, str) else prefix))
        return [_due(row) for row in connection.execute(query).mappings()]


def _begins_with(prefixes: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(due.c.kind.startswith(prefix, autoescape=True) for prefix in prefixes))


def _due(row: RowMapping) -> DueRow:
    return DueRow(
        id=row["id"],
        kind=row["kind"],
        scheduled_for=row["scheduled_for"],
        state=DueState(row["state"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        detail=row["detail"],
    )
