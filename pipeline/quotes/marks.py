"""Where quotation marks open and close, of whatever form, in pairs or not. Pure; one pass over a text.

Which way a mark turns is told by what stands beside it, then by its form: an outlet may open with ” and close with ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[“”„‟\"«»「」『』＂]|``|''|(?<!\w)(?P<opens>['‘])(?=\w)|(?<=[,.?!…])(?P<closes>['’])(?![\w”\"])")
_ANY = re.compile(r"[“”„‟\"«»「」『』＂`'‘’]")  # quicker: most paragraphs have none
_OPENING = frozenset("“„‟«「『")
_CLOSING = frozenset("”»」』")
_FIXED = frozenset("«»「」『』")  # never turned the wrong way; spaces may stand within them
_OUTSIDE = frozenset("([{—–/")  # before them a mark opens, if it touches what follows


@dataclass(frozen=True, slots=True)
class Quotation:
    """Code points. `first` and `last` hold the marks too; `start` and `end` the words between them."""

    first: int
    start: int
    end: int
    last: int
    opened: bool  # by a mark of its own
    closed: bool
    single: bool = False


@dataclass(slots=True)
class _Open:
    at: int
    end: int  # of the mark
    single: bool
    depth: int = 1


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Those of one paragraph, `text[start:end]`, in order; a mark without its partner gives one that is cut off."""
    if _ANY.search(text, start, end) is None:
        return []
    marks = list(_MARK.finditer(text, start, end))
    if not marks:
        return []
    nested = list(_pair(text, start, end, marks, nesting=True))
    if nested and not nested[-1].closed and any(mark.group() in _OPENING for mark in marks):
        return list(_pair(text, start, end, marks, nesting=False))
    return nested


def _pair(text: str, start: int, end: int, marks: list[re.Match[str]], *, nesting: bool) -> Iterator[Quotation]:
    """`nesting`: an opening mark inside a quotation opens one within it; else the first was never closed."""
    opened: _Open | None = None
    last = start  # where the quotation before ended
    for mark in marks:
        if _opens(text, mark, start, end, opened):
            if opened is not None and _inner(mark, opened, nesting=nesting):
                opened.depth += mark.lastgroup != "opens"
                continue
            if opened is not None and not opened.single:
                yield _quotation(text, opened.at, opened.end, mark.start(), mark.start(), opened=True, closed=False)
            opened = _Open(mark.start(), mark.end(), mark.lastgroup == "opens")
            continue
        if opened is None:
            inches = mark.group() == '"' and text[mark.start() - 1].isdigit()
            if mark.lastgroup is None and last == start and mark.start() > start and not inches:
                yield _quotation(text, start, start, mark.start(), mark.end(), opened=False, closed=True)
                last = mark.end()
            continue
        if opened.single != (mark.lastgroup == "closes"):
            continue
        opened.depth -= 1
        if opened.depth == 0:
            yield _quotation(
                text, opened.at, opened.end, mark.start(), mark.end(), opened=True, closed=True, single=opened.single
            )
            opened, last = None, mark.end()
    if opened is not None and not opened.single:
        yield _quotation(text, opened.at, opened.end, end, end, opened=True, closed=False)


def _inner(mark: re.Match[str], opened: _Open, *, nesting: bool) -> bool:
    """Whether this opening mark stands inside what is open."""
    if opened.single:
        return False
    return mark.lastgroup == "opens" or (nesting and mark.group() in _OPENING)


def _opens(text: str, mark: re.Match[str], start: int, end: int, opened: _Open | None) -> bool:
    if mark.lastgroup is not None:
        return mark.lastgroup == "opens"
    sign = mark.group()
    if sign in _FIXED:
        return sign in _OPENING
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    may_close = not before.isspace() and before not in _OUTSIDE
    may_open = not after.isspace() and (opened is None or after.isalnum() or not may_close)
    if may_open != may_close:
        return may_open
    if sign in _OPENING:
        return True
    if sign in _CLOSING and may_close:
        return False
    return (opened is None or opened.single) and (may_open or not may_close)


def _quotation(
    text: str, first: int, start: int, end: int, last: int, *, opened: bool, closed: bool, single: bool = False
) -> Quotation:
    """Trimmed of spaces, and of the comma before the closing mark."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    stop = start + len(words.rstrip(" \t\r\n\u00a0,;，"))
    return Quotation(first, begin, max(begin, stop), last, opened, closed, single)
