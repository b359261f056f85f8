"""Persons' names in the text of a byline: what is one, what is a house, an office, a role or prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.agencies import is_only_agencies
from pipeline.bywords import by_words
from pipeline.places import is_place

_LONGEST_TEXT = 400  # characters of a line of names
_LONGEST_NAME = 60  # characters
_LONGEST_ACRONYM = 5  # "PSSI" is an office; a name in capitals is longer
_SHORTEST_CAPITAL = 4  # letters of a name in capitals among others
_LONGEST_CHINESE = 6  # characters of a name without spaces
_MOST_WORDS = 7
_MOST_SMALL_WORDS = 2  # of a name that is printed without capitals
_MOST_CASELESS_WORDS = 4  # a line in Thai or Lao with more is prose

_SPLIT = re.compile(
    r"\s*(?:[;&|•·、]|/(?![lpoLPO]\b)|,(?!\s*(?:Jr|Sr)\b))\s*"
    r"|\s+(?:dan|DAN|and|AND|và|VÀ|at|dengan|with|serta|e|ho|และ|ແລະ|និង|மற்றும்)\s+|\s*နှင့်\s*"
)
_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0\u0110\u0111\u0102\u0103]")
_PAIR = re.compile(
    r"\s+[-–]\s+"
)  # "Nguyễn An - Trần Bình" are two persons in Vietnamese, a person and a desk elsewhere
_ADDRESS = re.compile(r"[(<]?[\w.+-]{1,40}@[\w.-]{1,60}[)>]?|(?<!\w)@\w{2,30}")
_DESK = re.compile(r"\s+[-–—|]\s*[^-–|]+$")  # behind a name: "A. Person - detikHealth", "A. Person -detikHealth"
_BRACKETS = re.compile(r"\s*\([^)]*\)?$")
_PLACE = re.compile(r"\s+(?:in|from|tại|ở)\s+[^\W\d_a-z].*$")
_PLACE_OR_NAME = re.compile(
    r"\s+(?:di|dari|sa)\s+(\S.*)$"
)  # "Ratna di Bogor" is at a place, "Angela di Roma" may be a name
_DATE = re.compile(
    r"(?i),?\s+(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|isnin|khamis|jumaat|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day)\b|(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|sep|oct|okt|nov|dec|des)[a-z]*\.?\s+\d|\d{1,2}[\s/.:-]).*$"
)
_STAMP = re.compile(r"\s(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})")  # what follows it names no more persons
_MONTH_DAY = re.compile(
    r"(?i)\s*(?:updated:\s*)?(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|sep|oct|okt|nov|dec|des)[a-z]*\.?\s+\d"
)
_BY = re.compile(r"(?i)^(?:by|oleh)\s+")
_NEVER = re.compile(r"[\d@:\"“”<>{}=?!\[\]_#]|\.\.|www\.|/(?![lpoLPO]\b)")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@cache
def _titles() -> frozenset[str]:
    return frozenset(by_words().titles.names)


def names(text: str, house: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The persons' names in "A, B dan C", as printed, in order, each once; house names, addresses, prose are none."""
    return _distinct(_read(text, house, small=False))


