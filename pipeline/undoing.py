"""What stories were before a person decided: the starting point of an assembling after the decision was undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.model import Member, Story
from pipeline.store.records import DecisionAction, StoryDecision

_NEVER = datetime.min.replace(tzinfo=UTC)
Stories = Mapping[str, Story]


def restored(decisions: Iterable[StoryDecision], stories: Stories) -> dict[str, Story]:
    """The stories without what undone decisions did to them, by name; decisions that stand are passed over.

    Articles that came since stay with the part that keeps the story's name. Where a part's old name is no longer
    known, its articles are in no story, and are placed anew.
    """
    undone = [one for one in decisions if not one.stands]
    found = dict(stories)
    for one in sorted(undone, key=lambda one: (one.undone_at or _NEVER, one.id)):
        if one.action is DecisionAction.TOGETHER:
            found = _parted(one, found)
        elif one.action is DecisionAction.APART:
            found = _joined(one, found)
    return found


def _parted(merge: StoryDecision, stories: Stories) -> dict[str, Story]:
    """Every story that holds several of the groups: each of them a story of its own again."""
    found = dict(stories)
    group_of = {number: place for place, group in enumerate(merge.groups) for number in group}
    for story in stories.values():
        groups = {group_of[member.article_id] for member in story.members if member.article_id in group_of}
        if len(groups) < 2:
            continue
        names = {place: merge.stories[place] for place in groups}
        keeper = next((place for place in sorted(groups) if names[place] == story.id), min(groups))
        del found[story.id]
        for place in sorted(groups):
            members = [m for m in story.members if group_of.get(m.article_id, keeper) == place]
            name = story.id if place == keeper else names[place]
            if name is not None and name not in found:
                found[name] = _with(story, name, members)
    return found


def _joined(split: StoryDecision, stories: Stories) -> dict[str, Story]:
    """The stories of the groups that left and that of the group that stayed: one again, under its old name."""
    homes = [_home(group, stories) for group in split.groups]
    stayed = homes[0]
    if stayed is None:
        return dict(stories)
    parts = {home.id: home for home in homes if home is not None}
    name = split.stories[0] if split.stories[0] in parts else stayed.id
    kept = parts[name] if name is not None else stayed
    members = [member for part in parts.values() for member in part.members]
    others = {other: story for other, story in stories.items() if other not in parts}
    return {**others, kept.id: _with(kept, kept.id, sorted(members, key=lambda m: m.article_id))}


def _home(group: Sequence[int], stories: Stories) -> Story | None:
    """The story that most of these articles are in."""
    held = [(_count(group, story), story) for story in stories.values()]
    most, home = max(held, key=lambda one: (one[0], one[1].id), default=(0, None))
    return home if most else None


def _count(group: Sequence[int], story: Story) -> int:
    wanted = frozenset(group)
    return sum(member.article_id in wanted for member in story.members)


def _with(story: Story, name: str, members: Sequence[Member]) -> Story:
    shown = {member.article_id for member in members}
    return replace(story, id=name, members=tuple(members), origin=story.origin if story.origin in shown else None)
