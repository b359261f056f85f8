"""Find what speaks for each watch in a document: one pass for all names, aliases, context and exclusions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import TermIndex, fold
from pipeline.watches.model import Alias, Watch, Watches


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a watch is named. Offsets into the document's text."""

    watch: str
    start: int
    end: int
    rule: str  # name | alias
    context: tuple[tuple[int, int], ...] = ()  # what bore an alias out


Span = tuple[int, int]  # start and end


@dataclass(frozen=True, slots=True)
class _Rules:
    """The keys of one alias. A context is a group of keys that must all be near."""

    watch: str
    alias: Alias
    key: int
    contexts: tuple[tuple[int, ...], ...]
    excludes: tuple[int, ...]
    excludes_near: tuple[int, ...]


class Finder:
    """The watches, ready to be looked for. Built once per process and set of watches."""

    def __init__(self, watches: Watches) -> None:
        """Number every distinct term and enter all of them into one index."""
        self._keys: dict[str, int] = {}
        self._names: dict[int, list[str]] = {}
        self._rules: list[_Rules] = []
        for watch in watches:
            self._enter(watch)
        self._index = TermIndex(self._keys.items())

    def _key(self, term: str) -> int:
        return self._keys.setdefault(term, len(self._keys))

    def _enter(self, watch: Watch) -> None:
        for names in watch.names:
            for term in names.terms:
                self._names.setdefault(self._key(term), []).append(watch.id)
        for alias in watch.aliases:
            contexts = tuple(tuple(self._key(part) for part in entry.split(" + ")) for entry in alias.context)
            excludes = tuple(self._key(term) for term in alias.exclude)
            near = tuple(self._key(term) for term in alias.exclude_near)
            self._rules.append(_Rules(watch.id, alias, self._key(alias.text), contexts, excludes, near))

    def mentions(self, text: str, *, lenient: bool = False) -> list[Mention]:
        """Where the watches are named, in order of place. `lenient`: aliases need no context, only no exclusion."""
        hits = self._index.find(fold(text))
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for hit in hits:
            for key in hit.keys:
                spans[key].append((hit.start, hit.end))
        places = {key: Places(own) for key, own in spans.items()}
        named_by = [hit for hit in hits if any(key in self._names for key in hit.keys)]
        covers = outermost([(hit.start, hit.end) for hit in named_by])
        found = {
            Mention(watch, hit.start, hit.end, "name")
            for hit in named_by
            if (hit.start, hit.end) in covers
            for key in hit.keys
            for watch in self._names.get(key, ())
        }
        named = {mention.watch for mention in found}
        cover = Places(sorted(covers))
        for rules in self._rules:
            found.update(_aliases(text, rules, places, cover, certain=lenient or rules.watch in named))
        return sorted(found, key=lambda mention: (mention.start, -mention.end, mention.watch, mention.rule))


class Places:
    """Where one term stands. Searched by bisection: a hostile text may hold a term thousands of times."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """`spans` by end, then by start, as a `TermIndex` finds them."""
        self.spans = spans
        self._ends = [end for _, end in spans]
        self._by_start = sorted(range(len(spans)), key=lambda place: spans[place][0])
        self._starts = [spans[place][0] for place in self._by_start]

    def near(self, span: Span, reach: int) -> Span | None:
        """The nearest place that does not overlap the span and lies within `reach` code points; of two the first."""
        before, behind = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        left = span[0] - self._ends[before - 1] if before else reach + 1
        right = self._starts[behind] - span[1] if behind < len(self._starts) else reach + 1
        if min(left, right) > reach:
            return None
        if left <= right:
            return self.spans[bisect_left(self._ends, self._ends[before - 1])]
        return self.spans[self._by_start[behind]]

    def hold(self, span: Span) -> bool:
        """Does the span stand inside one of the places? None of these may stand inside another."""
        last = bisect_right(self._starts, span[0])
        return last > 0 and span[1] <= self.spans[self._by_start[last - 1]][1]


def outermost(spans: Sequence[Span]) -> set[Span]:
    """Without those inside a longer one: "Jaringan Kota Pintar ASEAN-Jepang" does not name the ASEAN network."""
    kept: set[Span] = set()
    furthest = -1
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end > furthest:
            kept.add((start, end))
            furthest = end
    return kept


def _aliases(
    text: str, rules: _Rules, places: Mapping[int, Places], covers: Places, *, certain: bool
) -> Iterator[Mention]:
    """The places of one alias that count. `certain`: its watch is named in full anyway."""
    if rules.key not in places or any(key in places for key in rules.excludes):
        return
    for span in places[rules.key].spans:
        if covers.hold(span):
            continue  # part of a full name
        if rules.alias.exact_case and not _same_case(text[span[0] : span[1]], rules.alias.text):
            continue
        if any(_near(span, places.get(key), rules.alias.reach) for key in rules.excludes_near):
            continue
        context = _context(span, rules, places)
        if context is not None or certain:
            yield Mention(rules.watch, *span, "alias", context or ())


def _context(span: Span, rules: _Rules, places: Mapping[int, Places]) -> tuple[Span, ...] | None:
    """The nearest words of the first context that holds; None where none does."""
    if not rules.contexts:
        return ()
    for keys in rules.contexts:
        near = [_near(span, places.get(key), rules.alias.reach) for key in keys]
        bearing = [found for found in near if found is not None]
        if len(bearing) == len(keys):
            return tuple(bearing)
    return None


def _near(span: Span, places: Places | None, reach: int) -> Span | None:
    return places.near(span, reach) if places is not None else None


def _same_case(found: str, wanted: str) -> bool:
    return [c for c in found if c.isalnum()] == [c for c in wanted if c.isalnum()]


@lru_cache(maxsize=8)
def finder(watches: Watches) -> Finder:
    """The finder of these watches, kept in this process."""
    return Finder(watches)
