"""`kliping schedule`: what will happen when, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text
from digests.cli.serve import chores_told, planned
from digests.cli.tables import print_table
from digests.leader import LEASE
from digests.schedule import CRAWL, FREEZE, SEND, Due, Plan, coming, past
from pipeline.store import DueRow, DueState

MISSED = "MISSED"
_WORDS = {  # a kind in words
    "crawl": "crawl",
    "night": "stories told anew",
    "draft": "draft opens",
    "freeze": "edition frozen",
    "send": "mail leaves",
    "heartbeat": "heartbeat",
    "health": "health mail",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """A row of the past, or an edition's moment at which nobody was there."""

    kind: str
    scheduled_for: datetime
    state: str  # done | running | due | failed | MISSED
    late: timedelta | None  # from its hour to its beginning
    took: timedelta | None
    detail: str | None


def schedule(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", metavar="N", help="So many days ahead and back.", min=1, max=366)] = 1,
    as_json: AsJson = False,
) -> None:
    """Show what will happen when, and what happened: crawls, freeze, mail; what was missed is marked."""
    here = office(context)
    plan, now, span = planned(here), here.now, timedelta(days=days)
    ahead = [due for due in coming(plan, now, now + span) if _is_set(here, due)]
    before = happened(here, plan, now - span, now)
    leader = here.store.leases.held(LEASE, now)
    if as_json:
        print_json({
            "timezone": plan.zone.key,
            "leader": leader.holder if leader else None,
            "every_minutes": plan.every.total_seconds() / 60,
            "minutely": chores_told(here),
            "coming": [_ahead_document(due, plan.zone) for due in ahead],
            "happened": [_past_document(one, plan.zone) for one in before],
        })  # fmt: skip
        return
    led = f"led by {leader.holder}" if leader else "nobody leads: start `kliping serve`"
    print_text(f"{plan.zone.key}; {led}")
    _show_coming(here, plan, ahead)
    _show_past(before, plan.zone)


def happened(here: Office, plan: Plan, since: datetime, now: datetime) -> list[Happened]:
    """The rows since then, oldest first, and the editions of which there is none although schedulers were used."""
    rows = here.store.due.list(None, None, since=since)
    found = [_row(row) for row in rows if row.scheduled_for <= now]
    known = {(row.kind, row.scheduled_for) for row in rows}
    first = here.store.due.first()
    for due in past(plan, since, now):
        kind, _, name = due.kind.partition(":")
        unknown = (due.kind, due.scheduled_for) not in known and first is not None and due.scheduled_for >= first
        if unknown and kind in {FREEZE, SEND} and name == plan.list:
            found.append(Happened(due.kind, due.scheduled_for, MISSED, None, None, "no scheduler ran"))
    return sorted(found, key=lambda one: (one.scheduled_for, one.kind))


def _row(row: DueRow) -> Happened:
    state = MISSED if row.state is DueState.EXPIRED else row.state.value
    begun, ended = row.started_at, row.ended_at
    late = begun - row.scheduled_for if begun and row.state is not DueState.EXPIRED else None
    took = ended - begun if begun and ended and row.state is not DueState.EXPIRED else None
    return Happened(row.kind, row.scheduled_for, state, late, took, row.detail)


def _is_set(here: Office, due: Due) -> bool:
    """Whether anything will come of it with these settings."""
    kind, _, _ = due.kind.partition(":")
    return kind != "heartbeat" or here.settings.schedule.heartbeat is not None


# --- for a person ----------------------------------------------------------------------------------------------------


def _show_coming(here: Office, plan: Plan, ahead: Sequence[Due]) -> None:
    crawls = [due for due in ahead if due.kind.startswith(f"{CRAWL}:")]
    rows = [(_when(due.scheduled_for, plan.zone), _what(due.kind)) for due in ahead if due not in crawls]
    print_text("\ncoming")
    if crawls:
        first, every = crawls[0], plan.every.total_seconds() / 60
        print_text(
            f"crawls of {len(plan.outlets)} outlet(s) every {every:g} minutes, next {first.kind.partition(':')[2]}"
            f" at {first.scheduled_for.astimezone(plan.zone):%H:%M}"
        )
    else:
        print_text("no crawls: `kliping outlets enable NAME` watches an outlet")
    print_text(f"every minute: {', '.join(chores_told(here))}")
    print_table(("when", "what"), rows)


def _show_past(before: Sequence[Happened], zone: ZoneInfo) -> None:
    crawls = [one for one in before if one.kind.startswith(f"{CRAWL}:")]
    well = [one for one in crawls if one.state == DueState.DONE.value]
    print_text("\nhappened")
    if crawls:
        print_text(f"crawls: {len(well)} done, {len(crawls) - len(well)} others")
    shown = [one for one in before if one not in well]
    rows = [
        (_when(one.scheduled_for, zone), _what(one.kind), one.state, _span(one.late), _span(one.took), one.detail)
        for one in shown
    ]
    none = None if crawls else "nothing: no scheduler has run in these days"
    print_table(("when", "what", "state", "late", "took", "detail"), rows, none=none, last_below=True)


def _when(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def _what(kind: str) -> str:
    word, _, name = kind.partition(":")
    return f"{_WORDS.get(word, word)}: {name}"


def _span(span: timedelta | None) -> str | None:
    """ "4 s", "12 min", "3.5 h"."""
    if span is None:
        return None
    seconds = max(0.0, span.total_seconds())
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


# --- for a script ----------------------------------------------------------------------------------------------------


def _ahead_document(due: Due, zone: ZoneInfo) -> dict[str, object]:
    return {"kind": due.kind, "scheduled_for": due.scheduled_for.astimezone(zone), "period": due.period}


def _past_document(one: Happened, zone: ZoneInfo) -> dict[str, object]:
    return {
        "kind": one.kind,
        "scheduled_for": one.scheduled_for.astimezone(zone),
        "state": one.state.lower(),
        "late_seconds": one.late.total_seconds() if one.late is not None else None,
        "took_seconds": one.took.total_seconds() if one.took is not None else None,
        "detail": one.detail,
    }
