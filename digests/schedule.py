"""When things are due: a small loop around due rows in the store, driven by APScheduler.

The truth is `UNIQUE(kind, scheduled_for)` in the store, so two schedulers, a sleep or a crash can neither double a job
nor lose one: `due_now` computes what ought to exist at an instant, the store refuses what exists already, and a row is
worked on by whoever claims it. APScheduler only provides the ticks (its job stores run jobs twice when shared, and its
misfire grace of one second skips what was due during a stall).
"""

from __future__ import annotations

import logging
import time as time_module
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import KlipingError, LeasedError
from pipeline.store import Store
from pipeline.store.holders import new_holder
from pipeline.store.records import DueRow, DueState, Lease

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

LEASE = "scheduler"
LEASE_TTL = timedelta(seconds=60)
CRAWL, EDITION = "crawl:", "edition:"  # beginnings of kinds
EDITION_EXPIRES = timedelta(hours=18)  # a morning's digest that could not leave until midnight is no news
_CATCH_UP = timedelta(minutes=30)  # that an edition waits at most for the crawls that were due at the start
_EDITION_RETRY = timedelta(minutes=5)
_LOOK_SECONDS = 0.2
_TICK_SECONDS = 5.0  # a fraction of LEASE_TTL; so long may a leader that was killed go unnoticed on its machine


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
    crawls = tuple(Due(CRAWL + name, slot(plan, now, name)) for name in plan.outlets)
    return (Due(EDITION + plan.list, last_edition(plan.at, plan.zone, now)), *crawls)


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
    limit = EDITION_EXPIRES if row.kind.startswith(EDITION) else plan.every
    return now - row.scheduled_for >= limit


