"""Writing stories: only what differs is written, so that a transaction stays short however large the window is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from pipeline.model import Member, Story
from pipeline.store.captures import chunks
from pipeline.store.database import insert
from pipeline.store.schema import articles, stories, story_members

_COUNTS = ("kept", "changed", "added", "cut")  # of a comparison, in sentences


def replace(connection: Connection, new: Sequence[Story], merged: Mapping[str, str], now: datetime) -> None:
    """Let these stories have these members, and tidy up behind them. `merged`: what became part of which story."""
    places = {member.article_id: (story.id, member) for story in new for member in story.members}
    before = _members(connection, places)
    moved = [article_id for article_id, place in places.items() if _differs(before.get(article_id), place)]
    left = {before[article_id]["story_id"] for article_id in moved if article_id in before}
    _write_stories(connection, new, {places[article_id][0] for article_id in moved}, now)
    _write_members(connection, [places[article_id] for article_id in moved])
    left |= _drop_out_of_scope(connection)
    heirs = _heirs(before, places) | dict(merged)
    for story_id in sorted(left - {story.id for story in new}):
        _close_if_empty(connection, story_id, heirs.get(story_id), now)
    _write_dates(connection, left | {story.id for story in new})


def _members(connection: Connection, article_ids: Iterable[int]) -> dict[int, RowMapping]:
    found: dict[int, RowMapping] = {}
    for chunk in chunks(sorted(article_ids)):
        query = select(story_members).where(story_members.c.article_id.in_(chunk))
        found |= {row["article_id"]: row for row in connection.execute(query).mappings()}
    return found


def _differs(before: RowMapping | None, place: tuple[str, Member]) -> bool:
    return before is None or any(before[name] != value for name, value in _columns(place).items())


def _columns(place: tuple[str, Member]) -> dict[str, object]:
    story_id, member = place
    compared = member.comparison
    return {
        "article_id": member.article_id,
        "story_id": story_id,
        "role": member.role.value,
        "copy_of": member.copy_of,
        "reason": member.reason,
        "relation": compared.relation.value if compared else None,
        "compared_to": compared.to if compared else None,
        **{name: getattr(compared, name, None) for name in _COUNTS},
    }


def _write_stories(connection: Connection, new: Sequence[Story], changed: Collection[str], now: datetime) -> None:
    known: dict[str, RowMapping] = {}
    for chunk in chunks(sorted(story.id for story in new)):
        query = select(stories).where(stories.c.id.in_(chunk))
        known |= {row["id"]: row for row in connection.execute(query).mappings()}
    for story in new:
        values = {
            "origin_article_id": story.origin,
            "continues": story.continues,
            "continues_reason": story.continues_reason,
            "merged_into": None,
        }
        row = known.get(story.id)
        if row is None:
            connection.execute(stories.insert().values(id=story.id, **values, changed_at=now))
        elif story.id in changed or any(row[name] != value for name, value in values.items()):
            connection.execute(update(stories).where(stories.c.id == story.id).values(**values, changed_at=now))


def _write_members(connection: Connection, places: Sequence[tuple[str, Member]]) -> None:
    if not places:
        return
    statement = insert(connection, story_members)
    names = ("story_id", "role", "copy_of", "reason", "relation", "compared_to", *_COUNTS)
    upsert = statement.on_conflict_do_update(
        index_elements=["article_id"], set_={name: statement.excluded[name] for name in names}
    )
    connection.execute(upsert, [_columns(place) for place in places])
    for chunk in chunks([member.article_id for _, member in places]):
        placed = update(articles).where(articles.c.id.in_(chunk), ~articles.c.placed)
        connection.execute(placed.values(placed=True))


def _drop_out_of_scope(connection: Connection) -> set[str]:
    """Take articles that a person rejected, or that our code no longer keeps, out of their stories; these stories."""
    outside = update(articles).where(articles.c.placed, ~articles.c.in_scope).values(placed=False)
    left: set[str] = set()
    for chunk in chunks(sorted(connection.execute(outside.returning(articles.c.id)).scalars())):
        dropped = delete(story_members).where(story_members.c.article_id.in_(chunk))
        left |= set(connection.execute(dropped.returning(story_members.c.story_id)).scalars())
    return left


def _heirs(before: Mapping[int, RowMapping], places: Mapping[int, tuple[str, Member]]) -> dict[str, str]:
    """For each story that members left: where its oldest one is now."""
    heirs: dict[str, str] = {}
    for article_id in sorted(before):
        heirs.setdefault(before[article_id]["story_id"], places[article_id][0])
    return heirs


def _close_if_empty(connection: Connection, story_id: str, heir: str | None, now: datetime) -> None:
    rest = connection.execute(select(func.count()).where(story_members.c.story_id == story_id)).scalar_one()
    if rest == 0 and heir is not None and heir != story_id:
        connection.execute(update(stories).where(stories.c.id == story_id).values(merged_into=heir, changed_at=now))
        continuing = update(stories).where(stories.c.continues == story_id)
        connection.execute(continuing.where(stories.c.id != heir).values(continues=heir))
        connection.execute(continuing.where(stories.c.id == heir).values(continues=None, continues_reason=None))


def _write_dates(connection: Connection, story_ids: Collection[str]) -> None:
    """The dates of a story are those of its oldest and newest member; none without members."""
    for chunk in chunks(sorted(story_ids)):
        query = (
            select(story_members.c.story_id, func.min(articles.c.dated_at), func.max(articles.c.dated_at))
            .join(articles, articles.c.id == story_members.c.article_id)
            .where(story_members.c.story_id.in_(chunk))
            .group_by(story_members.c.story_id)
        )
        dates: defaultdict[str, tuple[datetime | None, datetime | None]] = defaultdict(lambda: (None, None))
        dates |= {story_id: (first, last) for story_id, first, last in connection.execute(query)}
        known = select(stories.c.id, stories.c.first_published, stories.c.last_published).where(stories.c.id.in_(chunk))
        for story_id, first, last in connection.execute(known).all():
            if (first, last) != dates[story_id]:
                values = {"first_published": dates[story_id][0], "last_published": dates[story_id][1]}
                connection.execute(update(stories).where(stories.c.id == story_id).values(**values))
