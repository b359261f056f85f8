"""When things are due: a small loop around due rows in the store, driven by APScheduler.

The truth is `UNIQUE(kind, scheduled_for)` in the store, so two schedulers, a sleep or a crash can neither double a job
nor lose one: `due_now` computes what ought to exist at an instant, the store refuses what exists already, and a row is
worked on by whoever claims it. APScheduler only provides the ticks (its job stores run jobs twice when shared, and its
misfire grace of one second skips what was due during a stall).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from pipeline.errors import KlipingError, LeasedError
from pipeline.store import Store
from pipeline.store.records import DueRow, DueState, Lease

LEASE = "scheduler"
LEASE_TTL = timedelta(seconds=60)
EDITION_EXPIRES = timedelta(hours=18)  # a morning's digest that could not leave until midnight is no news


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scheduled."""

    outlets: tuple[str, ...]
    every: timedelta  # between two crawls of an outlet
    list: str
    at: time  # of the edition, in `zone`
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    kind: str  # crawl:OUTLET or edition:LIST
    scheduled_for: datetime


def due_now(plan: Plan, now: datetime) -> tuple[Due, ...]:
    """Every row that ought to exist at `now`: the current slot of each outlet, and the last edition's hour.

    Slots are counted from the epoch, so any process computes the same ones.
    """
    crawls = tuple(Due(f"crawl:{name}", slot(plan, now, name)) for name in plan.outlets)
    return (Due(f"edition:{plan.list}", last_edition(plan.at, plan.zone, now)), *crawls)


def slot(plan: Plan, now: datetime, outlet: str) -> datetime:
    """The beginning of the outlet's current slot; outlets are spread evenly over the interval, by their order."""
    offset = plan.every * plan.outlets.index(outlet) / len(plan.outlets)
    epoch = datetime(1970, 1, 1, tzinfo=now.tzinfo) + timedelta(seconds=int(offset.total_seconds()))
    return epoch + (now - epoch) // plan.every * plan.every


def last_edition(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The last instant at which an edition was due. A day has one, whatever the zone's clocks do."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), at, zone)
    return today if today <= local else datetime.combine(local.date() - timedelta(days=1), at, zone)


def is_expired(row: DueRow, plan: Plan, now: datetime) -> bool:
    """Too late to be worth doing: a newer slot stands for it, or the morning is over."""
    limit = EDITION_EXPIRES if row.kind.startswith("edition:") else plan.every
    return now - row.scheduled_for >= limit


@dataclass(frozen=True, slots=True)
class Actions:
    """What is done, given by the composition root. Each returns one line to say, or raises `KlipingError`."""

    crawl: Callable[[str], str]
    edition: Callable[[datetime], str]
    mail: Callable[[], str | None]  # deferred and interrupted mail; None: nothing waited


class Scheduler:
    """Leads when nobody else does: inserts due rows and works on them, edition first, until stopped."""

    def __init__(
        self,
        store: Store,
        plan: Plan,
        actions: Actions,
        *,
        clock: Callable[[], datetime],
        say: Callable[[str], None],
        threads: int,
    ) -> None:
        self._store, self._plan, self._actions, self._clock, self._say = store, plan, actions, clock, say
        self._holder = f"{socket.gethostname()}:{os.getpid()}"
        self._lease: Lease | None = None
        self._told = False
        self._threads = threads
        self._scheduler = BlockingScheduler(
            executors={"default": ThreadPoolExecutor(2), "crawls": ThreadPoolExecutor(threads)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=plan.zone,
        )

    def run(self) -> None:
        """Block until `stop`. The lease is given back, so that another takes over at once."""
        self.tick()
        self._scheduler.add_job(self.tick, "interval", seconds=LEASE_TTL.total_seconds() / 3)
        self._scheduler.add_job(self.work, "interval", seconds=1, args=("edition:",))
        self._scheduler.add_job(self.send_waiting, "interval", seconds=60)
        for n in range(self._threads):
            self._scheduler.add_job(
                self.work, "interval", seconds=2, args=("crawl:",), id=f"crawl {n}", executor="crawls"
            )
        try:
            self._scheduler.start()
        finally:
            if self._lease:
                self._store.leases.release(self._lease)

    def stop(self) -> None:
        """End `run` once the jobs under way are done."""
        self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """Hold the lease and insert what is due; idle as long as another leads."""
        now = self._clock()
        former = self._lease
        try:
            self._lease = self._store.leases.claim(LEASE, self._holder, LEASE_TTL, now)
        except LeasedError as error:
            self._stand_by(str(error))
            return
        if former is None or former.fence != self._lease.fence:
            self._take_over(now)
        for due in due_now(self._plan, now):
            self._store.due.add(due.kind, due.scheduled_for)

    def _stand_by(self, why: str) -> None:
        if self._lease is not None or not self._told:
            self._say(f"standing by: {why}")
        self._lease, self._told = None, True

    def _take_over(self, now: datetime) -> None:
        """Rows that a former leader was working on are due again; leases and states keep them from doubling."""
        for row in self._store.due.list(DueState.RUNNING, limit=None):
            self._store.due.finish(row.id, DueState.DUE, "its scheduler stopped", now=now)

    def work(self, prefix: str) -> None:
        """Claim one due row of that kind and do it; a failure is the row's, the loop goes on."""
        if self._lease is None:
            return
        now = self._clock()
        row = self._store.due.claim_next(now, prefix)
        if row is None:
            return
        if is_expired(row, self._plan, now):
            self._store.due.finish(row.id, DueState.EXPIRED, "too late", now=now)
            return
        state, detail = self._do(row)
        self._store.due.finish(row.id, state, detail, now=self._clock())
        self._say(f"{row.kind} due {row.scheduled_for:%Y-%m-%d %H:%M}: {detail}")

    def send_waiting(self) -> None:
        """Try again what the mail server deferred; who else sends, or what is wrong, is said and the loop goes on."""
        if self._lease is None:
            return
        try:
            line = self._actions.mail()
        except (KlipingError, OSError) as error:
            line = str(error)
        if line:
            self._say(line)

    def _do(self, row: DueRow) -> tuple[DueState, str]:
        kind, _, name = row.kind.partition(":")
        try:
            line = self._actions.crawl(name) if kind == "crawl" else self._actions.edition(row.scheduled_for)
        except (KlipingError, OSError) as error:
            return DueState.FAILED, str(error)
        return DueState.DONE, line


def next_editions(plan: Plan, now: datetime, count: int) -> Iterable[datetime]:
    """The coming `count` hours of the edition."""
    first = last_edition(plan.at, plan.zone, now)
    return [datetime.combine(first.date() + timedelta(days=n), plan.at, plan.zone) for n in range(1, count + 1)]
