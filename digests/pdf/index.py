"""The index of the kliping file: every story and every placement, with the number of its sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.arrangement import Place
from digests.model import Placement, StoryBlock
from digests.pdf.sheets import anchor
from digests.phrases import Phrases
from digests.placement_view import foreign, notes
from digests.story_view import story_view

LISTED = 3000  # placements: some 120 pages of index; a report over years may have more


@dataclass(frozen=True, slots=True)
class Entry:
    """One placement. `anchor` is None where it has no sheet; then its headline and its link stand here."""

    number: str
    anchor: str | None
    outlet: str
    notes: str  # "31 Jul 20.25 WIB · salinan ANTARA · negatif"
    headline: str | None
    language: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Story:
    number: str
    headline: str
    language: str | None
    kicker: str  # "MGMAC 2023 · Pembaruan"; may be empty
    why: str | None  # of a story that comes first
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str  # "" for none
    stories: tuple[Story, ...]


def index(words: Phrases, arranged: Sequence[Place], sheeted: int) -> tuple[Group, ...]:
    """All stories in their order; the first `sheeted` placements have sheets. At most `LISTED` placements are told."""
    groups: list[Group] = []
    before = 0
    for number, place in enumerate(arranged, start=1):
        if before >= LISTED:
            break
        told = _story(words, number, place, sheeted - before)
        before += len(place.block.placements)
        if groups and groups[-1].heading == place.heading:
            groups[-1] = replace(groups[-1], stories=(*groups[-1].stories, told))
        else:
            groups.append(Group(place.heading, (told,)))
    return tuple(groups)


def _story(words: Phrases, number: int, place: Place, sheeted: int) -> Story:
    """`sheeted`: so many of its placements have sheets."""
    block = place.block
    told = story_view(words, block, 0, top=place.top, section=place.section)
    entries = (
        _entry(words, f"{number}.{second}", block, one, sheeted=second <= sheeted)
        for second, one in enumerate(block.placements, start=1)
    )
    return Story(str(number), told.headline, told.language, told.kicker, told.why, tuple(entries))


def _entry(words: Phrases, number: str, block: StoryBlock, place: Placement, *, sheeted: bool) -> Entry:
    when = [words.moment(place.published)] if place.published else []
    tone = [words.text(place.tone)] if place.tone else []
    told = block.telling(words.language).headline
    own = place.headline if place.headline and place.headline != told else None
    return Entry(
        number=number,
        anchor=anchor(number) if sheeted else None,
        outlet=place.outlet_title,
        notes=" · ".join((*when, *notes(words, place), *tone)),
        headline=None if sheeted else own,
        language=foreign(words, place.language),
        url=None if sheeted else place.url,
    )
