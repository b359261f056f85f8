"""The delivery's trials, a few of them: `python -m tests.trials delivery` runs them all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trials import delivery
from tests.trials.delivery import Post, Totals
from tests.trials.tap import MOMENTS, STEPS, Fault, draw

PEOPLE = 6


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with frozen messages, to be copied."""
    return delivery.prepare(tmp_path_factory.mktemp("trials"), PEOPLE)


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with delivery.aiosmtpd_post() as served:
        yield served


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", [step for step in STEPS if step != "rset"])
def test_a_sender_killed_at_a_step_doubles_and_loses_nothing(
    step: str, moment: str, post: Post, prepared: Path, tmp_path: Path
) -> None:
    home, totals = Path(shutil.copytree(prepared.parent, tmp_path / "home")), Totals()
    (home / prepared.name).rename(home / "kliping.sqlite")
    nth = 1 if step in ("connect", "ehlo", "quit") else 2
    post.empty()
    delivery.one_life(post, home, [Fault(step, moment, nth, "kill")], delivery.Life(lanes=2), totals)
    assert totals.kills == 1
    delivery.conclude(post, home, totals)
    assert totals.good, totals.line()
    assert totals.held.total() <= 2  # one on each connection
    if (step, moment) == ("end", "after"):
        assert totals.held["unknown"] >= 1


def test_servers_and_senders_that_fail_at_random_double_and_lose_nothing() -> None:
    totals = delivery.run(4, 12, seed=8)
    assert totals.good, totals.line()
    assert totals.trials == 4


def test_faults_are_drawn_from_every_step() -> None:
    chance = random.Random(1)
    drawn = {(fault.step, fault.moment) for fault in (draw(chance, 40, ("kill",)) for _ in range(2000))}
    assert drawn == {(step, moment) for step in STEPS for moment in MOMENTS}
