"""The places that offices belong to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.locations.gazetteer import gazetteer, place_named
from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class _Region:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    indonesia: _Region
    asean: _Region
    world: _Region


def place_names() -> frozenset[str]:
    """The names of all known places, as printed, but for those that are usual words or persons' names too."""
    places = load("places", _Places)
    printed = {name for region in (places.indonesia, places.asean, places.world) for name in region.names}
    return frozenset(printed.union(name.text for name in gazetteer().names if not name.doubtful))


@lru_cache(maxsize=1 << 12)
def city_id(name: str) -> str | None:
    """The id of the city or province of that name, the likeliest of several; None where none is known."""
    place = place_named(name)
    return place.id if place is not None else None
