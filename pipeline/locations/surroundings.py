"""What the words around a place's name say: an office, a place's word, a person's title, or that it is another name's.

Pure; over the folded tokens of a text. Every look reaches a few tokens to either side, so a text costs what it is long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from pipeline.lexicon import Folded, fold
from pipeline.wordlists import load

_WALK = (
    7  # capitals between the head of another name and the place: "Universitas Islam Negeri Sunan Gunung Djati Bandung"
)
_WALK_TITLE = 2  # where every word has a capital, so that a walk soon leaves the name
_AFTER, _AFTER_TITLE = 4, 1  # words behind a name that may be its tail
_GOVERNING = frozenset({"council", "government", "administration", "police", "mayor", "governor", "city", "province"})
_LONGEST = 3  # words of an entry
_JOINED_REACH = 24  # code points looked at beside a name in a script without spaces
_JOINED_SCRIPTS = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3400", "\u9fff"))
_TAIL_REACH = 5  # of these, for a tail with a word before it: "新加坡国立大学"
_STOP = "\n"
_SHORT = frozenset({"tp", "kab", "jl", "jln", "dr", "ir", "prof", "drs", "h", "hj", "gov", "st", "prov", "kec", "kel"})
_CONNECTING = frozenset({"of", "the", "for", "de", "ng", "al", "bin"})
_CALENDAR = frozenset(
    "senin selasa rabu kamis jumat jum at sabtu minggu ahad isnin khamis jumaat monday tuesday wednesday thursday friday saturday"
    " sunday januari februari maret mac april mei juni jun juli julai agustus ogos september oktober november desember disember"
    " january february march may june july august october december lunes martes miyerkules huwebes biyernes sabado linggo".split()
)
_GAP = re.compile(r"\s+")
_COMMA = re.compile(r"\s*,\s*|\s+\(\s*")


class Standing(IntEnum):
    """How sure the surroundings make it that a name is the place's."""

    OTHER = 0  # it is a part of another name, or a person's
    UNSURE = 1  # another capital follows which nothing explains: "Medan Siregar"
    PLAIN = 2  # nothing speaks for it or against it
    PLACE = 3  # words stand there that a place follows
    OFFICE = 4  # "Wali Kota Bandung", "Cebu City Council"


