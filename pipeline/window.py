"""The articles of a window in order, and how likely any two of them tell one event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.events import Clues, clues, weight
from pipeline.likeness import Likeness, Pair, Shared
from pipeline.model import Article, StoredArticle
from pipeline.origins import credit, is_named, order_key
from pipeline.spread import LONG, spread_factor
from pipeline.terms import Terms, family_of, stems, terms

CREDITED = 1.5  # a likeness counts so much more when one article names the other's outlet as its source
_DOUBTED = 0.6  # a score below is not asked what it rests on: it joins nothing anyway
WEIGHED = 0.3  # a pair less alike is left as it is: nothing that clues and credits add brings it to 1


@dataclass(frozen=True, slots=True)
class Window:
    """Articles in order of publication, each with what it is judged by. Pairs name places in that order."""

    articles: tuple[StoredArticle, ...]
    terms: tuple[Terms, ...]
    clues: tuple[Clues, ...]
    scope: frozenset[str]  # stems of the names by which watches found the articles
    measure: Likeness = field(repr=False)
    alike: Mapping[Pair, float] = field(repr=False)  # of their words alone; a missing pair scores 0
    scores: Mapping[Pair, float] = field(repr=False)  # weighed; 1 = as like as two reports of one event have to be

    def score(self, a: int, b: int) -> float:
        return self.scores.get((min(a, b), max(a, b)), 0.0)

    def mean(self, a: Sequence[int], b: Sequence[int]) -> float:
        """Mean score of the pairs between two groups of places."""
        return sum(self.score(one, other) for one in a for other in b) / (len(a) * len(b))

    def weight(self, a: int, b: int) -> float:
        """What clues, and how few words they share, leave of the likeness of two places, 0..1; a credit apart."""
        alike = self.alike.get((min(a, b), max(a, b)), 0.0)
        left = weight(self.clues[a], self.clues[b]) if alike >= WEIGHED else 1.0
        return min(1.0, left * self.spread(a, b) if alike * left >= _DOUBTED else left)

    def spread(self, a: int, b: int) -> float:
        """What is left of a score because few words carry it: 1.0 where they are many, or the texts short."""
        long = self.terms[a].length + self.terms[b].length >= LONG
        return spread_factor(self.shared(a, b)) if long else 1.0

    def shared(self, a: int, b: int) -> tuple[Shared, ...]:
        """The terms that make two places alike, the weightiest first."""
        return self.measure.shared(a, b)


def open_window(articles: Iterable[StoredArticle], late: Collection[int] | None = None) -> Window:
    """Order the articles and score their pairs: likeness of terms, weighed by times, phases and credits.

    `late`: only pairs with one of these articles, by number, are scored.
    """
    ordered = tuple(sorted(articles, key=order_key))
    found = tuple(terms(one.article.headline, one.article.text, one.article.in_language) for one in ordered)
    hints = tuple(clues(one.article) for one in ordered)
    scope = _scope(ordered)
    window = Window(ordered, found, hints, scope, Likeness(found, scope), {}, {})
    return widen(window, None if late is None else [n for n, one in enumerate(ordered) if one.id in late])


def widen(window: Window, late: Iterable[int] | None) -> Window:
    """The window with the pairs of these places scored too; None: all."""
    alike = window.measure.pairs(late)
    scores = {pair: _weighed(window, pair, value) for pair, value in alike.items()}
    return replace(window, alike={**window.alike, **alike}, scores={**window.scores, **scores})


def _weighed(window: Window, pair: Pair, value: float) -> float:
    if value < WEIGHED:
        return value
    a, b = pair
    score = value * weight(window.clues[a], window.clues[b]) * _credit_weight(window, a, b)
    return score if score < _DOUBTED else score * window.spread(a, b)


def _scope(articles: Iterable[StoredArticle]) -> frozenset[str]:
    """Stems of the names by which watches found the articles: all have them, whatever event they tell."""
    return frozenset(
        stem
        for stored in articles
        for match in stored.article.watches
        for evidence in match.evidence
        for stem in stems(evidence.text, family_of(stored.article.in_language))
    )


def _credit_weight(window: Window, a: int, b: int) -> float:
    one, other = window.articles[a].article, window.articles[b].article
    return CREDITED if _names(one, other) or _names(other, one) else 1.0


def _names(one: Article, other: Article) -> bool:
    """Does the first name the second one's outlet as its source?"""
    named = credit(one)
    return named is not None and is_named(named, other)
