"""How broad the ground is on which two texts are alike: one mayor and one city, or an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest

from pipeline.likeness import Shared
from pipeline.terms import edged, parts, whole_name

FEWEST = 50  # stems of the shorter text; in a few lines two reports of one event may share no more than a name
_HEAVIEST = 3  # words
# What three words carry of a likeness. In the newsroom's week no pair of one event is above .57, and all pairs that
# share only a person and a city lie between .62 and .98; on ECB+ and Wikinews nothing changes with these bounds.
_BROAD = 0.55
_NARROW = 0.85
_LEFT = 0.5  # of a score whose ground is narrow


def weight(shared: Iterable[Shared]) -> float:
    """What is left of a score when it rests on few words: 1.0 down to 0.5."""
    narrowness = (concentration(shared) - _BROAD) / (_NARROW - _BROAD)
    return 1.0 - (1.0 - _LEFT) * min(1.0, max(0.0, narrowness))


def concentration(shared: Iterable[Shared]) -> float:
    """The share of a likeness that its three heaviest words carry, 0..1.

    A phrase counts half for each of its words; runs of letters count for the name that both texts have and that holds
    them.
    """
    known = tuple(shared)
    names = [name for one in known if (name := whole_name(one.term)) is not None]
    carried: defaultdict[str, float] = defaultdict(float)
    for one in known:
        for word, share in _words(one, names).items():
            carried[word] += share
    return sum(nlargest(_HEAVIEST, carried.values()))


def _words(shared: Shared, names: Iterable[str]) -> Mapping[str, float]:
    name = whole_name(shared.term)
    if name is not None:
        return {name: shared.share}
    found = parts(shared.term)
    if len(found) > 1:
        return dict.fromkeys(found, shared.share / len(found))
    holder = next((name for name in names if shared.term in edged(name)), shared.term)
    return {holder: shared.share}