@dataclass(frozen=True, slots=True)
class _Office:
    before: tuple[str, ...]
    after: tuple[str, ...]
    joined_before: tuple[str, ...]
    joined_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    before: tuple[str, ...]
    after: tuple[str, ...]
    certain: tuple[str, ...]
    joined_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    before: tuple[str, ...]
    before_far: tuple[str, ...]
    before_small: tuple[str, ...]
    after: tuple[str, ...]
    joined_before: tuple[str, ...]
    joined_after: tuple[str, ...]
    joined_near: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Foreign:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The lists of `data/surroundings.toml`."""

    office: _Office
    place: _Place
    person: _Person
    other: _Other
    countries: dict[str, tuple[str, ...]]
    foreign: _Foreign


@dataclass(frozen=True, slots=True)
class _Words:
    office_before: frozenset[str]
    office_after: frozenset[str]
    place_before: frozenset[str]
    place_after: frozenset[str]
    certain: frozenset[str]
    person_before: frozenset[str]
    person_after: frozenset[str]
    other_before: frozenset[str]
    other_far: frozenset[str]
    other_small: frozenset[str]
    other_after: frozenset[str]


@cache
def lists() -> Surroundings:
    return load("surroundings", Surroundings)


@cache
def _words() -> _Words:
    found = lists()
    return _Words(
        frozenset(found.office.before), frozenset(found.office.after),
        frozenset(found.place.before), frozenset(found.place.after), frozenset(found.place.certain),
        frozenset(found.person.before), frozenset(found.person.after),
        frozenset(found.other.before), frozenset(found.other.before_far), frozenset(found.other.before_small), frozenset(found.other.after),
    )  # fmt: skip


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
        self._starts = [start for start, _ in folded.spans]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(text, fold(text))

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last token of a stretch."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end) - 1

    def word(self, token: int) -> str:
        """A token, folded; "" beyond either end, a line break for a stop."""
        places = self._folded.places
        if not 0 <= token < len(places):
            return ""
        last = places[token + 1] if token + 1 < len(places) else len(self._folded.folded)
        word = self._folded.folded[places[token] : last]
        return _STOP if _STOP in word else word.strip()

    def span(self, token: int) -> tuple[int, int]:
        return self._folded.spans[token]

    def capital(self, token: int) -> bool:
        return self.text[self._folded.spans[token][0]].isupper()

    def spaced(self, token: int) -> bool:
        """Whether nothing but white space parts a token from the one before it."""
        return bool(_GAP.fullmatch(self.text, self._folded.spans[token - 1][1], self._folded.spans[token][0]))

    def before(self, token: int) -> int:
        """The token before, over the full stop of an abbreviation ("Jl. Bandung"); -1 where a stop parts them."""
        word = self.word(token - 1)
        if word == _STOP:
            return token - 2 if self.word(token - 2) in _SHORT and self.text[self.span(token - 1)[0]] == "." else -1
        return token - 1 if word and self.spaced(token) else -1

    def phrases_before(self, token: int) -> list[str]:
        """The one, two and three words that end with this token, the longest first."""
        words, phrases = [], []
        while token >= 0 and len(words) < _LONGEST and self.word(token) not in ("", _STOP):
            words.insert(0, self.word(token))
            phrases.insert(0, " ".join(words))
            token -= 1
        return phrases


def standing(text: Text, start: int, end: int, line: Line, single: bool) -> tuple[Standing, bool]:
    """What the surroundings of a name at `start`-`end` make of it, and whether a capital follows that nothing explains.

    `single`: it is one word, as a person's name is.
    """
    if is_joined(text.text[start]):
        return _joined_standing(text.text, start, end), False
    first, last = text.tokens(start, end)
    before = _before(text, first, line)
    after = _after(text, last, line, single)
    unexplained = after is Standing.UNSURE
    if Standing.OTHER in (before, after):
        return Standing.OTHER, unexplained
    return (after if unexplained and before is Standing.PLAIN else max(before, after)), unexplained


def is_joined(character: str) -> bool:
    """Whether it is of a script that writes without spaces: Thai, Lao, Burmese, Khmer, Han."""
    return any(first <= character <= last for first, last in _JOINED_SCRIPTS)


def _joined_standing(text: str, start: int, end: int) -> Standing:
    before, after = text[max(0, start - _JOINED_REACH) : start], text[end : end + _JOINED_REACH]
    found = lists()
    if before.endswith(found.other.joined_before) or after.startswith(found.other.joined_after):
        return Standing.OTHER
    if any(tail in after[:_TAIL_REACH] for tail in found.other.joined_near):
        return Standing.OTHER
    if before.rstrip(" ").endswith(found.office.joined_before) or after.startswith(found.office.joined_after):
        return Standing.OFFICE
    placed = text[start] >= "\u3400" and before.endswith(
        found.place.joined_before
    )  # elsewhere "at" is many a word's end
    return Standing.PLACE if placed else Standing.PLAIN


def _before(text: Text, first: int, line: Line) -> Standing:
    """What stands before: directly, or as the head of capitals that run up to the name."""
    token = text.before(first)
    phrases = text.phrases_before(token)
    found = _directly(phrases, token >= 0 and text.capital(token))
    if found is not None:
        return found
    words = _words()
    found = Standing.PLACE if any(phrase in words.certain for phrase in phrases) else Standing.PLAIN
    for _ in range(_WALK_TITLE if line.capitals else _WALK):
        if not phrases or not (text.capital(token) or text.word(token) in _CONNECTING or phrases[-1] in words.certain):
            return Standing.OTHER if _is_far(text, token) else found
        token = text.before(token)
        phrases = text.phrases_before(token)
        if any(phrase in words.office_before for phrase in phrases):
            return found
        if any(phrase in words.other_before for phrase in phrases) and text.capital(token):
            return Standing.OTHER
    return found


def _is_far(text: Text, token: int) -> bool:
    """Whether the head of a name that runs on in small letters stands before."""
    words = _words()
    for _ in range(_WALK):
        phrases = text.phrases_before(token)
        if not phrases or phrases[-1] in words.place_before:
            return False
        if any(phrase in words.other_far for phrase in phrases):
            return True
        token = text.before(token)
    return False


def _directly(phrases: list[str], capital: bool) -> Standing | None:
    """What the words directly before a name say; None where one has to look further."""
    words = _words()
    for phrase in phrases:
        if phrase in words.office_before:
            return Standing.OFFICE
        if phrase in words.other_small or (capital and phrase in words.other_before) or phrase in words.person_before:
            return Standing.OTHER
        if phrase in words.certain:
            return None
        if phrase in words.place_before:
            return Standing.PLACE
    return None


def _after(text: Text, last: int, line: Line, single: bool) -> Standing:
    """What follows: an office's word, the tail of another name, or a capital that nothing explains."""
    words = _words()
    run = _run_after(text, last, _AFTER_TITLE if line.capitals else _AFTER)
    governed = next((place for place, word in enumerate(run) if word in words.office_after), None)
    if governed == 0 or (governed is not None and run[governed] in _GOVERNING):
        return Standing.OFFICE
    if any(word in words.other_after for word in run):
        return Standing.OTHER
    following = text.word(last + 1)
    if not run:
        spoke = single and line.start == text.span(last)[0] and following in words.person_after
        return Standing.UNSURE if spoke else (Standing.OFFICE if following in _GOVERNING else Standing.PLAIN)
    return (
        Standing.UNSURE
        if single and not line.capitals and run[0] not in _CALENDAR | words.place_after
        else Standing.PLAIN
    )


def _run_after(text: Text, last: int, most: int) -> list[str]:
    """The words with capitals that follow a token, small words between them left out."""
    run: list[str] = []
    for token in range(last + 1, last + 1 + most):
        word = text.word(token)
        if word in ("", _STOP) or not text.spaced(token) or not (text.capital(token) or (run and word in _CONNECTING)):
            break
        run.append(word)
    return run


def name_behind(text: Text, last: int) -> tuple[int, bool]:
    """Where a further name would begin behind a comma or an opening bracket ("Batu, Jawa Timur"); -1 without one.

    The second: whether it stands there directly, without comma ("Bandung Jawa Barat").
    """
    token = last + 1
    if text.word(token) == _STOP:
        return (
            (token + 1, False)
            if text.text[text.span(token)[0]] == "," and text.word(token + 1) not in ("", _STOP)
            else (-1, False)
        )
    if not text.word(token):
        return -1, False
    between = text.text[text.span(last)[1] : text.span(token)[0]]
    if _COMMA.fullmatch(between):
        return token, False
    return (token, True) if _GAP.fullmatch(between) else (-1, False)
