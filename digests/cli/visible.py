"""Text of others made safe to show: nothing scraped may move a terminal's cursor, colour it or reorder its lines."""

from __future__ import annotations

import json
from collections.abc import Callable

_ESCAPE_PICTURES = 0x2400  # Unicode's block of pictures for control characters: ESC becomes "␛"
_KEPT = "\t\n"
_C0 = {code: chr(_ESCAPE_PICTURES + code) for code in range(0x20) if chr(code) not in _KEPT}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")  # U+009B begins a sequence as ESC [ does
_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}")
_VISIBLE = {**_C0, 0x7F: "\N{SYMBOL FOR DELETE}", **_C1, **_REORDERING}
# JSON escapes only what lies below U+0020 by itself; these would pass to the terminal as they are.
_IN_JSON = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *_REORDERING, *range(0xD800, 0xE000))}


def visible(text: str) -> str:
    """The text with every control character, but tab and line end, as a picture of it; lone surrogates as "?"."""
    return text.translate(_VISIBLE).encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """The same, with every run of white space as one space."""
    return visible(" ".join(text.split()))


def json_text(
    document: object, *, default: Callable[[object], object], ascii_only: bool, indent: int | None = None
) -> str:
    """JSON that means the same document and holds no character a terminal would obey."""
    return json.dumps(document, ensure_ascii=ascii_only, indent=indent, default=default).translate(_IN_JSON)
