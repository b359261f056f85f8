"""`kliping crawl OUTLET… --since`: past days, planned, shown, filled and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from digests.cli.cycle import Crawled
from digests.cli.dates import parse_window
from digests.cli.office import Office
from digests.cli.output import print_text, remark
from digests.cli.tables import print_table
from pipeline.errors import LeasedError, SettingsError
from pipeline.outlet import Outlet
from pipeline.receipts import Receipt
from pipeline.store.crawl_records import BackfillDay, BackfillState

if TYPE_CHECKING:
    from crawlers.desk import Desk
    from crawlers.launch import CrawlRequest
    from crawlers.plans import Plan

_LOOK_SECONDS = 3.0  # between two looks at how many days are filled
_SHARE = 20  # a look may take at most this part of the time
_MANY_ROWS = 62  # days; of more, those that are alike and follow each other share a row
_DISPOSITIONS = ("kept", "rejected", "duplicate", "out_of_window", "failed", "pending")


@dataclass(frozen=True, slots=True)
class Job:
    """One outlet's part."""

    outlet: Outlet
    plan: Plan


def plans(here: Office, outlets: Sequence[Outlet], since: str, until: str | None) -> list[Job]:
    """What it would cost. Raises `SettingsError` for a window of no days, or of too many."""
    from crawlers.plans import plan

    jobs = []
    for outlet in outlets:
        first, last = days_meant(outlet, since, until, here.now)
        cost = plan(here.settings, here.store, outlet, here.watches, since=first, until=last, now=here.now)
        jobs.append(Job(outlet, cost))
    return jobs


def days_meant(outlet: Outlet, since: str, until: str | None, now: datetime) -> tuple[date, date]:
    """The first and the last day as a person wrote them, in the outlet's zone; an instant means its whole day.

    Days to come are left out. Raises `SettingsError`.
    """
    from crawlers.backfill import LONGEST

    zone = ZoneInfo(outlet.timezone)
    start, end = parse_window(since, until, now=now, zone=zone)
    today = now.astimezone(zone).date()
    first = start.astimezone(zone).date() if start else today
    last = min((end - timedelta(microseconds=1)).astimezone(zone).date() if end else today, today)
    if first > last:
        raise SettingsError(f"--since {since}: is still to come; a back-fill takes days up to {today}")
    if (last - first).days >= LONGEST:
        raise SettingsError(
            f"--since {since}: that is {(last - first).days + 1} days; ask for {LONGEST} at most at a time"
        )
    return first, last


def show_plans(jobs: Sequence[Job]) -> None:
    """As a table, for `--plan`."""
    columns = ("outlet", "since", "until", "days", "listings", "articles", "requests", "time", "bytes", "note")
    print_table(columns, [_plan_row(job.plan) for job in jobs])


def _plan_row(plan: Plan) -> tuple[object, ...]:
    listings = plan.listings + (plan.listings_followed or 0)
    return (
        plan.outlet,
        plan.since,
        plan.until,
        plan.days,
        f"at least {listings}" if plan.listings_followed is None else listings,
        _about(plan.articles),
        _about(plan.requests),
        told_span(plan.seconds),
        told_size(plan.bytes),
        plan.note,
    )


def _about(number: int | None) -> object:
    return "unknown" if number is None else number


def told_span(seconds: float | None) -> str:
    """A stretch of time in words a person plans with."""
    if seconds is None:
        return "unknown"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"


def told_size(size: int | None) -> str:
    """Bytes as a person reads them."""
    if size is None:
        return "unknown"
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.0f} kB"


def announce(jobs: Sequence[Job]) -> None:
    """The cost, on standard error, before the first request."""
    for job in jobs:
        plan = job.plan
        listings = plan.listings + (plan.listings_followed or 0)
        articles = "an unknown number of articles" if plan.articles is None else f"about {plan.articles} articles"
        at_least = "at least " if plan.requests is None else ""
        remark(
            f"{plan.outlet}: {plan.since} to {plan.until}, {plan.days} days; {plan.note}: {at_least}{listings} listings"
            f" and {articles}, {told_span(plan.seconds)} at {plan.delay:g} s a request, {told_size(plan.bytes)}"
        )


def requests(here: Office, jobs: Sequence[Job], *, limit: int | None, wait: float) -> list[CrawlRequest]:
    """Plan them into the store, or take them up; the crawls that fill them."""
    from crawlers.backfill import window_of
    from crawlers.launch import CrawlRequest
    from crawlers.plans import take_up

    made = []
    for job in jobs:
        begun = take_up(here.settings, here.store, job.outlet, here.watches, job.plan, actor=here.actor, now=here.now)
        since, until = window_of(job.outlet, begun.since, begun.until)
        made.append(
            CrawlRequest(outlet=job.outlet.name, since=since, until=until, limit=limit, wait=wait, backfill_id=begun.id)
        )
    return made


