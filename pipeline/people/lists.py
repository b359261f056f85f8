"""The word lists of people and offices (`data/offices.toml`, `data/people.toml`), ready to be looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from pipeline.lexicon import TermIndex
from pipeline.people.cities import place_names
from pipeline.people.shapes import BehindEntry, EntitiesFile, Office, OfficesFile, PeopleFile
from pipeline.wordlists import load

_AFTER_LATIN = "\u1f00"


class Kind(IntEnum):
    """What a term is. Of two kinds at one place the first counts."""

    OFFICE = 0
    ROLE = 1
    ACTING = 2
    FORMER = 3
    GENERAL = 4
    HONORIFIC = 5
    SAYS = 6  # its speaker follows: "kata Joko"
    SAID = 7  # its speaker stands before it: "Joko mengatakan"
    ORGANISATION = 8  # known by name
    EVENT = 9  # known by name
    BODY = 10  # begins an organisation's name: "Dinas"
    FIRM = 11  # begins one, of any words: "PT"
    BODY_END = 12  # ends one: "University"
    MEETING = 13  # begins an event's name: "Konferensi"
    MEETING_END = 14  # ends one: "Summit"


@dataclass(frozen=True, slots=True)
class Term:
    """`name`: of an organisation or event that is known by name, as it is shown."""

    kind: Kind
    office: Office | None = None
    name: str | None = None


@dataclass(frozen=True, eq=False)
class Behind:
    """The words that tell where an office ends and a name begins; see the file."""

    links: frozenset[str]
    into: frozenset[str]
    begins: frozenset[str]
    small_titles: frozenset[str]
    shortened: frozenset[str]
    never: frozenset[str]
    enclosing: frozenset[str]
    firms: frozenset[str]


@dataclass(frozen=True, eq=False)
class Lists:
    """All of them. The sets hold plain words (see `plain`), the places words joined by spaces."""

    index: TermIndex
    marked: frozenset[str]  # terms of Latin script with marks ("nói"), as printed
    unmarked: frozenset[str]  # the same without them
    terms: tuple[Term, ...]  # by the key of a hit
    relations: frozenset[str]
    honorifics: frozenset[str]
    weak: frozenset[str]
    degrees: frozenset[str]
    particles: frozenset[str]
    affiliations: frozenset[str]  # these in small letters, with their marks
    naming: frozenset[str]
    openers: frozenset[str]  # and these
    given: frozenset[str]
    places: frozenset[str]
    phrases: frozenset[str]  # parts of offices of several words, joined by spaces
    behind: Behind
    place_starts: frozenset[str]  # the first words of places and phrases
    unspaced_places: frozenset[str]  # of scripts without capitals, as printed


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """A word without capitals and diacritics."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).casefold().replace("đ", "d").replace("’", "'")
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def lists() -> Lists:
    """Read once a process (about 30 ms)."""
    offices, people = load("offices", OfficesFile), load("people", PeopleFile)
    terms, pairs = _index([*_groups(offices, people), *_entity_groups(load("entities", EntitiesFile))])
    states = _set(people.states.words)
    marked = frozenset(term.casefold() for term, _ in pairs if not term.isascii() and term[0] < _AFTER_LATIN)
    places, phrases = _joined(place_names()) | states, _joined(people.phrases.terms)
    return Lists(
        index=TermIndex(pairs),
        marked=marked,
        unmarked=frozenset(map(plain, marked)) - {term.lower() for term, _ in pairs if term.isascii()},
        terms=terms,
        relations=_joined(people.relations.terms),
        honorifics=_joined(people.honorifics.terms),
        weak=_set(people.honorifics.weak),
        degrees=frozenset(word.replace(".", "") for word in _set(people.degrees.words)),
        particles=_set(people.particles.words),
        affiliations=frozenset(people.affiliations.words.split()) | _set(people.naming.words),
        naming=_set(people.naming.words),
        openers=frozenset(people.openers.words.split()),
        given=_set(people.given.words),
        places=places,
        phrases=phrases,
        place_starts=frozenset(name.partition(" ")[0] for name in places | phrases),
        unspaced_places=frozenset(name for name in place_names() if name[0] > "\u0b7f"),
        behind=_behind(people.behind),
    )


def _behind(entry: BehindEntry) -> Behind:
    return Behind(
        links=_set(entry.links),
        into=_set(entry.into),
        begins=_set(entry.begins),
        small_titles=_set(entry.small_titles),
        shortened=_set(entry.shortened),
        never=_set(entry.never),
        enclosing=_set(entry.enclosing),
        firms=_set(entry.firms),
    )


def _groups(offices: OfficesFile, people: PeopleFile) -> list[tuple[Term, tuple[str, ...]]]:
    """What people and their offices go by."""
    groups: list[tuple[Term, tuple[str, ...]]] = [(Term(Kind.OFFICE, one), one.terms) for one in offices.office]
    return [
        *groups,
        (Term(Kind.ROLE), people.roles.terms + people.relations.terms),
        (Term(Kind.ACTING), offices.acting.terms),
        (Term(Kind.FORMER), offices.former.terms),
        (Term(Kind.GENERAL), offices.general.terms),
        (Term(Kind.HONORIFIC), people.honorifics.terms),
        (Term(Kind.SAYS), people.cues.before),
        (Term(Kind.SAID), people.cues.after),
    ]


def _entity_groups(entities: EntitiesFile) -> list[tuple[Term, tuple[str, ...]]]:
    """What organisations and events go by."""
    groups = [(Term(Kind.ORGANISATION, name=one.names[0]), one.names) for one in entities.organisation]
    groups += [(Term(Kind.EVENT, name=one.names[0]), one.names) for one in entities.event]
    return [
        *groups,
        (Term(Kind.BODY), entities.heads.terms),
        (Term(Kind.FIRM), entities.heads.own),
        (Term(Kind.BODY_END), entities.tails.terms),
        (Term(Kind.MEETING), entities.meetings.before),
        (Term(Kind.MEETING_END), entities.meetings.after),
    ]


def _index(groups: list[tuple[Term, tuple[str, ...]]]) -> tuple[tuple[Term, ...], list[tuple[str, int]]]:
    """The terms by key, and (words, key) for each of their writings."""
    pairs = [(words, key) for key, (_, writings) in enumerate(groups) for words in writings if "," not in words]
    return tuple(term for term, _ in groups), pairs


def _joined(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(map(plain, term.split())) for term in terms)


def _set(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())
