"""Forms filled in anew: the same sentences about another day, place or price. Such a text is no copy of the other.

Exchange rates, weather, prayer times, earthquakes: a reprint keeps the figures and names of its original, a form keeps
everything but them. So each figure and name is looked for in the other text where the same words stand around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.words import fold_token, rough_sentences, tokens

Frame = tuple[str, str, str]  # side, and the two words next to the fact on it; facts among them are masked
_FACT = "#"
_EDGE = "|"  # where a sentence begins or ends


@dataclass(frozen=True, slots=True)
class Fact:
    """A run of names or of figures within a sentence, folded, and the words around it."""

    said: tuple[str, ...]
    is_figure: bool
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """Of the facts of one text that stand between the same words in the other: how many are the same there."""

    kept: int
    changed: int


def facts(text: str) -> list[Fact]:
    """The figures and the names (capitals inside sentences) of a text, in order."""
    return [fact for sentence in rough_sentences(text) for fact in _facts_of(tokens(sentence))]


def filling(of: Iterable[Fact], other: Iterable[Fact]) -> Filling:
    """How the facts of a text compare with those of another."""
    known = _by_frame(other)
    kept = changed = 0
    for fact in of:
        there = [said for frame in fact.frames for said in known.get((fact.is_figure, frame), ())]
        if there:
            same = any(_is_same(fact, said) for said in there)
            kept, changed = kept + same, changed + (not same)
    return Filling(kept, changed)


def _by_frame(found: Iterable[Fact]) -> Mapping[tuple[bool, Frame], list[tuple[str, ...]]]:
    known: defaultdict[tuple[bool, Frame], list[tuple[str, ...]]] = defaultdict(list)
    for fact in found:
        for frame in fact.frames:
            known[fact.is_figure, frame].append(fact.said)
    return known


def _is_same(fact: Fact, said: tuple[str, ...]) -> bool:
    """A name may be shortened or have a title put before it, and a date lose its year; no part of either may differ."""
    return set(fact.said) <= set(said) or set(said) <= set(fact.said)


def _facts_of(printed: Sequence[str]) -> list[Fact]:
    """The runs of one sentence."""
    runs: list[tuple[int, list[str]]] = []  # kind, words
    for place, token in enumerate(printed):
        kind = _kind(token, place)
        if kind and runs and runs[-1][0] == kind:
            runs[-1][1].append(fold_token(token))
        else:
            runs.append((kind, [fold_token(token)]))
    masked = [_EDGE, _EDGE, *(_FACT if kind else said[0] for kind, said in runs), _EDGE, _EDGE]
    return [Fact(tuple(said), kind == 2, _frames(masked, place + 2)) for place, (kind, said) in enumerate(runs) if kind]


def _kind(token: str, place: int) -> int:
    """2 a figure, 1 a name, 0 another word. The first word of a sentence has a capital whatever it is."""
    if token[0].isdecimal():
        return 2
    return int(place > 0 and token[0].isupper())


def _frames(masked: Sequence[str], place: int) -> tuple[Frame, ...]:
    sides = (("left", masked[place - 2], masked[place - 1]), ("right", masked[place + 1], masked[place + 2]))
    return tuple(side for side in sides if any(word not in (_FACT, _EDGE) for word in side[1:]))
