"""Reading and marking persons' decisions on stories, within a caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.store.captures import chunks
from pipeline.store.records import DecisionAction, StoryDecision
from pipeline.store.schema import decision_articles, story_decisions


def whole(connection: Connection, rows: Sequence[RowMapping]) -> list[StoryDecision]:
    """The decisions of these rows with their articles, in the given order."""
    groups: defaultdict[int, defaultdict[int, list[RowMapping]]] = defaultdict(lambda: defaultdict(list))
    for chunk in chunks([row["id"] for row in rows]):
        query = select(decision_articles).where(decision_articles.c.decision_id.in_(chunk))
        for row in connection.execute(query.order_by(decision_articles.c.article_id)).mappings():
            groups[row["decision_id"]][row["place"]].append(row)
    return [_decision(row, [group for _, group in sorted(groups[row["id"]].items())]) for row in rows]


def spoken_of(connection: Connection, article_ids: Collection[int]) -> set[int]:
    """The standing decisions that speak of one of these articles, by number."""
    found: set[int] = set()
    for chunk in chunks(sorted(article_ids)):
        query = (
            select(decision_articles.c.decision_id)
            .join(story_decisions, story_decisions.c.id == decision_articles.c.decision_id)
            .where(decision_articles.c.article_id.in_(chunk), story_decisions.c.undone_at.is_(None))
        )
        found |= set(connection.execute(query).scalars())
    return found


def numbered(connection: Connection, numbers: Iterable[int]) -> list[StoryDecision]:
    """The decisions of these numbers, oldest first; unknown ones are left out."""
    rows: list[RowMapping] = []
    for chunk in chunks(sorted(numbers)):
        query = select(story_decisions).where(story_decisions.c.id.in_(chunk)).order_by(story_decisions.c.id)
        rows += connection.execute(query).mappings().all()
    return whole(connection, rows)


def mark_applied(connection: Connection, now: datetime) -> None:
    """No decision waits any more: the caller's stories know them all, for the generation has not moved since."""
    waiting = update(story_decisions).where(story_decisions.c.applied_at.is_(None))
    connection.execute(waiting.values(applied_at=now))


def _decision(row: RowMapping, groups: Sequence[Sequence[RowMapping]]) -> StoryDecision:
    return StoryDecision(
        id=row["id"],
        action=DecisionAction(row["action"]),
        groups=tuple(tuple(one["article_id"] for one in group) for group in groups),
        stories=tuple(_common([one["story_id"] for one in group]) for group in groups),
        actor=row["actor"],
        reason=row["reason"],
        at=row["at"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
        undone_reason=row["undone_reason"],
    )


def _common(names: Sequence[str | None]) -> str | None:
    return names[0] if len(set(names)) == 1 else None
