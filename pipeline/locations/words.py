"""The lists of `data/surroundings.toml`: words that stand around a place's name. Folded as the lexicon folds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class _Office:
    before: tuple[str, ...]
    after: tuple[str, ...]
    joined_before: tuple[str, ...]
    joined_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    before: tuple[str, ...]
    after: tuple[str, ...]
    certain: tuple[str, ...]
    joined_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    before: tuple[str, ...]
    printed_before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    before: tuple[str, ...]
    before_far: tuple[str, ...]
    printed_before: tuple[str, ...]
    before_small: tuple[str, ...]
    after: tuple[str, ...]
    joined_before: tuple[str, ...]
    joined_after: tuple[str, ...]
    joined_near: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Calendar:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Foreign:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The lists of `data/surroundings.toml`."""

    office: _Office
    place: _Place
    person: _Person
    other: _Other
    calendar: _Calendar
    countries: dict[str, tuple[str, ...]]
    foreign: _Foreign


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of folded words and phrases, by what they say of the name beside them."""

    office_before: frozenset[str]
    office_after: frozenset[str]
    place_before: frozenset[str]
    explained: frozenset[str]  # go on behind a name and are no other name's: days and months too
    certain: frozenset[str]
    person_before: frozenset[str]
    person_after: frozenset[str]
    other_before: frozenset[str]
    other_far: frozenset[str]
    other_small: frozenset[str]
    printed: frozenset[str]  # heads of other names and of persons', as printed in small letters: their marks tell them
    other_after: frozenset[str]


@cache
def lists() -> Surroundings:
    """The lists, as they stand in the file."""
    return load("surroundings", Surroundings)


@cache
def words() -> Words:
    """The lists that are asked word by word, as sets."""
    found = lists()
    return Words(
        office_before=frozenset(found.office.before),
        office_after=frozenset(found.office.after),
        place_before=frozenset(found.place.before),
        explained=frozenset((*found.place.after, *found.calendar.words)),
        certain=frozenset(found.place.certain),
        person_before=frozenset(found.person.before),
        person_after=frozenset(found.person.after),
        other_before=frozenset(found.other.before),
        other_far=frozenset(found.other.before_far),
        other_small=frozenset(found.other.before_small),
        printed=frozenset(word.casefold() for word in (*found.person.printed_before, *found.other.printed_before)),
        other_after=frozenset(found.other.after),
    )
