"""The hand-written places of ASEAN and Timor-Leste (`places/*.toml`) as dataclasses. Their form: indonesia.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter

PLACES = Path(__file__).parent / "places"


@dataclass(frozen=True)
class Province:
    name: str
    kind: str | None = None  # what it is, where its country's word for it will not do
    cities: tuple[str, ...] = ()
    regencies: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # districts of this city


@dataclass(frozen=True)
class Country:
    country: str  # ISO 3166-1 alpha-2
    province: tuple[Province, ...]


@dataclass(frozen=True)
class Entry:
    """A place as written by hand: its names still carry their marks ("=DKI", "Batu?", "<Menteng")."""

    country: str
    kind: str
    province: str | None
    names: tuple[str, ...]


_KINDS = {"MM": "state", "MY": "state"}  # of what is called a province elsewhere


def plain(name: str) -> str:
    """A name without its marks."""
    return name.strip("=<?")


def entries() -> Iterator[Entry]:
    """Every place, the countries by file name, each province before its cities."""
    reader: TypeAdapter[Any] = TypeAdapter(tuple[Country], config=ConfigDict(extra="forbid"))
    for path in sorted(PLACES.glob("*.toml")):
        (country,) = reader.validate_python((tomllib.loads(path.read_text(encoding="utf-8")),))
        for province in country.province:
            yield from _of_province(country.country, province)


def _of_province(country: str, province: Province) -> Iterator[Entry]:
    kind = province.kind or _KINDS.get(country, "province")
    parts = tuple(f"<{part}" for part in (name for text in province.parts for name in _names(text)))
    names = _names(province.name)
    yield Entry(country, kind, None, names + parts)
    for kind, texts in (("city", (*province.cities, *province.towns)), ("regency", province.regencies)):
        for text in texts:
            yield Entry(country, kind, plain(names[0]), _names(text))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))
