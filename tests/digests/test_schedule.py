"""What is due when: tables, without a store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from digests.hours import hours
from digests.schedule import coming, due_now, is_expired, last_edition, next_editions, period_of, slot
from pipeline.store import DueRow, DueState
from tests.digests.simulated import JAKARTA, PLAN, at


def row(kind: str, scheduled_for: datetime) -> DueRow:
    return DueRow(1, kind, scheduled_for, DueState.DUE, None, None, None)


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("2026-11-17T06:29:59", "2026-11-16"),
        ("2026-11-17T06:30:00", "2026-11-17"),
        ("2026-11-17T23:59:59", "2026-11-17"),
        ("2026-01-01T00:00:00", "2025-12-31"),
    ],
)
def test_the_last_edition_is_the_last_hour_that_has_struck(now: str, period: str) -> None:
    assert last_edition(PLAN.clock, at(now)).period == date.fromisoformat(period)


def test_slots_are_the_same_for_every_process_and_spread_over_the_interval() -> None:
    now = at("2026-11-17T10:17")
    first, second = (slot(PLAN, now, name) for name in PLAN.outlets)
    assert first <= now < first + PLAN.every
    assert second <= now < second + PLAN.every
    assert abs(first - second) == timedelta(minutes=30)
    assert slot(PLAN, now.astimezone(JAKARTA), "antara") == first


def test_a_slot_begins_once_an_interval() -> None:
    start = at("2026-11-17T00:00")
    found = {slot(PLAN, start + timedelta(minutes=n), "antara") for n in range(24 * 60)}
    assert len(found) in {24, 25}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        # a Tuesday: yesterday's Monday roll-up is not due any more once Tuesday's own hour has struck
        (
            "2026-11-17T10:17",
            (
                "draft:daily 06:00, freeze:daily 06:25, health:operators 06:45, heartbeat:daily 06:30,"
                " night:daily 06:15, send:daily 06:30, crawl:antara 10:00, crawl:inews 09:30"
            ),
        ),
        # a Monday between freeze and mail: the week's is frozen too, and sent with the day's
        (
            "2026-11-16T06:26",
            (
                "draft:daily 06:00, freeze:daily 06:25, freeze:daily-weekly 06:25, health:operators 06:45,"
                " heartbeat:daily 06:30, night:daily 06:15, send:daily 06:30, crawl:antara 06:00, crawl:inews 05:30"
            ),
        ),
        (
            "2026-11-16T06:31",
            (
                "draft:daily 06:00, freeze:daily 06:25, freeze:daily-weekly 06:25, health:operators 06:45,"
                " heartbeat:daily 06:30, night:daily 06:15, send:daily 06:30, send:daily-weekly 06:30,"
                " crawl:antara 06:00, crawl:inews 06:30"
            ),
        ),
    ],
)
def test_what_is_due_is_what_struck_last_of_every_kind(now: str, due: str) -> None:
    found = due_now(PLAN, at(now))
    told = [f"{one.kind} {one.scheduled_for.astimezone(JAKARTA):%H:%M}" for one in found]
    crawls = [line for line in told if line.startswith("crawl")]
    assert ", ".join([*sorted(set(told) - set(crawls)), *crawls]) == due


@pytest.mark.parametrize(
    ("kind", "moment", "age", "expired"),
    [
        ("crawl:antara", "2026-11-17T06:00", timedelta(minutes=59), False),
        ("crawl:antara", "2026-11-17T06:00", timedelta(hours=1), True),
        ("draft:daily", "2026-11-17T06:00", timedelta(minutes=24), False),
        ("draft:daily", "2026-11-17T06:00", timedelta(minutes=25), True),  # it left at the freeze
        ("freeze:daily", "2026-11-17T06:25", timedelta(hours=18), False),  # 18 hours are counted from the mail
        ("freeze:daily", "2026-11-17T06:25", timedelta(hours=18, minutes=5), True),
        ("send:daily", "2026-11-17T06:30", timedelta(hours=17, minutes=59), False),
        ("send:daily", "2026-11-17T06:30", timedelta(hours=18), True),
        ("send:daily-weekly", "2026-11-16T06:30", timedelta(hours=18), True),
        ("night:daily", "2026-11-17T06:15", timedelta(hours=18), False),
        ("heartbeat:daily", "2026-11-17T06:30", timedelta(hours=23, minutes=59), False),
        ("heartbeat:daily", "2026-11-17T06:30", timedelta(hours=24), True),  # the next edition's stands for it
        ("health:operators", "2026-11-17T06:45", timedelta(hours=24), True),
    ],
)
def test_what_is_too_late_to_be_worth_doing(kind: str, moment: str, age: timedelta, expired: bool) -> None:
    assert is_expired(row(kind, at(moment)), PLAN, at(moment) + age) is expired


@pytest.mark.parametrize("day", ["2026-11-16", "2026-12-31", "2027-01-01"])
def test_a_row_knows_the_day_of_its_edition(day: str) -> None:
    period = date.fromisoformat(day)
    one = hours(PLAN.clock, period)
    for kind, moment in (("night", one.night), ("freeze", one.freeze), ("send", one.send)):
        assert period_of(PLAN, row(f"{kind}:daily", moment)) == period
    former = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)  # of settings that were changed since
    assert period_of(PLAN, row("send:daily", former)) == date(2026, 11, 17)


def test_the_coming_editions() -> None:
    now = at("2026-11-17T06:00")
    assert [one.send for one in next_editions(PLAN.clock, now, 2)] == [at("2026-11-17T06:30"), at("2026-11-18T06:30")]


def test_what_will_be_due_stands_in_order_and_each_outlet_once() -> None:
    now = at("2026-11-15T23:00")
    found = list(coming(PLAN, now, now + timedelta(days=1)))
    assert [one.scheduled_for for one in found] == sorted(one.scheduled_for for one in found)
    assert [one.kind for one in found if not one.kind.startswith("crawl")] == [
        "draft:daily",
        "night:daily",
        "freeze:daily",
        "freeze:daily-weekly",
        "send:daily",
        "send:daily-weekly",
        "heartbeat:daily",
        "health:operators",
    ]
    assert sorted(one.kind for one in found if one.kind.startswith("crawl")) == ["crawl:antara", "crawl:inews"]
