"""A text by its folded tokens, to look at the words before and behind a stretch of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from pipeline.lexicon import Folded, fold

STOP = "\n"  # a token that parts words: a full stop, a comma, a line's end
_LONGEST = 3  # words of a phrase
_SHORT = frozenset({"tp", "kab", "jl", "jln", "dr", "ir", "prof", "drs", "h", "hj", "gov", "st", "prov", "kec", "kel"})
_GAP = re.compile(r"\s+")
_COMMA = re.compile(r"\s*,\s*|\s+\(\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of the line (headline or paragraph) that a name stands in."""

    start: int
    end: int
    capitals: bool  # every word has one, so that a capital says nothing
    headline: bool


class Text:
    """A text by its tokens, to look around a stretch of it."""

    def __init__(self, text: str, folded: Folded) -> None:
        self.text, self._folded = text, folded
        self._known: dict[int, str] = {}  # tokens that were looked at: names stand close, each is asked for often

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(text, fold(text))

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last token of a stretch."""
        spans = self._folded.spans
        first = bisect_left(spans, (start, 0))
        return first, bisect_left(spans, (end, 0), first) - 1

    def word(self, token: int) -> str:
        """A token, folded; "" beyond either end, a line break for a stop."""
        word = self._known.get(token)
        if word is None:
            word = self._known[token] = self._read(token)
        return word

    def _read(self, token: int) -> str:
        places = self._folded.places
        if not 0 <= token < len(places):
            return ""
        last = places[token + 1] if token + 1 < len(places) else len(self._folded.folded)
        word = self._folded.folded[places[token] : last]
        return STOP if STOP in word else word.strip()

    def span(self, token: int) -> tuple[int, int]:
        return self._folded.spans[token]

    def capital(self, token: int) -> bool:
        return self.text[self._folded.spans[token][0]].isupper()

    def printed(self, token: int) -> str:
        """A token with its marks, in small letters; "" where there is none."""
        return unicodedata.normalize("NFC", self.text[slice(*self.span(token))]).casefold() if token >= 0 else ""

    def spaced(self, token: int) -> bool:
        """Whether nothing but white space parts a token from the one before it."""
        return bool(_GAP.fullmatch(self.text, self._folded.spans[token - 1][1], self._folded.spans[token][0]))

    def before(self, token: int) -> int:
        """The token before, over the full stop of an abbreviation ("Jl. Bandung"); -1 where a stop parts them."""
        word = self.word(token - 1)
        if word == STOP:
            return token - 2 if self.word(token - 2) in _SHORT and self.text[self.span(token - 1)[0]] == "." else -1
        return token - 1 if word and self.spaced(token) else -1

    def behind_comma(self, token: int) -> bool:
        """Whether a comma stands before a token."""
        return self.word(token - 1) == STOP and self.text[self.span(token - 1)[0]] == ","

    def phrases_before(self, token: int) -> list[str]:
        """The one, two and three words that end with this token, the longest first."""
        phrases: list[str] = []
        phrase = ""
        for place in range(token, max(-1, token - _LONGEST), -1):
            word = self.word(place)
            if word in ("", STOP):
                break
            phrase = f"{word} {phrase}" if phrase else word
            phrases.append(phrase)
        return phrases[::-1]


def name_behind(text: Text, last: int) -> tuple[int, bool]:
    """Where a further name would begin behind a comma or an opening bracket ("Batu, Jawa Timur"); -1 without one.

    The second: whether it stands there directly, without comma ("Bandung Jawa Barat").
    """
    token = last + 1
    if text.word(token) == STOP:
        return (
            (token + 1, False)
            if text.text[text.span(token)[0]] == "," and text.word(token + 1) not in ("", STOP)
            else (-1, False)
        )
    if not text.word(token):
        return -1, False
    between = text.text[text.span(last)[1] : text.span(token)[0]]
    if _COMMA.fullmatch(between):
        return token, False
    return (token, True) if _GAP.fullmatch(between) else (-1, False)
