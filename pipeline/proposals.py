"""What a person's split, merge or pin would do: checked against the stories as they are, before it is decided. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.decisions import overruled
from pipeline.errors import SettingsError
from pipeline.events import clues, other_edition
from pipeline.model import StoredArticle, Story
from pipeline.store.records import DecisionAction, StoryDecision

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that has not been made yet."""

    action: DecisionAction
    groups: Groups
    stories: tuple[str, ...]  # that it changes, as they are called now

    @property
    def moved(self) -> int:
        """Articles that a reader will find in another story."""
        smaller = sorted(map(len, self.groups))[:-1]
        return 0 if self.action is DecisionAction.PIN else sum(smaller)


def split(story: Story, leaving: Collection[int]) -> Proposal:
    """These articles leave the story and stay together. Raises `SettingsError` where that splits nothing."""
    held = _numbers(story)
    foreign = sorted(set(leaving) - set(held))
    if foreign:
        raise SettingsError(f"article {foreign[0]} is not in story {story.id}; `kliping stories show {story.id}`")
    if len(held) == 1:
        raise SettingsError(f"story {story.id} has one article only; there is nothing to split")
    staying = tuple(number for number in held if number not in set(leaving))
    if not staying:
        raise SettingsError(f"all articles of story {story.id} would leave it; name only those that tell another event")
    left = tuple(number for number in held if number in set(leaving))
    return Proposal(DecisionAction.APART, (staying, left), (story.id,))


def merge(stories: Sequence[Story], order: Sequence[int]) -> Proposal:
    """All these stories are one. `order`: all their articles, oldest first; the oldest one's story keeps its name.

    Raises `SettingsError` for fewer than two different ones.
    """
    if len({story.id for story in stories}) < 2:
        raise SettingsError(f"story {stories[0].id} cannot be merged with itself; name two different stories")
    ranked = {number: rank for rank, number in enumerate(order)}
    unique = {story.id: story for story in stories}.values()
    oldest_first = sorted(unique, key=lambda story: min(ranked[number] for number in _numbers(story)))
    groups = tuple(_numbers(story) for story in oldest_first)
    return Proposal(DecisionAction.TOGETHER, groups, tuple(story.id for story in oldest_first))


def pin(story: Story) -> Proposal:
    """The articles that the story has stay together; others may still join it."""
    return Proposal(DecisionAction.PIN, (_numbers(story),), (story.id,))


def pins(story: Story, decisions: Iterable[StoryDecision]) -> tuple[StoryDecision, ...]:
    """The standing pins that speak of articles of this story."""
    held = set(_numbers(story))
    wanted = (one for one in decisions if one.stands and one.action is DecisionAction.PIN)
    return tuple(one for one in wanted if not held.isdisjoint(one.articles))


def contradicted(decisions: Sequence[StoryDecision], like: StoryDecision) -> list[StoryDecision]:
    """Those of the standing decisions that would give way to one like this."""
    before = overruled(decisions)
    after = overruled([*decisions, like])
    return [one for one in decisions if one.id in after and after[one.id] != before.get(one.id)]


def barred(proposal: Proposal, articles: Iterable[StoredArticle]) -> Iterator[str]:
    """What would keep the merged stories apart, had a person not said so; in words."""
    if proposal.action is not DecisionAction.TOGETHER:
        return
    hints = {stored.id: clues(stored.article) for stored in articles}
    editions = [[edition for number in group if number in hints for edition in hints[number].editions]
                for group in proposal.groups]  # fmt: skip
    for (a, one), (b, other) in combinations(zip(proposal.stories, editions, strict=True), 2):
        if other_edition(one, other):
            yield f"{a} tells of {_years(one)}, {b} of {_years(other)}"


def _years(editions: Iterable[tuple[str, int]]) -> str:
    return " and ".join(f"{watch} {year}" for watch, year in sorted(set(editions)))


def _numbers(story: Story) -> tuple[int, ...]:
    return tuple(member.article_id for member in story.members)
