"""The state at a glance: one screen, whatever is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digests.cli.status import State, ill_outlets, screen
from pipeline.health import Alarm
from pipeline.model import FailureClass as F
from pipeline.model import Run, RunCounts, RunState
from pipeline.store import AlarmRecord, EditionRecord, open_store
from tests.digests.cli.running import kliping

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR = timedelta(hours=1)
NAMES = tuple(f"outlet_{number:02}" for number in range(30))
LISTING = "https://megapolitan.kantorberita.example/rss/berita-terkini-pemerintahan.xml"


def run(name: str, **changed: object) -> Run:
    values: dict[str, object] = {
        "id": 1,
        "outlet": name,
        "kind": "crawl",
        "state": RunState.FINISHED,
        "started_at": NOW - HOUR,
        "heartbeat_at": NOW - HOUR,
        "ended_at": NOW - HOUR,
        "counts": RunCounts(),
        "failure": None,
        "detail": None,
        "pid": 1,
        "host": "here",
        "archive_file": None,
    }
    return Run(**(values | changed))  # type: ignore[arg-type]  # as in the record


def alarm(name: str, failure: F, subject: str, hours: int = 3) -> AlarmRecord:
    opened = NOW - hours * HOUR
    return AlarmRecord(1, name, failure, subject, "why", None, None, opened, 1, NOW, None, None)


def state(**changed: object) -> State:
    edition = EditionRecord(1, "daily", "2026-11-20", NOW, "d", {})
    values: dict[str, object] = {
        "outlets": {name: run(name) for name in NAMES},
        "alarms": {},
        "off": 25,
        "unproven": 12,
        "urls": {"kept": 41_200, "rejected": 120_433, "duplicate": 20_110, "failed": 310, "out_of_window": 3_000},
        "seen": 185_053,
        "last_edition": edition,
        "deliveries": {"sent": 410, "unknown": 1},
    }
    return State(**(values | changed))  # type: ignore[arg-type]  # as in the record


def test_outlets_that_are_well_are_one_line() -> None:
    first, *rest = screen(state(), JAKARTA, NOW)
    assert first == "30 outlets well, 25 off (12 unproven)"
    assert not [line for line in rest if "outlet_" in line]


def test_an_ill_outlet_is_one_line_with_class_subject_since_and_command() -> None:
    alarms = {
        "outlet_03": [alarm("outlet_03", F.DATE, "date_published", 2), alarm("outlet_03", F.LAYOUT, "headline", 3)],
        "outlet_07": [alarm("outlet_07", F.EMPTY, LISTING, 30)],
    }
    lines = screen(state(alarms=alarms), JAKARTA, NOW)
    assert lines[0] == "28 outlets well, 2 ill, 25 off (12 unproven)"
    older, newer = (line.split() for line in lines if line.startswith("outlet_"))
    assert older[:2] + older[-4:] == ["outlet_07", "empty", "19", "Nov", "04:00", "mend"]
    assert newer == ["outlet_03", "layout", "headline", "+1", "20", "Nov", "07:00", "mend"]
    assert "do: `kliping outlets mend OUTLET`" in lines


@pytest.mark.parametrize("ill", [0, 1, 4, 30])
def test_the_screen_holds_eighty_columns_and_twenty_four_lines(ill: int) -> None:
    alarms = {name: [alarm(name, F.NOT_AN_ARTICLE, LISTING)] * 3 for name in NAMES[:ill]}
    late = {name: run(name, started_at=NOW - 50 * HOUR) for name in NAMES[25:]}
    lines = screen(state(alarms=alarms, outlets={**state().outlets, **late}, reviews=1_234_567), JAKARTA, NOW)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_what_waits_for_a_review_is_told_only_where_something_does() -> None:
    assert "possibly ours, waiting for your yes or no: 7; `kliping review list`" in screen(
        state(reviews=7), JAKARTA, NOW
    )
    assert not [line for line in screen(state(), JAKARTA, NOW) if "possibly ours" in line]


def test_runs_that_failed_by_our_own_fault_are_ill_too() -> None:
    outlets = {
        "never": None,
        "silent": run("silent", state=RunState.RUNNING, ended_at=None),
        "full": run("full", state=RunState.FAILED, failure=F.STORAGE),
        "killed": run("killed", state=RunState.KILLED, failure=F.KILLED),
        "late": run("late", started_at=NOW - 30 * HOUR),
        "partial": run("partial", state=RunState.PARTIAL),
    }
    found = state(outlets=outlets)
    assert {(ill.outlet, ill.failure, ill.what_to_do) for ill in ill_outlets(found, NOW)} == {
        ("silent", "silent", "kliping doctor"),
        ("full", "storage", "kliping doctor"),
        ("killed", "killed", "kliping doctor"),
    }
    summary, crawl, *_ = screen(found, JAKARTA, NOW)
    assert summary == "1 outlet well, 3 ill, 1 never crawled, 1 late, 25 off (12 unproven)"
    assert crawl == "not crawled lately: late, never (`kliping run`, `kliping serve`)"


def test_one_outlet_in_detail_and_everything_as_json(home: Path) -> None:
    store = open_store(f"sqlite:///{(home / 'kliping.sqlite').resolve()}")
    broken = Alarm(
        "antara", F.LAYOUT, "headline", "headline is missing in 6 of 6 articles", "Wali kota (h1)", "nothing"
    )
    last = store.runs.latest("antara")
    assert last
    store.alarms.settle("antara", last.id, [broken], [], now=datetime.now(UTC))
    store.close()
    shown = kliping(home, "status", "--outlet", "antara")
    assert (shown.status, shown.err) == (0, "")
    assert "last good: Wali kota (h1)" in shown.out
    assert "do:        kliping outlets mend antara" in shown.out
    document = kliping(home, "status", "--outlet", "antara", "--json").json
    assert document["vitals"]["listings"]
    assert document["runs"] >= 1  # the demo crawls twice
    assert document["alarms"][0]["subject"] == "headline"
    assert {row["subject"] for row in document["measures"]} >= {"headline", "article_body", "date_published"}
    whole = kliping(home, "status", "--json").json
    assert {ill["outlet"] for ill in whole["ill"]} == {
        "antara",
        "beritajakarta_en",
    }  # the demo's one is down on purpose
    assert kliping(home, "status", "--outlet", "nobody").status == 2
