"""Whether an edition left, and what a watchman is told when none did."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from digests.departure import departure, judge
from digests.hours import hours
from pipeline.store import DeliveryState
from pipeline.store.tallies import Tally
from tests.digests.simulated import JAKARTA, PLAN, at

DAY = date(2026, 11, 17)
HOURS = hours(PLAN.clock, DAY)
LEFT = HOURS.send + timedelta(seconds=4)


def tallies(**states: int) -> list[Tally]:
    return [Tally(DeliveryState(name), number, LEFT, LEFT) for name, number in states.items()]


@pytest.mark.parametrize(
    ("now", "frozen", "states", "audience", "good", "line"),
    [
        ("06:31", True, {"sent": 40}, 40, True, "left at 06:30:04 (40 sent)"),
        (
            "09:00",
            True,
            {"sent": 38, "unknown": 2},
            40,
            True,
            "left at 06:30:04 (38 sent, 2 unknown)",
        ),
        ("06:29", False, {}, 40, True, "is not due before Tuesday 2026-11-17 06:30"),
        (
            "06:29",
            True,
            {"pending": 40},
            40,
            True,
            "is not due before Tuesday 2026-11-17 06:30",
        ),
        ("06:30", True, {"pending": 40}, 40, True, "leaves in this minute"),
        (
            "06:31",
            False,
            {},
            40,
            False,
            ("none left by 06:30: it is not made: is `kliping serve` running? `kliping schedule` shows it"),
        ),
        (
            "06:31",
            False,
            {},
            0,
            False,
            ("none left by 06:30: it is not made, and nobody gets this list: `kliping subscribers add ADDRESS`"),
        ),
        (
            "06:31",
            True,
            {},
            0,
            False,
            ("none left by 06:30: frozen at 06:25:00, but nobody gets this list: `kliping subscribers add ADDRESS`"),
        ),
        (
            "06:31",
            True,
            {"deferred": 3, "failed": 1, "unknown": 1},
            5,
            False,
            (
                "none left by 06:30: frozen at 06:25:00, but its messages are 3 deferred, 1 failed,"
                " 1 unknown: `kliping digest deliveries --date 2026-11-17` says why"
            ),
        ),
        (
            "06:31",
            True,
            {},
            5,
            False,
            (
                "none left by 06:30: frozen at 06:25:00, but it has no messages yet:"
                " `kliping digest send --date 2026-11-17`"
            ),
        ),
    ],
)
def test_what_a_watchman_is_told(  # noqa: PLR0917 (the columns of the table)
    now: str, frozen: bool, states: dict[str, int], audience: int, good: bool, line: str
) -> None:
    one = departure(HOURS, HOURS.freeze if frozen else None, tallies(**states), audience)
    verdict = judge("daily", one, JAKARTA, at(f"2026-11-17T{now}"))
    assert (verdict.good, verdict.line) == (good, f"edition daily 2026-11-17: {line}")


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ({"sent": 40}, True),
        ({"sent": 40, "skipped": 3}, True),
        ({"sent": 39, "failed": 1}, True),  # a dead address is no silence
        ({"sent": 1, "failed": 1}, False),
        ({"failed": 40}, False),
        ({"sent": 39, "unknown": 1}, False),
        ({"sent": 39, "deferred": 1}, False),
        ({"sent": 39, "pending": 1}, False),
        ({"sent": 39, "sending": 1}, False),
        ({"skipped": 40}, False),
        ({}, False),
    ],
)
def test_when_an_edition_has_left_whole(states: dict[str, int], whole: bool) -> None:
    assert departure(HOURS, HOURS.freeze, tallies(**states), 40).whole is whole
