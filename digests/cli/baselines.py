"""One outlet's health in detail: its alarms, and every measure of its last run beside what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digests.cli.office import Office
from digests.cli.output import print_json, print_text
from pipeline.health import LISTINGS, LOOK_BACK, SEARCHES, Compared, compare, what_to_do
from pipeline.model import Run
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import AlarmRecord
from pipeline.vitals import Past, Vitals, from_json

_MOST_RUNS = 400
_WHAT, _GOOD = 36, 22  # columns
_BORROWED = "on the page itself"  # nearly the same as "there": told only where it is ill
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
    alarms = store.alarms.list(outlet.name, limit=50)
    return Health(
        outlet=outlet.name,
        run=run,
        vitals=vitals,
        runs=max(len(measured) - 1, 0),
        alarms=tuple(store.alarms.open(outlet.name)),
        past_alarms=tuple(alarm for alarm in alarms if alarm.closed_at)[:_CLOSED],
        measures=_measures(outlet, measured),
    )


def _measures(outlet: Outlet, measured: Sequence[tuple[Run, Vitals]]) -> tuple[Compared, ...]:
    """Listings by the last run, articles by the last one that read any: most runs find nothing new."""
    runs = [Past(run.started_at, vitals) for run, vitals in measured]
    if not runs:
        return ()
    last = next((n for n, past in enumerate(runs) if past.vitals.tried), 0)
    articles = compare(outlet, runs[last].started_at, runs[last].vitals, runs[last + 1 :])
    listings = compare(outlet, runs[0].started_at, runs[0].vitals, runs[1:])
    return (*(row for row in articles if not _of_listing(row)), *(row for row in listings if _of_listing(row)))


def _of_listing(row: Compared) -> bool:
    return row.subject in (LISTINGS, SEARCHES) or "://" in row.subject


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
    print_text(f"{outlet.title}: {state}; run of {started} beside {health.runs} earlier ones, in 100")
    print_text(f"{'what':<{_WHAT}}  {'good ones':<{_GOOD}}  usual  now")
    for each in health.measures:
        if each.now is None or (each.good == _BORROWED and not each.ill):
            continue
        what, good = _cut(_short(each.subject), _WHAT), _cut(each.good, _GOOD)
        print_text(f"{what:<{_WHAT}}  {good:<{_GOOD}}  {_percent(each.usual):>5}  {_percent(each.now):>3}")
        if words := _words(each):
            print_text(f"    {words}")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _short(subject: str) -> str:
    """A listing by its path: all are of one outlet."""
    return subject.partition("://")[2].partition("/")[2] or subject


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _words(each: Compared) -> str | None:
    """Only what is not as good as usual is put in words."""
    if each.now is None or each.now == 1 or (each.usual is not None and each.now >= each.usual):
        return None
    return ("ILL: " if each.ill else "") + each.detail
