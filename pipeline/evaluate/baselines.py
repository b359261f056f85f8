"""What stories are measured against: the usual online clustering of TF-IDF vectors."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.words import words


def online_tfidf(texts: Sequence[str], thresholds: Iterable[float]) -> dict[float, list[int]]:
    """For each threshold the cluster number of every text.

    One pass in the given order: a text joins the cluster whose centroid has the highest cosine with it, if that
    reaches the threshold, and else begins one. Weights are (1 + log tf) * log(n / df) over all the texts, which is
    more than an online method would know.
    """
    vectors = _vectors(texts)
    return {threshold: _one_pass(vectors, threshold) for threshold in thresholds}


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    counts = [Counter(words(text)) for text in texts]
    held: Counter[str] = Counter()
    for count in counts:
        held.update(count.keys())
    found = []
    for count in counts:
        vector = {word: (1 + math.log(n)) * math.log(len(texts) / held[word]) for word, n in count.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        found.append({word: value / length for word, value in vector.items() if value})
    return found


def _one_pass(vectors: Sequence[Mapping[str, float]], threshold: float) -> list[int]:
    sums: list[dict[str, float]] = []
    lengths: list[float] = []
    holders: defaultdict[str, set[int]] = defaultdict(set)
    found = []
    for vector in vectors:
        products: defaultdict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for cluster in holders[word]:
                products[cluster] += value * sums[cluster][word]
        best = max(products, key=lambda cluster: (products[cluster] / lengths[cluster], -cluster), default=None)
        if best is None or products[best] / lengths[best] < threshold:
            best = len(sums)
            sums.append({})
            lengths.append(0.0)
        for word, value in vector.items():
            sums[best][word] = sums[best].get(word, 0.0) + value
            holders[word].add(best)
        lengths[best] = math.sqrt(sum(value * value for value in sums[best].values())) or 1.0
        found.append(best)
    return found
