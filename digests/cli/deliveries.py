"""`kliping digest send|deliveries|resolve|reconcile`: what becomes of each message, and a person's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from digests import deliver, recovery, unknowns
from digests.cli import cycle
from digests.cli.edition import Day, day_of, find_edition
from digests.cli.entry import PARTLY_FAILED
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, EditionList
from digests.cli.output import print_json, print_json_lines, progress, remark
from digests.cli.tables import print_table
from digests.deliver import DeliveryReport
from digests.sender import Watch
from pipeline.errors import SettingsError
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord

_ALL = 40  # rows; of more, those that were sent are only counted
_TO_SETTLE = (DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.EXPIRED)
_FIELDS = (
    "id",
    "edition_id",
    "recipient",
    "state",
    "message_id",
    "attempts",
    "next_attempt_at",
    "changed_at",
    "expires_at",
    "detail",
)

OfDay = Annotated[str | None, typer.Option("--date", help="Only of this day's edition; default: all.", metavar="D")]


def send(context: typer.Context, day: Day = "today", edition_list: EditionList = None, as_json: AsJson = False) -> None:
    """Deliver what is due of an edition. Nobody gets it twice."""
    here = office(context)
    record = find_edition(here, day_of(here, day), edition_list)
    with progress("sending") as bar:
        outlets, watch = here.loaded.outlets, Watch(told=bar)
        report = deliver.deliver(here.store, here.settings, record, now=here.now, outlets=outlets, watch=watch)
    if line := unknowns.tell(here.store, here.settings, now=here.now).line():
        remark(line)
    if as_json:
        print_json(report)
    else:
        show_report(report)
    if not report.complete:
        raise typer.Exit(PARTLY_FAILED)


def deliveries(
    context: typer.Context,
    day: OfDay = None,
    edition_list: EditionList = None,
    state: Annotated[
        DeliveryState | None, typer.Option(help="Only in this state; unknown, failed and expired ones wait for you.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what became of each message; where there are many, only of those that were not sent."""
    here = office(context)
    edition = find_edition(here, day_of(here, day), edition_list) if day else None
    found = here.store.deliveries.list(edition.id if edition else None, state)
    names = _Editions(here)
    if as_json:
        print_json_lines(_document(row, names[row.edition_id]) for row in found)
        return
    shown = [row for row in found if state or len(found) <= _ALL or row.state is not DeliveryState.SENT]
    rows = [(d.id, _name(names[d.edition_id]), d.recipient, d.state, d.attempts, d.changed_at, d.detail) for d in shown]
    if rows or not found:
        print_table(
            ("id", "edition", "recipient", "state", "attempts", "changed", "why"),
            rows,
            zone=here.settings.zone,
            last_below=True,
            none="no message yet; `kliping digest send` or `kliping run` makes them"
            if not state
            else f"none is {state}",
        )
    for line in _summary(found):
        remark(line)


def resolve(
    context: typer.Context,
    identifiers: Annotated[
        list[int] | None,
        typer.Argument(metavar="ID", help="Held, failed or expired ones, as `deliveries` shows them.", min=1),
    ] = None,
    resend: Annotated[bool, typer.Option("--resend", help="It did not arrive: send it again. Undoes --skip.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="It arrived, or is not wanted any more.")] = False,
    every: Annotated[
        DeliveryState | None, typer.Option("--all", help="All in this state: unknown, failed or expired.")
    ] = None,
    day: OfDay = None,
    edition_list: EditionList = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --all: do it without asking.")] = False,
    by: Actor = None,
) -> None:
    """Settle deliveries whose outcome is not known, after asking the recipients.

    \b
    Examples:
      kliping digest resolve 17 18 --skip
      kliping digest resolve --all expired --date yesterday --resend
    """
    if resend == skip:
        raise SettingsError("say one of --resend and --skip")
    if bool(identifiers) == (every is not None):
        raise SettingsError("say which: their IDs, or --all unknown, --all failed or --all expired")
    here = office(context)
    decision = "resend" if resend else "skip"
    numbers = [min(number, MOST) for number in identifiers or ()] or _all_in(here, every, day, edition_list)
    if every is not None and numbers and not yes:
        typer.confirm(f"{decision} {len(numbers)} {every} message(s)?", abort=True, err=True)
    settled = recovery.resolve(here.store, here.settings, numbers, decision, actor=by or here.actor, now=here.now)
    remark(_settled(settled, resend=resend))


def reconcile(context: typer.Context, by: Actor = None) -> None:
    """Let a restored, older database learn from the send journal what has left; until then it sends nothing."""
    here = office(context)
    settled = recovery.reconcile(here.store, here.settings, actor=by or here.actor, now=here.now)
    remark(f"{settled} deliveries settled by the journal; `kliping digest deliveries` shows them")


def show_report(report: DeliveryReport) -> None:
    """A delivery report for a person: of many, only what was not sent."""
    attempted = report.attempted
    shown = [each for each in attempted if len(attempted) <= _ALL or each.state is not DeliveryState.SENT]
    if shown:
        print_table(("recipient", "state", "why"), [(each.recipient, each.state, each.detail) for each in shown])
    remark(cycle.told(report))


def _all_in(here: Office, state: DeliveryState | None, day: str | None, edition_list: str | None) -> list[int]:
    if state not in _TO_SETTLE:
        raise SettingsError(f"--all {state}: say unknown, failed or expired")
    edition = find_edition(here, day_of(here, day), edition_list) if day else None
    return [row.id for row in here.store.deliveries.list(edition.id if edition else None, state)]


def _settled(settled: Sequence[DeliveryRecord], *, resend: bool) -> str:
    after = "; `kliping run` sends it" if resend else "; `--resend` undoes it"
    if not settled:
        return "there is none to settle"
    if len(settled) == 1:
        return f"delivery {settled[0].id} to {settled[0].recipient} is {settled[0].state}" + after
    return f"{len(settled)} deliveries are {settled[0].state}" + after.replace("it", "them")


def _summary(found: Sequence[DeliveryRecord]) -> list[str]:
    """How many are in each state, and what is to be done."""
    counts = [(sum(row.state is state for row in found), state) for state in DeliveryState]
    lines = [", ".join(f"{number} {state}" for number, state in counts if number)] if found else []
    waiting = [state for number, state in counts if number and state in _TO_SETTLE]
    if waiting:
        lines.append(
            f"{', '.join(waiting)}: these wait for you: ask who got it, then `kliping digest resolve ID --resend`"
            " (it did not arrive) or `--skip` (it did)"
        )
    return lines


class _Editions(dict[int, EditionRecord | None]):
    """Editions by their number; each is read once."""

    def __init__(self, here: Office) -> None:
        super().__init__()
        self._here = here

    def __missing__(self, number: int) -> EditionRecord | None:
        self[number] = self._here.store.editions.by_id(number)
        return self[number]


def _name(edition: EditionRecord | None) -> str:
    return f"{edition.list} {edition.period}" if edition else "?"


def _document(delivery: DeliveryRecord, edition: EditionRecord | None) -> dict[str, object]:
    fields = {name: getattr(delivery, name) for name in _FIELDS}
    return {**fields, "list": edition.list if edition else None, "period": edition.period if edition else None}
