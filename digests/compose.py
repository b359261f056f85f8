"""What an edition says, from facts alone: pure, deterministic, in no language.

A few stories come first, each for reasons (`digests.top`); the others stand under headings (`digests.sections`), by
reach (number of outlets), then those the city's own outlets report, then the most recent; or the most recent first,
where that is set. Every story stands there exactly once. What was published before the window is set aside as `older`:
counted in the edition, told in reports. What an editor dropped is counted as `dropped` and told nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from digests import tones, trends
from digests.blocks import Background, block, cities_of, in_time, outlet_key, watches_of, when
from digests.coverage import coverage
from digests.known import Editing, EditionFacts, EditorialDecision
from digests.model import SCHEMA_VERSION, Content, Older, StoryBlock, total
from digests.plain import one_line
from digests.recap import Correction, Dropped, Section, TopStory
from digests.sections import sections
from digests.top import Candidate, top
from pipeline.model import StoredArticle, Story
from pipeline.naming import story_id

_Group = tuple[str, Story | None, list[StoredArticle]]


def compose(facts: EditionFacts) -> Content:
    """The content of an edition or a report."""
    current, older = _split(facts)
    background = Background.of(facts)
    groups, dropped = _without_dropped(facts, _groups(facts, current))
    candidates = _candidates(background, groups)
    first = top(facts, candidates)
    headings = sections(_rest(candidates, first), tuple(facts.watch_titles))
    blocks = _arranged(candidates, first, headings)
    old = tuple(_older(stored) for stored in older)
    rows = coverage(facts, blocks, old)
    totals = total(blocks, rows, old, dropped)
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
        totals=totals,
        top=first,
        sections=headings,
        corrections=_corrections(facts, dropped),
        trends=trends.trends(blocks, totals, facts.past, facts.period, facts.watch_titles),
        tones=tones.recap(blocks, facts.past, facts.period),
        dropped=dropped,
    )


def version_places(content: Content) -> list[tuple[int, str]]:
    """(version id, place) of every article version that the edition takes."""
    told = [(placement.version_id, "story") for story in content.stories for placement in story.placements]
    dropped = [(version, "dropped") for story in content.dropped for version in story.version_ids]
    return told + [(row.version_id, "older") for row in content.older] + dropped


def _split(facts: EditionFacts) -> tuple[list[StoredArticle], list[StoredArticle]]:
    """(articles within the window, older ones). An undated article counts by the time it was fetched."""
    articles = sorted(facts.articles, key=in_time)
    if facts.window_hours is None:
        return articles, []
    oldest = facts.now - timedelta(hours=facts.window_hours)
    older = [stored for stored in articles if when(stored.article) < oldest]
    return articles[len(older) :], older


def _groups(facts: EditionFacts, articles: Iterable[StoredArticle]) -> list[_Group]:
    """The articles by story; an article in no story is one by itself."""
    story_of = {member.article_id: story for story in facts.stories for member in story.members}
    groups: dict[str, tuple[Story | None, list[StoredArticle]]] = {}
    for stored in articles:
        story = story_of.get(stored.id)
        identifier = story.id if story else stored.story_id or story_id(stored.article)
        groups.setdefault(identifier, (story, []))[1].append(stored)
    return [(identifier, story, members) for identifier, (story, members) in groups.items()]


def _without_dropped(facts: EditionFacts, groups: Sequence[_Group]) -> tuple[list[_Group], tuple[Dropped, ...]]:
    """A dropped story goes whole, with what came of it since."""
    drops = _standing(facts.decisions, Editing.DROP, Editing.PIN)
    dropped = [_dropped(articles, drops[identifier]) for identifier, _, articles in groups if identifier in drops]
    kept = [group for group in groups if group[0] not in drops]
    return kept, tuple(sorted(dropped, key=lambda story: story.story_id))


def _dropped(articles: Sequence[StoredArticle], decision: EditorialDecision) -> Dropped:
    return Dropped(
        story_id=decision.story_id,
        version_ids=tuple(sorted(stored.version_id for stored in articles)),
        actor=decision.actor,
        reason=one_line(decision.text),
        watches=tuple(sorted({watch for stored in articles for watch in watches_of(stored.article)})),
        cities=tuple(sorted({city for stored in articles for city in cities_of(stored.article)})),
    )


def _standing(
    decisions: Iterable[EditorialDecision], action: Editing, *others: Editing
) -> Mapping[str, EditorialDecision]:
    """By story, the newest decision of that kind that none of these others came after: pinned it is dropped no more."""
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.actor, decision.text or ""))
    last = {decision.story_id: decision for decision in ordered if decision.action in (action, *others)}
    return {story: decision for story, decision in last.items() if decision.action is action}


def _candidates(background: Background, groups: Iterable[_Group]) -> list[Candidate]:
    """The stories in the edition's order, each with its articles."""
    facts = background.facts
    pins = _standing(facts.decisions, Editing.PIN, Editing.DROP)
    notes = _standing(facts.decisions, Editing.NOTE)
    found = []
    for identifier, story, articles in groups:
        note = notes[identifier].text if identifier in notes else None
        made = block(background, identifier, story, articles, note=note, pinned=identifier in pins)
        mine = {stored.id for stored in articles}
        members = [member.article_id for member in story.members if member.article_id not in mine] if story else []
        further = tuple(background.by_id[member] for member in members if member in background.by_id)
        found.append(Candidate(made, tuple(articles), further))
    order = _newest if facts.order == "newest" else _reach
    return sorted(found, key=lambda candidate: order(candidate.block))


def _rest(candidates: Iterable[Candidate], first: Iterable[TopStory]) -> list[StoryBlock]:
    above = {story.story_id for story in first}
    return [candidate.block for candidate in candidates if candidate.block.story_id not in above]


def _arranged(
    candidates: Iterable[Candidate], first: Iterable[TopStory], headings: Iterable[Section]
) -> tuple[StoryBlock, ...]:
    """The top stories, then those under the headings."""
    blocks = {candidate.block.story_id: candidate.block for candidate in candidates}
    above = [blocks[story.story_id] for story in first]
    return (*above, *(blocks[story] for section in headings for story in section.stories))


def _corrections(facts: EditionFacts, dropped: Iterable[Dropped]) -> tuple[Correction, ...]:
    """What is known of stories that no editor has just dropped."""
    gone = {story.story_id for story in dropped}
    return tuple(one for one in facts.corrections if one.story_id not in gone)


def _older(stored: StoredArticle) -> Older:
    article = stored.article
    return Older(stored.version_id, outlet_key(article), watches_of(article), cities_of(article))


def _reach(story: StoryBlock) -> tuple[int, bool, float, str]:
    own_city = any(place.owned for place in story.placements)
    return -story.reach, not own_city, *_newest(story)


def _newest(story: StoryBlock) -> tuple[float, str]:
    latest = max((place.published or place.fetched_at).timestamp() for place in story.placements)
    return -latest, story.story_id
