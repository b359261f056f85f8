"""Which parts of a text are in which language: the English quotation in an Indonesian report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.language import Guess, detect

# ends of sentences, of lines and of quotations: a language changes nowhere else
_SEAM = re.compile(r"(?<=[.!?…។။。！？])\s+|\n+|(?=[“\"«„])|(?<=[”\"»])")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 15  # less is a name or a term, whatever its language
_SURE = 0.9  # below it a part is in the language of the whole


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text, `text[start:end]`, in one language."""

    start: int
    end: int
    language: str | None  # BCP 47 primary subtag; None: the language of the whole is not known
    confidence: float  # 0..1, of its least certain part


def passages(text: str, prior: str | None = None) -> tuple[Passage, ...]:
    """The parts of a text by language, in order, covering all of it but the space between them.

    A part short or doubtful is in the language of the whole. One passage: nothing of it is in another language.
    """
    whole = detect(text, prior)
    found: list[Passage] = []
    for start, end in _parts(text):
        guess = _guess(text[start:end], whole)
        last = found[-1] if found else None
        if last is not None and last.language == guess.language:
            found[-1] = Passage(last.start, end, last.language, min(last.confidence, guess.confidence))
        else:
            found.append(Passage(start, end, guess.language, guess.confidence))
    return tuple(found)


def _guess(part: str, whole: Guess) -> Guess:
    if len(_LETTER.findall(part)) < _LEAST_LETTERS:
        return whole
    guess = detect(part, whole.language)
    return guess if guess.language is not None and guess.confidence >= _SURE else whole


def _parts(text: str) -> Iterator[tuple[int, int]]:
    seams = [0, *(place for seam in _SEAM.finditer(text) for place in seam.span()), len(text)]
    for start, end in pairwise(seams):
        if text[start:end].strip():
            yield start, end
