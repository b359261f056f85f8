"""An outlet as the text of its file: what differs from the defaults, in the order of the bundled files. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from pipeline.errors import OutletError
from pipeline.outlet import Markup, Outlet, parse_outlet

_TABLES = ("terms", "discovery", "canonical", "dates", "names")
_FILLED_IN = "portals"  # what the reader has put into the addresses already
_WIDTH = 100  # characters of a line before a list is broken
_MARKUP = re.compile(r"(?m)^\[\[markup\]\]")


def outlet_toml(outlet: Outlet, comments: Iterable[str] = ()) -> str:
    """The file: the comments (why it is odd, what was seen), then its values. `parse_outlet` gives the outlet back."""
    lines = [f"# {line}".rstrip() for line in comments]
    lines += [*_values(outlet, skip=(*_TABLES, "markup"))]
    for name in _TABLES:
        values = list(_values(getattr(outlet, name)))
        if values or name in ("terms", "discovery"):
            lines += ["", f"[{name}]", *values]
    for markup in outlet.markup:
        lines += ["", *markup_toml(markup)]
    return "\n".join(lines) + "\n"


def markup_toml(markup: Markup) -> tuple[str, ...]:
    """One `[[markup]]` table, line by line."""
    return ("[[markup]]", *_values(markup))


def with_markup(text: str, markup: Markup, comment: str) -> str:
    """The text of an outlet file with one more generation before the others; its comments stay where they are."""
    block = "\n".join((f"# {comment}", *markup_toml(markup))) + "\n"
    first = _MARKUP.search(text)
    if first is None:
        return text.rstrip("\n") + "\n\n" + block
    start = first.start()
    while (above := text.rfind("\n", 0, start - 1) + 1) < start - 1 and text[above:start].startswith("#"):
        start = above  # comments right above a table belong to it
    return text[:start] + block + "\n" + text[start:]


def with_changed_markup(text: str, markup: Markup, place: int) -> str:
    """The text with another `[[markup]]` in the place of one; comments between the tables stay."""
    starts = [match.start() for match in _MARKUP.finditer(text)]
    if place >= len(starts):
        raise OutletError(f"the file has no [[markup]] number {place + 1} to change")
    following = re.compile(r"(?m)^\[").search(text, starts[place] + 1)
    end = following.start() if following else len(text)
    tail = re.search(r"(?:\n#[^\n]*|\n)*\Z", text[starts[place] : end])
    rest = tail[0] if tail else "\n"
    return text[: starts[place]] + "\n".join(markup_toml(markup)) + (rest or "\n") + text[end:]


def checked(text: str, file: str) -> Outlet:
    """The outlet of a text that was put together. Raises `OutletError` where it does not hold."""
    return parse_outlet(text, file=file)


def _values(table: object, skip: Iterable[str] = ()) -> Iterator[str]:
    if not is_dataclass(table) or isinstance(table, type):
        raise TypeError(f"{table!r} is no table")
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name not in (*skip, _FILLED_IN) and not _is_default(field, value):
            yield f"{field.name} = {_toml(value)}"


def _is_default(field: Field[Any], value: object) -> bool:
    return value is None or (field.default is not MISSING and value == field.default)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, tuple):
        return _list([_toml(member) for member in value])
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_string(str(name))} = {_toml(member)}" for name, member in value.items()) + " }"
    raise TypeError(f"{type(value).__name__} has no TOML form here")


def _string(text: str) -> str:
    """Literal where it holds backslashes, as patterns do; else basic."""
    printable = "'" not in text and text.isprintable()
    return (
        f"'{text}'" if "\\" in text and printable else json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    )


def _list(members: list[str]) -> str:
    if sum(map(len, members)) + 2 * len(members) <= _WIDTH:
        return f"[{', '.join(members)}]"
    return "[\n" + "".join(f"    {member},\n" for member in members) + "]"
