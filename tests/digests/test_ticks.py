"""Ticks on real threads: they come again and again, and a clock that is put back stops none."""

from __future__ import annotations

from threading import Event

from digests.ticks import Job, Ticks

WAIT = 20  # seconds: more than a busy machine needs
HOUR = 3600.0


class Clocks:
    """The wall's and the one that only goes forward, as the test sets them."""

    def __init__(self) -> None:
        self.wall, self.monotonic = 1_000_000.0, 50.0

    def pass_time(self, seconds: float) -> None:
        self.wall, self.monotonic = self.wall + seconds, self.monotonic + seconds


def ticks(clocks: Clocks, *jobs: Job) -> Ticks:
    return Ticks(jobs, {"default": 1, "mail": 1}, wall=lambda: clocks.wall, monotonic=lambda: clocks.monotonic)


def test_a_job_is_called_again_and_again_while_another_pool_hangs() -> None:
    calls: list[int] = []
    enough, over = Event(), Event()

    def call() -> None:
        calls.append(1)
        if len(calls) >= 3:
            enough.set()

    def hang() -> None:
        over.wait(WAIT)

    running = ticks(Clocks(), Job(0.02, "default", call), Job(0.02, "mail", hang))
    running.start()
    try:
        assert enough.wait(WAIT)
    finally:
        over.set()
        running.stop()


def test_a_clock_that_is_put_back_lets_everything_run_at_once() -> None:
    clocks, called = Clocks(), Event()
    running = ticks(clocks, Job(HOUR, "default", called.set))
    running.start()
    try:
        clocks.pass_time(10)
        assert not running.look()
        clocks.wall += 3 * HOUR  # forward, or a sleep: what is due comes by itself
        assert not running.look()
        clocks.wall += 1.0
        clocks.wall -= 1.5  # slewed
        assert not running.look()
        assert not called.is_set()
        clocks.wall -= 3 * HOUR
        assert running.look()
        assert called.wait(WAIT)
        assert not running.look()
    finally:
        running.stop()
