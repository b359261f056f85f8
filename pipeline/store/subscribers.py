"""Subscribers: who gets which list, in which language, how often."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, select, update

from pipeline.errors import NotFoundError
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import Subscriber
from pipeline.store.schema import subscribers


class Subscribers(Part):
    """Verbs over subscribers. Addresses are compared and stored in lower case: one mailbox, one mail."""

    @writes
    def add(
        self,
        connection: Connection,
        address: str,
        list_name: str,
        *,
        name: str | None = None,
        language: str = "id",
        frequency: str = "daily",
        watches: Sequence[str] = (),
        now: datetime,
    ) -> Subscriber:
        """Enter a subscriber, or give one that is there (removed or not) these wishes."""
        address = address.strip().lower()
        wishes = {"name": name, "language": language, "frequency": frequency, "watches": [*watches], "removed_at": None}
        new = insert(connection, subscribers).values(address=address, list=list_name, created_at=now, **wishes)
        upsert = new.on_conflict_do_update(index_elements=["address", "list"], set_=wishes)
        return _subscriber(connection.execute(upsert.returning(subscribers)).mappings().one())

    @writes
    def remove(self, connection: Connection, address: str, list_name: str, now: datetime) -> Subscriber:
        """No further edition goes there. Raises `NotFoundError` when the address does not get the list."""
        there = _of(address, list_name).where(subscribers.c.removed_at.is_(None)).with_for_update()
        row = connection.execute(there).mappings().first()
        if row is None:
            raise NotFoundError(f"{address}: does not get list {list_name}; see `kliping subscribers list`")
        removed = update(subscribers).where(subscribers.c.id == row["id"]).values(removed_at=now)
        return _subscriber(connection.execute(removed.returning(subscribers)).mappings().one())

    @reads
    def get(self, connection: Connection, address: str, list_name: str) -> Subscriber | None:
        """Also one that was removed."""
        row = connection.execute(_of(address, list_name)).mappings().first()
        return _subscriber(row) if row else None

    @reads
    def list(
        self, connection: Connection, list_name: str | None = None, *, removed: bool = False
    ) -> builtins.list[Subscriber]:
        """Who gets one list, or any, by address; `removed` also those who no longer do."""
        query = select(subscribers).order_by(subscribers.c.address, subscribers.c.list)
        if list_name is not None:
            query = query.where(subscribers.c.list == list_name)
        if not removed:
            query = query.where(subscribers.c.removed_at.is_(None))
        return [_subscriber(row) for row in connection.execute(query).mappings()]


def _of(address: str, list_name: str) -> Select[tuple[object, ...]]:
    return select(subscribers).where(subscribers.c.address == address.strip().lower(), subscribers.c.list == list_name)


def _subscriber(row: RowMapping) -> Subscriber:
    return Subscriber(**{**row, "watches": tuple(row["watches"])})
