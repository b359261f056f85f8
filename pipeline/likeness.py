"""How likely any two articles of a window tell the same event, from their terms alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.terms import Terms, letter_runs, parts, usual_stems

if TYPE_CHECKING:
    from scipy import sparse

# A pair whose similarity is the threshold scores 1. One language, B³ F1 of likeness alone (`python -m
# tests.quality.thresholds`): ECB+ .886 at .9 of it, .893 at .95, .892 at 1, .886 at 1.05, .874 at 1.1; Wikinews .815
# from .9 to 1, then .804 and .784; of steps that are as good the stricter, as a wrong join is worse than a missed one.
# Two languages: translated pairs part best just there (F1 .932).
SAME_LANGUAGE = 0.17
OTHER_LANGUAGE = 0.13
FLOOR = 0.1  # a pair that scores less is left out, and counts 0
_LEAN = 0.4  # exponent of the longer text's length, 0.5 = cosine: a short report of an event in a long one counts more
_PRIOR = 2.0  # imagined articles beside the window's, so that a window of three has sensible weights too
_USUAL = 0.15  # a usual word counts as if at least this share of the articles, imagined ones too, held it
_SCOPE = 1.0  # and a word that put articles in scope (the watch's names): it tells nothing about which event
_CAUTION = 2.0  # divided by the window's size: how much higher the threshold is, few articles tell little of weights
# What is left of the weight of a term that one article alone holds: what others leave out is missed little, unless the
# articles are so few that most of what they tell stands in one alone.
_LONE = 0.2
_FEW = 10.0  # articles; of so few it is 0.6
_LONE_LETTERS = 0.1  # the same across languages, where a text's own words are bound to stand in one alone
_BLOCK = 256  # articles compared with all others at a time: the memory it takes grows with the window, not its square

Pair = tuple[int, int]  # places in the window, the smaller first
Vector = Mapping[str, float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shared:
    """A term that two texts have in common."""

    term: str  # as in `Terms.words`, or a run of letters as in `Terms.letters`
    share: float  # of their likeness, 0..1


@dataclass(frozen=True, slots=True)
class _Space:
    """The articles as weighted vectors, to compare those of one language or those of different ones."""

    matrix: sparse.csr_array  # articles x terms
    terms: Sequence[str]  # of the columns
    lengths: Numbers  # squared, of each row
    families: NDArray[np.intp]  # of each row; 0 = unknown: taken for the other article's own
    same: bool
    threshold: float

    def row(self, place: int) -> tuple[NDArray[np.intp], Numbers]:
        """The columns and the values of an article."""
        start, end = self.matrix.indptr[place : place + 2]
        return self.matrix.indices[start:end], self.matrix.data[start:end]

    def holds(self, a: int, b: int) -> bool:
        """Are these two compared here?"""
        one, other = self.families[a], self.families[b]
        return bool(one == other or not one or not other) == self.same


class Likeness:
    """The terms of a window's articles made ready, to score any of their pairs with the weights of all."""

    def __init__(self, window: Sequence[Terms], scope: Collection[str] = ()) -> None:
        """`scope` holds the stems of the names that put articles in scope: they tell nothing about which event."""
        self._count = len(window)
        self._spaces = tuple(_spaces(window, scope))

    def pairs(self, late: Iterable[int] | None = None) -> dict[Pair, float]:
        """Score of every pair that scores at least FLOOR: 1 = as like as two reports of one event have to be.

        `late`: only pairs with one of these places. What a pair scores depends on which articles the window holds, not
        on their order.
        """
        rows = np.array(sorted(range(self._count) if late is None else set(late)), dtype=np.intp)
        strictness = 1 + _CAUTION / max(1, self._count)
        found: dict[Pair, float] = {}
        for space in self._spaces:
            found |= _scores(space, rows, space.threshold * strictness)
        return found

    def shared(self, a: int, b: int) -> tuple[Shared, ...]:
        """The terms that make two articles alike, the weightiest first."""
        space = next((space for space in self._spaces if space.holds(a, b)), None)
        if space is None:
            return ()
        (mine, weights), (theirs, others) = space.row(a), space.row(b)
        columns, at, there = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
        products = weights[at] * others[there]
        total = float(products.sum()) or 1.0
        found = zip(columns.tolist(), products.tolist(), strict=True)
        shared = [Shared(space.terms[column], product / total) for column, product in found if product > 0]
        return tuple(sorted(shared, key=lambda one: (-one.share, one.term)))


