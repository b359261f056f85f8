"""Name and role of a speaker where they stand printed together. Pure.

"Kepala Dinas Perhubungan Kota Semarang Wahyu Pranata", "Bagas Permadi, Ketua DPRD Kota Bogor", "police chief Ramon
Salcedo", "seorang pejabat": no list of names is needed. Words that offices, bodies and places are made of are known;
what is left in capitals is a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.places import length_of_place
from pipeline.quotes.cues import Cues, cues

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’&/-]|\.(?=\w))*\.?|\d[\d./]*|[(),]|\S")
_DERIVED = re.compile(r"(?:pe|per|ke)[a-z]{3,}an|[a-z]{3,}(?:isasi|logi|isme)")  # Perhubungan, Kesehatan: no names
_LONGEST = 300  # characters of a speaker's name and role
_MOST_WORDS = 6  # of a role in small letters
_MOST_PARTS = 5  # between commas
_LONGEST_ACRONYM = 8
_LONGEST_BRACKET = 90
_LONGEST_NUMBER = 4  # "Ketua RW 05", "officials of the Network 2026"
_MOST_NAME = 6  # words of a name
_ALSO = frozenset({"dan", "and", "serta"})
_BODIES_ALONE = frozenset({"pemerintah", "polisi", "kepolisian", "police", "dinas", "sekretariat", "kementerian", "kerajaan"})  # they speak under no further name
_SHORT_ROLES = frozenset({"pj", "plt", "plh", "pjs", "gov", "sen", "rep", "gen", "col", "st"})  # with a full stop
_HIGH = frozenset({"jaksa", "kejaksaan", "mahkamah", "hakim", "pengadilan"})  # "Jaksa Agung"; Agung is a name elsewhere


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # without a full stop behind it
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have spoken, as printed there; offsets are code points. One of `name` and `role` is never None."""

    name: str | None
    role: str | None
    start: int
    end: int
    indefinite: bool = False  # "seorang pejabat": nobody of the text
    body: bool = False  # `name` is that of an organisation


def speaker_at(text: str, start: int, limit: int) -> Speaker | None:
    """The speaker whose name or role begins at `start`, spaces left out; None where neither does."""
    parts = _parts(text, start, min(limit, start + _LONGEST))
    return _assembled(text, parts) if parts else None


def _parts(text: str, start: int, limit: int) -> list[list[Word]]:
    """The words of name and role, cut at commas."""
    known = cues()
    parts: list[list[Word]] = [[]]
    small, skip = 0, start
    for found in _TOKEN.finditer(text, start, limit):
        if found.start() < skip:
            continue
        token = found.group()
        if token == "(":
            skip = _behind_bracket(text, found.start(), limit)
            if skip < 0 or not parts[-1]:
                break
            continue
        if token == ",":
            if not parts[-1] or len(parts) == _MOST_PARTS:
                break
            parts.append([])
            small = 0
            continue
        if token in known.demonstratives and parts[-1] and text[found.end() : found.end() + 1] == ",":
            continue
        small += token[0].islower()
        if small > _MOST_WORDS or not _belongs(text, found, parts, limit, known):
            break
        parts[-1].append(Word(token.rstrip("."), found.start(), found.end() - token.endswith(".")))
        if token.endswith(".") and not _abbreviates(token, text[found.end() : found.end() + 2], known):
            break
    return [kept for part in parts if (kept := _without_links(part, known))]


def _behind_bracket(text: str, at: int, limit: int) -> int:
    closing = text.find(")", at, min(limit, at + _LONGEST_BRACKET))
    return closing + 1 if closing > 0 else -1


def _belongs(text: str, found: re.Match[str], parts: list[list[Word]], limit: int, known: Cues) -> bool:
    """Whether this word is part of the name or role that is being read."""
    token = found.group().rstrip(".")
    part, plain = parts[-1], found.group().rstrip(".").casefold()
    if not token or (plain in known.days and not _is_may(text, plain, found.end(), known)):
        return False
    if token[0].isdigit():
        return bool(part) and not part[-1].text[0].isdigit() and len(token) <= _LONGEST_NUMBER
    if not token[0].isalpha():
        return False
    if not token[0].islower():
        return True
    if plain in known.roles or plain in known.small_roles or plain in known.articles or (plain in known.titles and plain not in known.ends):
        return not part or _leads_on(part[-1], known) or plain in known.titles
    if plain in _ALSO and len(parts) > 1 and not part:
        return _goes_on(text, found.end(), limit, known)  # "Bidang Politik, Hukum, dan Keamanan"
    if plain in known.links and part:
        if _may_name(part[-1], known) and plain not in known.particles:
            return plain in _ALSO and _has_role(part, known) and _body_follows(text, found.end(), limit, known)
        small = part[-1].text[0].islower() and part[-1].plain in known.english_roles
        return small or _goes_on(text, found.end(), limit, known)
    if plain in known.ends or plain in known.verbs or plain in known.adverbs or plain in known.pronouns:
        return False
    if not part:
        return _role_ahead(text, found.end(), limit, known)
    if all(word.plain in known.articles for word in part):
        return _role_ahead(text, found.start(), limit, known)
    return part[-1].text[0].islower() or part[-1].plain in known.roles


