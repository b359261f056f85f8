"""The hand-written places, with what GeoNames knows of them, and its own larger towns beside them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tests.gazetteer.hand import Entry, plain
from tests.gazetteer.packaged import City, Subdivision, bare

_LEAST = 50_000  # inhabitants of a town that is in no hand-written list: below, its name is seldom the news's
_DISTRICTS = {  # divisions whose "cities" in GeoNames are districts and suburbs of one city, or villages
    ("TH", "40"), ("VN", "01"), ("VN", "79"), ("VN", "31"), ("VN", "48"), ("VN", "92"), ("MM", "17"), ("PH", "NCR"),
    ("MY", "14"),
}  # fmt: skip
_ALL_BY_HAND = {"ID", "SG"}  # what is left of Indonesia are districts of regencies; Singapore is one city
_NO_TOWN = re.compile(
    r"^(?:Kampung|Kampong|Taman|Mukim|Bandar|Quận|Thị Trấn|Huyện|Ban|Phumĭ|Barangay|Val|Jose|Enrique|Poblacion)\b"
)
_TAMIL = re.compile(r"[\u0b80-\u0bff]")
_TAMIL_ENDINGS = {  # of the cases in which news names a place (in, of, to, from, and, accusative), by last sign
    "\u0bcd": ("ில்", "ின்", "ுக்கு", "ை", "ிலிருந்து", "ிலும்", "ும்", "ிலுள்ள"),
    "\u0bc1": ("ில்", "ின்", "ுக்கு", "ை", "ிலிருந்து", "ிலும்", "ும்", "ிலுள்ள"),
    "\u0bbe": ("வில்", "வின்", "வுக்கு", "வை", "விலிருந்து", "விலும்", "வும்", "விலுள்ள"),
}
_TAMIL_AFTER_I = ("யில்", "யின்", "க்கு", "யை", "யிலிருந்து", "யிலும்", "யும்", "யிலுள்ள")


@dataclass(frozen=True)
class Row:
    """One line of the gazetteer. `kind` is "town" where only GeoNames has it: its name needs the most to count."""

    id: str
    name: str
    kind: str
    country: str
    province: str
    population: int
    names: tuple[str, ...]

    def line(self) -> str:
        fields = (self.id, self.name, self.kind, self.country, self.province, str(self.population))
        return "\t".join((*fields, "|".join(self.names)))


def rows(entries: Sequence[Entry], cities: Sequence[City]) -> list[Row]:
    """All rows by id; a place's own name first, then its other names in the order they were written."""
    merged = _merged(entries)
    matched = _matched(merged, cities)
    used = {id(city) for found in matched for city in found}
    written = {(entry.country, bare(plain(name))) for entry in merged for name in entry.names}
    more = [
        _town(city)
        for city in cities
        if id(city) not in used and _is_town(city) and (city.country, _base(city)) not in written
    ]
    both = [(entry, found) for entry, found in zip(merged, matched, strict=True)] + [(one, ()) for one in more]
    by_id: dict[str, list[tuple[Entry, tuple[City, ...]]]] = defaultdict(list)
    for entry, found in both:
        by_id[f"{entry.country.lower()}-{slug(plain(entry.names[0]))}"].append((entry, found))
    result = []
    for key, group in by_id.items():
        for place, (entry, found) in enumerate(group):
            last = slug(entry.province or str(place))
            result.append(_row(key if len(group) == 1 else f"{key}-{last}", entry, found))
    return sorted(_each_its_own(result, merged), key=lambda row: row.id)


def _each_its_own(found: Iterable[Row], entries: Iterable[Entry]) -> Iterator[Row]:
    """Without the package's names for a place that are another's by hand: a capital is often given its province's."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    written: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries:
        for name in entry.names:
            owners[entry.country, plain(name)].add(plain(entry.names[0]))
            written[entry.country, plain(entry.names[0])].add(plain(name))
    for row in found:
        mine = written[row.country, plain(row.names[0])]
        yield replace(
            row,
            names=tuple(
                name for name in row.names if plain(name) in mine or not owners.get((row.country, plain(name)))
            ),
        )


def missing(subdivisions: Iterable[Subdivision], all_rows: Sequence[Row]) -> list[str]:
    """Subdivisions of ISO 3166-2 that no province's name of ours stands for, as "ID-JK Jakarta Raya"."""
    known = {(row.country, bare(plain(name))) for row in all_rows for name in row.names}
    return [f"{one.code} {one.name}" for one in subdivisions if (one.code[:2], bare(one.name)) not in known]


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _without_marks(name).casefold()).strip("-")


