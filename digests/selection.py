"""A part of an edition: one subscriber's watches and cities, or the edition less what was withheld since. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from digests import tones, trends
from digests.coverage import row_of
from digests.model import Content, Older, Placement, StoryBlock, Telling, canonical, total
from digests.recap import Correction, CorrectionRule, Dropped, Reason, Section, TopReason, TopStory
from digests.top import has_reach

ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked for: stories of one of the watches, and stories that name one of the cities. Of neither: all.

    Missing something is worse than a story too many, so that the one does not narrow the other.
    """

    watches: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()  # as the gazetteer names them; case does not count

    def __bool__(self) -> bool:
        return bool(self.watches or self.cities)

    def takes(self, watches: Iterable[str], cities: Iterable[str]) -> bool:
        """Is something with these watches and cities among it?"""
        if not self or not set(self.watches).isdisjoint(watches):
            return True
        wanted = {city.casefold() for city in self.cities}
        return bool(wanted) and any(city.casefold() in wanted for city in cities)


EVERYTHING = Choice()


def select(content: Content, choice: Choice = EVERYTHING, without: Iterable[int] = ()) -> Content:
    """The part that the choice takes, less the article versions of the ids `without`: nothing of them is left."""
    banned = frozenset(without)
    if not choice and not banned:
        return content
    left = [block for old in content.stories if (block := _left(old, banned)) is not None]
    blocks = tuple(block for block in left if choice.takes((mark.id for mark in block.watches), block.cities))
    told = {block.story_id: block for block in blocks}
    part = replace(
        content,
        stories=blocks,
        older=tuple(row for row in content.older if _keeps(choice, banned, row)),
        top=tuple(story for old in content.top if (story := _top(old, told)) is not None),
        sections=tuple(section for old in content.sections if (section := _section(old, told)).stories),
        corrections=tuple(
            _correction(row, banned) for row in content.corrections if choice.takes(row.watches, row.cities)
        ),
        trends=() if choice else content.trends,
        tones=tones.recounted(content.tones, blocks, whole=not choice),
        dropped=_dropped(content.dropped, choice, banned),
    )
    return recount(_with_top_below(part))


def selection_name(choice: Choice = EVERYTHING, without: Iterable[int] = ()) -> str:
    """The name a rendering of that selection is frozen under: "all", or a digest of the choice."""
    chosen = [sorted(set(choice.watches)), sorted(set(without))]
    if choice.cities:
        chosen.append(sorted({city.casefold() for city in choice.cities}))
    return hashlib.sha256(canonical(chosen)).hexdigest() if any(chosen) else ALL


def references(content: Content) -> dict[int, int]:
    """Article id by version id of all that a reader sees something of: placements, first reports, what is continued,
    corrections."""
    found = {place.version_id: place.article_id for block in content.stories for place in block.placements}
    pointed = [block.first for block in content.stories] + [block.follows for block in content.stories]
    named = [(one.version_id, one.article_id) for one in (*pointed, *content.corrections) if one is not None]
    return found | {version: article for version, article in named if version is not None and article is not None}


def traces(content: Content, hidden: Iterable[int]) -> frozenset[str]:
    """Whatever the content prints of the article versions of these ids and of no other: headlines, addresses, extracts,
    quotes. What holds one of them shows something of what is hidden.
    """
    banned = frozenset(hidden)
    printed = [(version in banned, trace) for version, trace in _printed(content) if trace]
    open_to_all = {trace for is_hidden, trace in printed if not is_hidden}
    return frozenset(trace for is_hidden, trace in printed if is_hidden) - open_to_all


def _printed(content: Content) -> Iterator[tuple[int | None, str | None]]:
    """(version id, text) of all that is printed of an article."""
    for block in content.stories:
        for place in block.placements:
            yield from ((place.version_id, text) for text in (place.headline, place.url, place.extract))
        for telling in block.tellings:
            yield from ((telling.version_id, text) for text in (telling.headline, telling.url, telling.extract))
        if block.quote:
            yield block.quote.version_id, block.quote.text
        if block.first:
            yield block.first.version_id, block.first.url
        if block.follows:
            yield block.follows.version_id, block.follows.headline
    for correction in content.corrections:
        yield from ((correction.version_id, text) for text in (correction.headline, correction.url))


def recount(content: Content) -> Content:
    """The same content with the counts of its own rows taken anew, in the coverage, the totals and the trends."""
    named = {row.outlet for row in content.coverage}
    articles = Counter(row_of(place.outlet, named) for block in content.stories for place in block.placements)
    older = Counter(row_of(row.outlet, named) for row in content.older)
    rows = tuple(replace(row, articles=articles[row.outlet], older=older[row.outlet]) for row in content.coverage)
    totals = total(content.stories, rows, content.older, content.dropped)
    told = trends.recounted(content.trends, content.stories, totals)
    return replace(content, coverage=rows, totals=totals, trends=told)


