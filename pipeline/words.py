"""Words, rough sentences and shingles of a text, in scripts with and without spaces between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Thai and Lao; Burmese; Khmer; kana; Han: written without spaces between words, so every character is a token.
_ALPHABETIC = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3"
_IDEOGRAPHIC = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Marks that Python's \w leaves out although they are part of a word: combining accents, Arabic, Indic vowel signs.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
_LETTER = rf"(?![{_ALPHABETIC}{_IDEOGRAPHIC}_])[\w{_MARKS}]"
_TOKEN = re.compile(
    rf"[{_ALPHABETIC}{_IDEOGRAPHIC}]"
    r"|\d+(?:[.,:]\d+)*"
    rf"|(?:{_LETTER})+(?:['’-](?:{_LETTER})+)*"
)
_UNSPACED = re.compile(rf"[{_ALPHABETIC}{_IDEOGRAPHIC}]")
_IDEOGRAPH = re.compile(rf"[{_IDEOGRAPHIC}]")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])"  # a full stop, closing quotes, then no small letter
    r"|(?<=[。！？។။])[”’」』]*\s*"
    r"|\n+"
)
# "Dr. Yusuf", "No. 5", "A. Rahman": the stop belongs to the word before it.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[^\W\d_]|[DMS]r|Drs|Mrs|Ir|Hj?|No|Jl|Prof|Gen|Gov|Sen|Rep|St|Jr|Tn|Ny|Pj|Plt)\.$"
)


def tokens(text: str) -> list[str]:
    """Words and numbers as printed, in order; single characters in scripts without spaces."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """The tokens, folded."""
    return _TOKEN.findall(fold_token(unicodedata.normalize("NFC", text)))


def fold_token(token: str) -> str:
    """A token case-folded, its typographic apostrophes made plain. Of a whole text: what its tokens would be."""
    return token.casefold().replace("’", "'")


def rough_sentences(text: str) -> list[str]:
    """Pieces of about a sentence, in order; a line break always ends one. To count and to compare, never to print.

    `pipeline.sentences` cuts as a reader would, and keeps a quotation of several sentences whole: too coarse for
    telling names by the capitals inside sentences. In its place stories lose (B³ F1 .785 to .768 on Wikinews).
    """
    found: list[str] = []
    open_end = False  # the last piece ended in an abbreviation
    for line in text.split("\n"):
        for piece in filter(None, (part.strip() for part in _SENTENCE_END.split(line))):
            if open_end:
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
            open_end = bool(_ABBREVIATION.search(piece))
        open_end = False
    return found


def is_unspaced(token: str) -> bool:
    """Is the token a single character of a script without spaces between words?"""
    return bool(_UNSPACED.match(token))


def shingle_length(tokens_of_text: Sequence[str], length: int) -> int:
    """How many tokens make a shingle of `length` words: a word is about 2 ideographs, 3 letters of Thai or Khmer."""
    if not _UNSPACED.search(" ".join(tokens_of_text)):
        return length
    unspaced = sum(1 for token in tokens_of_text if is_unspaced(token))
    if 2 * unspaced <= len(tokens_of_text):
        return length
    ideographs = sum(1 for token in tokens_of_text if _IDEOGRAPH.match(token))
    return length * (2 if 2 * ideographs > unspaced else 3)


def shingles(text: str, length: int) -> frozenset[str]:
    """Every run of `length` successive words, joined by spaces; a shorter text is one shingle, an empty one none."""
    found = words(text)
    return frozenset(runs(found, shingle_length(found, length)))


def runs(found: Sequence[str], size: int) -> list[str]:
    """Every run of `size` successive words, joined by spaces, in order; fewer words are one run, none are none."""
    if len(found) <= size:
        return [" ".join(found)] if found else []
    return [" ".join(found[start : start + size]) for start in range(len(found) - size + 1)]
