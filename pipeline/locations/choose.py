"""Which place each mention means, and which mentions mean none: by what else the text names. Pure.

A name that is nothing else counts where nothing speaks against it; a usual word or a person's name where the words
around it, the province behind it or its neighbours in a list speak for it; a small town where its country is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.locations.gazetteer import Place, gazetteer, likelihood
from pipeline.locations.mentions import FOREIGN, Found, Mention
from pipeline.locations.surroundings import Standing

_LANGUAGES = {
    "id": ("ID",), "jv": ("ID",), "su": ("ID",), "ms": ("MY", "BN", "SG"), "tl": ("PH",), "vi": ("VN",), "th": ("TH",), "km": ("KH",),
    "lo": ("LA",), "my": ("MM",), "zh": ("SG", "MY"), "ta": ("SG", "MY"), "tet": ("TL",), "pt": ("TL",),
}  # fmt: skip
_WELL_KNOWN = 300_000  # inhabitants of a city whose doubtful name needs no word of its country beside it
_LISTED = re.compile(r"\s*(?:,|/|&|[-–]|\b(?:dan|and|serta|at|và|atau|or|hingga|sampai|to|dengan)\b|,\s*(?:dan|and|serta|at|và))\s*")
_OF_A_CITY = re.compile(r"\b(?:mayor|walikota|wali kota|datuk bandar|alkalde|konseho|city|lungsod)\b", re.IGNORECASE)
_NEAR = 24  # code points around a name in which the word for a city's office stands


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mention and the place it means."""

    mention: Mention
    place: Place
    rule: str  # name | alias | office | context


def chosen(text: str, found: Found, language: str | None) -> list[Chosen]:
    """The mentions that mean a place, in the order of the text; datelines are among them."""
    usable = [one for one in found.mentions if one.standing is not Standing.OTHER and not _abroad(one, found)]
    behind = {one.start: one for one in usable}
    certain = [one for one in usable if _is_certain(one)]
    countries = {*_LANGUAGES.get(language or "", ()), *(country for country in found.countries.values() if country)}
    countries |= {place.country for one in certain if len(found_places := _candidates(one)) == 1 for place in found_places}
    near = _Near(found, behind, countries, {place.id for one in certain for place in _candidates(one)})
    taken = [one for one in usable if _is_certain(one) or _speaks_for(one, near)]
    taken += _listed(text, usable, taken, near)
    places = {place.id for one in taken for place in _candidates(one)}
    near = _Near(found, behind, countries, places)
    result = [_choose(text, one, near) for one in taken]
    settled = {one.place.id for one in result}
    rest = [one for one in usable if one not in taken]
    result += [again for one in rest if (again := _choose(text, one, near)).place.id in settled]
    return sorted(result, key=lambda one: one.mention.start)


@dataclass(frozen=True, slots=True)
class _Near:
    """What a text names beside a mention."""

    found: Found
    behind: dict[int, Mention]  # by where they begin
    countries: set[str]
    places: set[str]  # ids


def _candidates(mention: Mention) -> list[Place]:
    places = gazetteer().places
    return list({places[gazetteer().names[number].place].id: places[gazetteer().names[number].place] for number in mention.names}.values())


def _is_certain(mention: Mention) -> bool:
    if mention.doubtful or mention.standing < Standing.PLAIN:
        return False
    return any(place.kind != "town" for place in _candidates(mention))


def _abroad(mention: Mention, found: Found) -> bool:
    """Whether the text puts it into another country: "Georgetown, Guyana"."""
    country = found.countries.get(mention.behind)
    return country is not None and all(place.country != country for place in _candidates(mention)) and (
        country == FOREIGN or mention.doubtful
    )


def _speaks_for(mention: Mention, near: _Near) -> bool:
    """Whether a doubtful name or a small town is meant."""
    if any(_is_within(place, mention, near) for place in _candidates(mention)):
        return True
    return any(_is_meant(mention, place, near) for place in _candidates(mention))


def _is_meant(mention: Mention, place: Place, near: _Near) -> bool:
    if mention.standing is Standing.OFFICE and place.kind != "town":
        return True
    if mention.standing < Standing.PLACE:
        return False
    return place.country in near.countries or (place.population >= _WELL_KNOWN and place.kind != "town")


def _is_within(place: Place, mention: Mention, near: _Near) -> bool:
    """Whether its province or country stands behind it: "Batu, Jawa Timur"."""
    if near.found.countries.get(mention.behind) == place.country:
        return True
    other = near.behind.get(mention.behind)
    return other is not None and any(
        one.country == place.country and place.province == one.name for one in _candidates(other)
    )


def _listed(text: str, usable: Sequence[Mention], taken: Sequence[Mention], near: _Near) -> list[Mention]:
    """Doubtful names in a list with ones that are taken, of the same country: "Bekasi, Serang, dan Tegal"."""
    known = {one.start for one in taken}
    added: list[Mention] = []
    for ordered in (list(usable), list(usable)[::-1]):
        for one, other in zip(ordered, ordered[1:], strict=False):
            left, right = sorted((one, other), key=lambda each: each.start)
            if other.start in known or one.start not in known or other.standing < Standing.PLAIN:
                continue
            same = {place.country for place in _candidates(one)} & {place.country for place in _candidates(other)}
            if same and _LISTED.fullmatch(text, left.end, right.start) and not one.dateline:
                known.add(other.start)
                added.append(other)
    return added


def _choose(text: str, mention: Mention, near: _Near) -> Chosen:
    candidates = _candidates(mention)
    place = min(candidates, key=lambda one: (-_support(one, mention, near), likelihood(one)))
    city = _city_of_its_name(place, text, mention, near)
    return Chosen(mention, city or place, _rule(mention, city or place))


def _support(place: Place, mention: Mention, near: _Near) -> int:
    """How much speaks for one of several places of a name."""
    if _is_within(place, mention, near):
        return 4
    province = place.province is not None and any(
        one.name == place.province and one.country == place.country and one.id in near.places for one in _provinces()
    )
    return 2 * province + (place.country in near.countries)


def _provinces() -> list[Place]:
    return [place for place in gazetteer().places if place.province is None]


def _city_of_its_name(place: Place, text: str, mention: Mention, near: _Near) -> Place | None:
    """"Cebu" is the city where the text names "Cebu City" elsewhere, or speaks of its mayor here."""
    city = next((one for one in gazetteer().places if one.name == f"{place.name} City" and one.country == place.country), None)
    if city is None or place.province is not None:
        return None
    around = text[max(0, mention.start - _NEAR) : mention.start] + " " + text[mention.end : mention.end + _NEAR]
    return city if city.id in near.places or _OF_A_CITY.search(around) else None


def _rule(mention: Mention, place: Place) -> str:
    if mention.dateline:
        return "dateline"
    if mention.standing is Standing.OFFICE:
        return "office"
    names = [gazetteer().names[number] for number in mention.names if gazetteer().places[gazetteer().names[number].place] == place]
    if mention.doubtful:
        return "context"
    return "name" if any(name.text == place.name for name in names) else "alias"
