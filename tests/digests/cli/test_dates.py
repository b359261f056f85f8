"""The dates a person types, as the instants they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from digests.cli.dates import parse_day, parse_since, parse_until
from pipeline.errors import SettingsError

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 17, 20, 0, tzinfo=UTC)  # already the 18th in Jakarta


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-11-01", "2026-11-01T00:00+07:00", "2026-11-02T00:00+07:00"),
        ("today", "2026-11-18T00:00+07:00", "2026-11-19T00:00+07:00"),
        ("yesterday", "2026-11-17T00:00+07:00", "2026-11-18T00:00+07:00"),
        ("7d", "2026-11-11T00:00+07:00", "2026-11-12T00:00+07:00"),
        (" Today ", "2026-11-18T00:00+07:00", "2026-11-19T00:00+07:00"),
        ("2026-11-01T06:30", "2026-11-01T06:30+07:00", "2026-11-01T06:30+07:00"),
        ("2026-11-01T06:30Z", "2026-11-01T06:30+00:00", "2026-11-01T06:30+00:00"),
    ],
)
def test_a_day_is_meant_whole(text: str, since: str, until: str) -> None:
    assert parse_since(text, now=NOW, zone=JAKARTA) == datetime.fromisoformat(since)
    assert parse_until(text, now=NOW, zone=JAKARTA) == datetime.fromisoformat(until)


def test_nothing_typed_is_no_bound() -> None:
    assert parse_since(None, now=NOW, zone=JAKARTA) is None
    assert parse_until(None, now=NOW, zone=JAKARTA) is None


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "17/11/2026", "d", "2026-11-17Tnoon", "-7d"])
def test_anything_else_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(SettingsError, match="write 2026-11-17, today, yesterday or 7d"):
        parse_since(text, now=NOW, zone=JAKARTA)


def test_a_day_alone() -> None:
    assert parse_day("3d", today=date(2026, 3, 2)) == date(2026, 2, 27)
