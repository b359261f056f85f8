"""Set the people of an article."""

from __future__ import annotations

from dataclasses import replace

from pipeline.joined import Joined, of_article
from pipeline.model import Article, Evidence, Person
from pipeline.people.aliases import Again, by_office, named_again
from pipeline.people.candidates import Candidate, candidates
from pipeline.people.cities import city_id
from pipeline.people.gather import Someone, gather
from pipeline.people.scene import Scene, survey
from pipeline.people.unspaced import unspaced_candidates

_MOST_PEOPLE = 60  # of one article
_MOST_EVIDENCE = 40  # places of one person


def find_people(article: Article) -> Article:
    """Set `people`, in the order in which the text names them."""
    joined = of_article(article)
    start, end = _body(joined)
    scene = survey(joined.text, article.in_language)
    found, nameless = candidates(scene, start, end)
    people = gather([*found, *unspaced_candidates(scene, start, end)])[:_MOST_PEOPLE]
    named = named_again(scene, people, len(article.headline or ""), end)
    again = [*named, *by_office(scene, nameless, people, named)]
    return replace(
        article, people=tuple(_person(joined, scene, person, _of(again, at)) for at, person in enumerate(people))
    )


def _body(joined: Joined) -> tuple[int, int]:
    """Where the body begins and ends; of an article without one, the description."""
    first = 2 if len(joined.fields) > 3 else 1
    return joined.starts[first], joined.starts[-1]


def _of(again: list[Again], number: int) -> list[Again]:
    return [one for one in again if one.person == number]


def _person(joined: Joined, scene: Scene, someone: Someone, again: list[Again]) -> Person:
    fullest, role = someone.fullest(), someone.role()
    name = _printed(scene, fullest.start, fullest.end)
    spans = {(one.start, one.end): "name" if one.words == someone.words else "alias" for one in someone.candidates}
    again = [one for one in again if not any(start < one.end and one.start < end for start, end in spans)]
    again += [
        Again(one.start, one.end, 0, "alias", _office_before(one))
        for one in someone.candidates
        if one.words != someone.words
    ]
    spans.update({(one.start, one.end): one.rule for one in again})
    places = sorted(spans.items())[:_MOST_EVIDENCE]
    office = role.office if role is not None else None
    place = _printed(scene, *role.place) if role is not None and role.place is not None else None
    return Person(
        name=name,
        role=_printed(scene, role.start, role.end) if role is not None else None,
        office=office.id if office is not None else None,
        city=city_id(place) if place is not None and office is not None else None,
        aliases=_aliases(scene, name, again),
        evidence=tuple(_evidence(joined, span, rule) for span, rule in places),
    )


def _office_before(one: Candidate) -> int | None:
    """Where the office begins that stands just before the name."""
    return one.role.start if one.role is not None and one.role.end == one.start - 1 else None


def _printed(scene: Scene, start: int, end: int) -> str:
    return " ".join(scene.text[start:end].split())


def _aliases(scene: Scene, name: str, again: list[Again]) -> tuple[str, ...]:
    """Further forms of the name in this text, with and without the office before them."""
    forms: dict[str, None] = {}
    for one in again:
        if one.rule != "office":
            forms[_printed(scene, one.start, one.end)] = None
            if one.head is not None and one.rule == "alias":
                forms[_printed(scene, one.head, one.end)] = None
    forms.pop(name, None)
    return tuple(forms)


def _evidence(joined: Joined, span: tuple[int, int], rule: str) -> Evidence:
    field, start = joined.place(span[0])
    return Evidence(field, start, start + span[1] - span[0], joined.text[slice(*span)], rule)
