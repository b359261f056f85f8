"""Which earlier story a story continues, and why.

A forum's next day, an accident's inquiry, a plan that is enacted: another event about the same matter. Its texts are
compared without what tells the two events apart (day, phase, figures), for these are bound to differ. Of several that
it could continue it is the latest: each chapter continues the one before it, and the chain leads to the first.
Another edition of a forum, the same kind of event elsewhere and the next of a daily series continue nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.days import is_day_word
from pipeline.events import Clues, Edition, other_edition
from pipeline.origins import publisher
from pipeline.venues import elsewhere
from pipeline.window import Window

LIKE = 1.2  # mean likeness of words of two stories from which a later one continues an earlier
LIKE_AT_FORUM = 0.7  # the same within one edition of a forum
LATER = timedelta(hours=18)  # likeness alone: before that it is another event of the same day
AWAY = timedelta(days=14)  # nor after that: it is the same matter anew
SIDELINES = timedelta(days=3)  # what happened at a forum's side is told within these days of its main story
_FEWEST_NAMES = 2  # that both have to tell of, beside those of the forum
# Names count by how few other articles hold them, 1 = none. Of 70 pairs of stories that are like enough among 1,452
# real Indonesian articles of all kinds, 26 are about one matter; of those that share .4 of their names, three in four.
_SAME_NAMES = 0.4  # share of the names of the story that has fewer
_WORTH = 3.0  # what the shared names have to count together
_SAME_NAMES_AT_FORUM = 0.15  # within one edition of a forum less will do
_WORTH_AT_FORUM = 1.0
_AS_LIKE = 0.75  # of the best likeness: among these the latest is continued
_SHOWN = 4  # names shown as the reason

Group = Sequence[int]  # places in the window, in order


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The story that another continues."""

    earlier: int  # its place among the stories
    reason: str  # in words: what both tell of, and how much later


def follow_ups(window: Window, clusters: Sequence[Group]) -> list[FollowUp | None]:
    """For each story the one that it continues. `clusters` come in the order of their oldest articles.

    A text that says its event took place on the sidelines of the forum continues that forum's main story; any other
    one the latest of those it is likest to, if it is like enough, was published long enough after it, and names what
    hardly any other story names.
    """
    like = _likenesses(window, clusters)
    holders = Counter(name for terms in window.terms for name in terms.words)
    return [
        _at_the_side(window, clusters, number) or _latest_like(window, clusters, number, like[number], holders)
        for number in range(len(clusters))
    ]


def _likenesses(window: Window, clusters: Sequence[Group]) -> list[dict[int, float]]:
    """For each story the mean likeness to earlier ones, of their words alone."""
    home = {place: number for number, cluster in enumerate(clusters) for place in cluster}
    found: list[defaultdict[int, float]] = [defaultdict(float) for _ in clusters]
    for (a, b), alike in window.alike.items():
        first, second = sorted((home[a], home[b]))
        if first != second:
            found[second][first] += alike
    return [
        {first: total / len(clusters[first]) / len(clusters[second]) for first, total in one.items()}
        for second, one in enumerate(found)
    ]


def _at_the_side(window: Window, clusters: Sequence[Group], number: int) -> FollowUp | None:
    cluster = clusters[number]
    if not any(window.clues[place].sidelines for place in cluster):
        return None
    at_forum = [other for other in range(number) if _at_same_forum(window, cluster, clusters[other])]
    if not at_forum:
        return None
    main = min(at_forum, key=lambda other: (-_publishers(window, clusters[other]), other))
    return FollowUp(
        main, f"took place on the sidelines of the forum it tells of{_when(window, cluster, clusters[main])}"
    )


def _latest_like(
    window: Window, clusters: Sequence[Group], number: int, like: Mapping[int, float], holders: Mapping[str, int]
) -> FollowUp | None:
    cluster = clusters[number]
    scored = {n: value for n, value in like.items() if _may_continue(window, cluster, clusters[n], value)}
    best = max(scored.values(), default=0.0)
    for other in sorted((n for n, value in scored.items() if value >= _AS_LIKE * best), reverse=True):
        names = _shared_names(window, cluster, clusters[other], holders)
        if names:
            when = _when(window, cluster, clusters[other])
            return FollowUp(other, f"both name {', '.join(names[:_SHOWN])}{when}")
    return None


