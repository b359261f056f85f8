"""Where a story stood, as strings ready to be laid out: outlets with their reprints folded below them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.model import Edit, Placement
from digests.phrases import Phrases
from pipeline.model import Role

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as detection gives it


@dataclass(frozen=True, slots=True)
class PlacementView:
    outlet: str
    url: str | None
    notes: str  # "copy of ANTARA, date not printed"; may be empty


@dataclass(frozen=True, slots=True)
class GroupView:
    """An outlet and who reprinted it, or outlets that reprint one that is not here."""

    lead: PlacementView | None
    folded: str | None  # "and 4 reprints", "4 reprints of ANTARA"
    copies: tuple[PlacementView, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Which placements are told with their time."""

    words: Phrases
    first: str | None  # address of the placement that had it first, where it is among them
    all: bool  # every one: nobody is known to have been first


def placement_groups(timing: Timing, placements: Sequence[Placement]) -> tuple[GroupView, ...]:
    """Own reports in their order, each with its reprints; then reprints of what stands elsewhere."""
    own = [place for place in placements if place.role is not Role.COPY]
    rest = [place for place in placements if place.role is Role.COPY]
    groups = []
    for place in own:
        copies = [copy for copy in rest if copy.copy_of == place.outlet_title]
        rest = [copy for copy in rest if copy.copy_of != place.outlet_title]
        groups.append(_group(timing, place, copies))
    strays = {origin: [copy for copy in rest if copy.copy_of == origin] for origin in [one.copy_of for one in rest]}
    return (*groups, *(_strays(timing, origin, copies) for origin, copies in strays.items()))


def _group(timing: Timing, place: Placement, copies: list[Placement]) -> GroupView:
    views = tuple(_placement(timing, copy, folded=True) for copy in copies)
    return GroupView(_placement(timing, place), timing.words.some("and_copies", len(copies)), views)


def _strays(timing: Timing, origin: str | None, copies: list[Placement]) -> GroupView:
    """Reprints without the outlet that they reprint; one alone says so in its notes."""
    if len(copies) == 1 or not origin:
        views = tuple(_placement(timing, copy) for copy in copies)
        return GroupView(views[0], None, ()) if len(views) == 1 else GroupView(None, None, views)
    counted = timing.words.count("copies", len(copies))
    folded = timing.words.text("copies_of", copies=counted, outlet=origin)
    return GroupView(None, folded, tuple(_placement(timing, copy, folded=True) for copy in copies))


def _placement(timing: Timing, place: Placement, *, folded: bool = False) -> PlacementView:
    """`folded`: that it is a copy stands before it already."""
    when = timing.words.moment(place.published) if place.published else None
    if when and timing.first is not None and place.url == timing.first:
        told = [timing.words.text("first_note", time=when)]
    else:
        told = [when] if when and timing.all else []
    return PlacementView(place.outlet_title, place.url, ", ".join((*told, *notes(timing.words, place, folded=folded))))


def notes(words: Phrases, place: Placement, *, folded: bool = False) -> list[str]:
    """What is to be said of one placement beside its outlet."""
    told = []
    if place.role is Role.COPY and not folded:
        told.append(words.text("copy_of", outlet=place.copy_of) if place.copy_of else words.text("copy"))
    if place.published is None:
        told.append(words.text("undated"))
    if place.late:
        told.append(words.text("late"))
    if place.changed:
        told.append(_changed(words, place.edit))
    return told


def foreign(words: Phrases, language: str | None) -> str | None:
    """The language where it is known, well formed and not the mail's own."""
    if not language or language == words.language or not _LANGUAGE.fullmatch(language):
        return None
    return language


def _changed(words: Phrases, edit: Edit | None) -> str:
    """That it changed, and how far."""
    if edit is None:
        return words.text("changed")
    counted = words.text("changed_words", added=words.number(edit.added), removed=words.number(edit.removed))
    what = [counted] if edit.added or edit.removed else []
    what += [words.text("changed_headline")] if edit.headline else []
    return ": ".join([words.text("changed"), *([", ".join(what)] if what else [])])