def _without_marks(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("Ð", "D"))
    return "".join(one for one in letters if not unicodedata.combining(one))


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """A city or regency that bears its province's name is the province; a regency that bears a city's, the city."""
    kept: dict[tuple[str, str | None, str], Entry] = {}
    for entry in entries:
        name = plain(entry.names[0])
        above = kept.get((entry.country, None, name)) if entry.province == name else None
        key = (entry.country, None, name) if above else (entry.country, entry.province, name)
        if key in kept:
            before = kept[key]
            names = tuple(dict.fromkeys((*before.names, *entry.names)))
            kept[key] = Entry(before.country, before.kind, before.province, names)
        else:
            kept[key] = entry
    return list(kept.values())


def _matched(entries: Sequence[Entry], cities: Sequence[City]) -> list[tuple[City, ...]]:
    """For each entry GeoNames' cities of its name, those in its own province where it can be told."""
    by_name: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        for form in {bare(city.name), _base(city)}:
            by_name[city.country, form].append(city)
    found = [
        {
            id(city): city
            for name in entry.names
            if bare(plain(name))
            for city in by_name[entry.country, bare(plain(name))]
        }
        for entry in entries
    ]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entry, candidates in zip(entries, found, strict=True):
        province = entry.province or plain(entry.names[0])
        if len(candidates) == 1:
            votes[entry.country, province].update(city.first for city in candidates.values())
    matched = []
    for entry, candidates in zip(entries, found, strict=True):
        tally = votes[entry.country, entry.province or plain(entry.names[0])]
        likeliest = max(sorted(tally), key=lambda one: tally[one], default=None)
        inside = tuple(city for city in candidates.values() if city.first == likeliest)
        largest = max(candidates.values(), key=lambda one: one.population, default=None)
        matched.append(inside or ((largest,) if largest and (len(candidates) == 1 or not tally) else ()))
    return matched


def _base(city: City) -> str:
    """A name as ours are written: without "City", "City of"."""
    return bare(re.sub(r"^City of | City$|-town$|Poblacion$", "", city.name))


def _is_town(city: City) -> bool:
    if city.population < _LEAST or city.country in _ALL_BY_HAND or (city.country, city.first) in _DISTRICTS:
        return False
    return not _NO_TOWN.match(city.name)


def _town(city: City) -> Entry:
    return Entry(city.country, "town", None, tuple(f"{name}?" for name in (city.name, *filter(_is_long, city.names))))


def _row(key: str, entry: Entry, found: Sequence[City]) -> Row:
    own = plain(entry.names[0])
    names = [*entry.names, *(_doubted(name) for city in found for name in city.names if _is_long(name))]
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(plain(name).casefold(), name)
    population = max((city.population for city in found), default=0)
    inflected = [form for name in kept.values() for form in _inflected(name)]
    return Row(
        key,
        _without_marks(own),
        entry.kind,
        entry.country,
        _without_marks(entry.province or ""),
        population,
        (*kept.values(), *inflected),
    )


def _is_long(name: str) -> bool:
    """A name of one or two signs in Thai, Khmer, Lao or Burmese is a part of any word; two Han characters are not."""
    return len(name) > 2 or name[0] <= "\u0dff" or "\u4e00" <= name[0] <= "\u9fff"


def _doubted(name: str) -> str:
    """A package's name of two Han characters, or of four signs in Thai, Khmer …, is often a part of other words."""
    least = 2 if "\u4e00" <= name[0] <= "\u9fff" else 4
    return f"{name}?" if len(name) <= least and name[0] > "\u0dff" else name


def _inflected(name: str) -> Iterator[str]:
    """A Tamil name with the endings it takes: they are written onto it."""
    if not _TAMIL.search(name):
        return
    stem, doubt = name.rstrip("?"), "?" if name.endswith("?") else ""
    endings = _TAMIL_ENDINGS.get(stem[-1])
    cut = stem if endings is None or stem[-1] == "\u0bbe" else stem[:-1]
    if stem.endswith("ங்"):  # "பண்டுங்" becomes "பண்டுங்கில்"
        cut = f"{stem}க"
    yield from (f"{cut}{ending}{doubt}" for ending in endings or _TAMIL_AFTER_I)
