"""Where a text names a place of the gazetteer: the longest name at each spot that may be printed so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.joined import Joined
from pipeline.lexicon import Hit, TermIndex, fold
from pipeline.locations.gazetteer import Name, Place, gazetteer, same_letters
from pipeline.locations.surroundings import Standing, is_joined, standing
from pipeline.locations.tokens import Line, Text, name_behind
from pipeline.locations.words import lists

FOREIGN = ""  # the country of what is in none of ours
_TITLE_READ = 200  # code points of a line by which it is told whether every word has a capital
_TITLE_SHARE = 0.7  # of its words; an English headline leaves "of" and "in" small
_TITLE_LEAST = 3  # words
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset({"de", "del", "of", "ng", "dan", "and", "la", "el", "the", "sa", "đảo"})
_DATELINE = re.compile(  # behind a place that begins a line: " (ANTARA) - ", ", KOMPAS.com – ", " – ", " -"
    r"(?:\s*[/,]\s*[^\s,/()]+(?:\s[^\s,/()]+){0,3}){0,2}\s*(?:\([^()\n]{1,60}\)\s*)?(?:(?:--|[-–—:])\s|(?<=\s)[-–—])"
)
_DATELINE_LEAD = re.compile(r"(?:[^\W\d_][\w.' ]{1,30}[/,]\s*)?")
_DATELINE_REACH = 40  # code points from the line's beginning
_GLUED = re.compile(r"(?:,\s*[^\s,/()]{2,30}?)?\s?[-–—]{1,2}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the joined text that names one or more places of the gazetteer."""

    start: int
    end: int
    names: tuple[Name, ...]
    places: tuple[Place, ...]  # that these names are of
    standing: Standing
    doubtful: bool  # a usual word or a person's name too
    single: bool  # it is one word
    unexplained: bool  # a word with a capital follows that nothing explains: "Alor Pongsu"
    titled: bool  # it stands in a title, and a word with a capital follows
    midway: bool  # its capital is not that of a sentence's or a title's word
    apposed: bool  # it stands behind a comma
    dateline: bool
    behind: int  # where the text goes on behind it, a comma or bracket between or none; -1 where it does not
    direct: bool  # it goes on without a comma


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: places, and countries by where their word begins (`FOREIGN` for one that is none of ours)."""

    mentions: tuple[Mention, ...]
    countries: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Terms:
    index: TermIndex
    phrases: range  # numbers of phrases that are no place's
    countries: dict[int, str]


@cache
def _terms() -> _Terms:
    """One index of all: names by their number, then phrases that hold a name and are none, then countries' words."""
    terms = [name.text for name in gazetteer().names]
    phrases = range(len(terms), len(terms) + len(lists().other.phrases))
    terms += lists().other.phrases
    countries: dict[int, str] = {}
    for country, words in [*lists().countries.items(), (FOREIGN, lists().foreign.names)]:
        countries |= dict.fromkeys(range(len(terms), len(terms) + len(words)), country)
        terms += words
    return _Terms(TermIndex((term, number) for number, term in enumerate(terms)), phrases, countries)


def find(joined: Joined) -> Found:
    """Everything in headline, description and body; the keywords name what others file a text under."""
    text, terms = joined.text, _terms()
    end = joined.starts[-1] if joined.fields[-1] == "keywords" else len(text)
    hits = [hit for hit in terms.index.find(fold(text)) if hit.end <= end]
    countries: dict[int, str] = {}
    named: list[tuple[Hit, tuple[int, ...]]] = []
    for hit in hits:
        for key in hit.keys:
            if key in terms.countries and text[hit.start] == text[hit.start].upper():
                countries[hit.start] = terms.countries[key]
        numbers = _names(text[hit.start : hit.end], [key for key in hit.keys if key < terms.phrases.start])
        if numbers or any(key in terms.phrases for key in hit.keys):
            named.append((hit, numbers))
    around, lines = Text.of(text), _Lines(joined)
    mentions = [
        _mention(around, lines.of(hit.start), hit, tuple(gazetteer().names[number] for number in numbers))
        for hit, numbers in _longest(named)
        if numbers
    ]
    return Found(tuple(mentions), countries)


def _longest(named: Iterable[tuple[Hit, tuple[int, ...]]]) -> Iterator[tuple[Hit, tuple[int, ...]]]:
    """The leftmost, of these the longest, and on behind it."""
    last = 0
    for hit, numbers in sorted(named, key=lambda one: (one[0].start, -one[0].end)):
        if hit.start >= last:
            yield hit, numbers
            last = hit.end


