"""Articles as CSV (RFC 4180) that a spreadsheet opens as it should: UTF-8 with a byte order mark, CRLF, a header row.

Without the mark Excel reads UTF-8 as the local code page. A cell that a spreadsheet would take for a formula
begins with an apostrophe. Lists are joined by "; ", paragraphs by an empty line. Offsets of quotes and the
provenance of fields have no place in a table: JSON Lines has them, and the exact text of every cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from pipeline.exports.jsonl import FIELDS

BYTE_ORDER_MARK = "\ufeff".encode()
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones count in East Asian locales
_LEFT_OUT = ("schema_version", "provenance", "refused")
_PARTS = {  # fields that take several columns
    "rights": ("terms", "permission", "robots", "copyright"),
    "capture": ("record_id", "file", "offset"),
}


def header() -> bytes:
    """The byte order mark and the row of column names, in the order of the document's fields."""
    names: list[str] = []
    for name in FIELDS:
        if name not in _LEFT_OUT:
            names += [f"{name}_{part}" for part in _PARTS[name]] if name in _PARTS else [name]
    return BYTE_ORDER_MARK + _row(names)


def row(document: Mapping[str, object]) -> bytes:
    """One article's row, its end included."""
    cells: list[str] = []
    for name in FIELDS:
        value = document[name]
        if name in _PARTS:
            parts = value if isinstance(value, dict) else {}
            cells += [_cell(name, parts.get(part)) for part in _PARTS[name]]
        elif name not in _LEFT_OUT:
            cells.append(_cell(name, value))
    return _row(defused(cell) for cell in cells)


def defused(cell: str) -> str:
    """The cell, so that no spreadsheet computes it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        written = _WRITTEN.get(name, str)
        return ("\n\n" if name == "article_body" else "; ").join(written(item) for item in value)
    return _tone(value) if isinstance(value, dict) else str(value)


def _tone(reading: Mapping[str, object]) -> str:
    return str(reading["value"] or "")


def _watch(match: Mapping[str, object]) -> str:
    return f"{match['id']} {match['edition']}" if match["edition"] else str(match["id"])


def _person(person: Mapping[str, object]) -> str:
    return f"{person['name']} ({person['role']})" if person["role"] else str(person["name"])


def _quote(quote: Mapping[str, object]) -> str:
    return f"{quote['speaker']}: {quote['text']}" if quote["speaker"] else str(quote["text"])


def _location(location: Mapping[str, object]) -> str:
    return f"{location['name']} ({location['country']})"


def _name(entity: Mapping[str, object]) -> str:
    return str(entity["name"])


def _label(tag: Mapping[str, object]) -> str:
    return str(tag["label"])


_WRITTEN: dict[str, Callable[[Mapping[str, object]], str]] = {
    "watches": _watch,
    "possible": _watch,
    "content_locations": _location,
    "organisations": _name,
    "events": _name,
    "tags": _label,
    "people": _person,
    "quotes": _quote,
}


def _row(cells: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
