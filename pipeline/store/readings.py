"""What each reading of a listing reached."""

from __future__ import annotations

import builtins
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from pipeline.store.crawl_records import Reading
from pipeline.store.database import Part, reads
from pipeline.store.dispositions import key
from pipeline.store.schema import readings, runs


class Readings(Part):
    """Verbs over readings; they are written by `ledger.record_listing`, in one transaction with the URLs."""

    @reads
    def list(
        self, connection: Connection, outlet: str, since: datetime, until: datetime | None = None
    ) -> list[Reading]:
        """The readings of an outlet's listings that were made in `since <= t < until`, oldest first."""
        query = select(readings).where(readings.c.outlet == outlet, readings.c.checked_at >= since)
        if until is not None:
            query = query.where(readings.c.read_at < until)
        return [_reading(row) for row in connection.execute(query.order_by(readings.c.id)).mappings()]

    @reads
    def of_backfill(self, connection: Connection, backfill_id: int) -> builtins.list[Reading]:
        """The readings that a back-fill's runs made, oldest first. Other runs judged by another window."""
        mine = select(runs.c.id).where(runs.c.backfill_id == backfill_id)
        query = select(readings).where(readings.c.run_id.in_(mine)).order_by(readings.c.id)
        return [_reading(row) for row in connection.execute(query).mappings()]

    @reads
    def of_daily_runs(self, connection: Connection, outlet: str, since: datetime) -> builtins.list[Reading]:
        """The readings of an outlet's listings that daily runs made, or found unchanged, since then; oldest first."""
        daily = select(runs.c.id).where(runs.c.outlet == outlet, runs.c.kind == "crawl")
        query = select(readings).where(readings.c.run_id.in_(daily), readings.c.checked_at >= since)
        return [_reading(row) for row in connection.execute(query.order_by(readings.c.id)).mappings()]

    @reads
    def latest(self, connection: Connection, listing_url: str, since: datetime) -> Reading | None:
        """The last reading of a listing made at or after `since`."""
        query = select(readings).where(readings.c.url == key(listing_url), readings.c.read_at >= since)
        row = connection.execute(query.order_by(readings.c.id.desc()).limit(1)).mappings().first()
        return _reading(row) if row else None


def _reading(row: RowMapping) -> Reading:
    return Reading(**{**row, "further": tuple(row["further"])})
