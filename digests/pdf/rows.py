"""The table at the head of a sheet: what a press office writes down of one placement. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digests.model import Placement, StoryBlock
from digests.phrases import Phrases
from digests.placement_view import notes
from digests.story_view import short_title, topic_name
from pipeline.model import Role


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str
    url: str | None = None


def rows(words: Phrases, number: str, block: StoryBlock, place: Placement) -> Iterator[Row]:
    """What is not known has no row; only the link says so, for it is what the office looks for."""
    yield Row(words.text("sheet_outlet"), place.outlet_title)
    named = (
        ("sheet_section", place.section or ""),
        ("sheet_authors", ", ".join(place.authors)),
        ("sheet_editors", ", ".join(place.editors)),
        ("sheet_date", _date(words, place)),
    )
    yield from (Row(words.text(key), value) for key, value in named if value)
    yield Row(words.text("sheet_link"), place.url or words.text("sheet_no_link"), place.url)
    if place.role is Role.COPY:
        yield Row(words.text("sheet_copy"), _copy(words, number, block, place))
    yield Row(words.text("sheet_media"), words.text("sheet_owned" if place.owned else "sheet_earned"))
    if tone := _tone(words, place):
        yield Row(words.text("sheet_tone"), tone)
    yield from _of_the_story(words, block, place)


def _of_the_story(words: Phrases, block: StoryBlock, place: Placement) -> Iterator[Row]:
    """Language, forum and topics; a reprint's stand on its origin's sheet."""
    if place.role is Role.COPY and place is not block.placements[0]:
        return
    if place.language:
        yield Row(words.text("sheet_language"), words.language_name(place.language))
    if block.watches:
        yield Row(words.text("sheet_forum"), ", ".join(short_title(mark) for mark in block.watches))
    if block.tags:
        yield Row(words.text("sheet_topics"), ", ".join(topic_name(words, tag) for tag in block.tags))


def _date(words: Phrases, place: Placement) -> str:
    """ "Selasa, 1 Agustus 2023, 09.10 WIB", with what else is to be said of when it came."""
    when = words.moment(place.published, "sheet_moment") if place.published else None
    told = notes(words, place, folded=True)
    return " · ".join(part for part in (when, *told) if part)


def _copy(words: Phrases, number: str, block: StoryBlock, place: Placement) -> str:
    """Whose text it is, and on which sheet that stands."""
    if not place.copy_of:
        return words.text("copy")
    story = number.partition(".")[0]
    for other, origin in enumerate(block.placements, start=1):
        if origin is not place and origin.role is not Role.COPY and origin.outlet_title == place.copy_of:
            return words.text("sheet_copy_on", outlet=place.copy_of, number=f"{story}.{other}")
    return words.text("sheet_copy_of", outlet=place.copy_of)


def _tone(words: Phrases, place: Placement) -> str | None:
    """As the mail's words have it, and the headline's where it differs from the text's."""
    if not place.tone:
        return None
    tone = words.text(place.tone).capitalize()
    if place.tones_differ and place.headline_tone:
        return words.text("sheet_tones_differ", tone=tone, headline=words.text(place.headline_tone))
    return tone