def signed_names(text: str, house: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The same in a text known to be a signature, where a name printed without capitals counts: "ratna dewi"."""
    return _distinct(_read(text, house, small=True))


def agencies(text: str) -> tuple[str, ...]:
    """The wire agencies that a byline names beside or in place of persons: "Ratna Dewi, Associated Press"."""
    pieces = (_without_brackets(_without_desk(piece.strip(" ."))) for piece in _SPLIT.split(text[:_LONGEST_TEXT]))
    return tuple(dict.fromkeys(piece for piece in pieces if is_only_agencies(piece)))


def _read(text: str, house: tuple[str, ...], *, small: bool) -> list[str]:
    """`small`: may a name be printed without capitals?"""
    people: list[str] = []
    text = _STAMP.split(text[:_LONGEST_TEXT], maxsplit=1)[0]
    pieces = [piece for piece in _SPLIT.split(_pairs_apart(text)) if piece and not _MONTH_DAY.match(piece)]
    for piece in pieces:
        name = _bare(piece)
        if people and name.lower().replace(".", "").replace(" ", "") in _titles():
            people[-1] = f"{people[-1]}, {name}"
        elif len(pieces) > 1 and is_place(name):
            continue
        elif is_person(name, house) or ((small or _DESK.search(piece)) and _is_small_name(name, house)):
            people.append(name)
        elif people and text.isupper() and len(name) >= _SHORTEST_CAPITAL and _is_acronym(name):
            people.extend([name] if _may_be_name(name, house) else [])  # "RATNA DEWI DAN HADI"
    return people


def _distinct(people: Iterable[str]) -> tuple[str, ...]:
    """Each once, whatever its capitals; as first printed."""
    found: dict[str, str] = {}
    for name in people:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _pairs_apart(text: str) -> str:
    """A dash between two Vietnamese names as a comma."""
    return _PAIR.sub(", ", text) if _VIETNAMESE.search(text) else text


def _bare(piece: str) -> str:
    """The name without address, desk, role in brackets, place, date and agency around it."""
    name = _without_brackets(_without_desk(_ADDRESS.sub(" ", _BY.sub("", piece)).strip(" .-–—:*#\t,")))
    name = _PLACE.sub("", _DATE.sub("", name))
    place = _PLACE_OR_NAME.search(name)
    if place and is_place(place[1].strip(" .)")):
        name = name[: place.start()]
    return _once(_without_agency(name).strip(" .-–—:*#\t,'"))


def _once(name: str) -> str:
    """ "Ratna Dewi Ratna Dewi", of a link and its hidden twin, once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _without_brackets(name: str) -> str:
    """ "(Ratna Dewi)" and "Ratna Dewi (Kontributor)" without them, and without one whose other half was cut off."""
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    if name.count("(") != name.count(")"):
        name = name.strip("()[] ")
    return _BRACKETS.sub("", name)


def _without_desk(name: str) -> str:
    return _DESK.sub("", name).strip()


def _without_agency(name: str) -> str:
    """ "RATNA DEWI Associated Press" without the agency."""
    words = name.split()
    for count in (3, 2, 1):
        if len(words) > count + 1 and is_only_agencies(" ".join(words[-count:])):
            return " ".join(words[:-count])
    return name


def is_person(name: str, house: tuple[str, ...] = ()) -> bool:
    """Can this be a person's name? By form and by the lists of what no person is called."""
    if not _may_be_name(name, house):
        return False
    if _is_acronym(name):
        return False
    particles = by_words().house.particles
    return all(not word[0].islower() or word.lower() in particles for word in name.split()) and not name[0].islower()


def _is_acronym(name: str) -> bool:
    return len(name.split()) == 1 and name.isupper() and len(name) <= _LONGEST_ACRONYM


def _is_small_name(name: str, house: tuple[str, ...]) -> bool:
    """A name printed with too few capitals: "ratna dewi", "Ratna dewi"; one to three words of letters."""
    words = name.split()
    most = _MOST_SMALL_WORDS if name.islower() else _MOST_SMALL_WORDS + 1
    letters = all(map(str.isalpha, words)) and any(map(str.islower, name))
    return 1 <= len(words) <= most and letters and _may_be_name(name, house)


def _may_be_name(name: str, house: tuple[str, ...]) -> bool:
    """Neither too long nor of signs no name has, nor listed as something else."""
    if not 2 <= len(name) <= _LONGEST_NAME or _NEVER.search(name) or not any(letter.isalpha() for letter in name):
        return False
    return not _is_long(name) and not _is_listed(name, house)


def _is_long(name: str) -> bool:
    """More words, or more characters of Chinese, than names have: it is prose."""
    count = len(name.split())
    if count > _MOST_WORDS or (count > _MOST_CASELESS_WORDS and not _has_case(name)):
        return True
    return bool(_CHINESE.fullmatch(name)) and len(name) > _LONGEST_CHINESE


def _is_listed(name: str, house: tuple[str, ...]) -> bool:
    """A house, an agency, a role, a team, a site: nothing a person is called."""
    low, lists = name.lower(), by_words().house
    if low in lists.names or low in {member.lower() for member in house} or is_only_agencies(name):
        return True
    roles = {word.strip(".,'’") for word in re.split(r"[\s-]+", low)}
    if not roles.isdisjoint(lists.roles) or _is_team(low.split()):
        return True
    words = low.split()
    if words[0] == "the":
        return True
    return any(word in words or (word[0] == "." and low.endswith(word)) for word in lists.words)


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


def _is_team(words: list[str]) -> bool:
    """ "Tim Liputan", "Tim detikcom"; "Tim Wijaya" is a person."""
    teams = by_words().house.teams
    if words[0] != "tim":
        return False
    return len(words) != 2 or words[1].startswith(("detik", "kompas", "tribun", "liputan")) or words[1] in teams
