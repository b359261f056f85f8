"""What is due is done once, whatever happens meanwhile: on real stores, with clocks that the test moves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from pipeline.errors import KlipingError
from pipeline.store import DueState, Store, open_store
from tests.digests.simulated import (
    AWAY,
    Desk,
    Time,
    at,
    scheduler,
    turn,
    without_fsync,
    work,
)

EDITION = ["freeze daily 2026-11-17", "send daily 2026-11-17"]


@pytest.fixture
def lone(sqlite_url: str) -> Iterator[Store]:
    """For what no database could tell from another."""
    with open_store(sqlite_url) as opened:
        yield without_fsync(opened)


def test_a_morning_is_done_in_its_order_and_each_thing_once(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T04:00")))
    one = scheduler(lone, desk)
    turn(one)
    desk.done.clear()
    desk.time.now = at("2026-11-17T05:55")
    stamps: dict[str, datetime] = {}
    while desk.time.now < at("2026-11-17T07:00"):
        desk.time.go(minutes=5)
        turn(one, rounds=1)
        stamps |= {line: desk.time.now for line in desk.done if line not in stamps}
    day = [line for line in desk.done if not line.startswith("crawl")]
    assert day == [
        "draft daily 2026-11-17",
        "night daily 2026-11-17",
        "freeze daily 2026-11-17",
        "send daily 2026-11-17",
        "heartbeat daily 2026-11-17",
        "health operators 2026-11-17",
    ]
    assert stamps["freeze daily 2026-11-17"] == at("2026-11-17T06:25")
    assert stamps["send daily 2026-11-17"] == at("2026-11-17T06:30")


def test_the_freeze_keeps_its_hour_whatever_crawls_and_the_night_still_do(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T05:55")))
    one = scheduler(lone, desk)
    turn(one)
    desk.troubles = {"night": KlipingError("the assembler is held"), "crawl": KlipingError("slow")}
    for moment in ("06:05", "06:15", "06:25"):
        desk.time.now = at(f"2026-11-17T{moment}")
        one.guard("tick", one.tick)
    open_rows = {row.kind for row in lone.due.list(DueState.DUE)}
    assert {"night:daily", "crawl:antara", "freeze:daily"} <= open_rows
    for _ in range(2):
        one.work("freeze", "send")
    assert desk.of("freeze") == ["freeze daily 2026-11-17"]


def test_on_monday_the_weekly_roll_up_is_frozen_and_sent_likewise(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-16T06:24")))
    one = scheduler(lone, desk)
    turn(one)
    desk.done.clear()
    desk.time.now = at("2026-11-16T06:25")
    turn(one)
    assert desk.of("freeze", "send") == ["freeze daily 2026-11-16", "freeze daily-weekly 2026-11-16"]
    desk.time.now = at("2026-11-16T06:30")
    turn(one)
    assert desk.of("send") == ["send daily 2026-11-16", "send daily-weekly 2026-11-16"]


def test_two_schedulers_do_each_thing_once_and_the_second_stands_by(store: Store) -> None:
    time = Time(at("2026-11-17T06:31"))
    first, second = Desk(time), Desk(time)
    leader, other = scheduler(store, first), scheduler(store, second, holder="elsewhere:2:x")
    turn(leader, other)
    assert second.done == []
    assert any(line.startswith("standing by: scheduler: is held by") for line in second.said)
    time.go(hours=2)  # the leader is silent for longer than its lease
    turn(other)
    assert second.of("freeze", "send") == []  # the first has done it
    assert sorted(second.of("crawl")) == ["crawl antara", "crawl inews"]


def test_a_leader_that_was_suspended_takes_up_nothing_when_it_wakes(store: Store) -> None:
    time = Time(at("2026-11-17T06:31"))
    sleeper, other = Desk(time), Desk(time)
    one, two = scheduler(store, sleeper, holder="here:1:x"), scheduler(store, other, holder="elsewhere:2:x")
    one.tick()
    time.go(seconds=61)
    two.tick()
    one._lease = one._lease and type(one._lease)(  # as if the clock of its machine had stood still, too
        one._lease.name, one._lease.holder, one._lease.fence, time.now + timedelta(seconds=30)
    )
    work(one)
    assert sleeper.done == []
    work(two, rounds=6)
    assert other.of("freeze", "send") == EDITION


def test_a_lease_that_is_lost_while_its_holder_works_changes_nothing_of_what_the_next_one_did(store: Store) -> None:
    time = Time(at("2026-11-17T06:29:50"))
    slow, other = Desk(time), Desk(time)
    one, two = scheduler(store, slow, holder="here:1:x"), scheduler(store, other, holder="elsewhere:2:x")

    def meanwhile(kind: str) -> None:
        if kind == "freeze":
            slow.meanwhile = lambda _: None
            slow.troubles = {"freeze": AWAY}
            time.go(seconds=61)
            turn(two, rounds=8)

    slow.meanwhile = meanwhile
    one.tick()
    for _ in range(4):  # yesterday's mail is let go first
        one.work("freeze", "send")
    assert other.of("freeze", "send") == EDITION
    row = store.due.latest("freeze:daily")
    assert row is not None
    assert (row.state, row.detail) == (DueState.DONE, "done")  # the first one's failure came too late to count


def test_what_a_killed_leader_was_doing_is_done_by_the_next(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:31")))
    store.due.add("freeze:daily", at("2026-11-17T06:25"))
    assert store.due.claim_next(desk.time.now, "freeze:")  # and then it was killed
    turn(scheduler(store, desk), rounds=6)
    assert desk.of("freeze", "send") == EDITION


def test_a_dead_holder_of_another_machine_does_not_lead_on_when_the_clock_goes_back(store: Store) -> None:
    time = Time(at("2026-11-17T06:31"))
    first, second = Desk(time), Desk(time)
    scheduler(store, first, holder="elsewhere:1:x").tick()
    time.now -= timedelta(hours=3)  # its lease now lasts for three hours, and it is dead
    other = scheduler(store, second, holder="here:2:x")
    for _ in range(20):
        time.go(seconds=5)
        turn(other)
    assert second.done == []  # it may still live
    for _ in range(6):
        time.go(seconds=5)
        turn(other)
    assert second.of("crawl")


# --- the store goes away -----------------------------------------------------------------------------------------


class Hiccup:
    """A store whose due rows cannot be told how they ended, for a while."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.away = False
        plain = store.due.finish

        def finish(*arguments: object, **named: object) -> bool:
            if self.away:
                raise AWAY
            return plain(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came

        monkeypatch.setattr(store.due, "finish", finish)


def test_what_was_done_while_the_store_was_away_is_told_to_it_later_and_not_done_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, hiccup = Desk(Time(at("2026-11-17T06:31"))), Hiccup(store, monkeypatch)
    one = scheduler(store, desk)
    one.tick()
    hiccup.away = True
    work(one, rounds=8)
    assert desk.said.count("the database is away") >= 1
    done = list(desk.done)
    assert done
    assert {row.state for row in store.due.list()} <= {DueState.DUE, DueState.RUNNING}
    hiccup.away = False
    for _ in range(4):
        desk.time.go(seconds=5)
        turn(one, rounds=8)
    assert len(desk.done) == len(set(desk.done))
    assert desk.done[: len(done)] == done
    assert desk.of("freeze", "send") == EDITION


def test_a_leader_that_cannot_renew_its_lease_stops_taking_up_work(
    lone: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Time(at("2026-11-17T06:31")))
    one = scheduler(lone, desk)
    one.tick()

    def away(*_: object) -> None:
        raise AWAY

    with monkeypatch.context() as patched:
        patched.setattr(lone.leases, "claim", away)
        desk.time.go(seconds=61)
        turn(one)
    assert desk.done == []
    turn(one, rounds=8)
    assert desk.of("freeze", "send") == EDITION


def test_an_edition_that_failed_is_tried_again_after_seconds_then_minutes(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:24")))
    one = scheduler(lone, desk)
    turn(one)
    desk.done.clear()
    desk.troubles = {"freeze": ValueError("made up")}
    desk.time.now = at("2026-11-17T06:25")
    tries = []

    def note(kind: str) -> None:
        if kind == "freeze":
            tries.append(desk.time.now)

    desk.meanwhile = note
    for _ in range(80):
        one.guard("tick", one.tick)
        one.work("freeze", "send")
        desk.time.go(seconds=5)
    gaps = [(later - first).total_seconds() for first, later in itertools.pairwise(tries)]
    assert gaps == [5, 15, 60, 300]
    assert any(
        "freeze:daily due 2026-11-17 06:25: a defect: ValueError: made up; is tried" in line for line in desk.said
    )
    assert "send daily 2026-11-17" in desk.done  # its own row freezes what is not frozen
