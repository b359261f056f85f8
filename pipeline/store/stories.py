"""Stories: what the assembler reads, and what it writes under the guard of the generation."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from pipeline.model import StoredArticle, Story
from pipeline.store import decision_rows, generations, stored, story_rows, story_writes
from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads, writes
from pipeline.store.decisions import Decisions
from pipeline.store.records import DecisionAction, StaleError, StoryDecision
from pipeline.store.schema import articles, fingerprint_keys, stories, story_members, versions


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
        decision_rows.mark_applied(connection, now)
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

    def decisions(self) -> builtins.list[StoryDecision]:
        """The standing decisions of persons, oldest first: those of `store.decisions`."""
        return Decisions(self.database).standing()

    def decide(
        self,
        action: DecisionAction | str,
        a: int,
        b: int | None,
        *,
        actor: str,
        reason: str | None = None,
        now: datetime,
    ) -> StoryDecision:
        """A person's word on two articles, or on the story of one (`pin`): see `store.decisions`."""
        groups = [(a,), (b,)] if b is not None else [self._mates(a)]
        return Decisions(self.database).decide(action, groups, actor=actor, reason=reason, now=now)

    @reads
    def _mates(self, connection: Connection, article_id: int) -> builtins.list[int]:
        """The articles of its story, itself first where it is in none."""
        own = select(story_members.c.story_id).where(story_members.c.article_id == article_id).scalar_subquery()
        mates = select(story_members.c.article_id).where(story_members.c.story_id == own)
        return sorted(connection.execute(mates).scalars()) or [article_id]

    def undo_decision(self, decision_id: int, *, actor: str, now: datetime) -> None:
        """Take a decision back: see `store.decisions`."""
        Decisions(self.database).undo(decision_id, actor=actor, now=now)
