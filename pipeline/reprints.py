"""What a reprint kept, changed, added and cut, sentence by sentence. Computed from both texts, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.byline import is_photo_line, is_tail
from pipeline.sentences import sentences
from pipeline.words import shingle_length, words

# Share of a sentence's word pairs that the other text has: then it stands there in other words. On copies of the
# near-duplicate set few sentences lie between .4 and .6; those below share phrases of the trade only.
CHANGED = 0.5
_ADDED_WORDS = 6  # a sentence kept whole with at most so many words around it is kept: "KOTA, Kabar - …", "…, katanya"


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of a text: code points into it, "\\n" between paragraphs."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the original, and the sentence of the reprint that says it in other words."""

    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class Differences:
    """What became of each sentence of the original, and what is new. Credit lines are no sentences."""

    kept: tuple[Span, ...]  # of the original
    changed: tuple[Change, ...]
    added: tuple[Span, ...]  # of the reprint
    cut: tuple[Span, ...]  # of the original

    @property
    def share(self) -> float:
        """Share of the original's sentences that stand in the reprint, changed or not; 0..1."""
        all_of_it = len(self.kept) + len(self.changed) + len(self.cut)
        return (len(self.kept) + len(self.changed)) / all_of_it if all_of_it else 0.0

    @property
    def words(self) -> str:
        """The end of a sentence: "keeps 5 of 8 sentences, changes 1, cuts 2, adds 3"."""
        total = len(self.kept) + len(self.changed) + len(self.cut)
        done = (("changes", len(self.changed)), ("cuts", len(self.cut)), ("adds", len(self.added)))
        first = f"keeps all {total} sentences" if len(self.kept) == total > 1 else _kept(len(self.kept), total)
        return ", ".join([first, *(f"{verb} {count}" for verb, count in done if count)])


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    words: tuple[str, ...]

    @property
    def opening(self) -> tuple[str, ...]:
        """The first of its word pairs."""
        return self.words[: self._size]

    @property
    def _size(self) -> int:
        return min(shingle_length(list(self.words), 2), len(self.words))

    @property
    def pairs(self) -> frozenset[tuple[str, ...]]:
        """Its word pairs, in scripts without spaces runs of as many letters as two words have; of less all of it."""
        size = self._size
        return frozenset(self.words[place : place + size] for place in range(len(self.words) - size + 1))


def differences(original: str, reprint: str) -> Differences:
    """Compare two printings of one text; paragraphs in each are lines.

    How paragraphs are cut, quotation marks, dashes, case and spaces make no difference, nor do a dateline, credit
    lines and the order of sentences.
    """
    before, after = tuple(_sentences(original)), tuple(_sentences(reprint))
    run_before, run_after = _run(before), _run(after)
    kept = tuple(one for one in before if _stands_in(one, run_after))
    new = tuple(one for one in after if not _stands_in(one, run_before))
    left = tuple(one for one in before if not _stands_in(one, run_after))
    by_opening = _by_opening(kept)
    new = tuple(one for one in new if not _is_kept_with_a_little_more(one, by_opening))
    changed = tuple(_changes(left, after, _pairs(after)))
    known = _pairs(before)
    return Differences(
        kept=tuple(one.span for one in kept),
        changed=changed,
        added=tuple(one.span for one in new if _share(one, known) < CHANGED),
        cut=tuple(one.span for one in left if one.span not in {change.before for change in changed}),
    )


def _kept(count: int, total: int) -> str:
    return f"keeps {count} of {total} sentences" if total != 1 else f"keeps {count or 'not'} the one sentence"


def _sentences(text: str) -> Iterator[_Sentence]:
    start = 0
    for line in text.split("\n"):
        if not (is_tail(line) or is_photo_line(line)):
            for first, last in sentences(line):
                found = tuple(words(line[first:last]))
                if found:
                    yield _Sentence(Span(start + first, start + last), found)
        start += len(line) + 1


def _run(found: Iterable[_Sentence]) -> str:
    """All words of a text, a space around each."""
    return f" {' '.join(word for one in found for word in one.words)} "


def _stands_in(sentence: _Sentence, run: str) -> bool:
    return f" {' '.join(sentence.words)} " in run


def _by_opening(kept: Iterable[_Sentence]) -> dict[tuple[str, ...], list[_Sentence]]:
    """The sentences by their first words, to find those that stand in another at once."""
    found: dict[tuple[str, ...], list[_Sentence]] = {}
    for one in dict.fromkeys(kept):
        found.setdefault(one.opening, []).append(one)
    return found


def _is_kept_with_a_little_more(sentence: _Sentence, kept: Mapping[tuple[str, ...], list[_Sentence]]) -> bool:
    run = f" {' '.join(sentence.words)} "
    likely = (one for pair in sentence.pairs for one in kept.get(pair, ()))
    inside = [one for one in likely if len(one.words) < len(sentence.words) and _stands_in(one, run)]
    return bool(inside) and len(sentence.words) - sum(len(one.words) for one in inside) <= _ADDED_WORDS


def _pairs(found: Iterable[_Sentence]) -> frozenset[tuple[str, ...]]:
    return frozenset(pair for one in found for pair in one.pairs)


def _share(sentence: _Sentence, known: frozenset[tuple[str, ...]]) -> float:
    pairs = sentence.pairs
    return len(pairs & known) / len(pairs)


def _changes(
    left: Iterable[_Sentence], after: Sequence[_Sentence], known: frozenset[tuple[str, ...]]
) -> Iterator[Change]:
    """The sentences that stand in the reprint in other words, each with the sentence that has most of it."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(after):
        for pair in one.pairs:
            holders[pair].append(place)
    for sentence in left:
        if _share(sentence, known) < CHANGED:
            continue
        shared: defaultdict[int, int] = defaultdict(int)
        for pair in sentence.pairs:
            for place in holders[pair]:
                shared[place] += 1
        best = min(shared, key=lambda place: (-shared[place], place))
        yield Change(sentence.span, after[best].span)
