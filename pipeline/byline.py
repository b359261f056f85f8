"""Who made a text: names apart by what they did, from the lines newsrooms print above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from pipeline.wordlists import load

_LONGEST_NAME = 60  # characters
_LONGEST_ACRONYM = 5  # "PSSI" is an office; a name in capitals is longer
_LONGEST_LINE = 300  # of a byline with several names
_SPLIT = re.compile(r"\s*(?:[/|;&]|,(?!\s*(?:Jr|Sr)\b)|\bdan\b|\band\b|\bvà\b|\bat\b|\bdengan\b)\s*")
_PHOTO_LINE = re.compile(r"(?i)(?:photo|foto)\s+[^-–:]{3,60}\s[-–]\s\S+\.[a-z]{2,4}")
_CODES = re.compile(r"\(\s*([^\W\d_][\w. ]{0,40}(?:\s*[/*]\s*[^\W\d_][\w. ]{0,40}){0,3})\s*\)")


@dataclass(frozen=True, slots=True)
class Credits:
    """The persons of a byline, and what else its lines say."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    copyright: str | None = None  # "ANTARA 2023"
    source: str | None = None  # "En.Antara News", of a line that says where the text was taken from
    notice: str | None = None  # a printed condition on machines reading the page

    def __or__(self, other: Credits) -> Credits:
        """These credits, with `other` filling what is absent here."""
        return Credits(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class _Roles:
    author: tuple[str, ...]
    editor: tuple[str, ...]
    translator: tuple[str, ...]
    photographer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _House:
    names: tuple[str, ...]
    words: tuple[str, ...]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Titles:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Copyright:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Notice:
    machines: tuple[str, ...]
    forbids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    labels: _Roles
    phrases: _Roles
    house: _House
    titles: _Titles
    source: _Source
    copyright: _Copyright
    notice: _Notice


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    phrase: re.Pattern[str]
    source: re.Pattern[str]
    copyright: re.Pattern[str]
    machines: re.Pattern[str]
    forbids: re.Pattern[str]
    role: dict[str, str]  # label or phrase -> name of the field it fills


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    return load("bylines", _Words)


@cache
def _patterns() -> _Patterns:
    words = _words()
    names = ("author", "editor", "translator", "photographer")
    role = {
        word: f"{name}s" for part in (words.phrases, words.labels) for name in names for word in getattr(part, name)
    }
    labels = [word for name in names for word in getattr(words.labels, name)]
    phrases = [word for name in names for word in getattr(words.phrases, name)]
    return _Patterns(
        # "Pewarta: AEditor: B": a label may be glued to the name before it, then it begins with a capital
        label=re.compile(rf"(?:(?<![^\W\d_])(?i:{_any(labels)})|(?<=[a-z.])(?:{_any(map(str.title, labels))}))\s*:\s*"),
        phrase=re.compile(rf"(?:^|[|;,/(]\s*|(?<=\s))(?i:{_any(phrases)})\s+(?=[^\W\d_a-z])"),
        source=re.compile(rf"(?i)^(?:{_any(words.source.labels)})\s*:\s*(.{{2,120}})$"),
        copyright=re.compile(rf"(?i)(?:(?:{_any(words.copyright.words)})\s*)+[:\s]*([^|\n]{{0,80}}?(?:19|20)\d\d)?"),
        machines=re.compile(rf"(?i)(?<![^\W_])(?:{_any(words.notice.machines)})(?![^\W_])"),
        forbids=re.compile(rf"(?i)(?:{_any(words.notice.forbids)})"),
        role=role,
    )


def parse_lines(lines: Iterable[str], house: tuple[str, ...] = ()) -> Credits:
    """The credits in lines known to be a byline or its tail; lines that say nothing known add nothing."""
    found = Credits()
    for line in lines:
        found |= parse_line(line, house)
    return found


def parse_line(line: str, house: tuple[str, ...] = ()) -> Credits:
    """The credits in one printed line. `house`: names of the outlet that are no person's."""
    patterns = _patterns()
    if is_notice(line):
        return Credits(notice=line)
    source = patterns.source.match(line)
    if source:
        return Credits(source=source[1].strip(" ."))
    copyright_match = patterns.copyright.search(line)
    if copyright_match:
        named = re.sub(r"(?i)^\s*all rights reserved\.?", "", copyright_match[1] or "").strip(" .:-") or None
        return Credits(copyright=named) | parse_line(line[: copyright_match.start()], house)
    people: dict[str, list[str]] = {}
    for role, text in _parts(line[:_LONGEST_LINE]):
        people.setdefault(role, []).extend(names(text, house))
    authors, editors, translators, photographers = (
        tuple(dict.fromkeys(people.get(role, ()))) for role in ("authors", "editors", "translators", "photographers")
    )
    return Credits(authors, editors, translators, photographers)


def _parts(line: str) -> list[tuple[str, str]]:
    """(field, text of the names) for each label or phrase in a line."""
    patterns = _patterns()
    marks = list(patterns.label.finditer(line)) or list(patterns.phrase.finditer(line))
    ends = [*(mark.start() for mark in marks[1:]), len(line)] if marks else []
    return [
        (patterns.role[" ".join(re.sub(r"[^\w\s-]", "", mark[0]).lower().split())], line[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]


def names(text: str, house: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The persons' names in "A, B dan C"; house names, addresses and prose are none."""
    people: list[str] = []
    for piece in _SPLIT.split(text):
        name = re.sub(r"\s*\([^)]*\)$", "", piece.strip(" .-–—:*#\t")).strip()
        name = re.sub(r"\s+[-–|]\s+[^-–|]+$", "", name)  # the desk behind a name: "A. Person - detikHealth"
        if people and name.lower().rstrip(".") in _words().titles.names:
            people[-1] = f"{people[-1]}, {name}"
        elif is_person(name, house) and name not in people:
            people.append(name)
    return tuple(people)


def is_person(name: str, house: tuple[str, ...] = ()) -> bool:
    """Can this be a person's name? By form and by the lists of what no person is called."""
    low, lists = name.lower(), _words().house
    if not 2 <= len(name) <= _LONGEST_NAME or re.search(r"[\d@:/\"“”<>{}=?!]|\.\.|www\.", name):
        return False
    if low in lists.names or low in {member.lower() for member in house}:
        return False
    parts = low.split()
    if len(parts) > 7 or any(word in parts or (word[0] == "." and low.endswith(word)) for word in lists.words):
        return False
    if len(parts) == 1 and name.isupper() and len(name) <= _LONGEST_ACRONYM:
        return False
    return all(not word[0].islower() or word.lower() in lists.particles for word in name.split())


def is_notice(line: str) -> bool:
    """Does the line forbid machines to take the text?"""
    patterns = _patterns()
    return bool(patterns.machines.search(line) and patterns.forbids.search(line)) and len(line) < 2 * _LONGEST_LINE


def is_tail(line: str) -> bool:
    """Is the whole line a byline, copyright, source or notice, rather than prose that begins like one?"""
    if len(line) > _LONGEST_LINE and not is_notice(line):
        return False
    patterns = _patterns()
    if is_notice(line) or patterns.source.match(line) or (_CODES.fullmatch(line) and "/" in line):
        return True
    if patterns.copyright.match(line):
        return True
    return bool(_parts(line)) and _only_names(line)


def _only_names(line: str) -> bool:
    """Nothing but labels and short names: "Oleh karena itu, warga …" and "By Friday the city …" are prose."""
    patterns = _patterns()
    labelled = patterns.label.match(line)
    if not labelled and not patterns.phrase.match(line):
        return False
    texts = [text for _, text in _parts(patterns.copyright.sub("", line))]
    if labelled:
        return all(len(text.split()) <= 12 and not re.search(r"[^\W\d_]{4,}[.!?]\s|[\"“]", text) for text in texts)
    return all(names(text) and len(text.split()) <= 12 and not text.rstrip().endswith(".") for text in texts)


def photo_credit(caption: str, house: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The photographers of a caption: "photo NAME - Beritajakarta.id", "(ANTARA FOTO/NAME)", "(Foto: NAME)"."""
    for pattern in (
        r"(?i)\bphoto\s+(?P<name>[^-–()]{3,60}?)\s+[-–]\s+[\w.]+\s*$",
        r"(?:ANTARA(?:\s+FOTO)?|AFP|REUTERS|Reuters|AP(?:\s+Photo)?)\s*/\s*(?P<name>[^()/]{3,60}?)\s*(?:/\w{2,4}\s*)?\)?\.?\s*$",
        r"(?i)\(?\b(?:foto|photo|ảnh|picture|photograph)s?(?:\s+(?:by|oleh))?\s*:\s*(?P<name>[^()]{3,60}?)\s*\)?\.?\s*$",
        r"(?i)[—–-]\s*(?:picture|photo|foto)s?\s+by\s+(?P<name>[^()]{3,60}?)\.?\s*$",
    ):
        match = re.search(pattern, caption)
        if match:
            return names(match["name"].split("/")[-1], house)
    return ()


def is_photo_line(line: str) -> bool:
    """Is the whole line a photographer's credit: "photo NAME - Beritajakarta.id"?"""
    return bool(_PHOTO_LINE.fullmatch(line))


def codes(line: str) -> str | None:
    """The initials that close a text, "(fyk/ash)", as printed; they name nobody."""
    match = re.search(r"\(([a-z]{2,5}(?:\s*/\s*[a-z]{2,5}){0,3})\)\s*$", line, re.IGNORECASE)
    return match[0].strip() if match and ("/" in match[1] or match[1].islower()) else None
