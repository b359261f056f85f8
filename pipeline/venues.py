"""Where the event of a text takes place: the cities behind "di", "in", "tại", "ที่" in its headline and its beginning.

A dateline is not read: it says where the reporter sits. Nor is the place where somebody only spoke about the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from pipeline.wordlists import load
from pipeline.words import rough_sentences

_BEGINNING = 3  # sentences whose places may be the event's
_HELD_BEGINNING = 6  # sentences in which "held in" says where, unless they tell of another time
_MOST_WORDS = 9  # behind the preposition: "di Hotel Borobudur, Lapangan Banteng, Jakarta Pusat"
_SMALL_LETTERS = "".join(chr(code) for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)) if chr(code).islower())
_CAPITAL = rf"[^\W\d_a-z{_SMALL_LETTERS}]"  # or a letter of a script without capitals
_WORD = rf"{_CAPITAL}[\w.'’-]*"
_SMALL = r"(?:of|the|kota|kabupaten|provinsi|city|[Tt]hành phố|[Tt]ỉnh|[Ll]ungsod ng|[Ll]alawigan ng)"
_RUN = rf"(?P<run>(?:{_SMALL}\s+)*{_WORD}(?:,?\s+(?:{_SMALL}\s+)*{_WORD}){{0,{_MOST_WORDS - 1}}})"
_AT = re.compile(rf"(?:\b(?:[Dd]i|[Ii]n|[Aa]t|[Tt]ại|[Ởở]|[Ss]a)\s+){_RUN}")
_HELD = re.compile(
    r"\b(?i:digelar|dihelat|diadakan|diselenggarakan|dilaksanakan|dilangsungkan|berlangsung|bertempat|dibuka|ditutup"
    r"|bertemu|berkumpul|held|hosted|took place|takes place|taking place|opened|kicked off|convened|gathered"
    r"|tổ chức|diễn ra|khai mạc|ginanap|gaganapin|ginaganap|idinaos|idaraos)\b[^.!?]{0,60}?"
    r"\b(?:di|in|at|by|tại|ở|sa)\s+"
    rf"{_RUN}"
)
_STRUCK = re.compile(  # what befalls a place: "gempa guncang Aceh", "quake jolts Davao"
    r"\b(?i:guncang|mengguncang|gegar|gegarkan|landa|melanda|terjang|menerjang|rendam|merendam|genangi|menggenangi|hits?|struck"
    r"|strikes?|shakes?|shook|jolts?|jolted|rocks?|rocked|batters?|floods?|rung chuyển|tấn công|niyanig|yumanig sa)\s+"
    rf"{_RUN}"
)
_ANOTHER_TIME = re.compile(
    r"\b(?:tahun lalu|tahun depan|sebelumnya|sebelum ini|mendatang|tahun hadapan|last year|next year|previous(?:ly)?"
    r"|earlier this year|năm ngoái|năm sau|noong nakaraang|sa susunod na)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(  # "kata Rano di Jakarta, Rabu"; "he said in Kuala Lumpur on Friday"
    r"\b(?:kata|ujar|tutur|ucap|jelas|terang|imbuh|papar|mengatakan|menyampaikan|menuturkan|said|says|told|nói|sabi)\b",
    re.IGNORECASE,
)


class Venue(NamedTuple):
    """A province or a city of its own, and the city in it, by the first of their names."""

    province: str
    city: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text sets its event, as far as known places say."""

    places: frozenset[Venue]
    stated: bool  # by the headline, or as where something is held; else the beginning only names them


@dataclass(frozen=True, slots=True)
class _Place:
    names: tuple[str, ...]
    cities: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Places:
    place: tuple[_Place, ...]


def venues(headline: str | None, text: str) -> Setting:
    """The known places at which a text sets its event; none where it names none.

    What the headline says, or that something is held there, outweighs a place that the beginning only names.
    """
    sentences = rough_sentences(text)[:_HELD_BEGINNING]
    held = (sentence for sentence in sentences if not _ANOTHER_TIME.search(sentence))
    struck = _in_runs(_STRUCK, [headline or "", *sentences[:1]])
    stated = [*_at(headline or ""), *struck, *_in_runs(_HELD, held)]
    if stated:
        return Setting(_closest(stated), stated=True)
    named = [place for one in sentences[:_BEGINNING] if not _SPOKEN.search(one) for place in _at(one)]
    return Setting(_closest(named or [place for one in sentences[:1] for place in _at(one)]), stated=False)


def elsewhere(a: Iterable[Venue], b: Iterable[Venue]) -> bool:
    """Do both name places, and none of them the same or one within the other?"""
    pairs = list(product(a, b))
    return bool(pairs) and all(_apart(one, other) for one, other in pairs)


def _closest(found: Sequence[Venue]) -> frozenset[Venue]:
    """Without provinces of which a city is named too: "Demak, Jawa Tengah"."""
    cities = {place.province for place in found if place.city is not None}
    return frozenset(place for place in found if place.city is not None or place.province not in cities)


def _apart(one: Venue, other: Venue) -> bool:
    if one.province != other.province:
        return True
    return one.city is not None and other.city is not None and one.city != other.city


def _at(text: str) -> list[Venue]:
    return [*_in_runs(_AT, [text]), *(_known()[match.group()] for match in _unspaced().finditer(text))]


def _in_runs(pattern: re.Pattern[str], texts: Iterable[str]) -> list[Venue]:
    found = []
    for text in texts:
        for match in pattern.finditer(text):
            found += _named(match["run"].replace(",", "").split())
    return found


def _named(words: Sequence[str]) -> list[Venue]:
    """The known places among the words, the longest name first."""
    found, place = [], 0
    while place < len(words):
        for length in (4, 3, 2, 1):
            venue = _known().get(" ".join(words[place : place + length]).rstrip(".’'"))
            if venue is not None and place + length <= len(words):
                found.append(venue)
                place += length
                break
        else:
            place += 1
    return found


@cache
def _known() -> dict[str, Venue]:
    known: dict[str, Venue] = {}
    for place in load("venues", _Places).place:
        province = place.names[0]
        known |= {name.replace(",", ""): Venue(province, None) for name in place.names}
        known |= {name: Venue(province, city[0]) for city in place.cities for name in city}
    return known


@cache
def _unspaced() -> re.Pattern[str]:
    """Names in Thai, Khmer, Lao, Burmese, Tamil and Chinese: they stand without spaces, prepositions joined to them."""
    names = sorted((name for name in _known() if name[0] > "\u0b00"), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))
