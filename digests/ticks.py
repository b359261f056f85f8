"""The ticks: APScheduler calls jobs at intervals, and survives that the clock is put back.

It reckons by the clock on the wall: put back by three hours, it would call nothing for three hours, while a lease runs
out and mail waits. `look` sees such a jump and lets every job run at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_JUMP = 2.0  # seconds: the clocks of one machine are slewed by less between two looks


@dataclass(frozen=True, slots=True)
class Job:
    """What is called every so many seconds, in one of the pools; never twice at once."""

    seconds: float
    pool: str
    call: Callable[[], None]


class Ticks:
    """Started, looked at several times a second, stopped."""

    def __init__(
        self,
        jobs: tuple[Job, ...],
        pools: Mapping[str, int],
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        # here, not above: every command reads this file, and only `serve` has ticks
        from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415

        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns at every tick that finds its job at work
        self._wall, self._monotonic = wall, monotonic
        self._offset = wall() - monotonic()
        self._scheduler = BackgroundScheduler(
            executors={name: ThreadPoolExecutor(threads) for name, threads in pools.items()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=UTC,
        )
        for job in jobs:
            self._scheduler.add_job(job.call, "interval", seconds=job.seconds, executor=job.pool)

    def start(self) -> None:
        self._scheduler.start()

    def look(self) -> bool:
        """Let every job run now when the clock was put back since the last look. Whether it was."""
        offset = self._wall() - self._monotonic()
        back = offset < self._offset - _JUMP
        self._offset = offset
        if back:
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        return back

    def stop(self) -> None:
        """Begin nothing more; wait for what runs."""
        self._scheduler.shutdown(wait=True)
