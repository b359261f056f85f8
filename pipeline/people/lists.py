"""The word lists of people and offices (`data/offices.toml`, `data/people.toml`), ready to be looked up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from pipeline.lexicon import TermIndex
from pipeline.people.cities import place_names
from pipeline.wordlists import load


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


@dataclass(frozen=True, slots=True)
class Office:
    """`seat`: what the place behind it is (see the file). `never`: languages in which the words are another thing."""

    id: str
    terms: tuple[str, ...]
    seat: str | None = None
    lead: bool = True
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Terms:
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Offices:
    office: tuple[Office, ...]
    acting: _Terms
    former: _Terms
    general: _Terms


@dataclass(frozen=True, slots=True)
class _Honorifics:
    terms: tuple[str, ...]
    weak: str


@dataclass(frozen=True, slots=True)
class _Cues:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    words: str


@dataclass(frozen=True, slots=True)
class _People:
    roles: _Terms
    honorifics: _Honorifics
    degrees: _Words
    particles: _Words
    cues: _Cues
    affiliations: _Words
    naming: _Words
    openers: _Words
    given: _Words
    states: _Words


@dataclass(frozen=True, slots=True)
class Term:
    kind: Kind
    office: Office | None = None


@dataclass(frozen=True, eq=False)
class Lists:
    """All of them. The sets hold plain words (see `plain`), the places words joined by spaces."""

    index: TermIndex
    terms: tuple[Term, ...]  # by the key of a hit
    honorifics: frozenset[str]
    weak: frozenset[str]
    degrees: frozenset[str]
    particles: frozenset[str]
    affiliations: frozenset[str]
    naming: frozenset[str]
    openers: frozenset[str]
    given: frozenset[str]
    places: frozenset[str]


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
    offices, people = load("offices", _Offices), load("people", _People)
    terms, pairs = _index(offices, people)
    states = _set(people.states.words)
    return Lists(
        TermIndex(pairs),
        terms,
        frozenset(" ".join(map(plain, term.split())) for term in people.honorifics.terms),
        _set(people.honorifics.weak),
        frozenset(word.replace(".", "") for word in _set(people.degrees.words)),
        _set(people.particles.words),
        _set(people.affiliations.words) | _set(people.naming.words),
        _set(people.naming.words),
        _set(people.openers.words),
        _set(people.given.words),
        frozenset(" ".join(map(plain, name.split())) for name in place_names()) | states,
    )


def _index(offices: _Offices, people: _People) -> tuple[tuple[Term, ...], list[tuple[str, int]]]:
    """The terms by key, and (words, key) for each of their writings."""
    groups: list[tuple[Term, tuple[str, ...]]] = [(Term(Kind.OFFICE, one), one.terms) for one in offices.office]
    groups += [
        (Term(Kind.ROLE), people.roles.terms),
        (Term(Kind.ACTING), offices.acting.terms),
        (Term(Kind.FORMER), offices.former.terms),
        (Term(Kind.GENERAL), offices.general.terms),
        (Term(Kind.HONORIFIC), people.honorifics.terms),
        (Term(Kind.SAYS), people.cues.before),
        (Term(Kind.SAID), people.cues.after),
    ]
    pairs = [(words, key) for key, (_, writings) in enumerate(groups) for words in writings]
    return tuple(term for term, _ in groups), pairs


def _set(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())
