"""What a text carries over into any language, in its order: names, numbers, days and months."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.datewords import date_words
from pipeline.terms import family_of, stem, terms
from pipeline.wordlists import load
from pipeline.words import fold_token, rough_sentences, tokens

_SOUNDS = 5  # first sounds of a name: Malaysia and Malaysian, Islam and Islamic have them in common
_SHORTEST_DATE_WORD = 4  # letters; "sun", "mar" and "may" are more than days and months
_SMALL_MONTHS = frozenset({"may", "mei", "mac"})
_TENS = range(20, 100, 10)
_ALIKE = str.maketrans({"k": "c", "q": "c", "y": "i", "v": "f", "z": "s", "w": "u"})
_DOUBLED = re.compile(r"(.)\1+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
# "US$200", "Rp 4,7 miliar", "S$3"
_CURRENCY = re.compile(r"\b(?i:us|rp|rm|php|idr|usd|myr|sgd|vnd)[$.]?\s?(?=\d)|(?:\b[A-Z])?[$₱₫฿€£]\s?(?=\d)")
_MOST = 1000  # anchors of a text; two texts are compared at the cost of their product


@dataclass(frozen=True, slots=True)
class _Names:
    same: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: dict[int, tuple[str, ...]]
    factors: dict[int, tuple[str, ...]]
    wholes: dict[int, tuple[str, ...]]
    names: _Names


@dataclass(frozen=True, slots=True)
class _Known:
    """The lists, each word by what it means."""

    numbers: dict[str, int]
    factors: dict[str, int]
    wholes: dict[str, int]
    names: dict[str, str]
    days: dict[str, str]


@cache
def _known() -> _Known:
    words = load("anchors", _Words)
    return _Known(
        numbers=_by_word(words.numbers),
        factors=_by_word(words.factors),
        wholes=_by_word(words.wholes),
        names={word: f"={group[0]}" for group in words.names.same for word in group},
        days=_days(),
    )


def _by_word(lists: dict[int, tuple[str, ...]]) -> dict[str, int]:
    return {word: value for value, group in lists.items() for word in group}


def _days() -> dict[str, str]:
    """Names of days and months, long enough to be nothing else."""
    words = date_words()
    named = [(word, f"day {number}") for number, group in words.weekdays.items() for word in group]
    named += [(word, f"month {number}") for number, group in words.months.items() for word in group]
    return {word: key for word, key in named if len(word) >= _SHORTEST_DATE_WORD or word in _SMALL_MONTHS}


def anchors(text: str, language: str | None) -> tuple[str, ...]:
    """The anchors in the order of the text, one way of writing for each: "#64000", "day 1", "=france", "ratna".

    Names are words that stand with a capital inside sentences, by their first sounds; a number spelt out is the
    number; "64 ribu" and "64 thousand" are 64000.
    """
    family = family_of(language)
    named = terms(None, text, language).names
    found: list[str] = []
    for sentence in rough_sentences(text):
        found += _of_sentence(_split(sentence), named, family)
        if len(found) > _MOST:
            break
    return tuple(found)


def _split(sentence: str) -> list[str]:
    """The tokens; "seventy-million" is two."""
    found: list[str] = []
    for token in tokens(_CURRENCY.sub(" ", sentence)):
        parts = token.split("-")
        is_number = len(parts) > 1 and any(_value(part) is not None or _factor(part) for part in map(fold_token, parts))
        found += parts if is_number else [token]
    return found


def _of_sentence(words: list[str], named: Container[str], family: str | None) -> Iterator[str]:
    number: float | None = None
    for word in words:
        plain = fold_token(word)
        value, factor = _value(plain), _factor(plain)
        if number is not None and factor:
            number *= factor
        elif number is not None and number in _TENS and value is not None and value < 10:  # "forty-two"
            number += value
        else:
            if number is not None:
                yield f"#{number:g}"
            number = value
            if value is None and (name := _name(word, plain, named, family)):
                yield name
    if number is not None:
        yield f"#{number:g}"


def _value(plain: str) -> float | None:
    """The number that a folded word is, in figures or in words."""
    known = _known()
    match = _FIGURES.match(plain)
    if match:
        figures = _THOUSANDS.sub("", match[0]).replace(",", ".")
        try:
            return float(figures)
        except ValueError:  # "1.2.3"
            return None
    return known.numbers.get(plain, known.wholes.get(plain))


def _factor(plain: str) -> int:
    return _known().factors.get(plain, 0)


def _name(word: str, plain: str, named: Container[str], family: str | None) -> str | None:
    """The anchor of a word that is a name, a day or a month; in scripts without capitals only of a day or month."""
    known, bare = _known(), plain.removesuffix("'s")
    if not word[0].isupper():
        return None if word[0].islower() else known.days.get(plain)
    if bare in known.days:
        return known.days[bare]
    if bare in known.names:
        return known.names[bare]
    if len(bare) > 1 and (stem(plain, family) in named):
        return sound(bare)
    return None


def sound(name: str) -> str:
    """The first sounds of a case-folded name: "afrika" and "african" are "afric"."""
    return _DOUBLED.sub(r"\1", name.replace("ph", "f").replace("ch", "c").translate(_ALIKE))[:_SOUNDS]