def _keeps(choice: Choice, banned: frozenset[int], row: Older) -> bool:
    return row.version_id not in banned and choice.takes(row.watches, row.cities)


def _left(block: StoryBlock, banned: frozenset[int]) -> StoryBlock | None:
    """The block without banned articles; what was taken from one of them goes with it."""
    first = None if block.first and block.first.version_id in banned else block.first
    follows = None if block.follows and block.follows.version_id in banned else block.follows
    kept = tuple(place for place in block.placements if place.version_id not in banned)
    if not kept:
        return None
    if len(kept) == len(block.placements):
        return replace(block, first=first, follows=follows)
    gone = [place for place in block.placements if place.version_id in banned]
    addresses = {place.url for place in gone} - {place.url for place in kept}
    versions = {place.version_id for place in kept}
    return replace(
        block,
        placements=kept,
        first=None if first and first.url in addresses else first,
        follows=follows,
        tellings=_tellings(block, kept),
        watches=tuple(mark for mark in block.watches if any(mark.id in place.watches for place in kept)),
        quote=block.quote if block.quote and block.quote.version_id in versions else None,
        note=None if block.note and _repeats(block.note, gone) else block.note,
    )


def _tellings(block: StoryBlock, kept: tuple[Placement, ...]) -> tuple[Telling, ...]:
    """Each telling, or its language as the next placement tells it; where no language is left, any placement."""
    versions = {place.version_id for place in kept}
    found = []
    for telling in block.tellings:
        others = (place for place in kept if place.language == telling.language and place.headline)
        next_best = next(others, None)
        if telling.version_id in versions:
            found.append(telling)
        elif next_best is not None:
            found.append(_telling(next_best))
    return tuple(found) or (_telling(next((place for place in kept if place.headline), kept[0])),)


def _telling(place: Placement) -> Telling:
    return Telling(place.version_id, place.headline, place.url, place.language, place.extract, place.disputed)


def _repeats(note: str, gone: Iterable[Placement]) -> bool:
    """Does an editor's note hold a headline or an address of these?"""
    return any(trace is not None and trace in note for place in gone for trace in (place.headline, place.url))


def _top(story: TopStory, told: dict[str, StoryBlock]) -> TopStory | None:
    """What its placements that are left still speak for; None where that is nothing."""
    block = told.get(story.story_id)
    if block is None:
        return None
    reasons = tuple(reason for old in story.reasons if (reason := _reason(old, block)) is not None)
    return replace(story, reasons=reasons) if reasons else None


def _reason(reason: TopReason, block: StoryBlock) -> TopReason | None:
    if reason.rule is Reason.REACH:
        return replace(reason, number=block.reach) if has_reach(block.placements) else None
    if reason.rule is Reason.OWN and reason.detail not in block.cities:
        return None
    return reason


def _section(section: Section, told: dict[str, StoryBlock]) -> Section:
    return replace(section, stories=tuple(story for story in section.stories if story in told))


def _with_top_below(content: Content) -> Content:
    """A story that has lost every reason to stand on top stands under the heading of its first watch, or of none."""
    placed = {story.story_id for story in content.top}
    placed |= {story for section in content.sections for story in section.stories}
    lost = [block for block in content.stories if block.story_id not in placed]
    headings = content.sections
    for block in lost:
        headings = _beside(headings, block)
    first = [content.block(story.story_id) for story in content.top]
    below = {block.story_id: block for block in content.stories}
    ordered = (*first, *(below[story] for section in headings for story in section.stories))
    return replace(content, stories=ordered, sections=headings)


def _beside(headings: tuple[Section, ...], block: StoryBlock) -> tuple[Section, ...]:
    """Under a heading of one of its watches, else under a new one at the end."""
    watches = {mark.id for mark in block.watches}
    for place, section in enumerate(headings):
        if section.watch in watches or (not watches and not section.watch):
            joined = replace(section, stories=(block.story_id, *section.stories))
            return (*headings[:place], joined, *headings[place + 1 :])
    mark = next(iter(block.watches), None)
    return (*headings, Section(mark.id if mark else "", mark.title if mark else "", None, (block.story_id,)))


def _correction(row: Correction, banned: frozenset[int]) -> Correction:
    """Of what is withheld by now nothing is told but that."""
    if row.version_id not in banned:
        return row
    rule = CorrectionRule.WITHHELD
    return replace(row, rule=rule, headline=None, url=None, language=None, detail=None)


def _dropped(rows: Iterable[Dropped], choice: Choice, banned: frozenset[int]) -> tuple[Dropped, ...]:
    """An editor's reason may repeat a headline: it goes with the article."""
    found = []
    for row in rows:
        versions = tuple(version for version in row.version_ids if version not in banned)
        if versions and choice.takes(row.watches, row.cities):
            reason = row.reason if len(versions) == len(row.version_ids) else None
            found.append(replace(row, version_ids=versions, reason=reason))
    return tuple(found)
