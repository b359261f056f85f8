"""SIGKILL at random moments while messages are written to the outbox: each is there once and whole.

Senders over SMTP are killed in `tests/trials`.
"""

from __future__ import annotations

import random
import shutil
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from digests import messages, outbox
from digests.deliver import deliver_due
from pipeline.store import DeliveryState, Store, open_store
from tests.digests.world import FROZEN, edition, settings, subscribe

PROCESSES = get_context("forkserver")  # starts in milliseconds, and never forks a thread's locks
PROCESSES.set_forkserver_preload(["tests.digests.test_killed_senders"])
PEOPLE = 12
OPEN = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.SENDING)


@pytest.fixture
def prepared(sqlite_url: str, tmp_path: Path) -> tuple[Path, Path]:
    """(database with frozen messages, home): each trial works on copies."""
    with open_store(sqlite_url) as store:
        subscribe(store, PEOPLE)
        messages.freeze(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN)
    return Path(sqlite_url.removeprefix("sqlite:///")), tmp_path


def send_all(database: Path, home: Path, ready: Connection) -> None:
    """What the process that is to be killed does."""
    with open_store(f"sqlite:///{database}", migrate=False) as store:
        ready.send("ready")
        deliver_due(store, settings(home), now=FROZEN)


def killed(database: Path, home: Path, after: float) -> None:
    """Start a sender and kill it `after` seconds past its being ready."""
    here, there = PROCESSES.Pipe()
    sender = PROCESSES.Process(target=send_all, args=(database, home, there))
    sender.start()
    assert here.recv() == "ready"
    time.sleep(after)
    sender.kill()
    sender.join()
    sender.close()
    here.close()
    there.close()


def finish(database: Path, home: Path) -> dict[str, DeliveryState]:
    with open_store(f"sqlite:///{database}", migrate=False) as store:
        deliver_due(store, settings(home), now=FROZEN)
        return settled_states(store)


def settled_states(store: Store) -> dict[str, DeliveryState]:
    found = {row.recipient: row.state for row in store.deliveries.list()}
    assert not [state for state in found.values() if state in OPEN]
    return found


def test_the_outbox_gets_every_message_once_and_whole(prepared: tuple[Path, Path]) -> None:
    database, home = prepared
    chance = random.Random(7)
    for trial in range(6):
        mine, folder = home / f"{trial}.sqlite", home / f"home{trial}"
        shutil.copyfile(database, mine)
        killed(mine, folder, chance.uniform(0.0, 0.1))
        states = finish(mine, folder)
        assert set(states.values()) == {DeliveryState.SENT}
        with open_store(f"sqlite:///{mine}", migrate=False) as store:
            rows = [(row.message_id, store.deliveries.message(row.id)) for row in store.deliveries.list()]
        for name, message in rows:
            assert (folder / "outbox" / outbox.file_name(name)).read_bytes() == message
        assert not list((folder / "outbox").glob("*.draft")) + list((folder / "outbox").glob(".*.draft"))
