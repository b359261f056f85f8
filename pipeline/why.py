"""Why two articles are one story, or two: the evidence that the assembler judged by, taken apart. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from pipeline.bars import ROUNDUP, days_apart, reasons
from pipeline.duplicates import Similarity, compare_profiles, containment, profile
from pipeline.events import Clues, weight
from pipeline.model import StoredArticle
from pipeline.origins import credit, is_named, publisher
from pipeline.store.records import DecisionAction, StoryDecision
from pipeline.terms import Terms, parts, whole_name
from pipeline.window import Window

_DIGIT = re.compile(r"\d")
_TELLING = 8  # words, names and figures shown of each kind
_RISES = 1.001  # a weight that rises by so much has been lowered, rounding apart
_FEW_WORDS = "a few words carry nearly all of what they share, as one person and one city do"
_DOUBTS = {  # fields of `Clues` → what their difference is called
    "announces": "one announces an event to come, the other reports one",
    "phase": "one tells of the opening, the other of the closing",
    "days": "they name other days",
    "first_days": "they name other days",
    "headline_days": "they name other days",
    "setting": "they set it in other places",
    "figures": "they give other figures",
    "roundup": ROUNDUP,
}


@dataclass(frozen=True, slots=True)
class Shared:
    """Terms as printed where they are names, as stems elsewhere; those that tell most first."""

    names: tuple[str, ...]
    figures: tuple[str, ...]
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.names or self.figures or self.words)


@dataclass(frozen=True, slots=True)
class Why:
    """Two articles beside each other. Likeness 1 is what two reports of one event have to have."""

    a: StoredArticle
    b: StoredArticle
    copy: Similarity | None  # of their texts, in this order
    contained: float  # share of the shorter text's word triples that stand in the longer one, 0..1
    likeness: float
    stories: float  # mean likeness between the articles of their stories; in one story: of each to the others
    weight: float  # what clues, and how few words they share, left of the likeness of their words, 0..1
    both: Shared
    only_a: Shared
    only_b: Shared
    bars: tuple[str, ...]  # what keeps them from being joined by likeness, in words
    doubts: tuple[str, ...]  # what is held against their likeness, in words
    credits: tuple[str, ...]  # who names whom as its source, in words
    words: tuple[StoryDecision, ...]  # standing decisions that speak of both

    @property
    def together(self) -> bool:
        return self.a.story_id is not None and self.a.story_id == self.b.story_id

    @property
    def same_language(self) -> bool:
        return self.a.article.in_language == self.b.article.in_language

    @property
    def word(self) -> DecisionAction | None:
        """What persons say of these two: together, apart, or nothing; the last one counts."""
        last = max(self.words, key=lambda one: one.id, default=None)
        if last is None:
            return None
        apart = last.action is DecisionAction.APART and _parted(last, self.a.id, self.b.id)
        return DecisionAction.APART if apart else DecisionAction.TOGETHER


def why(window: Window, a: int, b: int, decisions: Iterable[StoryDecision] = ()) -> Why:
    """Take apart what is held for and against these two. `a` and `b` are places in the window."""
    one, other = window.articles[a], window.articles[b]
    first, second = profile(one.article.text), profile(other.article.text)
    terms = window.terms[a], window.terms[b]
    weighed = _weights(window.terms)
    common = (terms[0].words.keys() & terms[1].words.keys()) | _named_in_both(*terms)
    return Why(
        a=one,
        b=other,
        copy=compare_profiles(first, second),
        contained=containment(first, second),
        likeness=window.score(a, b),
        stories=_stories(window, a, b),
        weight=window.weight(a, b),
        both=_sorted(_shared(window, a, b), terms),
        only_a=_telling(terms[0].words.keys() - common - window.scope, terms[:1], weighed),
        only_b=_telling(terms[1].words.keys() - common - window.scope, terms[1:], weighed),
        bars=tuple(reasons(window.clues[a], window.clues[b])),
        doubts=(*_doubts(window.clues[a], window.clues[b]), *([_FEW_WORDS] if window.spread(a, b) < 1 else [])),
        credits=tuple(_credits(one, other)),
        words=tuple(d for d in decisions if d.stands and _speaks(d, one.id, other.id)),
    )


def _stories(window: Window, a: int, b: int) -> float:
    """Mean likeness of the two stories, of the pair's story to itself where it is one."""
    homes = [window.articles[place].story_id for place in (a, b)]
    held = [[n for n, s in enumerate(window.articles) if s.story_id == home] or [place]
            for home, place in zip(homes, (a, b), strict=True)]  # fmt: skip
    if homes[0] is not None and homes[0] == homes[1]:
        pairs = [(one, other) for one in held[0] for other in held[0] if one < other]
        return sum(window.score(*pair) for pair in pairs) / len(pairs) if pairs else 0.0
    return window.mean(held[0], held[1])


