"""Find thousands of terms in a text in one pass, as whole words of whatever script, with offsets into the text.

A text is folded into tokens: words in lower case without Latin diacritics, spaced; characters of scripts that write
without spaces (Thai, Lao, Khmer, Burmese, Han) one by one, unspaced. "Wali Kota" and "Walikota" fold to one word. A
full stop, comma or line break between two words parts them, brackets and hyphens do not: "ASEAN-Jepang" is two words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Protocol

import ahocorasick

_IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_SPACED = (
    "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0dff\u10a0-\u11ff\u1c80-\u1fff\uac00-\ud7ff"
    "\uff10-\uff5a"
)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3\u17d7\u17dc-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\uaa60-\uaa7f\U00020000-\U000323af"
)
_TOKEN = re.compile(
    rf"(?P<word>[{_SPACED}]+(?:[{_IGNORED}][{_SPACED}]+)*)"
    rf"|(?P<sign>[{_UNSPACED}])"
    r"|(?P<stop>[.!?:](?=\s|$)|[,;\n\u2026\u104a\u104b\u17d4\u17d5\u3002\uff01\uff0c\uff1a\uff1b\uff1f])"
)
_STOP = "\n"
_SIGN = re.compile(f"[{_UNSPACED}]")
_SPACED_START = re.compile(f"[{_SPACED}]")
_WORD = re.compile(_TOKEN.pattern.replace("(?P<word>", "(?:").replace("(?P<stop>", "(?:"))  # without the names: faster
_JOINED = {("wali", "kota"): "walikota", ("ibu", "kota"): "ibukota"}
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLAIN = re.compile(r"[0-9A-Za-z]+(?: [0-9A-Za-z]+)*")  # a term of such words looks as it is printed
_LIMIT = 64  # wordings that one term with optional parts may stand for


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).casefold().replace("đ", "d").replace("ı", "i")
    return re.sub(rf"[\u0300-\u036f{_IGNORED}]", "", parts)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `places[i]` is where token i begins in `folded`; `spans[i]` where it stands in the text."""

    folded: str
    places: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def _tokens(text: str) -> list[tuple[str, str, int, int]]:
    """(kind, folded token, start, end), with split spellings joined."""
    tokens: list[tuple[str, str, int, int]] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "word":
            word = _fold_word(found.group())
            if tokens and tokens[-1][0] == "word" and (tokens[-1][1], word) in _JOINED:
                _, before, start, _ = tokens.pop()
                tokens.append(("word", _JOINED[before, word], start, found.end()))
            elif word:
                tokens.append(("word", word, found.start(), found.end()))
        else:
            tokens.append((kind, _STOP if kind == "stop" else found.group(), found.start(), found.end()))
    return tokens


@lru_cache(maxsize=2)
def fold(text: str) -> Folded:
    """Fold a text; any string will do. The last ones are kept: several steps look for their terms in one text."""
    return _fold_signs(text) if _SIGN.search(text) else _fold_words(text)


def _fold_words(text: str) -> Folded:
    """`fold` of a text of words alone: every token stands between two spaces, so that no token needs a look of its own.

    Most texts are such, and each is folded once: this decides what finding costs.
    """
    found = [match.span() for match in _WORD.finditer(text)]
    tokens = list(map(_fold_token, [text[start:end] for start, end in found]))
    if "" in tokens:
        found = [span for span, token in zip(found, tokens, strict=True) if token]
        tokens = [token for token in tokens if token]
    folded = f" {' '.join(tokens)} " if tokens else " "
    if any(f" {first} {second} " in folded for first, second in _JOINED):
        _join(tokens, found)
        folded = f" {' '.join(tokens)} "
    places = accumulate([1, *[len(token) + 1 for token in tokens]][:-1]) if tokens else ()
    return Folded(folded, tuple(places), tuple(found))


def _join(tokens: list[str], spans: list[tuple[int, int]]) -> None:
    """Make one word of each split spelling, in place: "wali kota"."""
    at = 0
    for token, span in zip(tokens[:], spans[:], strict=True):
        joined = _JOINED.get((tokens[at - 1], token)) if at else None
        if joined is not None:
            tokens[at - 1], spans[at - 1] = joined, (spans[at - 1][0], span[1])
            continue
        tokens[at], spans[at] = token, span
        at += 1
    del tokens[at:], spans[at:]


@lru_cache(maxsize=1 << 16)
def _fold_token(token: str) -> str:
    return _fold_word(token) if _SPACED_START.match(token) else _STOP


