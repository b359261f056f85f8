"""Articles and their places: which wait for a story, which must leave one, which were published about when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, and_, func, select

from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads
from pipeline.store.schema import articles, story_members

_UNPLACED = and_(articles.c.in_scope, ~articles.c.placed)
_MISPLACED = and_(articles.c.placed, ~articles.c.in_scope)
Dated = tuple[int, datetime]  # an article and the date it is sorted by


class Placements(Part):
    """What the assembler asks. Each verb costs what it gives, however large the archive."""

    @reads
    def is_waiting(self, connection: Connection) -> bool:
        """Is there an article in scope without a place, or one with a place that is out of scope?"""
        first = (select(articles.c.id).where(wanted).limit(1) for wanted in (_UNPLACED, _MISPLACED))
        return any(connection.execute(query).first() for query in first)

    @reads
    def unplaced(self, connection: Connection, limit: int | None = None) -> list[Dated]:
        """The articles in scope that are in no story yet, with their dates, oldest first."""
        return _dated(connection, select(articles.c.id, articles.c.dated_at).where(_UNPLACED).limit(limit))

    @reads
    def unplaced_count(self, connection: Connection) -> int:
        """How many `unplaced` would give."""
        return connection.execute(select(func.count()).select_from(articles).where(_UNPLACED)).scalar_one()

    @reads
    def misplaced(self, connection: Connection) -> dict[int, str]:
        """The articles that are in a story and in scope no more, each with that story's name."""
        query = select(articles.c.id, story_members.c.story_id).where(_MISPLACED)
        query = query.join(story_members, story_members.c.article_id == articles.c.id)
        return dict(connection.execute(query).tuples().all())

    @reads
    def dated(self, connection: Connection, since: datetime, until: datetime | None = None) -> list[Dated]:
        """The articles in scope that have a place and are dated `since <= date <= until`, oldest first."""
        placed = and_(articles.c.in_scope, articles.c.placed, articles.c.dated_at >= since)
        query = select(articles.c.id, articles.c.dated_at).where(placed)
        if until is not None:
            query = query.where(articles.c.dated_at <= until)
        return _dated(connection, query)

    @reads
    def living(self, connection: Connection, names: Collection[str]) -> frozenset[str]:
        """Those of these names that are borne by stories with members."""
        found: set[str] = set()
        for chunk in chunks(sorted(set(names))):
            query = select(story_members.c.story_id).where(story_members.c.story_id.in_(chunk)).distinct()
            found |= set(connection.execute(query).scalars())
        return frozenset(found)


def _dated(connection: Connection, query: Select[Dated]) -> list[Dated]:
    return list(connection.execute(query.order_by(articles.c.dated_at, articles.c.id)).tuples())
