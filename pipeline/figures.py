"""The figures of a text, each with what it counts: 14 cities, 288 candidates, the 6th summit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.days import without_dates
from pipeline.terms import function_words, stem
from pipeline.words import fold_token, is_unspaced, tokens

_NUMBER = re.compile(r"[1-9]\d*(?:[.,]\d+)*")  # not the "000" behind "Rp62."
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 2  # words between a figure and the noun that it counts: "14 of the cities"
# "forum sungai ke-5", "6th summit", "hội nghị lần thứ 6", "ika-6 na pulong", "ครั้งที่ 6": with the word beside it
_ORDINAL = re.compile(
    r"(?<![^\W\d_])(?P<malay>[^\W\d_]{1,30}) ke-? ?(?P<malay_number>\d{1,3})\b"
    r"|\b(?P<english_number>\d{1,3})(?:st|nd|rd|th) (?P<english>[^\W\d_]+)"
    r"|\bika-(?P<filipino_number>\d{1,3}) na (?P<filipino>[^\W\d_]+)"
    r"|(?<![^\W\d_])(?P<vietnamese>[^\W\d_]{1,30}) lần thứ (?P<vietnamese_number>\d{1,3})\b"
    r"|(?P<thai>ครั้งที่)\s?(?P<thai_number>\d{1,3})",
    re.IGNORECASE,
)

Counted = Mapping[str, frozenset[str]]  # stem of what is counted → numbers


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers without thousands separators, decimals with a point; years and dates count nothing."""

    counted: Counted
    ordinals: Counted  # of the headline and the beginning: word beside it → "6"

    def agree(self, other: Figures) -> bool | None:
        """Do two texts count the same things alike? One that both count alike is enough; None: they count others."""
        return _agree(self.counted, other.counted)

    def another_of_a_row(self, other: Figures) -> bool:
        """Does one tell of the 5th and the other of the 6th of something?"""
        return _agree(self.ordinals, other.ordinals) is False


def figures(text: str, family: str | None, beginning: str = "") -> Figures:
    """The figures of a text in a language family; ordinals are read from its `beginning`, with its headline."""
    found = [token for token in tokens(without_dates(text)) if not is_unspaced(token)]
    counted: list[tuple[str, str]] = []
    for place, token in enumerate(found):
        if _NUMBER.fullmatch(token) and not _YEAR.fullmatch(token):
            noun = _noun(found[place + 1 : place + 2 + _REACH], family)
            if noun is not None:
                counted.append((noun, stem(token, family)))
    return Figures(_grouped(counted), _grouped(_ordinals(beginning, family)))


def _ordinals(text: str, family: str | None) -> Iterable[tuple[str, str]]:
    for match in _ORDINAL.finditer(text):
        kind = next(name for name in ("malay", "english", "filipino", "vietnamese", "thai") if match[name])
        yield stem(fold_token(match[kind]), family), match[f"{kind}_number"]


def _noun(following: list[str], family: str | None) -> str | None:
    for token in following:
        word = fold_token(token)
        if not token[0].isalpha():
            return None
        if word not in function_words():
            return stem(word, family)
    return None


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for noun, number in pairs:
        found[noun].add(number)
    return {noun: frozenset(numbers) for noun, numbers in sorted(found.items())}


def _agree(mine: Counted, theirs: Counted) -> bool | None:
    shared = mine.keys() & theirs.keys()
    return any(not mine[noun].isdisjoint(theirs[noun]) for noun in shared) if shared else None
