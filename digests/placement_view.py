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


def placement_groups(words: Phrases, placements: Sequence[Placement], *, timed: bool) -> tuple[GroupView, ...]:
    """Own reports in their order, each with its reprints; then reprints of what stands elsewhere."""
    own = [place for place in placements if place.role is not Role.COPY]
    rest = [place for place in placements if place.role is Role.COPY]
    groups = []
    for place in own:
        copies = [copy for copy in rest if copy.copy_of == place.outlet_title]
        rest = [copy for copy in rest if copy.copy_of != place.outlet_title]
        groups.append(_group(words, place, copies, timed=timed))
    strays = {origin: [copy for copy in rest if copy.copy_of == origin] for origin in [one.copy_of for one in rest]}
    return (*groups, *(_strays(words, origin, copies, timed=timed) for origin, copies in strays.items()))


def _group(words: Phrases, place: Placement, copies: list[Placement], *, timed: bool) -> GroupView:
    views = tuple(placement_view(words, copy, timed=timed, folded=True) for copy in copies)
    return GroupView(placement_view(words, place, timed=timed), words.some("and_copies", len(copies)), views)


def _strays(words: Phrases, origin: str | None, copies: list[Placement], *, timed: bool) -> GroupView:
    """Reprints without the outlet that they reprint; one alone says so in its notes."""
    if len(copies) == 1 or not origin:
        views = tuple(placement_view(words, copy, timed=timed) for copy in copies)
        return GroupView(views[0], None, ()) if len(views) == 1 else GroupView(None, None, views)
    views = tuple(placement_view(words, copy, timed=timed, folded=True) for copy in copies)
    return GroupView(None, words.text("copies_of", copies=words.count("copies", len(copies)), outlet=origin), views)


def placement_view(words: Phrases, place: Placement, *, timed: bool, folded: bool = False) -> PlacementView:
    """`timed`: with its time, where no line above says who had it first. `folded`: it is known for a copy."""
    when = [words.moment(place.published)] if timed and place.published else []
    return PlacementView(place.outlet_title, place.url, ", ".join((*when, *notes(words, place, folded=folded))))


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
