"""The places that offices belong to."""

from __future__ import annotations

from functools import lru_cache

from pipeline.locations.gazetteer import gazetteer, place_named
from pipeline.places import printed_names


def place_names() -> frozenset[str]:
    """The names of all known places, as printed, but for those that are usual words or persons' names too."""
    return printed_names().union(name.text for name in gazetteer().names if not name.doubtful)


@lru_cache(maxsize=1 << 12)
def city_id(name: str) -> str | None:
    """The id of the city or province of that name, the likeliest of several; None where none is known."""
    place = place_named(name)
    return place.id if place is not None else None
