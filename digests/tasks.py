"""What a scheduler is given to do, and how it is told how that went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Task:
    """A row to be worked on, as an action sees it."""

    name: str  # the outlet or list
    period: date
    scheduled_for: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an action ended. Without a line nothing is said. Not `done`: it is too early, and is tried in a minute."""

    line: str | None = None
    done: bool = True


@dataclass(frozen=True, slots=True)
class Chore:
    """What is done at intervals, without a row: it finds out by itself whether there is anything to do."""

    seconds: float
    pool: str  # those of one pool wait for each other
    call: Callable[[], str | None]  # one line to say, or nothing


@dataclass(frozen=True, slots=True)
class Actions:
    """What is done, given by the composition root. Every call may raise `KlipingError`."""

    kinds: Mapping[str, Callable[[Task], Outcome]]  # by the beginning of the row's kind; others are not entered
    chores: Mapping[str, Chore] = field(default_factory=dict)


class Pauses:
    """Until when rows are left alone. A clock that was put back ends every pause."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[datetime, datetime, int]] = {}  # row: since, until, how often

    def add(self, row_id: int, pauses: Sequence[timedelta], now: datetime) -> timedelta:
        times = self._rows[row_id][2] if row_id in self._rows else 0
        pause = pauses[min(times, len(pauses) - 1)]
        self._rows[row_id] = (now, now + pause, times + 1)
        return pause

    def wait(self, row_id: int, pause: timedelta, now: datetime) -> None:
        """A pause that is nobody's failure."""
        times = self._rows[row_id][2] if row_id in self._rows else 0
        self._rows[row_id] = (now, now + pause, times)

    def now(self, now: datetime) -> frozenset[int]:
        return frozenset(row for row, (since, until, _) in self._rows.items() if since <= now < until)
