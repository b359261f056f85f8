"""SIGKILL at random moments: nobody gets two, nobody is missing without being listed."""

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
from digests.journal import read
from pipeline.store import DeliveryState, Store, open_store
from tests.digests.servers import Server, serve
from tests.digests.world import FROZEN, edition, settings, subscribe

PROCESSES = get_context("forkserver")  # starts in milliseconds, and never forks a thread's locks
PROCESSES.set_forkserver_preload(["tests.digests.test_killed_senders"])
TRIALS = 24
PEOPLE = 12
OPEN = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.SENDING)


@pytest.fixture
def prepared(sqlite_url: str, tmp_path: Path) -> tuple[Path, Path]:
    """(database with frozen messages, home): each trial works on copies."""
    with open_store(sqlite_url) as store:
        subscribe(store, PEOPLE)
        messages.freeze(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN)
    return Path(sqlite_url.removeprefix("sqlite:///")), tmp_path


def send_all(database: Path, home: Path, port: int, ready: Connection) -> None:
    """What the process that is to be killed does. Port 0: the outbox."""
    mail = {"host": "127.0.0.1", "port": port} if port else {}
    with open_store(f"sqlite:///{database}", migrate=False) as store:
        ready.send("ready")
        deliver_due(store, settings(home, **mail), now=FROZEN)


def killed(database: Path, home: Path, port: int, after: float) -> None:
    """Start a sender and kill it `after` seconds past its being ready."""
    here, there = PROCESSES.Pipe()
    sender = PROCESSES.Process(target=send_all, args=(database, home, port, there))
    sender.start()
    assert here.recv() == "ready"
    time.sleep(after)
    sender.kill()
    sender.join()
    sender.close()
    here.close()
    there.close()


def finish(database: Path, home: Path, server: Server | None) -> dict[str, DeliveryState]:
    mail = {"host": "127.0.0.1", "port": server.port} if server else {}
    with open_store(f"sqlite:///{database}", migrate=False) as store:
        deliver_due(store, settings(home, **mail), now=FROZEN)
        return settled_states(store)


def settled_states(store: Store) -> dict[str, DeliveryState]:
    found = {row.recipient: row.state for row in store.deliveries.list()}
    assert not [state for state in found.values() if state in OPEN]
    return found


def test_no_recipient_gets_two_and_none_is_lost_over_smtp(prepared: tuple[Path, Path]) -> None:
    database, home = prepared
    chance = random.Random(20230801)
    doubled = lost = held = 0
    for trial in range(TRIALS):
        mine, folder = home / f"{trial}.sqlite", home / f"home{trial}"
        shutil.copyfile(database, mine)
        with serve() as server:
            killed(mine, folder, server.port, chance.uniform(0.0, 0.25))
            states = finish(mine, folder, server)
            got = server.got
        doubled += sum(count > 1 for count in got.values())
        unknown = [name for name, state in states.items() if state is DeliveryState.UNKNOWN]
        held += len(unknown)
        lost += sum(got[name] == 0 for name, state in states.items() if state is DeliveryState.SENT)
        assert len(unknown) <= settings(home).mail.connections
        assert {name for name in states if not got[name]} <= set(unknown)
        assert len(read(folder / "outbox" / "journal.jsonl")) >= PEOPLE
    print(f"{TRIALS} kills, {TRIALS * PEOPLE} messages: {doubled} doubled, {lost} lost, {held} held")
    assert (doubled, lost) == (0, 0)


def test_the_outbox_gets_every_message_once_and_whole(prepared: tuple[Path, Path]) -> None:
    database, home = prepared
    chance = random.Random(7)
    for trial in range(6):
        mine, folder = home / f"{trial}.sqlite", home / f"home{trial}"
        shutil.copyfile(database, mine)
        killed(mine, folder, 0, chance.uniform(0.0, 0.1))
        states = finish(mine, folder, None)
        assert set(states.values()) == {DeliveryState.SENT}
        with open_store(f"sqlite:///{mine}", migrate=False) as store:
            rows = [(row.message_id, store.deliveries.message(row.id)) for row in store.deliveries.list()]
        for name, message in rows:
            assert (folder / "outbox" / outbox.file_name(name)).read_bytes() == message
        assert not list((folder / "outbox").glob("*.draft")) + list((folder / "outbox").glob(".*.draft"))
