"""Editions: composed once and frozen, with their renderings; and reports, which are made freely and never sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from digests.compose import compose, version_places
from digests.facts import edition_facts, report_facts
from digests.model import Content, from_json, to_json
from digests.render import render
from digests.selection import select, selection_name
from pipeline.config import Settings
from pipeline.errors import StoreError
from pipeline.model import Disposition
from pipeline.outlet import Outlet
from pipeline.store import EditionRecord, StaleError, Store

_TRIES = 5  # of composing anew because another process changed what was read
_HIDDEN = (Disposition.WITHHELD, Disposition.TAKEN_DOWN)


def build(
    store: Store,
    settings: Settings,
    outlets: Mapping[str, Outlet],
    period: date,
    list_name: str,
    *,
    place: Callable[[], object] | None = None,
    now: datetime,
) -> EditionRecord:
    """Freeze the list's edition for that day; where it is frozen already, by whomever, give that one.

    `place` gives articles their place in stories; none is told that a crawl has brought since without a place.
    """
    for _ in range(_TRIES):
        existing = store.editions.get(list_name, period.isoformat())
        if existing is not None:
            return existing
        if place is not None:
            place()
        facts = edition_facts(store, settings, outlets, period, list_name, now=now)
        if place is not None and any(stored.story_id is None for stored in facts.articles):
            continue  # it came while the others were placed
        edition = compose(facts)
        try:
            return store.editions.freeze(list_name, period.isoformat(), to_json(edition), version_places(edition), now)
        except StaleError:
            continue  # another edition of the list took one of the versions: read again
    raise StoreError(f"edition {list_name}/{period}: articles and other editions keep coming; try again")


def report(
    store: Store,
    settings: Settings,
    outlets: Mapping[str, Outlet],
    since: datetime,
    *,
    until: datetime,
    list_name: str | None = None,
) -> Content:
    """The same composition over `since <= date < until`. It takes nothing from the next edition."""
    return compose(
        report_facts(store, settings, outlets, since, until=until, list_name=list_name or settings.digest.list)
    )


def content(record: EditionRecord) -> Content:
    """What the edition says, as it was frozen."""
    return from_json(record.content)


def current(store: Store, record: EditionRecord, watches: tuple[str, ...] = ()) -> Content:
    """What may be shown of the edition now: without articles withheld since, and of these watches only."""
    frozen = content(record)
    return select(frozen, watches, withheld(store, frozen))


def rendering(store: Store, record: EditionRecord, language: str, form: str, watches: tuple[str, ...] = ()) -> bytes:
    """The frozen bytes of that rendering, made at the first call. An article withheld since makes it another one."""
    frozen = content(record)
    hidden = withheld(store, frozen)
    selection = selection_name(watches, hidden)
    found = store.editions.rendering(record.id, language=language, format=form, selection=selection)
    if found is None:
        body = render(select(frozen, watches, hidden), language, form)
        found = store.editions.add_rendering(record.id, language=language, format=form, selection=selection, body=body)
    return found.body


def withheld(store: Store, frozen: Content) -> tuple[int, ...]:
    """The version ids in the edition whose article has been withheld or taken down since."""
    placements = [placement for story in frozen.stories for placement in story.placements]
    articles = store.articles.many(sorted({placement.article_id for placement in placements}))
    hidden = {stored.id for stored in articles if stored.disposition in _HIDDEN}
    return tuple(sorted(placement.version_id for placement in placements if placement.article_id in hidden))
