"""How much of what an outlet published was found: estimated from what its roads found of each other's. Pure.

Two roads to the same articles (a feed and a sitemap, say) are two independent samples of them, ideally: the share of
the sitemap's articles that the feed has too is an estimate of the share of *all* articles that the feed has. This is
capture-recapture, and the estimator is Chapman's (1951, Univ. Calif. Publ. Stat. 1, 131-160; Seber 1982, §3.1):

    N = (n1 + 1)(n2 + 1) / (m + 1) - 1        articles in all, unbiased where n1 + n2 >= N
    Var(N) = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2))

with n1 and n2 found by each road and m by both. Its bias is negligible from m = 7 on (Robson and Regier 1964, Trans.
Am. Fish. Soc. 93, 215-226); with fewer nothing is estimated. The interval is the logit one of Sadinle (2009, Commun.
Stat. Simul. Comput. 38, 1909-1924), which stays above what was found. With three roads or more, each is set against all
the others taken together; the split with the largest overlap is told.

**Roads are not quite independent.** A front-page item stands in every listing, a page that the outlet's system never
lists stands in none. Such dependence makes the estimate of what was missed too low: it is "at least so much missed".
Simulated with 400 articles: where each of two roads finds 80 % by itself, the estimate is 400 on average (bias under
0.1 %), and the 95 % interval holds the truth in 94 % of 4,000 draws. Where three articles of four stand on either road
with 95 % and the fourth with 35 %, 357 are found and 362 estimated: it says 99 % where 89 % is true. So a low share is
a certain fault, a high one is no proof. `tests/pipeline/test_recall.py` draws both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAYS = 14  # of the articles first seen in this time the share is told
FEWEST = 7  # found by both sides of a split; with fewer nothing is said
GENERAL = frozenset({"feed", "sitemap", "index", "api"})  # roads on which any article may stand; a search asks for ours
_Z = 1.959964  # of a 95 % interval
_TAIL = 0.025  # either side of it
_HALF = 0.5  # added to each cell, as Sadinle does


@dataclass(frozen=True, slots=True)
class Estimate:
    """One road against another, or against all others together."""

    roads: tuple[str, str]  # "feed", and "sitemap" or "index+sitemap"
    first: int  # articles found by the first
    second: int
    both: int
    total: float  # estimated number of articles published
    variance: float  # of `total`
    low: float  # 95 % interval of `total`
    high: float

    @property
    def found(self) -> int:
        """By either."""
        return self.first + self.second - self.both

    @property
    def complete(self) -> float:
        """Share of the articles that was found, 0..1."""
        return self.found / self.total if self.total else 1.0

    @property
    def complete_low(self) -> float:
        """The lower end of its 95 % interval."""
        return self.found / self.high if self.high else 1.0

    @property
    def complete_high(self) -> float:
        return min(self.found / self.low, 1.0) if self.low else 1.0


@dataclass(frozen=True, slots=True)
class Recall:
    """What the roads of an outlet found in a time, and what that tells of what they all missed."""

    found: int  # distinct articles
    by_road: tuple[tuple[str, int], ...]  # by name
    estimate: Estimate | None  # the split with the largest overlap
    splits: tuple[Estimate, ...] = ()  # all that could be made; they differ where roads depend on each other
    why: str | None = None  # why there is no estimate, in words


def recall(seen: Iterable[frozenset[str]]) -> Recall:
    """`seen`: for each article the roads that named it; articles without one do not count."""
    articles = [roads for roads in seen if roads]
    counted = Counter(road for roads in articles for road in roads)
    by_road = tuple(sorted(counted.items()))
    if len(counted) < 2:
        why = "one road only: what it misses, nothing else shows" if articles else "no article was found"
        return Recall(len(articles), by_road, None, why=why)
    splits = tuple(_splits(articles, sorted(counted)))
    best = max(splits, key=lambda split: split.both)
    if best.both < FEWEST:
        why = f"too little in common: {best.both} articles stand on two roads, {FEWEST} are needed"
        return Recall(len(articles), by_road, None, why=why)
    return Recall(len(articles), by_road, best, tuple(split for split in splits if split.both >= FEWEST))


def _splits(articles: Sequence[frozenset[str]], roads: Sequence[str]) -> Iterable[Estimate]:
    """Each road against the rest; of two roads there is one split."""
    for road in roads[:1] if len(roads) == 2 else roads:
        rest = frozenset(roads) - {road}
        first = sum(road in found for found in articles)
        second = sum(not found.isdisjoint(rest) for found in articles)
        both = sum(road in found and not found.isdisjoint(rest) for found in articles)
        yield estimate((road, "+".join(sorted(rest))), first, second, both)


def estimate(roads: tuple[str, str], first: int, second: int, both: int) -> Estimate:
    """Chapman's estimate. Raises `ValueError` where the overlap is larger than one of the sides."""
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} articles in common of {first} and {second}: impossible")
    total = (first + 1) * (second + 1) / (both + 1) - 1
    missed = (first - both) * (second - both)
    variance = (first + 1) * (second + 1) * missed / ((both + 1) ** 2 * (both + 2))
    low, high = _interval(first - both, second - both, both)
    return Estimate(roads, first, second, both, total, variance, low, high)


def _interval(only_first: int, only_second: int, both: int) -> tuple[float, float]:
    """A 95 % interval of the total: Sadinle's transformed logit one.

    Where a road has all of the other's it has no end. There each road's share of misses is bounded by itself, by what
    it missed of the other's, and both together miss at most the product.
    """
    found = only_first + only_second + both
    if not only_first or not only_second:
        share = _missed_at_most(only_second, both + only_second) * _missed_at_most(only_first, both + only_first)
        return found, found / (1 - share)
    one, other, shared = only_first + _HALF, only_second + _HALF, both + _HALF
    unseen = one * other / shared
    spread = math.sqrt(1 / shared + 1 / one + 1 / other + shared / (one * other))
    low, high = (found - _HALF + unseen * math.exp(sign * _Z * spread) for sign in (-1, 1))
    return max(low, found), high


def _missed_at_most(missed: int, of: int) -> float:
    """The upper end of a share's 95 % interval: exact for none missed, else Wilson's (1927)."""
    if not of:
        return 0.99  # nothing to tell it by
    if not missed:
        return 1 - math.pow(_TAIL, 1 / of)
    share = missed / of
    middle = share + _Z**2 / (2 * of)
    width = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return (middle + width) / (1 + _Z**2 / of)
