"""A dossier as plain text of 80 columns. Pure. Only addresses and scripts written without spaces make longer lines."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from digests.dossiers.model import DisputeView, DossierView, FirstsView, SideView, StatementView, VoicesView

_WIDTH = 80


def as_text(shown: DossierView) -> str:
    """The whole dossier."""
    labels = shown.labels
    blocks = (
        _head(shown),
        _section(labels.notes, _notes(shown)) if shown.notes else (),
        _section(labels.disputes, _disputes(shown)) if shown.disputes else (),
        _section(labels.timeline, _timeline(shown)),
        _section(labels.firsts, (line for block in shown.firsts for line in _firsts(block))),
        _section(labels.voices, (line for block in shown.voices for line in _voices(block, labels.also))),
        _section(labels.outlets, _outlets(shown)),
        _section(labels.gaps, _gaps(shown)),
        _section(labels.together, (f"  {name}: {count}" for name, count in shown.together)) if shown.together else (),
        ("", "-" * _WIDTH, *_wrap(shown.footer)),
    )
    return "\n".join(line for block in blocks for line in block) + "\n"


def _head(shown: DossierView) -> Iterator[str]:
    yield from _wrap(f"{shown.labels.name}: {shown.title}".upper())
    yield shown.id
    for line in shown.state:
        yield from _wrap(line)
    yield ""
    yield from _wrap(shown.days + (f" ({shown.days_why})" if shown.days_why else ""))
    if shown.days_words:
        yield from _wrap(shown.days_words.text, "  ")
    for line in shown.figures:
        yield from _wrap(line)
    yield from _wrap(" | ".join(f"{name}: {count}" for name, count in shown.phases))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    yield from ("", "=" * _WIDTH, heading.upper(), "")
    yield from lines


def _notes(shown: DossierView) -> Iterator[str]:
    for note, by in shown.notes:
        yield from _wrap(f"{note} ({by})", "- ", "  ")


def _disputes(shown: DossierView) -> Iterator[str]:
    yield from _wrap(shown.labels.disputes_note)
    for one in shown.disputes:
        yield from _dispute(one)


def _dispute(one: DisputeView) -> Iterator[str]:
    yield ""
    yield from _wrap(one.heading)
    for side in one.sides:
        yield from _side(side)


def _side(side: SideView) -> Iterator[str]:
    yield from _wrap(f"{side.value} ({side.sources})", "  * ", "    ")
    for said in side.said:
        note = f" ({said.note})" if said.note else ""
        yield from _wrap(f"{said.outlet}{note}: {said.words.text}", "      ", "      ")
        if said.words.url:
            yield f"      {said.words.url}"
    if side.more:
        yield f"      {side.more}"


def _timeline(shown: DossierView) -> Iterator[str]:
    phase = None
    for day in shown.timeline:
        if day.phase != phase:
            phase = day.phase
            yield f"[{phase}]"
        yield day.day
        for entry in day.entries:
            yield from _wrap(entry.headline.text, "  * ", "    ")
            yield from _wrap(entry.note, "    ")
            if entry.headline.url:
                yield f"    {entry.headline.url}"


def _firsts(block: FirstsView) -> Iterator[str]:
    yield f"{block.heading}:"
    for row in block.rows:
        label = f"{row.label}: " if row.label else ""
        yield from _wrap(f"{label}{row.note}", "  * ", "    ")
        yield from _wrap(row.headline.text, "    ")
    if block.more:
        yield f"  {block.more}"


def _voices(block: VoicesView, also: str) -> Iterator[str]:
    yield f"[{block.heading}]"
    for voice in block.voices:
        yield from _wrap(voice.name + (f", {voice.role.text}" if voice.role else ""))
        for statement in voice.statements:
            yield from _statement(statement, also)
        if voice.more:
            yield f"    {voice.more}"
    if block.more:
        yield f"  {block.more}"


def _statement(one: StatementView, also: str) -> Iterator[str]:
    yield from _wrap(one.words.text, "  * ", "    ")
    for other in one.also:
        yield from _wrap(f"{also}: {other.text}", "    ")
    yield from _wrap(one.outlets, "    ")


def _outlets(shown: DossierView) -> Iterator[str]:
    name, figure = 42, 10
    labels = shown.labels
    yield f"{'':<{name}}{'':<14}{labels.originals:>{figure}}{labels.copies:>{figure}}"
    for block in shown.outlets:
        yield block.country
        for row in block.rows:
            title = _cut("  " + row.title + (f" ({row.owned})" if row.owned else ""), name - 1)
            language = _cut(row.language, 13)
            yield f"{_pad(title, name)}{_pad(language, 14)}{row.originals:>{figure}}{row.copies:>{figure}}"


def _gaps(shown: DossierView) -> Iterator[str]:
    yield from _wrap(shown.gaps_note)
    for gap in shown.gaps:
        yield from _wrap(f"{gap.outlet}: {gap.days} – {gap.why}", "  * ", "    ")
    if shown.more_gaps:
        yield f"  {shown.more_gaps}"


def _wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Broken between words; a wide character counts for two columns."""
    indent = first if rest is None else rest
    room = _WIDTH - len(first)
    if _width(text) <= room:
        return [first + text]
    narrow = _WIDTH if _width(text) == len(text) else _WIDTH * len(text) // max(_width(text), 1)
    return textwrap.wrap(
        text, narrow, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _width(text: str) -> int:
    """Columns: none for marks that sit on others, two for wide characters."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _cut(text: str, columns: int) -> str:
    while _width(text) > columns:
        text = text[:-2] + "…"
    return text


def _pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - _width(text))
