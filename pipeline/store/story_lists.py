"""Finding stories: by their articles, by date, by what they follow."""

from __future__ import annotations

import builtins
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from pipeline.model import Story
from pipeline.store import story_rows
from pipeline.store.articles import conditions
from pipeline.store.database import Part, reads
from pipeline.store.records import ArticleFilter
from pipeline.store.schema import articles, stories, story_members, urls

_ANY = ArticleFilter()


class StoryLists(Part):
    """Verbs that only look for stories."""

    @reads
    def find(self, connection: Connection, wanted: ArticleFilter = _ANY) -> builtins.list[Story]:
        """The stories that have an article which meets all conditions, newest first; each with all its articles.

        The dates are those of the story: its newest article is dated `since <= date < until`.
        """
        query = select(stories).where(stories.c.merged_into.is_(None), stories.c.last_published.is_not(None))
        if wanted.since is not None:
            query = query.where(stories.c.last_published >= wanted.since)
        if wanted.until is not None:
            query = query.where(stories.c.last_published < wanted.until)
        asked = replace(wanted, since=None, until=None, limit=None)
        if asked != _ANY:
            holding = (
                select(story_members.c.story_id)
                .join(articles, articles.c.id == story_members.c.article_id)
                .join(urls, urls.c.id == articles.c.url_id)
                .where(articles.c.in_scope, *conditions(asked))
            )
            query = query.where(stories.c.id.in_(holding))
        query = query.order_by(stories.c.last_published.desc(), stories.c.id).limit(wanted.limit)
        return story_rows.whole(connection, connection.execute(query).mappings().all())

    @reads
    def answering(self, connection: Connection, names: Collection[str]) -> dict[str, Story]:
        """{name: the story that answers for it}: itself, or the one it was merged into. Unknown names are left out."""
        heirs = story_rows.successors(connection, names)
        found = {story.id: story for story in story_rows.named(connection, set(heirs.values()))}
        return {name: found[heir] for name, heir in sorted(heirs.items()) if heir in found}

    @reads
    def following(self, connection: Connection, story_id: str) -> builtins.list[Story]:
        """The stories that continue this one, oldest first."""
        query = select(stories).where(stories.c.continues == story_id, stories.c.merged_into.is_(None))
        query = query.order_by(stories.c.last_published, stories.c.id)
        return story_rows.whole(connection, connection.execute(query).mappings().all())
