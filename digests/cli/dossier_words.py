"""`kliping dossiers note|close|reopen|days|undo`: a person's word on a dossier."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from digests.cli.dates import parse_day
from digests.cli.events import DossierName, find_event, open_events
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, OptionalReason
from digests.cli.output import print_json, print_text, remark
from digests.plain import one_line
from pipeline.errors import SettingsError
from pipeline.store.dossiers import DossierAction, DossierDecision


def note(
    context: typer.Context,
    name: DossierName,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What to keep with it.")],
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Keep a note with a dossier."""
    written = one_line(words)
    if not written:
        raise SettingsError("write the note, in words")
    _decide(office(context), name, DossierAction.NOTE, by, words=written, as_json=as_json)


def close(
    context: typer.Context, name: DossierName, reason: OptionalReason = None, by: Actor = None, as_json: AsJson = False
) -> None:
    """Say that a dossier is complete; what comes later is still shown, and counted apart."""
    _decide(office(context), name, DossierAction.CLOSE, by, words=reason, as_json=as_json)


def reopen(
    context: typer.Context, name: DossierName, reason: OptionalReason = None, by: Actor = None, as_json: AsJson = False
) -> None:
    """Go on with a closed dossier."""
    _decide(office(context), name, DossierAction.REOPEN, by, words=reason, as_json=as_json)


def days(
    context: typer.Context,
    name: DossierName,
    first: Annotated[str, typer.Argument(metavar="FIRST", help="The first day of the event: 2023-08-01.")],
    last: Annotated[str | None, typer.Argument(metavar="LAST", help="The last day; default: the first.")] = None,
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Fix the days of the event, where texts print them wrongly or not at all; phases follow them."""
    here = office(context)
    today = here.now.astimezone(here.settings.zone).date()
    begins = parse_day(first, today=today)
    ends = parse_day(last, today=today) if last is not None else begins
    if ends < begins:
        raise SettingsError(f"the event ends on {ends}, before it begins on {begins}: write the first day first")
    _decide(here, name, DossierAction.DAYS, by, words=reason, fixed=(begins, ends), as_json=as_json)


def undo(
    context: typer.Context,
    decision: Annotated[
        int, typer.Argument(metavar="DECISION", help="Its number, as the command told that made it.", min=1, max=MOST)
    ],
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Take a note, a closing, a reopening or fixed days back."""
    here = office(context)
    _told(here.store.dossiers.undo(decision, actor=by or here.actor, reason=reason, now=here.now), as_json=as_json)


def _decide(
    here: Office,
    name: str,
    action: DossierAction,
    by: str | None,
    *,
    words: str | None,
    fixed: tuple[date, date] | None = None,
    as_json: bool,
) -> None:
    known = open_events(here)
    event = find_event(known, name)
    closed = known.opened[event.id].closed
    if action is DossierAction.CLOSE and closed is not None:
        raise SettingsError(
            f"dossier {event.id} is closed already, by {closed.actor}; `kliping dossiers reopen {event.id}`"
        )
    if action is DossierAction.REOPEN and closed is None:
        raise SettingsError(f"dossier {event.id} is open; there is nothing to reopen")
    made = here.store.dossiers.decide(event.id, action, actor=by or here.actor, words=words, days=fixed, now=here.now)
    _told(made, as_json=as_json)


def _told(one: DossierDecision, *, as_json: bool) -> None:
    if as_json:
        print_json(one)
        return
    shown = f", {one.days[0]} to {one.days[1]}" if one.days else ""
    words = f": {one.words}" if one.words else ""
    if one.stands:
        print_text(f"dossier {one.dossier}: {one.action}{shown}{words}")
        remark(f"decision {one.id} of {one.actor} stands; `kliping dossiers undo {one.id}` takes it back")
    else:
        print_text(f"dossier {one.dossier}: {one.action} taken back{shown}{words}")
