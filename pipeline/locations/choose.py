"""Which place each mention means, and which mentions mean none: by what else the text names. Pure.

A name that is nothing else counts where nothing speaks against it; a usual word or a person's name where the words
around it, the province behind it or its neighbours in a list speak for it; a small town where its country is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.locations.gazetteer import Place, gazetteer, likelihood
from pipeline.locations.mentions import FOREIGN, Found, Mention
from pipeline.locations.surroundings import Standing

_LANGUAGES = {  # whose texts may name a country's places without naming it
    "id": ("ID",), "jv": ("ID",), "su": ("ID",), "ms": ("MY", "BN", "SG"), "tl": ("PH",), "vi": ("VN",),
    "th": ("TH",), "km": ("KH",), "lo": ("LA",), "my": ("MM",), "zh": ("SG", "MY"), "ta": ("SG", "MY"),
    "tet": ("TL",), "pt": ("TL",),
}  # fmt: skip
_WELL_KNOWN = 300_000  # inhabitants of a city whose doubtful name needs no word of its country beside it
_KNOWN = 150_000  # inhabitants of a city that a title may name with a capital behind it
_HYPHENS = frozenset({"-", "–", " - ", " – "})
_LISTED = re.compile(  # what stands between two of a list
    r"\s*(?:,|/|&|[-–]|\b(?:dan|and|serta|at|và|atau|or|hingga|sampai|to|dengan)\b|,\s*(?:dan|and|serta|at|và))\s*"
)
_OF_A_CITY = re.compile(
    r"\b(?:mayor|walikota|wali kota|datuk bandar|alkalde|konseho|city|lungsod|thành phố|tp|kota|bandar)\b",
    re.IGNORECASE,
)
_NEAR = 24  # code points around a name in which the word for a city's office stands


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mention and the place it means."""

    mention: Mention
    place: Place
    rule: str  # name | alias | office | context


def chosen(text: str, found: Found, language: str | None) -> list[Chosen]:
    """The mentions that mean a place, in the order of the text; datelines are among them."""
    usable = [one for one in _own(text, found.mentions) if not _abroad(one, found)]
    behind = {one.start: one for one in usable}
    usable = [one for one in usable if not _is_begun(one, behind)]
    own = _LANGUAGES.get(language or "", ())
    certain = [one for one in usable if _is_certain(one, own)]
    countries = {*own, *(country for country in found.countries.values() if country)}
    countries |= {place.country for one in certain if len(one.places) == 1 for place in one.places}
    sure = {place.id for one in certain for place in one.places}
    near = _Near(found, behind, countries, sure, sure)
    taken = [one for one in usable if _is_certain(one, own) or _speaks_for(one, near)]
    taken += _listed(text, usable, taken)
    places = {place.id for one in taken for place in one.places}
    near = _Near(found, behind, countries, places, sure)
    result = [_choose(text, one, near) for one in taken]
    settled = {one.place.id for one in result}
    starts = {one.start for one in taken}
    rest = (one for one in usable if one.start not in starts)
    result += [again for one in rest if (again := _choose(text, one, near)).place.id in settled]
    return sorted(result, key=lambda one: one.mention.start)


