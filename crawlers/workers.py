"""Run a pure function in a worker process with a time limit (Pebble).

A worker that dies or hangs costs only its own task. Nothing of this touches the reactor thread but the
hand-over: arguments and results are pickled by Pebble's own threads.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from types import TracebackType
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_TASKS_PER_WORKER = 500  # a worker is renewed after so many calls: parsers leak a little memory
_GRACE = 5.0  # seconds after the limit at which a worker whose parent is gone ends by itself


class WorkerTimeoutError(Exception):
    """The function did not return within its time; its process was killed."""


class WorkerDiedError(Exception):
    """The process that ran the function ended without an answer (crash, out of memory)."""


def begin() -> None:
    """First act of every worker: langdetect is random unless seeded before its first use."""
    from langdetect import DetectorFactory  # noqa: PLC0415 (the crawl itself has no use for it)

    DetectorFactory.seed = 0


def _limited(
    function: Callable[..., Result], seconds: float, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Result:
    """Run the function under an alarm of the kernel's, which ends even a hung C extension of an orphaned worker."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    try:
        return function(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# What a crawl's workers need, and what the main module imports, which every worker runs again (`crawlers.launch`).
PRELOAD = ("crawlers.warm", "crawlers.request")


def prepare(preload: tuple[str, ...]) -> None:
    """Start the forkserver in the background: its imports then run beside this process's own.

    A fork of this process would inherit its threads' locks; the forkserver is a clean parent for the workers.
    """
    multiprocessing.set_forkserver_preload(list(preload))
    forkserver.ensure_running()


class Workers:
    """A pool of worker processes; they start with `start`, or with the first call."""

    def __init__(self, count: int, seconds: float, preload: tuple[str, ...] = ()) -> None:
        """`seconds` is the time limit of one call; `preload` are modules every worker will need (the first pool's)."""
        self._count = count
        self._seconds = seconds
        prepare(preload)
        self._context = multiprocessing.get_context("forkserver")
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._count, max_tasks=_TASKS_PER_WORKER, initializer=begin, context=self._context
        )

    async def start(self) -> None:
        """Start the processes now: the forkserver's imports take a second, in which the reactor goes on."""
        await asyncio.to_thread(lambda: self._pool.active)

    async def run(
        self, function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        """The function's result, or the error it raised.

        Raises `WorkerTimeoutError` and `WorkerDiedError`. A call that a broken pool never began is made once more.
        """
        pool = self._pool
        try:
            return await self._call(pool, function, args, kwargs)
        except (BrokenProcessPool, RuntimeError):
            # An idle worker killed from outside breaks Pebble's pool as a whole, though no call was lost with it.
            if pool is self._pool:
                if pool.active:
                    raise
                await asyncio.to_thread(self._discard, pool)
                self._pool = self._new_pool()
            return await self._call(self._pool, function, args, kwargs)

    async def _call(
        self,
        pool: ProcessPool,
        function: Callable[..., Result],
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
    ) -> Result:
        future = pool.schedule(_limited, args=(function, self._seconds, args, kwargs), timeout=self._seconds)
        try:
            result: Result = await asyncio.wrap_future(future)
        except TimeoutError:
            raise WorkerTimeoutError(f"{function.__name__} took longer than {self._seconds:g} s") from None
        except ProcessExpired as error:
            raise WorkerDiedError(f"{function.__name__}: its process ended with code {error.exitcode}") from None
        return result

    @staticmethod
    def _discard(pool: ProcessPool) -> None:
        pool.stop()  # type: ignore[no-untyped-call]  # Pebble leaves it unannotated
        pool.join()

    def close(self) -> None:
        """Kill what still runs and wait for the processes to go (blocking, a fraction of a second)."""
        self._discard(self._pool)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
