"""Reading stories from their rows: only members in scope show; a story that is no more answers with its successor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, select

from pipeline.model import Comparison, Member, Relation, Role, Story
from pipeline.store.captures import chunks
from pipeline.store.schema import articles, stories, story_members


def story(connection: Connection, story_id: str) -> Story | None:
    """A story, or what it was merged into; `None` when it is unknown or has no member in scope."""
    return next(iter(named(connection, [_successor(connection, story_id)])), None)


def _successor(connection: Connection, story_id: str) -> str:
    """The story that this one answers with: itself while it stands."""
    return successors(connection, [story_id])[story_id]


def successors(connection: Connection, story_ids: Collection[str]) -> dict[str, str]:
    """{story: the one that answers for it: itself while it stands}."""
    merged: dict[str, str | None] = {}
    asked = set(story_ids)
    while asked:
        merged |= dict.fromkeys(asked)
        for chunk in chunks(sorted(asked)):
            query = select(stories.c.id, stories.c.merged_into).where(stories.c.id.in_(chunk))
            merged |= dict(connection.execute(query).tuples().all())
        asked = {heir for heir in merged.values() if heir is not None} - set(merged)
    return {story_id: _heir(story_id, merged) for story_id in story_ids}


def _heir(story_id: str, merged: Mapping[str, str | None]) -> str:
    seen: set[str] = set()
    while story_id not in seen:
        seen.add(story_id)
        story_id = merged.get(story_id) or story_id
    return story_id


def names(connection: Connection, story_id: str) -> set[str]:
    """A story's name, that of the one it is part of, and those of all that became part of either."""
    found = {story_id, _successor(connection, story_id)}
    new = set(found)
    while new:
        query = select(stories.c.id).where(stories.c.merged_into.in_(sorted(new)))
        new = set(connection.execute(query).scalars()) - found
        found |= new
    return found


def named(connection: Connection, story_ids: Collection[str]) -> list[Story]:
    """The stories of these very names, by name; those without a member in scope are left out."""
    rows: list[RowMapping] = []
    for chunk in chunks(sorted(set(story_ids))):
        query = select(stories).where(stories.c.id.in_(chunk), stories.c.merged_into.is_(None))
        rows += connection.execute(query.order_by(stories.c.id)).mappings().all()
    return whole(connection, rows)


def whole(connection: Connection, rows: Sequence[RowMapping]) -> list[Story]:
    """The stories of these rows with their members, oldest article id first; those without a member are left out."""
    members: defaultdict[str, list[Member]] = defaultdict(list)
    for chunk in chunks([row["id"] for row in rows]):
        query = (
            select(story_members)
            .join(articles, articles.c.id == story_members.c.article_id)
            .where(story_members.c.story_id.in_(chunk), articles.c.in_scope)
            .order_by(story_members.c.article_id)
        )
        for row in connection.execute(query).mappings():
            members[row["story_id"]].append(_member(row))
    return [_story(row, members[row["id"]]) for row in rows if members[row["id"]]]


def _story(row: RowMapping, members: Sequence[Member]) -> Story:
    shown = {member.article_id for member in members}
    origin = row["origin_article_id"]
    return Story(
        row["id"], tuple(members), origin if origin in shown else None, row["continues"], row["continues_reason"]
    )


def _member(row: RowMapping) -> Member:
    return Member(row["article_id"], Role(row["role"]), row["reason"], row["copy_of"], _comparison(row))


def _comparison(row: RowMapping) -> Comparison | None:
    if row["relation"] is None:
        return None
    counts = (row[name] for name in ("kept", "changed", "added", "cut"))
    return Comparison(Relation(row["relation"]), row["compared_to"], *counts)
