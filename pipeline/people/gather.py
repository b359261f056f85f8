"""From the places that name somebody to the persons whom they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.people.candidates import Candidate
from pipeline.people.roles import Role

_TOLD_BY = 2  # times that a single word must stand where a speaker does


@dataclass
class Someone:
    """A person while the places are gathered. `words`: of the fullest name, plain."""

    words: tuple[str, ...]
    candidates: list[Candidate] = field(default_factory=list)
    others: set[tuple[str, ...]] = field(default_factory=set)  # what else the text says he is called

    @property
    def start(self) -> int:
        return min(one.start for one in self.candidates)

    def fullest(self) -> Candidate:
        return max(self.candidates, key=lambda one: (len(one.words), -one.start))

    def role(self) -> Role | None:
        """The first that has an office and more than its bare word; else the first with an office, else the first."""
        roles = [one.role for one in self.candidates if one.role is not None]
        ranked = sorted(roles, key=lambda role: (role.office is None, role.bare, role.start))
        return ranked[0] if ranked else None

    def offices(self) -> set[str]:
        return {one.role.office.id for one in self.candidates if one.role is not None and one.role.office is not None}


def gather(found: Sequence[Candidate]) -> list[Someone]:
    """The persons, in the order in which the text names them."""
    people: list[Someone] = []
    loose: dict[tuple[str, ...], list[Candidate]] = {}
    for one in sorted(found, key=lambda one: (-len(one.words), one.start)):
        fitting = [person for person in people if fits(one.words, person.words) or one.words in person.others]
        equal = [person for person in fitting if person.words == one.words]
        called = [person for person in people if one.of and fits(one.of, person.words)]
        whom = called[0] if called else _whom(one, equal or fitting)
        if called:
            called[0].others.add(one.words)
        if whom is not None:
            whom.candidates.append(one)
        elif not fitting or (one.role is not None and one.role.office is not None):
            if one.sure:
                people.append(Someone(one.words, [one]))
            else:
                loose.setdefault(one.words, []).append(one)
    for words, candidates in loose.items():
        if len(candidates) >= _TOLD_BY and not any(fits(words, person.words) for person in people):
            people.append(Someone(words, candidates))
    return sorted(people, key=lambda person: person.start)


def fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Are the words of one name, in their order, among those of the other?"""
    rest = iter(full)
    return len(short) <= len(full) and all(word in rest for word in short)


def _whom(one: Candidate, fitting: list[Someone]) -> Someone | None:
    """Which of those that the name fits; None where it may be none or several of them."""
    office = one.role.office if one.role is not None else None
    if office is not None and len(one.words) == 1:
        same = [person for person in fitting if office.id in person.offices()]
        fitting = same or [person for person in fitting if not person.offices()]
    return fitting[0] if len(fitting) == 1 else None
