"""Counts an edition anew from its rows, in another way than the program does, and says what does not reconcile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from digests.compose import version_places
from digests.coverage import ADDRESSES
from digests.model import Checked, Content, Placement, StoryBlock, Totals
from digests.recap import Tones
from pipeline.model import Role


def faults(content: Content) -> list[str]:
    """One line for each thing that does not fit; none for an edition whose figures hold."""
    return [*_totals(content), *_coverage(content), *_order(content), *_rows(content), *_recap(content)]


def placements(content: Content) -> list[Placement]:
    return [place for block in content.stories for place in block.placements]


def _totals(content: Content) -> Iterator[str]:
    placed = placements(content)
    states = Counter(row.state for row in content.coverage)
    counted = Totals(
        stories=sum(1 for _ in content.stories),
        articles=len(placed),
        copies=len([place for place in placed if place.role is Role.COPY]),
        outlets=len(Counter(place.outlet for place in placed)),
        older=sum(1 for _ in content.older),
        watched=len(content.coverage) - states[Checked.OTHER],
        checked=states[Checked.WHOLE],
        partly=states[Checked.PARTLY],
        not_checked=states[Checked.NOT],
        **{name: sum(getattr(row, name) for row in content.coverage) for name in _SUMMED},
        owned=len([place for place in placed if place.owned]),
        earned=len([place for place in placed if not place.owned]),
        late=len([place for place in placed if place.late]),
        dropped=len([version for story in content.dropped for version in story.version_ids]),
    )
    for field in fields(Totals):
        told, found = getattr(content.totals, field.name), getattr(counted, field.name)
        if told != found:
            yield f"totals.{field.name} is {told}, the rows have {found}"
    if content.totals.owned + content.totals.earned != content.totals.articles:
        yield "owned and earned are not all"
    if content.totals.checked + content.totals.partly + content.totals.not_checked != content.totals.watched:
        yield "the states are not all outlets"


_SUMMED = ("listed", "new", "kept", "rejected", "failed")


def _coverage(content: Content) -> Iterator[str]:
    """Every placement and every older article is counted in one row."""
    named = {row.outlet for row in content.coverage}
    articles = Counter(place.outlet if place.outlet in named else ADDRESSES for place in placements(content))
    older = Counter(row.outlet if row.outlet in named else ADDRESSES for row in content.older)
    for row in content.coverage:
        if (row.articles, row.older) != (articles[row.outlet], older[row.outlet]):
            yield f"coverage of {row.outlet!r} counts {row.articles} and {row.older}"
    if sum(articles.values()) != sum(row.articles for row in content.coverage):
        yield "a placement is in no row of the coverage"


def _order(content: Content) -> Iterator[str]:
    """Top stories, then those of the sections, are the stories, each once."""
    shown = [story.story_id for story in content.top]
    shown += [story for section in content.sections for story in section.stories]
    stories = [block.story_id for block in content.stories]
    if shown != stories:
        yield f"top and sections have {shown}, the stories are {stories}"
    if len(set(stories)) != len(stories):
        yield "a story stands twice"
    yield from (f"a section without stories: {section}" for section in content.sections if not section.stories)
    yield from (f"a top story without a reason: {story}" for story in content.top if not story.reasons)


def _rows(content: Content) -> Iterator[str]:
    """Each version has one place, and what a story tells is of its own placements."""
    places = Counter(version for version, _ in version_places(content))
    yield from (f"version {version} has {count} places" for version, count in places.items() if count > 1)
    for block in content.stories:
        yield from _block(block)


def _block(block: StoryBlock) -> Iterator[str]:
    versions = {place.version_id for place in block.placements}
    if not block.placements or not block.tellings:
        yield f"{block.story_id} tells nothing"
    if not {telling.version_id for telling in block.tellings} <= versions:
        yield f"{block.story_id} tells what it has no placement of"
    if block.quote and block.quote.version_id not in versions:
        yield f"{block.story_id} quotes what it has no placement of"
    languages = [telling.language for telling in block.tellings]
    if len(set(languages)) != len(languages):
        yield f"{block.story_id} is told twice in a language"


def _recap(content: Content) -> Iterator[str]:
    """The tones and the trends say the same figures as the totals."""
    told = sum(_sum(row.now) for row in content.tones)
    if told != content.totals.articles:
        yield f"the tones count {told} placements of {content.totals.articles}"
    for trend in content.trends:
        day = trend.days[-1]
        watch = trend.subject.removeprefix("watch:")
        of_watch = sum(any(mark.id == watch for mark in block.watches) for block in content.stories)
        now = of_watch if trend.subject.startswith("watch:") else getattr(content.totals, trend.subject)
        if (day.day, day.count) != (content.period, now):
            yield f"the trend of {trend.subject} ends with {day}, it is {now}"


def _sum(tones: Tones) -> int:
    return tones.positive + tones.neutral + tones.negative + tones.untold
