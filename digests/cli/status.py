"""`kliping status`: the state at a glance. One screen: what is well is counted, what is ill has a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from digests.checkup import departed
from digests.cli import baselines
from digests.cli.dates import parse_day
from digests.cli.office import Office, office
from digests.cli.options import AsJson, EditionList
from digests.cli.output import print_json, print_text
from digests.departure import Verdict, judge
from digests.facts import WEEKLY
from digests.schedule import MONDAY
from pipeline.health import what_to_do
from pipeline.model import FailureClass, Run, RunState
from pipeline.store.crawl_records import AlarmRecord
from pipeline.store.delivery_records import DeliveryState
from pipeline.store.records import EditionRecord

STALE = timedelta(seconds=60)  # a run beats every second: one silent for so long is dead
LATE = timedelta(hours=24)  # since the last crawl of a watched outlet: nobody crawls, or it cannot
WIDTH = 80  # columns of a terminal
_MOST = 12  # ill outlets that are told one by one; with the rest the screen has 24 lines
_ORDER = ("outlet", "articles", "article_body", "headline", "date_published", "in_language")  # the weightiest first
_OURS = (FailureClass.STORAGE, FailureClass.INTERNAL)  # of a run: no fault of the outlet


@dataclass(frozen=True, slots=True)
class State:
    """What `status` tells."""

    outlets: Mapping[str, Run | None]  # watched outlets and their last run
    alarms: Mapping[str, Sequence[AlarmRecord]]  # the open ones of watched outlets
    off: int  # outlets that are not watched …
    unproven: int  # … and of these, those whose file is a guess
    urls: Mapping[str, int]  # by disposition; zeros left out
    seen: int  # URLs; the sum of `urls`
    last_edition: EditionRecord | None
    deliveries: Mapping[str, int]  # by state, over all editions
    reviews: int = 0  # texts that are possibly ours, and wait for a person


@dataclass(frozen=True, slots=True)
class Ill:
    """One outlet that is not well, in one line."""

    outlet: str
    failure: str
    subject: str
    more: int  # further alarms of it
    since: datetime
    what_to_do: str


def status(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="One outlet in detail: alarms, and usual beside now.")
    ] = None,
    expected: Annotated[
        str | None,
        typer.Option(
            "--expect-edition",
            metavar="D",
            help="Only say whether the edition of that day (today) left; exit status 1 when none did by its hour.",
        ),
    ] = None,
    edition_list: EditionList = None,
    as_json: AsJson = False,
) -> None:
    """Show the state at a glance: what is ill and what to do, URLs, the last edition, mail that waits for a person.

    \b
    Silence is an alarm, by cron on another machine:
      35 6 * * *  kliping status --expect-edition today || mail -s "no digest" you@example.org
    """
    here = office(context)
    if expected is not None:
        _expect(here, expected, edition_list or here.settings.digest.list, as_json=as_json)
        return
    if name:
        baselines.show(here, here.outlet(name), as_json=as_json)
        return
    state = state_of(here)
    if as_json:
        print_json(_document(state, here.now))
        return
    for line in screen(state, here.settings.zone, here.now):
        print_text(line)


def _expect(here: Office, day: str, name: str, *, as_json: bool) -> None:
    """Say whether that edition left. Exits with 1 when it should have and did not."""
    zone = here.settings.zone
    period = parse_day(day, today=here.now.astimezone(zone).date())
    one = departed(here.store, here.settings, name, period)
    verdict = judge(name, one, zone, here.now)
    if name.endswith(WEEKLY) and period.weekday() != MONDAY:
        verdict = Verdict(True, f"edition {name} {period}: a weekly one is due on Mondays only")
    if as_json:
        print_json({"list": name, "period": period, "good": verdict.good, "why": verdict.line, "departure": one})
    else:
        print_text(verdict.line)
    if not verdict.good:
        raise typer.Exit(1)


def state_of(here: Office) -> State:
    """Read the state."""
    store = here.store
    enabled = here.enabled
    deliveries = store.deliveries.counts()
    editions = store.editions.list(here.settings.digest.list, limit=1)
    off = [outlet for name, outlet in here.loaded.outlets.items() if name not in enabled]
    alarms: dict[str, list[AlarmRecord]] = {}
    for alarm in store.alarms.open():
        if alarm.outlet in enabled:
            alarms.setdefault(alarm.outlet, []).append(alarm)
    return State(
        outlets={name: store.runs.latest(name) for name in sorted(enabled)},
        alarms=alarms,
        off=len(off),
        unproven=sum(1 for outlet in off if outlet.evidence == "guess"),
        urls={str(name): number for name, number in store.ledger.counts().items() if number},
        seen=store.ledger.seen(),
        last_edition=editions[0] if editions else None,
        deliveries={str(name): deliveries[name] for name in DeliveryState if deliveries[name]},
        reviews=store.reviews.count(),
    )


# --- what is ill -----------------------------------------------------------------------------------------------------


def ill_outlets(state: State, now: datetime) -> list[Ill]:
    """Those with an open alarm, and those whose last run ended by our own fault; the longest ill first."""
    found = [_alarmed(name, alarms) for name, alarms in state.alarms.items()]
    for name, run in state.outlets.items():
        if run and name not in state.alarms and (why := _run_trouble(run, now)):
            found.append(Ill(name, why, "last run", 0, run.started_at, "kliping doctor"))
    return sorted(found, key=lambda ill: (ill.since, ill.outlet))


def _alarmed(name: str, alarms: Sequence[AlarmRecord]) -> Ill:
    chief = min(alarms, key=lambda alarm: (_weight(alarm.subject), alarm.opened_at, alarm.id))
    since = min(alarm.opened_at for alarm in alarms)
    return Ill(name, chief.failure, chief.subject, len(alarms) - 1, since, what_to_do(name, chief.failure))


def _weight(subject: str) -> int:
    return _ORDER.index(subject) if subject in _ORDER else len(_ORDER)


def _run_trouble(run: Run, now: datetime) -> str | None:
    if run.state is RunState.RUNNING:
        return "silent" if now - run.heartbeat_at > STALE else None
    if run.state is RunState.FAILED and run.failure in _OURS:
        return str(run.failure)
    return "killed" if run.state is RunState.KILLED else None


# --- the screen ------------------------------------------------------------------------------------------------------


def screen(state: State, zone: ZoneInfo, now: datetime) -> list[str]:
    """At most 24 lines of at most 80 columns."""
    ill = ill_outlets(state, now)
    lines = [*_summary(state, ill, now), *_ill_lines(ill, zone), ""]
    urls = ", ".join(f"{number} {name}" for name, number in state.urls.items()) or "none"
    lines += [f"{state.seen} URLs seen: {urls}"]
    last = state.last_edition
    frozen = f", frozen {last.frozen_at.astimezone(zone):%Y-%m-%d %H:%M %Z}" if last else ""
    lines += [f"last edition: {last.period}{frozen}" if last else "last edition: none yet"]
    lines += ["mail: " + (", ".join(f"{number} {name}" for name, number in state.deliveries.items()) or "none yet")]
    if state.deliveries.get(DeliveryState.UNKNOWN):
        lines += ["some mail is held for you: `kliping digest deliveries --state unknown`"]
    if state.reviews:
        lines += [f"possibly ours, waiting for your yes or no: {state.reviews}; `kliping review list`"]
    return [_cut(line, WIDTH) for line in lines]


def _summary(state: State, ill: Sequence[Ill], now: datetime) -> Iterator[str]:
    bad = {each.outlet for each in ill}
    never = [name for name, run in state.outlets.items() if run is None and name not in bad]
    late = [name for name, run in state.outlets.items() if run and name not in bad and now - run.started_at > LATE]
    well = len(state.outlets) - len(bad) - len(never) - len(late)
    parts = [f"{well} outlet{'' if well == 1 else 's'} well"]
    parts += [f"{len(bad)} ill"] if bad else []
    parts += [f"{len(never)} never crawled"] if never else []
    parts += [f"{len(late)} late"] if late else []
    parts += [f"{state.off} off ({state.unproven} unproven)"] if state.off else []
    yield ", ".join(parts)
    if late or never:
        yield f"not crawled lately: {', '.join([*late, *never])} (`kliping run`, `kliping serve`)"


def _ill_lines(ill: Sequence[Ill], zone: ZoneInfo) -> Iterator[str]:
    """Outlet, class, what, since, and what to do; the subject gets the room that is left."""
    if not ill:
        return
    shown = ill[:_MOST]
    names, classes = max(len(each.outlet) for each in shown), max(len(each.failure) for each in shown)
    verbs = max(len(_verb(each)) for each in shown)
    room = WIDTH - names - classes - verbs - len("20 Nov 06:12") - 4 * len("  ")
    yield ""
    for each in shown:
        more = f" +{each.more}" if each.more else ""
        subject = _cut(_short(each.subject), room - len(more)) + more
        since = f"{each.since.astimezone(zone):%d %b %H:%M}"
        yield f"{each.outlet:<{names}}  {each.failure:<{classes}}  {subject:<{room}}  {since}  {_verb(each)}"
    if len(ill) > _MOST:
        yield f"and {len(ill) - _MOST} more: `kliping status --json`"
    commands = dict.fromkeys(each.what_to_do.replace(f" {each.outlet}", " OUTLET") for each in shown)
    yield f"do: {', '.join(f'`{command}`' for command in commands)}"
    yield "why: `kliping status --outlet OUTLET`"


def _verb(each: Ill) -> str:
    """ "mend": the command without its beginning and the outlet, which stands in front."""
    return each.what_to_do.removesuffix(f" {each.outlet}").rpartition(" ")[2]


def _short(subject: str) -> str:
    """A listing by the end of its path: the outlet is named beside."""
    path = subject.partition("://")[2].partition("/")[2]
    return path or subject


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _document(state: State, now: datetime) -> dict[str, object]:
    last = state.last_edition
    edition = (
        {"list": last.list, "period": last.period, "frozen_at": last.frozen_at, "digest": last.digest} if last else None
    )
    return {
        "outlets": state.outlets,
        "alarms": [alarm for alarms in state.alarms.values() for alarm in alarms],
        "ill": ill_outlets(state, now),
        "off": state.off,
        "unproven": state.unproven,
        "urls": state.urls,
        "seen": state.seen,
        "last_edition": edition,
        "deliveries": state.deliveries,
        "reviews": state.reviews,
    }
