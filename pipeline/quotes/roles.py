"""Where the role ends and the name begins in words that stand together. Pure.

"Kepala Dinas Perhubungan Kota Semarang Wahyu Pranata": what offices, bodies and places are made of is known, what is
left at the end in capitals is the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.places import length_of_place
from pipeline.quotes.cues import Cues

_DERIVED = re.compile(r"(?:pe|per|ke)[a-z]{3,}an|[a-z]{3,}(?:isasi|logi|isme)")  # Perhubungan, Kesehatan: no names
_LONGEST_ACRONYM = 8
_MOST_NAME = 6  # words of a name
_HIGH = frozenset({"jaksa", "kejaksaan", "mahkamah", "hakim", "pengadilan"})  # "Jaksa Agung"; Agung is a name elsewhere


@lru_cache(maxsize=1 << 12)
def _place(words: str) -> int:
    """Code points of the place that the words begin with; a text has the same few names over and over."""
    return length_of_place(words)


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # without a full stop behind it
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.casefold()


def has_role(words: list[Word], known: Cues) -> bool:
    if [word.plain for word in words[:2]] == ["datuk", "bandar"]:
        return True
    return any(
        word.plain in known.roles or (word.plain in known.small_roles and word.text[0].islower()) for word in words
    )


def split(text: str, words: list[Word], known: Cues) -> tuple[list[Word], list[Word]]:
    """(role, name) of words that stand together; either may be empty."""
    at = _name_begins(words, known)
    role, name = words[:at], words[at:]
    titled = [place for place, word in enumerate(name) if _is_title(name, place, known)]
    if titled:  # "Pengarah … Dr. Noraini": the name begins behind the last title
        cut = titled[-1] + 1
        before = [word for word in name[: titled[0]] if word.plain not in known.titles]
        return ([*role, *before], name[cut:]) if cut < len(name) else ([], name)
    if role:
        seated = _seat(text, role, name, known)
        role, name = [*role, *name[:seated]], name[seated:]
    elif name and _place(text[name[0].start : name[-1].end]) == name[-1].end - name[0].start:
        return name, []
    while name and name[0].text[0].islower():
        role, name = [*role, name[0]], name[1:]
    return role, name[-_MOST_NAME:]


def _name_begins(words: list[Word], known: Cues) -> int:
    """How many of the words stand before the name at their end."""
    at = len(words)
    if at > 1 and _is_degree(words[-1]) and may_name(words[-2], known):
        at -= 1
    while at and (may_name(words[at - 1], known) or _is_anak(words, at - 1, known)):
        at -= 1
    if 0 < at < len(words) and words[at].plain == "agung" and words[at - 1].plain in _HIGH:
        at += 1
    return at


def _is_anak(words: list[Word], at: int, known: Cues) -> bool:
    """ "Hilda Anak Nyipa", as Sarawak names its people; "Perlindungan Anak" is no name."""
    return words[at].plain == "anak" and 0 < at < len(words) - 1 and may_name(words[at - 1], known)


def _is_degree(word: Word) -> bool:
    """ "Mahfud MD": letters behind a name."""
    return word.text.isupper() and 1 < len(word.text) <= 3


def _is_title(name: list[Word], place: int, known: Cues) -> bool:
    """Whether this word is one of respect: Tan and Sri only together, Seri behind Datuk."""
    plain = name[place].plain
    if plain == "tan":
        return place + 1 < len(name) and name[place + 1].plain == "sri"
    if plain in {"sri", "seri"}:
        return place > 0 and (name[place - 1].plain == "tan" or name[place - 1].plain in known.titles)
    return plain in known.titles


def _seat(text: str, role: list[Word], name: list[Word], known: Cues) -> int:
    """How many words at the head of the name are the place that the role is of."""
    if not name:
        return 0
    length = _place(text[name[0].start : name[-1].end])
    if length:
        return sum(1 for word in name if word.end - name[0].start <= length)
    if role[-1].plain == "of":
        return len(name) if len(name) < 3 else 1  # "the mayor of Vigan"
    if role[-1].plain in known.firms and len(name) > 3:
        return len(name) - 2
    if len(name) == 1:
        return int(role[-1].plain in known.small_seats)
    return int(len(name) >= 3 and role[-1].plain in known.seats)


def may_name(word: Word, known: Cues) -> bool:
    """Whether a name may have this word."""
    if word.text[0].islower():
        return word.plain in known.particles or (word.plain in known.titles and word.plain not in known.roles)
    if word.plain in known.titles and word.plain not in known.roles:
        return True
    if not word.text[0].isalpha() or word.text[-1].isdigit() or word.plain in known.unnamed:
        return False
    if word.text.isupper() and 1 < len(word.text) <= _LONGEST_ACRONYM:
        return False
    return not _DERIVED.fullmatch(word.plain)
