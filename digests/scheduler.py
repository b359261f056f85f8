"""The scheduler: leads when nobody else does, enters what is due into the store, and works on it until stopped.

Whatever goes wrong here loses no row: one that failed is due again after a pause, one whose outcome the store could not
take is told to it at the next tick, one whose leader died is taken up by the next. What must not happen twice is kept
by the store and the send journal, not by this loop: an edition is frozen once, a message claimed by one sender.
"""

from __future__ import annotations

import time as time_module
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from digests.leader import Leader
from digests.schedule import (
    CRAWL,
    DRAFT,
    FREEZE,
    HEALTH,
    HEARTBEAT,
    NIGHT,
    SEND,
    Due,
    Plan,
    due_now,
    is_expired,
    is_wanted,
    period_of,
)
from digests.tasks import Actions, Pauses, Task
from digests.ticks import Job, Ticks
from pipeline.errors import KlipingError, LeasedError
from pipeline.store import Store
from pipeline.store.records import DueRow, DueState, Lease

_CATCH_UP = timedelta(minutes=30)  # that an edition which is late already waits at most for crawls
_LATE = timedelta(minutes=5)  # past its hour when somebody began to lead: nobody was there
_SOON = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300))  # an edition that failed is tried again
_LATER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
_PAUSES = {FREEZE: _SOON, SEND: _SOON, DRAFT: _SOON, NIGHT: _LATER, HEARTBEAT: _LATER, HEALTH: _LATER}
_AGAIN = timedelta(minutes=1)  # what is not yet ready is looked at again
_LOOK_SECONDS = 0.2
_TICK_SECONDS = 5.0  # a fraction of the lease's time; so long may a leader that was killed go unnoticed on its machine
_LINES: Mapping[str, tuple[float, tuple[str, ...]]] = {  # pool: (seconds between looks, kinds that it works on)
    "editions": (1, (FREEZE, SEND)),
    "night": (2, (NIGHT,)),
    "signals": (5, (DRAFT, HEARTBEAT, HEALTH)),
}


