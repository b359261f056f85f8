"""Two real schedulers over one database, as processes that are killed at random: one freeze, one set of messages.

Each begins to work at once (the edition is late) and is killed after a random while; then a third one ends what is
open. `KLIPING_TRIALS=200 pytest tests/digests/test_two_schedulers.py` runs as many trials.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digests import journal, schedule
from digests.cli import serve
from digests.cli.office import Office
from digests.scheduler import Scheduler
from digests.tasks import Actions
from pipeline.store import DueState
from tests.digests import world
from tests.digests.cli.desk import fill
from tests.digests.cli.test_morning import at

READERS = 6
KINDS = (schedule.NIGHT, schedule.FREEZE, schedule.SEND, schedule.HEALTH)
TRIALS = int(os.environ.get("KLIPING_TRIALS", "1"))
PROCESSES = multiprocessing.get_context("fork")  # without a second of imports for each


def lead(home: Path, begun: datetime, until_done: bool) -> None:
    """A scheduler whose day begins at `begun` and goes on with real time."""
    started = time.monotonic()
    here = Office(home)
    here.__class__ = type("Moving", (Office,), {
        "now": property(lambda _: begun + timedelta(seconds=time.monotonic() - started))
    })  # fmt: skip
    actions = serve.kinds(here, lambda: False)
    plan = schedule.Plan((), timedelta(hours=1), "daily", serve.planned(here).clock)
    one = Scheduler(
        here.store,
        plan,
        Actions({kind: actions[kind] for kind in KINDS}),
        clock=lambda: here.now,
        say=lambda _: None,
        threads=1,
    )
    end = time.monotonic() + 60
    while time.monotonic() < end:
        one.guard("tick", one.tick)
        for kinds in ((schedule.NIGHT,), (schedule.FREEZE, schedule.SEND), (schedule.HEALTH,)):
            one.guard("work", one.work, *kinds)
        if until_done and _is_done(here):
            break
        time.sleep(0.01)
    one.guard("release", one._leader.release)
    here.close()


def _is_done(here: Office) -> bool:
    rows = here.store.due.list(None, None)
    return bool(rows) and all(row.state in {DueState.DONE, DueState.EXPIRED} for row in rows)


@pytest.mark.parametrize("trial", range(TRIALS))
def test_killed_at_random_they_make_one_edition_and_one_set_of_messages(
    store_url: str, tmp_path: Path, trial: int
) -> None:
    chance = random.Random(f"{trial} {store_url.partition(':')[0]}")
    home = fill(tmp_path / "home", store_url).home
    here = Office(home, fixed_now=at("06:00"))
    world.subscribe(here.store, READERS)
    here.store.subscribers.add("ops@kota.example", "operators", now=here.now)
    here.close()
    for _ in range(2):
        both = [PROCESSES.Process(target=lead, args=(home, at("06:46"), False)) for _ in range(2)]
        for process in both:
            process.start()
        for process in chance.sample(both, 2):
            time.sleep(chance.uniform(0.0, 0.5))
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
    last = PROCESSES.Process(target=lead, args=(home, at("06:47"), True))
    last.start()
    last.join(90)
    assert last.exitcode == 0
    _check(Office(home))


def _check(here: Office) -> None:
    editions = here.store.editions.list()
    assert sorted((one.list, one.period) for one in editions) == [("daily", "2026-11-21"), ("operators", "2026-11-21")]
    rows = {row.kind: row.state for row in here.store.due.list(None, None, prefix=("freeze:", "send:", "health:"))
            if row.scheduled_for >= at("06:00")}  # fmt: skip
    assert set(rows.values()) == {DueState.DONE}, rows
    states = {tally.state.value: tally.number for tally in here.store.tallies.of()}
    assert states == {"sent": READERS + 1}, states
    assert len(list(here.settings.outbox.glob("*.eml"))) == READERS + 1
    done = Counter(entry.key for entry in journal.read(here.settings.outbox / journal.NAME) if entry.step == "sent")
    assert set(done.values()) <= {1}, done
    here.close()
