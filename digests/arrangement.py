"""In what order, and under which headings, an edition's stories are told: the same in every form. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from digests.marks import WatchMark
from digests.model import Content, StoryBlock
from digests.phrases import Phrases
from digests.recap import Section, TopStory
from digests.story_view import short_title, topic_name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story is told."""

    heading: str
    top: TopStory | None
    section: Section | None
    block: StoryBlock


def places(words: Phrases, content: Content) -> list[Place]:
    """Every story once: top ones, then section by section, then those that stand in none."""
    blocks = {block.story_id: block for block in content.stories}
    places = [
        Place(words.text("top_heading"), top, None, blocks.pop(top.story_id))
        for top in content.top
        if top.story_id in blocks
    ]
    for section in content.sections:
        told = [blocks.pop(identifier) for identifier in section.stories if identifier in blocks]
        heading = _heading(words, section, told) or _plain_heading(words, places)
        places += [Place(heading, None, section, block) for block in told]
    heading = _plain_heading(words, places)
    return places + [Place(heading, None, None, block) for block in blocks.values()]


def _plain_heading(words: Phrases, places: list[Place]) -> str:
    return words.text("other_heading" if places else "stories_heading")


def _heading(words: Phrases, section: Section, told: list[StoryBlock]) -> str:
    """ "MGMAC 2023 · Air quality": with the forum's year where all its stories are of one; "" for no heading."""
    editions = {mark.edition for block in told for mark in block.watches if mark.id == section.watch}
    one = editions.pop() if len(editions) == 1 else None
    watch = short_title(WatchMark(section.watch, section.title, one)) if section.title else ""
    topic = topic_name(words, section.topic) if section.topic else ""
    return " · ".join(part for part in (watch, topic) if part)
