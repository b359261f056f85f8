"""The online pass on bare numbers: 0.. are articles, scores are given."""

from __future__ import annotations

import pytest

from pipeline.clusters import Forest
from pipeline.likeness import Pair
from pipeline.placing import place_new

Scores = dict[Pair, float]


def placed(
    count: int,
    standing: list[list[int]],
    scores: Scores,
    *,
    copied: list[Pair] | None = None,
    apart: list[Pair] | None = None,
    barred: list[Pair] | None = None,
) -> list[list[int]]:
    forest = Forest(count, {})
    forest.keep_apart(apart or [])
    for story in standing:
        forest.gather(story)
    forest.bar(barred or [])
    place_new(forest, [number for story in standing for number in story], copied or [], scores)
    return forest.clusters()


@pytest.mark.parametrize(
    ("standing", "scores", "expected"),
    [
        pytest.param([[0], [1]], {(0, 2): 1.2, (1, 2): 1.5}, [[0], [1, 2]], id="the likest"),
        pytest.param([[0], [1]], {(0, 2): 0.9, (1, 2): 0.99}, [[0], [1], [2]], id="none is like enough"),
        pytest.param([[0], [1]], {(0, 1): 9.0, (0, 2): 1.2, (1, 2): 1.2}, [[0, 2], [1]], id="two stand and stay two"),
        pytest.param([[0, 1]], {(0, 2): 1.3, (1, 2): 0.5}, [[0, 1], [2]], id="of two members both count"),
        pytest.param([], {(0, 1): 1.1, (1, 2): 3.0, (0, 2): 0.2}, [[0], [1, 2]], id="new ones: the likest two first"),
    ],
)
def test_an_article_goes_where_it_is_likest(
    standing: list[list[int]], scores: Scores, expected: list[list[int]]
) -> None:
    assert placed(3, standing, scores) == expected


def test_a_large_story_takes_what_is_like_some_of_it() -> None:
    scores = {(place, 9): 1.6 if place < 3 else 0.4 for place in range(9)}
    assert placed(10, [list(range(9))], scores) == [list(range(10))]
    scores = {(place, 9): 1.6 if place < 1 else 0.4 for place in range(9)}
    assert placed(10, [list(range(9))], scores)[-1] == [9]


def test_a_copy_goes_with_its_text_whatever_it_is_like() -> None:
    assert placed(3, [[0], [1]], {(0, 2): 2.0}, copied=[(1, 2)]) == [[0], [1, 2]]


def test_a_copy_of_two_stories_joins_one_and_not_the_two() -> None:
    assert placed(3, [[0], [1]], {}, copied=[(1, 2), (0, 2)]) == [[0], [1, 2]]


def test_a_bar_stops_likeness_and_not_a_copy() -> None:
    assert placed(2, [[0]], {(0, 1): 2.0}, barred=[(0, 1)]) == [[0], [1]]
    assert placed(2, [[0]], {}, copied=[(0, 1)], barred=[(0, 1)]) == [[0, 1]]


def test_a_persons_word_stops_both() -> None:
    assert placed(2, [[0]], {(0, 1): 2.0}, copied=[(0, 1)], apart=[(0, 1)]) == [[0], [1]]


def test_what_is_split_off_its_oldest_stays_together() -> None:
    assert placed(4, [[0, 1, 2, 3]], {}, apart=[(0, 1), (0, 2), (0, 3)]) == [[0], [1, 2, 3]]
