"""Persons' decisions on stories: split, merge and pin. They stand until they are undone, whatever is reworked."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from pipeline.errors import NotFoundError
from pipeline.store import decision_rows, generations
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads, writes
from pipeline.store.records import DecisionAction, StaleError, StoryDecision
from pipeline.store.schema import articles, decision_articles, story_decisions, story_members

_ALL = "`kliping stories decisions` lists them"


class Decisions(Part):
    """Verbs over decisions. What they mean for stories is said by `pipeline.decisions`."""

    @writes
    def decide(
        self,
        connection: Connection,
        action: DecisionAction | str,
        groups: Sequence[Collection[int]],
        *,
        actor: str,
        reason: str | None = None,
        generation: int | None = None,
        now: datetime,
    ) -> StoryDecision:
        """A person's word on groups of articles; see `DecisionAction`. It waits for the next assembling.

        `generation`: of the stories as the person saw them. Raises `StaleError` when they have changed since,
        `NotFoundError` for an unknown article.
        """
        action = DecisionAction(action)
        sorted_groups = [sorted(set(group)) for group in groups]
        _check(action, sorted_groups)
        seen = generations.move_on(connection) - 1
        if generation is not None and seen != generation:
            raise StaleError("the stories were changed meanwhile; look at them again, then decide")
        places = {number: place for place, group in enumerate(sorted_groups) for number in group}
        stories = _stories(connection, sorted(places))
        values = {"action": action.value, "actor": actor, "reason": reason, "at": now}
        new = connection.execute(story_decisions.insert().values(**values).returning(story_decisions.c.id)).scalar_one()
        rows = [
            {"decision_id": new, "article_id": number, "place": place, "story_id": stories[number]}
            for number, place in places.items()
        ]
        connection.execute(decision_articles.insert(), rows)
        (made,) = decision_rows.numbered(connection, [new])
        _note(connection, made)
        return made

    @writes
    def undo(
        self, connection: Connection, decision_id: int, *, actor: str, reason: str | None = None, now: datetime
    ) -> StoryDecision:
        """Take a decision back; what earlier ones say counts again. Raises `NotFoundError` when it does not stand."""
        found = decision_rows.numbered(connection, [decision_id])
        if not found:
            raise NotFoundError(f"decision {decision_id}: there is none; {_ALL}")
        taken_back = {"undone_at": now, "undone_by": actor, "undone_reason": reason, "applied_at": None}
        standing = update(story_decisions).where(story_decisions.c.id == decision_id)
        undone = connection.execute(standing.where(story_decisions.c.undone_at.is_(None)).values(**taken_back))
        if undone.rowcount == 0:
            raise NotFoundError(f"decision {decision_id}: does not stand, {found[0].undone_by} took it back; {_ALL}")
        (after,) = decision_rows.numbered(connection, [decision_id])
        _note(connection, after)
        generations.move_on(connection)
        return after

    @reads
    def get(self, connection: Connection, decision_id: int) -> StoryDecision | None:
        """One decision, standing or undone."""
        return next(iter(decision_rows.numbered(connection, [decision_id])), None)

    @reads
    def list(self, connection: Connection, limit: int | None = None) -> builtins.list[StoryDecision]:
        """All decisions, undone ones too, newest first."""
        query = select(story_decisions).order_by(story_decisions.c.id.desc()).limit(limit)
        return decision_rows.whole(connection, connection.execute(query).mappings().all())

    @reads
    def standing(self, connection: Connection) -> builtins.list[StoryDecision]:
        """The standing decisions, oldest first."""
        query = select(story_decisions).where(story_decisions.c.undone_at.is_(None)).order_by(story_decisions.c.id)
        return decision_rows.whole(connection, connection.execute(query).mappings().all())

    @reads
    def of_articles(self, connection: Connection, article_ids: Collection[int]) -> builtins.list[StoryDecision]:
        """The decisions that speak of one of these articles, undone ones too, oldest first."""
        numbers: set[int] = set()
        for chunk in chunks(sorted(set(article_ids))):
            query = select(decision_articles.c.decision_id).where(decision_articles.c.article_id.in_(chunk))
            numbers |= set(connection.execute(query).scalars())
        return decision_rows.numbered(connection, numbers)

    @reads
    def touching(self, connection: Connection, article_ids: Collection[int]) -> builtins.list[StoryDecision]:
        """The standing decisions on these articles, and on those that such decisions speak of; oldest first."""
        known: set[int] = set()
        asked, waiting = set[int](), set(article_ids)
        found: builtins.list[StoryDecision] = []
        while waiting:
            new = decision_rows.spoken_of(connection, waiting) - known
            known |= new
            asked |= waiting
            more = decision_rows.numbered(connection, new)
            found += more
            waiting = {number for one in more for number in one.articles} - asked
        return sorted(found, key=lambda one: one.id)

    @reads
    def waiting(self, connection: Connection) -> builtins.list[StoryDecision]:
        """What was decided or undone since the last assembling, oldest first."""
        query = select(story_decisions).where(story_decisions.c.applied_at.is_(None)).order_by(story_decisions.c.id)
        return decision_rows.whole(connection, connection.execute(query).mappings().all())


def _check(action: DecisionAction, groups: Sequence[Sequence[int]]) -> None:
    """Raises `ValueError` for groups that the action says nothing of."""
    numbers = [number for group in groups for number in group]
    if len(numbers) != len(set(numbers)) or not all(groups):
        raise ValueError("the groups of a decision are different articles, at least one in each")
    if (len(groups) == 1) != (action is DecisionAction.PIN):
        raise ValueError("`pin` takes one group of articles, `together` and `apart` take two or more")


def _stories(connection: Connection, article_ids: Sequence[int]) -> dict[int, str | None]:
    """The story that each is in. Raises `NotFoundError` for an article that is not stored."""
    found: dict[int, str | None] = {}
    for chunk in chunks(article_ids):
        query = select(articles.c.id, story_members.c.story_id).where(articles.c.id.in_(chunk))
        joined = query.outerjoin(story_members, story_members.c.article_id == articles.c.id)
        found |= dict(connection.execute(joined).tuples().all())
    for number in article_ids:
        if number not in found:
            raise NotFoundError(f"article {number}: is not stored; `kliping articles list` shows what is")
    return found


def _note(connection: Connection, one: StoryDecision) -> None:
    """What was just done to it, in the audit."""
    story = next((name for name in one.stories if name), None)
    target = f"story:{story}" if story else f"article:{one.articles[0]}"
    detail = {"decision": one.id, "groups": one.groups, "stories": one.stories}
    if one.undone_at is None or one.undone_by is None:
        note(connection, one.actor, one.action.value, target, reason=one.reason, detail=detail, now=one.at)
    else:
        done = f"undo {one.action.value}"
        note(connection, one.undone_by, done, target, reason=one.undone_reason, detail=detail, now=one.undone_at)
