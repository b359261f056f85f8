"""Which articles tell one event: copies with their original, own reports of one event in any language.

Two passes, both pure. `extend` places what is new and leaves standing what stands; `tell` looks at the whole window
anew, and what it finds depends on which articles there are, never on the order in which they came. Everything is
settled by publication and address; article numbers only name, and stories keep the names they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.bars import barred
from pipeline.clusters import Forest, average_link
from pipeline.copies import CopyLink
from pipeline.followups import follow_ups
from pipeline.likeness import Pair
from pipeline.model import StoredArticle, Story
from pipeline.naming import names
from pipeline.placing import place_new
from pipeline.roles import Scene, cast
from pipeline.window import Window, open_window, widen

Cluster = Sequence[int]  # places in the window, in order


@dataclass(frozen=True, slots=True)
class Decisions:
    """Constraints, as article numbers. `apart` outweighs the rest; then `together`, `settled`, copies, likeness."""

    together: tuple[Pair, ...] = ()  # a person's word
    apart: tuple[Pair, ...] = ()  # a person's word
    placed: frozenset[int] = frozenset()  # whom a person's word put where they are
    settled: tuple[Pair, ...] = ()  # told before, and not to be told anew
    old: frozenset[int] = frozenset()  # of these, no two stories join by a copy or by likeness


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

    def standing(self) -> dict[str, list[int]]:
        """The earlier stories as places, by name, each with its oldest article first; none without an article here."""
        found = {
            story.id: sorted(self.place[m.article_id] for m in story.members if m.article_id in self.place)
            for story in self.before
        }
        return {name: places for name, places in sorted(found.items(), key=lambda one: one[1]) if places}


def tell(
    articles: Iterable[StoredArticle],
    links: Iterable[CopyLink],
    decisions: Decisions | None = None,
    *,
    before: Sequence[Story] = (),
    taken: Collection[str] = (),
) -> tuple[Story, ...]:
    """The stories of a window, told anew: every article is in exactly one. `links` are the copies found among them.

    `before`, the earlier stories of these articles, only lend their names; `taken` are names of others.
    """
    matter = _matter(open_window(articles), links, decisions, before)
    clusters = _cluster(matter)
    return tuple(_stories(matter, clusters, range(len(clusters)), taken))


def extend(
    articles: Iterable[StoredArticle],
    links: Iterable[CopyLink],
    decisions: Decisions | None = None,
    *,
    before: Sequence[Story] = (),
    taken: Collection[str] = (),
    anew: Collection[str] = (),
) -> tuple[Story, ...]:
    """The stories that change when what is in none of `before` is placed, in order of publication.

    What stands in one story stays in it, and two stories stay two, unless a person's word says otherwise. Stories that
    stay as they are, are left out, save those of the names `anew`.
    """
    known = {member.article_id for story in before for member in story.members}
    here = tuple(articles)
    window = open_window(here, {stored.id for stored in here if stored.id not in known})
    matter = _matter(window, links, decisions, before)
    clusters = _place(matter)
    standing = {tuple(places) for name, places in matter.standing().items() if name not in anew}
    changed = [number for number, cluster in enumerate(clusters) if tuple(cluster) not in standing]
    matter = replace(matter, window=widen(window, [place for number in changed for place in clusters[number]]))
    return tuple(_stories(matter, clusters, changed, taken))


def _matter(window: Window, links: Iterable[CopyLink], decisions: Decisions | None, before: Sequence[Story]) -> _Matter:
    place = {stored.id: number for number, stored in enumerate(window.articles)}
    known = tuple(link for link in links if link.a in place and link.b in place)
    return _Matter(window, known, decisions or Decisions(), place, before)


def _stories(
    matter: _Matter, clusters: Sequence[Cluster], wanted: Iterable[int], taken: Collection[str]
) -> Iterator[Story]:
    """The wanted ones of the clusters, by their numbers, as stories."""
    window, place = matter.window, matter.place
    called = names(clusters, window.articles, matter.before, taken)
    continued = follow_ups(window, clusters)
    scene = Scene(
        terms={stored.id: window.terms[number] for number, stored in enumerate(window.articles)},
        score=lambda a, b: window.score(place[a], place[b]),
        links=matter.links,
        scope=window.scope,
        placed=matter.decisions.placed,
    )
    for number in wanted:
        cluster = clusters[number]
        members, origin = cast([window.articles[member] for member in cluster], scene)
        followed = continued[number]
        yield Story(
            id=called[number],
            members=members,
            origin=origin,
            continues=called[followed.earlier] if followed else None,
            continues_reason=followed.reason if followed else None,
        )


def _cluster(matter: _Matter) -> list[list[int]]:
    """A person's word first, then what is settled, then copies, then likeness under the bars that events set."""
    decisions, window = matter.decisions, matter.window
    return average_link(
        len(window.articles),
        window.scores,
        together=matter.places(decisions.together),
        apart=matter.places(decisions.apart),
        settled=matter.places(decisions.settled),
        old=[matter.place[number] for number in decisions.old if number in matter.place],
        copied=matter.copies(),
        barred=barred(window.clues),
    )


def _place(matter: _Matter) -> list[list[int]]:
    """A person's word first, then what stands, then the new articles by their copies and by likeness."""
    decisions, window = matter.decisions, matter.window
    standing = matter.standing().values()
    old = {number for story in standing for number in story}
    new = [number for number in range(len(window.articles)) if number not in old]
    forest = Forest(len(window.articles), {})
    forest.keep_apart(matter.places(decisions.apart))
    forest.join_all(matter.places(decisions.together))
    for story in standing:
        forest.gather(story)
    forest.bar(barred(window.clues, frozenset(new)))
    place_new(forest, old, matter.copies(), window.scores)
    return forest.clusters()


def _link_rank(link: CopyLink, place: Mapping[int, int]) -> tuple[float, Pair]:
    a, b = sorted((place[link.a], place[link.b]))
    return -link.similarity.containment, (a, b)
