"""Which headings the stories stand under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.compose import compose
from digests.marks import TagMark, WatchMark
from digests.model import StoryBlock
from digests.sections import is_topic, main_topic, main_watch, sections
from tests.digests.examples import article, facts, morning, stored

TEMPLATE = compose(facts((stored(1),))).stories[0]
TITLES = {"amf": "ASEAN Mayors Forum", "mgmac": "MGMAC", "ascn": "ASCN"}
ORDER = ("mgmac", "amf", "ascn")


def block(name: str, watches: str = "mgmac", topic: str | None = None) -> StoryBlock:
    """`watches`: one of each placement, parted by spaces; "-" is none."""
    matched = [() if watch == "-" else (watch,) for watch in watches.split()]
    placements = tuple(replace(TEMPLATE.placements[0], watches=watch) for watch in matched)
    marks = tuple(WatchMark(watch, TITLES[watch], None) for watch in sorted({one for each in matched for one in each}))
    tags = (TagMark("forum:x", "x"), *((TagMark(topic, topic),) if topic else ()))
    return replace(TEMPLATE, story_id=name, placements=placements, watches=marks, tags=tags)


def shown(*stories: StoryBlock) -> list[tuple[str, str | None, str]]:
    """(title, topic, stories in one word) of each section."""
    return [
        (section.title, section.topic.id if section.topic else None, "".join(section.stories))
        for section in sections(stories, ORDER)
    ]


def test_watches_come_in_the_teams_own_order() -> None:
    assert shown(block("a", "amf"), block("b"), block("c", "amf"), block("d"), block("e", "ascn")) == [
        ("MGMAC", None, "bd"),
        ("ASEAN Mayors Forum", None, "ac"),
        ("ASCN", None, "e"),
    ]


def test_a_handful_of_several_watches_has_no_heading() -> None:
    assert shown(block("a", "amf"), block("b"), block("c", "-")) == [("", None, "abc")]


def test_a_handful_of_one_watch_has_its_heading() -> None:
    assert shown(block("a"), block("b")) == [("MGMAC", None, "ab")]


def test_nothing_has_no_heading() -> None:
    assert shown() == []


def test_stories_of_no_watch_stand_at_the_end_without_a_heading() -> None:
    assert shown(block("a", "-"), block("b"), block("c"), block("d")) == [("MGMAC", None, "bcd"), ("", None, "a")]


def test_many_stories_of_a_watch_stand_by_topic_the_largest_first_the_rest_last() -> None:
    topics = ["flood", "transport", "waste", "transport", "flood", None, "transport", "climate"]
    stories = [block(name, topic=topic) for name, topic in zip("abcdefgh", topics, strict=True)]
    assert shown(*stories) == [("MGMAC", "transport", "bdg"), ("MGMAC", "flood", "ae"), ("MGMAC", None, "cfh")]


@pytest.mark.parametrize("count", [1, 6])
def test_few_stories_of_a_watch_need_no_topics(count: int) -> None:
    stories = [block(str(number), topic=["flood", "waste"][number % 2]) for number in range(count)]
    assert len(shown(*stories)) == 1


def test_one_topic_makes_no_further_heading() -> None:
    assert [topic for _, topic, _ in shown(*(block(str(number), topic="flood") for number in range(9)))] == [None]


def test_topics_of_single_stories_make_no_heading() -> None:
    topics = ["flood", "transport", "waste", "climate", "housing", "health", "tourism", "energy"]
    assert len(shown(*(block(str(number), topic=topic) for number, topic in enumerate(topics)))) == 1


@pytest.mark.parametrize(
    ("watches", "expected"), [("amf", "amf"), ("amf mgmac", "mgmac"), ("amf amf mgmac", "amf"), ("- -", "")]
)
def test_a_story_stands_under_the_watch_of_most_placements(watches: str, expected: str) -> None:
    assert main_watch(block("a", watches), ORDER) == expected


def test_a_topic_is_the_first_of_the_tags_that_is_one() -> None:
    story = replace(TEMPLATE, tags=(TagMark("mgmac", "MGMAC 2023"), TagMark("waste", "waste"), TagMark("flood", "f")))
    assert main_topic(story) == TagMark("waste", "waste")
    assert main_topic(replace(TEMPLATE, tags=())) is None
    assert is_topic("topic:anything")
    assert not is_topic("asean-capitals")


def test_the_weightiest_topic_of_the_articles_is_the_storys() -> None:
    content = compose(facts((stored(1, article(1, event=1)),)))
    assert [tag.id for tag in content.stories[0].tags] == ["air-quality", "digital-city"]


def test_the_newest_come_first_where_that_is_set() -> None:
    seen = morning(12, languages=7)
    for order in ("reach", "newest"):
        content = compose(replace(seen, order=order, top=0, decisions=()))
        under = [content.block(story) for section in content.sections[:1] for story in section.stories]
        latest = [max(place.published for place in one.placements if place.published) for one in under]
        reach = [one.reach for one in under]
        assert (latest if order == "newest" else reach) == sorted(latest if order == "newest" else reach, reverse=True)
