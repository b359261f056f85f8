"""Stories keep their names: what is handed on when they grow, merge and split."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model import Article, Kind, Member, Role, StoredArticle, Story
from pipeline.naming import names, story_id
from tests.pipeline.newsroom_articles import stored

MORNING = datetime(2026, 8, 4, 9, 0, tzinfo=UTC)


def one(number: int) -> StoredArticle:
    """Article 1 is the oldest."""
    address = f"https://kota.example/{number}"
    published = MORNING + timedelta(hours=number)
    return stored(
        number,
        Article(
            address, address, "kota", Kind.ARTICLE, published, "0" * 64, f"Berita {number}", date_published=published
        ),
    )


ARTICLES = tuple(one(number) for number in range(1, 7))
OWN = {stored.id: story_id(stored.article) for stored in ARTICLES}


def story(name: str, *numbers: int) -> Story:
    return Story(name, tuple(Member(number, Role.REPORT, "") for number in numbers), None)


@pytest.mark.parametrize(
    ("clusters", "before", "expected"),
    [
        pytest.param([[1, 2], [3]], [], [OWN[1], OWN[3]], id="new ones are called after their oldest"),
        pytest.param([[1, 2, 3]], [story("sa", 2, 3)], ["sa"], id="an older article that joins renames nothing"),
        pytest.param([[1, 2, 3]], [story("sa", 2), story("sb", 1)], ["sb"], id="merged: the oldest article's name"),
        pytest.param([[1, 3], [2]], [story("sa", 1, 2, 3)], ["sa", OWN[2]], id="split: the oldest article's part"),
        pytest.param(
            [[1], [2, 3, 4]],
            [story("sa", 1, 2), story("sb", 3, 4)],
            ["sa", "sb"],
            id="what left one story takes the name of the one it went to",
        ),
        pytest.param([[1], [2]], [story(OWN[2], 1, 2)], [OWN[2], story_id(ARTICLES[1].article, 1)], id="a name borne"),
        pytest.param([[5]], [story("sa", 99)], [OWN[5]], id="a story without an article here hands nothing on"),
    ],
)
def test_names_are_handed_on(clusters: list[list[int]], before: list[Story], expected: list[str]) -> None:
    places = [[number - 1 for number in cluster] for cluster in clusters]
    assert names(places, ARTICLES, before) == expected


def test_a_name_of_another_living_story_is_not_taken() -> None:
    assert names([[0]], ARTICLES, [], {OWN[1]}) == [story_id(ARTICLES[0].article, 1)]


def test_no_two_stories_get_one_name() -> None:
    found = names([[0], [1], [2]], ARTICLES, [story(OWN[1], 2, 3)], {OWN[3]})
    assert len(set(found)) == 3
    assert found[1] == OWN[1]
