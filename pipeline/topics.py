"""The topics of city news as data, after IPTC Media Topics, and the index that finds their words in a text.

A word counts in texts of its own language only, but English ones count everywhere, and Indonesian ones in Malay,
Javanese and Sundanese texts too: "air" is water there and nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Annotated

from pydantic import Field, StringConstraints

from pipeline.lexicon import Folded, Hit, TermIndex, expand
from pipeline.wordlists import load

_EVERYWHERE = "en"
_INDONESIAN = "id"
_MALAY = frozenset({"id", "ms", "jv", "su"})  # what is written in one of them borrows from Indonesian
_GENITIVE = "nya"  # Indonesian and Malay: "kualitas udaranya" …
_GENITIVE_WORDS = 2  # … behind so many words at most, and behind no name
_VOWELS = "aeiou"
_LAST_LATIN = "\u1eff"

Words = dict[str, tuple[str, ...]]  # by language


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as data. `medtop` is its IPTC Media Topic or, where `own`, the one it belongs under."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    medtop: Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
    iptc: Annotated[str, StringConstraints(min_length=1)]  # label of that Media Topic in en-GB
    label: dict[str, str]  # by language; "en" is always there
    terms: Annotated[Words, Field(min_length=1)]
    subjects: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    forums: tuple[str, ...] = ()  # ids of watches whose meetings are about it
    own: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    nothing: Words
    topic: tuple[Topic, ...]


class Strength(IntEnum):
    """How a word speaks for a topic."""

    TERM = 0  # by itself, wherever it stands
    SUBJECT = 1  # by itself in a headline and a short text, as a hint elsewhere
    HINT = 2  # beside a term only
    NOTHING = 3  # not at all, and it hides the words inside it


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a list. `topic` is the place in `topics()`.

    `marked`: the wordings that must be printed so, marks and all; `capitals`: it is printed in capitals only.
    """

    topic: int
    strength: Strength
    marked: frozenset[str] | None
    capitals: bool


@lru_cache(maxsize=1)
def _file() -> _File:
    return load("topics", _File)


def topics() -> tuple[Topic, ...]:
    """All topics, in the order of their file."""
    return _file().topic


def label(identifier: str, language: str) -> str | None:
    """The name of a topic in a language (English where it has none); None for what is no topic."""
    found = next((topic for topic in topics() if topic.id == identifier), None)
    return None if found is None else found.label.get(language, found.label["en"])


@lru_cache(maxsize=1)
def forums() -> Mapping[str, int]:
    """Which topic a forum is about: the place in `topics()` by the id of its watch."""
    return {watch: place for place, topic in enumerate(topics()) for watch in topic.forums}


@lru_cache(maxsize=16)  # there are twelve languages in the file; an index of one's own words is a small one, and quick
def _index(language: str | None) -> tuple[TermIndex, tuple[Word, ...]]:
    """The index of the words that count in a language, whose keys are places in the words beside it."""
    words: dict[Word, int] = {}  # most are alike but for how they are written, and such share a key
    pairs: list[tuple[str, int]] = []
    for topic, strength, lists in sorted(_lists(), key=lambda listed: listed[1]):  # of two strengths the better counts
        plain = Word(topic, strength, None, capitals=False)
        for written_in, listed in lists.items():
            for written in listed if _counts(written_in, language) else ():
                marked, capitals = _marked(written), _is_acronym(written)
                word = Word(topic, strength, marked, capitals) if marked or capitals else plain
                key = words.setdefault(word, len(words))
                pairs += [(form, key) for form in _forms(written, written_in)]
    return TermIndex(pairs), tuple(words)


def _counts(written_in: str, language: str | None) -> bool:
    if language is None or written_in in (_EVERYWHERE, language):
        return True
    return written_in == _INDONESIAN and language in _MALAY


def _lists() -> Iterator[tuple[int, Strength, Words]]:
    yield -1, Strength.NOTHING, _file().nothing
    for place, topic in enumerate(topics()):
        yield place, Strength.TERM, topic.terms
        yield place, Strength.SUBJECT, topic.subjects
        yield place, Strength.HINT, topic.hints


def _forms(written: str, language: str) -> Iterable[str]:
    """The word and how the language prints it with a particle joined on."""
    yield written
    if language in _MALAY and written.islower() and written.count(" ") < _GENITIVE_WORDS and written[-3:] != _GENITIVE:
        yield f"{written}{_GENITIVE}"
    if language == "tl" and written[-1] in _VOWELS:
        yield f"{written}ng"
    if language == "tl" and written[-1] == "n":
        yield f"{written}g"


def _marked(written: str) -> frozenset[str] | None:
    """The wordings of a word with Latin marks: "rác" is folded to "rac", which is "rạc" as well."""
    if written.isascii() or any(letter > _LAST_LATIN for letter in written if letter.isalpha()):
        return None
    return frozenset(_as_printed(wording) for wording in expand(written))


def _is_acronym(written: str) -> bool:
    """Whether it is made of capitals: "AI" is no Vietnamese "ai", "TK" no slip of the pen."""
    return written.isupper() and written.isascii()


def _as_printed(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split())).casefold()


def find_words(folded: Folded, text: str, language: str | None) -> list[tuple[Hit, tuple[Word, ...]]]:
    """Where words of a topic stand in `text`, in its order, without those inside a longer one of them.

    `folded` is the text folded, `language` its own: None counts the words of all. Of a topic there is one word a place.
    """
    index, words = _index(language)
    found = []
    for hit in index.find(folded):
        printed = text[hit.start : hit.end]
        counting: dict[int, Word] = {}
        for word in (words[key] for key in hit.keys):
            if word.topic not in counting and _is_printed(printed, word):
                counting[word.topic] = word
        if counting:
            found.append((hit, tuple(counting.values())))
    return _widest(found)


def _is_printed(printed: str, word: Word) -> bool:
    """Whether the Latin marks are those of the word, and the capitals of an acronym; other scripts have neither."""
    if word.capitals and not printed.isupper():
        return False
    if printed.isascii():
        return word.marked is None
    if word.marked is not None:
        return _as_printed(printed) in word.marked
    return not any("\x7f" < letter <= _LAST_LATIN for letter in printed if letter.isalpha())


def _widest(found: list[tuple[Hit, tuple[Word, ...]]]) -> list[tuple[Hit, tuple[Word, ...]]]:
    """Without hits inside a longer one: "bank sampah" is not "sampah" once more."""
    kept: list[tuple[Hit, tuple[Word, ...]]] = []
    for one in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or one[0].end > kept[-1][0].end:
            kept.append(one)
    return kept
