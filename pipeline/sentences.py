"""Where sentences end, in the languages of the region, with offsets: nothing is changed or dropped.

Abbreviations ("Pj. Gubernur", "M.Si. hadir"), numbers ("1.200"), initials and list numbers do not end a sentence, nor
does a full stop inside a quotation that goes on. Thai and Lao have no full stop: there a paragraph is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_LAST_WORD = re.compile(r"[^\s(\"'“‘\[/–—]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")  # M.Si, S.H, a.m, U.S
_QUOTES = {"“": "”", "«": "»", "「": "」", "『": "』"}


def sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of a paragraph, without the spaces around it."""
    inside = _quoted(paragraph)
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


def _ends(text: str, found: re.Match[str], start: int, inside: tuple[tuple[int, int], ...]) -> bool:
    """Whether this mark ends a sentence that began at `start`."""
    if any(first < found.start() and found.end() <= last for first, last in inside):
        return False  # a quotation goes on behind it
    if found["other"]:
        return True
    rest = text[found.end() :].lstrip()
    if rest and rest[0].islower():
        return False  # “…?” kata Joko
    if found["stop"] != "." or found["closing"]:
        return True
    return not _abbreviates(text[start : found.start()], rest)


def _abbreviates(before: str, rest: str) -> bool:
    """Whether the full stop behind `before` belongs to its last word."""
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group()
    if word.isdigit():
        return len(word) <= 3 and not before[: last.start()].strip()  # "1. ASEAN dan Jepang …"
    if (len(word) == 1 and word.isupper()) or _DOTTED.fullmatch(word):
        return bool(rest)
    plain = word.lower().rstrip(".")
    if plain in _NUMBER_ONLY:
        return rest[:1].isdigit()
    return plain in _ABBREVIATIONS and (word[0].isupper() or plain in _ALWAYS)


def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    """(opening, closing) places of quotations that are closed in this paragraph. Straight marks go in pairs."""
    spans = []
    for opening, closing in _QUOTES.items():
        spans += [
            (found.start(), found.end() - 1) for found in re.finditer(f"{opening}[^{opening}{closing}]*{closing}", text)
        ]
    straight = [place for place, character in enumerate(text) if character == '"']
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
