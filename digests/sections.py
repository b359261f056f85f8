"""Which headings the stories stand under: pure.

A story stands under the watch that most of its placements match. Within a watch with many stories those on one topic
come together; a topic of a single story makes no heading. A handful of stories of several watches needs no headings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from digests.marks import TagMark
from digests.model import StoryBlock
from digests.recap import Section
from pipeline.topics import label

NO_WATCH = ""
_HANDFUL = 3  # stories of several watches that are read without headings
_MANY = 6  # stories of one watch up to which it needs no topics
_TOGETHER = 2  # stories that make a topic a heading
_TOPICS = 8  # headings under one watch; the rest stands under the watch alone


def sections(stories: Sequence[StoryBlock], watches: Sequence[str]) -> tuple[Section, ...]:
    """The stories under their headings, each in the order it comes in; headings in the order of `watches`."""
    titles = {mark.id: mark.title for story in stories for mark in story.watches}
    groups: dict[str, list[StoryBlock]] = {}
    for story in stories:
        groups.setdefault(main_watch(story, watches), []).append(story)
    if len(groups) > 1 and len(stories) <= _HANDFUL:
        return (_section(NO_WATCH, titles, None, stories),)
    ranks = _ranks(watches)
    ordered = sorted(groups, key=lambda watch: (watch == NO_WATCH, ranks.get(watch, len(ranks)), watch))
    return tuple(section for watch in ordered for section in _by_topic(watch, titles, groups[watch]))


def main_watch(story: StoryBlock, watches: Sequence[str]) -> str:
    """The watch that most placements match; of several the first in `watches`. "" for a story of none."""
    ranks = _ranks(watches)
    counted = Counter(watch for placement in story.placements for watch in placement.watches)
    ordered = sorted(counted, key=lambda watch: (-counted[watch], ranks.get(watch, len(ranks)), watch))
    return ordered[0] if ordered else NO_WATCH


def main_topic(story: StoryBlock) -> TagMark | None:
    """The first topic among its tags, which come by weight."""
    return next((tag for tag in story.tags if is_topic(tag.id)), None)


@cache
def is_topic(tag: str) -> bool:
    """Is it a topic's tag, not a forum's?"""
    return tag.startswith("topic:") or label(tag, "en") is not None


def _by_topic(watch: str, titles: Mapping[str, str], stories: Sequence[StoryBlock]) -> list[Section]:
    """The largest topics first; what is left stands at the end under the watch alone."""
    topics = {story.story_id: main_topic(story) for story in stories}
    marks = {topic.id: topic for topic in topics.values() if topic is not None}
    groups: dict[str | None, list[StoryBlock]] = {}
    for story in stories:
        topic = topics[story.story_id]
        groups.setdefault(topic.id if topic else None, []).append(story)
    large = [topic for topic in marks if len(groups[topic]) >= _TOGETHER]
    if len(stories) <= _MANY or len(groups) == 1 or not large:
        return [_section(watch, titles, None, stories)]
    shown = sorted(large, key=lambda topic: (-len(groups[topic]), topic))[:_TOPICS]
    rest = [story for story in stories if not _is_of(topics[story.story_id], shown)]
    found = [_section(watch, titles, marks[topic], groups[topic]) for topic in shown]
    return [*found, *([_section(watch, titles, None, rest)] if rest else [])]


def _is_of(topic: TagMark | None, shown: Sequence[str]) -> bool:
    return topic is not None and topic.id in shown


def _section(watch: str, titles: Mapping[str, str], topic: TagMark | None, stories: Sequence[StoryBlock]) -> Section:
    title = titles.get(watch, watch) if watch else ""
    return Section(watch, title, topic, tuple(story.story_id for story in stories))


def _ranks(watches: Sequence[str]) -> dict[str, int]:
    return {watch: place for place, watch in enumerate(watches)}
