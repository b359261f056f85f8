"""How unusual a share is, given those of earlier runs. Pure.

The probability is that of the beta-binomial predictive distribution with Jeffreys' prior Beta(½, ½) (Brown, Cai and
DasGupta, Interval Estimation for a Binomial Proportion, 2001): it is right for a run of two articles and for an outlet
that was crawled twice. Runs differ by more than chance (a regional portal, a series of photo pages), so a share that an
earlier run of the same size reached is never unusual.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

_IMPROBABLE = 1e-4  # some fifty shares are looked at in a run, and some runs a day: one false alarm in months
_EFFECT = 1 / 3  # of what is usually good must have gone bad: less is no break but a mixture of articles
_PRECEDENTS = 0.01  # of the earlier runs of that size may have been as bad
_FEW = 10  # earlier observations below which the rule for outlets without a past holds


@dataclass(frozen=True, slots=True)
class Share:
    """`count` bad ones of `of`."""

    count: int
    of: int

    @property
    def rate(self) -> float:
        return self.count / self.of if self.of else 0.0


def pooled(shares: Iterable[Share]) -> Share:
    """All of them as one."""
    known = list(shares)
    return Share(sum(share.count for share in known), sum(share.of for share in known))


def improbability(now: Share, usual: Share) -> float:
    """P(as many bad ones or more), given what was usual; 0..1."""
    good, bad = usual.of - usual.count + 0.5, usual.count + 0.5
    return min(sum(math.exp(_log_mass(k, now.of, bad, good)) for k in range(now.count, now.of + 1)), 1.0)


def _log_mass(k: int, n: int, a: float, b: float) -> float:
    """Of the beta-binomial distribution."""
    choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return choose + _log_beta(a + k, b + n - k) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def is_unusual(now: Share, past: Sequence[Share], absolute: int | None) -> bool:
    """Whether a run's share of bad ones stands out from the earlier runs', newest first.

    `absolute`: so many, all of them bad, are enough where there is hardly a past; `None`: a past is needed. Runs just
    before that were wholly bad, and too small to tell, are taken together with this one.
    """
    seen = [share for share in past if share.of]
    streak = list(takewhile(_is_all, seen)) if _is_all(now) else []
    bad, earlier = pooled([now, *streak]), seen[len(streak) :]
    usual = pooled(earlier)
    if not bad.count:
        return False
    if absolute is not None and usual.of < _FEW and _is_all(now) and now.of >= absolute:
        return True
    if not usual.of or not is_worse(now, usual):
        return False
    return improbability(bad, usual) < _IMPROBABLE and not _has_precedent(now, earlier)


def is_worse(now: Share, usual: Share) -> bool:
    """Whether a third of what is usually good, or more, is bad."""
    return now.rate > 0 and now.rate >= usual.rate + _EFFECT * (1 - usual.rate)


def _is_all(share: Share) -> bool:
    return share.of > 0 and share.count == share.of


def _has_precedent(now: Share, past: Sequence[Share]) -> bool:
    alike = [share for share in past if share.of >= now.of]
    return sum(share.rate >= now.rate for share in alike) > _PRECEDENTS * len(alike)
