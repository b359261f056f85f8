"""Words and endings that speak for a language, from `data/languages.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from pipeline.wordlists import load

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_STRONG, _WEAK, _ENDING = 1.0, 0.35, 0.7  # what one word of each sort weighs
_ENDING_LETTERS = 6
MARKED = frozenset({"id", "ms", "jv", "su", "tl", "tet", "pt", "en"})


@dataclass(frozen=True, slots=True)
class _Group:
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    strong: str
    weak: str = ""
    endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    group: tuple[_Group, ...]


Weights = dict[str, tuple[tuple[str, float], ...]]  # word or ending -> (language, weight) pairs


@lru_cache(maxsize=1)
def _tables() -> tuple[Weights, Weights]:
    words: dict[str, dict[str, float]] = {}
    endings: Weights = {}
    for group in load("languages", _File).group:
        for listed, weight in ((group.strong, _STRONG), (group.weak, _WEAK)):
            for word in listed.split():
                entry = words.setdefault(word, {})
                for language in group.languages:
                    entry[language] = entry.get(language, 0.0) + weight
        endings |= {ending: tuple((language, _ENDING) for language in group.languages) for ending in group.endings}
    return {word: tuple(sorted(entry.items())) for word, entry in sorted(words.items())}, endings


def marker_weights(text: str) -> dict[str, float]:
    """How much the words of the text speak for each of the MARKED languages; 0 and more, grows with the text."""
    words, endings = _tables()
    weights = dict.fromkeys(sorted(MARKED), 0.0)
    for word in _WORD.findall(text.lower().replace("’", "'").replace("ʼ", "'")):
        found = words.get(word)
        if found is None and len(word) >= _ENDING_LETTERS:
            found = next((pairs for ending, pairs in endings.items() if word.endswith(ending)), None)
        for language, weight in found or ():
            weights[language] += weight
    return weights