def _fold_signs(text: str) -> Folded:
    """`fold` of a text that has characters of scripts that write without spaces."""
    return _written(_tokens(text))


def _written(tokens: Sequence[tuple[str, str, int, int]]) -> Folded:
    """The tokens as a folded text: words and stops between spaces, signs without."""
    pieces, places, spans = [" "], [], []
    length, spaced = 1, True  # of what is written so far; whether it ends with a space
    for kind, token, start, end in tokens:
        if kind != "sign" and not spaced:
            pieces.append(" ")
            length += 1
        places.append(length)
        spans.append((start, end))
        spaced = kind != "sign"
        pieces.append(f"{token} " if spaced else token)
        length += len(token) + spaced
    if not spaced:
        pieces.append(" ")
    return Folded("".join(pieces), tuple(places), tuple(spans))


def expand(term: str) -> tuple[str, ...]:
    """Every wording of a term whose optional parts stand in `[…]`, the shortest first. Raises `ValueError`."""
    if "[" not in term and "]" not in term:
        return (term,)
    wordings = [""]
    last = 0
    for part in _OPTIONAL.finditer(term):
        lead = term[last : part.start()]
        wordings = [f"{wording}{lead}{option}" for wording in wordings for option in ("", part.group(1))]
        last = part.end()
        if len(wordings) > _LIMIT:
            raise ValueError(f"{term!r} has too many optional parts")
    wordings = [f"{wording}{term[last:]}" for wording in wordings]
    if any(mark in wording for wording in wordings for mark in "[]"):
        raise ValueError(f"{term!r} has a bracket without its partner")
    return tuple(sorted(dict.fromkeys(wordings), key=len))


def pattern(term: str) -> str:
    """How a term looks in a folded text. Raises `ValueError` where nothing of it is left to look for."""
    if _PLAIN.fullmatch(term):  # most are: thousands are entered when a process begins
        plain = f" {term.lower()} "
        return plain if not any(f" {first} {second} " in plain for first, second in _JOINED) else _looked_at(term)
    return _looked_at(term)


def _looked_at(term: str) -> str:
    tokens = _tokens(term)
    if not tokens or any(kind == "stop" for kind, *_ in tokens):
        raise ValueError(f"{term!r} is not a term: write words, without full stops, commas or line breaks")
    folded = _written(tokens).folded
    first, last = tokens[0][0], tokens[-1][0]
    return folded[first == "sign" : len(folded) - (last == "sign")]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: code points into the text, and the keys it was entered under."""

    start: int
    end: int
    keys: tuple[int, ...]


class _Automaton(Protocol):
    def iter(self, text: str) -> Iterable[tuple[int, tuple[int, tuple[int, ...]]]]: ...


class TermIndex:
    """Terms under integer keys, ready to be found. Built per process: it is not sent to workers."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        """`terms` are (term, key) pairs; a term may come under several keys. Raises `ValueError` for a bad term."""
        keys: dict[str, set[int]] = {}
        for term, key in terms:
            for wording in expand(term):
                keys.setdefault(pattern(wording), set()).add(key)
        self._automaton: _Automaton | None = None
        if keys:
            automaton = ahocorasick.Automaton()
            for form in sorted(keys):
                automaton.add_word(form, (len(form), tuple(sorted(keys[form]))))
            automaton.make_automaton()
            self._automaton = automaton

    def find(self, text: Folded) -> list[Hit]:
        """All terms in the text, overlapping ones too, by end, then by start."""
        hits = []
        for last, (length, keys) in self._automaton.iter(text.folded) if self._automaton else ():
            hit = _hit(text, last + 1 - length, last + 1, keys)
            if hit is not None:
                hits.append(hit)
        return hits


def _hit(text: Folded, start: int, end: int, keys: tuple[int, ...]) -> Hit | None:
    """The place in the text; None where the term would begin or end inside a character with its marks."""
    first = start + (text.folded[start] == " ")
    last = end - (text.folded[end - 1] == " ")
    if _is_mark(text.folded[first]) or (last < len(text.folded) and _is_mark(text.folded[last])):
        return None
    begin = text.spans[bisect_right(text.places, first) - 1][0]
    return Hit(begin, text.spans[bisect_right(text.places, last - 1) - 1][1], keys)


_LAST_BARE = "\u02ff"  # marks that join a letter stand behind it in Unicode


def _is_mark(character: str) -> bool:
    return character > _LAST_BARE and unicodedata.category(character) in {"Mn", "Mc"}
