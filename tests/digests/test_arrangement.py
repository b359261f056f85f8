"""Every story is told once, under the heading that is its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.arrangement import places
from digests.marks import TagMark, WatchMark
from digests.model import Content
from digests.phrases import phrases
from digests.recap import Section, TopStory
from tests.digests import contents

WORDS = phrases("en", "Asia/Jakarta")
CONTENT = replace(contents.full(6), top=(), sections=())
IDS = tuple(block.story_id for block in CONTENT.stories)


def told(content: Content) -> list[tuple[str, str]]:
    return [(place.heading, place.block.story_id) for place in places(WORDS, content)]


def section(*stories: str, title: str = "ASEAN Mayors Forum (AMF)", topic: TagMark | None = None) -> Section:
    return Section("amf", title, topic, stories)


def with_editions(*years: int | None) -> Content:
    blocks = tuple(
        replace(block, watches=(WatchMark("amf", "ASEAN Mayors Forum (AMF)", year),))
        for block, year in zip(CONTENT.stories, years, strict=False)
    )
    return replace(CONTENT, stories=blocks)


def test_an_edition_without_sections_has_one_heading() -> None:
    assert told(CONTENT) == [("Stories", story) for story in IDS]


def test_top_stories_come_first_then_sections_then_the_others() -> None:
    content = replace(CONTENT, top=(TopStory(IDS[4], ()),), sections=(section(IDS[2], IDS[1]),))
    headings = [heading for heading, _ in told(content)]
    assert [story for _, story in told(content)] == [IDS[4], IDS[2], IDS[1], IDS[0], IDS[3], IDS[5]]
    assert headings[0] == "Top stories"
    assert headings[3:] == ["Other stories"] * 3


@pytest.mark.parametrize("twice", [section(IDS[0], IDS[0]), section("unknown", IDS[0])])
def test_a_story_named_twice_or_unknown_is_told_once_or_not(twice: Section) -> None:
    content = replace(CONTENT, top=(TopStory(IDS[0], ()), TopStory("unknown", ())), sections=(twice, twice))
    assert sorted(story for _, story in told(content)) == sorted(IDS)


@pytest.mark.parametrize(
    ("years", "topic", "heading"),
    [
        ((2026, 2026), None, "AMF 2026"),
        ((2026, 2025), None, "AMF"),
        ((None, None), None, "AMF"),
        ((2026, 2026), TagMark("transport", "Angkutan"), "AMF 2026 · Transport"),
        ((2026, 2026), TagMark("own", "Sendiri"), "AMF 2026 · Sendiri"),
    ],
)
def test_a_heading_has_the_forums_year_where_there_is_one(
    years: tuple[int | None, ...], topic: TagMark | None, heading: str
) -> None:
    content = with_editions(*years)
    content = replace(content, sections=(section(*(block.story_id for block in content.stories), topic=topic),))
    assert {heading for heading, _ in told(content)} == {heading}


def test_a_section_without_a_title_stands_among_the_others() -> None:
    content = replace(CONTENT, sections=(section(*IDS, title=""),))
    assert {heading for heading, _ in told(content)} == {"Stories"}
