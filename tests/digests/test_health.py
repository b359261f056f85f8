"""The operators' mail: what is wrong and what to do, in both languages; one line where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digests.departure import departure
from digests.health import MOST, Health, Suppressed, report
from digests.hours import hours
from digests.phrases import phrases
from pipeline.model import FailureClass
from pipeline.store import AlarmRecord, DeliveryState, DueRow, DueState
from pipeline.store.tallies import IllDelivery, Tally
from tests.digests.simulated import PLAN

HOURS = hours(PLAN.clock, date(2026, 11, 17))
FIRST, LAST = HOURS.send + timedelta(seconds=2), HOURS.send + timedelta(seconds=41)
LEFT = departure(HOURS, HOURS.freeze, [Tally(DeliveryState.SENT, 40, FIRST, LAST)], 40)
WELL = Health(
    title="Kliping",
    list="daily",
    edition=LEFT,
    coverage=(),
    titles={"antara": "ANTARA"},
    alarms=(),
    ill=(),
    suppressed=(),
    missed=(),
    heartbeat=None,
    free=90_000_000_000,
    archive=4_560_000_000,
)
ALARM = AlarmRecord(
    1, "antara", FailureClass.LAYOUT, "headline", "why", None, None, HOURS.send, 1, HOURS.send, None, None
)
HELD = IllDelivery(
    7, "daily", "2026-11-17", "a@b.example", DeliveryState.UNKNOWN, "lost after DATA\r\nBcc: x@y", HOURS.send
)
MISSED = DueRow(1, "freeze:daily-weekly", HOURS.freeze, DueState.EXPIRED, None, None, "too late")


def told(health: Health, language: str = "en") -> str:
    return report(phrases(language, "Asia/Jakarta"), health).text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            (
                "All is well. frozen 06:25:00; first mail 06:30:02; last mail 06:30:41; 40 sent;"
                " archive 4.6 GB, 90 GB free.\n"
            ),
        ),
        (
            "id",
            (
                "Semua baik. dibekukan 06:25:00; surel pertama 06:30:02; surel terakhir 06:30:41; 40 terkirim;"
                " arsip 4,6 GB, sisa 90 GB.\n"
            ),
        ),
    ],
)
def test_where_nothing_is_wrong_it_is_one_line(language: str, line: str) -> None:
    made = report(phrases(language, "Asia/Jakarta"), WELL)
    assert (made.text, made.well) == (line, True)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"edition": departure(HOURS, None, [], 40)},
            "- It was not made for the list “daily”. Do: `kliping schedule`, then `kliping run`",
        ),
        (
            {"edition": departure(HOURS, HOURS.freeze, [], 0)},
            "- Nobody gets the list “daily”. Do: `kliping subscribers add ADDRESS`",
        ),
        (
            {"edition": departure(HOURS, HOURS.freeze, [Tally(DeliveryState.DEFERRED, 3, FIRST, LAST)], 3)},
            "- It has not left whole: 3 put off. Do: `kliping digest deliveries --date 2026-11-17`",
        ),
        ({"heartbeat": "heartbeat: hc.example answered 503"}, "- heartbeat: hc.example answered 503"),
        (
            {"ill": (HELD,)},
            (
                "- a@b.example (daily 2026-11-17): of unknown outcome; lost after DATA Bcc: x@y."
                " Do: `kliping digest resolve 7 --resend` or `--skip`"
            ),
        ),
        (
            {"alarms": (ALARM,)},
            "- ANTARA: layout (headline), since 17 Nov 06:30 WIB. Do: `kliping outlets mend antara`",
        ),
        ({"suppressed": (Suppressed("c@d.example", "550 no such user"),)}, "- c@d.example: 550 no such user"),
        ({"missed": (MISSED,)}, "- freeze:daily-weekly 17 Nov 06:25 WIB: too late"),
        ({"free": 1_200_000_000}, "- Only 1.2 GB are free. Do: make room before the next crawl"),
    ],
    ids=["not made", "nobody", "not whole", "heartbeat", "held", "alarm", "suppressed", "missed", "full"],
)
def test_each_trouble_is_one_line_with_what_to_do_under_a_heading(change: dict[str, object], line: str) -> None:
    health = replace(WELL, **change)  # type: ignore[arg-type]  # a test names real fields
    heading, first, blank, *_ = told(health).split("\n")
    assert (first, blank) == (line, "")
    assert heading
    assert not report(phrases("id", "Asia/Jakarta"), health).well
    assert "1 thing to look at" in report(phrases("en", "Asia/Jakarta"), health).subject


def test_many_troubles_are_counted_and_few_told() -> None:
    text = told(replace(WELL, alarms=(ALARM,) * (MOST + 30)))
    assert text.count("kliping outlets mend") == MOST
    assert "- and 30 more\n" in text
