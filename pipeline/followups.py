"""Which earlier story a story continues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.events import Edition, other_edition
from pipeline.origins import publisher
from pipeline.window import Window

LIKE = 0.7  # mean score of two stories from which a later one continues an earlier
LATER = timedelta(hours=18)  # likeness alone: before that it is another event of the same day
SIDELINES = timedelta(days=3)  # what happened at a forum's side is told within these days of its main story


def continued(window: Window, cluster: Sequence[int], earlier: Sequence[Sequence[int]]) -> Sequence[int] | None:
    """The earlier story that this one continues, None when there is none. Groups are places in the window, in order.

    A text that says its event took place on the sidelines of the forum continues that forum's main story; any other
    one the story it is likest to, if it is like enough and was published long enough after it.
    """
    before = [other for other in earlier if _before(window, cluster, other) is not None]
    if any(window.clues[place].sidelines for place in cluster):
        at_forum = [other for other in before if _at_same_forum(window, cluster, other)]
        if at_forum:
            return min(at_forum, key=lambda other: (-_publishers(window, other), other[0]))
    return _likest(window, cluster, before)


def _likest(window: Window, cluster: Sequence[int], before: Sequence[Sequence[int]]) -> Sequence[int] | None:
    scored = [(window.mean(cluster, other), other) for other in before if _later(window, cluster, other)]
    best = max(scored, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] >= LIKE else None


def _before(window: Window, cluster: Sequence[int], other: Sequence[int]) -> timedelta | None:
    """How long before this story the other one began; None when it did not, or that is unknown, or a bar stands."""
    began, other_began = window.clues[cluster[0]].published, window.clues[other[0]].published
    if began is None or other_began is None or other_began >= began:
        return None
    return None if other_edition(_editions(window, cluster), _editions(window, other)) else began - other_began


def _later(window: Window, cluster: Sequence[int], other: Sequence[int]) -> bool:
    gap = _before(window, cluster, other)
    return gap is not None and gap >= LATER


def _at_same_forum(window: Window, cluster: Sequence[int], other: Sequence[int]) -> bool:
    gap = _before(window, cluster, other)
    return gap is not None and gap <= SIDELINES and not _editions(window, cluster).isdisjoint(_editions(window, other))


def _editions(window: Window, cluster: Sequence[int]) -> set[Edition]:
    return {edition for place in cluster for edition in window.clues[place].editions}


def _publishers(window: Window, cluster: Sequence[int]) -> int:
    return len({publisher(window.articles[place].article) for place in cluster})
