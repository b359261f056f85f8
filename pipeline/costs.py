"""What the present settings ask of each outlet a day: requests, bytes, and whether they fit between two runs. Pure.

A run asks for every listing once, however often it runs; articles come as they are published, however often it runs,
and are asked for again a few times. So the one is counted by run, the other by day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

DAYS = 14  # of runs that are looked back upon
_MINUTES = 24 * 60
_SHORTEST = timedelta(days=1)  # articles of fewer hours say little about a day
_NEW = {"all": 60, "matching": 3}  # articles a day of an outlet never crawled, by `fetch`: a guess, and told as one
_PAGE, _LISTING = 90_000, 60_000  # bytes, likewise


@dataclass(frozen=True, slots=True)
class DailyRun:
    """What one daily run of an outlet asked for."""

    outlet: str
    started_at: datetime
    listings: int  # requests, 304s and failed ones too
    articles: int  # answered requests, revisits too
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the outlet file says."""

    outlet: str
    hosts: tuple[str, ...]  # the first one is the chief one
    listings: int  # requests of one run
    delay: float  # seconds between two requests to one host
    fetch: str  # all | matching


@dataclass(frozen=True, slots=True)
class OutletCost:
    """A day of one outlet."""

    outlet: str
    host: str
    measured: bool  # by its own runs; else guessed from its file
    listings_a_run: float
    articles_a_day: float
    requests_a_day: int
    bytes_a_day: int
    seconds_a_run: float  # that the delay makes of one run's requests


@dataclass(frozen=True, slots=True)
class Cost:
    """A day of all watched outlets, the busiest first; `late`: hosts whose runs take longer than the interval."""

    every_minutes: int
    outlets: tuple[OutletCost, ...]
    late: Mapping[str, float]  # host: seconds of requests in one interval

    @property
    def requests_a_day(self) -> int:
        return sum(one.requests_a_day for one in self.outlets)

    @property
    def bytes_a_day(self) -> int:
        return sum(one.bytes_a_day for one in self.outlets)


def cost(plans: Iterable[Plan], runs: Iterable[DailyRun], every_minutes: int, now: datetime) -> Cost:
    """`runs`: of the last `DAYS`, of any outlet, in any order."""
    by_outlet: defaultdict[str, list[DailyRun]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: run.started_at):
        by_outlet[run.outlet].append(run)
    found = [_outlet(plan, by_outlet[plan.outlet], every_minutes, now) for plan in plans]
    busy: defaultdict[str, float] = defaultdict(float)
    for one in found:
        busy[one.host] += one.seconds_a_run
    late = {host: seconds for host, seconds in sorted(busy.items()) if seconds > every_minutes * 60}
    return Cost(every_minutes, tuple(sorted(found, key=lambda one: (-one.requests_a_day, one.outlet))), late)


def _outlet(plan: Plan, runs: Sequence[DailyRun], every_minutes: int, now: datetime) -> OutletCost:
    runs_a_day = _MINUTES / every_minutes
    listings, articles, size = _measured(runs, runs_a_day, now) if runs else _guessed(plan, runs_a_day)
    return OutletCost(
        outlet=plan.outlet,
        host=plan.hosts[0],
        measured=bool(runs),
        listings_a_run=listings,
        articles_a_day=round(articles, 1),
        requests_a_day=round(listings * runs_a_day + articles),
        bytes_a_day=round(size),
        seconds_a_run=round(plan.delay * (listings + articles / runs_a_day), 1),
    )


def _measured(runs: Sequence[DailyRun], runs_a_day: float, now: datetime) -> tuple[float, float, float]:
    """(listings a run, articles a day, bytes a day). A first run has a backlog: it counts where there is no other."""
    usual = runs[1:] or runs
    days = max(now - runs[0].started_at, _SHORTEST) / timedelta(days=1)
    listings = median(run.listings for run in usual)
    articles = sum(run.articles for run in usual) / days
    # Of a run with no article all bytes are listings'; what is left of the others is articles'.
    bare = [run.bytes for run in usual if not run.articles]
    of_listings = median(bare) if bare else min(run.bytes for run in usual)
    of_articles = sum(max(run.bytes - of_listings, 0) for run in usual) / days
    return listings, articles, of_listings * runs_a_day + of_articles


def _guessed(plan: Plan, runs_a_day: float) -> tuple[float, float, float]:
    articles = _NEW.get(plan.fetch, _NEW["all"])
    return plan.listings, articles, plan.listings * runs_a_day * _LISTING + articles * _PAGE


def told(found: Cost) -> str:
    """One line, the three busiest outlets named."""
    guessed = sum(not one.measured for one in found.outlets)
    busiest = ", ".join(f"{one.outlet} {one.requests_a_day:,}" for one in found.outlets[:3])
    notes = f" ({guessed} of them guessed: never crawled)" if guessed else ""
    line = (
        f"about {found.requests_a_day:,} requests and {found.bytes_a_day / 1e6:,.0f} MB a day over "
        f"{len(found.outlets)} outlets{notes}, every {found.every_minutes} minutes; busiest: {busiest}"
    )
    if not found.late:
        return line
    hosts = ", ".join(f"{host} {seconds / 60:.0f} min" for host, seconds in found.late.items())
    return f"{line}; more than fits between two runs: {hosts}: raise crawl.every_minutes or read fewer listings"
