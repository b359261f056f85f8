"""What an edition says, from facts alone: pure, deterministic, in no language.

Stories are ordered by reach (number of outlets), then those the city's own outlets report, then the most recent.
What was published before the window is set aside as `older`: counted in the edition, told in reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from digests.blocks import Background, block, outlet_key, when
from digests.coverage import coverage
from digests.known import EditionFacts
from digests.model import SCHEMA_VERSION, Content, Older, StoryBlock, total
from digests.plain import one_line
from pipeline.model import StoredArticle, Story


def compose(facts: EditionFacts) -> Content:
    """The content of an edition or a report."""
    current, older = _split(facts)
    background = Background.of(facts)
    blocks = tuple(sorted((block(background, *group) for group in _groups(facts, current)), key=_order))
    old = tuple(_older(stored) for stored in older)
    rows = coverage(facts, blocks, old)
    return Content(
        schema_version=SCHEMA_VERSION,
        kind=facts.kind,
        list=facts.list,
        period=facts.period,
        title=one_line(facts.title) or "Kliping",
        timezone=facts.timezone,
        since=facts.since,
        until=facts.now,
        window_hours=facts.window_hours,
        max_stories=facts.max_stories,
        stories=blocks,
        coverage=rows,
        older=old,
        totals=total(blocks, rows, old),
    )


def version_places(content: Content) -> list[tuple[int, str]]:
    """(version id, place) of every article version that the edition takes."""
    told = [(placement.version_id, "story") for story in content.stories for placement in story.placements]
    return told + [(row.version_id, "older") for row in content.older]


def _split(facts: EditionFacts) -> tuple[list[StoredArticle], list[StoredArticle]]:
    """(articles within the window, older ones). An undated article counts by the time it was fetched."""
    articles = sorted(facts.articles, key=lambda stored: (when(stored.article), stored.id))
    if facts.window_hours is None:
        return articles, []
    oldest = facts.now - timedelta(hours=facts.window_hours)
    older = [stored for stored in articles if when(stored.article) < oldest]
    return articles[len(older) :], older


def _groups(
    facts: EditionFacts, articles: Iterable[StoredArticle]
) -> list[tuple[str, Story | None, list[StoredArticle]]]:
    """The articles by story; an article in no story is one by itself."""
    story_of = {member.article_id: story for story in facts.stories for member in story.members}
    groups: dict[str, tuple[Story | None, list[StoredArticle]]] = {}
    for stored in articles:
        story = story_of.get(stored.id)
        identifier = story.id if story else stored.story_id or f"article-{stored.id}"
        groups.setdefault(identifier, (story, []))[1].append(stored)
    return [(identifier, story, members) for identifier, (story, members) in groups.items()]


def _older(stored: StoredArticle) -> Older:
    watches = tuple(sorted({match.id for match in stored.article.watches}))
    return Older(stored.version_id, outlet_key(stored.article), watches)


def _order(story: StoryBlock) -> tuple[int, bool, float, str]:
    latest = max((place.published or place.fetched_at).timestamp() for place in story.placements)
    own_city = any(place.owned for place in story.placements)
    return -story.reach, not own_city, -latest, story.story_id
