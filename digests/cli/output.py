"""What the command line prints: documents on standard output, progress and remarks on standard error."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from textwrap import wrap

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from digests.cli.visible import json_text, visible

_NARROW = 40  # cells; a text is not broken narrower
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
    _write_json(document, indent=2)


def print_json_lines(documents: Iterable[object]) -> None:
    """A list as JSON Lines, each written as it comes."""
    for document in documents:
        _write_json(document)


def _write_json(document: object, indent: int | None = None) -> None:
    foreign = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"  # a pipe or terminal of another encoding
    sys.stdout.write(json_text(document, default=_plain, ascii_only=foreign, indent=indent) + "\n")


def print_text(text: str) -> None:
    """Plain text: no markup is read in it and no control character passes, for it may come from a page."""
    shown = visible(text)
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")


def print_wrapped(text: str) -> None:
    """Plain text as `print_text`; in a terminal broken between words, further lines two cells deeper than the first.

    A line with a command in it, between backticks, is left to the terminal, so that it can be copied whole.
    """
    if not sys.stdout.isatty() or "`" in text:
        print_text(text)
        return
    room = max(Console().width, _NARROW)
    for line in text.splitlines() or [""]:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        shown = wrap(visible(line), room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        print_text("\n".join(shown))


def remark(text: str) -> None:
    """A line on standard error for the person at the terminal."""
    remarks.print(visible(text), markup=False)


class _Count(ProgressColumn):
    """ "12/40"; "12" where nobody knows of how many; nothing before the first."""

    def render(self, task: Task) -> Text:
        done = f"{task.completed:.0f}"
        return Text(f"{done}/{task.total:.0f}" if task.total is not None else done if task.completed else "")


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
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), _Count(), TimeElapsedColumn())
    with Progress(*columns, console=remarks, transient=True, disable=not sys.stderr.isatty()) as bar:
        yield Bar(bar, description)
