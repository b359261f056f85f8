"""The figures of a text, each with what it counts: 14 cities, 288 candidates, magnitude 5.6, the 6th summit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.terms import function_words, stem
from pipeline.words import fold_token, is_unspaced, tokens

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 2  # words between a figure and the noun that it counts: "14 of the cities"
_ORDINAL = re.compile(
    r"\bke-? ?(?P<malay>\d{1,3})\b|\b(?P<english>\d{1,3})(?:st|nd|rd|th)\b|\bika-(?P<filipino>\d{1,3})\b"
    r"|\blần thứ (?P<vietnamese>\d{1,3})\b|ครั้งที่\s?(?P<thai>\d{1,3})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers without thousands separators, decimals with a point; years count nothing."""

    counted: Mapping[str, frozenset[str]]  # stem of what is counted → numbers
    ordinals: frozenset[int]  # of the headline and the beginning: "ke-6", "6th", "lần thứ 6"

    def agree(self, other: Figures) -> bool | None:
        """Do two texts count the same things alike? One that both count alike is enough; None: they count others."""
        shared = self.counted.keys() & other.counted.keys()
        if not shared:
            return None
        return any(not self.counted[noun].isdisjoint(other.counted[noun]) for noun in shared)


def figures(text: str, family: str | None, beginning: str = "") -> Figures:
    """The figures of a text in a language family; ordinals are read from its `beginning`, with its headline."""
    found = [token for token in tokens(text) if not is_unspaced(token)]
    counted: defaultdict[str, set[str]] = defaultdict(set)
    for place, token in enumerate(found):
        if _NUMBER.fullmatch(token) and not _YEAR.fullmatch(token):
            noun = _noun(found[place + 1 : place + 2 + _REACH], family)
            if noun is not None:
                counted[noun].add(stem(token, family))
    ordinals = frozenset(int(next(filter(None, match.groups()))) for match in _ORDINAL.finditer(beginning))
    return Figures({noun: frozenset(values) for noun, values in sorted(counted.items())}, ordinals)


def _noun(following: list[str], family: str | None) -> str | None:
    for token in following:
        word = fold_token(token)
        if not token[0].isalpha():
            return None
        if word not in function_words():
            return stem(word, family)
    return None
