"""Words with capitals: the runs they form in a text, and what each can be behind an office. Pure, linear."""

from __future__ import annotations

import re
from typing import NamedTuple

_UPPER = "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_CAPITAL = f"[A-Z{_UPPER}]"
_LONGEST = 40  # letters of a word; what is longer is none
_LETTERS = r"[\w\u0300-\u036f]"
_ONE = (
    rf"(?:{_CAPITAL}\.(?:{_CAPITAL}\.){{0,3}}(?:{_CAPITAL}(?!\w))?(?!\w)"
    rf"|{_CAPITAL}{_LETTERS}{{0,{_LONGEST}}}(?:['’/-]{_LETTERS}{{1,{_LONGEST}}}){{0,4}}['’]?)"
)
_SPACE = "[ \u00a0]"
_PARTICLE = r"(?:bin|binti|ibn|al|el|van|von|der|den|de|del|dela|la|las|los|dos|da|do|a/l|a/p|s/o|d/o|y)"
_QUOTED = rf"[\"“'‘(]{_CAPITAL}[\w.’-]{{1,20}}[\"”'’)]"
_RUN = re.compile(
    rf"(?<![\w@#]){_ONE}(?:{_SPACE}(?:{_PARTICLE}{_SPACE}){{0,2}}{_ONE}|{_SPACE}{_QUOTED}(?={_SPACE}{_CAPITAL})"
    rf"|(?<=\b[DMS]r)\.(?={_SPACE}{_CAPITAL})){{0,15}}"
)
_TOKEN = re.compile(
    rf"{_SPACE}*(?:(?P<bracket>\([^()\n]{{1,80}}\))|(?P<quoted>{_QUOTED})(?={_SPACE}{_CAPITAL})"
    rf"|(?P<initials>{_CAPITAL}\.(?:{_CAPITAL}\.){{0,3}}(?:{_CAPITAL}(?!\w))?(?!\w))"
    rf"|(?P<word>{_LETTERS}{{1,{_LONGEST}}}(?:['’/-]{_LETTERS}{{1,{_LONGEST}}}){{0,4}}['’]?)|(?P<comma>,)|(?P<sign>[&/–-]))"
)
_POSSESSIVE = re.compile(r"['’]s?$")


class Run(NamedTuple):
    """Successive words with capitals. Offsets are code points into the text."""

    start: int
    end: int


class Token(NamedTuple):
    """A word or sign. `kind` is bracket | quoted | initials | word | comma | sign."""

    kind: str
    start: int
    end: int
    text: str


def runs(text: str) -> list[Run]:
    """The runs of capitals, in order."""
    return [Run(*found.span()) for found in _RUN.finditer(text)]


def token_at(text: str, place: int) -> Token | None:
    """The word or sign at `place`, spaces left out; None where there is none: a full stop, a line's end."""
    found = _TOKEN.match(text, place)
    if found is None:
        return None
    kind = found.lastgroup or ""
    start = found.start(kind)
    return Token(kind, start, found.end(), text[start : found.end()])


def without_possessive(word: str) -> str:
    return _POSSESSIVE.sub("", word)
