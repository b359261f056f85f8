"""One sheet for each placement, as strings ready to be laid out. Pure.

A reprint gets a short sheet, several of which share a page; every other placement gets a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from digests.dressing import Dressing
from digests.model import Content, Placement, StoryBlock
from digests.phrases import Phrases
from digests.plain import one_line
from pipeline.model import Role
from pipeline.tags import label

SHEETS = 300  # pages of a file that a person turns; further placements stand in its index
TEXT = 20_000  # characters of one full text: about six pages
_TEXTS = 400_000  # characters of all full texts of a file
_TOPICS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet's table."""

    label: str
    value: str
    url: str | None = None
    language: str | None = None  # set when it is known not to be the file's


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
    extract: Passage | None
    quote: Passage | None
    clarify: str | None
    note: str | None
    text: tuple[str, ...]
    rights: str | None

    @property
    def anchor(self) -> str:
        return anchor(self.number)


def anchor(number: str) -> str:
    return "lembar-" + number.replace(".", "-")


def sheets(words: Phrases, content: Content, stories: tuple[StoryBlock, ...], dressing: Dressing) -> tuple[Sheet, ...]:
    """Of the first `SHEETS` placements, in the order of `stories`."""
    room, made = _TEXTS, []
    for number, block, place in _numbered(stories):
        if len(made) == SHEETS:
            break
        text = _text(place, dressing.texts, room)
        room -= sum(map(len, text))
        made.append(_sheet(words, number, block, place, text))
    return tuple(made)


def _numbered(stories: tuple[StoryBlock, ...]) -> Iterator[tuple[str, StoryBlock, Placement]]:
    for first, block in enumerate(stories, start=1):
        for second, place in enumerate(block.placements, start=1):
            yield f"{first}.{second}", block, place


def _text(place: Placement, texts: Mapping[int, tuple[str, ...]], room: int) -> tuple[str, ...]:
    """The paragraphs that may be shown, as far as there is room."""
    paragraphs = texts.get(place.version_id, ()) if place.full_text else ()
    shown: list[str] = []
    left = min(room, TEXT)
    for paragraph in paragraphs:
        line = one_line(paragraph)
        if line is None:
            continue
        if len(line) > left:
            break
        shown.append(line)
        left -= len(line)
    return tuple(shown)


def _sheet(words: Phrases, number: str, block: StoryBlock, place: Placement, text: tuple[str, ...]) -> Sheet:
    whole = place.role is not Role.COPY or place is block.placements[0] or bool(text)
    told = next((telling for telling in block.tellings if telling.version_id == place.version_id), None)
    extract = told.extract if told else place.extract
    quote = block.quote if block.quote and block.quote.version_id == place.version_id else None
    sheet = Sheet(
        number=number,
        whole=whole,
        outlet=place.outlet_title,
        headline=place.headline or words.text("no_headline"),
        language=foreign(words, place.language if place.headline else None),
        rows=tuple(_rows(words, number, block, place)),
        extract=None,
        quote=None,
        clarify=None,
        note=None,
        text=(),
        rights=None,
    )
    if not whole:
        return sheet
    return replace(
        sheet,
        extract=Passage(extract, foreign(words, place.language)) if extract else None,
        quote=Passage(quote.text, foreign(words, quote.language), _speaker(quote.speaker, quote.role)) if quote else None,
        clarify=_clarify(words, place, disputed=bool(told and told.disputed)),
        note=block.note if place is block.placements[0] else None,
        text=text,
        rights=None if text else words.text("sheet_text_elsewhere" if place.full_text else "sheet_link_only"),
    )
