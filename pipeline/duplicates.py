"""Are two texts one text? Exact comparison of two candidates, with the evidence in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from pipeline.templates import facts, filling
from pipeline.words import rough_sentences, runs, shingle_length, words

SHINGLE_WORDS = 3
# Two texts are one by the mean of two shares: of the shorter text's shingles that the longer one has, and of its
# sentences that stand there hardly edited; or, where an editor's hand went evenly over all sentences, by the first
# share alone, if it is so much higher. On the near-duplicate set, furniture included, F1 is .954 at .53, .968 at .56,
# .978 from .57 to .58, .972 at .59, .957 at .61; both numbers chosen without the texts of a fold, in 4, 5, 8 and 10
# folds by group of texts, score .975 on what was not seen (the first share alone: .953 to .961).
ONE_TEXT = 0.575
EVENLY = 0.11
FEW_WORDS = 40  # so short a text must stand in the longer one nearly whole
NEARLY_WHOLE = 0.9
A_PHRASE = 15  # words; fewer may stand in any text: then both texts must be alike
TOO_FEW = 8  # words; so little says nothing: "Dear reader," is the whole body of many a page behind a wall
ABRIDGED = 0.55  # a text that has less than this share of the other's words was cut
CUT = 0.8  # and so was one that has less than this share, and hardly a word of its own
REPEATED = 0.8  # Jaccard. One outlet's two texts are one only if nearly all of either is the other
# Of the figures and names that stand between the same words in both texts, the share that differ in a form filled in
# anew. In the reprints of the near-duplicate set it is .19 at most; in two days' prices by one form .33 and more.
OTHER_FACTS = 0.25
_FEW_FACTS = 2  # that differ: one is an edit
_NOTHING_NEW = 0.95  # containment of such a text
_FEWEST_SHINGLES = 3  # of a sentence of five words; a shorter "sentence" is a heading or a piece of page furniture
_SENTENCE_SHARE = 0.7  # of a sentence's shingles in the other text: the sentence is in common


@dataclass(frozen=True, slots=True)
class Similarity:
    """Two texts held to be one. Shares are 0..1."""

    kind: Literal["copy", "abridged"]
    jaccard: float  # of word shingles
    containment: float  # share of the shorter text's shingles that the longer one has
    sentences: float  # share of the shorter text's sentences that stand in the longer one
    shorter: Literal["a", "b"]

    @property
    def reason(self) -> str:
        """The evidence as the end of a sentence: "94 % of its sentences stand there too"."""
        share = f"{round(100 * self.sentences)} % of its sentences stand there too"
        return share if self.kind == "copy" else f"an abridged copy, {share}"


@dataclass(frozen=True, slots=True)
class Profile:
    """A text made ready for comparison; made once for each article."""

    text: str
    shingles: frozenset[str]
    runs: tuple[str, ...]  # the shingles in order, repeated ones too
    sentences: tuple[tuple[int, int], ...]  # which of the runs lie within each sentence long enough to count
    length: int  # words


def profile(text: str) -> Profile:
    """The text's shingles, over line breaks and within its sentences."""
    sentences = [words(sentence) for sentence in rough_sentences(text)]
    found = list(chain.from_iterable(sentences))
    size = shingle_length(found, SHINGLE_WORDS)
    ordered = tuple(runs(found, size))
    return Profile(
        text=text,
        shingles=frozenset(ordered),
        runs=ordered,
        sentences=tuple(_within(sentences, size)),
        length=len(found),
    )


def _within(sentences: list[list[str]], size: int) -> Iterator[tuple[int, int]]:
    start = 0
    for sentence in sentences:
        count = len(sentence) - size + 1
        if count >= _FEWEST_SHINGLES:
            yield start, start + count
        start += len(sentence)


def compare(a: str, b: str) -> Similarity | None:
    """How alike two bodies are; None when they are not one text. Headlines take no part: updates keep theirs."""
    return compare_profiles(profile(a), profile(b))


def containment(a: Profile, b: Profile) -> float:
    """Share of the shorter text's shingles that the longer one has, 0..1."""
    short, long = _by_length(a, b)
    return len(short.shingles & long.shingles) / len(short.shingles) if short.shingles else 0.0


def jaccard(a: Profile, b: Profile) -> float:
    """Share of both texts' shingles that they have in common, 0..1."""
    common = len(a.shingles & b.shingles)
    return common / (len(a.shingles) + len(b.shingles) - common) if common else 0.0


def shared_sentences(a: Profile, b: Profile) -> float:
    """Share of the shorter text's sentences that stand in the longer one, hardly edited, 0..1."""
    short, long = _by_length(a, b)
    if not short.sentences:
        return 1.0 if short.shingles <= long.shingles else 0.0
    inside = [set(short.runs[start:end]) for start, end in short.sentences]
    common = [len(found & long.shingles) >= _SENTENCE_SHARE * len(found) for found in inside]
    return sum(common) / len(common)


def sameness(a: Profile, b: Profile) -> float:
    """How much of the shorter text the longer one has, by shingles and by sentences, 0..1."""
    contained = containment(a, b)
    return max((contained + shared_sentences(a, b)) / 2, contained - EVENLY)


def compare_profiles(a: Profile, b: Profile, *, one_outlet: bool = False) -> Similarity | None:
    """`compare` of texts made ready before.

    `one_outlet`: both are of one. A reprint is another outlet's; within one, what two texts share is the background
    that follow-ups carry along, a round-up of the day or a form filled in anew, unless nearly all of them is the same.
    """
    short, long = _by_length(a, b)
    if not _is_enough(short, long) or (one_outlet and jaccard(a, b) < REPEATED):
        return None
    if short.shingles != long.shingles and is_filled_anew(short.text, long.text):
        return None
    contained = containment(a, b)
    return Similarity(
        kind="abridged" if short.length < (CUT if contained >= _NOTHING_NEW else ABRIDGED) * long.length else "copy",
        jaccard=jaccard(a, b),
        containment=contained,
        sentences=shared_sentences(a, b),
        shorter="a" if short is a else "b",
    )


def is_filled_anew(short: str, long: str) -> bool:
    """Is one text the form of the other with other figures and names in it?"""
    found = filling(facts(short), facts(long))
    return found.changed >= max(_FEW_FACTS, OTHER_FACTS * (found.kept + found.changed))


def _is_enough(short: Profile, long: Profile) -> bool:
    if short.length < A_PHRASE:
        return short.length >= TOO_FEW and jaccard(short, long) >= NEARLY_WHOLE
    if short.length < FEW_WORDS:
        return containment(short, long) >= NEARLY_WHOLE
    return sameness(short, long) >= ONE_TEXT


def _by_length(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    return (a, b) if len(a.shingles) <= len(b.shingles) else (b, a)
