"""Persons' words on stories as constraints: which articles they keep together, which apart, and who has the last word.

A decision speaks of groups of articles, so that a word on two stories of hundreds of articles stays a few hundred rows
and holds for every pair between them. Where two decisions contradict each other the later one counts; undone, it gives
the word back to the earlier one. All is a pure function of the standing decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipeline.store.records import DecisionAction, StoryDecision

Pair = tuple[int, int]  # article numbers


@dataclass(frozen=True, slots=True)
class Overruled:
    """A standing decision that a later one contradicts."""

    by: int  # the later decision
    wholly: bool  # nothing is left of it


class _Ground:
    """Articles joined so far into clusters, and clusters that are kept apart; what came first is not given up."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._apart: dict[int, set[int]] = {}

    def head(self, number: int) -> int:
        above = self._above.setdefault(number, number)
        while above != self._above[above]:
            self._above[number] = above = self._above[above]
        return above

    def join(self, a: int, b: int) -> bool:
        """Is that so now?"""
        one, other = sorted((self.head(a), self.head(b)))
        if one == other:
            return True
        if other in self._apart.get(one, ()):
            return False
        self._above[other] = one
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart.setdefault(one, set()).add(third)
        return True

    def part(self, a: int, b: int) -> bool:
        """Is that so now?"""
        one, other = self.head(a), self.head(b)
        if one == other:
            return False
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)
        return True

    def clusters(self) -> dict[int, list[int]]:
        """Head → its articles, ascending."""
        found: dict[int, list[int]] = {}
        for number in sorted(self._above):
            found.setdefault(self.head(number), []).append(number)
        return found

    def parted(self) -> Iterator[Pair]:
        """The clusters that are kept apart, by their heads."""
        for one in sorted(self._apart):
            yield from ((one, other) for other in sorted(self._apart[one]) if one < other)


def constraints(
    decisions: Iterable[StoryDecision], present: Collection[int]
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """What standing decisions ask of these articles: pairs to keep together, and pairs to keep apart.

    They do not contradict each other. An article that is not present still ties the others of its decisions.
    """
    ground = _Ground()
    for decision in _newest_first(decisions):
        _lay(ground, decision)
    here = frozenset(present)
    clusters = {head: [n for n in numbers if n in here] for head, numbers in ground.clusters().items()}
    together = tuple(pair for numbers in clusters.values() for pair in pairwise(numbers))
    apart = ((clusters[one], clusters[other]) for one, other in ground.parted())
    return together, tuple((one[0], other[0]) for one, other in apart if one and other)


def overruled(decisions: Iterable[StoryDecision]) -> dict[int, Overruled]:
    """The standing decisions that later ones contradict, by their numbers."""
    ground, later = _Ground(), list[StoryDecision]()
    found = {}
    for decision in _newest_first(decisions):
        kept, lost = _lay(ground, decision)
        if lost:
            found[decision.id] = Overruled(_last_word(later, lost), wholly=not kept)
        later.append(decision)
    return found


def tied(decisions: Iterable[StoryDecision], numbers: Collection[int]) -> frozenset[int]:
    """These articles and those that decisions keep together with one of them."""
    ground = _Ground()
    for decision in _newest_first(decisions):
        _lay(ground, decision)
    heads = {ground.head(number) for number in numbers}
    return frozenset(n for head, cluster in ground.clusters().items() if head in heads for n in cluster)


def placed(decisions: Iterable[StoryDecision]) -> frozenset[int]:
    """The articles that are where they are because a person merged their story into another one."""
    merges = (one for one in decisions if one.action is DecisionAction.TOGETHER)
    return frozenset(number for one in merges for group in one.groups[1:] for number in group)


def _newest_first(decisions: Iterable[StoryDecision]) -> list[StoryDecision]:
    return sorted(decisions, key=lambda one: one.id, reverse=True)


def _lay(ground: _Ground, decision: StoryDecision) -> tuple[int, list[Pair]]:
    """Add a decision to what newer ones have laid down: how many of its wishes hold, and which do not."""
    wishes = list(_joins(decision))
    lost = [pair for pair in wishes if not ground.join(*pair)]
    parts = [pair for pair in _parts(decision) if not ground.part(*pair)]
    asked = len(wishes) + sum(1 for _ in _parts(decision))
    return asked - len(lost) - len(parts), lost + parts


def _joins(decision: StoryDecision) -> Iterator[Pair]:
    """Neighbours that are to be together: of all groups of a merge, of a pin's, of the group that a split takes out."""
    if decision.action is DecisionAction.APART:
        for group in decision.groups[1:]:
            yield from pairwise(group)
    else:
        yield from pairwise(decision.articles)


def _parts(decision: StoryDecision) -> Iterator[Pair]:
    """Pairs that are to be apart. The groups that leave are joined before, so one of each stands for all."""
    if decision.action is DecisionAction.APART:
        for one, other in combinations(decision.groups, 2):
            yield from ((a, b) for a in one for b in other)


def _last_word(later: Sequence[StoryDecision], lost: Sequence[Pair]) -> int:
    """The newest decision that speaks of both articles of a lost wish, else of one."""
    touched = {number for pair in lost for number in pair}
    both = (one.id for one in later if any({a, b} <= set(one.articles) for a, b in lost))
    return next(both, next((one.id for one in later if not touched.isdisjoint(one.articles)), later[0].id))