def _may_continue(window: Window, cluster: Group, other: Group, like: float) -> bool:
    if like < LIKE_AT_FORUM or (like < LIKE and not _same_edition(window, cluster, other)):
        return False
    gap = _before(window, cluster, other)
    if gap is None or gap > AWAY or (gap < LATER and not _was_announced(window, cluster, other)):
        return False
    mine, theirs = _oldest(window, cluster), _oldest(window, other)
    if mine.roundup or theirs.roundup or mine.headline_days.agree(theirs.headline_days) is False:
        return False
    both = mine.setting.stated and theirs.setting.stated
    return not (both and elsewhere(mine.setting.places, theirs.setting.places)) and not mine.figures.another_of_a_row(
        theirs.figures
    )


def _was_announced(window: Window, cluster: Group, other: Group) -> bool:
    """Did the other one announce what this one reports? That may be on one day."""
    return _oldest(window, other).announces and not _oldest(window, cluster).announces


def _before(window: Window, cluster: Group, other: Group) -> timedelta | None:
    """How long before this story the other one began; None when it did not, or that is unknown, or a bar stands."""
    began, other_began = _began(window, cluster), _began(window, other)
    if began is None or other_began is None or other_began >= began:
        return None
    return None if other_edition(_editions(window, cluster), _editions(window, other)) else began - other_began


def _began(window: Window, cluster: Group) -> datetime | None:
    return _oldest(window, cluster).published


def _oldest(window: Window, cluster: Group) -> Clues:
    return window.clues[cluster[0]]


def _at_same_forum(window: Window, cluster: Group, other: Group) -> bool:
    gap = _before(window, cluster, other)
    return gap is not None and gap <= SIDELINES and _same_edition(window, cluster, other)


def _same_edition(window: Window, cluster: Group, other: Group) -> bool:
    return not _editions(window, cluster).isdisjoint(_editions(window, other))


def _editions(window: Window, cluster: Group) -> set[Edition]:
    return {edition for place in cluster for edition in window.clues[place].editions}


def _publishers(window: Window, cluster: Group) -> int:
    return len({publisher(window.articles[place].article) for place in cluster})


def _shared_names(window: Window, cluster: Group, other: Group, holders: Mapping[str, int]) -> list[str]:
    """The names of both stories, as printed, those that hardly any other article holds first; none if too few recur."""
    mine, theirs = (_named(window, group, holders) for group in (cluster, other))
    shared = sorted(mine.keys() & theirs.keys(), key=lambda name: (-min(mine[name], theirs[name]), name))
    worth = sum(min(mine[name], theirs[name]) for name in shared)
    at_forum = _same_edition(window, cluster, other)
    share = (_SAME_NAMES_AT_FORUM if at_forum else _SAME_NAMES) * min(sum(mine.values()), sum(theirs.values()))
    if len(shared) < _FEWEST_NAMES or worth < max(share, _WORTH_AT_FORUM if at_forum else _WORTH):
        return []
    printed = {name: shown for place in other for name, shown in window.terms[place].names.items()}
    return [printed[name] for name in shared]


def _named(window: Window, group: Group, holders: Mapping[str, int]) -> dict[str, float]:
    """Names of a story, each with how telling it is: 1 where no other story holds it, 0 where all articles do."""
    names = {name for place in group for name in window.terms[place].names}
    size = len(window.terms)
    found = {}
    for name in names - window.scope:
        others = holders[name] - sum(name in window.terms[place].words for place in group)
        if not is_day_word(name):
            found[name] = math.log(size / (1 + others)) / math.log(max(2, size))
    return {name: value for name, value in found.items() if value > 0}


def _when(window: Window, cluster: Group, other: Group) -> str:
    began, other_began = _began(window, cluster), _began(window, other)
    if began is None or other_began is None:
        return ""
    days = round((began - other_began) / timedelta(days=1))
    if days == 0:
        return "; published later the same day" if began.date() == other_began.date() else "; published within a day"
    return f"; published {_counted(days, 'day')} later"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
