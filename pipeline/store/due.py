"""What is due: each thing once, whoever finds out, and claimed by one process only."""

from __future__ import annotations

import builtins
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import DueRow, DueState
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
    def claim_next(self, connection: Connection, now: datetime, prefix: str = "") -> DueRow | None:
        """Take the oldest row, of the kinds that begin with `prefix`, whose time has come; nobody else gets it."""
        query = (
            select(due.c.id)
            .where(due.c.state == DueState.DUE.value, due.c.scheduled_for <= now)
            .where(due.c.kind.startswith(prefix, autoescape=True))
            .order_by(due.c.scheduled_for, due.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row_id = connection.execute(query).scalar()
        if row_id is None:
            return None
        claimed = update(due).where(due.c.id == row_id).values(state=DueState.RUNNING.value, started_at=now)
        return _due(connection.execute(claimed.returning(due)).mappings().one())

    @writes
    def finish(self, connection: Connection, row_id: int, state: DueState, detail: str | None, now: datetime) -> None:
        """How it ended: done, failed or expired; `due` puts it back."""
        ended_at = None if state is DueState.DUE else now
        finished = update(due).where(due.c.id == row_id)
        connection.execute(finished.values(state=state.value, detail=detail, ended_at=ended_at))

    @reads
    def latest(self, connection: Connection, kind: str) -> DueRow | None:
        """The row of this kind that is scheduled last."""
        query = select(due).where(due.c.kind == kind).order_by(due.c.scheduled_for.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return _due(row) if row else None

    @reads
    def list(
        self, connection: Connection, state: DueState | None = None, limit: int | None = 100
    ) -> builtins.list[DueRow]:
        """Rows in one state or in any, latest scheduled first; the running ones are what a reconciler looks at."""
        query = select(due).order_by(due.c.scheduled_for.desc(), due.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(due.c.state == state.value)
        return [_due(row) for row in connection.execute(query).mappings()]


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
