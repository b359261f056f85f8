"""Find what speaks for each watch in a document: one pass for all names, aliases, context and exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import Hit, TermIndex, fold
from pipeline.watches.model import Alias, Watch, Watches


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a watch is named. Offsets into the document's text."""

    watch: str
    start: int
    end: int
    rule: str  # name | alias
    context: tuple[tuple[int, int], ...] = ()  # what bore an alias out


Spans = dict[int, list[tuple[int, int]]]  # key -> places of that term


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
        spans: Spans = {}
        for hit in hits:
            for key in hit.keys:
                spans.setdefault(key, []).append((hit.start, hit.end))
        covers = _longest([hit for hit in hits if any(key in self._names for key in hit.keys)])
        found = [
            Mention(watch, hit.start, hit.end, "name")
            for hit in covers
            for key in hit.keys
            for watch in self._names.get(key, ())
        ]
        named = {mention.watch for mention in found}
        for rules in self._rules:
            certain = lenient or rules.watch in named
            found += _aliases(text, rules, spans, [(hit.start, hit.end) for hit in covers], certain=certain)
        return sorted(set(found), key=lambda mention: (mention.start, -mention.end, mention.watch, mention.rule))


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Without those inside a longer one: "Jaringan Kota Pintar ASEAN-Jepang" does not name the ASEAN network."""
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and (other.start, other.end) != (hit.start, hit.end)
            for other in hits
        )
    ]


def _aliases(text: str, rules: _Rules, spans: Spans, covers: list[tuple[int, int]], *, certain: bool) -> list[Mention]:
    """The places of one alias that count. `certain`: its watch is named in full anyway."""
    if rules.key not in spans or any(key in spans for key in rules.excludes):
        return []
    found = []
    for place in spans[rules.key]:
        if any(start <= place[0] and place[1] <= end for start, end in covers):
            continue  # part of a full name
        if rules.alias.exact_case and not _same_case(text[place[0] : place[1]], rules.alias.text):
            continue
        if any(_near(place, spans.get(key, ()), rules.alias.reach) for key in rules.excludes_near):
            continue
        context = _context(place, rules, spans)
        if context is not None or certain:
            found.append(Mention(rules.watch, *place, "alias", context or ()))
    return found


def _context(place: tuple[int, int], rules: _Rules, spans: Spans) -> tuple[tuple[int, int], ...] | None:
    """The nearest words of the first context that holds; None where none does."""
    if not rules.contexts:
        return ()
    for keys in rules.contexts:
        near = [_near(place, spans.get(key, ()), rules.alias.reach) for key in keys]
        bearing = [found for found in near if found is not None]
        if len(bearing) == len(keys):
            return tuple(bearing)
    return None


def _near(place: tuple[int, int], others: Sequence[tuple[int, int]], reach: int) -> tuple[int, int] | None:
    """The nearest of the other places that does not overlap this one and lies within `reach` code points."""
    best: tuple[int, int] | None = None
    least = reach + 1
    for other in others:
        apart = max(other[0] - place[1], place[0] - other[1])
        if 0 <= apart < least:
            best, least = other, apart
    return best


def _same_case(found: str, wanted: str) -> bool:
    return [c for c in found if c.isalnum()] == [c for c in wanted if c.isalnum()]


@lru_cache(maxsize=8)
def finder(watches: Watches) -> Finder:
    """The finder of these watches, kept in this process."""
    return Finder(watches)
