"""Why a sender cannot work, and what operators were told of: each occurrence once by each road."""

from __future__ import annotations

import builtins
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.delivery_records import Trouble
from pipeline.store.schema import tellings, troubles


class Troubles(Part):
    """Verbs over troubles and tellings."""

    @writes
    def ill(self, connection: Connection, name: str, detail: str, now: datetime) -> None:
        """It cannot work; when it could not before, since then."""
        new = insert(connection, troubles).values(name=name, since=now, seen_at=now, detail=detail)
        connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now, "detail": detail}))

    @writes
    def well(self, connection: Connection, name: str) -> None:
        """It works."""
        connection.execute(delete(troubles).where(troubles.c.name == name))

    @reads
    def list(self, connection: Connection) -> builtins.list[Trouble]:
        """What troubles now, by name."""
        return [Trouble(**row) for row in connection.execute(select(troubles).order_by(troubles.c.name)).mappings()]

    @reads
    def untold(self, connection: Connection, occurrences: Collection[str], road: str) -> set[str]:
        """Those of them that were not told by that road."""
        query = select(tellings.c.occurrence).where(tellings.c.road == road)
        return set(occurrences) - set(connection.execute(query).scalars())

    @writes
    def tell(self, connection: Connection, occurrences: Collection[str], road: str, now: datetime) -> None:
        """They were told by that road."""
        for occurrence in sorted(occurrences):
            new = insert(connection, tellings).values(occurrence=occurrence, road=road, at=now)
            connection.execute(new.on_conflict_do_nothing(index_elements=["occurrence", "road"]))
