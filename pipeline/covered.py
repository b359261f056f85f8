"""On which days an outlet was not read: what a question about the past cannot answer. Pure.

A day counts as read when a crawl that began on it went through, wholly or but for a part; or when a back-fill that went
through was asked for a window that holds the day. All else is a gap: "not checked", never "nothing was there".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import RunState

_DAY = timedelta(days=1)
_WENT_THROUGH = (RunState.FINISHED, RunState.PARTIAL)
NEVER = "never_ran"  # no crawl of it on that day
RUNNING = "running"
_UNSAID = "failed"  # a run that failed and says not how


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawl or back-fill of an outlet, as far as coverage asks."""

    outlet: str
    kind: str  # crawl | backfill
    state: RunState
    started_at: datetime
    since: datetime | None  # the window that was asked for
    until: datetime | None
    failure: str | None  # a `FailureClass`


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which an outlet was not read; `first` and `last` are of it."""

    outlet: str
    first: date
    last: date
    why: str  # a `FailureClass`, `never_ran`, `running` or `failed`: of the last try

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def gaps(
    outlets: Collection[str], crawled: Iterable[Crawled], first: date, last: date, zone: ZoneInfo
) -> tuple[Gap, ...]:
    """The gaps of these outlets from `first` to `last`, both included, by outlet and day; days are those of `zone`."""
    tried: dict[str, list[Crawled]] = {outlet: [] for outlet in outlets}
    for one in crawled:
        if one.outlet in tried:
            tried[one.outlet].append(one)
    return tuple(gap for outlet in sorted(tried) for gap in _of_outlet(outlet, tried[outlet], first, last, zone))


def _of_outlet(outlet: str, crawled: list[Crawled], first: date, last: date, zone: ZoneInfo) -> Iterator[Gap]:
    """Neighbouring days of one reason are one gap."""
    reasons = _reasons(crawled, zone)
    filled = [_window(one, zone, last) for one in crawled if one.kind == "backfill" and one.state in _WENT_THROUGH]
    begun: date | None = None
    why: str | None = None
    day = first
    while day <= last:
        told = None if any(since <= day <= until for since, until in filled) else reasons.get(day, NEVER)
        if told != why:
            if begun is not None and why is not None:
                yield Gap(outlet, begun, day - _DAY, why)
            begun, why = day, told
        day += _DAY
    if begun is not None and why is not None:
        yield Gap(outlet, begun, last, why)


def _reasons(crawled: Iterable[Crawled], zone: ZoneInfo) -> dict[date, str | None]:
    """Of each day on which a crawl began: None where one went through, else why the last did not."""
    days: defaultdict[date, list[Crawled]] = defaultdict(list)
    for one in sorted(crawled, key=lambda one: one.started_at):
        if one.kind == "crawl":
            days[one.started_at.astimezone(zone).date()].append(one)
    return {
        day: None if any(one.state in _WENT_THROUGH for one in runs) else _why(runs[-1]) for day, runs in days.items()
    }


def _why(one: Crawled) -> str:
    if one.state is RunState.RUNNING:
        return RUNNING
    return one.failure or _UNSAID


def _window(one: Crawled, zone: ZoneInfo, last: date) -> tuple[date, date]:
    """The days of a back-fill's window, which is asked for in whole days; without an end it reaches to its own day."""
    since = one.since.astimezone(zone).date() if one.since else date.min
    if one.until is None:
        return since, min(one.started_at.astimezone(zone).date(), last)
    until = one.until.astimezone(zone)
    return since, until.date() - _DAY if until.timetz().replace(tzinfo=None) == time() else until.date()
