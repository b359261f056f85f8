"""The events of the stored articles: what opens dossiers by itself, for the commands and at the end of a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from digests.cli.office import Office
from digests.cli.output import remark
from pipeline.dossiers import Event, Match, find_events
from pipeline.errors import NotFoundError
from pipeline.store.dossiers import OpenedDossier

DossierName = Annotated[str, typer.Argument(metavar="ID", help="A dossier, as `dossiers list` shows it: mgmac-2023.")]


@dataclass(frozen=True, slots=True)
class Events:
    """What the store holds of events. `matches` are all, `loose` those of no event."""

    events: tuple[Event, ...]
    matches: tuple[Match, ...]
    loose: tuple[Match, ...]
    opened: dict[str, OpenedDossier]


def open_events(here: Office) -> Events:
    """Find the events, and open a dossier for each that has none yet."""
    matches = here.store.dossiers.matches(here.settings.zone)
    forums = {watch.id for watch in here.watches if watch.first_edition is not None}
    anchors = {one.id: one.anchor for one in here.store.dossiers.list() if one.edition is None}
    found = find_events(matches, forums, anchors)
    here.store.dossiers.open(found.events, here.now)
    opened = {one.id: one for one in here.store.dossiers.list()}
    return Events(found.events, tuple(matches), found.loose, opened)


def find_event(known: Events, name: str) -> Event:
    """The event of a dossier, or that into which its articles have come. Raises `NotFoundError`."""
    by_id = {event.id: event for event in known.events}
    if name in by_id:
        return by_id[name]
    row = known.opened.get(name)
    if row is None:
        raise NotFoundError(
            f"no dossier is called {name!r}; `kliping dossiers list` shows them{_nearest(known.events, name)}"
        )
    now = [event for event in known.events if event.watch == row.watch and row.anchor in event.articles]
    if not now:
        raise NotFoundError(f"dossier {name}: none of its articles is in scope any more")
    remark(f"dossier {name} is part of dossier {now[0].id} now")
    return now[0]


def _nearest(events: Sequence[Event], name: str) -> str:
    begun = [event.id for event in events if event.id.startswith(name)]
    return f"; there is {', '.join(begun[:5])}" if begun else ""
