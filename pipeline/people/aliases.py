"""Where a text names its people again: in full, in part ("Joko", "Sekda Joko"), or by office ("Wali Kota itu")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.people.cities import city_id
from pipeline.people.gather import Someone, fits
from pipeline.people.lists import plain
from pipeline.people.roles import Role
from pipeline.people.scene import Scene
from pipeline.people.words import Run, without_possessive

_MOST = 1000  # runs that hold a word of somebody's name
_NEAR = 500  # characters back within which a shared name, or a shared office, still means who was named last
_DEFINITE = re.compile(r"[ \u00a0](?:itu|ini|tersebut|berkenaan|này|đó|นั้น)\b")
_SANG = re.compile(r"(?i)\b(?:sang|the|ang|si)[ \u00a0]$")
_LISTED = re.compile(
    r"[ \u00a0]*(?:dan|and|atau|or|và|at|serta|maupun|[/&-])(?![\w])|'s?[ ]office|[ ](?:elect|candidate)"
)
_WORD = re.compile(r"[^ \u00a0]+")


@dataclass(frozen=True, slots=True)
class Again:
    """A place that names one of the people. Offsets are code points into the text."""

    start: int
    end: int
    person: int  # number in the people given
    rule: str  # name | alias | office
    head: int | None = None  # where the office before the name begins: "Sekda Joko"


def named_again(scene: Scene, people: Sequence[Someone], headline: int, end: int) -> list[Again]:
    """By name, in order. `headline`: characters of the text that are its headline, with capitals as it likes."""
    index: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        for word in person.words:
            if len(word) > 1:
                index.setdefault(word, []).append(number)
    found: list[Again] = []
    for run in _runs_with(scene, people, end):
        found += _in_run(scene, run, people, index, found, free=run.start < headline)
    return found


def _runs_with(scene: Scene, people: Sequence[Someone], end: int) -> list[Run]:
    """The runs that hold a word of somebody's name, in order. The few words are sooner found than read in all runs."""
    words = {word for person in people for one in person.candidates for word in scene.text[one.start : one.end].split()}
    places: set[int] = set()
    for form in {form for word in words if len(word) > 1 for form in (word, word.upper())}:
        place = scene.text.find(form, 0, end)
        while place >= 0:
            places.add(bisect_right(scene.runs, place, key=lambda run: run.start) - 1)
            place = scene.text.find(form, place + len(form), end)
    return [scene.runs[number] for number in sorted(places)[:_MOST] if number >= 0]


def _in_run(
    scene: Scene, run: Run, people: Sequence[Someone], index: dict[str, list[int]], before: list[Again], *, free: bool
) -> list[Again]:
    """`free`: may any word with a capital stand beside the name?"""
    words = [(one.start(), one.end()) for one in _WORD.finditer(scene.text, run.start, run.end)]
    low = [plain(without_possessive(scene.text[slice(*span)]).strip("\"“”'‘’()")) for span in words]
    found: list[Again] = []
    place = 0
    while place < len(low):
        numbers = index.get(low[place], ())
        count, fitting = _longest(low, place, numbers, people) if numbers else (1, [])
        if fitting and (free or _alone(scene, low, words, place, count)):
            span = words[place][0], words[place + count - 1][1]
            one = _one(
                scene, span, tuple(low[place : place + count]), fitting, people=people, near=[*before[-8:], *found]
            )
            found += [one] if one is not None else []
        place += count
    return found


def _longest(low: list[str], place: int, numbers: Sequence[int], people: Sequence[Someone]) -> tuple[int, list[int]]:
    """(words from `place` on that are somebody's name or a part of it, whose)."""
    fitting, count = list(dict.fromkeys(numbers)), 1
    while place + count < len(low):
        further = tuple(low[place : place + count + 1])
        still = [number for number in fitting if fits(further, people[number].words)]
        if not still:
            break
        fitting, count = still, count + 1
    return count, fitting


