"""Lines of a fixed-width font: how wide a text is, and where it may be broken. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 72  # columns; RFC 3676 recommends no more than 78
_CLOSING = "、。，．：；？！）」』】》”’…"  # no line of Chinese begins with one of these


def columns(text: str) -> int:
    """How wide it is: marks take no room, East Asian characters two columns."""
    if text.isascii():
        return len(text)
    return sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, *, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Lines of at most `width` columns; words are never broken, nor scripts without spaces, but for Chinese."""
    lines, line, room = [], first, width - columns(first)
    empty = True
    for piece, spaced in _pieces(text):
        gap = " " if spaced and not empty else ""
        need = len(gap) + columns(piece)
        if need > room and not empty:
            lines.append(line)
            line, room, gap = rest, width - columns(rest), ""
            need = columns(piece)
        line += gap + piece
        room -= need
        empty = False
    return [*lines, line if not empty else line.rstrip()]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What must stay together, and whether a space stands before it."""
    for word in text.split():
        piece, spaced = "", True
        for character in word:
            breaks = piece and character not in _CLOSING and _column(character) == 2 and _column(piece[-1]) == 2
            if breaks:
                yield piece, spaced
                piece, spaced = "", False
            piece += character
        yield piece, spaced


def table_line(title: str, numbers: tuple[str, ...], number: int, width: int = WIDTH) -> list[str]:
    """A title, then figures set to the right, `number` columns each. A long title gets lines of its own."""
    room = width - number * len(numbers)
    figures = "".join(one.rjust(number) for one in numbers)
    if columns(title) < room:
        return [title + " " * (room - columns(title)) + figures]
    return [*wrap(title, rest="  ", width=width), " " * room + figures]
