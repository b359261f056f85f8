"""Finds the copies among articles: pairs that share a fingerprint key, then compared exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.duplicates import Profile, Similarity, compare_profiles, profile

COMMON = 64  # a key that more articles hold is a phrase of the trade, no mark of a copy


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two articles, by number, whose texts are held to be one; `similarity` speaks of them in this order."""

    a: int
    b: int
    similarity: Similarity


def copies(texts: Mapping[int, str], holders: Mapping[str, Iterable[int]]) -> tuple[CopyLink, ...]:
    """The copies among texts, known by number; `holders` says which numbers hold which fingerprint key."""
    profiles: dict[int, Profile] = {}
    found = []
    for a, b in sorted(set(_candidates(texts, holders))):
        for number in (a, b):
            if number not in profiles:
                profiles[number] = profile(texts[number])
        similarity = compare_profiles(profiles[a], profiles[b])
        if similarity is not None:
            found.append(CopyLink(a, b, similarity))
    return tuple(found)


def holders_of(keys: Mapping[int, Iterable[str]]) -> dict[str, list[int]]:
    """Which numbers hold which key, from the keys of each number."""
    found: dict[str, list[int]] = {}
    for number, own in keys.items():
        for key in own:
            found.setdefault(key, []).append(number)
    return found


def _candidates(texts: Mapping[int, str], holders: Mapping[str, Iterable[int]]) -> Iterator[tuple[int, int]]:
    for numbers in holders.values():
        present = sorted({number for number in numbers if number in texts})
        if len(present) <= COMMON:
            yield from combinations(present, 2)
