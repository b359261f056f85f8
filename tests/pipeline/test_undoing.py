"""An undone decision leaves the stories as they were before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from pipeline.model import Member, Role, Story
from pipeline.store import DecisionAction, StoryDecision
from pipeline.undoing import restored
from tests.pipeline.store.build import MINUTE, NOW

Told = Mapping[str, Sequence[int]]


def stories(told: Told) -> dict[str, Story]:
    return {
        name: Story(name, tuple(Member(n, Role.REPORT, "why") for n in numbers), numbers[0])
        for name, numbers in told.items()
    }


def undone(
    action: str, groups: Sequence[Sequence[int]], names: Sequence[str | None], number: int = 1, *, stands: bool = False
) -> StoryDecision:
    at = None if stands else NOW + number * MINUTE
    numbers = tuple(map(tuple, groups))
    return StoryDecision(number, DecisionAction(action), numbers, tuple(names), "Sari", None, NOW, at, "Sari")


MERGE = undone("together", [[1, 2], [3, 4]], ["s1", "s3"])
SPLIT = undone("apart", [[1, 2], [3, 4]], ["s1", "s1"])
CASES: dict[str, tuple[StoryDecision, Told, Told]] = {
    "a merge": (MERGE, {"s1": [1, 2, 3, 4]}, {"s1": [1, 2], "s3": [3, 4]}),
    "a merge that others joined": (MERGE, {"s1": [1, 2, 3, 4, 9]}, {"s1": [1, 2, 9], "s3": [3, 4]}),
    "a merge that kept the other name": (MERGE, {"s3": [1, 2, 3, 4]}, {"s1": [1, 2], "s3": [3, 4]}),
    "a merge that the night took apart": (MERGE, {"s1": [1, 2], "s8": [3, 4]}, {"s1": [1, 2], "s8": [3, 4]}),
    "a merge whose old name is borne again": (
        MERGE,
        {"s1": [1, 2, 3, 4], "s3": [5]},
        {"s1": [1, 2], "s3": [5]},  # 3 and 4 are placed anew
    ),
    "a merge of articles that were in no story": (
        undone("together", [[1], [3]], [None, None]),
        {"s1": [1, 3]},
        {"s1": [1]},
    ),
    "a split": (SPLIT, {"s1": [1, 2], "s3": [3, 4]}, {"s1": [1, 2, 3, 4]}),
    "a split where the oldest left": (SPLIT, {"s9": [1, 2], "s1": [3, 4]}, {"s1": [1, 2, 3, 4]}),
    "a split that others joined": (SPLIT, {"s1": [1, 2, 8], "s3": [3, 4, 9]}, {"s1": [1, 2, 3, 4, 8, 9]}),
    "a split after which a person merged": (SPLIT, {"s1": [1, 2, 3, 4]}, {"s1": [1, 2, 3, 4]}),
    "a split whose articles are gone": (SPLIT, {"s3": [3, 4]}, {"s3": [3, 4]}),
    "a pin": (undone("pin", [[1, 2]], ["s1"]), {"s1": [1, 2]}, {"s1": [1, 2]}),
    "one that stands": (
        undone("together", [[1], [2]], ["s1", "s2"], stands=True),
        {"s1": [1, 2]},
        {"s1": [1, 2]},
    ),
}


@pytest.mark.parametrize(("decision", "now", "before"), CASES.values(), ids=CASES.keys())
def test_the_stories_before_it(decision: StoryDecision, now: Told, before: Told) -> None:
    found = restored([decision], stories(now))
    assert {name: sorted(m.article_id for m in story.members) for name, story in found.items()} == before
    for name, story in found.items():
        assert story.id == name
        assert story.origin is None or story.origin in {m.article_id for m in story.members}


def test_several_are_taken_back_in_the_order_of_their_undoing() -> None:
    merge = undone("together", [[1], [2]], ["s1", "s2"], number=3)
    split = undone("apart", [[1, 2], [3]], ["s1", "s1"], number=2)
    found = restored([merge, split], stories({"s1": [1, 2], "s3": [3]}))
    assert {name: sorted(m.article_id for m in one.members) for name, one in found.items()} == {"s1": [1, 3], "s2": [2]}
