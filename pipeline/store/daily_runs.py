"""What daily runs asked for: what `pipeline.costs` counts a day from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.costs import DailyRun
from pipeline.store.json_values import COUNTS
from pipeline.store.schema import runs


def daily_runs(connection: Connection, since: datetime) -> list[DailyRun]:
    """Ended runs of listed outlets that began at or after `since`, oldest first; no back-fills and no replays."""
    daily = runs.c.kind == "crawl", runs.c.backfill_id.is_(None), runs.c.until.is_(None), runs.c.ended_at.is_not(None)
    query = select(runs.c.outlet, runs.c.started_at, runs.c.counts).where(
        *daily, runs.c.outlet.is_not(None), runs.c.started_at >= since
    )
    found = []
    for outlet, started_at, counted in connection.execute(query.order_by(runs.c.started_at, runs.c.id)):
        counts = COUNTS.validate_python(counted)
        listings = counts.listings + counts.listings_failed
        found.append(DailyRun(outlet, started_at, listings, counts.fetched, counts.bytes))
    return found
