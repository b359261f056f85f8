"""Editions: composed once and frozen, with their renderings; and reports, which are made freely and never sent."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime

from digests import dressing, past, public
from digests.compose import compose, version_places
from digests.dressing import PLAIN, Dressing
from digests.facts import edition_facts, report_facts
from digests.known import EditionFacts
from digests.model import Content, from_json, to_json
from digests.render import render
from digests.selection import EVERYTHING, Choice, references, select, selection_name
from pipeline.config import Settings
from pipeline.errors import StoreError
from pipeline.outlet import Outlet
from pipeline.store import EditionRecord, StaleError, Store

_TRIES = 5  # of composing anew because another process changed what was read
_PATIENT = 2  # tries that wait for articles without a place and for editors who are still at it
Dress = Callable[[Content, str], Dressing]  # what a rendering of this content in this form needs beside it


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

    `place` gives articles their place in stories; it gives None where that is done elsewhere just now. What has no
    place then, or keeps coming, is left to the next edition: a morning is not late for it.
    """
    for number in range(_TRIES):
        existing = store.editions.get(list_name, period.isoformat())
        if existing is not None:
            return existing
        if number >= _PATIENT:
            store.editions.close_draft(list_name, period.isoformat(), now)
        placing = place is not None and place() is not None
        words = store.drafts.words(list_name, period.isoformat())
        with _uncollected(), suppress(StaleError):  # another edition took one of the versions, or an editor spoke
            facts = edition_facts(store, settings, outlets, period, list_name, now=now)
            if not (placing and number < _PATIENT and _waiting(facts)):  # else: it came while the others were placed
                return _freeze(store, facts if place is None else _placed(facts), words)
    raise StoreError(f"edition {list_name}/{period}: other processes keep making editions of the list; try again")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: of 5,000 articles it took half of the time, to find that all are still in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _waiting(facts: EditionFacts) -> bool:
    return any(stored.story_id is None for stored in facts.articles)


def _placed(facts: EditionFacts) -> EditionFacts:
    """Without articles that have no place in a story yet."""
    placed = tuple(stored for stored in facts.articles if stored.story_id is not None)
    return facts if len(placed) == len(facts.articles) else replace(facts, articles=placed)


def _freeze(store: Store, facts: EditionFacts, words: int) -> EditionRecord:
    edition = compose(facts)
    return store.editions.freeze(
        facts.list,
        facts.period.isoformat(),
        to_json(edition),
        version_places(edition),
        facts.now,
        digest=public.digest(edition),
        summary=past.to_json(past.summary(edition)),
        words=words,
    )


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


def current(store: Store, record: EditionRecord, choice: Choice = EVERYTHING) -> Content:
    """What may be shown of the edition now: without articles withheld since, and of this choice only."""
    frozen = content(record)
    return select(frozen, choice, withheld(store, frozen))


def rendering(
    store: Store,
    record: EditionRecord,
    language: str,
    form: str,
    choice: Choice = EVERYTHING,
    *,
    dress: Dress | None = None,
) -> bytes:
    """The frozen bytes of that rendering, made at the first call. An article withheld since makes it another one.

    `dress` says what it needs beside the content; it is asked at the first call only.
    """
    frozen = content(record)
    hidden = withheld(store, frozen)
    selection = selection_name(choice, hidden)
    found = store.editions.rendering(record.id, language=language, format=form, selection=selection)
    if found is None:
        shown = select(frozen, choice, hidden)
        body = render(shown, language, form, dress(shown, form) if dress else PLAIN)
        found = store.editions.add_rendering(record.id, language=language, format=form, selection=selection, body=body)
    return found.body


def dresser(store: Store, settings: Settings, outlets: Mapping[str, Outlet]) -> Dress:
    """Dresses by the settings, and with the texts that the outlets let leave the archive."""

    def dress(shown: Content, form: str) -> Dressing:
        return dressing.of(settings, store, shown, outlets, form)

    return dress


def withheld(store: Store, frozen: Content) -> tuple[int, ...]:
    """The version ids that the edition shows something of whose article has been withheld or taken down since."""
    shown = references(frozen)
    hidden = store.editions.hidden(sorted(set(shown.values())))
    return tuple(sorted(version for version, article in shown.items() if article in hidden))
