"""A day without a crawl that went through is a gap, with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.covered import Crawled, Gap, gaps
from pipeline.model import RunState
from pipeline.store import Store

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 5)


def crawl(day: int, state: RunState = RunState.FINISHED, *, hour: int = 3, failure: str | None = None) -> Crawled:
    return Crawled("antara", "crawl", state, datetime(2026, 12, day, hour, tzinfo=UTC), None, None, failure)


def backfill(first: int, until: int | None, state: RunState = RunState.FINISHED) -> Crawled:
    since = datetime(2026, 12, first, tzinfo=JAKARTA)
    end = datetime(2026, 12, until, tzinfo=JAKARTA) if until else None
    return Crawled("antara", "backfill", state, datetime(2026, 12, 20, tzinfo=UTC), since, end, None)


def told(*crawled: Crawled) -> list[tuple[int, int, str]]:
    return [(gap.first.day, gap.last.day, gap.why) for gap in gaps(["antara"], crawled, FIRST, LAST, JAKARTA)]


@pytest.mark.parametrize(
    ("crawled", "expected"),
    [
        ([], [(1, 5, "never_ran")]),
        ([crawl(day) for day in range(1, 6)], []),
        ([crawl(day, RunState.PARTIAL) for day in range(1, 6)], []),
        ([crawl(1), crawl(2), crawl(4), crawl(5)], [(3, 3, "never_ran")]),
        (
            [crawl(1), *(crawl(day, RunState.FAILED, failure="dns") for day in (2, 3)), crawl(4), crawl(5)],
            [(2, 3, "dns")],
        ),
        ([*(crawl(day) for day in range(1, 5)), crawl(5, RunState.RUNNING)], [(5, 5, "running")]),
        ([*(crawl(day) for day in range(1, 5)), crawl(5, RunState.FAILED)], [(5, 5, "failed")]),
        # one that went through is enough, whatever came later that day
        ([crawl(d) for d in range(1, 6)] + [crawl(2, RunState.FAILED, hour=9, failure="tls")], []),
        # 20:00 in UTC is the next day in Jakarta
        ([crawl(d, hour=20) for d in range(1, 5)], [(1, 1, "never_ran")]),
        ([backfill(1, 4)], [(4, 5, "never_ran")]),
        ([backfill(2, None)], [(1, 1, "never_ran")]),
        ([backfill(1, 6, RunState.FAILED)], [(1, 5, "never_ran")]),
    ],
)
def test_gaps(crawled: list[Crawled], expected: list[tuple[int, int, str]]) -> None:
    assert told(*crawled) == expected


def test_each_outlet_has_its_own_gaps_and_nobody_else_has() -> None:
    found = gaps(["kompas", "antara"], [crawl(day) for day in range(1, 6)], FIRST, LAST, JAKARTA)
    assert found == (Gap("kompas", FIRST, LAST, "never_ran"),)
    assert found[0].days == 5


def test_the_store_tells_crawls_and_backfills_of_listed_outlets(store: Store) -> None:
    start = datetime(2026, 12, 1, 3, tzinfo=UTC)
    for outlet, kind in (("antara", "crawl"), ("antara", "replay"), (None, "crawl"), ("antara", "backfill")):
        run = store.runs.begin(outlet, kind, pid=1, host="satu", since=start - timedelta(days=9), now=start)
        store.runs.end(run.id, RunState.FINISHED, run.counts, now=start)
    found = store.runs.crawled(start - timedelta(days=1), start + timedelta(days=1))
    assert [(one.outlet, one.kind, one.state) for one in found] == [
        ("antara", "crawl", RunState.FINISHED),
        ("antara", "backfill", RunState.FINISHED),
    ]
    assert {one.since for one in found} == {start - timedelta(days=9)}
    assert store.runs.crawled(start + timedelta(days=2), start + timedelta(days=3)) == []
