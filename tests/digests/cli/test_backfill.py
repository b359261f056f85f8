"""`kliping crawl --since` and `kliping outlets coverage`, as a person uses them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.loader import load_outlets
from digests.cli.backfill import days_meant, told_size, told_span
from digests.cli.calendar import CalendarDay, rows
from pipeline.config import Settings
from pipeline.errors import SettingsError
from pipeline.receipts import checksum
from tests.digests.cli.running import Ran, kliping, one_line

JAKARTA = ZoneInfo("Asia/Jakarta")
NAME = "redaksijakarta"
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=JAKARTA)
OUTLETS = load_outlets(Settings()).outlets


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    (tmp_path / "kliping.toml").write_text('newsroom = "bundled"\n')
    return tmp_path


def crawl(home: Path, *options: str) -> Ran:
    return kliping(home, "crawl", NAME, "--since", "4d", "--until", "yesterday", *options)


def test_past_days_from_plan_to_calendar(bundled: Path) -> None:
    """Planned, begun, planned again, given up, filled, and drawn."""
    planned = crawl(bundled, "--plan", "--json")
    (cost,) = planned.lines
    assert (planned.status, cost["days"], cost["articles"], cost["note"]) == (0, 4, None, "planned")
    assert list((bundled / "archive").glob("*")) == []
    begun = crawl(bundled, "--limit", "1", "--json")
    assert begun.status == 3
    assert f"{NAME}: {cost['since']} to {cost['until']}, 4 days; planned: at least" in begun.err
    receipt = begun.lines[0]["backfill"]
    assert receipt["totals"]["urls_left"] > 0
    assert receipt["ended_at"] is None
    assert crawl(bundled, "--plan", "--json").lines[0]["note"] == "back-fill 1 is taken up"
    (given_up,) = crawl(bundled, "--abandon", "--json").lines
    assert (given_up["backfill"], given_up["urls"]) == (1, receipt["totals"]["urls_left"])
    assert "no back-fill is open" in crawl(bundled, "--abandon").out
    check_filled(bundled, crawl(bundled))
    check_drawn(bundled, date.fromisoformat(cost["since"]))


def check_filled(home: Path, filled: Ran) -> None:
    """Every day stands in the table as in the receipt, whose checksum is its own."""
    file = home / "receipts" / "backfill-2.json"
    receipt = json.loads(file.read_text())
    assert receipt["sha256"] == checksum(receipt)
    assert str(file) in filled.out
    for day in receipt["days"]:
        assert any(day["day"] in line and day["state"] in line for line in filled.out.splitlines()), day
    complete = all(day["state"] == "complete" for day in receipt["days"])
    assert filled.status == 3  # an article of these days cannot be had, and the table says of which
    assert not complete
    assert sum(day["counts"].get("kept", 0) for day in receipt["days"]) > 0


def check_drawn(home: Path, since: date) -> None:
    receipt = json.loads((home / "receipts" / "backfill-2.json").read_text())
    listed = kliping(home, "outlets", "coverage", NAME, "--since", str(since), "--until", "yesterday", "--json").lines
    assert [(day["day"], day["state"]) for day in listed] == [(day["day"], day["state"]) for day in receipt["days"]]
    drawn = kliping(home, "outlets", "coverage", NAME)
    assert drawn.status == 0
    assert f"{since:%Y-%m}  " in drawn.out
    assert max(map(len, drawn.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--plan",), "--plan: needs --since"),
        (("--since", "2199-01-01"), "is still to come"),
        (("--since", "800d"), "801 days; ask for 366 at most"),
    ],
)
def test_what_is_no_back_fill_is_told_in_one_line(bundled: Path, options: tuple[str, ...], words: str) -> None:
    ran = kliping(bundled, "crawl", NAME, *options)
    assert ran.status == 2
    assert words in one_line(ran.err)


@pytest.mark.parametrize(
    ("outlet", "since", "until", "expected"),
    [
        (NAME, "2026-11-01", "2026-11-03", ("2026-11-01", "2026-11-03")),
        (NAME, "2026-11-01", None, ("2026-11-01", "2026-11-20")),
        (NAME, "2026-11-19", "2026-12-24", ("2026-11-19", "2026-11-20")),  # days to come are left out
        (NAME, "2026-11-01T23:00", "2026-11-03T00:00", ("2026-11-01", "2026-11-02")),  # whole days
        ("malaymail", "yesterday", "today", ("2026-11-19", "2026-11-20")),  # 02:00 in Kuala Lumpur
        ("vnexpress", "2026-11-01T23:30+08:00", "2026-11-01", ("2026-11-01", "2026-11-01")),
    ],
)
def test_days_are_those_of_the_outlets_zone(
    outlet: str, since: str, until: str | None, expected: tuple[str, str]
) -> None:
    meant = days_meant(OUTLETS[outlet], since, until, NOW)
    assert tuple(map(str, meant)) == expected


def test_more_than_a_year_is_refused() -> None:
    assert days_meant(OUTLETS[NAME], "365d", None, NOW)[0] == date(2025, 11, 20)
    with pytest.raises(SettingsError, match="367 days"):
        days_meant(OUTLETS[NAME], "366d", None, NOW)


@pytest.mark.parametrize(
    ("seconds", "told"), [(None, "unknown"), (4.2, "4 s"), (89, "89 s"), (600, "10 min"), (8000, "2.2 h")]
)
def test_a_stretch_of_time_in_words(seconds: float | None, told: str) -> None:
    assert told_span(seconds) == told


@pytest.mark.parametrize(("size", "told"), [(None, "unknown"), (900, "1 kB"), (99_000, "99 kB"), (2_340_000, "2.3 MB")])
def test_a_size_in_words(size: int | None, told: str) -> None:
    assert told_size(size) == told


def test_a_calendar_has_a_row_a_month_and_a_mark_a_day() -> None:
    states = ["complete", "partial", "unknown", "not asked"]
    days = [CalendarDay("warta", date(2026, 10, 30) + timedelta(days=n), states[n % 4], None) for n in range(6)]
    header, october, november = rows(days)
    assert october == "2026-10  " + "  " * 29 + "# +"
    assert november == "2026-11  ? . # +"
    assert header.index("30") == october.index("#")
    assert max(map(len, (header, october, november))) <= 80