class DayCount:
    """How many days are complete while the crawls run; looks at the store only now and then."""

    def __init__(self, here: Office, requests: Sequence[CrawlRequest]) -> None:
        self._desks = [desk(here, request) for request in requests]
        self.total = sum(len(one.backfill.days) for one in self._desks)
        self._done = 0
        self._next = 0.0

    def __call__(self) -> tuple[int, int]:
        """(complete, all)."""
        begun = monotonic()
        if begun >= self._next:
            self._next = begun + _LOOK_SECONDS  # for the other threads, meanwhile
            spans = (span for one in self._desks for span in one.spans())
            self._done = sum(1 for span in spans if span.state is BackfillState.COMPLETE)
            self._next = monotonic() + max(_LOOK_SECONDS, _SHARE * (monotonic() - begun))
        return self._done, self.total


def desk(here: Office, request: CrawlRequest) -> Desk:
    """The back-fill a request works on."""
    from crawlers.desk import Desk

    if request.outlet is None or request.backfill_id is None:
        raise RuntimeError("the request works on no back-fill")
    return Desk(here.settings, here.store, here.outlet(request.outlet), here.watches, request.backfill_id)


def receipts(here: Office, crawled: Sequence[Crawled]) -> list[Receipt]:
    """The receipts as they stand; settled here too, for a crawl that was killed did not do so itself."""
    return [desk(here, each.request).settle(datetime.now(here.now.tzinfo)) for each in crawled]


def show_receipts(here: Office, made: Sequence[Receipt]) -> None:
    """Each outlet and day, then what to do about the rest."""
    for receipt in made:
        names = [name for name in _DISPOSITIONS if any(day.counts.get(name) for day in receipt.days)]
        shown = [_day_row(day, day.day, names) for day in receipt.days]
        if len(shown) > _MANY_ROWS:
            shown = _joined(receipt, names)
        columns = ("day", "is", *(name.replace("_", " ") for name in names), "why")
        print_table(columns, shown, title=receipt.backfill.outlet, last_below=True)
        print_text(_conclusion(here, receipt))


def _joined(receipt: Receipt, names: Sequence[str]) -> list[tuple[object, ...]]:
    """Days that are alike and follow each other in one row, their URLs added up."""
    rows = []
    for _, alike in groupby(receipt.days, key=lambda day: (day.state, day.reason)):
        days = list(alike)
        counts = {name: sum(day.counts.get(name, 0) for day in days) for name in _DISPOSITIONS}
        whole = replace(days[0], counts=counts)
        when = days[0].day if len(days) == 1 else f"{days[0].day} to {days[-1].day}"
        rows.append(_day_row(whole, when, names))
    return rows


def _day_row(day: BackfillDay, when: object, names: Sequence[str]) -> tuple[object, ...]:
    """`names`: the dispositions that any day has."""
    return (when, day.state.value, *(day.counts.get(name, 0) for name in names), day.reason)


def _conclusion(here: Office, receipt: Receipt) -> str:
    backfill = receipt.backfill
    states = ", ".join(f"{count} {state.value}" for state, count in receipt.states.items())
    file = here.settings.home / "receipts" / f"backfill-{backfill.id}.json"
    line = f"{backfill.outlet}: {states}; receipt: {file}"
    if backfill.ended_at is None:
        left = f"{_counted(len(receipt.listings_left), 'listing')} and {_counted(receipt.urls_left, 'article')}"
        line += f"; left: {left}; the same command goes on, --abandon gives it up"
    return line


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def document(receipt: Receipt) -> dict[str, Any]:
    """The receipt for `--json`, as its file has it."""
    from pipeline.receipts import sealed

    return sealed(receipt)


def abandon(here: Office, outlets: Sequence[Outlet], since: str | None, until: str | None) -> list[dict[str, object]]:
    """Give up the open back-fills of these outlets, of one window where one is given. What was given up.

    Raises `LeasedError` while one of them is crawled.
    """
    given_up: list[dict[str, object]] = []
    for outlet in outlets:
        if here.store.leases.held(f"outlet:{outlet.name}", here.now):
            raise LeasedError(f"{outlet.name}: is being crawled now; stop that crawl, then give the back-fill up")
        window = days_meant(outlet, since, until, here.now) if since else None
        for one in here.store.backfills.open(outlet.name):
            if window is None or (one.since, one.until) == window:
                urls = here.store.backfills.abandon(one.id, actor=here.actor, now=here.now)
                given_up.append(
                    {"outlet": outlet.name, "backfill": one.id, "since": one.since, "until": one.until, "urls": urls}
                )
    return given_up


def show_abandoned(given_up: Sequence[dict[str, object]]) -> None:
    if not given_up:
        print_text("no back-fill is open; `kliping outlets coverage` shows what was asked for")
    for one in given_up:
        print_text(
            f"{one['outlet']}: back-fill {one['backfill']} ({one['since']} to {one['until']}) is given up;"
            f" {one['urls']} pending URLs are out of the window again"
        )
