"""Worker processes: real ones that die and hang."""

import asyncio
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.workers import WorkerDiedError, Workers, WorkerTimeoutError


def double(number: int) -> int:
    return 2 * number


def refuse(text: str) -> str:
    raise ValueError(text)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang_in_c() -> bool:
    """Exponential time inside the regular expression engine, which never lets go of the interpreter's lock."""
    return re.fullmatch(r"(a|aa)+$", "a" * 60 + "b") is not None


def write_pid_and_hang(file: str) -> None:
    Path(file).write_text(str(os.getpid()))
    hang_in_c()


def process_id() -> int:
    return os.getpid()


def seed() -> object:
    from langdetect import DetectorFactory  # noqa: PLC0415 (as it is in the worker)

    return DetectorFactory.seed


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, seconds=1.0) as pool:
        asyncio.run(pool.run(double, 1))  # the first call starts the processes
        yield pool


def test_run_gives_the_result_and_the_functions_own_error(workers: Workers) -> None:
    assert asyncio.run(workers.run(double, 21)) == 42
    with pytest.raises(ValueError, match="no such page"):
        asyncio.run(workers.run(refuse, "no such page"))


def test_every_worker_is_seeded(workers: Workers) -> None:
    assert asyncio.run(workers.run(seed)) == 0


def test_a_dead_worker_costs_its_own_call_only(workers: Workers) -> None:
    async def calls() -> list[object]:
        return list(
            await asyncio.gather(
                workers.run(double, 1), workers.run(die), workers.run(double, 2), return_exceptions=True
            )
        )

    first, dead, third = asyncio.run(calls())
    assert (first, third) == (2, 4)
    assert isinstance(dead, WorkerDiedError)
    assert "die" in str(dead)


def test_a_hung_worker_costs_its_own_call_only(workers: Workers) -> None:
    async def calls() -> list[object]:
        return await asyncio.gather(
            workers.run(hang_in_c), *(workers.run(double, n) for n in range(5)), return_exceptions=True
        )

    begun = time.monotonic()
    hung, *others = asyncio.run(calls())
    assert isinstance(hung, WorkerTimeoutError)
    assert others == [0, 2, 4, 6, 8]
    assert time.monotonic() - begun < 5


def test_an_idle_worker_killed_from_outside_costs_nothing(workers: Workers) -> None:
    victims = {asyncio.run(workers.run(process_id)) for _ in range(8)}
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    time.sleep(0.5)  # the pool notices
    assert asyncio.run(workers.run(double, 3)) == 6


def test_workers_of_a_killed_parent_end_though_they_hang(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    program = (
        "import asyncio\n"
        "from crawlers.workers import Workers\n"
        "from tests.crawlers.test_workers import write_pid_and_hang\n"
        "if __name__ == '__main__':\n"
        f"    asyncio.run(Workers(1, seconds=1.0).run(write_pid_and_hang, {str(file)!r}))\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(program)
    import subprocess  # noqa: PLC0415 (one test only)
    import sys  # noqa: PLC0415

    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    ) as parent:
        _wait_until(lambda: file.exists() and bool(file.read_text()))
        parent.kill()
    worker = int(file.read_text())
    _wait_until(lambda: not _alive(worker), seconds=10)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()


def _wait_until(condition: "object", seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator] # a callable
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
