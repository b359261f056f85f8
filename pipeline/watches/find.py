"""Find what speaks for each watch in a document: one pass for all names, aliases, context and exclusions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import Hit, TermIndex, fold
from pipeline.watches.model import Alias, Together, Watch, Watches
from pipeline.watches.places import Places, Span, outermost
from pipeline.watches.together import Group, windows


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a watch is named or told of. Offsets into the document's text."""

    watch: str
    start: int
    end: int
    rule: str  # name | alias | together
    context: tuple[Span, ...] = ()  # what bore it out, or, where it is doubtful, what makes it worth a look
    doubt: str | None = None  # loose | far: why a person should judge; None where it is certain


_YEAR_BEHIND = re.compile(r"[\s\u200b(]{1,3}20\d\d(?!\d)")
Contexts = tuple[tuple[int, ...], ...]  # each a group of keys that must all be there


@dataclass(frozen=True, slots=True)
class _Rules:
    """The keys of one alias."""

    watch: str
    alias: Alias
    key: int
    contexts: Contexts
    hints: Contexts
    excludes: tuple[int, ...]
    excludes_near: tuple[int, ...]


class Finder:
    """The watches, ready to be looked for. Built once per process and set of watches."""

    def __init__(self, watches: Watches) -> None:
        """Number every distinct term and enter all of them into one index."""
        self._keys: dict[str, int] = {}
        self._names: dict[int, list[str]] = {}
        self._rules: list[_Rules] = []
        self._groups: list[Group] = []
        self._unless = {watch.id: frozenset(watch.unless) for watch in watches if watch.unless}
        for watch in watches:
            self._enter(watch)
        self._index = TermIndex(self._keys.items())

    def _key(self, term: str) -> int:
        return self._keys.setdefault(term, len(self._keys))

    def _all(self, terms: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._key(term) for term in terms)

    def _contexts(self, entries: Sequence[str]) -> Contexts:
        return tuple(self._all(entry.split(" + ")) for entry in entries)

    def _enter(self, watch: Watch) -> None:
        for names in watch.names:
            for term in names.terms:
                self._names.setdefault(self._key(term), []).append(watch.id)
        for alias in watch.aliases:
            rules = _Rules(
                watch.id, alias, self._key(alias.text), self._contexts(alias.context), self._contexts(alias.hint),
                self._all(alias.exclude), self._all(alias.exclude_near),
            )  # fmt: skip
            self._rules.append(rules)
        self._groups += [self._group(watch.id, rule) for rule in watch.together]

    def _group(self, watch: str, rule: Together) -> Group:
        kinds = tuple(frozenset(self._all(kind)) for kind in rule.all)
        some = tuple(tuple(frozenset(self._all(kind)) for kind in one.of) for one in rule.some)
        excludes, near = frozenset(self._all(rule.exclude)), frozenset(self._all(rule.exclude_near))
        return Group(watch, rule, kinds, some, excludes, near)

    def mentions(self, text: str) -> list[Mention]:
        """What speaks for the watches, in order of place; a watch has no doubtful mention beside a certain one."""
        hits = self._index.find(fold(text))
        if not hits:
            return []
        places = _places(hits)
        found, cover = self._named(hits)
        named = {mention.watch for mention in found}
        for rules in self._rules:
            if rules.key in places:
                found.update(_aliases(text, rules, places, cover, certain=rules.watch in named))
        for group in self._groups:
            found.update(_told(group, places))
        return list(self._settled(found))

    def lenient(self, text: str) -> bool:
        """Do a few words without surroundings speak for a watch? Most aliases need no context there."""
        hits = self._index.find(fold(text))
        places = _places(hits)
        found, cover = self._named(hits)
        return bool(
            found
            or any(
                any(_aliases(text, rules, places, cover, certain=rules.alias.bare))
                for rules in self._rules
                if rules.key in places
            )
            or any(any(_told(group, places)) for group in self._groups)
        )

    def _named(self, hits: Sequence[Hit]) -> tuple[set[Mention], Places]:
        """The full names, and where any stands."""
        named_by = [hit for hit in hits if any(key in self._names for key in hit.keys)]
        covers = outermost([(hit.start, hit.end) for hit in named_by])
        found = {
            Mention(watch, hit.start, hit.end, "name")
            for hit in named_by
            if (hit.start, hit.end) in covers
            for key in hit.keys
            for watch in self._names.get(key, ())
        }
        return found, Places(sorted(covers))

    def _settled(self, found: set[Mention]) -> Iterator[Mention]:
        """Without watches that stand back for another one, and without doubts about what is certain anyway."""
        certain = {mention.watch for mention in found if mention.doubt is None}
        back = {watch for watch, others in self._unless.items() if others & certain}
        told: set[tuple[str, int, int]] = set()  # two aliases may find one place
        for one in _in_order(found):
            if one.watch in back or (one.doubt is not None and one.watch in certain):
                continue
            if (one.watch, one.start, one.end) not in told:
                told.add((one.watch, one.start, one.end))
                yield one


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda one: (one.start, -one.end, one.watch, one.rule, one.doubt or "", one.context))


