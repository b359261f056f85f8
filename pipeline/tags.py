"""Tags: the forums an article matches, then its topics, each with the words that put it there.

Rules, not statistics: a topic's terms count more in the headline than in the body, its hints only beside a term.
Precision before recall: a topic mentioned once in passing is no tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

from pydantic import Field, StringConstraints

from pipeline.joined import of_article
from pipeline.lexicon import Hit, TermIndex, fold
from pipeline.model import Article, Tag, WatchMatch
from pipeline.wordlists import load

_MOST = 5  # tags a text carries
_LEAST_WEIGHT = 3.0
_LEAST_SHORT = 2.0  # of a text of fewer than _SHORT characters: it cannot say much
_SHORT = 800
_WEIGHTS = {"headline": 3.0, "description": 1.5, "keywords": 1.5}
_BODY = 1.0
_HINT = 0.5  # times the weight of its field
_REPEATS = 3  # how often one and the same term counts
_RIVAL = 0.25  # a topic with less than this share of the strongest one's weight is a side issue
_SHOWN = 4  # words a reason names


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as data. `medtop` is its IPTC Media Topic or, where `own`, the one it belongs under."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    medtop: Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
    label: dict[str, str]  # by language; "en" is always there
    terms: Annotated[tuple[str, ...], Field(min_length=1)]
    hints: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    topic: tuple[Topic, ...]


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of their file."""
    return load("topics", _File).topic


def label(identifier: str, language: str) -> str | None:
    """The name of a topic in a language (English where it has none); None for what is no topic."""
    found = next((topic for topic in topics() if topic.id == identifier), None)
    return None if found is None else found.label.get(language, found.label["en"])


@lru_cache(maxsize=1)
def _index() -> TermIndex:
    """Keys are 2 * topic for a term, one more for a hint."""
    pairs = [(term, 2 * place) for place, topic in enumerate(topics()) for term in topic.terms]
    pairs += [(hint, 2 * place + 1) for place, topic in enumerate(topics()) for hint in topic.hints]
    return TermIndex(pairs)


def tag(article: Article) -> Article:
    """Set `tags`: forums first, then topics by weight, five at most."""
    forums = [_forum(found) for found in article.watches]
    found = _topics(article)
    return replace(article, tags=tuple((forums + found)[:_MOST]))


def _forum(found: WatchMatch) -> Tag:
    words = found.id.split("-")
    name = " ".join(word.upper() if len(words) == 1 or word == "asean" else word.capitalize() for word in words)
    return Tag(found.id, name if found.edition is None else f"{name} {found.edition}", found.reason)


@dataclass(slots=True)
class _Tally:
    """What speaks for one topic."""

    terms: Counter[str]
    hints: Counter[str]
    headline: set[str]
    weight: float = 0.0


def _topics(article: Article) -> list[Tag]:
    tallies = _counted(article)
    weights = {place: _weight(tally) for place, tally in tallies.items()}
    strongest = max(weights.values(), default=0.0)
    least = max(_LEAST_SHORT if len(article.text) < _SHORT else _LEAST_WEIGHT, _RIVAL * strongest)
    kept = [place for place, weight in weights.items() if weight >= least]
    kept.sort(key=lambda place: (-weights[place], place))
    return [_tag(topics()[place], tallies[place]) for place in kept]


def _counted(article: Article) -> dict[int, _Tally]:
    """The tally of every topic that has a term or hint in the article: what weighs more is counted first."""
    joined = of_article(article)
    found = [(joined.place(hit.start)[0], hit) for hit in _widest(_index().find(fold(joined.text)))]
    tallies: dict[int, _Tally] = {}
    for field, hit in sorted(found, key=lambda one: -_WEIGHTS.get(one[0], _BODY)):
        printed = " ".join(joined.text[hit.start : hit.end].split())
        word = printed if printed.isupper() else printed.lower()
        for key in hit.keys:
            _count(word, field, tallies.setdefault(key // 2, _Tally(Counter(), Counter(), set())), hint=bool(key % 2))
    return tallies


def _count(word: str, field: str, tally: _Tally, *, hint: bool) -> None:
    counted = tally.hints if hint else tally.terms
    counted[word] += 1
    if counted[word] <= _REPEATS:
        tally.weight += _WEIGHTS.get(field, _BODY) * (_HINT if hint else 1.0)
    if field == "headline" and not hint:
        tally.headline.add(word)


def _widest(hits: Sequence[Hit]) -> list[Hit]:
    """Without hits inside a longer one: "bank sampah" is not "sampah" once more."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept


def _weight(tally: _Tally) -> float:
    """Nothing for hints alone, and for a single passing mention in the body."""
    mentions = sum(tally.terms.values())
    if not tally.terms or (mentions == 1 and not tally.headline):
        return 0.0
    return tally.weight


def _tag(topic: Topic, tally: _Tally) -> Tag:
    shown = []
    for word, times in sorted(tally.terms.items(), key=lambda entry: (-entry[1], entry[0]))[:_SHOWN]:
        where = " in the headline" if word in tally.headline else ""
        shown.append(f'"{word}"{f" {times} times" if times > 1 else ""}{where}')
    return Tag(topic.id, topic.label["en"], f"The text says {', '.join(shown)}.")
