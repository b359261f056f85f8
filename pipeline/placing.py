"""Placing new articles among stories that stand: the online pass. What stands is neither joined nor parted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest

from pipeline.clusters import Forest
from pipeline.likeness import Pair

# A new article is held against the members of a story that are likest to it: a story that has grown by follow-ups no
# longer resembles its own beginning. B³ F1 online on ECB+: .858 with three, .845 with all.
NEAREST = 3


def place_new(forest: Forest, new: Iterable[int], copied: Sequence[Pair], scores: Mapping[Pair, float]) -> None:
    """Join each new member, the smallest first, to the cluster it belongs to, if there is one.

    That is the one of a text it copies (`copied`, the best evidence first) where nothing keeps them apart, else the
    one whose NEAREST members it is likest to, if their mean score is at least 1. New members that come later are not
    looked at, and clusters that stand are never joined with one another.
    """
    partners, near = _partners(copied), _near(scores)
    waiting = set(new)
    for member in sorted(waiting):
        waiting.discard(member)
        if any(fellow != member and fellow not in waiting for fellow in forest.fellows(member)):
            continue  # a person's word has placed it
        known = (other for other in partners[member] if other not in waiting)
        home = next((other for other in known if forest.may_join(member, other)), None)
        if home is None:
            home = _likest(forest, member, near[member], waiting)
        if home is not None:
            forest.join_if_allowed(member, home)


def _likest(forest: Forest, member: int, near: Mapping[int, float], waiting: Collection[int]) -> int | None:
    """The head of the cluster that the member is likest to, None when it is like none."""
    by_head: defaultdict[int, list[float]] = defaultdict(list)
    for other, score in near.items():
        if other not in waiting and forest.may_join_by_score(member, other):
            by_head[forest.head(other)].append(score)
    found = [
        (sum(nlargest(NEAREST, scores)) / min(NEAREST, len(forest.fellows(head))), -head)
        for head, scores in by_head.items()
    ]
    best, head = max(found, default=(0.0, 0))
    return -head if best >= 1 else None


def _partners(copied: Iterable[Pair]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in copied:
        found[a].append(b)
        found[b].append(a)
    return found


def _near(scores: Mapping[Pair, float]) -> defaultdict[int, dict[int, float]]:
    found: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), score in scores.items():
        found[a][b] = found[b][a] = score
    return found
