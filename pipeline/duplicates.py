"""Are two texts one text? Exact comparison of two candidates, with the evidence in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.words import rough_sentences, shingles, words

SHINGLE_WORDS = 3
# Share of the shorter text's shingles that the longer one has. On the near-duplicate set, furniture included, F1 is
# .954 at .60, .970 from .63 to .65, .955 at .67; five folds by group of texts all choose .63 and score .970 on what
# they had not seen. Shingles of 4 and 5 words reach the same best figure on a narrower ridge (.959 and .937 unseen).
CONTAINMENT = 0.64
FEW_WORDS = 40  # so short a text must stand in the longer one nearly whole
NEARLY_WHOLE = 0.9
A_PHRASE = 15  # words; fewer may stand in any text: then both texts must be alike
ABRIDGED = 0.55  # a text that has less than this share of the other's words was cut
CUT = 0.8  # and so was one that has less than this share, and hardly a word of its own
_NOTHING_NEW = 0.95  # containment of such a text
_SENTENCE_WORDS = 5  # a shorter "sentence" is a heading or a piece of page furniture
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

    shingles: frozenset[str]
    sentences: tuple[frozenset[str], ...]  # the shingles of each sentence long enough to count
    length: int  # words


def profile(text: str) -> Profile:
    """The text's shingles, over line breaks and within its sentences."""
    counted = (shingles(sentence, SHINGLE_WORDS) for sentence in rough_sentences(text))
    return Profile(
        shingles=shingles(text, SHINGLE_WORDS),
        sentences=tuple(found for found in counted if len(found) > _SENTENCE_WORDS - SHINGLE_WORDS),
        length=len(words(text)),
    )


def compare(a: str, b: str) -> Similarity | None:
    """How alike two bodies are; None when they are not one text. Headlines take no part: updates keep theirs."""
    return compare_profiles(profile(a), profile(b))


def containment(a: Profile, b: Profile) -> float:
    """Share of the shorter text's shingles that the longer one has, 0..1."""
    short, long = _by_length(a, b)
    return len(short.shingles & long.shingles) / len(short.shingles) if short.shingles else 0.0


def compare_profiles(a: Profile, b: Profile) -> Similarity | None:
    """`compare` of texts made ready before."""
    short, long = _by_length(a, b)
    contained = containment(a, b)
    common = contained * len(short.shingles)
    jaccard = common / (len(short.shingles) + len(long.shingles) - common) if common else 0.0
    if not _is_enough(short.length, contained, jaccard):
        return None
    return Similarity(
        kind="abridged" if short.length < (CUT if contained >= _NOTHING_NEW else ABRIDGED) * long.length else "copy",
        jaccard=jaccard,
        containment=contained,
        sentences=_sentences_in_common(short, long),
        shorter="a" if short is a else "b",
    )


def _is_enough(words_of_shorter: int, contained: float, jaccard: float) -> bool:
    if words_of_shorter < A_PHRASE:
        return jaccard >= CONTAINMENT
    return contained >= (NEARLY_WHOLE if words_of_shorter < FEW_WORDS else CONTAINMENT)


def _by_length(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    return (a, b) if len(a.shingles) <= len(b.shingles) else (b, a)


def _sentences_in_common(short: Profile, long: Profile) -> float:
    if not short.sentences:
        return 1.0 if short.shingles <= long.shingles else 0.0
    common = [len(found & long.shingles) >= _SENTENCE_SHARE * len(found) for found in short.sentences]
    return sum(common) / len(common)
