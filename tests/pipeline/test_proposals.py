"""What a split, merge or pin would do, and what it is refused for."""

from __future__ import annotations

import pytest

from pipeline import proposals
from pipeline.errors import SettingsError
from pipeline.model import Member, Role, Story
from pipeline.proposals import Proposal
from pipeline.store import DecisionAction, StoryDecision
from tests.pipeline.store.build import NOW


def story(name: str, *numbers: int) -> Story:
    return Story(name, tuple(Member(n, Role.REPORT, "why") for n in numbers), None)


def said(number: int, action: str, *groups: tuple[int, ...], stands: bool = True) -> StoryDecision:
    undone = None if stands else NOW
    return StoryDecision(number, DecisionAction(action), groups, tuple(None for _ in groups), "Sari", None, NOW, undone)


BUS = story("bus", 1, 2, 3)


def test_a_split_names_who_stays_first() -> None:
    proposed = proposals.split(BUS, [3, 1])
    assert proposed == Proposal(DecisionAction.APART, ((2,), (1, 3)), ("bus",))
    assert proposed.moved == 1


@pytest.mark.parametrize(
    ("held", "leaving", "told"),
    [
        (BUS, [4], "article 4 is not in story bus"),
        (BUS, [1, 2, 3], "all articles of story bus would leave it"),
        (story("one", 7), [7], "story one has one article only"),
    ],
)
def test_a_split_that_splits_nothing(held: Story, leaving: list[int], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        proposals.split(held, leaving)


def test_a_merge_begins_with_the_story_of_the_oldest_article() -> None:
    pool, choir = story("pool", 5, 9), story("choir", 4)
    proposed = proposals.merge([BUS, pool, choir, pool], order=[9, 4, 1, 2, 3, 5])
    assert proposed.stories == ("pool", "choir", "bus")
    assert proposed.groups == ((5, 9), (4,), (1, 2, 3))
    assert proposed.moved == 3


def test_a_story_is_not_merged_with_itself() -> None:
    with pytest.raises(SettingsError, match="bus cannot be merged with itself"):
        proposals.merge([BUS, BUS], order=[1, 2, 3])


def test_a_pin_moves_nothing() -> None:
    proposed = proposals.pin(BUS)
    assert (proposed.groups, proposed.moved) == (((1, 2, 3),), 0)


def test_the_pins_of_a_story_are_those_that_stand_on_one_of_its_articles() -> None:
    pins = [
        said(1, "pin", (1, 8)),
        said(2, "pin", (2,), stands=False),
        said(3, "pin", (8,)),
        said(4, "apart", (1,), (8,)),
    ]
    assert [one.id for one in proposals.pins(BUS, pins)] == [1]


def test_what_gives_way_to_a_new_decision() -> None:
    standing = [said(1, "apart", (3,), (1, 2)), said(2, "pin", (5, 6)), said(3, "together", (1,), (2,))]
    merged = said(9, "together", (1, 2), (3,))
    assert [one.id for one in proposals.contradicted(standing, merged)] == [1]
    assert proposals.contradicted(standing, said(9, "pin", (1, 2))) == []
    assert [one.id for one in proposals.contradicted(standing, said(9, "apart", (5,), (6,)))] == [2]
