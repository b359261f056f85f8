"""What commands look up of stories: by name, and the article that a story is called after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digests.cli.office import Office
from digests.cli.output import remark
from pipeline.errors import NotFoundError
from pipeline.model import StoredArticle, Story


def find_story(here: Office, name: str) -> Story:
    """The story of that name, or the one it was merged into, which is told. Raises `NotFoundError`."""
    story = here.store.stories.get(name)
    if story is None:
        raise NotFoundError(f"no story is called {name!r}; `kliping stories list` shows them")
    if story.id != name:
        remark(f"story {name} is part of story {story.id} now")
    return story


def first_articles(here: Office, stories: Iterable[Story]) -> dict[int, StoredArticle]:
    """The articles that stories are called after: who had it first, else the first member."""
    return {one.id: one for one in here.store.articles.many([first_of(story) for story in stories])}


def first_of(story: Story) -> int:
    return story.origin if story.origin is not None else story.members[0].article_id


def headline(story: Story, articles: Mapping[int, StoredArticle]) -> str | None:
    first = articles.get(first_of(story))
    return first.article.headline if first else None
