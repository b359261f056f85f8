"""Quality has floors: what is measured on the labelled data may rise, and falls only by an explicit act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.quality.floors import FILE, below, raised, read_floors
from tests.quality.measures import TASKS

TEXT = "# why\n[a]\none = 0.5  # half\ntwo = 1.0\n\n[b]\none = 0.1\n"


@pytest.mark.shared
@pytest.mark.parametrize("task", TASKS)
def test_no_figure_is_below_its_floor(task: str, shared: Callable[..., Path]) -> None:
    floors = read_floors(FILE.read_text(encoding="utf-8"))[task]
    assert below(floors, TASKS[task](shared())) == []


def test_every_floor_belongs_to_a_task() -> None:
    floors = read_floors(FILE.read_text(encoding="utf-8"))
    assert set(floors) == set(TASKS)
    assert [task for task, figures in floors.items() if not figures] == []


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        ({"one": 0.5, "two": 1.0}, []),
        ({"one": 0.9, "two": 1.0}, []),
        ({"one": 0.4999, "two": 1.0}, ["one: measured 0.4999, the floor is 0.5"]),
        ({"one": 0.5}, ["two: has a floor and was not measured"]),
        ({"one": 0.5, "two": 1.0, "three": 0.0}, ["three: was measured and has no floor"]),
    ],
)
def test_a_figure_below_its_floor_is_told(measured: dict[str, float], told: list[str]) -> None:
    assert below(read_floors(TEXT)["a"], measured) == told


def test_floors_are_raised_and_never_lowered() -> None:
    text = raised(TEXT, "a", {"one": 0.70199, "two": 0.9, "three": 0.3})
    assert read_floors(text) == {"a": {"one": 0.701, "two": 1.0, "three": 0.3}, "b": {"one": 0.1}}
    assert "# why\n" in text
    assert "# half" in text


def test_a_task_without_floors_gets_its_own_section() -> None:
    assert read_floors(raised(TEXT, "c", {"one": 1.0}))["c"] == {"one": 1.0}
    assert read_floors(raised(TEXT, "c", {"one": 1.0}))["b"] == {"one": 0.1}
