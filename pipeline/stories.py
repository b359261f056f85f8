"""Which articles tell one event: copies with their original, own reports of one event in any language.

Two passes, both pure. `extend` places what is new and leaves standing what stands; `tell` looks at the whole window
anew, and what it finds depends on which articles there are, never on the order in which they came. Everything is
settled by publication and address; article numbers only name, and stories keep the names they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.clusters import Forest, average_link
from pipeline.copies import CopyLink
from pipeline.events import Clues, other_edition, too_far_apart
from pipeline.followups import continued
from pipeline.likeness import Pair
from pipeline.model import StoredArticle, Story
from pipeline.naming import names
from pipeline.placing import place_new
from pipeline.roles import Scene, cast
from pipeline.window import Window, open_window


@dataclass(frozen=True, slots=True)
class Decisions:
    """Constraints, as pairs of article numbers. `apart` outweighs the rest, then `together`, then copies, `settled`."""

    together: tuple[Pair, ...] = ()  # a person's word
    apart: tuple[Pair, ...] = ()  # a person's word
    settled: tuple[Pair, ...] = ()  # told before, and not to be told anew


@dataclass(frozen=True, slots=True)
class _Matter:
    """What both passes work on. Pairs and stories of other articles than the window's are left out."""

    window: Window
    links: tuple[CopyLink, ...]
    decisions: Decisions
    place: Mapping[int, int]  # article number → place in the window
    before: Sequence[Story]

    def copies(self) -> list[Pair]:
        """The copies as places, the best evidence first."""
        ranked = sorted(self.links, key=lambda link: _link_rank(link, self.place))
        return self.places((link.a, link.b) for link in ranked)

    def places(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Pairs of article numbers as pairs of places."""
        inside = ((self.place[a], self.place[b]) for a, b in pairs if a in self.place and b in self.place and a != b)
        return [(min(pair), max(pair)) for pair in inside]

    def standing(self) -> list[list[int]]:
        """The earlier stories as places, oldest article first."""
        found = (
            [self.place[m.article_id] for m in story.members if m.article_id in self.place] for story in self.before
        )
        return sorted(sorted(places) for places in found if places)


def tell(
    articles: Iterable[StoredArticle],
    links: Iterable[CopyLink],
    decisions: Decisions | None = None,
    before: Sequence[Story] = (),
    taken: Collection[str] = (),
) -> tuple[Story, ...]:
    """The stories of a window, told anew: every article is in exactly one. `links` are the copies found among them.

    `before`, the earlier stories of these articles, only lend their names; `taken` are names of others.
    """
    matter = _matter(articles, links, decisions, before)
    return _stories(matter, _cluster(matter), taken)


def extend(
    articles: Iterable[StoredArticle],
    links: Iterable[CopyLink],
    decisions: Decisions | None = None,
    before: Sequence[Story] = (),
    taken: Collection[str] = (),
) -> tuple[Story, ...]:
    """The stories of a window after what is in none of `before` was placed, in order of publication.

    What stands in one story stays in it, and two stories stay two, unless a person's word says otherwise.
    """
    matter = _matter(articles, links, decisions, before)
    return _stories(matter, _place(matter), taken)


def _matter(
    articles: Iterable[StoredArticle],
    links: Iterable[CopyLink],
    decisions: Decisions | None,
    before: Sequence[Story],
) -> _Matter:
    window = open_window(articles)
    place = {stored.id: number for number, stored in enumerate(window.articles)}
    known = tuple(link for link in links if link.a in place and link.b in place)
    return _Matter(window, known, decisions or Decisions(), place, before)


def _stories(matter: _Matter, clusters: Sequence[Sequence[int]], taken: Collection[str]) -> tuple[Story, ...]:
    window, place = matter.window, matter.place
    called = names(clusters, window.articles, matter.before, taken)
    name_of = {cluster[0]: name for cluster, name in zip(clusters, called, strict=True)}
    scene = Scene(
        terms={stored.id: window.terms[number] for number, stored in enumerate(window.articles)},
        score=lambda a, b: window.score(place[a], place[b]),
        links=matter.links,
        scope=window.scope,
        placed=frozenset(number for pair in matter.decisions.together for number in pair),
    )
    found = []
    for number, cluster in enumerate(clusters):
        members, origin = cast([window.articles[place] for place in cluster], scene)
        followed = continued(window, cluster, clusters[:number])
        continues = name_of[followed[0]] if followed else None
        found.append(Story(name_of[cluster[0]], members, origin, continues))
    return tuple(found)


def _cluster(matter: _Matter) -> list[list[int]]:
    """A person's word first, then copies, then likeness under the bars that events set."""
    decisions, window = matter.decisions, matter.window
    return average_link(
        len(window.articles),
        window.scores,
        together=[*matter.places(decisions.together), *matter.copies(), *matter.places(decisions.settled)],
        apart=matter.places(decisions.apart),
        barred=_barred(window.clues),
    )


def _place(matter: _Matter) -> list[list[int]]:
    """A person's word first, then what stands, then each new article by its copies or by likeness."""
    decisions, window = matter.decisions, matter.window
    standing = matter.standing()
    forest = Forest(len(window.articles), window.scores)
    forest.keep_apart(matter.places(decisions.apart))
    for a, b in matter.places(decisions.together):
        forest.join_if_allowed(a, b)
    for oldest, *others in standing:
        for other in others:
            forest.join_if_allowed(oldest, other)
    forest.bar(_barred(window.clues))
    old = {number for story in standing for number in story}
    place_new(forest, [number for number in range(len(window.articles)) if number not in old], matter.copies())
    return forest.clusters()


def _link_rank(link: CopyLink, place: Mapping[int, int]) -> tuple[float, Pair]:
    a, b = sorted((place[link.a], place[link.b]))
    return -link.similarity.containment, (a, b)


def _barred(hints: Sequence[Clues]) -> list[Pair]:
    telling = [number for number, one in enumerate(hints) if one.editions or one.published]
    return [
        (a, b)
        for a, b in combinations(telling, 2)
        if other_edition(hints[a].editions, hints[b].editions) or too_far_apart(hints[a], hints[b])
    ]
