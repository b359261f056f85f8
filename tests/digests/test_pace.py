"""How fast and until when: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from digests.expiry import expires_at, leaves_until
from digests.pace import Pace
from pipeline.config import DigestSettings, Settings
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord

NOW = datetime(2023, 8, 1, 0, 0, tzinfo=UTC)
SETTINGS = Settings(digest=DigestSettings(expires_hours=18))  # at 06:30 in Jakarta


@pytest.mark.parametrize(("per_minute", "count"), [(1, 3), (30, 90), (600, 1200)])
def test_no_minute_sees_more_messages_than_are_allowed(per_minute: int, count: int) -> None:
    pace, now, left = Pace(per_minute), NOW, []
    for _ in range(count):
        now += pace.take(now)
        left.append(now)
    for first in left:
        assert sum(first <= at < first + timedelta(minutes=1) for at in left) <= per_minute
    assert left[-1] - left[0] == (count - 1) * timedelta(minutes=1) / per_minute


def test_without_a_limit_nobody_waits() -> None:
    pace = Pace(0)
    assert {pace.take(NOW) for _ in range(1000)} == {timedelta()}


def test_time_that_passed_unused_gives_no_burst() -> None:
    pace = Pace(60)
    pace.take(NOW)
    later = NOW + timedelta(minutes=10)
    assert [pace.take(later) for _ in range(3)] == [timedelta(seconds=n) for n in range(3)]


def record(period: str) -> EditionRecord:
    return EditionRecord(1, "daily", period, NOW, "d", {})


def delivery(own: datetime | None = None) -> DeliveryRecord:
    return DeliveryRecord(1, 1, "a@b.example", DeliveryState.PENDING, "<1@b>", 0, None, None, NOW, None, own)


@pytest.mark.parametrize(
    ("period", "own", "expected"),
    [
        ("2023-08-01", None, datetime(2023, 8, 1, 17, 30, tzinfo=UTC)),  # 00:30 of the next day in Jakarta
        ("2023-08-01", NOW, NOW),
        ("2023-08-01.0003", None, NOW + timedelta(hours=18)),  # an alert: from its freeze on
        ("2023-08-01.0003", NOW, NOW),
    ],
)
def test_an_editions_mail_leaves_until_its_hours_are_over(
    period: str, own: datetime | None, expected: datetime
) -> None:
    assert leaves_until(record(period), delivery(own), SETTINGS) == expected


def test_a_period_that_is_no_day_has_no_hour() -> None:
    assert expires_at("2023-08-01.0003", SETTINGS) is None
    assert expires_at(date(2023, 8, 1).isoformat(), SETTINGS) is not None
