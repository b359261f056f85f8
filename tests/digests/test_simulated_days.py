"""Days on which anything may happen: nothing is done twice, and what is missing says so."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.store import DueState, Store, open_store
from tests.digests.simulated import (
    JAKARTA,
    Desk,
    Time,
    at,
    scheduler,
    without_fsync,
)

DAYS = 2
EVENTS = st.lists(
    st.tuples(
        st.integers(0, DAYS * 24 * 60),  # minute
        st.sampled_from(["kill", "both away", "sleep", "back", "forward"]),
        st.integers(1, 300),  # minutes
    ),
    max_size=6,
)


@settings(
    max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, phases=[Phase.generate]
)
@given(events=EVENTS, seed=st.integers(0, 1000))
def test_whatever_happens_a_day_has_one_edition_at_most_and_a_missing_one_is_marked(
    sqlite_template: Path, tmp_path: Path, events: list[tuple[int, str, int]], seed: int
) -> None:
    """Kills, outages, sleeps and clocks put back or forward."""
    file = tmp_path / "simulated.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    with open_store(f"sqlite:///{file}") as store:
        _simulate(without_fsync(store), sorted(events), random.Random(seed))


def _simulate(store: Store, events: list[tuple[int, str, int]], chance: random.Random) -> None:
    time = Time(at("2026-11-17T05:00"))
    desk = Desk(time, kinds=("freeze", "send"))
    both = [scheduler(store, desk, holder=f"machine{n}:1:x") for n in (1, 2)]
    away, todo = [0.0, 0.0], list(events)  # until when each is dead, in passed seconds
    while time.passed < DAYS * 24 * 3600:
        near = abs(time.now - time.now.replace(hour=23, minute=30)) < timedelta(minutes=40)
        time.go(minutes=chance.choice((1, 4, 7) if near else (20, 60)))
        while todo and todo[0][0] * 60 <= time.passed:
            _happen(*todo.pop(0)[1:], time, away)
        for n, one in enumerate(both):
            if time.passed < away[n]:
                both[n] = scheduler(store, desk, holder=f"machine{n}:{time.passed}:x")  # when it comes back
            else:
                one.guard("tick", one.tick)
                one.guard("editions", one.work, "freeze", "send")
                one.guard("editions", one.work, "freeze", "send")
    _check(store, desk)
    assert events or len(desk.of("send")) == DAYS


def _check(store: Store, desk: Desk) -> None:
    """Nothing twice; what was not done in time says so."""
    assert len(desk.done) == len(set(desk.done)), desk.done
    rows = store.due.list(None, None)
    assert len(desk.done) == sum(row.state is DueState.DONE for row in rows)
    sent = [line.split()[-1] for line in desk.of("send daily ")]
    assert sent == sorted(sent)
    expired = {row.scheduled_for for row in rows if row.state is DueState.EXPIRED}
    assert all(
        any(f"{when.astimezone(JAKARTA):%Y-%m-%d %H:%M}: too late" in line for line in desk.said) for when in expired
    )


def _happen(what: str, minutes: int, time: Time, away: list[float]) -> None:
    match what:
        case "kill":
            away[0] = time.passed + minutes * 60
        case "both away":
            away[0] = away[1] = time.passed + minutes * 60
        case "sleep" | "forward":
            time.now += timedelta(minutes=minutes)
        case "back":
            time.now -= timedelta(minutes=minutes)
