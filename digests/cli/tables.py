"""Tables for a person: in columns where the terminal is wide enough, one under the other where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from enum import Enum

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from digests.cli.output import remark
from digests.cli.visible import one_line

_GAP = "  "
_SHORT = 20  # terminal cells; a column no wider is never broken
_LEAST = 28  # cells; a text set narrower than this is no pleasure to read
_NOTHING = "–"
_NUMBER = "–0123456789.,%"


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    none: str | None = None,
    zone: tzinfo = UTC,
    last_below: bool = False,
) -> None:
    """A table; instants in `zone`. Cells are plain text: page text in them is never read as markup.

    `none`: what a remark says instead where there are no rows. `last_below`: in a terminal that is too narrow the last
    column, a sentence, goes under its row. On a pipe or in a file each row is one line, however long, so that `grep`
    and `cut` work on it.
    """
    cells = [[_cell(value, zone) for value in row] for row in rows]
    if not cells and none:
        remark(none)
        return
    console = Console(highlight=False)
    if title:
        console.print(Text(title), style="bold")
    if not sys.stdout.isatty():
        sys.stdout.writelines(line + "\n" for line in _lines(columns, cells))
    elif widths := _widths(columns, cells, console.width):
        console.print(_table(columns, cells, widths))
    elif last_below and (widths := _widths(columns[:-1], [row[:-1] for row in cells], console.width)):
        _print_with_notes(console, columns, cells)
    else:
        _print_stacked(console, columns, cells)


def _cell(value: object, zone: tzinfo) -> str:
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return one_line(str(value.value if isinstance(value, Enum) else value))


def _column(columns: Sequence[str], cells: Sequence[Sequence[str]], n: int) -> list[str]:
    return [columns[n], *(row[n] for row in cells)]


def _is_number(column: Sequence[str]) -> bool:
    return len(column) > 1 and all(not set(cell) - set(_NUMBER) for cell in column[1:])


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Cells for each column within `room`; None where it does not do.

    No word is broken, so that an address can be copied whole. What is left goes to the columns from left to right.
    """
    natural, widths = [], []
    for n in range(len(columns)):
        column = _column(columns, cells, n)
        natural.append(max(cell_len(cell) for cell in column))
        longest = max((cell_len(word) for cell in column for word in cell.split()), default=0)
        widths.append(natural[n] if natural[n] <= _SHORT else max(min(natural[n], _LEAST), longest))
    left = room - sum(widths) - len(_GAP) * (len(columns) - 1)
    if left < 0:
        return None
    for n, wanted in enumerate(natural):
        more = min(wanted - widths[n], left)
        widths[n] += more
        left -= more
    return widths


def _table(columns: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, len(_GAP), 0, 0))
    for n, (name, width) in enumerate(zip(columns, widths, strict=True)):
        right = _is_number(_column(columns, cells, n))
        table.add_column(Text(name), justify="right" if right else "left", overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _lines(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(cell_len(cell) for cell in _column(columns, cells, n)) for n in range(len(columns))]
    right = [_is_number(_column(columns, cells, n)) for n in range(len(columns))]
    for row in (columns, *cells):
        padded = []
        for cell, width, number in zip(row, widths, right, strict=True):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if number else cell + space)
        yield _GAP.join(padded).rstrip()


def _print_with_notes(console: Console, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Rows without their last cell, which stands indented under its row; said once for rows that follow each other."""
    lines = [*_lines(columns[:-1], [row[:-1] for row in cells])]
    console.print(Text(lines[0], style="bold"))
    notes = [row[-1] for row in cells]
    for line, note, following in zip(lines[1:], notes, [*notes[1:], None], strict=True):
        console.print(Text(line))
        if note not in (_NOTHING, following):
            for part in Text(note).wrap(console, max(console.width - 2 * len(_GAP), _SHORT)):
                console.print(Text.assemble(2 * _GAP, part), soft_wrap=True)


def _print_stacked(console: Console, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Each row as a block of `name  value` lines, without what is absent; an address is left to the terminal whole."""
    names = max(cell_len(name) for name in columns) + len(_GAP)
    for n, row in enumerate(cells):
        if n:
            console.print()
        for name, cell in zip(columns, row, strict=True):
            if cell == _NOTHING:
                continue
            shown = Text(cell).wrap(console, max(console.width - names, _SHORT)) if " " in cell else [Text(cell)]
            for i, line in enumerate(shown):
                start = (name if i == 0 else "").ljust(names)
                console.print(Text.assemble((start, "bold"), line), soft_wrap=True)
