"""What every evaluation returns: tables of figures that the command line prints for a person or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Cell = str | float | int | None
Progress = Callable[[int, int], None]  # (done, total)


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one task. Shares are 0..1."""

    task: str
    tables: tuple[Table, ...]