def _own(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Those that are no part of another name, nor coupled by a hyphen to one that is: "Tol Jakarta-Cikampek"."""
    last: Mention | None = None
    for one in mentions:
        coupled = last is not None and text[last.end : one.start] in _HYPHENS
        if one.standing is Standing.OTHER or coupled:
            last = one
        else:
            last = None
            yield one


@dataclass(frozen=True, slots=True)
class _Near:
    """What a text names beside a mention."""

    found: Found
    behind: dict[int, Mention]  # by where they begin
    countries: set[str]
    places: set[str]  # ids of those that mentions taken may mean
    certain: set[str]  # of these, those of names that are nothing else


def _is_certain(mention: Mention, own: Sequence[str]) -> bool:
    """Whether a name needs nothing more. `own`: the countries of the text's language.

    In a language of none of its countries a short name may be a word ("Tamu" is a town of Myanmar, and Indonesian for
    guest), an abbreviation another one ("KK").
    """
    if mention.doubtful or mention.standing < Standing.PLAIN:
        return False
    places = [place for place in mention.places if place.kind != "town"]
    if _is_abbreviation(mention) or (own and all(name.part for name in mention.names)):
        places = [place for place in places if place.country in own]
    elif mention.standing is Standing.PLAIN and mention.single and own:
        places = [
            place
            for place in places
            if place.country in own or place.population >= _WELL_KNOWN or place.province is None
        ]
    return bool(places)


def _is_abbreviation(mention: Mention) -> bool:
    return all(name.exact for name in mention.names)


def _is_begun(mention: Mention, behind: dict[int, Mention]) -> bool:
    """Whether a longer name only begins with this less-known one: "kawasan Alor Pongsu"."""
    if not mention.unexplained or mention.standing is Standing.OFFICE or mention.behind in behind:
        return False
    return mention.doubtful or all(
        place.population < _WELL_KNOWN and place.province is not None for place in mention.places
    )


def _abroad(mention: Mention, found: Found) -> bool:
    """Whether the text puts it into another country: "Georgetown, Guyana"."""
    country = found.countries.get(mention.behind)
    return (
        country is not None
        and all(place.country != country for place in mention.places)
        and (country == FOREIGN or mention.doubtful)
    )


def _speaks_for(mention: Mention, near: _Near) -> bool:
    """Whether a doubtful name or a small town is meant."""
    if any(_is_within(place, mention, near) for place in mention.places):
        return True
    return any(_is_meant(mention, place, near) for place in mention.places)


def _is_meant(mention: Mention, place: Place, near: _Near) -> bool:
    """Whether the words around a doubtful name, an abbreviation or a small town make it this place."""
    spoken_of = place.country in near.countries
    least_known = any(name.part or name.exact for name in mention.names)
    known = (place.population >= _WELL_KNOWN or place.kind == "state") and not least_known
    if mention.standing < Standing.PLAIN or (mention.doubtful and mention.direct and mention.behind in near.behind):
        return False  # the second: "Polres Metro Jakarta Selatan"
    if mention.standing is Standing.PLAIN:
        province = place.province is None and mention.apposed  # "Alabat, Quezon"
        return (known or province) and mention.midway and mention.single and spoken_of
    if mention.standing is Standing.OFFICE and place.kind != "town":
        return True
    if any(name.elsewhere for name in mention.names) and not _is_near(place, near):
        return False  # "berbagai daerah di Nusantara"
    if mention.titled and place.population < _KNOWN:
        return False  # "di Puncak Bonus Demografi"
    needs_its_country = mention.doubtful or place.kind == "town" or _is_abbreviation(mention)
    return spoken_of or known or not needs_its_country


def _is_near(place: Place, near: _Near) -> bool:
    """Whether the text names it otherwise too, or its province."""
    return place.id in near.certain or _ids().get((place.country, place.province or "")) in near.places


def _is_within(place: Place, mention: Mention, near: _Near) -> bool:
    """Whether its province or country stands behind it: "Batu, Jawa Timur"."""
    if near.found.countries.get(mention.behind) == place.country:
        return True
    other = near.behind.get(mention.behind)
    return other is not None and any(
        one.country == place.country and place.province == one.name for one in other.places
    )


def _listed(text: str, usable: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Doubtful names in a list with ones that are taken, of the same country: "Bekasi, Serang, dan Tegal"."""
    known = {one.start for one in taken}
    added: list[Mention] = []
    for ordered in (list(usable), list(usable)[::-1]):
        for one, other in pairwise(ordered):
            left, right = sorted((one, other), key=lambda each: each.start)
            if other.start in known or one.start not in known or not _may_be_listed(other):
                continue
            same = {place.country for place in one.places} & {place.country for place in other.places}
            if same and _LISTED.fullmatch(text, left.end, right.start) and not one.dateline:
                known.add(other.start)
                added.append(other)
    return added


def _may_be_listed(mention: Mention) -> bool:
    return mention.standing >= Standing.PLAIN and not any(name.elsewhere for name in mention.names)


def _choose(text: str, mention: Mention, near: _Near) -> Chosen:
    candidates = mention.places
    place = min(candidates, key=lambda one: (-_support(one, mention, near), likelihood(one)))
    city = _city_of_its_name(place, text, mention, near)
    return Chosen(mention, city or place, _rule(mention, city or place))


def _support(place: Place, mention: Mention, near: _Near) -> int:
    """How much speaks for one of several places of a name."""
    if _is_within(place, mention, near):
        return 9
    itself = place.id in near.certain  # by another of its names
    return 3 * itself + 2 * _is_near(place, near) + (place.country in near.countries)


@cache
def _ids() -> dict[tuple[str, str], str]:
    """The ids of provinces by country and name."""
    return {(place.country, place.name): place.id for place in gazetteer().places if place.province is None}


@cache
def _cities() -> dict[str, Place]:
    """By a province's id, the city that is named after it: "Cebu City"."""
    named = {(place.country, place.name): place for place in gazetteer().places}
    return {
        key: named[country, f"{name} City"]
        for (country, name), key in _ids().items()
        if (country, f"{name} City") in named
    }


def _city_of_its_name(place: Place, text: str, mention: Mention, near: _Near) -> Place | None:
    """The city that "Cebu" is where the text names "Cebu City" elsewhere, or speaks of its mayor here."""
    city = _cities().get(place.id)
    if city is None:
        return None
    around = text[max(0, mention.start - _NEAR) : mention.start] + " " + text[mention.end : mention.end + _NEAR]
    return city if city.id in near.places or _OF_A_CITY.search(around) else None


def _rule(mention: Mention, place: Place) -> str:
    if mention.dateline:
        return "dateline"
    if mention.standing is Standing.OFFICE:
        return "office"
    if mention.doubtful:
        return "context"
    return "name" if any(name.text == place.name for name in mention.names) else "alias"
