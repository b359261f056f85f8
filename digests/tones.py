"""Placements by outlet and tone, beside the edition of a week before: pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from digests.known import PastEdition
from digests.model import Placement, StoryBlock
from digests.recap import OutletTones, Tones

_WEEK = timedelta(days=7)
_FIELD = {"positif": "positive", "netral": "neutral", "negatif": "negative"}


def recap(stories: Iterable[StoryBlock], past: Sequence[PastEdition], period: date) -> tuple[OutletTones, ...]:
    """A row for every outlet with placements now or in the edition a week before, by title."""
    now = _by_outlet(stories)
    before = next((edition for edition in past if edition.period == period - _WEEK), None)
    then = {row.outlet: row for row in before.tones if row.now != Tones()} if before else {}
    rows = [
        OutletTones(
            outlet=outlet,
            title=now[outlet][0].outlet_title if outlet in now else then[outlet].title,
            owned=now[outlet][0].owned if outlet in now else then[outlet].owned,
            now=tones(now.get(outlet, [])),
            last_week=None if before is None else then[outlet].now if outlet in then else Tones(),
        )
        for outlet in {*now, *then}
    ]
    return tuple(sorted(rows, key=_order))


def recounted(rows: Iterable[OutletTones], stories: Iterable[StoryBlock], *, whole: bool) -> tuple[OutletTones, ...]:
    """The rows of a part of an edition. Beside a part the whole of last week says nothing."""
    now = _by_outlet(stories)
    counted = [
        OutletTones(row.outlet, row.title, row.owned, tones(now.get(row.outlet, [])), row.last_week if whole else None)
        for row in rows
    ]
    return tuple(row for row in counted if row.now != Tones() or row.last_week not in (None, Tones()))


def tones(placements: Iterable[Placement]) -> Tones:
    """How many have which tone."""
    counted: Counter[str] = Counter(_FIELD.get(placement.tone or "", "untold") for placement in placements)
    return Tones(**counted)


def _by_outlet(stories: Iterable[StoryBlock]) -> Mapping[str, list[Placement]]:
    found: dict[str, list[Placement]] = {}
    for story in stories:
        for placement in story.placements:
            found.setdefault(placement.outlet, []).append(placement)
    return found


def _order(row: OutletTones) -> tuple[str, str]:
    return row.title.casefold(), row.outlet
