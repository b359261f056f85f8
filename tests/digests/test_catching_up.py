"""What happens after nobody was there: crawls first, the edition once, or a mark that it was missed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.errors import KlipingError
from pipeline.store import DueState, Store, open_store
from tests.digests.simulated import (
    Desk,
    Time,
    at,
    lead,
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


def test_an_edition_that_is_late_waits_for_crawls_and_the_night_but_not_for_ever(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    one = scheduler(lone, desk)
    one.tick()
    one.work("freeze", "send")
    one.work("night")
    assert desk.done == []
    one.work("crawl")
    one.work("night")
    assert len(desk.done) == 1  # the other crawl is still to come
    one.work("crawl")
    one.work("freeze", "send")
    assert desk.of("freeze") == []  # the night comes first
    one.work("night")
    work(one, rounds=2)
    assert desk.of("night", "freeze", "send") == ["night daily 2026-11-17", *EDITION]


def test_crawls_that_never_end_hold_a_late_edition_for_half_an_hour(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    one = scheduler(lone, desk)
    one.tick()
    lead(one, desk.time, 29)
    one.work("freeze", "send")
    assert desk.done == []
    lead(one, desk.time, 2)
    for _ in EDITION:
        one.work("freeze", "send")
    assert desk.of("freeze", "send") == EDITION


def test_a_leader_that_comes_a_minute_late_waits_for_nothing(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:26")))
    one = scheduler(lone, desk)
    one.tick()
    for _ in range(4):  # yesterday's mail is let go first
        one.work("freeze", "send")
    assert desk.done == ["freeze daily 2026-11-17"]


@pytest.mark.parametrize(
    ("start", "done"),
    [("2026-11-18T00:29", EDITION), ("2026-11-18T00:31", [])],
)
def test_an_edition_due_while_everything_was_down_is_sent_once_on_start_or_expires(
    lone: Store, start: str, done: list[str]
) -> None:
    desk = Desk(Time(at(start)))
    one = scheduler(lone, desk)
    one.tick()
    for _ in range(3):
        work(one, rounds=4)
        one.tick()
    assert desk.of("freeze", "send") == done
    state = DueState.DONE if done else DueState.EXPIRED
    assert [row.state for row in lone.due.list(prefix=("freeze:", "send:"))] == [state] * 2
    assert bool(done) is not any("send:daily due 2026-11-17 06:30: too late" in line for line in desk.said)


def test_a_crawl_that_was_stopped_is_due_at_the_next_start_and_one_that_failed_in_its_next_slot(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")), kinds=("crawl",))
    one = scheduler(lone, desk)
    one.tick()
    desk.meanwhile = lambda _: one.stop()
    work(one)
    assert len(desk.done) == 1
    next_one = Desk(desk.time, kinds=("crawl",), troubles={"crawl": KlipingError("the archive is full: make room")})
    two = scheduler(lone, next_one, holder=one._leader._holder)
    turn(two)
    assert [line.partition(": ")[2] for line in next_one.said] == ["the archive is full: make room"] * 2
    next_one.troubles = {}
    turn(two)
    assert next_one.done == []
    next_one.time.go(hours=1)
    turn(two)
    assert sorted(next_one.done) == ["crawl antara", "crawl inews"]


def test_an_outlet_that_is_watched_no_more_and_a_former_list_are_let_go(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    lone.due.add("crawl:kota", at("2026-11-17T09:59"))
    lone.due.add("freeze:former", at("2026-11-17T06:25"))
    turn(scheduler(lone, desk), rounds=8)
    assert not desk.of("crawl kota", "freeze former")
    for kind in ("crawl:kota", "freeze:former"):
        assert lone.due.latest(kind).state is DueState.EXPIRED  # type: ignore[union-attr]  # it was just added


def test_what_is_too_early_is_looked_at_every_minute_and_says_nothing(lone: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:31")), kinds=("heartbeat",), early={"heartbeat"})
    looks: list[str] = []
    one = scheduler(lone, desk)
    desk.meanwhile = looks.append
    for _ in range(20):
        one.tick()
        one.work("heartbeat")
        desk.time.go(seconds=15)
    assert (len(looks), desk.said) == (5, [])
    desk.early.clear()
    turn(one)
    assert desk.done == ["heartbeat daily 2026-11-17"]


def test_chores_are_done_by_the_leader_only_and_a_trouble_is_said_once(lone: Store) -> None:
    time, answers = Time(at("2026-11-17T10:00")), ["no answer", "no answer", "", "no answer"]

    def mail() -> str | None:
        answer = answers.pop(0)
        if answer:
            raise KlipingError(answer)
        return None

    desk, idle = Desk(time, mail=mail), Desk(time)
    leader, other = scheduler(lone, desk), scheduler(lone, idle, holder="elsewhere:2:x")
    leader.guard("mail", leader.do_chore, "mail")
    assert len(answers) == 4  # it does not lead yet
    leader.tick()
    other.tick()
    for each in (other, leader, leader, leader, leader):
        each.guard("mail", each.do_chore, "mail")
    assert [line for line in desk.said if line == "no answer"] == ["no answer"] * 2
    assert not answers
