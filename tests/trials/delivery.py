"""Trials of the delivery: real mail servers, senders killed and connections broken at every step, over and over.

In each trial an edition's messages are frozen and a sender's process is started two or three times, each time to be
killed at a moment drawn at random or at a step of its conversation, or to meet a connection that breaks or says nothing
there. Then it may finish, and a person settles what is held by looking at who got it. Nobody may ever get two; who got
none must be listed as unknown, failed or expired; and in the end everybody has exactly one.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from digests import messages
from digests.deliver import deliver_due
from digests.recovery import resolve
from pipeline.config import Settings
from pipeline.store import DeliveryRecord, DeliveryState, Store, open_store
from tests.digests import servers
from tests.digests.world import FROZEN, edition, settings, subscribe
from tests.trials import exim
from tests.trials.tap import ACTIONS, Fault, Tap, draw, tapped

PROCESSES = get_context("forkserver")  # starts in milliseconds, and never forks a thread's locks
PROCESSES.set_forkserver_preload(["tests.trials.delivery"])
HELD = (DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.EXPIRED)
OPEN = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.SENDING)
_STALL = 0.5  # seconds that a sender waits for a server that says nothing
_PATIENT = 30.0  # the same for one that shall finish, on a busy machine
_WHOLE = 1.5  # seconds within which a kill at a random moment falls: about what a whole send takes
_LIFE = 120  # seconds after which a sender hangs


@dataclass
class Totals:
    """What came of all trials."""

    trials: int = 0
    messages: int = 0
    kills: int = 0  # senders that died
    faults: Counter[str] = field(default_factory=Counter)  # "kill before data" → how often
    doubled: int = 0  # recipients that got more than one
    lost: int = 0  # that got none and are not listed, or are listed as sent
    held: Counter[str] = field(default_factory=Counter)  # state → messages that wait for a person
    unsettled: int = 0  # that did not have exactly one in the end

    @property
    def good(self) -> bool:
        return not (self.doubled or self.lost or self.unsettled)

    def line(self) -> str:
        held = ", ".join(f"{number} {state}" for state, number in sorted(self.held.items())) or "none"
        return (
            f"{self.trials} trials, {self.kills} kills, {self.faults.total()} faults at {len(self.faults)} points,"
            f" {self.messages} messages: {self.doubled} doubled, {self.lost} lost, held for a person: {held};"
            f" {self.unsettled} not settled in the end"
        )


class Post:
    """A mail server behind a tap; what it got since it was last emptied."""

    def __init__(self, tap: Tap, received: Callable[[], list[str]], empty: Callable[[], None]) -> None:
        self.tap, self.received, self.empty = tap, received, empty
        self.refuse: Callable[[dict[str, str]], None] = lambda _replies: None

    def got(self) -> Counter[str]:
        return Counter(self.received())


@contextmanager
def exim_post() -> Iterator[Post]:
    with exim.serve() as server, tapped(server.port) as tap:
        yield Post(tap, lambda: [recipient for recipient, _ in server.received()], server.empty)


@contextmanager
def aiosmtpd_post() -> Iterator[Post]:
    """A server that also refuses whom it is told to."""
    with servers.serve() as server, tapped(server.port) as tap:
        post = Post(tap, lambda: [recipient for recipient, _ in server.received], server.received.clear)

        def refuse(replies: dict[str, str]) -> None:
            server.replies = replies

        post.refuse = refuse
        yield post


def run(trials: int, recipients: int, seed: int, told: Callable[[int], None] = lambda _n: None) -> Totals:
    """All trials, by turns against each server that is here."""
    totals = Totals()
    with tempfile.TemporaryDirectory(prefix="kliping-trials-") as folder, ExitStack() as stack:
        prepared = prepare(Path(folder), recipients)
        posts = [stack.enter_context(aiosmtpd_post())]
        if exim.installed():
            posts.append(stack.enter_context(exim_post()))
        for number in range(trials):
            home = Path(folder) / f"home{number}"
            home.mkdir()
            shutil.copyfile(prepared, home / "kliping.sqlite")
            trial(posts[number % len(posts)], home, recipients, random.Random(f"{seed}:{number}"), totals)
            shutil.rmtree(home)
            told(number + 1)
    return totals


def prepare(folder: Path, recipients: int) -> Path:
    """A database with that many frozen messages."""
    file = folder / "prepared.sqlite"
    with open_store(f"sqlite:///{file}") as store:
        subscribe(store, recipients)
        messages.freeze(store, settings(folder), edition(store, folder), now=FROZEN)
    return file


def trial(post: Post, home: Path, recipients: int, chance: random.Random, totals: Totals) -> None:
    """One trial."""
    post.empty()
    refused = {f"pembaca{chance.randrange(recipients)}@kota.example": "550 unknown"} if chance.random() < 0.3 else {}
    for _ in range(chance.randint(1, 3)):
        post.refuse(refused)
        faults = [draw(chance, recipients, ACTIONS) for _ in range(chance.randint(0, 3))]
        at_random = not faults or chance.random() < 0.5
        killed_after = chance.uniform(0, _WHOLE) if at_random else None
        one_life(post, home, faults, Life(chance.randint(1, 4), killed_after), totals)
    conclude(post, home, totals)


def conclude(post: Post, home: Path, totals: Totals) -> None:
    """Let the sender finish, look at who got what, and settle what is held."""
    _finish(post, home)
    totals.trials += 1
    _judge(post, home, totals)
    post.refuse({})
    _settle(post, home, totals)


# --- senders' lives --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """How a sender works."""

    lanes: int
    killed_after: float | None = None  # seconds; None: when a fault does it, or never


def one_life(post: Post, home: Path, faults: list[Fault], life: Life, totals: Totals) -> None:
    """A sender that meets these faults."""
    here, there = PROCESSES.Pipe()
    sender = PROCESSES.Process(target=send_all, args=(home, post.tap.port, life.lanes, _STALL, there))
    sender.start()
    there.close()
    assert here.recv() == "ready"
    post.tap.reset(faults, sender.kill)
    here.send("go")
    sender.join(_LIFE if life.killed_after is None else life.killed_after)
    if life.killed_after is None:
        assert sender.exitcode is not None, f"a sender hangs: {faults}"
    sender.kill()
    sender.join()
    totals.kills += sender.exitcode == -9
    totals.faults.update(f"{fault.action} {fault.moment} {fault.step}" for fault in post.tap.happened)
    post.tap.reset([], lambda: None)
    sender.close()
    here.close()


def send_all(home: Path, port: int, lanes: int, timeout: float, ready: Connection) -> None:
    """What the process that is to be killed does."""
    with open_store(f"sqlite:///{home}/kliping.sqlite", migrate=False) as store:
        ready.send("ready")
        ready.recv()
        deliver_due(store, _settings(home, port, lanes, timeout), now=FROZEN)


def _settings(home: Path, port: int, lanes: int, timeout: float) -> Settings:
    return settings(home, host="127.0.0.1", port=port, connections=lanes, timeout=timeout)


def _finish(post: Post, home: Path) -> None:
    """A sender that nothing befalls, with every pause of the deferred ones waited for."""
    with open_store(f"sqlite:///{home}/kliping.sqlite", migrate=False) as store:
        for hour in range(15):
            if not set(store.deliveries.counts()) & set(OPEN):
                return
            deliver_due(store, _settings(home, post.tap.port, 2, _PATIENT), now=FROZEN + timedelta(hours=hour))


# --- what came of it -------------------------------------------------------------------------------------------------


def _judge(post: Post, home: Path, totals: Totals) -> None:
    """Nobody has two; who has none is listed."""
    got = post.got()
    with open_store(f"sqlite:///{home}/kliping.sqlite", migrate=False) as store:
        for row in store.deliveries.list():
            totals.messages += 1
            totals.doubled += got[row.recipient] > 1
            totals.lost += got[row.recipient] == 0 and row.state not in HELD
            totals.held.update([row.state.value] if row.state in HELD else [])


def _settle(post: Post, home: Path, totals: Totals) -> None:
    """A person asks each recipient of what is held, and says it; then everybody has one."""
    got = post.got()
    with open_store(f"sqlite:///{home}/kliping.sqlite", migrate=False) as store:
        chosen = _settings(home, post.tap.port, 2, _PATIENT)
        for decision, arrived in (("skip", True), ("resend", False)):
            numbers = [row.id for row in _held(store) if bool(got[row.recipient]) is arrived]
            resolve(store, chosen, numbers, decision, actor="budi", now=FROZEN + timedelta(hours=15))
        deliver_due(store, chosen, now=FROZEN + timedelta(hours=16))
        everybody = [row.recipient for row in store.deliveries.list()]
    final = post.got()
    totals.unsettled += sum(final[recipient] != 1 for recipient in everybody)


def _held(store: Store) -> list[DeliveryRecord]:
    return [row for row in store.deliveries.list() if row.state in HELD]
