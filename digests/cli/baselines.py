"""One outlet's health in detail: its alarms, and every measure of its last run beside what is usual."""

from __future__ import annotations

from dataclasses import dataclass

from digests.cli.office import Office
from digests.cli.output import print_json, print_text
from digests.cli.tables import print_table
from pipeline.health import LOOK_BACK, Compared, compare, what_to_do
from pipeline.model import Run
from pipeline.outlet import Outlet
from pipeline.store.records import AlarmRecord
from pipeline.vitals import Past, Vitals, from_json

_MOST_RUNS = 400
_CLOSED = 10  # alarms of the past that are told


@dataclass(frozen=True, slots=True)
class Health:
    """What is told of one outlet."""

    outlet: str
    run: Run | None  # the last one that was measured
    vitals: Vitals | None
    runs: int  # earlier ones that it is compared with
    alarms: tuple[AlarmRecord, ...]  # open
    past_alarms: tuple[AlarmRecord, ...]
    measures: tuple[Compared, ...]


def health_of(here: Office, outlet: Outlet) -> Health:
    """The last measured run of an outlet, compared."""
    store = here.store
    read = [(run, from_json(value)) for run, value in store.runs.vitals(outlet.name, here.now - LOOK_BACK, _MOST_RUNS)]
    measured = [(run, vitals) for run, vitals in read if vitals]
    run, vitals = measured[0] if measured else (None, None)
    history = [Past(earlier.started_at, seen) for earlier, seen in measured[1:]]
    alarms = store.alarms.list(outlet.name, limit=50)
    return Health(
        outlet=outlet.name,
        run=run,
        vitals=vitals,
        runs=len(history),
        alarms=tuple(store.alarms.open(outlet.name)),
        past_alarms=tuple(alarm for alarm in alarms if alarm.closed_at)[:_CLOSED],
        measures=compare(outlet, run.started_at, vitals, history) if run and vitals else (),
    )


def show(here: Office, outlet: Outlet, *, as_json: bool) -> None:
    health = health_of(here, outlet)
    if as_json:
        print_json(health)
        return
    zone = here.settings.zone
    for alarm in health.alarms:
        print_text(f"{alarm.failure} ({alarm.subject}) since {alarm.opened_at.astimezone(zone):%Y-%m-%d %H:%M %Z}")
        print_text(f"  {alarm.detail}")
        print_text(f"  last good: {alarm.last_good or 'never seen'}")
        print_text(f"  now:       {alarm.present or 'nothing'}")
        print_text(f"  do:        {what_to_do(outlet.name, alarm.failure)}\n")
    if health.run is None:
        print_text(f"{outlet.name} has no measured run yet: `kliping crawl {outlet.name}`")
        return
    started = f"{health.run.started_at.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    state = "well" if not health.alarms else f"{len(health.alarms)} alarm(s) open"
    print_text(f"{outlet.title}: {state}; run of {started} beside {health.runs} earlier ones (good, in 100)")
    rows = [(each.subject, _percent(each.usual), _percent(each.now), _words(each)) for each in health.measures]
    print_table(("what", "usual", "now", ""), rows)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:.0f}"


def _words(each: Compared) -> str | None:
    """Only what is not as good as usual is put in words."""
    if each.now is None or each.now == 1 or (each.usual is not None and each.now >= each.usual):
        return None
    return ("ILL: " if each.ill else "") + each.measure
