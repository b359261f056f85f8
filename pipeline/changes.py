"""What changed between two versions of an article: counted for a line, and shown for a reader. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from pipeline.model import Article
from pipeline.words import is_unspaced, words

_LONG = 2_000  # words of a changed passage; of a longer one the words are counted without their order
_UNSPACED_WORD = 3  # letters of a word in a script without spaces, about


@dataclass(frozen=True, slots=True)
class TextChange:
    """How far a text differs from an earlier one. Words; in scripts without spaces about three letters are one."""

    added: int
    removed: int
    headline: bool  # the headline is another one

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.headline)


def compare(old: Article, new: Article) -> TextChange:
    """Count the words that one has and the other has not, in headline and body; case and punctuation do not count."""
    before, after = (_paragraphs(article) for article in (old, new))
    plain = {text: " ".join(words(text)) for text in {*before, *after}}  # most paragraphs stay: they are read once
    added = removed = 0
    for one, other in _passages([plain[text] for text in before], [plain[text] for text in after]):
        gone, come = _count(" ".join(one).split(), " ".join(other).split())
        removed, added = removed + gone, added + come
    return TextChange(added, removed, words(old.headline or "") != words(new.headline or ""))


def describe(change: TextChange) -> str:
    """ "12 words added, 3 removed; new headline"."""
    told = [f"{number} {what}" for number, what in ((change.added, "added"), (change.removed, "removed")) if number]
    counts = ", ".join(told).replace(" ", " word " if told[0].startswith("1 ") else " words ", 1) if told else ""
    parts = [part for part in (counts, "new headline" if change.headline else "") if part]
    return "; ".join(parts) or "no word, only signs or paragraphs"


def diff(old: Article, new: Article) -> Iterator[str]:
    """The changed paragraphs, [-what went-] and {+what came+} marked; a line says how many in a row stayed."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield f"… {end - start} paragraph{'' if end - start == 1 else 's'} as before"
            continue
        for one, other in zip_longest(before[start:end], after[other_start:other_end]):
            yield _marked(one or "", other or "")


def _paragraphs(article: Article) -> list[str]:
    return [article.headline or "", *filter(None, article.article_body)]


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield before[start:end], after[other_start:other_end]


def _count(before: list[str], after: list[str]) -> tuple[int, int]:
    """(removed, added)."""
    if max(len(before), len(after)) > _LONG:
        one, other = Counter(before), Counter(after)
        return _words((one - other).elements()), _words((other - one).elements())
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    gone = (word for _, start, end, _, _ in changed for word in before[start:end])
    come = (word for _, _, _, start, end in changed for word in after[start:end])
    return _words(gone), _words(come)


def _words(found: Iterator[str]) -> int:
    tokens = list(found)
    unspaced = sum(map(is_unspaced, tokens))
    return len(tokens) - unspaced + math.ceil(unspaced / _UNSPACED_WORD)


def _marked(before: str, after: str) -> str:
    one, other = _pieces(before), _pieces(after)
    shown = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        gone, come = "".join(one[start:end]), "".join(other[other_start:other_end])
        if kind == "equal":
            shown.append(come)
            continue
        shown.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(shown)


def _pieces(text: str) -> list[str]:
    """Words, single letters of scripts without spaces, and what stands between; joined they are the text.

    A mark stays with its letter: a vowel sign by itself is no reading matter.
    """
    pieces: list[str] = []
    for character in text:
        if pieces and (unicodedata.category(character)[0] == "M" or _goes_on(pieces[-1][-1], character)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _goes_on(last: str, character: str) -> bool:
    spaced = not is_unspaced(character) and not is_unspaced(last)
    return spaced and character.isalnum() and (last.isalnum() or unicodedata.category(last)[0] == "M")
