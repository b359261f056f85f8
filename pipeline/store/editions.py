"""Editions, frozen once for each list and period, and their renderings."""

from __future__ import annotations

import builtins
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, select

from pipeline.model import StoredArticle
from pipeline.store import stored
from pipeline.store.captures import chunks
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import EditionItem, EditionRecord, RenderingRecord, StaleError
from pipeline.store.schema import articles, edition_versions, editions, renderings, versions


class Editions(Part):
    """Verbs over editions. What is frozen is never changed: a second freeze gives the first."""

    @reads
    def unsent(self, connection: Connection, list_name: str) -> builtins.list[StoredArticle]:
        """The articles in scope whose current version stands in no edition of the list, oldest first."""
        stands = select(edition_versions.c.version_id).where(
            edition_versions.c.list == list_name, edition_versions.c.version_id == articles.c.version_id
        )
        query = select(articles.c.id).where(articles.c.in_scope, ~stands.exists())
        ids = connection.execute(query.order_by(articles.c.dated_at, articles.c.id)).scalars().all()
        return stored.current(connection, ids)

    @writes
    def freeze(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        list_name: str,
        period: str,
        content: Mapping[str, object],
        items: Sequence[tuple[int, str]],
        now: datetime,
    ) -> EditionRecord:
        """Freeze an edition of these versions, each with its place ("story" or "older").

        Where the list already has an edition for the period, that one is given and nothing changes. Raises `StaleError`
        when one of the versions has meanwhile come into another edition of the list.
        """
        text = _canonical(content)
        digest = hashlib.sha256(text.encode()).hexdigest()
        values = {"list": list_name, "period": period, "frozen_at": now, "digest": digest, "content": json.loads(text)}
        new = insert(connection, editions).values(**values).on_conflict_do_nothing(index_elements=["list", "period"])
        edition_id = connection.execute(new.returning(editions.c.id)).scalar()
        if edition_id is not None:
            _enter(connection, edition_id, list_name, items)
        row = connection.execute(_of(list_name, period)).mappings().one()
        return _edition(row)

    @reads
    def get(self, connection: Connection, list_name: str, period: str) -> EditionRecord | None:
        row = connection.execute(_of(list_name, period)).mappings().first()
        return _edition(row) if row else None

    @reads
    def by_id(self, connection: Connection, edition_id: int) -> EditionRecord | None:
        row = connection.execute(select(editions).where(editions.c.id == edition_id)).mappings().first()
        return _edition(row) if row else None

    @reads
    def items(self, connection: Connection, edition_id: int) -> builtins.list[EditionItem]:
        """The versions that stand in the edition, by version id."""
        query = (
            select(edition_versions.c.version_id, versions.c.article_id, edition_versions.c.place)
            .join(versions, versions.c.id == edition_versions.c.version_id)
            .where(edition_versions.c.edition_id == edition_id)
            .order_by(edition_versions.c.version_id)
        )
        return [EditionItem(*row) for row in connection.execute(query)]

    @reads
    def list(
        self, connection: Connection, list_name: str | None = None, limit: int | None = None
    ) -> builtins.list[EditionRecord]:
        """Editions of one list or of all, newest period first."""
        query = select(editions).order_by(editions.c.period.desc(), editions.c.list).limit(limit)
        if list_name is not None:
            query = query.where(editions.c.list == list_name)
        return [_edition(row) for row in connection.execute(query).mappings()]

    @writes
    def add_rendering(
        self,
        connection: Connection,
        edition_id: int,
        language: str,
        format: str,  # noqa: A002 (the field's word)
        body: bytes,
        *,
        selection: str = "all",
    ) -> RenderingRecord:
        """Freeze the bytes of a rendering; where it is there already, that one is given."""
        values = {
            "edition_id": edition_id,
            "language": language,
            "format": format,
            "selection": selection,
            "digest": hashlib.sha256(body).hexdigest(),
            "body": body,
        }
        connection.execute(insert(connection, renderings).values(**values).on_conflict_do_nothing())
        query = _rendering_of(edition_id, language, format, selection)
        return RenderingRecord(**connection.execute(query).mappings().one())

    @reads
    def rendering(
        self,
        connection: Connection,
        edition_id: int,
        language: str,
        format: str,  # noqa: A002 (the field's word)
        *,
        selection: str = "all",
    ) -> RenderingRecord | None:
        row = connection.execute(_rendering_of(edition_id, language, format, selection)).mappings().first()
        return RenderingRecord(**row) if row else None


def _enter(connection: Connection, edition_id: int, list_name: str, items: Sequence[tuple[int, str]]) -> None:
    """Let the versions stand in this edition, and in no other of its list."""
    for chunk in chunks([version_id for version_id, _ in items]):
        elsewhere = select(edition_versions.c.version_id).where(
            edition_versions.c.list == list_name, edition_versions.c.version_id.in_(chunk)
        )
        if connection.execute(elsewhere).first() is not None:
            raise StaleError(f"list {list_name}: an article is in another edition already; build the edition again")
    rows = [
        {"list": list_name, "version_id": version_id, "edition_id": edition_id, "place": place}
        for version_id, place in items
    ]
    if rows:
        connection.execute(edition_versions.insert(), rows)


def _of(list_name: str, period: str) -> Select[tuple[object, ...]]:
    return select(editions).where(editions.c.list == list_name, editions.c.period == period)


def _rendering_of(edition_id: int, language: str, name: str, selection: str) -> Select[tuple[object, ...]]:
    return select(renderings).where(
        renderings.c.edition_id == edition_id,
        renderings.c.language == language,
        renderings.c.format == name,
        renderings.c.selection == selection,
    )


def _canonical(content: Mapping[str, object]) -> str:
    """One text for equal content, whatever the order of its keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _edition(row: RowMapping) -> EditionRecord:
    return EditionRecord(**row)
