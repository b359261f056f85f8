"""The words that say who spoke, read from `data/cues.toml` and made ready to be looked up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import TermIndex
from pipeline.wordlists import load

BEHIND, CLAUSE, OBJECT, ENGLISH, SOURCE = range(5)  # keys of the index: what a cue is


@dataclass(frozen=True, slots=True)
class _Verbs:
    clause: str
    object: str
    sure: str
    english: str
    english_that: str


@dataclass(frozen=True, slots=True)
class _Sources:
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    pronouns: str
    ends: str
    links: str
    particles: str
    demonstratives: str
    titles: str
    articles: str
    adverbs: str
    spoilers: str
    days: str
    auxiliaries: str
    settings: str
    months_and_names: str


@dataclass(frozen=True, slots=True)
class _Roles:
    small: str
    id: str
    ms: str
    en: str
    tl: str


@dataclass(frozen=True, slots=True)
class _Bodies:
    words: str
    seats: str
    small_seats: str
    firms: str
    openers: str
    things: str


@dataclass(frozen=True, slots=True)
class _Plain:
    vi: tuple[str, ...]
    vi_titles: tuple[str, ...]
    tl: tuple[str, ...]
    th: tuple[str, ...]
    th_titles: tuple[str, ...]
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    behind: str
    verbs: _Verbs
    sources: _Sources
    words: _Words
    roles: _Roles
    bodies: _Bodies
    plain: _Plain


@dataclass(frozen=True, slots=True)
class Cues:
    """Sets of words in small letters; `index` finds the cues of a text, under the keys above."""

    behind: frozenset[str]  # kata, ujar: before the speaker, who stands behind the words
    clause: frozenset[str]  # mengatakan: behind the speaker, before a clause
    object: frozenset[str]  # menyampaikan: the same, but often before a thing
    verbs: frozenset[str]  # all that stand behind their subject
    sure: frozenset[str]  # of these, whatever follows is said
    english: frozenset[str]
    english_that: frozenset[str]
    pronouns: frozenset[str]
    ends: frozenset[str]  # they end a speaker's name and role
    auxiliaries: frozenset[str]  # a statement goes on with one of them
    settings: frozenset[str]  # where and when something was said
    stops: frozenset[str]  # no small word of a role
    days: frozenset[str]  # days and months, which end it in capitals too
    months_and_names: frozenset[str]  # Mei, Sunday: a day or month, or a person
    links: frozenset[str]
    particles: frozenset[str]
    demonstratives: frozenset[str]
    titles: frozenset[str]
    articles: frozenset[str]
    adverbs: frozenset[str]  # between a speaker and the verb
    spoilers: frozenset[str]  # before a verb that reports nothing: "tidak mengatakan"
    roles: frozenset[str]
    small_roles: frozenset[str]  # only where printed small
    english_roles: frozenset[str]  # they end a role: "city hall spokesperson"
    bodies: frozenset[str]
    seats: frozenset[str]  # before a place: "Desa Wonosari"
    small_seats: frozenset[str]  # of places that no list has
    firms: frozenset[str]  # before a name of their own, which may have several words
    unnamed: frozenset[str]  # no name has one of these
    openers: frozenset[str]
    lone_openers: frozenset[str]  # of these, all that are no part of a role
    light: frozenset[str]  # what may stand between a speaker and the verb
    heading: frozenset[str]  # small words that may stand before a name and be of its role
    things: frozenset[str]
    plain: _Plain
    index: TermIndex


def _set(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


@cache
def cues() -> Cues:
    """Read once a process."""
    file = load("cues", _File)
    verbs, words, roles, bodies = file.verbs, file.words, file.roles, file.bodies
    english = _set(roles.en) | {f"{role}s" for role in roles.en.split()}  # officials, mayors
    named = _set(roles.id, roles.ms, roles.tl) | english
    return Cues(
        behind=_set(file.behind),
        clause=_set(verbs.clause),
        object=_set(verbs.object),
        verbs=_set(verbs.clause, verbs.object, verbs.english),
        sure=_set(verbs.sure),
        english=_set(verbs.english),
        english_that=_set(verbs.english_that),
        pronouns=_set(words.pronouns),
        ends=_set(words.ends, words.days),
        auxiliaries=_set(words.auxiliaries),
        settings=_set(words.settings, words.days),
        stops=_set(words.ends, words.days, words.adverbs, words.pronouns, words.auxiliaries)
        | _set(verbs.clause, verbs.object, verbs.english),
        days=_set(words.days),
        months_and_names=_set(words.months_and_names),
        links=_set(words.links),
        particles=_set(words.particles),
        demonstratives=_set(words.demonstratives),
        titles=_set(words.titles),
        articles=_set(words.articles),
        adverbs=_set(words.adverbs),
        spoilers=_set(words.spoilers),
        roles=named,
        small_roles=_set(roles.small),
        english_roles=english,
        bodies=_set(bodies.words),
        seats=_set(bodies.seats),
        small_seats=_set(bodies.small_seats),
        firms=_set(bodies.firms),
        unnamed=(named | _set(bodies.words, words.days)) - _set(words.months_and_names),
        openers=_set(bodies.openers),
        lone_openers=_set(bodies.openers) - _set(words.articles),
        light=_set(words.ends, words.days, words.adverbs) | {"of"},  # "Arthit Boonmee of Chulalongkorn University"
        heading=named | _set(words.links, words.titles, words.articles),
        things=_set(bodies.things),
        plain=file.plain,
        index=TermIndex(_terms(file)),
    )


def _terms(file: _File) -> list[tuple[str, int]]:
    behind = [form for word in file.behind.split() for form in (word, f"{word}nya")]
    return [
        *((word, BEHIND) for word in behind),
        *((word, CLAUSE) for word in file.verbs.clause.split()),
        *((word, OBJECT) for word in file.verbs.object.split()),
        *((word, ENGLISH) for word in file.verbs.english.split()),
        *((term, SOURCE) for term in file.sources.terms),
    ]
