"""Several connections at once: every promise of one connection holds over all of them together."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from digests import messages
from digests.deliver import deliver_due
from digests.dispatch import Dispatch, Task
from digests.journal import Entry, Journal, Road, Step, read
from digests.pace import Pace
from digests.sender import Watch
from digests.smtp import Outcome, Result
from pipeline.config import Settings
from pipeline.errors import DeliveryError, KlipingError, LeasedError
from pipeline.store import DeliveryRecord, DeliveryState, Store, open_store
from tests.digests import raw_server
from tests.digests.servers import serve
from tests.digests.test_outbox import files_of_at_most
from tests.digests.world import FROZEN, edition, settings, subscribe

SENT, PENDING, DEFERRED = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.DEFERRED
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN


def frozen(store: Store, home: Path, people: int) -> list[str]:
    addresses = subscribe(store, people)
    messages.freeze(store, settings(home), edition(store, home), now=FROZEN)
    return addresses


def through(home: Path, port: int, connections: int, **mail: object) -> Settings:
    return settings(home, host="127.0.0.1", port=port, connections=connections, **mail)


def test_four_connections_send_each_message_once_and_in_order_of_its_steps(store: Store, tmp_path: Path) -> None:
    people = frozen(store, tmp_path, 30)
    with serve() as server:
        report = deliver_due(store, through(tmp_path, server.port, 4), now=FROZEN)
    assert report.complete
    assert server.got == dict.fromkeys(people, 1)
    steps = defaultdict(list)
    for entry in read(tmp_path / "outbox" / "journal.jsonl"):
        steps[entry.key[2]].append(entry.step)
    assert set(steps) == set(people)
    assert {tuple(each) for each in steps.values()} == {(Step.SENDING, Step.DATA, Step.SENT)}


@pytest.mark.parametrize("connections", [1, 4, 16])
def test_a_server_that_drops_everything_gets_three_whatever_the_connections(
    sqlite_url: str, tmp_path: Path, connections: int
) -> None:
    with open_store(sqlite_url) as store, serve({"DATA": "drop"}) as server:
        frozen(store, tmp_path, 20)
        report = deliver_due(store, through(tmp_path, server.port, connections), now=FROZEN)
        counts = store.deliveries.counts()
    assert counts == {UNKNOWN: 3, PENDING: 17}
    assert "broke 3 connections in a row" in (report.trouble or "")
    assert server.got.total() == 3


def test_a_server_that_allows_fewer_connections_gets_everything_over_those(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store, raw_server.serve(most=1) as server:
        frozen(store, tmp_path, 12)
        report = deliver_due(store, through(tmp_path, server.port, 4), now=FROZEN)
    assert (report.states, report.trouble) == ({SENT: 12}, None)
    assert len(server.messages) == 12


@pytest.mark.parametrize(
    ("says", "refused", "words"),
    [
        ({"mail": "553 not you"}, 3, "check mail.sender"),
        ({"rcpt": "550 relaying denied"}, 20, "refused 20 messages in a row"),
    ],
)
def test_a_server_that_refuses_everything_for_good_is_not_asked_on(
    sqlite_url: str, tmp_path: Path, says: dict[str, str], refused: int, words: str
) -> None:
    with open_store(sqlite_url) as store, raw_server.serve(says) as server:
        frozen(store, tmp_path, 30)
        report = deliver_due(store, through(tmp_path, server.port, 1), now=FROZEN)
    assert report.states == {FAILED: refused, PENDING: 30 - refused}
    assert words in (report.trouble or "")


def test_what_was_claimed_and_not_begun_is_as_it_was(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        frozen(store, tmp_path, 6)
        report = deliver_due(store, through(tmp_path, 1, 2), now=FROZEN)
        rows = store.deliveries.list()
    assert "cannot be reached" in (report.trouble or "")
    assert sorted((row.state.value, row.attempts) for row in rows) == [("deferred", 1)] + [("pending", 0)] * 5


def test_a_stopped_send_ends_what_is_under_way_and_keeps_the_rest(sqlite_url: str, tmp_path: Path) -> None:
    done: list[int] = []
    watch = Watch(stopping=lambda: bool(done and done[-1]), told=lambda number, _total: done.append(number))
    with open_store(sqlite_url) as store, serve() as server:
        people = frozen(store, tmp_path, 40)
        report = deliver_due(store, through(tmp_path, server.port, 2), now=FROZEN, watch=watch)
        assert report.trouble == "stopped; the rest waits"
        assert 0 < report.states[SENT] < 40
        assert set(report.states) == {SENT, PENDING}
        assert deliver_due(store, through(tmp_path, server.port, 2), now=FROZEN).complete
    assert server.got == dict.fromkeys(people, 1)


@pytest.mark.parametrize("homes", [1, 2], ids=["one machine", "two machines"])
def test_two_senders_at_once_send_one_edition(store_url: str, tmp_path: Path, homes: int) -> None:
    """One machine: the journal's lock; two: the lease in the database. Each tries until nothing waits."""
    with open_store(store_url) as store, serve() as server:
        people = frozen(store, tmp_path, 16)
        refused: list[str] = []
        threads = [
            Thread(target=_until_done, args=(store_url, tmp_path / str(n % homes), server.port, refused))
            for n in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.deliveries.counts() == {SENT: 16}
    assert server.got == dict.fromkeys(people, 1)
    assert all("another sender" in words or "is held by" in words for words in refused)


def _until_done(url: str, home: Path, port: int, refused: list[str]) -> None:
    with open_store(url) as store:
        while store.deliveries.waiting() or store.deliveries.list(state=DeliveryState.SENDING):
            try:
                deliver_due(store, through(home, port, 3), now=FROZEN)
            except LeasedError as error:
                refused.append(str(error))
            except KlipingError as error:
                refused.append(f"unexpected: {error}")
                return


def test_a_sender_that_lost_its_turn_sends_nothing_more(sqlite_url: str, tmp_path: Path) -> None:
    """A clock that jumps an hour makes another machine the sender: this one hands nothing over any more."""
    with open_store(sqlite_url) as store, serve() as server:
        people = frozen(store, tmp_path, 8)

        def rob(done: int, _total: int) -> None:
            if done:
                store.leases.claim("deliveries", "another machine", timedelta(minutes=5), FROZEN + timedelta(hours=1))

        chosen = through(tmp_path, server.port, 1, per_minute=600)
        slow = Watch(told=rob)
        report = deliver_due(store, chosen, now=FROZEN, watch=slow)
        states = store.deliveries.counts()
    assert server.got.total() == states[SENT] <= len(people)
    assert report.trouble is None or "held by another machine" in report.trouble


# --- what connections and clerk share --------------------------------------------------------------------------------


def task(number: int) -> Task:
    row = DeliveryRecord(
        number, 1, f"{number}@b.example", DeliveryState.SENDING, f"<{number}@b>", 1, 1, None, FROZEN, None
    )
    return Task(row, Entry(FROZEN, Step.SENDING, ("daily", "1", row.recipient), row.message_id, Road.SMTP), b"")


def dispatch(lanes: int) -> Dispatch:
    return Dispatch(lanes, 8, Pace(0), lambda: FROZEN)


OK, LOST = Outcome(Result.SENT, "250"), Outcome(Result.UNKNOWN, "gone", lost=True)


def test_one_message_is_under_way_until_the_server_has_answered_one() -> None:
    shared, second = dispatch(2), Event()
    shared.add([task(1), task(2)])
    first = shared.take()
    assert first is not None

    def take() -> None:
        shared.take()
        second.set()

    other = Thread(target=take)
    other.start()
    assert not second.wait(0.1)
    shared.finish(first, OK)
    assert second.wait(20)
    other.join()


def test_a_connection_that_cannot_be_opened_leaves_its_message_to_the_others() -> None:
    shared = dispatch(2)
    shared.add([task(1), task(2), task(3)])
    first = shared.take()
    assert first is not None
    shared.finish(first, OK)
    second = shared.take()
    assert second is not None
    shared.retire(second, "421 too many")
    assert shared.trouble is None
    assert [one.delivery.id for one in shared.left()] == [2, 3]


def test_the_last_connection_that_cannot_be_opened_is_the_end() -> None:
    shared = dispatch(1)
    shared.add([task(1), task(2)])
    first = shared.take()
    assert first is not None
    shared.retire(first, "cannot be reached")
    assert (shared.trouble, shared.take()) == ("cannot be reached", None)
    assert [(done.task.delivery.id, done.outcome) for done in shared.collect(0)] == [(1, None)]
    assert [one.delivery.id for one in shared.left()] == [2]


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        ([LOST, LOST, OK, LOST, LOST], False),
        ([OK, LOST, LOST, LOST], True),
        ([Outcome(Result.FAILED, "553", step="sender")] * 3, True),
        ([Outcome(Result.FAILED, "550", step="recipient")] * 19, False),
        ([Outcome(Result.FAILED, "550", step="recipient")] * 20, True),
        ([Outcome(Result.DEFERRED, "450", step="recipient")] * 40, False),
    ],
)
def test_when_a_server_is_left_alone(outcomes: list[Outcome], stops: bool) -> None:
    shared = dispatch(1)
    for number, outcome in enumerate(outcomes):
        shared.add([task(number)])
        taken = shared.take()
        assert taken is not None
        shared.finish(taken, outcome)
    assert (shared.trouble is not None) is stops