@dataclass(frozen=True, slots=True)
class Actions:
    """What is done, given by the composition root. Each returns one line to say, or raises `KlipingError`."""

    crawl: Callable[[str], str]
    edition: Callable[[datetime], str]
    mail: Callable[[], str | None]  # deferred and interrupted mail; None: nothing waited
    alarms: Callable[[], str | None] = lambda: None  # tell operators what broke or is well again; None: nothing did


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
        self._holder = new_holder()
        self._lease: Lease | None = None
        self._led_since: datetime | None = None
        self._standing_by = False
        self._troubles: dict[str, str] = {}  # job: its trouble, said once
        self._edition_again: datetime | None = None  # when an edition that failed is tried again
        self._under_way: set[int] = set()  # due rows that this process works on
        self._threads = threads
        self.stopping = False

    def run(self) -> None:
        """Block until `stop`, then until what is under way has ended. The lease is given back: another takes over."""
        self.guard(self.tick)
        scheduler = self._ticking()
        scheduler.start()
        try:
            while not self.stopping:  # no lock is waited for: `stop` is called by signal handlers
                time_module.sleep(_LOOK_SECONDS)
        finally:
            self.stopping = True
            scheduler.shutdown(wait=True)
            if self._lease:
                self._store.leases.release(self._lease)

    def stop(self) -> None:
        """Take up nothing more and end `run`; crawls under way look at `stopping`. May be called anywhere."""
        self.stopping = True

    def _ticking(self) -> BackgroundScheduler:
        """The jobs. Each kind has threads of its own: slow mail must not keep the lease from being renewed."""
        # here, not above: every command reads this file, and only `serve` has ticks
        from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415

        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns at every tick that finds its job at work
        pools = {"default": 1, "editions": 1, "mail": 1, "crawls": self._threads}
        scheduler = BackgroundScheduler(
            executors={name: ThreadPoolExecutor(threads) for name, threads in pools.items()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=self._plan.zone,
        )

        def every(seconds: float, executor: str, job: Callable[..., None], *args: object) -> None:
            scheduler.add_job(self.guard, "interval", seconds=seconds, args=(job, *args), executor=executor)

        every(_TICK_SECONDS, "default", self.tick)
        every(1, "editions", self.work, EDITION)
        every(60, "mail", self.send_waiting)
        every(60, "mail", self.tell_alarms)
        for _ in range(self._threads):
            every(2, "crawls", self.work, CRAWL)
        return scheduler

    def guard(self, job: Callable[..., None], *args: object) -> None:
        """Run a job; what goes wrong is said once, as long as it is the same, and the loop goes on."""
        name = job.__name__
        try:
            job(*args)
        except Exception as error:  # noqa: BLE001 (the edge of the loop: it must outlive a database that is away)
            line = _line(error)
            if line != self._troubles.get(name):
                self._say(line)
            self._troubles[name] = line
        else:
            self._troubles.pop(name, None)

    def tick(self) -> None:
        """Hold the lease and insert what is due; idle as long as another leads."""
        now = self._clock()
        try:
            lease = self._store.leases.claim(LEASE, self._holder, LEASE_TTL, now)
        except LeasedError as error:
            self._stand_by(str(error))
            return
        if self._lease is None or self._lease.fence != lease.fence:
            self._take_over(now)
        for due in due_now(self._plan, now):
            self._store.due.add(due.kind, due.scheduled_for)
        self._lease, self._standing_by = lease, False  # last: only now `work` may claim

    def _stand_by(self, why: str) -> None:
        if not self._standing_by:
            self._say(f"standing by: {why}")
        self._lease, self._standing_by = None, True

    def _take_over(self, now: datetime) -> None:
        """Rows that a former leader was working on are due again; leases and states keep them from doubling."""
        self._led_since = now
        for row in self._store.due.list(DueState.RUNNING, limit=None):
            if row.id not in self._under_way:
                self._store.due.finish(row.id, DueState.DUE, "its scheduler stopped", now=now)

    def work(self, prefix: str) -> None:
        """Claim one due row of that kind and do it; a failure is the row's, the loop goes on."""
        now = self._clock()
        if self._lease is None or self.stopping or (prefix == EDITION and self._holds_back(now)):
            return
        row = self._store.due.claim_next(now, prefix)
        if row is None:
            return
        if self._is_stale(row, now):
            self._store.due.finish(row.id, DueState.EXPIRED, "too late, or watched no more", now=now)
            return
        self._under_way.add(row.id)
        try:
            state, detail = self._do(row)
            self._store.due.finish(row.id, state, detail, now=self._clock())
        finally:
            self._under_way.discard(row.id)
        self._say(f"{row.kind} due {row.scheduled_for:%Y-%m-%d %H:%M}: {detail}")

    def _is_stale(self, row: DueRow, now: datetime) -> bool:
        kind, _, name = row.kind.partition(":")
        return is_expired(row, self._plan, now) or (kind == "crawl" and name not in self._plan.outlets)

    def _holds_back(self, now: datetime) -> bool:
        """An edition waits for the crawls that were due when this process began to lead: the night's, after a stop."""
        if self._edition_again and now < self._edition_again:
            return True
        if self._led_since is None or now - self._led_since >= _CATCH_UP:
            return False
        open_rows = [
            *self._store.due.list(DueState.DUE, limit=None),
            *self._store.due.list(DueState.RUNNING, limit=None),
        ]
        return any(row.kind.startswith(CRAWL) and row.scheduled_for <= self._led_since for row in open_rows)

    def send_waiting(self) -> None:
        """Try again what the mail server deferred. Raises `KlipingError` when somebody else sends, or it cannot."""
        if self._lease is None or self.stopping:
            return
        if line := self._actions.mail():
            self._say(line)

    def tell_alarms(self) -> None:
        """Mail operators what opened or closed since the last time."""
        if self._lease is None or self.stopping:
            return
        if line := self._actions.alarms():
            self._say(line)

    def _do(self, row: DueRow) -> tuple[DueState, str]:
        """A crawl that was stopped or an edition that failed is due again, the edition a little later."""
        kind, _, name = row.kind.partition(":")
        try:
            line = self._actions.crawl(name) if kind == "crawl" else self._actions.edition(row.scheduled_for)
        except Exception as error:  # noqa: BLE001 (the edge of the loop: the row records it)
            if kind != "edition":
                return DueState.FAILED, _line(error)
            self._edition_again = self._clock() + _EDITION_RETRY
            return DueState.DUE, f"{_line(error)}; is tried again in {_EDITION_RETRY.total_seconds() / 60:.0f} minutes"
        stopped = kind == "crawl" and self.stopping
        return (DueState.DUE if stopped else DueState.DONE), line


def _line(error: Exception) -> str:
    """What a person is told: our own errors say it themselves, anything else is a defect."""
    text = " ".join(str(error).split())
    return text if isinstance(error, KlipingError | OSError) else f"a defect: {type(error).__name__}: {text}"


def next_editions(plan: Plan, now: datetime, count: int) -> Iterable[datetime]:
    """The coming `count` hours of the edition."""
    first = last_edition(plan.at, plan.zone, now)
    return [datetime.combine(first.date() + timedelta(days=n), plan.at, plan.zone) for n in range(1, count + 1)]
