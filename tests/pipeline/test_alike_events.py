"""Two events of one kind stay two stories, one event told twice is one: tables of our own writing in five languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model import Article, Kind, Role, StoredArticle, Story
from pipeline.stories import tell
from tests.pipeline.alike_events import ONE_EVENT, REST, TWO_EVENTS, Case, Told
from tests.pipeline.newsroom_articles import links, stored

MORNING = datetime(2026, 8, 4, 2, 0, tzinfo=UTC)  # a Tuesday


def article(number: int, told: Told) -> Article:
    address = f"https://outlet{number}.example/{number}"
    return Article(
        url=address,
        canonical_url=address,
        outlet=f"outlet{number}",
        kind=Kind.ARTICLE,
        fetched_at=MORNING,
        sha256="0" * 64,
        headline=told.headline,
        article_body=tuple(told.text.split("\n")),
        date_published=MORNING + timedelta(hours=told.hours),
        in_language=told.language,
    )


def stories(*reports: Told) -> tuple[Story, ...]:
    known: list[StoredArticle] = [stored(n, article(n, told)) for n, told in enumerate((*reports, *REST), 1)]
    return tell(known, links(known))


def home(found: tuple[Story, ...], number: int) -> Story:
    return next(story for story in found if number in {member.article_id for member in story.members})


@pytest.mark.parametrize("case", TWO_EVENTS, ids=lambda case: case.name)
def test_two_events_of_one_kind_stay_apart(case: Case) -> None:
    found = stories(case.one, case.other)
    assert home(found, 1).id != home(found, 2).id


@pytest.mark.parametrize("case", ONE_EVENT, ids=lambda case: case.name)
def test_one_event_told_twice_is_one_story_of_two_reports(case: Case) -> None:
    story = home(stories(case.one, case.other), 1)
    assert {member.article_id: member.copy_of for member in story.members} == {1: None, 2: None}
    assert {member.role for member in story.members} == {Role.ORIGIN, Role.REPORT}


def test_each_case_is_its_own_story_among_all_of_them() -> None:
    reports = [report for case in ONE_EVENT for report in (case.one, case.other)]
    found = stories(*reports)
    for place in range(0, len(reports), 2):
        assert {member.article_id for member in home(found, place + 1).members} == {place + 1, place + 2}
