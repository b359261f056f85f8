"""The places of ASEAN and Timor-Leste by every name they go by, read from `data/gazetteer.tsv` (see gazetteer.md).

One line a place, fields parted by tabs: id, name, kind, country, province, inhabitants, names. The names are parted by
"|", the place's own first. Marks on a name: "=" it is printed exactly so; "?" behind, it is a usual word or a person's
name too; "??" it even stands where places do ("di Nusantara": in the archipelago); "<" it is a part of the place:
"Menteng" of Jakarta.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.lexicon import fold

_MARKS = "=<?"
_GENERIC = {  # words before or behind a name that say what it is: "Kota Bandung", "Cebu City", "tỉnh Quảng Ninh"
    "kota", "kabupaten", "kab", "provinsi", "daerah", "negeri", "bandaraya", "bandar raya", "the city of", "city of",
    "province of", "city", "province", "regency", "state", "thanh pho", "tinh", "lungsod ng", "lalawigan ng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A city, regency, district, state or province. `kind` "town" is one that GeoNames alone has: the least known."""

    id: str  # "id-bandung"; two of one name in a country have their province behind: "id-banjar-jawa-barat"
    name: str  # as a person reads it: "Bandung", "Jawa Barat"
    kind: str  # city | regency | district | province | state | town
    country: str  # ISO 3166-1 alpha-2
    province: str | None  # the name of the one it lies in; None for a province, and where it is not known
    population: int  # inhabitants of the city, of GeoNames; 0 where it has none


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place."""

    text: str
    place: int  # number in `Gazetteer.places`
    exact: bool  # counts only where it is printed exactly so
    doubtful: bool  # a usual word or a person's name too
    elsewhere: bool  # a name of something that places lie in too
    part: bool  # of a part of the place


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by id, and all their names."""

    places: tuple[Place, ...]
    names: tuple[Name, ...]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer; read once in a process."""
    text = files("pipeline").joinpath("data", "gazetteer.tsv").read_text(encoding="utf-8")
    places, names = [], []
    for number, line in enumerate(text.splitlines()):
        key, name, kind, country, province, population, others = line.split("\t")
        places.append(Place(key, name, kind, country, province or None, int(population)))
        names += [_name(other, number) for other in others.split("|")]
    return Gazetteer(tuple(places), tuple(names))


def _name(text: str, place: int) -> Name:
    return Name(
        text.strip(_MARKS), place, text.startswith("="), text.endswith("?"), text.endswith("??"), text.startswith("<")
    )


def folded(text: str) -> str:
    """A name as names are compared: its folded words, a space between two."""
    return fold.__wrapped__(text).folded.strip()  # past its cache, which keeps the article that is being read


def same_letters(printed: str, name: str) -> bool:
    """Whether a name was printed so, case aside: with its marks ("Huế") or none at all ("Hue"), not with others."""
    if printed.isascii():
        return True
    return unicodedata.normalize("NFC", printed).casefold() == unicodedata.normalize("NFC", name).casefold()


def places_named(text: str) -> tuple[Place, ...]:
    """Every place that goes by this name, the likeliest first; none for what is no name of a place alone.

    A name may come with the word for what it is: "Kota Bandung", "Cebu City". Case does not count.
    """
    known = _by_name()
    wanted = folded(text)
    for form in (wanted, *_without_generic(wanted)):
        numbers = [number for number in known.get(form, ()) if _printed_so(text, number)]
        if numbers:
            places = gazetteer().places
            return tuple(dict.fromkeys(places[gazetteer().names[number].place] for number in numbers))
    return ()


def place_named(text: str) -> Place | None:
    """The likeliest place of this name; None for what is no name of a place."""
    return next(iter(places_named(text)), None)


def folded_names() -> frozenset[str]:
    """Every name, folded: "johor bahru"."""
    return frozenset(_by_name())


def likelihood(place: Place) -> tuple[bool, bool, int, str]:
    """Sorts places of one name, the likeliest first: a province, then what is well known, then the most inhabitants."""
    return (place.kind == "town", place.kind not in ("province", "state"), -place.population, place.id)


@cache
def _by_name() -> dict[str, tuple[int, ...]]:
    """Folded name: the numbers of the names that fold so, the likeliest place first."""
    known: dict[str, list[int]] = defaultdict(list)
    found = gazetteer()
    for number, name in enumerate(found.names):
        known[folded(name.text)].append(number)
    return {
        form: tuple(sorted(numbers, key=lambda number: likelihood(found.places[found.names[number].place])))
        for form, numbers in known.items()
    }


def _without_generic(form: str) -> list[str]:
    words = form.split()
    leads = (" ".join(words[:count]) for count in (1, 2, 3))
    shorter = [" ".join(words[count:]) for count, lead in enumerate(leads, start=1) if lead in _GENERIC]
    return [*reversed(shorter), *([" ".join(words[:-1])] if words and words[-1] in _GENERIC else [])]


def _printed_so(text: str, number: int) -> bool:
    name = gazetteer().names[number]
    return name.text in text if name.exact else text.isascii() or not name.text.isascii() or _no_marks(text, name.text)


def _no_marks(text: str, name: str) -> bool:
    return folded(text) != folded(name) or same_letters(text, name)
