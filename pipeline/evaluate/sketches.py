"""What others measure the likeness of two texts by: MinHash of word 5-grams, and their exact containment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from datasketch import MinHash
from rensa import RMinHash

from pipeline.words import shingles

Pair = tuple[int, int]
_WORDS = 5
_PERMUTATIONS = 128
_SEED = 1


def datasketch_minhash(texts: Sequence[str]) -> dict[Pair, float]:
    """The estimated Jaccard of each pair of texts, by datasketch."""
    sketches = []
    for found in _sorted_shingles(texts):
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update_batch([shingle.encode() for shingle in found])
        sketches.append(sketch)
    return {(a, b): float(sketches[a].jaccard(sketches[b])) for a, b in _pairs(texts)}


def rensa_minhash(texts: Sequence[str]) -> dict[Pair, float]:
    """The estimated Jaccard of each pair of texts, by rensa."""
    sketches = []
    for found in _sorted_shingles(texts):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(found)
        sketches.append(sketch)
    return {(a, b): float(sketches[a].jaccard(sketches[b])) for a, b in _pairs(texts)}


def exact_containment(texts: Sequence[str]) -> dict[Pair, float]:
    """Share of the smaller set of 5-grams that the larger one has, of each pair of texts."""
    found = [shingles(text, _WORDS) for text in texts]
    sizes = [max(1, len(one)) for one in found]
    return {(a, b): len(found[a] & found[b]) / min(sizes[a], sizes[b]) for a, b in _pairs(texts)}


def _sorted_shingles(texts: Sequence[str]) -> list[list[str]]:
    return [sorted(shingles(text, _WORDS)) for text in texts]


def _pairs(texts: Sequence[str]) -> combinations[Pair]:
    return combinations(range(len(texts)), 2)
