"""An edition as one WhatsApp message: at most 4,000 characters. Pure.

Characters are Unicode code points. Formatting is WhatsApp's own (*bold*, _italic_); scraped text can start none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests import period
from digests.arrangement import Place, places
from digests.coverage_view import RowView
from digests.dressing import PLAIN, Dressing
from digests.model import Checked, Content
from digests.phrases import Phrases
from digests.plain import shorten
from digests.safe import safe
from digests.view import WHOLE, View, view

LIMIT = 4000  # code points of the whole message: one screen's "read more", and one message to forward
_LONG = 160  # of a headline that comes first, and of any other sentence
_SHORT = 110  # of a further headline
_NAME = 60  # of an outlet
_ADDRESS = 400  # a longer one would push stories out
_TOP = 3  # stories with their link, where composition put none on top
_NAMED = 6  # outlets named with their trouble
_CORRECTIONS = 3

# What WhatsApp reads as formatting within a line, and characters that look alike and mean nothing to it.
_MARKS = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_AT_THE_EDGE = re.compile(r"(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])")  # of a word; within one it means nothing


def as_whatsapp(content: Content, language: str, dressing: Dressing = PLAIN) -> bytes:
    """The message, UTF-8, with a line break at its end. What is left out is counted in words."""
    shown = safe(content)
    said = view(shown, language, WHOLE, dressing.base_url)
    items = _items(said.words, places(said.words, shown))
    return ("\n".join(_message(said, items, list(_head(said, shown)))) + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Item:
    """One story's lines, and the heading it stands under."""

    heading: str
    lines: tuple[str, ...]

    def after(self, heading: str | None) -> tuple[str, ...]:
        """Its lines, below its heading where the story before it stands under another one."""
        return self.lines if heading == self.heading else ("", f"*{self.heading}*", *self.lines)


def _message(said: View, items: Sequence[_Item], head: list[str]) -> list[str]:
    """The head, as many stories as there is room for, and where the rest is."""
    lines, heading = head, None
    room = LIMIT - 1 - _size(head) - _size(_tail(said, len(items)))
    for number, item in enumerate(items):
        more = item.after(heading)
        if _size(more) > room:
            return [*lines, *_tail(said, len(items) - number)]
        lines, heading = [*lines, *more], item.heading
        room -= _size(more)
    return [*lines, *_tail(said, 0)]


def _size(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _head(said: View, content: Content) -> Iterator[str]:
    weekly = [period.kind(said.words, content)] if period.is_weekly(content) else []
    yield " · ".join((f"*{plain(said.title, _NAME)}*", *weekly, said.day))
    if said.banner:
        yield f"_{plain(said.banner, _LONG)}_"
    if said.no_news:
        yield said.no_news
    elif said.figures:
        yield said.figures
    if said.usual:
        yield said.usual
    if said.coverage:
        yield from _coverage(said, content)


def _coverage(said: View, content: Content) -> Iterator[str]:
    """How much was checked, and the outlets that were not; that all were is said once."""
    if said.coverage is None:
        return
    if not said.no_news:
        yield f"_{said.coverage.line}_"
    rows = list(zip(content.coverage, said.coverage.rows, strict=True))
    for key, state in (("chat_troubles", Checked.NOT), ("chat_partly", Checked.PARTLY)):
        named = [shown for row, shown in rows if row.state is state]
        if named:
            yield said.words.text(key, outlets=_named(said.words, named))


def _named(words: Phrases, rows: Sequence[RowView]) -> str:
    names = ", ".join(plain(row.title, _NAME) for row in rows[:_NAMED])
    more = len(rows) - _NAMED
    return words.text("chat_others", outlets=names, more=words.number(more)) if more > 0 else names


def _corrections(said: View) -> Iterator[str]:
    if not said.corrections:
        return
    yield ""
    yield f"*{said.words.text('sheet_corrections')}*"
    for one in said.corrections[:_CORRECTIONS]:
        headline = f": {plain(one.headline, _SHORT)}" if one.headline else ""
        yield f"• {plain(one.what, _LONG)}{headline} ({plain(one.where, _SHORT)})"
    more = len(said.corrections) - _CORRECTIONS
    if more > 0:
        yield said.words.text("chat_corrections", more=said.words.number(more))


def _items(words: Phrases, arranged: Sequence[Place]) -> list[_Item]:
    headed = any(place.top for place in arranged)
    items = []
    for number, place in enumerate(arranged, start=1):
        first = place.top is not None if headed else number <= _TOP
        heading = words.text("chat_top" if first else "chat_more")
        items.append(_Item(heading, tuple(_story(words, number, place, first=first))))
    return items


def _story(words: Phrases, number: int, place: Place, *, first: bool) -> Iterator[str]:
    """A story that comes first in bold with its link; any other by its headline."""
    block = place.block
    told = block.telling(words.language)
    lead = next((one for one in block.placements if one.version_id == told.version_id), block.placements[0])
    headline = plain(told.headline or words.text("no_headline"), _LONG if first else _SHORT)
    outlets = plain(lead.outlet_title, _NAME)
    if block.reach > 1:
        outlets = words.text("chat_others", outlets=outlets, more=words.number(block.reach - 1))
    yield f"{words.number(number)}. " + (f"*{headline}*" if first else headline) + f" ({outlets})"
    if first and told.url and len(told.url) <= _ADDRESS:
        yield address(told.url)


def _tail(said: View, left: int) -> list[str]:
    """Corrections, how many stories are left out, and where the whole edition is."""
    words = said.words
    stories = words.count("stories", left)
    lines = list(_corrections(said))
    if left and said.web:
        return [*lines, "", words.text("chat_left_out_at", stories=stories, address=said.web)]
    if left:
        return [*lines, "", words.text("chat_left_out", stories=stories)]
    return [*lines, "", words.text("chat_whole", address=said.web)] if said.web else lines


def plain(text: str, limit: int) -> str:
    """Scraped text as it may stand within a line: without WhatsApp's marks, at most `limit` characters."""
    return shorten(text.translate(_MARKS), limit) or ""


def address(url: str) -> str:
    """An address whose characters are read as formatting nowhere: percent-encoded at the edge of a word (RFC 3986)."""
    return _AT_THE_EDGE.sub(lambda found: f"%{ord(found[0]):02X}", url)
