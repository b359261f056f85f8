"""Finds the copies among articles: pairs that share fingerprint keys, the likeliest compared exactly.

What an article costs does not grow with the archive: of a key at most FIRST + LAST holders are looked at, and of an
article's partners the MOST that share the rarest keys. A footer, or a phrase of the trade, that ten thousand articles
hold is shared by many but weighs little, so it neither makes a copy nor hides one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypeVar

from pipeline.duplicates import Profile, Similarity, compare_profiles, profile

Pair = tuple[int, int]  # the smaller number first
Key = TypeVar("Key", bound=Hashable)
# Of those who hold a key the first and the last are read: the print that all others come from, and the prints of these
# days. Of a text printed a thousand times any print will do, for copies join through one another; a phrase that
# thousands hold says nothing, whoever of them is read.
FIRST = 16
LAST = 48
MOST = 32  # partners of an article that are compared with it exactly
# A key that n hold weighs 1/n: forty keys of a long footer weigh less than two that only two texts have. Looked at is
# who shares one key of so few, or two, and at the least what four keys of a text printed 64 times and more weigh.
# (Copies of the near-duplicate set share four keys and more.)
LEAST = 4 / (FIRST + LAST)
FEW = 4  # holders
MOST_BY_PHRASES = 8  # of the partners that share nothing but keys of so many: any print of a text will do


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two articles, by number, whose texts are held to be one; `similarity` speaks of them in this order."""

    a: int
    b: int
    similarity: Similarity


def copies(
    texts: Mapping[int, str], holders: Mapping[Key, Collection[int]], outlets: Mapping[int, str | None] | None = None
) -> tuple[CopyLink, ...]:
    """The copies among texts, known by number; `holders` says which numbers hold which fingerprint key."""
    keys: defaultdict[int, list[Key]] = defaultdict(list)
    for key, numbers in holders.items():
        for number in numbers:
            if number in texts:
                keys[number].append(key)
    return copies_among(texts, candidate_pairs(keys, holders), outlets)


def copies_among(
    texts: Mapping[int, str], candidates: Iterable[Pair], outlets: Mapping[int, str | None] | None = None
) -> tuple[CopyLink, ...]:
    """Those of the candidates that are copies, in the same order; a pair of which a text is not there is left out.

    `outlets`: whose articles they are, for those where it is known: within one outlet there are no reprints.
    """
    pairs = [(a, b) for a, b in candidates if a in texts and b in texts]
    involved = sorted({number for pair in pairs for number in pair})
    return compared({number: profile(texts[number]) for number in involved}, pairs, outlets)


def candidate_pairs(
    keys: Mapping[int, Iterable[Key]], holders: Mapping[Key, Collection[int]], most: int = MOST
) -> list[Pair]:
    """Each article's likeliest partners, by its keys and those who hold them; every pair once, ascending."""
    seen = {key: _seen(numbers) for key, numbers in holders.items()}
    pairs = set()
    for number, own in keys.items():
        pairs |= {(min(number, other), max(number, other)) for other in _likeliest(number, own, seen, most)}
    return sorted(pairs)


def _likeliest(number: int, own: Iterable[Key], seen: Mapping[Key, tuple[int, ...]], most: int) -> list[int]:
    shared: Counter[int] = Counter()
    weights: defaultdict[int, float] = defaultdict(float)
    telling: set[int] = set()  # who shares a key that is not of too many
    for key in own:
        numbers = seen.get(key, ())
        shared.update(numbers)
        for other in numbers:
            weights[other] += 1 / len(numbers)
        if len(numbers) < FIRST + LAST:
            telling.update(numbers)
    enough = {other for other, weight in weights.items() if weight >= (LEAST if shared[other] > 1 else 1 / FEW)}
    enough.discard(number)
    parts = (enough & telling, most), (enough - telling, min(most, MOST_BY_PHRASES))
    ranked = (nsmallest(count, ((-weights[other], other) for other in part)) for part, count in parts)
    return [other for part in ranked for _, other in part]  # of equal ones the oldest: the others come from it


def _seen(holders: Collection[int]) -> tuple[int, ...]:
    found = sorted(set(holders))
    return tuple(found) if len(found) <= FIRST + LAST else (*found[:FIRST], *found[-LAST:])


def compared(
    profiles: Mapping[int, Profile], candidates: Iterable[Pair], outlets: Mapping[int, str | None] | None = None
) -> tuple[CopyLink, ...]:
    """`copies_among` texts made ready before."""
    known = outlets or {}
    found = []
    for a, b in candidates:
        one_outlet = known.get(a) is not None and known.get(a) == known.get(b)
        similarity = compare_profiles(profiles[a], profiles[b], one_outlet=one_outlet)
        if similarity is not None:
            found.append(CopyLink(a, b, similarity))
    return tuple(found)


def holders_of(keys: Mapping[int, Iterable[Key]]) -> dict[Key, list[int]]:
    """Which numbers hold which key, from the keys of each number."""
    found: dict[Key, list[int]] = {}
    for number, own in keys.items():
        for key in own:
            found.setdefault(key, []).append(number)
    return found
