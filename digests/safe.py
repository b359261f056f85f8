"""A content whose texts and addresses may be shown whatever wrote them: a second fence behind composition. Pure.

Composition makes every text one line and every address a link of the web or nothing. An edition that an older program
froze, that a person mended in the database, or that came from elsewhere passes here again before it is laid out; so no
form needs a check of its own, and one long word cannot eat the mail's budget.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TypeVar, cast

from digests.plain import one_line, shorten, web_link

Thing = TypeVar("Thing")
_TEXT = 600  # characters of a passage: an extract is 320, a quote seldom more than 400
_NAME = 300  # characters of anything else: composition's own limit for a headline
_PASSAGES = frozenset({"extract", "text", "note", "detail", "clarify", "reason"})
_NO_TEXT = frozenset({"int", "bool", "float", "date", "datetime", "Edit", "Role", "Checked", "Tones"})
_ADDRESSES = frozenset({"url"})


def safe(thing: Thing) -> Thing:
    """The frozen dataclass with its texts on one line and bounded; an address that is none of the web's is left out."""
    return cast("Thing", _safe(thing, ""))


def _safe(value: object, name: str) -> object:
    if value is None:
        return None
    if isinstance(value, str):
        return value if isinstance(value, Enum) else _text(value, name)
    if isinstance(value, tuple):
        made = tuple(_safe(one, name) for one in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in _names(type(value)):
        old = getattr(value, field)
        new = _safe(old, field)
        if new is not old:
            changed[field] = new
    return replace(value, **changed) if changed else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Fields that can hold text: an edition has tens of thousands of others."""
    return tuple(field.name for field in fields(kind) if str(field.type).removesuffix(" | None") not in _NO_TEXT)


def _text(value: str, name: str) -> str | None:
    """The same object where nothing has to be changed."""
    made = web_link(value) if name in _ADDRESSES else shorten(one_line(value), _bound(name)) or ""
    return value if made == value else made


def _bound(name: str) -> int:
    return _TEXT if name in _PASSAGES else _NAME
