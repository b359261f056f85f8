"""The generation of the stories: it moves with everything that an assembler at work must not overwrite."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pipeline.store.database import insert
from pipeline.store.schema import generations

_STORIES = "stories"


def read(connection: Connection) -> int:
    """From 0."""
    return connection.execute(select(generations.c.value).where(generations.c.name == _STORIES)).scalar() or 0


def move_on(connection: Connection) -> int:
    """The next generation; the row stays locked until the transaction ends."""
    first = insert(connection, generations).values(name=_STORIES, value=1)
    moved = first.on_conflict_do_update(index_elements=["name"], set_={"value": generations.c.value + 1})
    value: int = connection.execute(moved.returning(generations.c.value)).scalar_one()
    return value
