"""Placing new articles among stories that stand: the online pass. What stands is neither joined nor parted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.clusters import Forest
from pipeline.likeness import Pair


def place_new(forest: Forest, new: Iterable[int], copied: Sequence[Pair]) -> None:
    """Join each new member, the smallest first, to the cluster it belongs to, if there is one.

    That is the one of a text it copies (`copied`, the best evidence first) where nothing bars it, else the one that
    it is likest to by the mean score of its members, if that is at least 1. New members that come later are not
    looked at, and clusters that stand are never joined with one another.
    """
    partners = _partners(copied)
    waiting = set(new)
    for member in sorted(waiting):
        waiting.discard(member)
        if any(fellow != member and fellow not in waiting for fellow in forest.fellows(member)):
            continue  # a person's word has placed it
        known = (other for other in partners[member] if other not in waiting)
        home = next((other for other in known if forest.may_join(member, other)), None)
        if home is None:
            home = forest.likest(member, waiting)
        if home is not None:
            forest.join_if_allowed(member, home)


def _partners(copied: Iterable[Pair]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in copied:
        found[a].append(b)
        found[b].append(a)
    return found
