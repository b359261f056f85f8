"""The shapes of the word files of people: `data/offices.toml`, `data/people.toml`, `data/entities.toml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """`seat`: what the place behind it is (see the file). `never`: languages in which the words are another thing."""

    id: str
    terms: tuple[str, ...]
    seat: str | None = None
    lead: bool = True
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficesFile:
    office: tuple[Office, ...]
    acting: Terms
    former: Terms
    general: Terms


@dataclass(frozen=True, slots=True)
class Honorifics:
    terms: tuple[str, ...]
    weak: str


@dataclass(frozen=True, slots=True)
class Cues:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    words: str


@dataclass(frozen=True, slots=True)
class BehindEntry:
    links: str
    into: str
    begins: str
    small_titles: str
    shortened: str
    never: str
    enclosing: str
    firms: str


@dataclass(frozen=True, slots=True)
class PeopleFile:
    roles: Terms
    relations: Terms
    honorifics: Honorifics
    degrees: Words
    particles: Words
    cues: Cues
    affiliations: Words
    phrases: Terms
    naming: Words
    openers: Words
    given: Words
    states: Words
    behind: BehindEntry


@dataclass(frozen=True, slots=True)
class Named:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    terms: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntitiesFile:
    organisation: tuple[Named, ...]
    event: tuple[Named, ...]
    heads: Bodies
    tails: Terms
    meetings: Cues
