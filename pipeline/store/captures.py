"""Captures: pointers to the recorded responses. The bytes lie in the archive; a row is added once they are fsynced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, RowMapping, Select, select, update

from pipeline.model import Capture
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.schema import captures

CHUNK = 500  # values in one IN list
T = TypeVar("T")


class Captures(Part):
    """Verbs over captures, keyed by WARC-Record-ID."""

    @writes
    def add(self, connection: Connection, run_id: int | None, *new: Capture) -> None:
        """Enter recorded responses; one that is there already stays as it is."""
        rows = [{"run_id": run_id, "withheld": False, **_columns(capture)} for capture in new]
        if rows:
            connection.execute(insert(connection, captures).on_conflict_do_nothing(index_elements=["record_id"]), rows)

    @reads
    def get(self, connection: Connection, record_id: str) -> Capture | None:
        row = connection.execute(select(captures).where(captures.c.record_id == record_id)).mappings().first()
        return capture_of(row) if row else None

    @reads
    def for_url(self, connection: Connection, url: str) -> list[Capture]:
        """All captures of a URL, oldest first."""
        query = select(captures).where(captures.c.url == url).order_by(captures.c.fetched_at, captures.c.id)
        return _all(connection, query)

    @reads
    def files(self, connection: Connection) -> list[str]:
        """The names of the archive files that captures point to."""
        return list(connection.execute(select(captures.c.file).distinct().order_by(captures.c.file)).scalars())

    @reads
    def for_file(self, connection: Connection, file: str) -> list[Capture]:
        """What one archive file holds, in its order."""
        return _all(connection, select(captures).where(captures.c.file == file).order_by(captures.c.offset))

    @writes
    def set_withheld(self, connection: Connection, record_ids: Collection[str], withheld: bool) -> None:
        """Keep these out of exports, or let them out again."""
        mark_withheld(connection, sorted(set(record_ids)), withheld=withheld)

    @reads
    def withheld(self, connection: Connection, record_ids: Collection[str]) -> frozenset[str]:
        """Which of these are withheld."""
        found: set[str] = set()
        for chunk in chunks(sorted(set(record_ids))):
            query = select(captures.c.record_id).where(captures.c.record_id.in_(chunk), captures.c.withheld)
            found |= set(connection.execute(query).scalars())
        return frozenset(found)


def chunks(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Parts short enough for an IN list."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def mark_withheld(connection: Connection, record_ids: Sequence[str], *, withheld: bool) -> None:
    for chunk in chunks(record_ids):
        connection.execute(update(captures).where(captures.c.record_id.in_(chunk)).values(withheld=withheld))


def _all(connection: Connection, query: Select[tuple[object, ...]]) -> list[Capture]:
    return [capture_of(row) for row in connection.execute(query).mappings()]


def _columns(capture: Capture) -> Mapping[str, object]:
    return {name: getattr(capture, name) for name in capture.__dataclass_fields__}


def capture_of(row: RowMapping) -> Capture:
    return Capture(
        record_id=row["record_id"],
        url=row["url"],
        status=row["status"],
        fetched_at=row["fetched_at"],
        file=row["file"],
        offset=row["offset"],
        length=row["length"],
        payload_sha256=row["payload_sha256"],
        content_type=row["content_type"],
        role=row["role"],
    )
