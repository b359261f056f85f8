"""A record for a person: names on the left, values wrapped beside them, where each came from behind, less bright.

On a pipe or in a file every entry is one line, without colour, so that `grep` and `cut` work on it. Colours follow
NO_COLOR and the terminal. Words of others are made safe to show.
"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from digests.cli.visible import one_line

_GAP = "  "
_LEAST = 24  # cells; a text set narrower than this is no pleasure to read
_SURE, _FAIR = 0.9, 0.7  # confidence from which a value is shown as certain, as likely


class Sheet:
    """Writes to standard output. `width`: cells of the column of names."""

    def __init__(self, width: int) -> None:
        self._console = Console(highlight=False)
        self._wraps = sys.stdout.isatty()
        self._width = width

    def title(self, text: str, style: str = "bold") -> None:
        """A line that stands alone."""
        self._beside(Text(), Text(one_line(text), style=style), Text())

    def heading(self, text: str, source: str = "", confidence: float | None = None) -> None:
        """A line above the entries of a section, with an empty one before it."""
        self._write(Text())
        self._beside(Text(), Text(one_line(text), style="bold"), _source(source, confidence))

    def entry(self, name: str, value: str, source: str = "", confidence: float | None = None, style: str = "") -> None:
        """One value: `source` says where it came from, `confidence` (0..1) how sure that is, where anybody tells."""
        left = Text(name.ljust(self._width) + _GAP, style="cyan")
        self._beside(left, Text(one_line(value), style=style), _source(source, confidence))

    def numbered(self, number: int, text: str, source: str = "") -> None:
        """One of the paragraphs of a text."""
        self._beside(Text(f"{number:>3}{_GAP}", style="dim"), Text(one_line(text)), _source(source, None))

    def _beside(self, left: Text, value: Text, source: Text) -> None:
        """The source stands behind the value where there is room for it, else below; so does the value itself."""
        if self._wraps and left and self._console.width - left.cell_len < _LEAST:
            self._write(left)
            left = Text(_GAP)
        room = self._console.width - left.cell_len if self._wraps else None
        lines = self._broken(value, room)
        joined = Text.assemble(lines[-1], _GAP, source) if source else lines[-1]
        if room is None or joined.cell_len <= room:
            lines[-1] = joined
        else:
            lines += self._broken(source, room)
        for place, line in enumerate(lines):
            self._write(Text.assemble(left if place == 0 else " " * len(left), line))

    def _broken(self, text: Text, room: int | None) -> list[Text]:
        """An address or a checksum is left to the terminal whole, to be copied."""
        if room is None or " " not in text.plain:
            return [text]
        lines = [*text.wrap(self._console, room)]
        for line in lines:
            line.rstrip()
        return lines

    def _write(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)


def _source(source: str, confidence: float | None) -> Text:
    told = Text(f"[{one_line(source)}]", style="dim") if source else Text()
    if confidence is not None:
        told = Text.assemble(told, (f" {confidence:.2f}", _colour(confidence)))
    return told


def _colour(confidence: float) -> str:
    return "green" if confidence >= _SURE else "yellow" if confidence >= _FAIR else "red"
