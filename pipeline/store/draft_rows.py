"""The rows of drafts: one lock for who decides and who freezes, and decisions that follow their stories."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from pipeline.store import story_rows
from pipeline.store.database import insert
from pipeline.store.draft_records import DraftAction, DraftDecision
from pipeline.store.records import StaleError
from pipeline.store.schema import drafts, story_members


def close(connection: Connection, list_name: str, period: str, words: int | None, now: datetime) -> None:
    """Within the freezing transaction: nothing is decided about this draft any more.

    `words` is what `Drafts.words` said before the edition was composed. Raises `StaleError` when an editor has said
    something since, so that no word that was accepted goes missing; None freezes without that check.
    """
    opened = insert(connection, drafts).values(list=list_name, period=period, words=0, closed_at=now)
    closed = opened.on_conflict_do_update(index_elements=["list", "period"], set_={"closed_at": now})
    said: int = connection.execute(closed.returning(drafts.c.words)).scalar_one()
    if words is not None and said != words:
        raise StaleError(f"list {list_name}: an editor changed the draft of {period} meanwhile; build it again")


def lock(connection: Connection, list_name: str, period: str, *, words: int = 0) -> datetime | None:
    """Since when the draft is closed; None: it is open. The row stays locked until the transaction ends.

    `words`: by how many what was said of it has grown.
    """
    first = insert(connection, drafts).values(list=list_name, period=period, words=words)
    counted = first.on_conflict_do_update(index_elements=["list", "period"], set_={"words": drafts.c.words + words})
    closed_at: datetime | None = connection.execute(counted.returning(drafts.c.closed_at)).scalar_one()
    return closed_at


def follow(connection: Connection, story_id: str, articles: Collection[int]) -> str:
    """The story's present id: merged, its heir's; split or moved, that of the story with most of these articles."""
    story = story_rows.story(connection, story_id)
    if story is not None and (not articles or not {member.article_id for member in story.members}.isdisjoint(articles)):
        return story.id
    count = func.count().label("articles")
    query = select(story_members.c.story_id).where(story_members.c.article_id.in_(sorted(articles)))
    most = query.group_by(story_members.c.story_id).order_by(count.desc(), story_members.c.story_id).limit(1)
    return connection.execute(most).scalar() or story_id


def decision(connection: Connection, row: RowMapping) -> DraftDecision:
    """With the story's present id."""
    articles = tuple(row["articles"])
    values = {**row, "action": DraftAction(row["action"]), "articles": articles}
    return DraftDecision(**{**values, "story_id": follow(connection, row["story_id"], articles)})
