"""How likely any two articles of a window tell the same event, from their terms alone."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipeline.terms import Terms, letter_runs, usual_stems

# A pair whose similarity is the threshold scores 1. One language: ECB+ alone would have it a little lower (B³ F1 .877
# at .95 of it, .868 at 1, .841 at 1.1), Wikinews has its best there (.785), and a wrong join is worse than a missed
# one. Two languages: translated pairs part best at 1.03 (F1 .944). `kliping evaluate stories` prints the curves.
SAME_LANGUAGE = 0.225
OTHER_LANGUAGE = 0.13
_LEAN = 0.4  # exponent of the longer text's length, 0.5 = cosine: a short report of an event in a long one counts more
_PRIOR = 2.0  # imagined articles beside the window's, so that a window of three has sensible weights too
_USUAL = 0.15  # a usual word counts as if at least this share of the articles, imagined ones too, held it
_SCOPE = 0.5  # and a word that put articles in scope (the watch's names): it tells nothing about which event
_CAUTION = 2.0  # divided by the window's size: how much higher the threshold is, few articles tell little of weights
_LONE = 15.0  # window size at which a word of one article counts half: the more there are, the less it is missed

Pair = tuple[int, int]  # places in the window, the smaller first
Vector = Mapping[str, float]


def likeness(window: Sequence[Terms], scope: Collection[str] = ()) -> dict[Pair, float]:
    """Score of every pair that shares anything: 1 = as like as two reports of one event have to be.

    `scope` holds the stems of the names that put articles in scope. The result depends on the window's order only in
    how pairs are named.
    """
    common = dict.fromkeys(usual_stems(), _USUAL) | dict.fromkeys(scope, _SCOPE)
    by_words = _weighted([terms.words for terms in window], common)
    found = _similarities(by_words, [terms.family for terms in window], same=True)
    strictness = 1 + _CAUTION / max(1, len(window))
    scores = {pair: value / SAME_LANGUAGE / strictness for pair, value in found.items()}
    families = {terms.family for terms in window if terms.family}
    if len(families) > 1:
        by_letters = _weighted([terms.letters for terms in window], dict.fromkeys(letter_runs(scope), _SCOPE))
        found = _similarities(by_letters, [terms.family for terms in window], same=False)
        scores |= {pair: value / OTHER_LANGUAGE / strictness for pair, value in found.items()}
    return scores


def _weighted(vectors: Sequence[Vector], common: Mapping[str, float]) -> list[dict[str, float]]:
    """The vectors times the inverse frequency of each term in the window and the imagined articles."""
    held: Counter[str] = Counter()
    for vector in vectors:
        held.update(vector.keys())
    everything = len(vectors) + _PRIOR + 1
    lone = _LONE**2 / (len(vectors) ** 2 + _LONE**2)
    weight = {}
    for term, n in held.items():
        share = common.get(term, 0.0)
        holders = max(n, share * len(vectors)) + share * _PRIOR
        weight[term] = math.log(everything / holders) * (lone if n == 1 else 1.0)
    return [{term: value * weight[term] for term, value in vector.items()} for vector in vectors]


def _similarities(vectors: Sequence[Vector], families: Sequence[str | None], *, same: bool) -> dict[Pair, float]:
    """Products of the vectors of each pair over their lengths, of pairs of the same family or of different ones.

    An unknown language is taken for the other article's own.
    """
    lengths = [sum(value * value for value in vector.values()) or 1.0 for vector in vectors]
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    found: dict[Pair, float] = {}
    for late, vector in enumerate(vectors):
        products: defaultdict[int, float] = defaultdict(float)
        for term, value in vector.items():
            for early, other in holders[term]:
                products[early] += value * other
            holders[term].append((late, value))
        for early, product in products.items():
            if _one_family(families[early], families[late]) == same:
                short, long = sorted((lengths[early], lengths[late]))
                found[early, late] = product / (short ** (1 - _LEAN) * long**_LEAN)
    return found


def _one_family(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b
