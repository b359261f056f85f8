"""The same words in several outlets as one statement, with its wordings. Pure.

Newsrooms cut what was said, join two sentences, mend a word: "nanti kita sampaikan" and "nanti kita akan sampaikan" are
two wordings of one statement. A "not" or another figure makes it another one; so does another speaker. What was said in
two languages is not compared: which of them is the translation nobody can tell from the words alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.model import Quote, StoredArticle
from pipeline.words import words

_ALIKE = 0.8  # share of the shorter one's words that stand in the longer one, in their order
_CUT = 0.9  # the same where the shorter one is a part of a much longer one
_LONGER = 1.5  # times the words of the shorter one, from which on it is a part of it
_LOOSE = 1.3  # times its own words over which a part may be spread
_FEWEST, _FEWEST_CUT = 3, 5  # words of a wording, and of a part; fewer must be the same
_MOST_WORDS = 400  # compared of a quote: comparing takes a time that grows with their square
_RAREST = 6  # pairs of words of a quote by which others are looked up
_MOST_HOLDERS = 60  # quotes looked at for a pair of words; what stands in more tells nothing
_NEGATIONS = frozenset(
    {
        *("tidak", "tak", "bukan", "belum", "jangan", "tanpa", "not", "no", "never", "cannot", "without", "won't"),
        *("can't", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "không", "chưa", "chẳng"),
        *("đừng", "hindi", "huwag", "wala"),
    }
)
_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """A quote where it stands."""

    article_id: int
    outlet: str | None
    url: str
    published: datetime | None
    language: str | None
    copied: bool  # the article reprints another's text
    quote: Quote


@dataclass(frozen=True, slots=True)
class Wording:
    """One form of a statement; `prints` from the first on."""

    text: str  # as first printed
    prints: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said, once. `wordings`: the fullest first."""

    speaker: str | None  # the fullest name that a print gives
    role: str | None
    language: str | None
    wordings: tuple[Wording, ...]

    @property
    def text(self) -> str:
        """The fullest wording."""
        return self.wordings[0].text

    @property
    def prints(self) -> tuple[Said, ...]:
        """All of them, the first first."""
        return tuple(sorted((said for wording in self.wordings for said in wording.prints), key=_when))


def quotes_of(stored: StoredArticle) -> Iterator[Said]:
    """The quotes of an article, where they stand."""
    article = stored.article
    for quote in article.quotes:
        yield Said(
            article_id=stored.id,
            outlet=article.outlet,
            url=article.canonical_url,
            published=article.date_published,
            language=article.in_language,
            copied=stored.copy_of is not None,
            quote=quote,
        )


def group_quotes(said: Iterable[Said]) -> tuple[Statement, ...]:
    """Each statement once, those first said first. The result does not depend on the order of `said`."""
    ordered = sorted(said, key=_when)
    read = [_Read.of(one) for one in ordered]
    above = list(range(len(read)))

    def head(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for a, b in _candidates(read):
        if head(a) != head(b) and _same(read[a], read[b]):
            first, second = sorted((head(a), head(b)))
            above[second] = first
    groups: defaultdict[int, list[_Read]] = defaultdict(list)
    for place, one in enumerate(read):
        groups[head(place)].append(one)
    return tuple(_statement(group) for _, group in sorted(groups.items()))


def _when(said: Said) -> tuple[datetime, int, int]:
    return (said.published or _UNDATED, said.article_id, said.quote.start)


@dataclass(frozen=True, slots=True)
class _Read:
    """A quote with what it is compared by."""

    said: Said
    words: tuple[str, ...]
    names: frozenset[str]  # words of the speaker's name

    @classmethod
    def of(cls, said: Said) -> _Read:
        return cls(said, tuple(words(said.quote.text)[:_MOST_WORDS]), frozenset(words(said.quote.speaker or "")))

    @property
    def pairs(self) -> set[tuple[str, ...]]:
        """Neighbouring words; of a single word it alone."""
        return set(pairwise(self.words)) if len(self.words) > 1 else {self.words}


def _candidates(read: Sequence[_Read]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of their rarest neighbouring words. Each at most once."""
    common: Counter[tuple[str, ...]] = Counter(pair for one in read for pair in one.pairs)
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(read):
        seen: set[int] = set()
        rarest = sorted(one.pairs, key=lambda pair: (common[pair] == 1, common[pair], pair))[:_RAREST]
        for pair in rarest:
            seen.update(holders[pair][-_MOST_HOLDERS:])
        yield from ((other, place) for other in sorted(seen))
        for pair in one.pairs:
            if common[pair] > 1:
                holders[pair].append(place)


def _same(a: _Read, b: _Read) -> bool:
    """Are these two wordings of one statement?"""
    if (a.said.language or b.said.language) != (b.said.language or a.said.language):
        return False
    if a.names and b.names and not (a.names <= b.names or b.names <= a.names):
        return False
    short, long = sorted((a.words, b.words), key=len)
    if short == long:
        return bool(short) and (len(short) >= _FEWEST or bool(a.names and b.names))
    if len(short) < _FEWEST:
        return False
    return _alike(short, long)


def _alike(short: Sequence[str], long: Sequence[str]) -> bool:
    blocks = [block for block in SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks() if block.size]
    if not blocks:
        return False
    shared = sum(block.size for block in blocks)
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    if len(long) > _LONGER * len(short):
        enough = len(short) >= _FEWEST_CUT and shared >= _CUT * len(short) and last - first <= _LOOSE * len(short)
        return enough and not _contrary(short, long[first:last])
    return shared >= _ALIKE * len(short) and not _contrary(short, long)


def _contrary(a: Sequence[str], b: Sequence[str]) -> bool:
    """Does one of them say "not", or a figure, that the other does not?"""
    only = (Counter(a) - Counter(b)) + (Counter(b) - Counter(a))
    other_figure = any(word[0].isdigit() for word in Counter(a) - Counter(b)) and any(
        word[0].isdigit() for word in Counter(b) - Counter(a)
    )
    return other_figure or not _NEGATIONS.isdisjoint(only)


def _statement(group: Sequence[_Read]) -> Statement:
    forms: defaultdict[tuple[str, ...], list[Said]] = defaultdict(list)
    for one in group:
        forms[one.words].append(one.said)
    fullest = sorted(forms, key=lambda form: (not _direct(forms[form]), -len(form), _when(forms[form][0])))
    named = max(group, key=lambda one: (len(one.names), one.said.quote.role is not None, -group.index(one)))
    return Statement(
        speaker=named.said.quote.speaker,
        role=named.said.quote.role or next((one.said.quote.role for one in group if one.said.quote.role), None),
        language=next((one.said.language for one in group if one.said.language), None),
        wordings=tuple(Wording(forms[form][0].quote.text, tuple(forms[form])) for form in fullest),
    )


def _direct(prints: Iterable[Said]) -> bool:
    return any(said.quote.kind == "direct" for said in prints)


def outlets_of(statement: Statement) -> Mapping[str, int]:
    """How often each outlet printed it, in the order of their first prints; those of no listed outlet are left out."""
    return Counter(said.outlet for said in statement.prints if said.outlet is not None)
