"""The places that offices belong to."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The names of all known places, as printed."""
    places = load("places", _Places)
    return frozenset(name for region in (places.indonesia, places.asean, places.world) for name in region.names)


def city_id(name: str) -> str | None:
    """The id of the city or province of that name; None where it is not known, or several bear it."""
    return None