def _spaces(window: Sequence[Terms], scope: Collection[str]) -> Iterator[_Space]:
    """By words for articles of one language; where there are several, by letters for those of different ones."""
    named = sorted({terms.family for terms in window if terms.family})
    number = {family: place for place, family in enumerate(named, 1)}
    families = np.array([number.get(terms.family or "", 0) for terms in window], dtype=np.intp)
    common = dict.fromkeys(usual_stems(), _USUAL) | dict.fromkeys(scope, _SCOPE)
    words = _weighted([terms.words for terms in window], common, families, _lone)
    yield _Space(*words, families, same=True, threshold=SAME_LANGUAGE)
    if len(named) > 1:
        known = dict.fromkeys(letter_runs(scope), _SCOPE)
        runs = [terms.letters for terms in window]
        letters = _weighted(runs, known, np.zeros_like(families), lambda _: _LONE_LETTERS)
        yield _Space(*letters, families, same=False, threshold=OTHER_LANGUAGE)


def _weighted(
    vectors: Sequence[Vector],
    common: Mapping[str, float],
    groups: NDArray[np.intp],
    lone: Callable[[int], float],
) -> tuple[sparse.csr_array, Sequence[str], Numbers]:
    """The vectors times the inverse frequency of each term among the articles of its group and the imagined ones.

    `lone`: what is left of the weight of a term that one of so many articles alone holds.
    """
    from scipy import sparse  # noqa: PLC0415 (a sixth of what every command takes to begin, and few compare texts)

    vocabulary = sorted({term for vector in vectors for term in vector})  # whatever the order: sums are rounded alike
    column = {term: number for number, term in enumerate(vocabulary)}
    share = np.array([min(common.get(part, 0.0) for part in parts(term)) for term in vocabulary], dtype=float)
    starts = np.cumsum([0, *(len(vector) for vector in vectors)])
    columns = np.fromiter((column[term] for vector in vectors for term in vector), np.intp, count=starts[-1])
    values = np.fromiter((value for vector in vectors for value in vector.values()), float, count=starts[-1])
    row = np.repeat(np.arange(len(vectors)), np.diff(starts))
    for group in np.unique(groups):
        own = groups[row] == group
        among = own if group else np.ones_like(own)  # the unknown are weighed among all
        count = int((groups == group).sum()) if group else len(vectors)
        held = np.bincount(columns[among], minlength=len(vocabulary))
        values[own] *= _inverse(held, share, count, lone(count))[columns[own]]
    matrix = sparse.csr_array((values, columns, starts), shape=(len(vectors), len(vocabulary)))
    matrix.sort_indices()
    lengths = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return matrix, vocabulary, np.where(lengths == 0, 1.0, lengths)


def _inverse(held: NDArray[np.intp], share: Numbers, count: int, lone: float) -> Numbers:
    """The logarithm of how few of `count` articles hold each term; what is common in itself counts as held by more."""
    holders = np.maximum(np.maximum(held, share * count) + share * _PRIOR, 1.0)
    return np.asarray(np.log((count + _PRIOR + 1) / holders) * np.where(held == 1, lone, 1.0))


def _lone(count: int) -> float:
    return _LONE + (1 - _LONE) * _FEW / (_FEW + count)


def _scores(space: _Space, rows: NDArray[np.intp], threshold: float) -> dict[Pair, float]:
    """Products of the vectors of each pair over their lengths and the threshold; of pairs with one of the rows."""
    found: dict[Pair, float] = {}
    wanted = np.zeros(len(space.lengths), dtype=bool)
    wanted[rows] = True
    transposed = space.matrix.T.tocsc()
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        values = (space.matrix[block] @ transposed).toarray() / (threshold * _scale(space.lengths, block))
        values[_one_family(space.families, block) != space.same] = 0.0
        for place, other in zip(*np.nonzero(values >= FLOOR), strict=True):
            row = int(block[place])
            if row < other or (row != other and not wanted[other]):
                found[min(row, int(other)), max(row, int(other))] = float(values[place, other])
    return found


def _scale(lengths: Numbers, block: NDArray[np.intp]) -> Numbers:
    """What a product of two vectors is divided by, block x all: nearer to the length of the shorter one."""
    own, others = lengths[block][:, None], lengths[None, :]
    short, long = np.minimum(own, others), np.maximum(own, others)
    return np.asarray(short ** (1 - _LEAN) * long**_LEAN)


def _one_family(families: NDArray[np.intp], block: NDArray[np.intp]) -> NDArray[np.bool_]:
    own, others = families[block][:, None], families[None, :]
    return np.asarray((own == 0) | (others == 0) | (own == others))