class Scheduler:
    """Leads when nobody else does: enters due rows and works on them, until stopped."""

    def __init__(
        self,
        store: Store,
        plan: Plan,
        actions: Actions,
        *,
        clock: Callable[[], datetime],
        say: Callable[[str], None],
        threads: int,
        leader: Leader | None = None,
    ) -> None:
        self._store, self._plan, self._actions, self._clock, self._say = store, plan, actions, clock, say
        self._leader = leader or Leader(store, time_module.monotonic)
        self._lease: Lease | None = None
        self._led_since: datetime | None = None
        self._standing_by = False
        self._entered: set[Due] = set()  # rows that the store is known to have
        self._troubles: dict[str, str] = {}  # job: its trouble, said once
        self._pauses = Pauses()
        self._claiming = Lock()  # held while a row changes hands, so that no tick takes it for abandoned
        self._under_way: set[int] = set()  # due rows that this process works on
        self._ended: dict[int, _Ended] = {}  # … and those whose end the store could not be told
        self._threads = threads
        self.stopping = False

    def run(self) -> None:
        """Block until `stop`, then until what is under way has ended. The lease is given back: another takes over."""
        self.guard("tick", self.tick)
        ticks = Ticks(tuple(self._jobs()), self._pools())
        ticks.start()
        try:
            while not self.stopping:  # no lock is waited for: `stop` is called by signal handlers
                time_module.sleep(_LOOK_SECONDS)
                if ticks.look():
                    self._say("the clock was put back: everything due is looked at anew")
        finally:
            self.stopping = True
            ticks.stop()
            self.guard("last words", self._tell_ends)
            self.guard("release", self._leader.release)

    def stop(self) -> None:
        """Take up nothing more and end `run`; crawls under way look at `stopping`. May be called anywhere."""
        self.stopping = True

    def _pools(self) -> dict[str, int]:
        """Threads by pool. Each kind has its own: slow mail must not keep the lease from being renewed."""
        chores = {chore.pool for chore in self._actions.chores.values()}
        return {"default": 1, "crawls": self._threads} | dict.fromkeys((*_LINES, *chores), 1)

    def _jobs(self) -> list[Job]:
        jobs = [Job(_TICK_SECONDS, "default", partial(self.guard, "tick", self.tick))]
        for pool, (seconds, kinds) in _LINES.items():
            jobs.append(Job(seconds, pool, partial(self.guard, pool, self.work, *kinds)))
        crawls = (partial(self.guard, f"crawls {n}", self.work, CRAWL) for n in range(self._threads))
        jobs += [Job(2, "crawls", call) for call in crawls]
        chores = self._actions.chores.items()
        jobs += [Job(one.seconds, one.pool, partial(self.guard, name, self.do_chore, name)) for name, one in chores]
        return jobs

    def guard(self, name: str, job: Callable[..., None], *args: object) -> None:
        """Run a job; what goes wrong is said once, as long as it is the same, and the loop goes on."""
        try:
            job(*args)
        except Exception as error:  # noqa: BLE001 (the edge of the loop: it must outlive a database that is away)
            line = _line(error)
            if line != self._troubles.get(name):
                self._say(line)
            self._troubles[name] = line
        else:
            self._troubles.pop(name, None)

    # --- leading ---------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Hold the lease, enter what is due, take up what somebody let fall; idle as long as another leads."""
        now = self._clock()
        try:
            lease, won = self._leader.hold(now)
        except LeasedError as error:
            self._stand_by(str(error))
            return
        if won:
            self._led_since, self._lease = now, None
            self._entered.clear()
        self._enter(now)
        self._tell_ends()
        self._take_up(now)
        self._lease, self._standing_by = lease, False  # last: only now `work` may claim

    def _stand_by(self, why: str) -> None:
        if not self._standing_by:
            self._say(f"standing by: {why}")
        self._lease, self._standing_by = None, True

    def _enter(self, now: datetime) -> None:
        wanted = {due for due in due_now(self._plan, now) if due.kind.partition(":")[0] in self._actions.kinds}
        for due in sorted(wanted - self._entered, key=lambda due: (due.scheduled_for, due.kind)):
            self._store.due.add(due.kind, due.scheduled_for)
        self._entered = wanted

    def _take_up(self, now: datetime) -> None:
        """Rows that nobody is working on any more are due again; leases and states keep them from doubling."""
        with self._claiming:
            for row in self._store.due.list(DueState.RUNNING, limit=None):
                if row.id not in self._under_way:
                    self._store.due.finish(
                        row.id, DueState.DUE, "its scheduler stopped", now, claimed_at=row.started_at
                    )

    def _leads(self, now: datetime) -> bool:
        """Whether the lease is surely still ours: one that could not be renewed is not."""
        return self._lease is not None and now < self._lease.expires_at and not self.stopping

    # --- working ---------------------------------------------------------------------------------------------------

    def work(self, *kinds: str) -> None:
        """Claim one due row of these kinds and do it; a failure is the row's, the loop goes on."""
        now = self._clock()
        if not self._leads(now):
            return
        open_to = [f"{kind}:" for kind in kinds if not self._catches_up(kind, now)]
        row = self._claim(now, open_to) if open_to else None
        if row is None:
            return
        if is_expired(row, self._plan, now) or not is_wanted(row, self._plan):
            self._end(row, DueState.EXPIRED, "too late, or wanted no more")
            if not row.kind.startswith(CRAWL):
                self._tell(row, "too late: nobody was there in time")
            return
        state, detail = self._do(row)
        self._end(row, state, detail)
        if detail:
            self._tell(row, detail)

    def _claim(self, now: datetime, prefixes: Sequence[str]) -> DueRow | None:
        with self._claiming:
            row = self._store.due.claim_next(now, prefixes, lease=self._lease, without=self._pauses.now(now))
            if row is not None:
                self._under_way.add(row.id)
        return row

    def _tell(self, row: DueRow, what: str) -> None:
        self._say(f"{row.kind} due {row.scheduled_for.astimezone(self._plan.zone):%Y-%m-%d %H:%M}: {what}")

    def _do(self, row: DueRow) -> tuple[DueState, str | None]:
        """A crawl that was stopped is due again; so is whatever else failed, a little later."""
        kind, _, name = row.kind.partition(":")
        try:
            ended = self._actions.kinds[kind](Task(name, period_of(self._plan, row), row.scheduled_for))
        except Exception as error:  # noqa: BLE001 (the edge of the loop: the row records it)
            if kind == CRAWL:
                return DueState.FAILED, _line(error)
            pause = self._pauses.add(row.id, _PAUSES[kind], self._clock())
            return DueState.DUE, f"{_line(error)}; is tried again in {_duration(pause)}"
        if not ended.done:
            self._pauses.wait(row.id, _AGAIN, self._clock())
        stopped = kind == CRAWL and self.stopping
        return (DueState.DONE if ended.done and not stopped else DueState.DUE), ended.line

    def _end(self, row: DueRow, state: DueState, detail: str | None) -> None:
        """Tell the store; where it is away, at the next tick. The row stays ours until it knows."""
        self._ended[row.id] = _Ended(row, state, detail, self._clock())
        self._tell_ends()

    def _tell_ends(self) -> None:
        for ended in tuple(self._ended.values()):
            row = ended.row
            self._store.due.finish(row.id, ended.state, ended.detail, ended.at, claimed_at=row.started_at)
            self._ended.pop(row.id, None)
            self._under_way.discard(row.id)

    def _catches_up(self, kind: str, now: datetime) -> bool:
        """Whether an edition that is late already waits: nobody crawled over the night, and it would tell of nothing.

        For the crawls and the nightly pass that were due when this process began to lead, and half an hour at most.
        """
        since = self._led_since
        if kind not in {NIGHT, FREEZE, SEND} or since is None or not since <= now < since + _CATCH_UP:
            return False
        waiting = [
            row
            for state in (DueState.DUE, DueState.RUNNING)
            for row in self._store.due.list(state, limit=None)
            if row.scheduled_for <= since
        ]
        late = [row for row in waiting if row.kind.startswith((FREEZE, SEND)) and self._is_late(row, since)]
        ahead = (CRAWL,) if kind == NIGHT else (CRAWL, NIGHT)
        return bool(late) and any(row.kind.startswith(ahead) for row in waiting)

    def _is_late(self, row: DueRow, since: datetime) -> bool:
        return since - row.scheduled_for >= _LATE and not is_expired(row, self._plan, since)

    def do_chore(self, name: str) -> None:
        """Do it while leading. Raises what it raises."""
        if self._leads(self._clock()) and (line := self._actions.chores[name].call()):
            self._say(line)


@dataclass(frozen=True, slots=True)
class _Ended:
    row: DueRow
    state: DueState
    detail: str | None
    at: datetime


def _duration(pause: timedelta) -> str:
    seconds = int(pause.total_seconds())
    return f"{seconds} seconds" if seconds < 60 else f"{seconds // 60} minute{'' if seconds < 120 else 's'}"


def _line(error: Exception) -> str:
    """What a person is told: our own errors say it themselves, anything else is a defect."""
    text = " ".join(str(error).split())
    return text if isinstance(error, KlipingError | OSError) else f"a defect: {type(error).__name__}: {text}"