def _leads_on(word: Word, known: Cues) -> bool:
    """Whether a small role may follow this word: "juru bicara", "Jakarta's envoy", "The mayor"."""
    return (
        word.text[0].islower()
        or word.plain in known.roles
        or word.plain in known.articles
        or word.text.endswith(("'s", "’s"))
    )


def _is_may(text: str, plain: str, at: int, known: Cues) -> bool:
    """Whether the name of a month is a person's: "Mei Ling Tan"."""
    return plain in known.months_and_names and text[at : at + 1] == " " and text[at + 1 : at + 2].isupper()


def _goes_on(text: str, at: int, limit: int, known: Cues) -> bool:
    """Whether a capital or a role follows a linking word."""
    for following in _TOKEN.finditer(text, at, limit):
        token = following.group()
        if token not in known.links and token not in known.articles:
            return token[0].isupper() or token in known.bodies
    return False


def _body_follows(text: str, at: int, limit: int, known: Cues) -> bool:
    """ "Penanaman Modal dan Pelayanan", but not "Arthit Boonmee of Chulalongkorn University"."""
    following = _TOKEN.search(text, at, limit)
    if following is None or not following.group()[0].isupper():
        return False
    return not _may_name(Word(following.group(), following.start(), following.end()), known)


def _role_ahead(text: str, at: int, limit: int, known: Cues) -> bool:
    """Whether one of the next three small words is a role: "transport analyst", "city hall spokesperson"."""
    for number, found in enumerate(_TOKEN.finditer(text, at, limit)):
        token = found.group().rstrip(".")
        if number == 3 or not token or not token[0].islower() or token in known.ends or token in known.verbs:
            return False
        if token in known.english_roles:
            return True
    return False


def _abbreviates(token: str, following: str, known: Cues) -> bool:
    """Whether the full stop belongs to the word: "Dr. Maya", "A. Rahman", "M.Si."."""
    if not following.strip() or following.strip()[0].islower():
        return following.startswith(",") or (bool(following.strip()) and token[:-1].casefold() in known.titles)
    plain = token[:-1].casefold()
    return len(plain) == 1 or "." in plain or plain in known.titles or plain in _SHORT_ROLES


def _without_links(part: list[Word], known: Cues) -> list[Word]:
    while part and (part[-1].plain in known.links or part[-1].plain in known.articles) and part[-1].text[0].islower():
        part = part[:-1]
    return part


def _assembled(text: str, parts: list[list[Word]]) -> Speaker | None:
    """The first part that names somebody, with the role before it or behind it."""
    known = cues()
    first_role: Word | None = None
    last_role: Word | None = None
    for place, part in enumerate(parts):
        role, name = split(text, part, known)
        if place and not role and not first_role:
            break  # "Wahyu Pranata, Jakarta"
        if not place and name and _is_of_place(text, role, name, parts, known):
            role, name = [*role, *name], []
        also = first_role is not None and bool(role) and role[0].plain in _ALSO
        if name and (not place or not role or also or _has_role(role, known)):
            return _named(text, parts, place, (first_role or (role[0] if role else None)), (role or [last_role])[-1], name)
        if not role:
            break
        if not place and not _has_role(role, known):
            return _body(text, role)
        if place and _has_role(role, known) and first_role is None:
            break
        first_role, last_role = first_role or role[0], role[-1]
    if first_role is None or last_role is None or not _heads_role(parts[0], known):
        return None
    if len(parts) > 1 and last_role not in parts[0]:
        last_role = parts[0][-1]  # "Kapolres Kudus, Jawa Tengah" without a name
    role_text = text[first_role.start : last_role.end]
    return Speaker(None, role_text, first_role.start, last_role.end, indefinite=_is_indefinite(parts[0], known))


