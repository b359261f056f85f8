"""Finds the copies among articles: pairs that share a fingerprint key, then compared exactly."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.duplicates import Profile, Similarity, compare_profiles, profile

Pair = tuple[int, int]  # the smaller number first
COMMON = 64  # a key that more articles hold is a phrase of the trade, no mark of a copy


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two articles, by number, whose texts are held to be one; `similarity` speaks of them in this order."""

    a: int
    b: int
    similarity: Similarity


def copies(texts: Mapping[int, str], holders: Mapping[str, Iterable[int]]) -> tuple[CopyLink, ...]:
    """The copies among texts, known by number; `holders` says which numbers hold which fingerprint key."""
    candidates = candidate_pairs(texts, holders)
    involved = sorted({number for pair in candidates for number in pair})
    return compared({number: profile(texts[number]) for number in involved}, candidates)


def candidate_pairs(known: Container[int], holders: Mapping[str, Iterable[int]]) -> list[Pair]:
    """The pairs of known numbers that share a key, each once, ascending; a key of too many tells nothing."""
    found: set[Pair] = set()
    for numbers in holders.values():
        present = sorted({number for number in numbers if number in known})
        if len(present) <= COMMON:
            found.update(combinations(present, 2))
    return sorted(found)


def compared(profiles: Mapping[int, Profile], candidates: Iterable[Pair]) -> tuple[CopyLink, ...]:
    """Those of the candidates that are copies, in the same order."""
    found = ((a, b, compare_profiles(profiles[a], profiles[b])) for a, b in candidates)
    return tuple(CopyLink(a, b, similarity) for a, b, similarity in found if similarity is not None)


def holders_of(keys: Mapping[int, Iterable[str]]) -> dict[str, list[int]]:
    """Which numbers hold which key, from the keys of each number."""
    found: dict[str, list[int]] = {}
    for number, own in keys.items():
        for key in own:
            found.setdefault(key, []).append(number)
    return found
