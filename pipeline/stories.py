"""Which articles tell one event: copies with their original, own reports of one event in any language.

Pure: the result depends on which articles there are, never on the order in which they came. Everything is settled by
publication and address; article numbers only name.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.clusters import average_link
from pipeline.copies import CopyLink
from pipeline.events import Clues, other_edition, too_far_apart
from pipeline.followups import continued
from pipeline.likeness import Pair
from pipeline.model import Article, StoredArticle, Story
from pipeline.roles import Scene, cast
from pipeline.window import Window, open_window


@dataclass(frozen=True, slots=True)
class Decisions:
    """Constraints, as pairs of article numbers. `apart` outweighs the rest, then `together`, then copies, `settled`."""

    together: tuple[Pair, ...] = ()  # a person's word
    apart: tuple[Pair, ...] = ()  # a person's word
    settled: tuple[Pair, ...] = ()  # told before, and not to be told anew


def tell(
    articles: Iterable[StoredArticle], links: Iterable[CopyLink], decisions: Decisions | None = None
) -> tuple[Story, ...]:
    """The stories of a window: every article is in exactly one. `links` are the copies found among them."""
    window = open_window(articles)
    place = {stored.id: number for number, stored in enumerate(window.articles)}
    known = tuple(link for link in links if link.a in place and link.b in place)
    wishes = decisions or Decisions()
    clusters = _cluster(window, known, wishes, place)
    scene = Scene(
        terms={stored.id: window.terms[number] for number, stored in enumerate(window.articles)},
        score=lambda a, b: window.score(place[a], place[b]),
        links=known,
        scope=window.scope,
        placed=frozenset(number for pair in wishes.together for number in pair),
    )
    return tuple(_story(window, cluster, clusters[:number], scene) for number, cluster in enumerate(clusters))


def _story(window: Window, cluster: Sequence[int], earlier: Sequence[Sequence[int]], scene: Scene) -> Story:
    members, origin = cast([window.articles[place] for place in cluster], scene)
    followed = continued(window, cluster, earlier)
    return Story(
        id=story_id(window.articles[cluster[0]].article),
        members=members,
        origin=origin,
        continues=story_id(window.articles[followed[0]].article) if followed else None,
    )


def story_id(oldest: Article) -> str:
    """The story's name, from the address of its oldest article: 50 bits, so that millions do not meet."""
    digest = hashlib.blake2b(oldest.canonical_url.encode(), digest_size=10).digest()
    return "s" + base64.b32encode(digest).decode().lower()[:10]


def _cluster(
    window: Window, links: Sequence[CopyLink], decisions: Decisions, place: Mapping[int, int]
) -> list[list[int]]:
    """A person's word first, then copies, then likeness under the bars that events set."""
    copies = [(link.a, link.b) for link in sorted(links, key=lambda link: _link_rank(link, place))]
    return average_link(
        len(window.articles),
        window.scores,
        together=_places([*decisions.together, *copies, *decisions.settled], place),
        apart=_places(decisions.apart, place),
        barred=_barred(window.clues),
    )


def _link_rank(link: CopyLink, place: Mapping[int, int]) -> tuple[float, Pair]:
    a, b = sorted((place[link.a], place[link.b]))
    return -link.similarity.containment, (a, b)


def _places(pairs: Iterable[Pair], place: Mapping[int, int]) -> list[Pair]:
    inside = ((place[a], place[b]) for a, b in pairs if a in place and b in place and a != b)
    return [(min(pair), max(pair)) for pair in inside]


def _barred(hints: Sequence[Clues]) -> list[Pair]:
    telling = [number for number, one in enumerate(hints) if one.editions or one.published]
    return [
        (a, b)
        for a, b in combinations(telling, 2)
        if other_edition(hints[a].editions, hints[b].editions) or too_far_apart(hints[a], hints[b])
    ]
