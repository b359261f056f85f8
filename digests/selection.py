"""A part of an edition: one subscriber's watches, or the edition less what was withheld since. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digests.coverage import row_of
from digests.model import Content, Placement, StoryBlock, Telling, canonical, total

ALL = "all"


def select(content: Content, watches: Sequence[str] = (), without: Iterable[int] = ()) -> Content:
    """The part that matches one of `watches` (none: everything), less the article version ids `without`."""
    wanted, banned = frozenset(watches), frozenset(without)
    if not wanted and not banned:
        return content
    blocks = tuple(block for old in content.stories if (block := _selected(old, wanted, banned)) is not None)
    older = tuple(
        row for row in content.older if row.version_id not in banned and (not wanted or wanted & set(row.watches))
    )
    return recount(replace(content, stories=blocks, older=older))


def selection_name(watches: Iterable[str] = (), without: Iterable[int] = ()) -> str:
    """The name a rendering of that selection is frozen under: "all", or a digest of the choice."""
    choice = [sorted(set(watches)), sorted(set(without))]
    return hashlib.sha256(canonical(choice)).hexdigest() if any(choice) else ALL


def recount(content: Content) -> Content:
    """The same content with the counts of its own rows taken anew, in the coverage and in the totals."""
    named = {row.outlet for row in content.coverage}
    articles = Counter(row_of(place.outlet, named) for block in content.stories for place in block.placements)
    older = Counter(row_of(row.outlet, named) for row in content.older)
    rows = tuple(replace(row, articles=articles[row.outlet], older=older[row.outlet]) for row in content.coverage)
    return replace(content, coverage=rows, totals=total(content.stories, rows, content.older))


def _selected(block: StoryBlock, wanted: frozenset[str], banned: frozenset[int]) -> StoryBlock | None:
    """The block without banned placements; what was taken from one of them goes with it."""
    if wanted and not wanted & {mark.id for mark in block.watches}:
        return None
    kept = tuple(place for place in block.placements if place.version_id not in banned)
    if not kept or len(kept) == len(block.placements):
        return replace(block, placements=kept) if kept else None
    gone = {place.url for place in block.placements} - {place.url for place in kept}
    first = None if block.first and block.first.url in gone else block.first
    versions = {place.version_id for place in kept}
    tellings = tuple(telling for telling in block.tellings if telling.version_id in versions)
    return replace(block, placements=kept, first=first, tellings=tellings or (_bare(kept),))


def _bare(kept: tuple[Placement, ...]) -> Telling:
    """What is left to tell: a headline. The content holds no other placement's extract."""
    lead = next((place for place in kept if place.headline), kept[0])
    return Telling(lead.version_id, lead.headline, lead.url, lead.language, extract=None, disputed=False)
