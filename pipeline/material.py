"""What stories are told of: read from the store for one pass, bounded however large the archive is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from pipeline.copies import CopyLink, Pair, candidate_pairs, copies_among, holders_of
from pipeline.decisions import constraints, placed
from pipeline.model import Disposition, StoredArticle, Story
from pipeline.naming import story_id
from pipeline.store.placements import Dated
from pipeline.store.records import StoryDecision
from pipeline.store.store import Store
from pipeline.stories import Decisions
from pipeline.undoing import restored

MOST = 3000  # articles that are looked at together: the pairs of more would fill the memory of a small machine
_SALTS = 4  # further names that a story may get when its own is borne by another


@dataclass(frozen=True, slots=True)
class Material:
    """All that the stories of one pass are made of."""

    articles: tuple[StoredArticle, ...]
    free: frozenset[int]  # what is placed, or told anew; the others came along with it
    shown: Mapping[str, Story]  # the stories of these articles, as readers see them
    before: Mapping[str, Story]  # the same, less what a person has undone since
    links: tuple[CopyLink, ...]
    decisions: Decisions
    taken: frozenset[str]  # names borne by other stories
    touched: frozenset[str]  # stories that an article has left, or of which a person has spoken since


def near(store: Store, free: Sequence[Dated], days: timedelta) -> list[int]:
    """The articles in scope that were published within so many days of these, `MOST` with them: the nearest."""
    if not free:
        return []
    own = {number for number, _ in free}
    first, last = free[0][1], free[-1][1]
    found = [one for one in store.placements.dated(first - days, last + days) if one[0] not in own]
    found.sort(key=lambda one: (max(first - one[1], one[1] - last, timedelta(0)), one))
    return [number for number, _ in found[: max(0, MOST - len(own))]]


def read(store: Store, free: Collection[int], around: Collection[int], misplaced: Mapping[int, str]) -> Material:
    """Articles to be placed or told anew, those around them, and what copies, stories and persons tie to them.

    `misplaced`: articles that must leave, with their stories.
    """
    waiting = store.decisions.waiting()
    spoken_of = {number for one in waiting for number in one.articles}
    alike = candidate_pairs(store.fingerprints.keys(free), store.fingerprints.holders(free))
    articles = _kept(store, [], {*free, *around, *spoken_of, *(number for pair in alike for number in pair)})
    articles = _kept(store, articles, _tied(store, articles))
    due = {*free, *spoken_of}  # other new articles have their turn later
    articles = [stored for stored in articles if stored.story_id is not None or stored.id in due]
    shown = _stories(store, {stored.story_id for stored in articles}, misplaced)
    articles = _kept(store, articles, {member.article_id for story in shown.values() for member in story.members})
    before = restored(waiting, shown)
    present = frozenset(stored.id for stored in articles)
    left = {stored.story_id for stored in articles if stored.id in spoken_of} | set(misplaced.values())
    undone = {name for name, story in before.items() if shown.get(name) != story}
    touched = frozenset(name for name in left | undone if name is not None)
    return Material(
        articles=tuple(articles),
        free=present & frozenset(free),
        shown=shown,
        before=before,
        links=_links(store, articles, alike, _circles(articles, spoken_of, touched)),
        decisions=_decisions(store.decisions.touching(present), present),
        taken=store.placements.living(_names(articles)) - before.keys(),
        touched=touched,
    )


def settle(material: Material) -> Material:
    """The same with what is not told anew bound to its story, and these stories not to be joined with one another."""
    bound: list[Pair] = []
    old: set[int] = set()
    for story in material.before.values():
        told = [member.article_id for member in story.members if member.article_id not in material.free]
        bound += pairwise(told)
        old |= set(told)
    return replace(material, decisions=replace(material.decisions, settled=tuple(bound), old=frozenset(old)))


def _tied(store: Store, articles: Iterable[StoredArticle]) -> set[int]:
    """The articles of all decisions that speak of these, directly or through one another."""
    touching = store.decisions.touching([stored.id for stored in articles])
    return {number for one in touching for number in one.articles}


def _kept(store: Store, articles: Sequence[StoredArticle], numbers: Iterable[int]) -> list[StoredArticle]:
    """These articles and those of the numbers that are still kept: withheld and rejected ones leave their stories."""
    known = {stored.id for stored in articles}
    more = store.articles.many(sorted(set(numbers) - known))
    return [*articles, *(stored for stored in more if stored.disposition is Disposition.KEPT)]


def _stories(store: Store, names: Iterable[str | None], misplaced: Mapping[int, str]) -> dict[str, Story]:
    wanted = {name for name in names if name is not None} | set(misplaced.values())
    return {story.id: story for story in store.stories.many(wanted)}


def _circles(articles: Iterable[StoredArticle], spoken_of: Collection[int], touched: Collection[str]) -> dict[int, str]:
    """Who may come to be in one story with whom without being new: by story; of what a person spoke, all with all."""
    found = {}
    for stored in articles:
        if stored.id in spoken_of or stored.story_id in touched:
            found[stored.id] = ""
        elif stored.story_id is not None:
            found[stored.id] = stored.story_id
    return found


def _links(
    store: Store, articles: Iterable[StoredArticle], alike: Iterable[Pair], circles: Mapping[int, str]
) -> tuple[CopyLink, ...]:
    """The copies among the likely pairs of what is new, and those within each circle: roles need these."""
    sizes = Counter(circles.values())
    keys = store.fingerprints.keys([number for number, circle in circles.items() if sizes[circle] > 1])
    within = ((a, b) for a, b in candidate_pairs(keys, holders_of(keys)) if circles[a] == circles[b])
    texts = {stored.id: stored.article.text for stored in articles}
    outlets = {stored.id: stored.article.outlet for stored in articles}
    return copies_among(texts, sorted({*alike, *within}), outlets)


def _decisions(standing: Sequence[StoryDecision], present: Collection[int]) -> Decisions:
    together, apart = constraints(standing, present)
    return Decisions(together=together, apart=apart, placed=placed(standing))


def _names(articles: Iterable[StoredArticle]) -> set[str]:
    """What new stories of these articles may be called."""
    return {story_id(stored.article, salt) for stored in articles for salt in range(_SALTS)}
