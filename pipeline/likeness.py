"""How likely any two articles of a window tell the same event, from their terms alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.terms import Terms, letter_runs, parts, usual_stems

# A pair whose similarity is the threshold scores 1. See `kliping evaluate stories` for the curves behind both.
SAME_LANGUAGE = 0.135
OTHER_LANGUAGE = 0.13
FLOOR = 0.05  # a pair that scores less is left out, and counts 0
_LEAN = 0.4  # exponent of the longer text's length, 0.5 = cosine: a short report of an event in a long one counts more
_PRIOR = 2.0  # imagined articles beside the window's, so that a window of three has sensible weights too
_USUAL = 0.15  # a usual word counts as if at least this share of the articles, imagined ones too, held it
_SCOPE = 0.5  # and a word that put articles in scope (the watch's names): it tells nothing about which event
_CAUTION = 2.0  # divided by the window's size: how much higher the threshold is, few articles tell little of weights
_LONE = 15.0  # window size at which a term of one article counts half: the more there are, the less it is missed
_BLOCK = 256  # articles compared with all others at a time: the memory it takes grows with the window, not its square

Pair = tuple[int, int]  # places in the window, the smaller first
Vector = Mapping[str, float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shared:
    """A term that two texts have in common."""

    term: str  # as in `Terms.words`, or a run of letters as in `Terms.letters`
    share: float  # of their likeness, 0..1


def likeness(
    window: Sequence[Terms], scope: Collection[str] = (), late: Collection[int] | None = None
) -> dict[Pair, float]:
    """Score of every pair that scores at least FLOOR: 1 = as like as two reports of one event have to be.

    `scope` holds the stems of the names that put articles in scope. `late`: only pairs with one of these places. The
    result depends on the window's order only in how pairs are named.
    """
    rows = np.array(sorted(range(len(window)) if late is None else set(late)), dtype=np.intp)
    strictness = 1 + _CAUTION / max(1, len(window))
    found: dict[Pair, float] = {}
    for space in _spaces(window, scope):
        found |= _scores(space, rows, space.threshold * strictness)
    return found


def contributions(window: Sequence[Terms], scope: Collection[str], a: int, b: int) -> tuple[Shared, ...]:
    """The terms that make two places of the window alike, the weightiest first; shares sum to 1."""
    for space in _spaces(window, scope):
        if bool(space.families[a] * space.families[b] == 0 or space.families[a] == space.families[b]) != space.same:
            continue
        product = space.matrix[[a]].multiply(space.matrix[[b]]).tocoo()
        total = float(product.sum())
        shared = [Shared(space.terms[n], float(value) / total) for n, value in zip(product.col, product.data, strict=True)]
        return tuple(sorted((one for one in shared if one.share > 0), key=lambda one: (-one.share, one.term)))
    return ()


@dataclass(frozen=True, slots=True)
class _Space:
    """The articles as weighted vectors, to compare those of one language or those of different ones."""

    matrix: sparse.csr_array  # articles x terms
    terms: Sequence[str]  # of the columns
    lengths: Numbers  # squared, of each row
    families: NDArray[np.intp]  # of each row; 0 = unknown: taken for the other article's own
    same: bool
    threshold: float


def _spaces(window: Sequence[Terms], scope: Collection[str]) -> Iterator[_Space]:
    """One by words for articles of one language; where there are several, one by letters for those of different ones."""
    named = sorted({terms.family for terms in window if terms.family})
    number = {family: place for place, family in enumerate(named, 1)}
    families = np.array([number.get(terms.family or "", 0) for terms in window], dtype=np.intp)
    common = dict.fromkeys(usual_stems(), _USUAL) | dict.fromkeys(scope, _SCOPE)
    by_words = [terms.words for terms in window]
    yield _Space(*_weighted(by_words, common), families, same=True, threshold=SAME_LANGUAGE)
    if len(named) > 1:
        common = dict.fromkeys(letter_runs(scope), _SCOPE)
        by_letters = [terms.letters for terms in window]
        yield _Space(*_weighted(by_letters, common), families, same=False, threshold=OTHER_LANGUAGE)


def _weighted(
    vectors: Sequence[Vector], common: Mapping[str, float]
) -> tuple[sparse.csr_array, Sequence[str], Numbers]:
    """The vectors times the inverse frequency of each term in the window and the imagined articles."""
    held: Counter[str] = Counter()
    for vector in vectors:
        held.update(vector.keys())
    vocabulary = sorted(held)  # in one order whatever the window's: sums are rounded alike
    column = {term: number for number, term in enumerate(vocabulary)}
    weight = _inverse(vocabulary, held, common, len(vectors))
    starts = np.cumsum([0, *(len(vector) for vector in vectors)])
    columns = np.fromiter((column[term] for vector in vectors for term in vector), np.intp, count=starts[-1])
    values = np.fromiter((value for vector in vectors for value in vector.values()), float, count=starts[-1])
    matrix = sparse.csr_array((values * weight[columns], columns, starts), shape=(len(vectors), len(vocabulary)))
    matrix.sort_indices()
    lengths = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return matrix, vocabulary, np.where(lengths == 0, 1.0, lengths)


def _inverse(vocabulary: Sequence[str], held: Mapping[str, int], common: Mapping[str, float], count: int) -> Numbers:
    """The logarithm of how few articles hold each term; what is common in itself counts as held by more."""
    everything = count + _PRIOR + 1
    lone = _LONE**2 / (count**2 + _LONE**2)
    found = []
    for term in vocabulary:
        share = min(common.get(part, 0.0) for part in parts(term))
        holders = max(held[term], share * count) + share * _PRIOR
        found.append(math.log(everything / holders) * (lone if held[term] == 1 else 1.0))
    return np.array(found, dtype=float)


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
