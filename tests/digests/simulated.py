"""Schedulers over a real store, with clocks that the test moves and actions that only note what they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from digests import schedule
from digests.hours import Clock
from digests.leader import Leader
from digests.schedule import Plan
from digests.scheduler import Scheduler
from digests.tasks import Actions, Chore, Outcome, Task
from pipeline.errors import KlipingError
from pipeline.store import Store

JAKARTA = ZoneInfo("Asia/Jakarta")
PLAN = Plan(("antara", "inews"), timedelta(hours=1), "daily", Clock(JAKARTA, time(6, 25), time(6, 30), time(6, 0)))
KINDS = (
    schedule.CRAWL,
    schedule.NIGHT,
    schedule.DRAFT,
    schedule.FREEZE,
    schedule.SEND,
    schedule.HEARTBEAT,
    schedule.HEALTH,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA).astimezone(UTC)


@dataclass
class Time:
    """The clock on the wall, and one that only goes forward."""

    now: datetime
    passed: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def go(self, **amount: float) -> None:
        step = timedelta(**amount)
        self.now += step
        self.passed += step.total_seconds()

    def monotonic(self) -> float:
        return self.passed


@dataclass
class Desk:
    """Notes what is done. `troubles`: by kind, what it raises instead."""

    time: Time
    kinds: tuple[str, ...] = KINDS
    done: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    troubles: dict[str, Exception] = field(default_factory=dict)
    early: set[str] = field(default_factory=set)  # kinds for which it is too early
    meanwhile: Callable[[str], None] = lambda _kind: None  # what happens while it works
    mail: Callable[[], str | None] = lambda: None

    def do(self, kind: str, task: Task) -> Outcome:
        self.meanwhile(kind)
        if kind in self.troubles:
            raise self.troubles[kind]
        if kind in self.early:
            return Outcome(done=False)
        self.done.append(f"{kind} {task.name}" + ("" if kind == schedule.CRAWL else f" {task.period}"))
        return Outcome("done")

    def actions(self) -> Actions:
        calls = {kind: partial(self.do, kind) for kind in self.kinds}
        return Actions(calls, {"mail": Chore(60, "mail", self.mail)})

    def of(self, *kinds: str) -> list[str]:
        return [line for line in self.done if line.startswith(kinds)]


def scheduler(store: Store, desk: Desk, *, holder: str | None = None, plan: Plan = PLAN) -> Scheduler:
    return Scheduler(
        store,
        plan,
        desk.actions(),
        clock=desk.time,
        say=desk.said.append,
        threads=1,
        leader=Leader(store, desk.time.monotonic, holder),
    )


def work(*schedulers: Scheduler, rounds: int = 4) -> None:
    """What the threads of each do, one after the other."""
    for _ in range(rounds):
        for each in schedulers:
            each.guard("editions", each.work, schedule.FREEZE, schedule.SEND)
            each.guard("crawls", each.work, schedule.CRAWL)
            each.guard("night", each.work, schedule.NIGHT)
            each.guard("signals", each.work, schedule.DRAFT, schedule.HEARTBEAT, schedule.HEALTH)


def turn(*schedulers: Scheduler, rounds: int = 4) -> None:
    """A tick of each, then work."""
    for each in schedulers:
        each.guard("tick", each.tick)
    work(*schedulers, rounds=rounds)


def lead(one: Scheduler, time: Time, minutes: int) -> None:
    """So long, renewing the lease."""
    for _ in range(2 * minutes):
        time.go(seconds=30)
        one.tick()


def without_fsync(store: Store) -> Store:
    """A simulation outlives no power cut."""

    @event.listens_for(store.database.engine, "connect")
    def _connected(connection: DBAPIConnection, _entry: object) -> None:
        connection.cursor().execute("PRAGMA synchronous = OFF")

    return store


AWAY = KlipingError("the database is away")
