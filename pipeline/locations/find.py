"""Set the locations of an article: the cities, regencies, provinces and states it names, the main one first. Pure.

A dateline says where the reporter sits: it helps to tell which place a name means, and is no location by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.annotations import Evidence, Location
from pipeline.joined import Joined, of_article
from pipeline.locations.choose import Chosen, chosen
from pipeline.locations.gazetteer import Place
from pipeline.locations.mentions import find
from pipeline.locations.surroundings import Standing
from pipeline.model import Article

_EVIDENCE = 5  # mentions that are kept as evidence
_COUNTED = 6  # mentions beyond these make a place no more the main one
_IN_HEADLINE, _IN_LEAD, _PLACED, _ITS_CITY_NAMED = 6, 3, 1, -4  # weights, beside one for each mention
_COUNTRIES = {
    "BN": "Brunei", "ID": "Indonesia", "KH": "Cambodia", "LA": "Laos", "MM": "Myanmar", "MY": "Malaysia",
    "PH": "Philippines", "SG": "Singapore", "TH": "Thailand", "TL": "Timor-Leste", "VN": "Vietnam",
}  # fmt: skip

_SAID = {
    "name": "names it",
    "alias": "names it by another name",
    "office": "names what is governed there",
    "context": "names it, as the words around show",
}


def find_locations(article: Article) -> Article:
    """Set `content_locations`, the main one first."""
    joined = of_article(article)
    found = find(joined)
    by_place: dict[Place, list[Chosen]] = defaultdict(list)
    for one in chosen(joined.text, found, article.in_language):
        by_place[one.place].append(one)
    named = {place: some for place, some in by_place.items() if not all(one.mention.dateline for one in some)}
    order = sorted(named, key=lambda place: (-_weight(place, named, joined), named[place][0].mention.start))
    return replace(article, content_locations=tuple(_location(place, named[place], joined) for place in order))


def _weight(place: Place, named: dict[Place, list[Chosen]], joined: Joined) -> int:
    mentions = [one.mention for one in named[place] if not one.mention.dateline]
    fields = {joined.place(one.start)[0] for one in mentions}
    weight = min(len(mentions), _COUNTED)
    weight += _IN_HEADLINE * ("headline" in fields) + _IN_LEAD * bool(fields & {"description", "article_body[0]"})
    weight += _PLACED * any(one.standing is Standing.PLACE for one in mentions)
    inside = any(other.province == place.name and other.country == place.country for other in named)
    return weight + _ITS_CITY_NAMED * (place.province is None and inside)


def _location(place: Place, mentions: Sequence[Chosen], joined: Joined) -> Location:
    evidence = tuple(_evidence(one, joined) for one in mentions)
    kind = "city" if place.kind == "town" else place.kind
    kept = tuple(dict.fromkeys((*_best(evidence), *evidence)))[:_EVIDENCE]
    return Location(place.id, place.name, kind, place.country, place.province, _reason(place, evidence), kept)


def _best(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first that is no dateline: what a person is shown."""
    return [one for one in evidence if one.rule != "dateline"][:1]


def _evidence(one: Chosen, joined: Joined) -> Evidence:
    field, start = joined.place(one.mention.start)
    end = start + one.mention.end - one.mention.start
    return Evidence(field, start, end, joined.text[one.mention.start : one.mention.end], one.rule)


def _reason(place: Place, evidence: Sequence[Evidence]) -> str:
    first = _best(evidence)[0]
    count = sum(one.rule != "dateline" for one in evidence)
    more = f", {count} times in all" if count > 1 else ""
    lies = place.province or _COUNTRIES[place.country]
    return f'{_where(first.field)} {_SAID[first.rule]}: "{first.text}"{more} ({lies}).'


def _where(field: str) -> str:
    if field.startswith("article_body["):
        return f"Paragraph {int(field[len('article_body[') : -1]) + 1}"
    return f"The {field}"
