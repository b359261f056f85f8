"""What a pass over the stories changed for who had seen them before, in words. New articles are no change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Member, Role, StoredArticle, Story
from pipeline.origins import order_key, publisher

_NAMED = 3  # outlets that a sentence names


class ChangeAction(StrEnum):
    """As it stands in the audit."""

    MERGE = "story.merge"  # a story is no more; its main part is in an older one
    SPLIT = "story.split"  # articles left a story and begin one
    MOVE = "article.move"  # an article went from one story to another that was there before


@dataclass(frozen=True, slots=True)
class Change:
    """Articles that readers had seen in one story and find in another now."""

    action: ChangeAction
    story: str  # where they were
    into: str  # where they are
    articles: tuple[int, ...]  # ascending
    reason: str  # one sentence


@dataclass(frozen=True, slots=True)
class _Group:
    """The members of an earlier story that are in one other story now."""

    story: str
    into: Story
    members: tuple[Member, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        return tuple(sorted(member.article_id for member in self.members))


def changes(
    before: Iterable[Story],
    after: Iterable[Story],
    articles: Mapping[int, StoredArticle],
    decided: Collection[int] = (),
) -> tuple[Change, ...]:
    """What became of the earlier stories, in their order. `decided`: articles that a person's word speaks of.

    Of a story whose name is no more the articles that went to where its oldest is are the merged part. Articles that
    left for a story which was there before have moved, one by one; the others have begun a story. An article that is
    in no story any more was rejected or withheld: that is told where it was done.
    """
    earlier, later = tuple(before), tuple(after)
    known = {story.id for story in earlier}
    standing = {story.id for story in later}
    home = {member.article_id: story for story in later for member in story.members}
    found: list[Change] = []
    for story in earlier:
        heir = None if story.id in standing else _heir(story, home, articles)
        for group in _groups(story, home):
            found += _told(group, heir, known, articles, decided)
    return tuple(found)


def _heir(story: Story, home: Mapping[int, Story], articles: Mapping[int, StoredArticle]) -> str | None:
    """Where the oldest article of a story that is no more is now."""
    kept = [member.article_id for member in story.members if member.article_id in home]
    return home[min(kept, key=lambda number: order_key(articles[number]))].id if kept else None


def _groups(story: Story, home: Mapping[int, Story]) -> Iterator[_Group]:
    """The parts of a story that are elsewhere now, by the new story's name."""
    places: dict[str, list[Member]] = {}
    for member in story.members:
        place = home.get(member.article_id)
        if place is not None and place.id != story.id:
            places.setdefault(place.id, []).append(_as_now(member, place))
    for name in sorted(places):
        members = tuple(places[name])
        yield _Group(story.id, home[members[0].article_id], members)


def _as_now(member: Member, place: Story) -> Member:
    return next(one for one in place.members if one.article_id == member.article_id)


def _told(
    group: _Group,
    heir: str | None,
    known: Collection[str],
    articles: Mapping[int, StoredArticle],
    decided: Collection[int],
) -> list[Change]:
    if group.into.id == heir:
        return [_change(ChangeAction.MERGE, group, f"{group.story} is now part of {heir}: {_tie(group, articles)}")]
    if group.into.id in known:
        return [
            _change(ChangeAction.MOVE, one, f"{_whose(one.members, articles)} {_way(one)}: {_tie(one, articles)}")
            for one in (_Group(group.story, group.into, (member,)) for member in group.members)
        ]
    reason = f"{_whose(group.members, articles)} left {group.story}, now {group.into.id}: {_apart(group, decided)}"
    return [_change(ChangeAction.SPLIT, group, reason)]


def _way(group: _Group) -> str:
    return f"went from {group.story} to {group.into.id}"


def _apart(group: _Group, decided: Collection[int]) -> str:
    one = len(group.members) == 1
    if not set(decided).isdisjoint(group.articles):
        return f"a person keeps {'it' if one else 'them'} apart"
    return f"all articles of these days considered, {'it tells' if one else 'they tell'} another event"


def _change(action: ChangeAction, group: _Group, reason: str) -> Change:
    return Change(action, group.story, group.into.id, group.articles, reason)


def _tie(group: _Group, articles: Mapping[int, StoredArticle]) -> str:
    """Why they are where they are now: by the reason of one that joined, else of one that it joined."""
    inside = set(group.articles)
    told = sorted(group.into.members, key=lambda one: (one.role is Role.ORIGIN, one.article_id not in inside))
    return f"{publisher(articles[told[0].article_id].article)}'s article {told[0].reason}"


def _whose(members: Sequence[Member], articles: Mapping[int, StoredArticle]) -> str:
    """ "antara's article", "antara's, inews's and 2 other outlets' articles"."""
    outlets = sorted({publisher(articles[member.article_id].article) for member in members})
    more = len(outlets) - _NAMED
    shown = [f"{name}'s" for name in outlets[:_NAMED]] + ([f"{more} other outlets'"] if more > 0 else [])
    whose = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"{whose} {'article' if len(members) == 1 else 'articles'}"
