"""One sheet for each placement, as strings ready to be laid out. Pure.

A reprint gets a short sheet, several of which share a page; every other placement gets a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from digests.dressing import Dressing
from digests.model import Placement, StoryBlock
from digests.pdf.rows import Row, rows
from digests.phrases import Phrases
from digests.placement_view import foreign
from digests.plain import one_line
from pipeline.model import Role

SHEETS = 200  # pages of a file that a person turns; further placements stand in its index
TEXT = 20_000  # characters of one full text: about six pages
_TEXTS = 400_000  # characters of all full texts of a file


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, with what is to be said about them; `language` as for a row."""

    text: str
    language: str | None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`whole`: on a page of its own. `rights`: why no full text follows."""

    number: str  # "3.2": the second placement of the third story
    whole: bool
    outlet: str
    headline: str
    language: str | None
    rows: tuple[Row, ...]
    extract: Passage | None = None
    quote: Passage | None = None
    clarify: str | None = None
    note: str | None = None
    text: tuple[Passage, ...] = ()  # its paragraphs
    rights: str | None = None
    cut: str | None = None

    @property
    def anchor(self) -> str:
        return anchor(self.number)


def anchor(number: str) -> str:
    return "lembar-" + number.replace(".", "-")


def sheets(words: Phrases, stories: tuple[StoryBlock, ...], dressing: Dressing) -> tuple[Sheet, ...]:
    """Of the first `SHEETS` placements, in the order of `stories`."""
    room = _TEXTS
    made: list[Sheet] = []
    for number, block, place in numbered(stories):
        if len(made) == SHEETS:
            break
        text = _text(place, dressing.texts, room)
        room -= sum(map(len, text.shown))
        made.append(_sheet(words, number, block, place, text))
    return tuple(made)


def numbered(stories: tuple[StoryBlock, ...]) -> Iterator[tuple[str, StoryBlock, Placement]]:
    """Every placement with its number and its story."""
    for first, block in enumerate(stories, start=1):
        for second, place in enumerate(block.placements, start=1):
            yield f"{first}.{second}", block, place


@dataclass(frozen=True, slots=True)
class _Text:
    """The paragraphs that may be shown, as far as there is room."""

    shown: tuple[str, ...] = ()
    cut: bool = False


def _text(place: Placement, texts: Mapping[int, tuple[str, ...]], room: int) -> _Text:
    paragraphs = texts.get(place.version_id, ()) if place.full_text else ()
    lines = [line for paragraph in paragraphs if (line := one_line(paragraph)) is not None]
    ends = accumulate(map(len, lines))
    fitting = sum(end <= min(room, TEXT) for end in ends)
    return _Text(tuple(lines[:fitting]), cut=fitting < len(lines))


def _sheet(words: Phrases, number: str, block: StoryBlock, place: Placement, text: _Text) -> Sheet:
    sheet = Sheet(
        number=number,
        whole=place.role is not Role.COPY or place is block.placements[0] or bool(text.shown),
        outlet=place.outlet_title,
        headline=place.headline or words.text("no_headline"),
        language=foreign(words, place.language if place.headline else None),
        rows=tuple(rows(words, number, block, place)),
    )
    if not sheet.whole:
        return sheet
    return replace(
        sheet,
        extract=_extract(words, block, place),
        quote=_quote(words, block, place),
        clarify=_clarify(words, block, place),
        note=block.note if place is block.placements[0] else None,
        text=tuple(Passage(paragraph, foreign(words, place.language)) for paragraph in text.shown),
        rights=None if text.shown else words.text("sheet_text_elsewhere" if place.full_text else "sheet_link_only"),
        cut=words.text("sheet_text_cut") if text.shown and text.cut else None,
    )


def _extract(words: Phrases, block: StoryBlock, place: Placement) -> Passage | None:
    told = next((telling.extract for telling in block.tellings if telling.version_id == place.version_id), None)
    extract = told or place.extract
    return Passage(extract, foreign(words, place.language)) if extract else None


def _quote(words: Phrases, block: StoryBlock, place: Placement) -> Passage | None:
    quote = block.quote
    if quote is None or quote.version_id != place.version_id:
        return None
    text = f"“{quote.text}”" if quote.kind == "direct" else quote.text
    return Passage(text, foreign(words, quote.language), ", ".join(filter(None, (quote.speaker, quote.role))))


def _clarify(words: Phrases, block: StoryBlock, place: Placement) -> str | None:
    """Why the city should answer; that its extract is disputed, where no more is known."""
    if place.clarify:
        return words.clarify(place.clarify_rule, place.clarify)
    disputed = any(telling.disputed for telling in block.tellings if telling.version_id == place.version_id)
    return words.text("disputed").capitalize() if disputed else None
