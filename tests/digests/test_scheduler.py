"""What is due is done once, whatever happens meanwhile: on real stores, with clocks that the test moves."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.errors import KlipingError
from pipeline.store import DueState, Store, open_store
from tests.digests.simulated import (
    AWAY,
    JAKARTA,
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


def test_a_morning_is_done_in_its_order_and_each_thing_once(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T04:00")))
    one = scheduler(store, desk)
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


def test_the_freeze_keeps_its_hour_whatever_crawls_and_the_night_still_do(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T05:55")))
    one = scheduler(store, desk)
    turn(one)
    desk.troubles = {"night": KlipingError("the assembler is held"), "crawl": KlipingError("slow")}
    for moment in ("06:05", "06:15", "06:25"):
        desk.time.now = at(f"2026-11-17T{moment}")
        one.guard("tick", one.tick)
    open_rows = {row.kind for row in store.due.list(DueState.DUE)}
    assert {"night:daily", "crawl:antara", "freeze:daily"} <= open_rows
    for _ in range(2):
        one.work("freeze", "send")
    assert desk.of("freeze") == ["freeze daily 2026-11-17"]


def test_on_monday_the_weekly_roll_up_is_frozen_and_sent_likewise(store: Store) -> None:
    desk = Desk(Time(at("2026-11-16T06:24")))
    one = scheduler(store, desk)
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
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Time(at("2026-11-17T06:31")))
    one = scheduler(store, desk)
    one.tick()

    def away(*_: object) -> None:
        raise AWAY

    with monkeypatch.context() as patched:
        patched.setattr(store.leases, "claim", away)
        desk.time.go(seconds=61)
        turn(one)
    assert desk.done == []
    turn(one, rounds=8)
    assert desk.of("freeze", "send") == EDITION


def test_an_edition_that_failed_is_tried_again_after_seconds_then_minutes(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:24")))
    one = scheduler(store, desk)
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


# --- catching up -------------------------------------------------------------------------------------------------


def test_an_edition_that_is_late_waits_for_crawls_and_the_night_but_not_for_ever(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    one = scheduler(store, desk)
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


def test_crawls_that_never_end_hold_a_late_edition_for_half_an_hour(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    one = scheduler(store, desk)
    one.tick()
    lead(one, desk.time, 29)
    one.work("freeze", "send")
    assert desk.done == []
    lead(one, desk.time, 2)
    for _ in EDITION:
        one.work("freeze", "send")
    assert desk.of("freeze", "send") == EDITION


def test_a_leader_that_comes_a_minute_late_waits_for_nothing(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:26")))
    one = scheduler(store, desk)
    one.tick()
    for _ in range(4):  # yesterday's mail is let go first
        one.work("freeze", "send")
    assert desk.done == ["freeze daily 2026-11-17"]


@pytest.mark.parametrize(
    ("start", "done"),
    [("2026-11-18T00:29", EDITION), ("2026-11-18T00:31", [])],
)
def test_an_edition_due_while_everything_was_down_is_sent_once_on_start_or_expires(
    store: Store, start: str, done: list[str]
) -> None:
    desk = Desk(Time(at(start)))
    one = scheduler(store, desk)
    one.tick()
    for _ in range(3):
        work(one, rounds=4)
        one.tick()
    assert desk.of("freeze", "send") == done
    state = DueState.DONE if done else DueState.EXPIRED
    assert [row.state for row in store.due.list(prefix=("freeze:", "send:"))] == [state] * 2
    assert bool(done) is not any("send:daily due 2026-11-17 06:30: too late" in line for line in desk.said)


def test_a_crawl_that_was_stopped_is_due_at_the_next_start_and_one_that_failed_in_its_next_slot(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")), kinds=("crawl",))
    one = scheduler(store, desk)
    one.tick()
    desk.meanwhile = lambda _: one.stop()
    work(one)
    assert len(desk.done) == 1
    next_one = Desk(desk.time, kinds=("crawl",), troubles={"crawl": KlipingError("the archive is full: make room")})
    two = scheduler(store, next_one, holder=one._leader._holder)
    turn(two)
    assert [line.partition(": ")[2] for line in next_one.said] == ["the archive is full: make room"] * 2
    next_one.troubles = {}
    turn(two)
    assert next_one.done == []
    next_one.time.go(hours=1)
    turn(two)
    assert sorted(next_one.done) == ["crawl antara", "crawl inews"]


def test_an_outlet_that_is_watched_no_more_and_a_former_list_are_let_go(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T10:00")))
    store.due.add("crawl:kota", at("2026-11-17T09:59"))
    store.due.add("freeze:former", at("2026-11-17T06:25"))
    turn(scheduler(store, desk), rounds=8)
    assert not desk.of("crawl kota", "freeze former")
    for kind in ("crawl:kota", "freeze:former"):
        assert store.due.latest(kind).state is DueState.EXPIRED  # type: ignore[union-attr]  # it was just added


def test_what_is_too_early_is_looked_at_every_minute_and_says_nothing(store: Store) -> None:
    desk = Desk(Time(at("2026-11-17T06:31")), kinds=("heartbeat",), early={"heartbeat"})
    looks: list[str] = []
    one = scheduler(store, desk)
    desk.meanwhile = looks.append
    for _ in range(20):
        one.tick()
        one.work("heartbeat")
        desk.time.go(seconds=15)
    assert (len(looks), desk.said) == (5, [])
    desk.early.clear()
    turn(one)
    assert desk.done == ["heartbeat daily 2026-11-17"]


def test_chores_are_done_by_the_leader_only_and_a_trouble_is_said_once(store: Store) -> None:
    time, answers = Time(at("2026-11-17T10:00")), ["no answer", "no answer", "", "no answer"]

    def mail() -> str | None:
        answer = answers.pop(0)
        if answer:
            raise KlipingError(answer)
        return None

    desk, idle = Desk(time, mail=mail), Desk(time)
    leader, other = scheduler(store, desk), scheduler(store, idle, holder="elsewhere:2:x")
    leader.guard("mail", leader.do_chore, "mail")
    assert len(answers) == 4  # it does not lead yet
    leader.tick()
    other.tick()
    for each in (other, leader, leader, leader, leader):
        each.guard("mail", each.do_chore, "mail")
    assert [line for line in desk.said if line == "no answer"] == ["no answer"] * 2
    assert not answers


# --- anything may happen -----------------------------------------------------------------------------------------

DAYS = 2
EVENTS = st.lists(
    st.tuples(
        st.integers(0, DAYS * 24 * 60),  # minute
        st.sampled_from(["kill", "both away", "sleep", "back", "forward"]),
        st.integers(1, 300),  # minutes
    ),
    max_size=6,
)


@settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, phases=[Phase.generate]
)
@given(events=EVENTS, seed=st.integers(0, 1000))
def test_whatever_happens_a_day_has_one_edition_at_most_and_a_missing_one_is_marked(
    sqlite_template: Path, tmp_path: Path, events: list[tuple[int, str, int]], seed: int
) -> None:
    """Kills, outages, sleeps and clocks put back or forward."""
    file = tmp_path / "simulated.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    with open_store(f"sqlite:///{file}") as store:
        _simulate(without_fsync(store), sorted(events), random.Random(seed))


def _simulate(store: Store, events: list[tuple[int, str, int]], chance: random.Random) -> None:
    time = Time(at("2026-11-17T05:00"))
    desk = Desk(time, kinds=("freeze", "send"))
    both = [scheduler(store, desk, holder=f"machine{n}:1:x") for n in (1, 2)]
    away, todo = [0.0, 0.0], list(events)  # until when each is dead, in passed seconds
    while time.passed < DAYS * 24 * 3600:
        near = abs(time.now - time.now.replace(hour=23, minute=30)) < timedelta(minutes=40)
        time.go(minutes=chance.choice((1, 4, 7) if near else (20, 60)))
        while todo and todo[0][0] * 60 <= time.passed:
            _happen(*todo.pop(0)[1:], time, away)
        for n, one in enumerate(both):
            if time.passed < away[n]:
                both[n] = scheduler(store, desk, holder=f"machine{n}:{time.passed}:x")  # when it comes back
            else:
                one.guard("tick", one.tick)
                one.guard("editions", one.work, "freeze", "send")
                one.guard("editions", one.work, "freeze", "send")
    _check(store, desk)
    assert events or len(desk.of("send")) == DAYS


def _check(store: Store, desk: Desk) -> None:
    """Nothing twice; what was not done in time says so."""
    assert len(desk.done) == len(set(desk.done)), desk.done
    rows = store.due.list(None, None)
    assert len(desk.done) == sum(row.state is DueState.DONE for row in rows)
    sent = [line.split()[-1] for line in desk.of("send daily ")]
    assert sent == sorted(sent)
    expired = {row.scheduled_for for row in rows if row.state is DueState.EXPIRED}
    assert all(
        any(f"{when.astimezone(JAKARTA):%Y-%m-%d %H:%M}: too late" in line for line in desk.said) for when in expired
    )


def _happen(what: str, minutes: int, time: Time, away: list[float]) -> None:
    match what:
        case "kill":
            away[0] = time.passed + minutes * 60
        case "both away":
            away[0] = away[1] = time.passed + minutes * 60
        case "sleep" | "forward":
            time.now += timedelta(minutes=minutes)
        case "back":
            time.now -= timedelta(minutes=minutes)
