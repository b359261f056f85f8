"""The newsroom's week, told from its truth: stories, origins, copies and follow-ups."""

from __future__ import annotations

import random
from datetime import date
from functools import cache

import pytest

from pipeline.model import Role, StoredArticle, Story
from pipeline.stories import tell
from tests.pipeline.newsroom_articles import article, kept, links, stored

TODAY = date(2026, 11, 18)
# Weekdays, turns of month and year, leap day: the dates in the texts move with them.
DAYS = (TODAY, date(2026, 6, 8), date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29))


@cache
def told(today: date) -> tuple[dict[str, Story], dict[int, StoredArticle]]:
    """The stories by the label that most of their articles have, and the articles by number."""
    articles = [stored(number, article(piece)) for number, piece in enumerate(kept(today), 1)]
    stories = tell(articles, links(articles))
    label = {one.url: one.story for one in kept(today)}
    by_number = {one.id: one for one in articles}
    named = {}
    for story in stories:
        labels = sorted(label[by_number[member.article_id].article.canonical_url] for member in story.members)
        named[max(labels, key=labels.count)] = story
    return named, by_number


def urls(story: Story, by_number: dict[int, StoredArticle]) -> set[str]:
    return {by_number[member.article_id].article.canonical_url for member in story.members}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_stories_are_those_of_the_truth(today: date) -> None:
    named, by_number = told(today)
    wanted: dict[str, set[str]] = {}
    for piece in kept(today):
        wanted.setdefault(piece.story, set()).add(piece.url)
    assert {label: urls(story, by_number) for label, story in named.items()} == wanted


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_origin_is_right(today: date) -> None:
    named, by_number = told(today)
    for label, story in named.items():
        members = sorted((one for one in kept(today) if one.story == label), key=lambda one: one.came_out)
        own = [one.url for one in members if not (one.copy_of or one.translation_of or one.release)]
        origin = by_number[story.origin].article.canonical_url if story.origin else None
        assert origin == (own[0] if own else None), label


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_copies_name_the_text_they_print_and_only_copies_do(today: date) -> None:
    named, by_number = told(today)
    address = {number: one.article.canonical_url for number, one in by_number.items()}
    found = {
        address[member.article_id]: address[member.copy_of]
        for story in named.values()
        for member in story.members
        if member.copy_of
    }
    reprints = {one.url: one.copy_of for one in kept(today) if one.copy_of}
    translations = {one.url: one.translation_of for one in kept(today) if one.translation_of and one.syndicated_from}
    assert found == reprints | translations


def test_an_abridged_copy_is_said_to_be_one() -> None:
    named, by_number = told(TODAY)
    abridged = {one.url for one in kept(TODAY) if one.copy_kind == "abridged"}
    assert abridged
    for member in named["pembukaan"].members:
        said = member.reason.find("abridged copy") > 0
        assert said == (by_number[member.article_id].article.canonical_url in abridged)


def test_prints_of_a_release_copy_nobody_and_no_outlet_was_first() -> None:
    story = told(TODAY)[0]["rilis-angkutan"]
    assert story.origin is None
    assert [(member.role, member.copy_of) for member in story.members] == [(Role.REPORT, None)] * 2
    assert all("press release" in member.reason for member in story.members)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_follow_up_on_the_sidelines_continues_the_forums_story(today: date) -> None:
    named = told(today)[0]
    wanted = {one.story: named[one.continues].id for one in kept(today) if one.continues}
    assert wanted
    assert {label: named[label].continues for label in wanted} == wanted


def test_the_order_of_arrival_does_not_matter() -> None:
    week = [article(piece) for piece in kept(TODAY)]
    expected = None
    for seed in range(20):
        articles = [stored(number, one) for number, one in enumerate(random.Random(seed).sample(week, len(week)), 1)]
        address = {one.id: one.article.canonical_url for one in articles}
        found = {
            story.id: (
                [(address[m.article_id], m.role, m.reason, address.get(m.copy_of or 0)) for m in story.members],
                address.get(story.origin or 0),
                story.continues,
            )
            for story in tell(articles, links(articles))
        }
        expected = expected or found
        assert found == expected
