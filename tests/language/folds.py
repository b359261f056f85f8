"""Answers on texts that a table has not learned from: each source in five parts, and each source left out whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.language.sources import LICENCES, Text, own

PARTS = 5
# Parallel sentences stand in one order in every language, but not at the very same place: so much on either side of a
# part is not learned from. Measured on the 20 texts of TALPCo that are the same in two languages: 0.12.
_MARGIN = 0.13
_TRANSLATED = frozenset({"flores", "udhr"})  # whose paragraphs repeat their sentences, in another order


@dataclass(frozen=True)
class Split:
    """What is learned from, and the places (in the whole data) of what is then asked."""

    name: str
    learned: tuple[Text, ...]
    asked: tuple[int, ...]


def parts(texts: tuple[Text, ...], permitted: Callable[[Text], bool]) -> Iterator[Split]:
    """Five tables; each is asked about the fifth of every source it has not seen. Sources never learned from: once."""
    ours = own()
    for part in range(PARTS):
        low, high = part / PARTS, (part + 1) / PARTS
        learned = tuple(one for one in texts if permitted(one) and not _near(one, low, high))
        asked = tuple(
            place
            for place, one in enumerate(texts)
            if (low <= one.place < high if permitted(one) else place % PARTS == part)
        )
        yield Split(f"part {part + 1} of {PARTS}", learned + ours, asked)


def _near(one: Text, low: float, high: float) -> bool:
    """Whether a text may be, or may translate, one of those asked about: paragraphs of FLORES always may."""
    if one.kind == "para" and one.source in _TRANSLATED:
        return True
    return low - _MARGIN < one.place < high + _MARGIN


def sources(texts: tuple[Text, ...], permitted: Callable[[Text], bool]) -> Iterator[Split]:
    """One table a source, which has seen none of it."""
    ours = own()
    for source in sorted(LICENCES):
        learned = tuple(one for one in texts if permitted(one) and one.source != source)
        asked = tuple(place for place, one in enumerate(texts) if one.source == source)
        yield Split(f"without {source}", learned + ours, asked)
