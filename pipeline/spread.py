"""Whether two texts share a matter, or only a person and a city: how many words carry their likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.likeness import Shared
from pipeline.terms import edged, parts, whole_name

LEAST = 0.5  # what is left of the score of a pair that shares one person and one city and nothing else
LONG = 100  # distinct stems of both texts from which this is asked: two short texts of one event share few words anyway
_HEAVIEST = 3  # words: first name, last name, city
# Their part of a pair's likeness, by the newsroom's week: at most .57 in the 136 pairs of one event that score .9 or
# more, .62 to .98 in pairs of one mayor's several matters. Up to the first nothing is taken off, at 1 it is halved:
# ECB+ stays as it is (B³ F1 .893), translated pairs gain .01.
_SPREAD = 0.7


def spread_factor(shared: Iterable[Shared]) -> float:
    """What is left of the score of a pair that shares these terms, LEAST..1."""
    carried = concentration(shared)
    return 1 - (1 - LEAST) * max(0.0, (carried - _SPREAD) / (1 - _SPREAD))


def concentration(shared: Iterable[Shared]) -> float:
    """The share of the likeness that the three heaviest words carry, 0..1; 0 where nothing is shared."""
    shares = {one.term: one.share for one in shared}
    carried = _of_names(shares) if any(map(whole_name, shares)) else _of_words(shares)
    return min(1.0, sum(sorted(carried.values(), reverse=True)[:_HEAVIEST]))


def _of_words(shares: Mapping[str, float]) -> dict[str, float]:
    """Words with their part of the phrases they stand in."""
    found: defaultdict[str, float] = defaultdict(float)
    for term, share in shares.items():
        words = parts(term)
        for word in words:
            found[word] += share / len(words)
    return found


def _of_names(shares: Mapping[str, float]) -> dict[str, float]:
    """Names and numbers with the runs of letters that are theirs; other runs by themselves."""
    names = sorted(filter(None, map(whole_name, shares)), key=lambda name: (-len(name), name))
    found: defaultdict[str, float] = defaultdict(float)
    for term, share in shares.items():
        owner = whole_name(term) or next((name for name in names if term in edged(name)), term)
        found[owner] += share
    return found
