"""`kliping outlets coverage`: of which days everything is had, as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from digests.cli.dates import parse_window
from digests.cli.office import Office, office
from digests.cli.options import AsJson, Since, Until
from digests.cli.output import print_json_lines, print_text
from pipeline.errors import SettingsError
from pipeline.outlet import Outlet
from pipeline.spans import DaySpan, day_bounds
from pipeline.store.crawl_records import BackfillDay, BackfillState

_MONTHS = 3  # shown without --since: this month and those before it
_LONGEST = 3660  # days; ten years
_WEEK = 5  # days between two gaps of a row, and between two numbers above it
_NOT_ASKED = "not asked"
_MARKS = {"complete": "#", "partial": "+", "unknown": "?", _NOT_ASKED: "."}
_RANK = {"unknown": 0, "partial": 1, "complete": 2}
_LEGEND = "# complete   + partial   ? unknown: no listing reaches it   . not asked"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One outlet × day, from all its runs and back-fills."""

    outlet: str
    day: date
    state: str  # complete | partial | unknown | not asked
    reason: str | None
    counts: Mapping[str, int] = field(default_factory=dict)  # {disposition: URLs of that day}


def coverage(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Outlets; default: all that are watched.")
    ] = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Show as a calendar which days are complete, by daily crawls and back-fills.

    \b
    Examples:
      kliping outlets coverage antara
      kliping outlets coverage antara --since 2026-01-01 --json     (with reason and counts of each day)
    """
    here = office(context)
    outlets = [here.outlet(name) for name in names] if names else [here.enabled[name] for name in sorted(here.enabled)]
    for n, outlet in enumerate(outlets):
        days = calendar(here, outlet, _window(here, outlet, since, until))
        if as_json:
            print_json_lines(days)
        else:
            print_text("\n".join((*([""] if n else []), outlet.name, *rows(days))))
    if not as_json:
        print_text(f"\n{_LEGEND}")


def _window(here: Office, outlet: Outlet, since: str | None, until: str | None) -> list[date]:
    """The days to show, in the outlet's zone. Raises `SettingsError`."""
    zone = ZoneInfo(outlet.timezone)
    today = here.now.astimezone(zone).date()
    start, end = parse_window(since, until, now=here.now, zone=zone)
    last = (end - timedelta(microseconds=1)).astimezone(zone).date() if end else today
    last = min(last, today)
    first = start.astimezone(zone).date() if start else _months_before(last)
    if first > last:
        raise SettingsError(f"--since {since or first}: there is no day from then to {last}")
    if (last - first).days >= _LONGEST:
        raise SettingsError(f"--since {since}: more than ten years; ask for fewer")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _months_before(last: date) -> date:
    month = last.replace(day=1)
    for _ in range(_MONTHS - 1):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def calendar(here: Office, outlet: Outlet, days: Sequence[date]) -> list[CalendarDay]:
    """The state of each day: the better of what daily runs' readings prove and what back-fills settled."""
    from crawlers.backfill import Evidence
    from crawlers.desk import spans_of

    start = day_bounds(days[0], ZoneInfo(outlet.timezone))[0]
    store = here.store
    evidence = Evidence(
        tuple(store.readings.of_daily_runs(outlet.name, start)),
        tuple(store.backfills.urls_of(outlet.name)),
        tuple(store.backfills.named(outlet.name, start)),
    )
    filled: dict[date, list[BackfillDay]] = {}
    for _, day in store.backfills.settled(outlet.name, days[0], days[-1]):
        filled.setdefault(day.day, []).append(day)
    begun = _first_crawl(here, outlet)
    return [
        _day(outlet.name, span, filled.get(span.day, []), asked=begun is not None and span.day >= begun)
        for span in spans_of(evidence, outlet, days)
    ]


def _day(outlet: str, span: DaySpan, filled: Sequence[BackfillDay], *, asked: bool) -> CalendarDay:
    """`asked`: the outlet was crawled daily by then."""
    found = [(span.state.value, span.reason)]
    found += [(day.state.value, day.reason or "") for day in filled if day.state is not BackfillState.PLANNED]
    state, reason = max(reversed(found), key=lambda one: _RANK[one[0]])
    if state == BackfillState.UNKNOWN and not (filled or asked):
        return CalendarDay(outlet, span.day, _NOT_ASKED, None, span.counts)
    return CalendarDay(outlet, span.day, state, reason, span.counts)


def _first_crawl(here: Office, outlet: Outlet) -> date | None:
    """The day of the outlet's first daily crawl: from then on every day is asked for."""
    begun = here.store.backfills.first_daily_run(outlet.name)
    return begun.astimezone(ZoneInfo(outlet.timezone)).date() if begun else None


def rows(days: Sequence[CalendarDay]) -> Iterator[str]:
    """A line of numbers, then a line of marks for each month."""
    label = " " * len("2026-11  ")
    yield (label + _spaced([str(day) if day == 1 or day % _WEEK == 0 else "" for day in range(1, 32)])).rstrip()
    for month, of_month in groupby(days, key=lambda one: f"{one.day:%Y-%m}"):
        marks = {one.day.day: _MARKS[one.state] for one in of_month}
        yield f"{month}  {_spaced([marks.get(day, '') for day in range(1, 32)])}".rstrip()


def _spaced(cells: Sequence[str]) -> str:
    """One column a day, two spaces wide so that numbers stand above their day."""
    return "".join(cell.ljust(2) for cell in cells)
