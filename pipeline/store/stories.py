"""Stories: what the assembler reads, and what it writes under the guard of the generation."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.model import Story
from pipeline.store import decision_rows, generations, story_history, story_rows, story_writes
from pipeline.store.database import Part, reads, writes
from pipeline.store.records import StaleError
from pipeline.store.schema import nights, stories
from pipeline.store.story_records import Night, StoryChange
from pipeline.story_changes import Change, ChangeAction


class Stories(Part):
    """Verbs over stories."""

    @reads
    def generation(self, connection: Connection) -> int:
        """Read it first, then what stories are made of; give it to `replace`."""
        return generations.read(connection)

    @writes
    def replace(
        self,
        connection: Connection,
        new: Sequence[Story],
        *,
        generation: int,
        now: datetime,
        changes: Sequence[Change] = (),
        night: Night | None = None,
    ) -> int:
        """Let these stories have these members; the next generation. Other articles stay in their stories.

        A story that loses its last member answers with the one it was merged into by `changes`, else with the one that
        took its first article. An article that is not in scope leaves its story. `changes` come into the audit, and
        waiting decisions are applied: `new` must know them. Raises `StaleError` when a person or another assembler was
        faster.
        """
        following = generations.move_on(connection)
        if following != generation + 1:
            raise StaleError("the stories were changed meanwhile; assemble them again")
        merged = {change.story: change.into for change in changes if change.action is ChangeAction.MERGE}
        story_writes.replace(connection, new, merged, now)
        story_history.record(connection, changes, now)
        decision_rows.mark_applied(connection, now)
        if night is not None:
            story_history.add_night(connection, night)
        return following

    @reads
    def changes(
        self,
        connection: Connection,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        story: str | None = None,
    ) -> builtins.list[StoryChange]:
        """What assemblers changed for those who had seen the stories, `since <= at < until`, newest first.

        `story`: only changes that this story took part in, or one that it answers for.
        """
        names = None if story is None else story_rows.names(connection, story)
        query = story_history.changes(since, until, names).limit(limit)
        return [story_history.change(row) for row in connection.execute(query).mappings()]

    @reads
    def night(self, connection: Connection, period: str | None = None) -> Night | None:
        """The nightly pass of a period; without one, the latest."""
        query = select(nights).order_by(nights.c.told_at.desc(), nights.c.period.desc()).limit(1)
        if period is not None:
            query = query.where(nights.c.period == period)
        row = connection.execute(query).mappings().first()
        return Night(**row) if row else None

    @reads
    def get(self, connection: Connection, story_id: str) -> Story | None:
        """A story, or the one it was merged into."""
        return story_rows.story(connection, story_id)

    @reads
    def many(self, connection: Connection, names: Collection[str]) -> builtins.list[Story]:
        """The stories that bear these very names and have a member in scope, by name."""
        return story_rows.named(connection, names)

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