def _is_of_place(text: str, role: list[Word], name: list[Word], parts: list[list[Word]], known: Cues) -> bool:
    """ "Kepala Bandara Abdulrachman Saleh, Suharno, …": the first name is the airport's."""
    if len(parts) == 1 or not role or not _has_role(role, known):
        return False
    following, behind = split(text, parts[1], known)
    if following or not behind:
        return False
    return role[-1].plain in known.seats or (len(name) == 1 and len(behind) > 1)


def _heads_role(part: list[Word], known: Cues) -> bool:
    """Whether a role that stands without a name begins as one: "Peraturan Menteri Kesehatan" is none."""
    words = [word for word in part if word.plain not in known.articles]
    if not words:
        return False
    if [word.plain for word in words[:2]] == ["datuk", "bandar"]:
        return True
    if words[0].plain in known.roles or (words[0].plain in known.small_roles and words[0].text[0].islower()):
        return True
    return any(word.plain in known.english_roles for word in words)


def _is_indefinite(part: list[Word], known: Cues) -> bool:
    return (part[0].plain in known.articles and part[0].plain != "the") or part[0].text[0].islower() and (
        part[0].plain not in known.articles
    )


def _body(text: str, words: list[Word]) -> Speaker | None:
    known = cues()
    if words[0].plain == "the":
        words = words[1:]
    if not words or words[0].text[0].islower() or words[0].plain in known.openers:
        return None
    if len(words) == 1 and not words[0].text.isupper() and words[0].plain not in _BODIES_ALONE:
        return None
    return Speaker(text[words[0].start : words[-1].end], None, words[0].start, words[-1].end, body=True)


def _named(
    text: str, parts: list[list[Word]], place: int, first: Word | None, last: Word | None, name: list[Word]
) -> Speaker:
    """With the role that stands before the name, else the one in the part behind it."""
    known = cues()
    start, end = name[0].start, name[-1].end
    role = text[first.start : last.end] if first is not None and last is not None else None
    if role is None and place + 1 < len(parts):
        behind = parts[place + 1]
        own, named = split(text, behind, known)
        if own and _has_role(own, known):
            role = text[behind[0].start : (named or own)[-1].end]
    return Speaker(text[start:end], role, start, end)


def _has_role(words: list[Word], known: Cues) -> bool:
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
    elif name and length_of_place(text[name[0].start : name[-1].end]) == name[-1].end - name[0].start:
        return name, []
    while name and name[0].text[0].islower():
        role, name = [*role, name[0]], name[1:]
    return role, name[-_MOST_NAME:]


def _name_begins(words: list[Word], known: Cues) -> int:
    """How many of the words stand before the name at their end."""
    at = len(words)
    if at > 1 and _is_degree(words[-1]) and _may_name(words[-2], known):
        at -= 1
    while at and (_may_name(words[at - 1], known) or _is_anak(words, at - 1, known)):
        at -= 1
    if 0 < at < len(words) and words[at].plain == "agung" and words[at - 1].plain in _HIGH:
        at += 1
    return at


def _is_anak(words: list[Word], at: int, known: Cues) -> bool:
    """ "Hilda Anak Nyipa", as Sarawak names its people; "Perlindungan Anak" is no name."""
    return words[at].plain == "anak" and 0 < at < len(words) - 1 and _may_name(words[at - 1], known)


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
    length = length_of_place(text[name[0].start : name[-1].end])
    if length:
        return sum(1 for word in name if word.end - name[0].start <= length)
    if role[-1].plain in known.firms and len(name) > 3:
        return len(name) - 2
    if role[-1].plain not in known.seats:
        return 0
    if len(name) == 1:
        return int(role[-1].plain in known.small_seats)
    return int(len(name) >= 3)


def _may_name(word: Word, known: Cues) -> bool:
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


def split_words(text: str, start: int, end: int) -> Speaker | None:
    """The person named by a run of words in capitals, which may begin with a sentence's first word."""
    known = cues()
    words = [
        Word(found.group().rstrip("."), found.start(), found.end() - found.group().endswith("."))
        for found in _TOKEN.finditer(text, start, end)
        if found.group()[0].isalnum()
    ]
    while words and words[0].plain in known.openers:
        words = words[1:]
    if not words:
        return None
    role, name = split(text, words, known)
    if not name or name[0].text[0].isdigit():
        return None
    if role and not _has_role(role, known):
        return None
    heading = text[role[0].start : role[-1].end] if role else None
    return Speaker(text[name[0].start : name[-1].end], heading, name[0].start, name[-1].end)
