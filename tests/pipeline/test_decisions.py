"""Persons' words as constraints: the later word wins, whole groups are bound, and undoing gives the word back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from pipeline.decisions import constraints, overruled, placed, tied
from pipeline.store import DecisionAction, StoryDecision
from tests.pipeline.store.build import NOW

Groups = Sequence[Sequence[int]]


def said(*words: tuple[str, Groups]) -> list[StoryDecision]:
    """Decisions in this order, numbered from 1."""
    return [
        StoryDecision(
            n, DecisionAction(action), tuple(map(tuple, groups)), tuple(None for _ in groups), "Sari", None, NOW
        )
        for n, (action, groups) in enumerate(words, start=1)
    ]


def parts(
    decisions: Iterable[StoryDecision], present: Iterable[int]
) -> tuple[set[frozenset[int]], set[frozenset[int]]]:
    """What is kept together as sets of articles, and which of them (or lone articles) are kept apart."""
    here = set(present)
    together, apart = constraints(decisions, here)
    clusters = {number: {number} for number in here}
    for a, b in together:
        joined = clusters[a] | clusters[b]
        clusters |= dict.fromkeys(joined, joined)
    bound = {frozenset(cluster) for cluster in clusters.values() if len(cluster) > 1}
    return bound, {frozenset({min(clusters[a]), min(clusters[b])}) for a, b in apart}


def sets(*groups: Sequence[int]) -> set[frozenset[int]]:
    return {frozenset(group) for group in groups}


SPLIT = ("apart", [[3, 4, 5], [1, 2]])  # 1 and 2 leave 3, 4 and 5
CASES = {
    "nothing said": ((), set(), set()),
    "who leaves stays together, away from each that stays": ((SPLIT,), sets([1, 2]), sets([1, 3], [1, 4], [1, 5])),
    "a merge binds all articles of both": ((("together", [[1, 2], [3, 4, 5]]),), sets([1, 2, 3, 4, 5]), set()),
    "a pin binds its articles": ((("pin", [[1, 3]]),), sets([1, 3]), set()),
    "split, then merged": ((SPLIT, ("together", [[1, 2], [3, 4, 5]])), sets([1, 2, 3, 4, 5]), set()),
    "merged, then split": (
        (("together", [[1, 2], [3, 4, 5]]), SPLIT),
        sets([1, 2], [3, 4, 5]),
        sets([1, 3]),
    ),
    "merged in part after the split": (
        (SPLIT, ("together", [[1], [3]])),
        sets([1, 2, 3]),
        sets([1, 4], [1, 5]),
    ),
    "pinned, then one article taken out": (
        (("pin", [[1, 2, 3]]), ("apart", [[1, 2], [3]])),
        sets([1, 2]),
        sets([1, 3]),
    ),
    "taken out, then pinned with it": ((("apart", [[1, 2], [3]]), ("pin", [[1, 2, 3]])), sets([1, 2, 3]), set()),
    "through a third, by two words": ((("together", [[1], [2]]), ("together", [[2], [3]])), sets([1, 2, 3]), set()),
    "an older word gives way to what newer ones say together": (
        (("apart", [[1], [3]]), ("together", [[1], [2]]), ("together", [[2], [3]])),
        sets([1, 2, 3]),
        set(),
    ),
}


@pytest.mark.parametrize(("words", "together", "apart"), CASES.values(), ids=CASES.keys())
def test_what_decisions_ask(
    words: Sequence[tuple[str, Groups]], together: set[frozenset[int]], apart: set[frozenset[int]]
) -> None:
    decisions = said(*words)
    assert parts(decisions, range(1, 6)) == (together, apart)
    assert parts(reversed(decisions), range(1, 6)) == (together, apart)


def test_an_article_that_is_not_there_still_ties_the_others() -> None:
    words = said(("together", [[1], [2]]), ("together", [[2], [3]]), ("apart", [[2], [4]]))
    assert parts(words, {1, 3, 4}) == (sets([1, 3]), sets([1, 4]))
    assert parts(words, {2}) == (set(), set())


def test_a_merge_of_two_stories_of_two_hundred_asks_for_a_chain() -> None:
    together, apart = constraints(said(("together", [range(200), range(200, 400)])), range(400))
    assert (len(together), apart) == (399, ())


def test_a_split_of_a_story_of_four_hundred_asks_for_one_pair_per_article_that_stays() -> None:
    together, apart = constraints(said(("apart", [range(200), range(200, 400)])), range(400))
    assert (len(together), len(apart)) == (199, 200)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((SPLIT,), {}),
        ((SPLIT, ("together", [[1, 2], [3, 4, 5]])), {1: (2, False)}),  # 1 and 2 still stay together
        ((("apart", [[1], [2]]), ("together", [[1], [2]])), {1: (2, True)}),
        ((("together", [[1], [2]]), ("apart", [[1], [2]])), {1: (2, True)}),
        ((("apart", [[1], [3]]), ("pin", [[1, 2, 3]]), ("pin", [[4, 5]])), {1: (2, True)}),
    ],
)
def test_which_decisions_later_ones_contradict(
    words: Sequence[tuple[str, Groups]], found: dict[int, tuple[int, bool]]
) -> None:
    assert {n: (one.by, one.wholly) for n, one in overruled(said(*words)).items()} == found


def test_what_is_tied_to_an_article() -> None:
    words = said(("together", [[1], [2]]), ("pin", [[2, 7]]), SPLIT)
    assert tied(words, {7}) == {1, 2, 7}
    assert tied(words, {3}) == {3}
    assert tied(words, {99}) == {99}


def test_only_what_was_merged_into_another_story_is_placed_by_a_person() -> None:
    assert placed(said(("together", [[1, 2], [3], [4]]), ("pin", [[7, 8]]), ("apart", [[5], [6]]))) == {3, 4}