def _weights(terms: Sequence[Terms]) -> dict[str, float]:
    """How much each term tells: the fewer articles of the window have it, the more."""
    held: dict[str, int] = {}
    for one in terms:
        for term in one.words:
            held[term] = held.get(term, 0) + 1
    return {term: math.log((len(terms) + 1) / number) for term, number in held.items()}


def _shared(window: Window, a: int, b: int) -> list[str]:
    """What they have in common, the weightiest first; of two languages only what they write alike whole."""
    found = (one.term for one in window.shared(a, b))
    if window.terms[a].family == window.terms[b].family:
        return list(found)
    return [name for term in found if (name := whole_name(term)) is not None]


def _named_in_both(a: Terms, b: Terms) -> frozenset[str]:
    """Stems of names that both print, where two languages stem them differently."""
    printed = set(a.names.values()) & set(b.names.values())
    return frozenset(stem for one in (a, b) for stem, name in one.names.items() if name in printed)


def _telling(stems: Collection[str], terms: Sequence[Terms], weighed: Mapping[str, float]) -> Shared:
    """What only one of them has."""
    ranked = sorted(stems, key=lambda term: (-weighed[term] * math.prod(one.words[term] for one in terms), term))
    return _sorted([term for term in ranked if len(parts(term)) == 1], terms)


def _sorted(ranked: Sequence[str], terms: Sequence[Terms]) -> Shared:
    """Names as printed, figures, and what is left: words, and phrases of two."""
    names = [term for term in ranked if any(term in one.names for one in terms)]
    figures = [term for term in ranked if any(term in one.numbers for one in terms) and term not in names]
    words = [term for term in ranked if term not in names and term not in figures and not _DIGIT.search(term)]
    printed = [next(one.names[term] for one in terms if term in one.names) for term in names]
    return Shared(tuple(printed[:_TELLING]), tuple(figures[:_TELLING]), tuple(words[:_TELLING]))


def _doubts(a: Clues, b: Clues) -> Iterable[str]:
    """What lowered their likeness: the clues without whose difference it would be higher."""
    told = set(reasons(a, b))
    names = _DOUBTS | {"published": days_apart(a, b)}
    for one in fields(a):
        agreed = replace(a, **{one.name: getattr(b, one.name)})
        said = names.get(one.name, f"they differ in {one.name.replace('_', ' ')}")
        if said not in told and weight(agreed, b) > weight(a, b) * _RISES:
            told.add(said)
            yield said


def _credits(a: StoredArticle, b: StoredArticle) -> Iterable[str]:
    for one, other in ((a, b), (b, a)):
        named = credit(one.article)
        if named is not None and is_named(named, other.article):
            yield f"article {one.id} names “{named}”, that is {publisher(other.article)}, as its source"


def _speaks(decision: StoryDecision, a: int, b: int) -> bool:
    """Of these two: that they are together or apart."""
    if not {a, b} <= set(decision.articles):
        return False
    return decision.action is not DecisionAction.APART or _parted(decision, a, b) or a not in decision.groups[0]


def _parted(decision: StoryDecision, a: int, b: int) -> bool:
    place = {number: n for n, group in enumerate(decision.groups) for number in group}
    return place.get(a) != place.get(b)
