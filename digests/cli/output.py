"""What the command line prints: documents on standard output, progress and remarks on standard error."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

SHORT = 20  # characters; a column of such cells is never broken
PIPED = 200  # characters a line, where no terminal says how wide it is

remarks = Console(stderr=True, highlight=False, soft_wrap=True)


def _plain(value: object) -> object:
    """A JSON value for what our records hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_json(document: object) -> None:
    """One JSON document; frozen dataclasses become objects."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n")


def print_json_lines(documents: Iterable[object]) -> None:
    """A list as JSON Lines, each written as it comes."""
    for document in documents:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, default=_plain) + "\n")


def print_text(text: str) -> None:
    """Plain text as it is: no markup is read in it, for it may come from a page."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    zone: tzinfo = UTC,
) -> None:
    """A table for a person; instants in `zone`. Cells are plain text: page text in them is never read as markup."""
    cells = [[_cell(value, zone) for value in row] for row in rows]
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for n, column in enumerate(columns):
        longest = max((len(row[n]) for row in cells), default=0)
        table.add_column(column, overflow="fold", no_wrap=longest <= SHORT)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    width = None if sys.stdout.isatty() else PIPED
    Console(highlight=False, width=width).print(table)


def _cell(value: object, zone: tzinfo) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return " ".join(str(value.value if isinstance(value, Enum) else value).split())


def remark(text: str) -> None:
    """A line on standard error for the person at the terminal."""
    remarks.print(text, markup=False)


class Bar:
    """A progress bar, fed with (done, total)."""

    def __init__(self, progress: Progress, description: str) -> None:
        self._progress = progress
        self._task = progress.add_task(description, total=None)

    def __call__(self, done: int, total: int | None = None) -> None:
        self._progress.update(self._task, completed=done, total=total)

    def say(self, description: str) -> None:
        self._progress.update(self._task, description=description)


@contextmanager
def progress(description: str) -> Iterator[Bar]:
    """A bar on standard error; on a pipe or in a log file, nothing but the final line of the caller."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=remarks, transient=True, disable=not sys.stderr.isatty()) as bar:
        yield Bar(bar, description)
