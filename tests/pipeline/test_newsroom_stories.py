"""The newsroom's week, told from its truth: stories, origins, copies and follow-ups, in any order of arrival."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from urllib.parse import urlsplit

import pytest

from crawlers.newsroom import TrueArticle
from pipeline.evaluate.partitions import bcubed
from pipeline.model import Article, Role, StoredArticle, Story
from pipeline.stories import extend, tell
from tests.pipeline.newsroom_articles import article, kept, links, stored

TODAY = date(2026, 11, 18)
# Weekdays, turns of month and year, leap day: the dates in the texts move with them.
DAYS = (TODAY, date(2026, 6, 8), date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29))
ORDERS = 20
ONLINE = 0.97  # B³ F1 of a week that arrives in order of publication, before any night
LATER_THAN_ANY = datetime.max.replace(tzinfo=UTC)


@cache
def told(today: date) -> tuple[dict[str, Story], dict[int, StoredArticle]]:
    """The stories by the label that most of their articles have, and the articles by number."""
    articles = [stored(number, article(piece)) for number, piece in enumerate(kept(today), 1)]
    by_number = {one.id: one for one in articles}
    return named(tell(articles, links(articles)), by_number, today), by_number


def named(stories: Iterable[Story], by_number: dict[int, StoredArticle], today: date) -> dict[str, Story]:
    label = {one.url: one.story for one in kept(today)}
    found = {}
    for story in stories:
        labels = sorted(label[address] for address in urls(story, by_number))
        found[max(labels, key=labels.count)] = story
    return found


def urls(story: Story, by_number: dict[int, StoredArticle]) -> set[str]:
    return {by_number[member.article_id].article.canonical_url for member in story.members}


def true_stories(today: date) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for piece in kept(today):
        wanted.setdefault(piece.story, set()).add(piece.url)
    return wanted


def agrees(stories: Sequence[Story], by_number: dict[int, StoredArticle], today: date) -> float:
    """B³ F1 of the stories against the truth."""
    label = {one.url: one.story for one in kept(today)}
    pairs = [(story.id, label[address]) for story in stories for address in sorted(urls(story, by_number))]
    return bcubed([found for found, _ in pairs], [wanted for _, wanted in pairs]).f1


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_stories_are_those_of_the_truth(today: date) -> None:
    stories, by_number = told(today)
    assert {label: urls(story, by_number) for label, story in stories.items()} == true_stories(today)
    assert agrees(tuple(stories.values()), by_number, today) == 1.0


def test_the_online_pass_is_near_the_truth_already() -> None:
    _, by_number = told(TODAY)
    articles = list(by_number.values())
    assert agrees(extend(articles, links(articles)), by_number, TODAY) >= ONLINE


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_origin_is_right(today: date) -> None:
    stories, by_number = told(today)
    for label, story in stories.items():
        own = _own([one for one in kept(today) if one.story == label])
        origin = by_number[story.origin].article.canonical_url if story.origin else None
        assert origin == (own[0].url if own else None), label


def _own(members: Iterable[TrueArticle]) -> list[TrueArticle]:
    """Those that print nobody else's text, oldest first."""
    ordered = sorted(members, key=lambda one: one.came_out)
    return [one for one in ordered if not (one.copy_of or one.translation_of or one.release or one.syndicated_from)]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_copies_name_the_text_they_print_and_only_copies_do(today: date) -> None:
    stories, by_number = told(today)
    address = {number: one.article.canonical_url for number, one in by_number.items()}
    found = {
        address[member.article_id]: address[member.copy_of]
        for story in stories.values()
        for member in story.members
        if member.copy_of
    }
    reprints = {one.url: one.copy_of for one in kept(today) if one.copy_of and not one.release}
    assert found == reprints | _translations(today)


def _translations(today: date) -> dict[str, str]:
    """Those by another house; ANTARA's own English desk reports, and so does the Inquirer's paper in Filipino."""
    return {
        one.url: one.translation_of
        for one in kept(today)
        if one.translation_of and _domain(one.url) != _domain(one.translation_of)
    }


