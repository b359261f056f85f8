"""Name and role of a speaker where they stand printed together. Pure.

"Kepala Dinas Perhubungan Kota Semarang Wahyu Pranata", "Bagas Permadi, Ketua DPRD Kota Bogor", "police chief Ramon
Salcedo", "seorang pejabat": no list of names is needed. Words that offices, bodies and places are made of are known;
what is left in capitals is a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.quotes.cues import Cues, cues
from pipeline.quotes.roles import Word, has_role, may_name, split

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’&/-]|\.(?=\w))*\.?|\d[\d./]*|[(),]|\S")
_LONGEST = 300  # characters of a speaker's name and role
_MOST_WORDS = 6  # of a role in small letters
_MOST_PARTS = 5  # between commas
_LONGEST_BRACKET = 90
_LONGEST_NUMBER = 4  # "Ketua RW 05", "officials of the Network 2026"
_BRACKET, _COMMAS = frozenset("("), frozenset(",")
_ALSO = frozenset({"dan", "and", "serta"})
_BODIES_ALONE = frozenset(
    {"pemerintah", "polisi", "kepolisian", "police", "dinas", "sekretariat", "kementerian", "kerajaan"}
)  # they speak under no further name
_SHORT_ROLES = frozenset({"pj", "plt", "plh", "pjs", "gov", "sen", "rep", "gen", "col", "st"})  # with a full stop


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
        if token in _BRACKET:
            skip = _behind_bracket(text, found.start(), limit)
            if skip < 0 or not parts[-1]:
                break
            continue
        if token in _COMMAS:
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
    word = found.group().rstrip(".")
    plain, part = word.casefold(), parts[-1]
    if not word or (plain in known.days and not _is_may(text, plain, found.end(), known)):
        return False
    if word[0].isdigit():
        return bool(part) and not part[-1].text[0].isdigit() and len(word) <= _LONGEST_NUMBER
    if not word[0].islower() or (plain in known.titles and plain not in known.ends):
        return word[0].isalpha()
    if plain in known.roles or plain in known.small_roles or plain in known.articles:
        return not part or _leads_on(part[-1], known)
    if plain in known.links and (part or (len(parts) > 1 and plain in _ALSO)):
        return _links(text, found, part, limit, known)
    return plain not in known.stops and _is_of_role(text, found, part, limit, known)


def _links(text: str, found: re.Match[str], part: list[Word], limit: int, known: Cues) -> bool:
    """Whether a linking word goes on with the role: "Penanaman Modal dan Pelayanan", "director of the port"."""
    if not part:
        return _goes_on(text, found.end(), limit, known)  # "Bidang Politik, Hukum, dan Keamanan"
    if may_name(part[-1], known) and found.group() not in known.particles:
        return found.group() in _ALSO and has_role(part, known) and _body_follows(text, found.end(), limit, known)
    small = part[-1].text[0].islower() and part[-1].plain in known.english_roles
    return small or _goes_on(text, found.end(), limit, known)


def _is_of_role(text: str, found: re.Match[str], part: list[Word], limit: int, known: Cues) -> bool:
    """Whether any other small word is of a role: "transport analyst", "Pengamat transportasi"."""
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
    return not may_name(Word(following.group(), following.start(), following.end()), known)


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
    """The first part that names somebody, with the role before it or behind it; else the role alone, or a body."""
    known = cues()
    roles: list[Word] = []  # of the parts so far
    for place, part in enumerate(parts):
        role, name = split(text, part, known)
        if not place and name and _is_of_place(text, role, name, parts, known):
            role, name = part, []
        also = bool(place and role) and role[0].plain in _ALSO
        if name and (not place or not role or also or has_role(role, known)):
            return _named(text, parts[place + 1 :], [*roles, *role], name)
        if not role or (place and not name and not roles):
            break
        if not place and not has_role(role, known):
            return _body(text, role)
        roles += role
    if not roles or not _heads_role(parts[0], known):
        return None
    first, last = roles[0], [word for word in roles if word in parts[0]][-1]  # "Kapolres Kudus", not its province
    return Speaker(None, text[first.start : last.end], first.start, last.end, _is_indefinite(parts[0], known))


def _is_of_place(text: str, role: list[Word], name: list[Word], parts: list[list[Word]], known: Cues) -> bool:
    """ "Kepala Bandara Abdulrachman Saleh, Suharno, …": the first name is the airport's."""
    if len(parts) == 1 or not role or not has_role(role, known):
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
    """ "seorang pejabat", "pejabat senior": nobody who was named before."""
    if part[0].plain in known.articles:
        return part[0].plain != "the"
    return part[0].text[0].islower()


def _body(text: str, words: list[Word]) -> Speaker | None:
    known = cues()
    if words[0].plain == "the":
        words = words[1:]
    if not words or words[0].text[0].islower() or words[0].plain in known.openers:
        return None
    if len(words) == 1 and not words[0].text.isupper() and words[0].plain not in _BODIES_ALONE:
        return None
    return Speaker(text[words[0].start : words[-1].end], None, words[0].start, words[-1].end, body=True)


def _named(text: str, behind: list[list[Word]], roles: list[Word], name: list[Word]) -> Speaker:
    """With the role that stands before the name, else the one in the part behind it."""
    start, end = name[0].start, name[-1].end
    role = text[roles[0].start : roles[-1].end] if roles else None
    if role is None and behind:
        own, named = split(text, behind[0], cues())
        if own and has_role(own, cues()):
            role = text[behind[0][0].start : (named or own)[-1].end]
    return Speaker(text[start:end], role, start, end)


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
    if role and not has_role(role, known):
        return None
    heading = text[role[0].start : role[-1].end] if role else None
    return Speaker(text[name[0].start : name[-1].end], heading, name[0].start, name[-1].end)
