"""Languages of Latin script by their words and letters: one pass over a table of our own training.

The table (`data/latin.npz`, its card beside it) holds, for every common word, how much it speaks for each language, and
for words it does not hold, how much each letter after the four before it does. All sums are of whole numbers, so the
answer never depends on the order of the words or on the machine.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.int64]  # one whole number a language, in 1/UNIT of a natural logarithm

UNIT = 8  # of a word's scores
GRAM_UNIT = 16  # finer: a word's letters are added up
ORDER = 5  # letters of the longest run looked up, word boundaries `<` and `>` among them
OTHER = "xx"  # any other language of Latin script
# Indonesian and Malay share most words. A word neither list holds says little about which of the two it is: what the
# letters say is scaled down, what the second letter model of the two says is scaled and cut. Chosen with whole sources
# left out; halving or doubling one moves no language by more than a point.
PAIR = ("id", "ms")
PAIR_CUT, PAIR_UNSEEN, LETTERS_SHARE, LETTERS_CUT = 9.0, 0.3, 0.6, 5.0
DEEPEST = 12.0  # natural logarithms: one word cannot speak more against a language
_LONGEST_WORD = 30
_WORD = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")


def words_of(text: str) -> list[str]:
    """The words of Latin script, the same for capitals and small letters, composed and decomposed ones."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold())
    return _WORD.findall(folded)


def pair_scores(first: float, second: float, trust: float, letters: float) -> tuple[float, float]:
    """The scores of `PAIR` once their difference is trusted only as far as 0..1, and the letters have spoken."""
    middle = math.log((math.exp(first - max(first, second)) + math.exp(second - max(first, second))) / 2)
    middle += max(first, second)
    apart = min(max(first - second, -PAIR_CUT), PAIR_CUT) * trust
    apart += LETTERS_SHARE * min(max(letters, -LETTERS_CUT), LETTERS_CUT)
    return middle + apart / 2, middle - apart / 2


@dataclass(frozen=True, eq=False)
class Tables:
    """What was learned. Rows stand in the order of their word or run of letters."""

    languages: tuple[str, ...]
    words: dict[str, int]  # word -> row of word_scores
    word_scores: npt.NDArray[np.int8]  # (words, languages), in 1/UNIT
    grams: dict[str, int]  # run of 1..ORDER letters -> row of gram_scores
    gram_scores: npt.NDArray[np.int8]  # (runs, languages + 1), in 1/GRAM_UNIT; the last column: Indonesian over Malay
    unseen: npt.NDArray[np.float64]  # (languages,) what it says that a word is in no list
    sources: tuple[str, ...] = ()  # whose labelled texts were learned from
    _unseen_words: dict[str, Scores] = field(default_factory=dict)

    def score(self, words: list[str]) -> Scores:
        """How much the words speak for each of `languages`, up to a constant."""
        total = np.zeros(len(self.languages), dtype=np.int64)
        places = []
        for word in words:
            place = self.words.get(word)
            if place is None:
                total += self._unseen(word)
            else:
                places.append(place)
        if places:
            total += self.word_scores[places].sum(axis=0, dtype=np.int64)
        return total

    def _unseen(self, word: str) -> Scores:
        found = self._unseen_words.get(word)
        if found is None:
            if len(self._unseen_words) >= _REMEMBERED:
                self._unseen_words.clear()
            found = self._unseen_words[word] = spell(self, word)
        return found


_REMEMBERED = 20_000  # words a process keeps the sums of


def spell(tables: Tables, word: str) -> Scores:
    """The scores of a word by its letters alone."""
    edged = f"<{word[:_LONGEST_WORD]}>"
    rows = []
    for end in range(2, len(edged) + 1):
        for start in range(max(0, end - ORDER), end):
            row = tables.grams.get(edged[start:end])
            if row is not None:
                rows.append(row)
                break
    sums = tables.gram_scores[rows].sum(axis=0, dtype=np.int64) / GRAM_UNIT
    scores = tables.unseen + sums[:-1]
    first, second = (tables.languages.index(language) for language in PAIR)
    scores[first], scores[second] = pair_scores(scores[first], scores[second], PAIR_UNSEEN, float(sums[-1]))
    return whole(scores)


def whole(scores: npt.NDArray[np.float64]) -> Scores:
    """Scores in 1/UNIT, none further than DEEPEST below the best, around their middle."""
    floored = np.maximum(scores, scores.max() - DEEPEST)
    scaled: Scores = np.rint(UNIT * (floored - (floored.max() + floored.min()) / 2)).astype(np.int64)
    return scaled


def write_tables(tables: Tables) -> bytes:
    """A table as the bytes of its file; `read_tables` reads it."""
    out = io.BytesIO()
    np.savez_compressed(
        out,
        languages=_packed(tables.languages),
        words=_packed(tables.words),
        word_scores=tables.word_scores,
        grams=_packed(tables.grams),
        gram_scores=tables.gram_scores,
        unseen=tables.unseen,
        sources=_packed(tables.sources),
    )
    return out.getvalue()


def read_tables(content: bytes) -> Tables:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Tables(
            languages=_unpacked(arrays["languages"]),
            words={word: row for row, word in enumerate(_unpacked(arrays["words"]))},
            word_scores=arrays["word_scores"],
            grams={gram: row for row, gram in enumerate(_unpacked(arrays["grams"]))},
            gram_scores=arrays["gram_scores"],
            unseen=arrays["unseen"],
            sources=_unpacked(arrays["sources"]),
        )


def _packed(names: tuple[str, ...] | dict[str, int]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(names: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(names.tobytes().decode().split("\n"))


@lru_cache(maxsize=1)
def shipped() -> Tables:
    """The table in the package, read once a process (about 50 ms)."""
    return read_tables(files("pipeline").joinpath("data", "latin.npz").read_bytes())