def _alone(scene: Scene, low: list[str], words: list[tuple[int, int]], place: int, count: int) -> bool:
    """Do the words beside it belong to no longer name, "Joko Widodo" where Joko Agus is known?"""
    lists = scene.lists
    if place:
        before, start = low[place - 1], words[place - 1][0]
        usual = before in lists.openers or before in lists.affiliations or before in lists.honorifics
        if not (usual or start in scene.heads or before in lists.places or _ends_head(scene, words, place)):
            return False
        if before in lists.naming and start not in scene.heads and before not in lists.openers:
            return False
    if place + count == len(low):
        return True
    after = low[place + count]
    return after in lists.openers or words[place + count][0] in scene.heads or after.rstrip(".") in lists.degrees


def _ends_head(scene: Scene, words: list[tuple[int, int]], place: int) -> bool:
    """Does an office of several words, or an honorific, end before the name?"""
    until = words[place][0] - 1
    for earlier in range(max(0, place - 4), place):
        start = words[earlier][0]
        head = scene.heads.get(start)
        if (head is not None and head.end == until) or scene.titles.get(start) == until:
            return True
    return False


def _one(
    scene: Scene,
    span: tuple[int, int],
    words: tuple[str, ...],
    fitting: list[int],
    *,
    people: Sequence[Someone],
    near: list[Again],
) -> Again | None:
    """Whom of several it means: by the office before it, else who was named shortly before."""
    head = _head_before(scene, span[0])
    rule = "name" if any(people[number].words == words for number in fitting) else "alias"
    equal = [number for number in fitting if people[number].words == words]
    if head is not None and len(fitting) > 1 and head[1]:
        fitting = [number for number in fitting if head[1] in people[number].offices()] or fitting
    fitting = equal if len(equal) == 1 and len(words) > 1 else fitting
    if len(fitting) > 1:
        lately = [one.person for one in near if one.person in fitting and span[0] - one.end <= _NEAR]
        fitting = lately[-1:] if len(set(lately)) == 1 else []
    return Again(*span, fitting[0], rule, head[0] if head else None) if fitting else None


def _head_before(scene: Scene, start: int) -> tuple[int, str | None] | None:
    """(where the office that ends before a name begins, its id)."""
    run = scene.run_around(start)
    begin = run.start if run is not None else start
    for place in range(begin, start):
        head = scene.heads.get(place)
        if head is not None and head.end == start - 1:
            return place, head.term.office.id if head.term.office else None
    return None


def by_office(
    scene: Scene, roles: Sequence[Role], people: Sequence[Someone], named: Sequence[Again]
) -> Iterator[Again]:
    """The places where an office without a name means one of the people."""
    holders: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        for held in person.offices():
            holders.setdefault(held, []).append(number)
    for role in roles:
        office = role.office
        if office is None or not office.lead or role.general or office.id not in holders:
            continue
        whom = _holder(scene, role, holders[office.id], people, named)
        if whom is not None:
            yield Again(role.start, role.end, whom, "office")


def _holder(
    scene: Scene, role: Role, numbers: list[int], people: Sequence[Someone], named: Sequence[Again]
) -> int | None:
    definite = _DEFINITE.match(scene.text, role.end) or _SANG.search(scene.text[max(0, role.start - 5) : role.start])
    if not definite and (_LISTED.match(scene.text, role.end) or not scene.text[role.start].isupper()):
        return None
    known = [number for number in numbers if people[number].start < role.start]
    if role.place is not None:
        city = scene.text[slice(*role.place)]
        known = [number for number in known if _has_seat(scene, people[number], city)]
    elif not role.bare:
        return None
    if len(known) > 1 and definite:
        lately = [one.person for one in named if one.person in known and 0 <= role.start - one.end <= _NEAR]
        known = lately[-1:]
    return known[0] if len(known) == 1 else None


def _has_seat(scene: Scene, person: Someone, city: str) -> bool:
    """Is the person's office of that city, as far as the text says?"""
    role = person.role()
    if role is None or role.place is None:
        return False
    own = scene.text[slice(*role.place)]
    return own == city or (city_id(own) is not None and city_id(own) == city_id(city))
