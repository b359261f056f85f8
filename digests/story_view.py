"""One story in one language, as strings ready to be laid out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from digests.marks import TagMark, WatchMark
from digests.model import Edit, FirstReport, Placement, StoryBlock
from digests.phrases import Phrases
from pipeline.model import Role
from pipeline.tags import label

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as detection gives it
_SHORT = re.compile(r"\(([^()]{2,12})\)$")


@dataclass(frozen=True, slots=True)
class PlacementView:
    outlet: str
    url: str | None
    notes: str  # "copy of ANTARA, date not printed"; may be empty


@dataclass(frozen=True, slots=True)
class StoryView:
    kicker: str  # "MGMAC 2023 · Update"; may be empty
    headline: str
    url: str | None
    language: str | None  # set when it is not the mail's
    extract: str | None
    disputed: str | None
    byline: PlacementView | None  # who had it first, or the only outlet; its notes are the time
    first: str | None  # the word before it
    reach: str | None  # "3 outlets, 1 copy"; None for a single placement
    placements: tuple[PlacementView, ...]
    more: str | None
    context: tuple[str, ...]  # what it continues
    tags: str | None


def story_view(words: Phrases, story: StoryBlock, limit: int | None) -> StoryView:
    """The story with at most `limit` placements (None: all)."""
    told = story.telling(words.language)
    only = story.placements[0] if len(story.placements) == 1 else None
    shown = () if only and _is_first(only, story.first) else story.placements
    marks = [_mark(mark) for mark in story.watches]
    if story.earlier:
        marks.append(words.text("update"))
    return StoryView(
        kicker=" · ".join(marks),
        headline=told.headline or words.text("no_headline"),
        url=told.url,
        language=_foreign(words, told.language if told.headline else None),
        extract=told.extract,
        disputed=words.text("disputed") if told.disputed else None,
        byline=_byline(words, story, only),
        first=words.text("first_report") if story.first and not only else None,
        reach=_reach(words, story),
        placements=tuple(_placement(words, place, timed=story.first is None) for place in shown[:limit]),
        more=words.some("more_outlets", len(shown) - limit) if limit is not None else None,
        context=_context(words, story),
        tags=", ".join(_label(words, tag) for tag in story.tags) or None,
    )


def _mark(mark: WatchMark) -> str:
    """ "MGMAC 2026": the abbreviation that a long title ends with, and the forum's year."""
    short = _SHORT.search(mark.title)
    return " ".join((short[1] if short else mark.title, *([str(mark.edition)] if mark.edition else [])))


def _label(words: Phrases, tag: TagMark) -> str:
    """A topic in the reader's language; any other tag as it was frozen."""
    return label(tag.id, words.language) or tag.label


def _is_first(place: Placement, first: FirstReport | None) -> bool:
    """The only placement needs no line of its own when the byline already names it."""
    return first is None or first.url == place.url


def _byline(words: Phrases, story: StoryBlock, only: Placement | None) -> PlacementView | None:
    if only and _is_first(only, story.first):
        when = words.moment(only.published) if only.published else None
        notes = [note for note in (when, *_notes(words, only)) if note]
        return PlacementView(only.outlet_title, only.url, ", ".join(notes))
    if story.first is None:
        return None
    return PlacementView(story.first.outlet_title, story.first.url, _moment(words, story.first.published))


def _moment(words: Phrases, value: datetime | None) -> str:
    return words.moment(value) if value else words.text("undated")


def _reach(words: Phrases, story: StoryBlock) -> str | None:
    if len(story.placements) == 1:
        return None
    parts = [words.count("outlets", story.reach)]
    if len(story.placements) > story.reach:
        parts.insert(0, words.count("articles", len(story.placements)))
    if story.copies:
        parts.append(words.count("copies", story.copies))
    return ", ".join(parts)


def _placement(words: Phrases, place: Placement, *, timed: bool) -> PlacementView:
    """`timed`: with its time, where no line above says who had it first and when."""
    when = [words.moment(place.published)] if timed and place.published else []
    return PlacementView(place.outlet_title, place.url, ", ".join((*when, *_notes(words, place))))


def _notes(words: Phrases, place: Placement) -> list[str]:
    notes = []
    if place.role is Role.COPY:
        notes.append(words.text("copy_of", outlet=place.copy_of) if place.copy_of else words.text("copy"))
    if place.published is None:
        notes.append(words.text("undated"))
    if place.changed:
        notes.append(_changed(words, place.edit))
    return notes


def _changed(words: Phrases, edit: Edit | None) -> str:
    """That it changed, and how far."""
    if edit is None:
        return words.text("changed")
    counted = words.text("changed_words", added=words.number(edit.added), removed=words.number(edit.removed))
    what = [counted] if edit.added or edit.removed else []
    what += [words.text("changed_headline")] if edit.headline else []
    return ": ".join([words.text("changed"), *([", ".join(what)] if what else [])])


def _context(words: Phrases, story: StoryBlock) -> tuple[str, ...]:
    lines = []
    if story.earlier:
        dates = ", ".join(words.day(day, "short_date") for day in story.earlier[-3:])
        lines.append(words.text("update_of", dates=dates))
    if story.follows and story.follows.headline:
        lines.append(words.text("follows", headline=story.follows.headline))
    return tuple(lines)


def _foreign(words: Phrases, language: str | None) -> str | None:
    """The language where it is known, well formed and not the mail's own."""
    if language is None or language == words.language or not _LANGUAGE.fullmatch(language):
        return None
    return language
