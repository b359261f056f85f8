"""What a sender's clerk and its connections share: messages that wait, what came of them, and when all must stop.

The clerk alone has the database; each connection has a thread, and takes one message after the other. The rules for an
ill server hold over all connections together: one message at a time until the server has taken or refused one, so that
a server that breaks every connection gets as few of them as one connection would have given it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Condition

from digests.journal import Entry
from digests.pace import Pace
from digests.smtp import SENDER, Outcome, Result
from pipeline.store import DeliveryRecord

_LOST = 3  # connections lost in a row: the server is ill, the rest waits
_SENDER_REFUSED = 3  # messages in a row whose sender is refused for good: our settings are wrong, no recipient's fault
_REFUSED = 20  # messages in a row refused for good, at whatever step: the server wants nothing of ours


@dataclass(frozen=True, slots=True)
class Task:
    """A message that is claimed and journalled as "sending"; nothing of it has left."""

    delivery: DeliveryRecord
    entry: Entry
    message: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task. `outcome` None: it was not handed over, because of the trouble."""

    task: Task
    outcome: Outcome | None


class Dispatch:
    """Safe between threads."""

    def __init__(self, lanes: int, ahead: int, pace: Pace, clock: Callable[[], datetime]) -> None:
        """`lanes`: connections that will take tasks; `ahead`: tasks that are to wait for each."""
        self._changed = Condition()
        self._pace, self._clock = pace, clock
        self._lanes, self._ahead = lanes, ahead  # lanes that still take tasks
        self._waiting: deque[Task] = deque()
        self._done: list[Done] = []
        self._under_way = 0
        self._proven = False  # the server has answered the last message
        self._closed = False  # nothing more is to be begun
        self._lost = self._sender_refused = self._refused = 0  # in a row
        self.trouble: str | None = None  # one line: why it stopped early

    # --- the clerk's side --------------------------------------------------------------------------------------------

    def add(self, tasks: Iterable[Task]) -> None:
        with self._changed:
            self._waiting.extend(tasks)
            self._changed.notify_all()

    def collect(self, seconds: float) -> list[Done]:
        """What was done since; waits until that is much, tasks run short or all is over, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._much() or self._ended() or self._short(), seconds)
            done, self._done = self._done, []
            return done

    @property
    def short(self) -> bool:
        """More tasks are wanted."""
        with self._changed:
            return self._short()

    @property
    def ended(self) -> bool:
        """No connection will take anything any more, and nothing is under way."""
        with self._changed:
            return self._ended() and not self._done

    def close(self) -> None:
        """What waits is still sent; nothing more comes."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def halt(self, trouble: str) -> None:
        """Nothing more is begun. The first trouble is the one that is told."""
        with self._changed:
            self._halt(trouble)

    def left(self) -> list[Task]:
        """What was never begun: taken out."""
        with self._changed:
            tasks, self._waiting = list(self._waiting), deque()
            return tasks

    def _much(self) -> bool:
        """Worth a transaction: one for each message would have the disk wait for the clerk's books."""
        return len(self._done) >= self._ahead * max(self._lanes, 1) / 2

    def _short(self) -> bool:
        return not self._closed and len(self._waiting) < self._ahead * self._lanes / 2

    def _ended(self) -> bool:
        idle = not self._waiting or not self._lanes or self.trouble is not None
        return self._closed and idle and not self._under_way

    def _halt(self, trouble: str) -> None:
        self.trouble = self.trouble or trouble
        self._closed = True
        self._changed.notify_all()

    # --- the connections' side ---------------------------------------------------------------------------------------

    def take(self) -> Task | None:
        """The next task, when it may begin; None: there is nothing more to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin() or self._is_over())
            if self._is_over():
                self._leave()
                return None
            task = self._waiting.popleft()
            self._under_way += 1
            pause = self._pace.take(self._clock()).total_seconds()
            if pause and self._changed.wait_for(lambda: self.trouble is not None, pause):
                self._under_way -= 1
                self._waiting.appendleft(task)
                self._leave()
                return None
            return task

    def finish(self, task: Task, outcome: Outcome) -> None:
        """The server has answered, or is gone."""
        with self._changed:
            self._under_way -= 1
            self._done.append(Done(task, outcome))
            self._proven = not outcome.lost
            self._judge(outcome)
            self._changed.notify_all()

    def retire(self, task: Task, why: str) -> None:
        """A connection cannot be opened. Others go on with the task, where one works; else it is the end of all."""
        with self._changed:
            self._under_way -= 1
            self._lanes -= 1
            if self._lanes and self._proven:
                self._waiting.appendleft(task)
            else:
                self._done.append(Done(task, None))
                self._halt(why)
            self._changed.notify_all()

    def give_up(self, task: Task, why: str) -> None:
        """Nothing may be sent any more, by nobody: no journal, or no turn."""
        with self._changed:
            self._under_way -= 1
            self._lanes -= 1
            self._waiting.appendleft(task)
            self._halt(why)

    def _leave(self) -> None:
        self._lanes -= 1
        self._changed.notify_all()

    def _may_begin(self) -> bool:
        return bool(self._waiting) and (self._proven or not self._under_way)

    def _is_over(self) -> bool:
        return self.trouble is not None or (self._closed and not self._waiting and not self._under_way)

    def _judge(self, outcome: Outcome) -> None:
        """Whether the server is ill, or our settings are."""
        failed = outcome.result is Result.FAILED
        self._lost = self._lost + 1 if outcome.lost else 0
        self._refused = self._refused + 1 if failed else 0
        self._sender_refused = self._sender_refused + 1 if failed and outcome.step == SENDER else 0
        if self._lost >= _LOST:
            self._halt(f"the mail server broke {self._lost} connections in a row; the rest waits")
        elif self._sender_refused >= _SENDER_REFUSED:
            self._halt(f"the mail server refuses mail.sender: {outcome.detail}; check mail.sender; the rest waits")
        elif self._refused >= _REFUSED:
            self._halt(f"the mail server refused {self._refused} messages in a row: {outcome.detail}; the rest waits")