# --- the journal under many hands ------------------------------------------------------------------------------------


def test_a_line_is_in_the_journal_when_its_writer_goes_on(tmp_path: Path) -> None:
    missing: list[str] = []
    with Journal(tmp_path) as journal:

        def write(hand: int) -> None:
            for number in range(25):
                key = ("daily", "2023-08-01", f"{hand}.{number}@b.example")
                journal.write(Entry(FROZEN, Step.DATA, key, "<1@b>", Road.SMTP))
                if key[2].encode() not in (tmp_path / "journal.jsonl").read_bytes():
                    missing.append(key[2])

        hands = [Thread(target=write, args=(hand,)) for hand in range(6)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert missing == []
    assert len(read(tmp_path / "journal.jsonl")) == 150


def test_a_journal_that_failed_once_takes_nothing_more(tmp_path: Path) -> None:
    entry = Entry(FROZEN, Step.DATA, ("daily", "2023-08-01", "a@b.example"), "<1@b>", Road.SMTP)
    with Journal(tmp_path) as journal:
        journal.write(entry)
        with files_of_at_most(10), pytest.raises(DeliveryError, match="nothing more is sent"):
            journal.write(entry)
        with pytest.raises(DeliveryError, match="nothing more is sent"):
            journal.write(entry)
    assert read(tmp_path / "journal.jsonl") == [entry]
