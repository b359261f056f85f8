"""The last robots.txt of each origin, so that no run asks for it again within a day (RFC 9309 §2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.schema import robots


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """One answer: status after redirects, and the text as far as it is obeyed."""

    origin: str  # scheme and authority; "… (newsroom)" where the bundled newsroom spoke for it
    status: int
    body: str
    fetched_at: datetime


class Robots(Part):
    """Verbs over robots.txt files."""

    @writes
    def put(self, connection: Connection, record: RobotsRecord) -> None:
        """Replace what is known of the origin."""
        values = {"status": record.status, "body": record.body, "fetched_at": record.fetched_at}
        new = insert(connection, robots).values(origin=record.origin, **values)
        connection.execute(new.on_conflict_do_update(index_elements=["origin"], set_=values))

    @reads
    def get(self, connection: Connection, origin: str, since: datetime) -> RobotsRecord | None:
        """The origin's, when it was fetched at or after `since`."""
        query = select(robots).where(robots.c.origin == origin, robots.c.fetched_at >= since)
        row = connection.execute(query).mappings().first()
        return RobotsRecord(**row) if row else None
