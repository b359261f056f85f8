"""The index of the kliping file: every story and every placement, with the number of its sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digests.model import Content, Placement, StoryBlock
from digests.pdf.sheets import anchor
from digests.phrases import Phrases
from digests.placement_view import foreign, notes
from digests.recap import Section, TopStory
from digests.story_view import story_view, topic_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One placement. `anchor` is None where it has no sheet; then its headline and its link stand here."""

    number: str
    anchor: str | None
    outlet: str
    notes: str  # "31 Jul 20.25 WIB · salinan ANTARA · negatif"
    headline: str | None
    language: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Story:
    number: str
    headline: str
    language: str | None
    kicker: str  # "MGMAC 2023 · Pembaruan"; may be empty
    why: str | None  # of a story that comes first
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str | None
    stories: tuple[Story, ...]


def ordered(content: Content) -> tuple[StoryBlock, ...]:
    """Top stories, then those of the sections, then any that stand in neither."""
    return tuple(block for _, blocks in _groups(content) for block in blocks)


def index(words: Phrases, content: Content, sheeted: int) -> tuple[Group, ...]:
    """The groups in the order of `ordered`; the first `sheeted` placements have sheets."""
    top = {story.story_id: story for story in content.top}
    made, number, left = [], 0, sheeted
    for heading, blocks in _groups(content):
        stories = []
        for block in blocks:
            number += 1
            stories.append(_story(words, number, block, _section(heading), top.get(block.story_id), left))
            left = max(0, left - len(block.placements))
        made.append(Group(_heading(words, heading), tuple(stories)))
    return tuple(made)


_Heading = Section | str | None  # a section, the key of a sentence, or none


def _groups(content: Content) -> Iterator[tuple[_Heading, tuple[StoryBlock, ...]]]:
    blocks = {block.story_id: block for block in content.stories}

    def taken(ids: tuple[str, ...]) -> tuple[StoryBlock, ...]:
        return tuple(blocks.pop(story) for story in ids if story in blocks)

    grouped: list[tuple[_Heading, tuple[StoryBlock, ...]]] = [
        ("sheet_top", taken(tuple(story.story_id for story in content.top)))
    ]
    grouped += [(section if section.title else None, taken(section.stories)) for section in content.sections]
    rest = tuple(blocks.values())
    grouped.append(("sheet_rest" if any(found for _, found in grouped) else None, rest))
    yield from ((heading, found) for heading, found in grouped if found)


def _section(heading: _Heading) -> Section | None:
    return heading if isinstance(heading, Section) else None


def _heading(words: Phrases, heading: _Heading) -> str | None:
    if isinstance(heading, Section):
        return " · ".join((heading.title, *([topic_name(words, heading.topic)] if heading.topic else [])))
    return words.text(heading) if heading else None


def _story(
    words: Phrases, number: int, block: StoryBlock, section: Section | None, top: TopStory | None, sheeted: int
) -> Story:
    told = story_view(words, block, 0, top=top, section=section)
    entries = (
        _entry(words, f"{number}.{place}", block, one, sheeted=place <= sheeted)
        for place, one in enumerate(block.placements, start=1)
    )
    return Story(str(number), told.headline, told.language, told.kicker, told.why, tuple(entries))


def _entry(words: Phrases, number: str, block: StoryBlock, place: Placement, *, sheeted: bool) -> Entry:
    when = [words.moment(place.published)] if place.published else []
    tone = [words.text(place.tone)] if place.tone else []
    told = block.telling(words.language).headline
    own = place.headline if place.headline and place.headline != told else None
    return Entry(
        number=number,
        anchor=anchor(number) if sheeted else None,
        outlet=place.outlet_title,
        notes=" · ".join((*when, *notes(words, place), *tone)),
        headline=None if sheeted else own,
        language=foreign(words, place.language),
        url=None if sheeted else place.url,
    )
