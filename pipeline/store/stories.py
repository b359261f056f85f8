"""Stories: what the assembler reads, and what it writes under the guard of the generation."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, or_, select, update

from pipeline.errors import NotFoundError
from pipeline.model import StoredArticle, Story
from pipeline.store import generations, stored, story_rows, story_writes
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads, writes
from pipeline.store.records import DecisionAction, StaleError, StoryDecision
from pipeline.store.schema import articles, fingerprint_keys, stories, story_decisions, versions


class Stories(Part):
    """Verbs over stories."""

    @reads
    def window(self, connection: Connection, since: datetime) -> builtins.list[StoredArticle]:
        """The articles in scope that were published, or whose version was committed, since then; oldest first."""
        query = (
            select(articles.c.id)
            .join(versions, versions.c.id == articles.c.version_id)
            .where(articles.c.in_scope, or_(articles.c.dated_at >= since, versions.c.committed_at >= since))
            .order_by(articles.c.dated_at, articles.c.id)
        )
        return stored.current(connection, connection.execute(query).scalars().all())

    @reads
    def candidates(self, connection: Connection, keys: Collection[str]) -> dict[str, builtins.list[int]]:
        """For each fingerprint key that an article in scope has: the ids of these articles, ascending."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for chunk in chunks(sorted(set(keys))):
            query = (
                select(fingerprint_keys.c.key, fingerprint_keys.c.article_id)
                .join(articles, articles.c.id == fingerprint_keys.c.article_id)
                .where(fingerprint_keys.c.key.in_(chunk), articles.c.in_scope)
                .order_by(fingerprint_keys.c.key, fingerprint_keys.c.article_id)
            )
            for key, article_id in connection.execute(query):
                found[key].append(article_id)
        return dict(found)

    @reads
    def keys(self, connection: Connection, article_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """The fingerprint keys of these articles, sorted; articles without any are left out."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for chunk in chunks(sorted(set(article_ids))):
            query = select(fingerprint_keys.c.article_id, fingerprint_keys.c.key)
            query = query.where(fingerprint_keys.c.article_id.in_(chunk)).order_by(fingerprint_keys.c.key)
            for article_id, key in connection.execute(query):
                found[article_id].append(key)
        return {article_id: tuple(names) for article_id, names in found.items()}

    @reads
    def generation(self, connection: Connection) -> int:
        """Read it first, then what stories are made of; give it to `replace`."""
        return generations.read(connection)

    @writes
    def replace(self, connection: Connection, new: Sequence[Story], *, generation: int, now: datetime) -> int:
        """Let these stories have these members; the next generation. Other articles stay in their stories.

        A story that loses its last member answers with the story that took its oldest one. An article that is not in
        scope leaves its story. Raises `StaleError` when a person or another assembler was faster.
        """
        following = generations.move_on(connection)
        if following != generation + 1:
            raise StaleError("the stories were changed meanwhile; assemble them again")
        story_writes.replace(connection, new, now)
        return following

    @reads
    def get(self, connection: Connection, story_id: str) -> Story | None:
        """A story, or the one it was merged into."""
        return story_rows.story(connection, story_id)

    @reads
    def list(
        self,
        connection: Connection,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> builtins.list[Story]:
        """The stories whose newest article is dated `since <= date < until`, newest first."""
        query = select(stories).where(stories.c.merged_into.is_(None), stories.c.last_published.is_not(None))
        if since is not None:
            query = query.where(stories.c.last_published >= since)
        if until is not None:
            query = query.where(stories.c.last_published < until)
        query = query.order_by(stories.c.last_published.desc(), stories.c.id).limit(limit)
        return story_rows.whole(connection, connection.execute(query).mappings().all())

    @reads
    def decisions(self, connection: Connection) -> builtins.list[StoryDecision]:
        """The standing decisions of persons, oldest first."""
        query = select(story_decisions).where(story_decisions.c.undone_at.is_(None)).order_by(story_decisions.c.id)
        return [_decision(row) for row in connection.execute(query).mappings()]

    @writes
    def decide(
        self,
        connection: Connection,
        action: DecisionAction | str,
        a: int,
        b: int | None,
        *,
        actor: str,
        reason: str | None = None,
        now: datetime,
    ) -> StoryDecision:
        """A person's word on two articles (`together`, `apart`) or on one (`pin`); an earlier one gives way.

        It holds from the next assembling on. Raises `NotFoundError` for an unknown article.
        """
        action = DecisionAction(action)
        if (action is DecisionAction.PIN) != (b is None) or a == b:
            raise ValueError("`pin` takes one article, `together` and `apart` take two different ones")
        a, b = (a, b) if b is None or a < b else (b, a)
        _must_exist(connection, [a] if b is None else [a, b])
        same_pair = and_(story_decisions.c.article_a == a, story_decisions.c.article_b.is_not_distinct_from(b))
        earlier = update(story_decisions).where(same_pair, story_decisions.c.undone_at.is_(None))
        connection.execute(earlier.values(undone_at=now))
        values = {"action": action.value, "article_a": a, "article_b": b, "actor": actor, "reason": reason, "at": now}
        row = connection.execute(story_decisions.insert().values(**values).returning(story_decisions)).mappings().one()
        detail = {"article_a": a, "article_b": b}
        note(connection, actor, action.value, f"article:{a}", reason=reason, detail=detail, now=now)
        generations.move_on(connection)
        return _decision(row)

    @writes
    def undo_decision(self, connection: Connection, decision_id: int, *, actor: str, now: datetime) -> None:
        """Take a decision back. Raises `NotFoundError` when it does not stand."""
        standing = and_(story_decisions.c.id == decision_id, story_decisions.c.undone_at.is_(None))
        undone = update(story_decisions).where(standing).values(undone_at=now).returning(story_decisions)
        row = connection.execute(undone).mappings().first()
        if row is None:
            raise NotFoundError(f"decision {decision_id}: does not stand; `kliping stories list` shows what is")
        note(connection, actor, f"undo {row['action']}", f"article:{row['article_a']}", now=now)
        generations.move_on(connection)


def _must_exist(connection: Connection, article_ids: Sequence[int]) -> None:
    known = set(connection.execute(select(articles.c.id).where(articles.c.id.in_(article_ids))).scalars())
    for article_id in article_ids:
        if article_id not in known:
            raise NotFoundError(f"article {article_id}: is not stored; `kliping articles list` shows what is")


def _decision(row: RowMapping) -> StoryDecision:
    return StoryDecision(
        id=row["id"],
        action=DecisionAction(row["action"]),
        article_a=row["article_a"],
        article_b=row["article_b"],
        actor=row["actor"],
        reason=row["reason"],
        at=row["at"],
    )
