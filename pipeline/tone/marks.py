"""The words of tone in a text, found in one pass over its folded tokens."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon import Folded
from pipeline.tone.vocabulary import HEADLINE_MINUS, HEADLINE_PLUS, Term, Vocabulary

_STOP = "\n"
_IN_HEADLINE = 0.9  # weight of a word that speaks there
_OPENS = "\"'“‘«:.!?…-–—("  # behind them a word of prose begins with a capital too


@dataclass(slots=True)
class Mark:
    """A term in a text. `first` and `after` count tokens, `start` and `end` code points."""

    first: int
    after: int
    start: int
    end: int
    clause: int  # how many full stops, commas and line breaks stand before it
    weight: float
    roles: int
    is_name: bool = False  # part of a name: "Daerah Istimewa Yogyakarta"


def find_marks(text: str, folded: Folded, words: Vocabulary) -> list[Mark]:
    """All terms, the longest where several begin, none inside another; in the order of the text."""
    tokens, spans, terms = _tokens(folded), folded.spans, words.terms
    stops = [place for place, token in enumerate(tokens) if token == _STOP]
    found: list[Mark] = []
    free = 0  # the first token behind the last term
    for place in [place for place, token in enumerate(tokens) if token in terms]:
        if place < free:
            continue
        choices = terms[tokens[place]]
        phrases = choices.phrases.get(tokens[place + 1]) if place + 1 < len(tokens) else None
        term = _standing(phrases + choices.single if phrases else choices.single, tokens, place, spans, text)
        if term is not None:
            free = place + 1 + len(term.rest)
            start, end = spans[place][0], spans[free - 1][1]
            found.append(Mark(place, free, start, end, bisect_left(stops, place), term.weight, term.roles))
    return found


def _tokens(folded: Folded) -> list[str]:
    """The tokens, as many as the spans: signs of scripts without spaces stand side by side in the folded text."""
    tokens = folded.folded[1:-1].split(" ")
    if len(tokens) == len(folded.spans):
        return tokens
    ends = (*folded.places[1:], len(folded.folded))
    return [folded.folded[start:end].rstrip(" ") for start, end in zip(folded.places, ends, strict=True)]


def _standing(
    choices: tuple[Term, ...], tokens: list[str], place: int, spans: tuple[tuple[int, int], ...], text: str
) -> Term | None:
    """The first of these terms that stands at `place`."""
    for term in choices:
        length = len(term.rest)
        if length > 1 and tuple(tokens[place + 1 : place + 1 + length]) != term.rest:
            continue
        if term.printed is None or _printed(text, spans[place][0], spans[place + length][1]) == term.printed:
            return term
    return None


def _printed(text: str, start: int, end: int) -> str:
    return " ".join(unicodedata.normalize("NFC", text[start:end]).lower().split())


def mark_names(text: str, start: int, marks: list[Mark]) -> None:
    """Mark those of one sentence of prose, which begins at `start`, that are printed with a capital inside it."""
    for mark in marks:
        if mark.start > start and text[mark.start].isupper() and text[mark.start - 1] not in _OPENS:
            before = text[max(start, mark.start - 2) : mark.start].strip()
            mark.is_name = bool(before) and before[-1] not in _OPENS


def weigh_headline(marks: list[Mark]) -> None:
    """Give those of a headline the weight that they have there."""
    for mark in marks:
        if mark.roles & (HEADLINE_PLUS | HEADLINE_MINUS) and abs(mark.weight) < _IN_HEADLINE:
            mark.weight = _IN_HEADLINE if mark.roles & HEADLINE_PLUS else -_IN_HEADLINE


def by_span(marks: list[Mark], spans: list[tuple[int, int]]) -> Iterator[list[Mark]]:
    """The marks inside each of these spans of the text, which are in order and do not overlap."""
    place = 0
    for start, end in spans:
        while place < len(marks) and marks[place].start < start:
            place += 1
        first = place
        while place < len(marks) and marks[place].start < end:
            place += 1
        yield marks[first:place]
