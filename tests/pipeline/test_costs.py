"""Requests and bytes a day, from runs or from the outlet file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.costs import Cost, DailyRun, Plan, cost, told

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(outlet: str = "kota", *, listings: int = 5, delay: float = 2.0, fetch: str = "all", host: str = "") -> Plan:
    return Plan(outlet, (host or f"{outlet}.example",), listings, delay, fetch)


def runs(count: int, *, articles: int = 2, listings: int = 5, size: int = 300_000, backlog: int = 0) -> list[DailyRun]:
    """Hourly runs up to now, oldest first; the first one has a backlog besides."""
    return [
        DailyRun(
            "kota",
            NOW - (count - n) * HOUR,
            listings,
            articles + (backlog if n == 0 else 0),
            size + (backlog * 100_000 if n == 0 else 0),
        )
        for n in range(count)
    ]


def test_listings_cost_by_run_and_articles_by_day() -> None:
    found = cost([plan()], runs(49), 60, NOW).outlets[0]
    assert (found.measured, found.listings_a_run) == (True, 5)
    assert found.articles_a_day == pytest.approx(48 * 2 / (49 / 24), abs=0.1)
    assert found.requests_a_day == 5 * 24 + 47
    half = cost([plan()], runs(49), 30, NOW).outlets[0]
    assert half.requests_a_day == 2 * 5 * 24 + 47


def test_a_first_runs_backlog_is_no_usual_day() -> None:
    assert cost([plan()], runs(25, backlog=500), 60, NOW) == cost([plan()], runs(25), 60, NOW)


def test_an_outlet_that_ran_once_is_measured_by_that_run() -> None:
    found = cost([plan()], runs(1, articles=30), 60, NOW).outlets[0]
    assert (found.articles_a_day, found.requests_a_day) == (30, 5 * 24 + 30)


def test_bytes_are_those_of_listings_by_run_and_of_articles_by_day() -> None:
    quiet = [DailyRun("kota", NOW - (48 - n) * HOUR, 5, 0, 10_000) for n in range(48)]
    busy = [DailyRun("kota", NOW - n * 6 * HOUR - HOUR / 2, 5, 3, 310_000) for n in range(8)]
    found = cost([plan()], quiet + busy, 60, NOW).outlets[0]
    assert found.bytes_a_day == pytest.approx(24 * 10_000 + 4 * 300_000, rel=0.02)


def test_an_outlet_never_crawled_is_guessed_from_its_file() -> None:
    everything, matching = cost([plan("a"), plan("b", fetch="matching")], [], 60, NOW).outlets
    assert (everything.outlet, everything.measured) == ("a", False)
    assert everything.requests_a_day > matching.requests_a_day > 5 * 24


def test_outlets_of_one_host_wait_for_each_other() -> None:
    plans = [plan("a", listings=100, delay=10, host="h"), plan("b", listings=100, delay=10, host="h")]
    assert cost(plans[:1], [], 30, NOW).late == {}
    found = cost(plans, [], 30, NOW)
    assert list(found.late) == ["h"]
    assert found.late["h"] > 1800
    assert "more than fits between two runs: h 34 min" in told(found)


def test_the_busiest_are_named_in_one_line() -> None:
    found = cost([plan(name, listings=n) for n, name in enumerate(("a", "b", "c", "d"), 1)], [], 60, NOW)
    assert told(found) == (
        "about 480 requests and 36 MB a day over 4 outlets (4 of them guessed: never crawled), every 60 minutes; "
        "busiest: d 156, c 132, b 108"
    )
    assert found.requests_a_day == sum(one.requests_a_day for one in found.outlets)


def test_no_outlet_costs_nothing() -> None:
    assert cost([], [], 60, NOW) == Cost(60, (), {})
