"""Who is who across articles: which appearances are one person, by safe evidence or by a person's word. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.people.candidates import name_words

_FEWEST_WORDS = 2  # of a name that tells a person from another article's


class RegisterAction(StrEnum):
    MERGE = "merge"  # the two are one person
    SPLIT = "split"  # in these articles it is somebody else
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class RegisterDecision:
    """A person's word on the register; undone, never deleted."""

    id: int
    action: RegisterAction
    person_id: int
    into_id: int | None  # whom he is merged into, or who was split off
    name: str | None  # of a rename
    articles: tuple[int, ...]  # of a split
    reason: str | None
    actor: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an appearance says of somebody's place: office id and city id, as far as the text tells."""

    office: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one article."""

    article_id: int
    name: str
    role: str | None
    office: str | None
    city: str | None
    quotes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """A person of the register, as decisions make of him."""

    id: int
    name: str
    articles: int
    quotes: int
    first_at: datetime
    last_at: datetime
    role: str | None  # the latest that an article printed
    office: str | None
    city: str | None


def key_of(name: str) -> str | None:
    """The name as names are compared; None for one that is too short to tell persons apart."""
    words = [word for word in name_words(name) if word]
    return " ".join(words)[:255] if sum(len(word) > 1 for word in words) >= _FEWEST_WORDS else None


def compatible(one: Standing, other: Standing) -> bool:
    """May persons of one name be one: of one office or one city, or where an article says no office at all?"""
    if one.city is not None and other.city is not None:
        return one.city == other.city
    return one.office is None or other.office is None or one.office == other.office


def choose(entries: Mapping[int, Collection[Standing]], standing: Standing) -> int | None:
    """Who of those who bear the name it is; None: somebody new.

    `entries`: what is known of each, by id. Where several fit, one known by the same office and city is meant, else
    one of whom no office is known.
    """
    fitting = [one for one, known in sorted(entries.items()) if all(compatible(standing, each) for each in known)]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    same = [one for one in fitting if standing in entries[one]]
    blank = [one for one in fitting if all(each == Standing(None, None) for each in entries[one])]
    return next(iter([*same, *blank]), None)


def shown(decisions: Sequence[RegisterDecision], person_id: int, article_id: int | None) -> int:
    """Whom the standing decisions, oldest first, make of a person in an article (None: in one they do not speak of)."""
    at = person_id
    for one in decisions:
        if one.person_id != at or one.into_id is None:
            continue
        if one.action is RegisterAction.MERGE or article_id in one.articles:
            at = one.into_id
    return at


def connected(decisions: Iterable[RegisterDecision], person_id: int) -> set[int]:
    """The persons whom decisions, undone ones too, bring together with this one."""
    pairs = [(one.person_id, one.into_id) for one in decisions if one.into_id is not None]
    links: dict[int, set[int]] = {}
    for first, second in pairs:
        links.setdefault(first, set()).add(second)
        links.setdefault(second, set()).add(first)
    found, waiting = {person_id}, [person_id]
    while waiting:
        new = links.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def named(decisions: Iterable[RegisterDecision], person_id: int, printed: str) -> str:
    """The last name that a person gave him, else the printed one."""
    given = [one.name for one in decisions if one.person_id == person_id and one.name is not None]
    return given[-1] if given else printed
