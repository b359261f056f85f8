"""Which stories are to be told at once, by which rule, since when: pure.

A rule is `watch:ID` (a watch marked urgent) or `outlets` (so many outlets tell the story within so many hours). What
is old is no alert, and what an edition told is none either, unless the rule was met only afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.blocks import outlet_key
from pipeline.model import StoredArticle

OUTLETS = "outlets"
WATCH = "watch:"


@dataclass(frozen=True, slots=True)
class Rules:
    """When something is urgent."""

    watches: frozenset[str]  # ids
    outlets: int  # this many outlets …; 0: that rule is off
    within: timedelta  # … within so long
    fresh: timedelta  # what was published longer ago is no alert

    def __bool__(self) -> bool:
        return bool(self.watches or self.outlets)


@dataclass(frozen=True, slots=True)
class Known:
    """What was told of the articles before."""

    ledger: Collection[tuple[str, int]]  # (rule, article id) of earlier alerts
    editions: Mapping[int, datetime]  # article id → freeze of the last edition that told it
    dropped: Collection[str]  # stories that an editor took out of the coming edition


@dataclass(frozen=True, slots=True)
class Urgent:
    """A story and a rule that it meets."""

    story_id: str
    rule: str
    met_at: datetime  # when it could be known that the rule was met
    articles: tuple[int, ...]  # the story's, by id
    outlets: int  # that tell the story


def urgent(
    stories: Mapping[str, Sequence[StoredArticle]], rules: Rules, known: Known, now: datetime
) -> tuple[Urgent, ...]:
    """What is to be told now, in the order in which it became urgent. `stories`: their articles in scope, by id."""
    found: list[Urgent] = []
    for story_id, members in stories.items():
        if story_id in known.dropped:
            continue
        ids = tuple(sorted(stored.id for stored in members))
        outlets = len({outlet_key(stored.article) for stored in members})
        frozen = [known.editions[number] for number in ids if number in known.editions]
        for rule, met_at in _met(members, rules, known, now):
            new = not any((rule, number) in known.ledger for number in ids)
            if new and all(freeze < met_at for freeze in frozen):
                found.append(Urgent(story_id, rule, met_at, ids, outlets))
    return tuple(sorted(found, key=lambda one: (one.met_at, one.story_id, one.rule)))


def _met(members: Sequence[StoredArticle], rules: Rules, known: Known, now: datetime) -> Iterable[tuple[str, datetime]]:
    """(rule, since when it could be known that it is met); not of old news."""
    oldest = now - rules.fresh
    for watch in sorted(rules.watches):
        named = [stored for stored in members if any(match.id == watch for match in stored.article.watches)]
        if named and min(map(_when, named)) >= oldest:
            yield f"{WATCH}{watch}", min(_had(stored, known) for stored in named)
    reached = _reached([stored for stored in members if _when(stored) >= oldest], rules, known)
    if reached is not None:
        yield OUTLETS, reached


def _reached(members: Sequence[StoredArticle], rules: Rules, known: Known) -> datetime | None:
    """When the earliest stretch of `within` with enough outlets could be known; None: there is none."""
    if not rules.outlets:
        return None
    ordered = sorted(members, key=lambda stored: (_when(stored), stored.id))
    for start, first in enumerate(ordered):
        heard: dict[str, datetime] = {}  # outlet → when its first report within the stretch was had
        for stored in ordered[start:]:
            if _when(stored) - _when(first) > rules.within:
                break
            outlet, had = outlet_key(stored.article), _had(stored, known)
            heard[outlet] = min(had, heard.get(outlet, had))
        if len(heard) >= rules.outlets:
            return sorted(heard.values())[rules.outlets - 1]
    return None


def _had(stored: StoredArticle, known: Known) -> datetime:
    """When we knew of it: its text may be a later one, of an article that an edition told before."""
    fetched = stored.article.fetched_at
    return min(fetched, known.editions.get(stored.id, fetched))


def _when(stored: StoredArticle) -> datetime:
    """Its publication; where none is printed, or one that lies ahead, when it was fetched."""
    published, fetched = stored.article.date_published, stored.article.fetched_at
    return min(published, fetched) if published else fetched
