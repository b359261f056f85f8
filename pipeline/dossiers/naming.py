"""Where a text names a forum, and the year printed beside the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import TermIndex, fold
from pipeline.watches import Watches

_BESIDE = (
    re.compile(  # "MGMAC 2023", "(MGMAC) 2023", "MGMAC dan AMF 2023", "MGMAC-AMF 2023", "AMF tahun 2023", "AMF in 2023"
        r"[\s)\]/–-]{0,3}(?:(?:dan|and|&|serta|at|và)?\s{0,2}[(]?[A-Z]{2,8}[)]?[\s)]{0,3})?"
        r"(?:\s?(?:pada\s)?(?:tahun|in|ke-\d{1,2}|taong|năm)\s)?(?P<year>(?:19|20)\d\d)(?![\d.,]\d|-\d{2}-|\d)"
    )
)
_WINDOW = 40  # code points behind a name


@dataclass(frozen=True, slots=True)
class Named:
    """A forum's name in a text. `year`: printed right beside it."""

    watch: str
    start: int
    end: int
    year: int | None


@dataclass(frozen=True, slots=True)
class _Entry:
    watch: str
    exact: str | None  # as it must be printed: "AMF"


def named(text: str, watches: Watches) -> tuple[Named, ...]:
    """Every forum named in a text, in order; an abbreviation is taken for the forum, for the text is known to match."""
    index, entries = _index(watches)
    found: set[Named] = set()
    for hit in index.find(fold(text)):
        for key in hit.keys:
            entry = entries[key]
            if entry.exact is None or text[hit.start : hit.end] == entry.exact:
                beside = _BESIDE.match(text[hit.end : hit.end + _WINDOW])
                found.add(Named(entry.watch, hit.start, hit.end, int(beside["year"]) if beside else None))
    return _outermost(sorted(found, key=lambda one: (one.start, -one.end, one.watch)))


def _outermost(found: list[Named]) -> tuple[Named, ...]:
    """Without names inside a longer one: "Jaringan Kota Cerdas ASEAN-Jepang" does not name the ASEAN network."""
    kept: list[Named] = []
    longest: Named | None = None
    for one in found:
        if longest is not None and one.end <= longest.end and (one.start, one.end) != (longest.start, longest.end):
            continue
        kept.append(one)
        if longest is None or one.end > longest.end:
            longest = one
    return tuple(kept)


@lru_cache(maxsize=4)
def _index(watches: Watches) -> tuple[TermIndex, tuple[_Entry, ...]]:
    terms: list[tuple[str, int]] = []
    entries: list[_Entry] = []
    for watch in watches:
        names = [(term, None) for name in watch.names for term in name.terms]
        aliases = [(one.text, one.text if one.exact_case else None) for one in watch.aliases if not one.doubtful]
        for term, exact in (*names, *aliases):
            terms.append((term, len(entries)))
            entries.append(_Entry(watch.id, exact))
    return TermIndex(terms), tuple(entries)
