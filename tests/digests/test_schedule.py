"""What is due when, and that it is done once: on real stores, with a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from digests.schedule import Actions, Plan, Scheduler, due_now, last_edition, next_editions, slot
from pipeline.errors import KlipingError
from pipeline.store import DueState, Store

JAKARTA = ZoneInfo("Asia/Jakarta")
PLAN = Plan(outlets=("antara", "inews"), every=timedelta(hours=1), list="daily", at=time(6, 30), zone=JAKARTA)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-17T06:29:59", "2026-11-16T06:30"),
        ("2026-11-17T06:30:00", "2026-11-17T06:30"),
        ("2026-11-17T23:59:59", "2026-11-17T06:30"),
        ("2026-01-01T00:00:00", "2025-12-31T06:30"),
    ],
)
def test_the_last_edition_is_the_last_hour_that_has_struck(now: str, due: str) -> None:
    assert last_edition(PLAN.at, JAKARTA, at(now)) == at(due)


def test_a_day_without_that_hour_still_has_one_edition() -> None:
    """On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00: half past two does not exist."""
    berlin = ZoneInfo("Europe/Berlin")
    noon = datetime(2026, 3, 29, 12, tzinfo=berlin)
    assert last_edition(time(2, 30), berlin, noon).date().isoformat() == "2026-03-29"


def test_slots_are_the_same_for_every_process_and_spread_over_the_interval() -> None:
    now = at("2026-11-17T10:17")
    first, second = (slot(PLAN, now, name) for name in PLAN.outlets)
    assert first <= now < first + PLAN.every
    assert second <= now < second + PLAN.every
    assert abs(first - second) == timedelta(minutes=30)
    assert slot(PLAN, now.astimezone(UTC), "antara") == first


def test_a_slot_begins_once_an_interval() -> None:
    start = at("2026-11-17T00:00")
    found = {slot(PLAN, start + timedelta(minutes=n), "antara") for n in range(24 * 60)}
    assert len(found) in {24, 25}


def test_what_is_due_is_the_edition_and_every_outlets_slot() -> None:
    kinds = [due.kind for due in due_now(PLAN, at("2026-11-17T10:17"))]
    assert kinds == ["edition:daily", "crawl:antara", "crawl:inews"]


def test_the_coming_editions() -> None:
    assert next_editions(PLAN, at("2026-11-17T06:00"), 2) == [at("2026-11-17T06:30"), at("2026-11-18T06:30")]


class Clock:
    """Moved by the test."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Office:
    """Notes what it is asked to do."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.said: list[str] = []
        self.fails = False
        self.breaks = False  # editions cannot be made

    def crawl(self, name: str) -> str:
        if self.fails:
            raise KlipingError("the archive is full: make room")
        self.done.append(f"crawl {name}")
        return "finished"

    def mail(self) -> str | None:
        if self.fails:
            raise KlipingError("the mail server does not answer")
        return None

    def edition(self, due: datetime) -> str:
        if self.breaks:
            raise ValueError("made up")
        self.done.append(f"edition {due.astimezone(JAKARTA):%Y-%m-%d}")
        return "1 sent"


def scheduler(store: Store, office: Office, clock: Clock) -> Scheduler:
    actions = Actions(crawl=office.crawl, edition=office.edition, mail=office.mail)
    return Scheduler(store, PLAN, actions, clock=clock, say=office.said.append, threads=1)


def work(*schedulers: Scheduler, rounds: int = 6) -> None:
    for _ in range(rounds):
        for each in schedulers:
            each.work("edition:")
            each.work("crawl:")


def test_each_thing_is_done_once_however_often_the_ticks_come(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T06:31"))
    one = scheduler(store, office, clock)
    for _ in range(3):
        one.tick()
        work(one)
    assert sorted(office.done) == ["crawl antara", "crawl inews", "edition 2026-11-17"]


def test_two_schedulers_do_each_thing_once_and_the_second_stands_by(store: Store) -> None:
    first, second, clock = Office(), Office(), Clock(at("2026-11-17T06:31"))
    leader, other = scheduler(store, first, clock), scheduler(store, second, clock)
    other._holder = "another:2"
    leader.tick()
    other.tick()
    work(leader, other)
    assert second.done == []
    assert any(line.startswith("standing by") for line in second.said)
    clock.now += timedelta(hours=2)  # the leader is silent for longer than its lease
    other.tick()
    work(other)
    assert "edition 2026-11-17" not in second.done  # it was made by the first
    assert sorted(second.done) == ["crawl antara", "crawl inews"]


def test_what_a_killed_leader_was_doing_is_done_by_the_next(store: Store) -> None:
    clock = Clock(at("2026-11-17T06:31"))
    store.due.add("edition:daily", at("2026-11-17T06:30"))
    assert store.due.claim_next(clock.now, "edition:")  # and then it was killed
    office = Office()
    one = scheduler(store, office, clock)
    one.tick()
    work(one)
    assert "edition 2026-11-17" in office.done


def test_after_a_sleep_the_edition_is_caught_up_the_same_day_and_let_go_after_midnight(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T15:00"))
    one = scheduler(store, office, clock)
    one.tick()
    work(one)
    assert "edition 2026-11-17" in office.done
    clock.now = at("2026-11-19T00:45")  # slept over the 18th
    one.tick()
    work(one)
    assert "edition 2026-11-18" not in office.done
    assert store.due.latest("edition:daily").state is DueState.EXPIRED  # type: ignore[union-attr]  # it was just added


def test_a_failure_is_the_rows_and_the_loop_goes_on(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T06:31"))
    office.fails = True
    one = scheduler(store, office, clock)
    one.tick()
    work(one)
    assert office.done == ["edition 2026-11-17"]
    assert any("make room" in line for line in office.said)
    office.fails = False
    clock.now += PLAN.every
    one.tick()
    work(one)
    assert sorted(office.done) == ["crawl antara", "crawl inews", "edition 2026-11-17"]


def test_waiting_mail_is_tried_by_the_leader_only_and_trouble_is_said(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T06:31"))
    office.fails = True
    one = scheduler(store, office, clock)
    one.send_waiting()
    assert office.said == []  # it does not lead yet
    one.tick()
    for _ in range(3):
        one.guard(one.send_waiting)
    assert office.said == ["the mail server does not answer"]  # once, as long as it is the same
    office.fails = False
    one.guard(one.send_waiting)
    office.fails = True
    one.guard(one.send_waiting)
    assert len(office.said) == 2


def test_an_edition_waits_for_the_crawls_of_the_start_but_not_for_ever(store: Store) -> None:
    """Nobody crawled over the night: an edition made at once would tell of no outlet."""
    office, clock = Office(), Clock(at("2026-11-17T06:31"))
    one = scheduler(store, office, clock)
    one.tick()
    one.work("edition:")
    one.work("crawl:")
    one.work("edition:")
    (first,) = office.done  # the other crawl is still to come
    assert first.startswith("crawl")
    clock.now += timedelta(minutes=31)
    one.work("edition:")
    assert office.done == [first, "edition 2026-11-17"]


def test_an_edition_that_failed_is_tried_again_after_a_while(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T06:31"))
    office.breaks = True
    one = scheduler(store, office, clock)
    one.tick()
    work(one)
    assert sorted(office.done) == ["crawl antara", "crawl inews"]
    (line,) = [line for line in office.said if "a defect" in line]
    assert "ValueError: made up; is tried again in 5 minutes" in line
    office.breaks = False
    clock.now += timedelta(minutes=4)
    work(one)
    assert "edition 2026-11-17" not in office.done
    clock.now += timedelta(minutes=1)
    work(one)
    assert "edition 2026-11-17" in office.done


def test_a_crawl_that_was_stopped_is_due_at_the_next_start(store: Store) -> None:
    clock, stopped, next_one = Clock(at("2026-11-17T10:00")), Office(), Office()
    one = scheduler(store, stopped, clock)
    one.tick()
    plain = stopped.crawl

    def crawl(name: str) -> str:
        one.stop()  # while it runs
        return plain(name)

    one._actions = Actions(crawl=crawl, edition=stopped.edition, mail=stopped.mail)
    work(one)
    assert len(stopped.done) == 1
    two = scheduler(store, next_one, clock)
    two._holder = one._holder
    two.tick()
    work(two)
    assert sorted(next_one.done) == ["crawl antara", "crawl inews", "edition 2026-11-17"]


def test_an_outlet_that_is_watched_no_more_is_not_crawled(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T10:00"))
    store.due.add("crawl:kota", at("2026-11-17T09:59"))
    one = scheduler(store, office, clock)
    one.tick()
    work(one)
    assert "crawl kota" not in office.done
    assert store.due.latest("crawl:kota").state is DueState.EXPIRED  # type: ignore[union-attr]  # it was just added


def test_rows_under_way_are_not_begun_again_when_a_leader_that_slept_leads_again(store: Store) -> None:
    office, clock = Office(), Clock(at("2026-11-17T10:00"))
    one = scheduler(store, office, clock)
    one.tick()
    plain = office.crawl

    def crawl(name: str) -> str:
        clock.now += timedelta(minutes=5)  # longer than the lease
        one.tick()
        running = {row.kind for row in store.due.list(DueState.RUNNING)}
        assert running == {f"crawl:{name}"}
        return plain(name)

    one._actions = Actions(crawl=crawl, edition=office.edition, mail=office.mail)
    work(one)
    assert sorted(office.done) == ["crawl antara", "crawl inews", "edition 2026-11-17"]


def test_alarms_are_told_by_the_leader_only_and_a_trouble_is_said_once(store: Store) -> None:
    office, clock, told = Office(), Clock(at("2026-11-17T10:00")), ["alarm mail: 1 opened, 0 closed"]
    leader, other = scheduler(store, office, clock), scheduler(store, Office(), clock)
    for each in (leader, other):
        each._actions = Actions(office.crawl, office.edition, office.mail, lambda: told.pop() if told else None)
    leader.tick()
    other.guard(other.tick)
    other.guard(other.tell_alarms)
    assert told
    leader.guard(leader.tell_alarms)
    leader.guard(leader.tell_alarms)
    assert office.said == ["alarm mail: 1 opened, 0 closed"]
