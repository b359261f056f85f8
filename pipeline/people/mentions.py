"""Whom a form of words means at a place of the text: for the steps that read who spoke. Pure.

Only persons of the article itself are ever meant. A form that two of them share means neither, but where one of them
was named shortly before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.model import Article, Person

_FIELD = re.compile(r"article_body\[(\d+)\]")
_NEAR = 600  # characters back: about two paragraphs, within which a shared name still means who was named last
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the body names a person. Offsets are code points into "\\n".join(article_body)."""

    start: int
    end: int
    person: Person
    rule: str  # name: in full | alias: a shorter form | office: "Wali Kota itu"


def mentions(article: Article) -> tuple[Mention, ...]:
    """Every place in the body that names one of the article's people, in order; none overlaps another."""
    return _mentions(article.people, article.article_body)


def resolve(article: Article, form: str, offset: int) -> Person | None:
    """The person of the article whom `form` means where it begins at `offset` of the body, or None.

    `form` is a name, a part of one, an office with or without a name ("Joko", "Sekda Joko", "wali kota itu"); `offset`
    counts code points into "\\n".join(article_body).
    """
    found = mentions(article)
    inside = [one for one in found if one.start < offset + max(len(form), 1) and one.end > offset]
    if inside:
        return max(inside, key=lambda one: (one.rule != "office", one.end - one.start)).person
    return _by_words(form, article.people, found, offset)


def last_named(article: Article, offset: int) -> Person | None:
    """The person named last before `offset` of the body, by name or by office."""
    before = [one for one in mentions(article) if one.end <= offset]
    return before[-1].person if before else None


def _by_words(form: str, people: tuple[Person, ...], found: tuple[Mention, ...], offset: int) -> Person | None:
    """Of a form that stands at no known place: who has all its words in the name, or has it for an alias."""
    wanted = {word.casefold() for word in _WORD.findall(form)}
    fitting = [person for person in people if wanted and _fits(wanted, form, person)]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    near = [one for one in found if offset - _NEAR <= one.end <= offset and one.person in fitting]
    return near[-1].person if near else None


def _fits(wanted: set[str], form: str, person: Person) -> bool:
    words = {word.casefold() for word in _WORD.findall(person.name)}
    return wanted <= words or form.casefold() in {alias.casefold() for alias in person.aliases}


@lru_cache(maxsize=2)
def _mentions(people: tuple[Person, ...], body: tuple[str, ...]) -> tuple[Mention, ...]:
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in body)]
    found = []
    for person in people:
        for one in person.evidence:
            place = _FIELD.fullmatch(one.field)
            if place is not None:
                offset = starts[int(place.group(1))]
                found.append(Mention(offset + one.start, offset + one.end, person, one.rule))
    return tuple(_apart(sorted(found, key=lambda one: (one.start, -one.end))))


def _apart(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    ends: list[int] = []
    for one in found:
        if bisect_right(ends, one.start) == len(ends):
            kept.append(one)
            ends.append(one.end)
    return kept