def _domain(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def test_an_abridged_copy_is_said_to_be_one() -> None:
    stories, by_number = told(TODAY)
    abridged = {one.url for one in kept(TODAY) if one.copy_kind == "abridged"}
    assert abridged
    for member in stories["pembukaan"].members:
        said = "abridged copy" in member.reason
        assert said == (by_number[member.article_id].article.canonical_url in abridged)


@pytest.mark.parametrize("label", ["rilis-angkutan", "rilis-beasiswa", "rilis-taman"])
def test_prints_of_a_release_copy_nobody_and_no_outlet_was_first(label: str) -> None:
    story = told(TODAY)[0][label]
    assert story.origin is None
    assert {(member.role, member.copy_of) for member in story.members} == {(Role.REPORT, None)}
    assert all("press release" in member.reason for member in story.members)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_follow_up_continues_the_story_it_follows_and_no_other_story_one(today: date) -> None:
    stories = told(today)[0]
    label = {story.id: name for name, story in stories.items()}
    continued = {name: label[story.continues] if story.continues else None for name, story in stories.items()}
    assert continued == {one.story: one.continues for one in kept(today)}


# --- any order of arrival ---------------------------------------------------------------------------------------------


@cache
def week() -> tuple[Article, ...]:
    return tuple(article(piece) for piece in kept(TODAY))


def arrival(seed: int) -> tuple[list[StoredArticle], int]:
    """The week's articles numbered as they arrive, and how many of them the first crawl brings."""
    draw = random.Random(seed)
    arrived = draw.sample(week(), len(week()))
    return [stored(number, one) for number, one in enumerate(arrived, 1)], draw.randrange(1, len(arrived))


def after_the_night(seed: int) -> tuple[list[StoredArticle], tuple[Story, ...], tuple[Story, ...]]:
    """Two crawls, each with its online pass, then the night: the articles, the stories before it and after it."""
    articles, first = arrival(seed)
    found = links(articles)
    noon = extend(articles[:first], found)
    changed = extend(articles, found, before=noon)
    moved = {member.article_id for story in changed for member in story.members}
    evening = (*changed, *(story for story in noon if moved.isdisjoint(m.article_id for m in story.members)))
    return articles, evening, tell(articles, found, before=evening)


def seen(articles: Sequence[StoredArticle], stories: Iterable[Story]) -> set[object]:
    """All that is told of each story but its name, by address instead of number."""
    address = {one.id: one.article.canonical_url for one in articles}
    oldest = {story.id: min(address[member.article_id] for member in story.members) for story in stories}
    return {
        (
            tuple((address[m.article_id], m.role, m.reason, address.get(m.copy_of or 0)) for m in story.members),
            address.get(story.origin or 0),
            oldest.get(story.continues or ""),
        )
        for story in stories
    }


@pytest.mark.parametrize("seed", range(ORDERS))
def test_any_order_of_arrival_tells_the_same_stories_after_the_night(seed: int) -> None:
    stories, by_number = told(TODAY)
    articles, evening, morning = after_the_night(seed)
    assert seen(articles, morning) == seen(list(by_number.values()), stories.values())
    _keeps_the_names_of_the_oldest(articles, evening, morning)


def _keeps_the_names_of_the_oldest(
    articles: Sequence[StoredArticle], evening: Iterable[Story], morning: Sequence[Story]
) -> None:
    """The story that has the oldest article of one told before has its name, unless an older one brought another."""
    home = {member.article_id: story for story in morning for member in story.members}
    name = {member.article_id: story.id for story in evening for member in story.members}
    came_out = {one.id: one.article.date_published or LATER_THAN_ANY for one in articles}
    assert len({story.id for story in morning}) == len(morning)
    for story in evening:
        oldest = min((member.article_id for member in story.members), key=lambda number: came_out[number])
        now = home[oldest]
        leader = min((member.article_id for member in now.members), key=lambda number: came_out[number])
        if name[leader] == story.id:
            assert now.id == story.id
