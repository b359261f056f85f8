"""Where sentences end, in the languages of the region, with offsets: nothing is changed or dropped.

Abbreviations ("Pj. Gubernur", "M.Si. hadir"), numbers ("1.200"), initials and list numbers do not end a sentence, nor
does a full stop inside a quotation that goes on. Thai and Lao have no full stop: there a paragraph is one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

_CLOSING = "\"'”’»)\\]"
_END = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<closing>[{_CLOSING}]*)(?=\s|$)"
    rf"|(?P<other>[\u3002\uff01\uff1f\u17d4\u17d5\u104b\u0964]+)(?P<after>[{_CLOSING}\u300d\u300f]*)"
)
# they end in a full stop and go on, where they begin with a capital
_LISTED = """
pj plt plh pjs dr drs dra drg ir prof h hj hjh kh tgk st bpk sdr yth alm almh jl jln gg no nmr hlm tel telp rp tbk kab
kec kel prov kol letkol mayjen brigjen jend komjen irjen kombes akbp akp iptu ipda kpt sjn msi spd ssos
en pn tn yb yab dato datuk sdn bhd rm
mr mrs ms gov sen rep gen col lt capt sgt rev hon pres mt ave blvd rd jr sr inc ltd co corp vs approx dept est fig nos
jan feb mar apr jun jul aug sep sept oct nov dec
tp ts ths gs pgs gng bb atty kgg brgy
"""
_ABBREVIATIONS = frozenset(_LISTED.split())
# and these only before a number: "No. 7", "Mar. 3"
_NUMBER_ONLY = frozenset({"no", "nos", "nmr", "hlm", "fig", "rp", "rm", "est", "mar", "jun", "sep", "dec", "co", "kel"})
_ALWAYS = frozenset({"dr", "drg", "drh", "drs", "dra", "vs", "jl", "jln"})  # in small letters too
_LONGEST_ABBREVIATION = 60  # characters; a longer word is none
_PRINTED = re.compile(r"\S")
_LAST_WORD = re.compile(r"[^\s(\"'“‘\[/–—]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")  # M.Si, S.H, a.m, U.S
_QUOTES = {"“": "”", "«": "»", "「": "」", "『": "』"}


def sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of a paragraph, without the spaces around it."""
    inside = _Quotations(paragraph)
    start = 0
    for found in _END.finditer(paragraph):
        if not _ends(paragraph, found, start, inside):
            continue
        yield from _trimmed(paragraph, start, found.end())
        start = found.end()
    yield from _trimmed(paragraph, start, len(paragraph))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends(text: str, found: re.Match[str], start: int, inside: _Quotations) -> bool:
    """Whether this mark ends a sentence that began at `start`. Looks at its surroundings only: texts may be hostile."""
    if inside.hold(found.start(), found.end()):
        return False  # a quotation goes on behind it
    if found["other"]:
        return True
    rest = _PRINTED.search(text, found.end())
    following = rest.group() if rest else ""
    if following.islower():
        return False  # “…?” kata Joko
    if found["stop"] != "." or found["closing"]:
        return True
    return not _abbreviates(text, start, found.start(), following)


def _abbreviates(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it. `following`: the next character printed, or ""."""
    window = max(start, stop - _LONGEST_ABBREVIATION)
    last = _LAST_WORD.search(text[window:stop])
    if last is None:
        return False
    word = last.group()
    if word.isdigit():
        opening = _PRINTED.search(text, start)
        return len(word) <= 3 and opening is not None and opening.start() == window + last.start()  # "1. ASEAN dan …"
    if (len(word) == 1 and word.isupper()) or _DOTTED.fullmatch(word):
        return bool(following)
    plain = word.lower().rstrip(".")
    if plain in _NUMBER_ONLY:
        return following.isdigit()
    return plain in _ABBREVIATIONS and (word[0].isupper() or plain in _ALWAYS)


class _Quotations:
    """The quotations that are closed in a paragraph."""

    def __init__(self, text: str) -> None:
        spans = sorted(_quoted(text))
        self._openings = [opening for opening, _ in spans]
        self._furthest = list(accumulate((closing for _, closing in spans), max))  # closing of those opened so far

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them begins before `start` and closes at `end` or later."""
        opened = bisect_left(self._openings, start)
        return opened > 0 and self._furthest[opened - 1] >= end


def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    """(opening, closing) places of quotations that are closed in this paragraph. Straight marks go in pairs."""
    spans = []
    for opening, closing in _QUOTES.items():
        if opening not in text:
            continue
        spans += [
            (found.start(), found.end() - 1) for found in re.finditer(f"{opening}[^{opening}{closing}]*{closing}", text)
        ]
    straight = [found.start() for found in re.finditer('"', text)]
    if len(straight) % 2 == 0:
        spans += list(zip(straight[::2], straight[1::2], strict=True))
    return tuple(spans)


def is_bare_quotation(sentence: str) -> bool:
    """Whether it is words spoken and nothing says by whom: all, or all but a few letters, stands in quotation marks."""
    if sentence[:1] not in "\"“«「『‘'":
        return False
    outside = sentence
    for first, last in reversed(_quoted(sentence)):
        outside = outside[:first] + outside[last + 1 :]
    if outside[:1] in '"“«「『':  # opened, never closed
        return True
    return sum(character.isalpha() for character in outside) < 6
