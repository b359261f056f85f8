"""Alarms: what is wrong with an outlet, opened by the run that showed it, closed by one that did not any more."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, or_, select, update

from pipeline.health import Alarm
from pipeline.model import FailureClass
from pipeline.store.crawl_records import AlarmRecord
from pipeline.store.database import Part, reads, writes
from pipeline.store.schema import alarms

Key = tuple[FailureClass, str]


class Alarms(Part):
    """Verbs over alarms. An outlet's runs take turns, so one run at a time opens and closes its alarms."""

    @writes
    def settle(
        self,
        connection: Connection,
        outlet: str,
        run_id: int,
        raised: Sequence[Alarm],
        well: Collection[Key],
        *,
        now: datetime,
    ) -> tuple[builtins.list[AlarmRecord], builtins.list[AlarmRecord]]:
        """What one run says: (opened, closed). What is open and was raised again keeps its beginning.

        `well`: (failure, subject) that the run showed to be well; the others stay open.
        """
        known = {record.key: record for record in _open(connection, outlet)}
        opened = []
        for alarm in raised:
            told: dict[str, object] = {"detail": alarm.detail, "present": alarm.present, "seen_at": now}
            record = known.pop(alarm.key, None)
            if record:
                connection.execute(update(alarms).where(alarms.c.id == record.id).values(**told))
            else:
                opened.append(_begin(connection, alarm, run_id, told, now))
        over = [record.id for key, record in known.items() if key in set(well)]
        return opened, _close(connection, over, now)

    @writes
    def close(self, connection: Connection, alarm_ids: Collection[int], now: datetime) -> builtins.list[AlarmRecord]:
        """A person settled them; those that are closed already stay as they are."""
        return _close(connection, alarm_ids, now)

    @reads
    def open(self, connection: Connection, outlet: str | None = None) -> builtins.list[AlarmRecord]:
        """The open alarms of one outlet or of all, by outlet, in the order in which they were raised."""
        return _open(connection, outlet)

    @reads
    def list(
        self, connection: Connection, outlet: str | None = None, since: datetime | None = None, limit: int | None = 100
    ) -> builtins.list[AlarmRecord]:
        """Alarms open and closed, the newest first; `since`: those that were open then or later."""
        query = select(alarms).order_by(alarms.c.opened_at.desc(), alarms.c.id.desc()).limit(limit)
        if outlet is not None:
            query = query.where(alarms.c.outlet == outlet)
        if since is not None:
            query = query.where(or_(alarms.c.closed_at.is_(None), alarms.c.closed_at >= since))
        return [_record(row) for row in connection.execute(query).mappings()]

    @writes
    def take_untold(self, connection: Connection, now: datetime) -> builtins.list[AlarmRecord]:
        """What operators have not been told, marked as told before it is: two senders never tell the same.

        The records are as they were before. Each is new (`mailed_at` None), or closed since it was told. One that was
        opened and closed untold is told once, as closed.
        """
        query = select(alarms).where(_untold()).order_by(alarms.c.outlet, alarms.c.id).with_for_update()
        found = [_record(row) for row in connection.execute(query).mappings()]
        told = update(alarms).where(alarms.c.id.in_([record.id for record in found]))
        connection.execute(told.values(mailed_at=now))
        return found

    @writes
    def give_back(self, connection: Connection, records: Sequence[AlarmRecord]) -> None:
        """They could not be told after all: as they were before `take_untold`."""
        for record in records:
            connection.execute(update(alarms).where(alarms.c.id == record.id).values(mailed_at=record.mailed_at))


def _untold() -> ColumnElement[bool]:
    closed_since = and_(alarms.c.closed_at.is_not(None), alarms.c.mailed_at < alarms.c.closed_at)
    return or_(alarms.c.mailed_at.is_(None), closed_since)


def _open(connection: Connection, outlet: str | None) -> list[AlarmRecord]:
    query = select(alarms).where(alarms.c.closed_at.is_(None)).order_by(alarms.c.outlet, alarms.c.id)
    if outlet is not None:
        query = query.where(alarms.c.outlet == outlet)
    return [_record(row) for row in connection.execute(query).mappings()]


def _begin(connection: Connection, alarm: Alarm, run_id: int, told: dict[str, object], now: datetime) -> AlarmRecord:
    values = {
        "outlet": alarm.outlet,
        "failure": alarm.failure,
        "subject": alarm.subject,
        "last_good": alarm.last_good,
        "opened_at": now,
        "opened_run": run_id,
    }
    return _record(connection.execute(alarms.insert().values(**values, **told).returning(alarms)).mappings().one())


def _close(connection: Connection, alarm_ids: Collection[int], now: datetime) -> list[AlarmRecord]:
    over = update(alarms).where(alarms.c.id.in_(alarm_ids), alarms.c.closed_at.is_(None)).values(closed_at=now)
    return [_record(row) for row in connection.execute(over.returning(alarms)).mappings()]


def _record(row: RowMapping) -> AlarmRecord:
    return AlarmRecord(**{**row, "failure": FailureClass(row["failure"])})
