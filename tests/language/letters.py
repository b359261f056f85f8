"""A letter model of one language: the probability of a letter after the four before it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from pipeline.language.latin import ORDER

_ALPHABET = 300  # letters a language might have: what an unseen one gets its share of


class Letters:
    """Witten–Bell smoothing from each order to the one below. Words count by the square root of their number."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self.runs: dict[str, float] = defaultdict(float)
        for word, count in words.items():
            weight = math.sqrt(count)
            edged = f"<{word}>"
            for end in range(2, len(edged) + 1):
                for start in range(max(0, end - ORDER), end):
                    self.runs[edged[start:end]] += weight
        self._after: dict[str, float] = defaultdict(float)
        self._kinds: dict[str, int] = defaultdict(int)
        for run, weight in self.runs.items():
            self._after[run[:-1]] += weight
            self._kinds[run[:-1]] += 1
        self._known: dict[str, float] = {}

    def probability(self, run: str) -> float:
        """Of the last letter of `run` after those before it."""
        found = self._known.get(run)
        if found is None:
            below = self.probability(run[1:]) if len(run) > 1 else 1 / _ALPHABET
            after, kinds = self._after.get(run[:-1], 0.0), self._kinds.get(run[:-1], 0)
            found = (self.runs.get(run, 0.0) + kinds * below) / (after + kinds) if kinds else below
            self._known[run] = found
        return found

    def word(self, word: str) -> float:
        """The natural logarithm of the probability of a word, its end included."""
        edged = f"<{word}>"
        return sum(math.log(self.probability(edged[max(0, end - ORDER) : end])) for end in range(2, len(edged) + 1))


_BACK = 0.4  # a shorter run stands for a longer one the model does not hold, at this price ("stupid backoff")
_NEVER = 1e-4


def conditional(model: Mapping[str, float], run: str) -> float:
    """Of the last letter after the others in a model that holds some runs only."""
    price = 1.0
    for start in range(len(run)):
        found = model.get(run[start:])
        if found is not None:
            return found * price
        price *= _BACK
    return _NEVER