def _names(printed: str, numbers: list[int]) -> tuple[int, ...]:
    """Of the names that fold alike those that it may be: "Hue" is the one without marks where the place has one."""
    found = [number for number in numbers if _printed(printed, number)]
    if not printed.isascii() or len(found) < 2:
        return tuple(found)
    names = gazetteer().names
    plain = {names[number].place for number in found if names[number].text.isascii()}
    return tuple(number for number in found if names[number].text.isascii() or names[number].place not in plain)


def _printed(printed: str, number: int) -> bool:
    """Whether a name may be printed so: abbreviations exactly, others with capitals, marks all or none."""
    name = gazetteer().names[number]
    if name.exact:
        return printed == name.text
    if not same_letters(printed, name.text):
        return False
    return all(
        word[:1] != word[:1].lower() or word in _SMALL or not word[:1].isalpha() or _caseless(word)
        for word in printed.split()
    )


def _caseless(word: str) -> bool:
    return word[0].lower() == word[0].upper()


def _mention(around: Text, line: Line, hit: Hit, names: tuple[Name, ...]) -> Mention:
    printed = around.text[hit.start : hit.end]
    single = " " not in printed
    dateline = _is_dateline(around.text, line, hit)
    stands, unexplained = standing(around, hit.start, hit.end, line, single)
    if dateline:
        stands, unexplained = Standing.PLACE, False
    behind, direct, midway, titled, apposed = -1, False, True, False, False
    if not is_joined(printed[0]):
        first, last = around.tokens(hit.start, hit.end)
        token, direct = name_behind(around, last)
        behind = around.span(token)[0] if token >= 0 else -1
        titled = line.capitals and direct and around.capital(token)
        apposed = around.behind_comma(first)
        midway = not line.capitals and (apposed or _follows_a_small_word(around, first))
    places = tuple({gazetteer().places[name.place].id: gazetteer().places[name.place] for name in names}.values())
    doubtful = all(name.doubtful for name in names)
    return Mention(
        start=hit.start,
        end=hit.end,
        standing=stands,
        names=names,
        places=places,
        doubtful=doubtful,
        single=single,
        unexplained=unexplained,
        titled=titled,
        midway=midway,
        apposed=apposed,
        dateline=dateline,
        behind=behind,
        direct=direct,
    )


def _follows_a_small_word(around: Text, first: int) -> bool:
    """Whether the word before begins no name that this may end: "ke Medan", "PMI Medan", not "Nguyễn Văn Vinh"."""
    token = around.before(first)
    return token >= 0 and (not around.capital(token) or around.text[slice(*around.span(token))].isupper())


def _is_dateline(text: str, line: Line, hit: Hit) -> bool:
    """Whether it begins a line and a dash follows: "Jakarta (ANTARA) -", "Liputan6.com, Jakarta -", "JAKARTA–Titi"."""
    if line.headline or hit.start - line.start > _DATELINE_REACH:
        return False
    lead = _DATELINE_LEAD.match(text, line.start, hit.start)
    if not lead or lead.end() != hit.start:
        return False
    signed = text[hit.start : hit.end].isupper() or "." in lead.group()
    if signed and _GLUED.match(text, hit.end):
        return True
    return bool(_DATELINE.match(text, hit.end, min(hit.end + _TITLE_READ, line.end)))


class _Lines:
    """The lines of a text, each looked at once."""

    def __init__(self, joined: Joined) -> None:
        self._joined = joined
        self._known: dict[int, Line] = {}

    def of(self, offset: int) -> Line:
        place = bisect_right(self._joined.starts, offset) - 1
        if place not in self._known:
            self._known[place] = self._read(place)
        return self._known[place]

    def _read(self, place: int) -> Line:
        starts = self._joined.starts
        start = starts[place]
        end = starts[place + 1] - 1 if place + 1 < len(starts) else len(self._joined.text)
        words = _WORD.findall(self._joined.text, start, min(end, start + _TITLE_READ))
        headline = self._joined.fields[place] == "headline"
        capitals = sum(word[0].isupper() for word in words)
        share = _TITLE_SHARE if headline else 1
        return Line(start, end, len(words) >= _TITLE_LEAST and capitals >= share * len(words), headline)
