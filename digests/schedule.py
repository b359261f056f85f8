"""What is due when: pure. `digests.scheduler` enters it into the store and works on it.

The truth is `UNIQUE(kind, scheduled_for)` in the store, so two schedulers, a sleep or a crash can neither double a job
nor lose one: `due_now` computes what ought to exist at an instant, and the store refuses what exists already. Every
moment of an edition has a row of its own, so that a late nightly pass keeps no freeze, and slow mail no crawl.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from digests.facts import WEEKLY
from digests.hours import Clock, Hours, days_before, exists, hours
from pipeline.store.records import DueRow

CRAWL, NIGHT, DRAFT, FREEZE = "crawl", "night", "draft", "freeze"  # beginnings of kinds: crawl:antara, freeze:daily
SEND, HEARTBEAT, HEALTH = "send", "heartbeat", "health"
OPERATORS = "operators"  # the list whose subscribers get the health mail
MONDAY = 0
HEALTH_AFTER = timedelta(minutes=15)  # after the edition's hour: by then its mail has left, or something is wrong
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKLY_TOO = (FREEZE, SEND)  # what a weekly roll-up has of its own


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scheduled."""

    outlets: tuple[str, ...]
    every: timedelta  # between two crawls of an outlet
    list: str
    clock: Clock

    @property
    def zone(self) -> ZoneInfo:
        return self.clock.zone


@dataclass(frozen=True, slots=True)
class Due:
    kind: str  # crawl:OUTLET, freeze:LIST …
    scheduled_for: datetime
    period: date  # the day of the edition it is about; of a crawl, its own


def due_now(plan: Plan, now: datetime) -> tuple[Due, ...]:
    """Every row that ought to exist at `now`: the current slot of each outlet, and what last struck of each kind."""
    crawls = (_crawl(plan, slot(plan, now, name), name) for name in plan.outlets)
    last = (due for moments in _recent(plan, now).values() for due in moments[-1:])
    return (*last, *crawls)


def _crawl(plan: Plan, at: datetime, outlet: str) -> Due:
    return Due(f"{CRAWL}:{outlet}", at, at.astimezone(plan.zone).date())


def slot(plan: Plan, now: datetime, outlet: str) -> datetime:
    """The beginning of the outlet's current slot; outlets are spread evenly over the interval, by their order.

    Slots are counted from the epoch, so any process computes the same ones.
    """
    offset = plan.every * plan.outlets.index(outlet) / len(plan.outlets)
    epoch = _EPOCH + timedelta(seconds=int(offset.total_seconds()))
    return epoch + (now - epoch) // plan.every * plan.every


def _recent(plan: Plan, now: datetime) -> Mapping[str, list[Due]]:
    """What has struck in the last days, by kind, oldest first. A weekly roll-up stands with its list, on Mondays."""
    found: dict[str, list[Due]] = {}
    for day in reversed(days_before(plan.zone, now)):
        for due in _of_day(plan, day):
            if due.scheduled_for <= now:
                found.setdefault(due.kind, []).append(due)
    weekly = tuple(f"{kind}:{plan.list}{WEEKLY}" for kind in _WEEKLY_TOO)
    last = {kind: moments[-1].period for kind, moments in found.items()}
    return {
        kind: moments
        for kind, moments in found.items()
        if kind not in weekly or last[kind] == last.get(kind.removesuffix(WEEKLY))
    }


def _of_day(plan: Plan, day: date) -> Iterator[Due]:
    """The rows of one day's edition, in the order of their instants on an ordinary day."""
    one = hours(plan.clock, day)
    for kind, at in moments(one).items():
        name = OPERATORS if kind == HEALTH else plan.list
        yield Due(f"{kind}:{name}", at, day)
        if day.weekday() == MONDAY and kind in _WEEKLY_TOO:
            yield Due(f"{kind}:{name}{WEEKLY}", at, day)


def moments(one: Hours) -> Mapping[str, datetime]:
    """When each kind of row of that day is due."""
    draft = {DRAFT: one.draft} if one.draft else {}
    return {
        **draft,
        NIGHT: one.night,
        FREEZE: one.freeze,
        SEND: one.send,
        HEARTBEAT: one.send,
        HEALTH: one.send + HEALTH_AFTER,
    }


def period_of(plan: Plan, row: DueRow) -> date:
    """The day of the edition that a row is about. The settings may have changed since it was entered."""
    kind, _, _ = row.kind.partition(":")
    for day in days_before(plan.zone, row.scheduled_for):
        if moments(hours(plan.clock, day)).get(kind) == row.scheduled_for:
            return day
    return row.scheduled_for.astimezone(plan.zone).date()


def is_expired(row: DueRow, plan: Plan, now: datetime) -> bool:
    """Too late to be worth doing: a newer one stands for it, or the morning is over."""
    kind, _, _ = row.kind.partition(":")
    one = hours(plan.clock, period_of(plan, row))
    if kind == CRAWL:
        return now - row.scheduled_for >= plan.every
    if kind == DRAFT:
        return now >= one.freeze
    if kind == HEARTBEAT:
        return any(due.kind == row.kind and due.scheduled_for > row.scheduled_for for due in due_now(plan, now))
    return now >= one.expires


def is_wanted(row: DueRow, plan: Plan) -> bool:
    """Whether its outlet is still watched, its list still the one that is made."""
    kind, _, name = row.kind.partition(":")
    if kind == CRAWL:
        return name in plan.outlets
    return name in {OPERATORS, plan.list, plan.list + WEEKLY}


def last_edition(clock: Clock, now: datetime) -> Hours:
    """The edition whose hour struck last. A day has one, whatever the zone's clocks do."""
    candidates = (hours(clock, day) for day in days_before(clock.zone, now))
    return next(one for one in candidates if one.send <= now)


def next_editions(clock: Clock, now: datetime, count: int) -> list[Hours]:
    """The coming `count` editions."""
    last = last_edition(clock, now).period
    days = (last + timedelta(days=n) for n in range(1, 2 * count + 4))  # a zone may leave a day out
    return [hours(clock, day) for day in days if exists(day, clock.zone)][:count]


def coming(plan: Plan, now: datetime, until: datetime) -> Iterable[Due]:
    """What will be due after `now` and up to `until`, in order; of each outlet's crawls only the next one."""
    crawls = [_crawl(plan, slot(plan, now, name) + plan.every, name) for name in plan.outlets]
    found = [*crawls, *_between(plan, now, until)]
    return sorted((due for due in found if now < due.scheduled_for <= until), key=lambda due: due.scheduled_for)


def past(plan: Plan, since: datetime, now: datetime) -> Iterable[Due]:
    """The moments of editions that struck from `since` to `now`, in order."""
    return sorted(_between(plan, since, now), key=lambda due: due.scheduled_for)


def _between(plan: Plan, since: datetime, until: datetime) -> Iterator[Due]:
    day, last = (at.astimezone(plan.zone).date() for at in (since, until))
    while day <= last + timedelta(days=1):
        if exists(day, plan.zone):
            yield from (due for due in _of_day(plan, day) if since < due.scheduled_for <= until)
        day += timedelta(days=1)