def _places(hits: Sequence[Hit]) -> dict[int, Places]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for hit in hits:
        for key in hit.keys:
            spans[key].append((hit.start, hit.end))
    return {key: Places(own) for key, own in spans.items()}


def _told(group: Group, places: Mapping[int, Places]) -> Iterator[Mention]:
    doubt = "loose" if group.rule.doubtful else None
    for window in windows(group, places):
        yield Mention(group.watch, *window[0], "together", tuple(window[1:]), doubt)


def _aliases(
    text: str, rules: _Rules, places: Mapping[int, Places], covers: Places, *, certain: bool
) -> Iterator[Mention]:
    """The places of one alias that count, or might. `certain`: its watch is named in full anyway."""
    alias = rules.alias
    if any(key in places for key in rules.excludes):
        return
    hint: tuple[Span, ...] | None = None  # looked for once: it is the same for all places
    for span in places[rules.key].spans:
        if covers.hold(span):
            continue  # part of a full name
        if alias.exact_case and not _same_case(text[span[0] : span[1]], alias.text):
            continue
        if alias.dated and not _YEAR_BEHIND.match(text, span[1]):
            continue
        if any(_near(span, places.get(key), alias.reach) for key in rules.excludes_near):
            continue
        context = _context(span, rules.contexts, places, alias.reach) if rules.contexts else ()
        if context is not None or certain:
            doubt = "loose" if alias.doubtful and not certain else None
            yield Mention(rules.watch, *span, "alias", context or (), doubt)
            continue
        hint = _anywhere(rules, places) if hint is None else hint
        if hint or alias.lone:
            yield Mention(rules.watch, *span, "alias", hint, "far")


def _context(span: Span, contexts: Contexts, places: Mapping[int, Places], reach: int) -> tuple[Span, ...] | None:
    """The nearest words of the first context that holds; None where none does."""
    for keys in contexts:
        near = [_near(span, places.get(key), reach) for key in keys]
        bearing = [found for found in near if found is not None]
        if len(bearing) == len(keys):
            return tuple(bearing)
    return None


def _anywhere(rules: _Rules, places: Mapping[int, Places]) -> tuple[Span, ...]:
    """The first words of a hint or a context that stands somewhere in the text; empty where none does."""
    for keys in (*rules.hints, *rules.contexts):
        if all(key in places for key in keys):
            return tuple(places[key].spans[0] for key in keys)
    return ()


def _near(span: Span, places: Places | None, reach: int) -> Span | None:
    return places.near(span, reach) if places is not None else None


def _same_case(found: str, wanted: str) -> bool:
    return [c for c in found if c.isalnum()] == [c for c in wanted if c.isalnum()]


@lru_cache(maxsize=8)
def finder(watches: Watches) -> Finder:
    """The finder of these watches, kept in this process."""
    return Finder(watches)
