"""Reads from the store what the earlier editions of a list told, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from digests import past
from digests.corrections import Told, corrections
from digests.known import PastEdition
from digests.model import Edit
from digests.model import from_json as content_from_json
from digests.recap import Correction
from digests.trends import DAYS
from pipeline.changes import compare
from pipeline.model import Article, StoredArticle
from pipeline.store import EditionBefore, Store
from pipeline.store.records import ToldVersion

if TYPE_CHECKING:  # their tables are a quarter of a second that commands without the store need not pay
    from pipeline.store.articles import Articles
    from pipeline.store.editions import Editions

_DAYS = timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class History:
    """Of a list, at one moment."""

    last_frozen: datetime | None = None
    past: tuple[PastEdition, ...] = ()  # of the last 28 days, newest first
    earlier: Mapping[int, tuple[date, ...]] = field(default_factory=dict)  # article id → periods that told it
    taken: frozenset[int] = frozenset()  # article ids of which a version stands in one of them, in any place
    edits: Mapping[int, Edit] = field(default_factory=dict)  # article id → what changed since it was told
    corrections: tuple[Correction, ...] = ()


NONE = History()


def history(
    store: Store,
    list_name: str,
    period: date,
    articles: Sequence[StoredArticle],
    *,
    members: Iterable[int],
    titled: Callable[[Article], str],
    now: datetime,
) -> History:
    """What the editions frozen before `now` told of these articles and of the further `members` of their stories."""
    before = store.editions.before(list_name, now)
    if not before:
        return NONE
    recent = [one for one in before if timedelta(0) < period - _day(one.period, period) <= _DAYS]
    editions = sorted(_past(store, list_name, recent), key=lambda one: one.period, reverse=True)
    taken = store.editions.told(list_name, {*(stored.id for stored in articles), *members})
    told = [one for one in taken if one.place == "story"]
    current = {stored.id: stored for stored in articles}
    changed = _versions(store.editions, {one.article_id: one for one in told if one.article_id in current})
    fallen = {one.article_id: one for one in store.editions.fallen(list_name, [one.id for one in recent])}
    fell = _versions(store.articles, fallen)
    return History(
        last_frozen=before[0].frozen_at,
        past=tuple(editions),
        earlier=_periods(told, period),
        taken=frozenset(one.article_id for one in taken),
        edits={stored.id: _edit(stored.article, current[stored.id].article) for _, stored in changed},
        corrections=_corrections([*changed, *fell], current, editions, period, titled),
    )


def _day(text: str, otherwise: date) -> date:
    """A period's day; of one that is none (an alert's), `otherwise`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _past(store: Store, list_name: str, recent: Iterable[EditionBefore]) -> list[PastEdition]:
    """By their summaries; of editions frozen before these were made, from what they say."""
    found = []
    for one in recent:
        known = past.from_json(one.summary) if one.summary is not None else None
        known = known or _summarised(store, list_name, one.period)
        if known is not None:
            found.append(known)
    return found


def _summarised(store: Store, list_name: str, period: str) -> PastEdition | None:
    """None where it says nothing that we can read: what another version of this program froze."""
    record = store.editions.get(list_name, period)
    try:
        return past.summary(content_from_json(record.content)) if record else None
    except ValidationError:
        return None


def _periods(told: Iterable[ToldVersion], period: date) -> dict[int, tuple[date, ...]]:
    days: defaultdict[int, set[date]] = defaultdict(set)
    for one in told:
        days[one.article_id].add(_day(one.period, period))
    return {article: tuple(sorted(found)) for article, found in days.items()}


def _versions(read: Editions | Articles, told: Mapping[int, ToldVersion]) -> list[tuple[ToldVersion, StoredArticle]]:
    """The articles in the versions that were told last."""
    stored = read.at_versions(sorted(one.version_id for one in told.values()))
    return [(told[one.id], one) for one in stored]


def _edit(then: Article, now: Article) -> Edit:
    change = compare(then, now)
    return Edit(change.added, change.removed, change.headline)


def _corrections(
    told: Iterable[tuple[ToldVersion, StoredArticle]],
    current: Mapping[int, StoredArticle],
    editions: Iterable[PastEdition],
    period: date,
    titled: Callable[[Article], str],
) -> tuple[Correction, ...]:
    """Of what the last 28 days' editions told; what an earlier edition said about it is not said again."""
    known = frozenset(pair for edition in editions for pair in edition.corrected)
    recent = [(one, stored) for one, stored in told if period - _day(one.period, period) <= _DAYS]
    return corrections(
        (
            Told(_day(one.period, period), stored, current.get(stored.id), titled(stored.article))
            for one, stored in recent
        ),
        known,
    )
