"""Every place of a text where somebody is named in a way that tells it: by office, cue, age or honorific."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pipeline.people.lists import Kind, plain
from pipeline.people.pieces import Is, Piece, Reader
from pipeline.people.roles import Role, closes, read_role
from pipeline.people.scene import Scene
from pipeline.people.words import Run, token_at

_APPOSED = re.compile(  # between a name and the office behind it
    r"(?:(?: \(\d{1,2}\)| \(\d{1,2} tahun\)|, \d{2})?"
    r"(?P<link>,? (?:selaku|yang juga|yang menjabat sebagai|yang menjabat|who is|iaitu|yaitu|là)"
    r"(?: the| a| an| seorang)?"
    r"|,(?: the| a| an| his| her| its| ang| salah satu| salah seorang| seorang)?| \()[ ]?)$"
)
_ALSO = re.compile(  # between somebody's name and what he is called by
    r"(?: atau| alias|,? yang akrab disapa| atau akrab disapa|,? akrab disapa| atau yang akrab disapa| \()"
    r" ?(?:Gus|Pak|Bu|Kang|Mas|Bang|Cak|Mbak|Bung|Tok) "
)
_MOST = 1000  # offices, cues, ages and honorifics of one text that are looked at
_LONGEST_LINK = 40  # characters
_AGE = re.compile(r"\((?P<bracket>\d{1,2})(?: tahun)?\)|, (?P<comma>[1-9]\d),(?= )")
_WORD = re.compile(r"[^\s\"“”()]+")
_GLUED = re.compile(
    r"(?!(?:Mc|Mac|De|Di|La|Le|Du|O['’])[A-Z])\b\w*[a-z][A-Z]"
)  # "SugionoTrump", of a page's lost spaces
_SLASH = re.compile(r"(?<![asd])/")  # "Ani/Budi" are two; "a/l" is one
_LEAST_AGE = 5
_CUT = re.compile(r"(?i)(?:\b(?:menurut|kata|ujar|tutur|jelas|ungkap|according to|said|ayon kay|theo) )$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Offsets of the name are code points into the text. `words`: of the name, plain."""

    start: int
    end: int
    words: tuple[str, ...]
    role: Role | None
    sure: bool  # whether the place alone tells that somebody is named, were it by one word
    of: tuple[str, ...] = ()  # the words of the name before, which this one stands for: "Saiful Anwar atau Gus Ipul"


def candidates(scene: Scene, start: int, end: int) -> tuple[list[Candidate], list[Role]]:
    """Those between two places of the text, in order; and the roles that name no holder."""
    by_end = {run.end: run for run in scene.runs}
    found: list[Candidate] = []
    nameless: list[Role] = []
    earlier = start
    for place in sorted(scene.heads)[:_MOST]:
        if place < earlier or place >= end:
            continue
        role = read_role(scene, scene.heads[place], earlier)
        holder = _holder(scene, role, by_end)
        if holder is not None and _is_name(scene, *holder):
            found.append(_candidate(scene, holder, None if _is_relation(scene, role, holder) else role, sure=True))
        elif scene.heads[place].term.kind is Kind.OFFICE:
            nameless.append(role)
        earlier = max(role.end, role.holder[1] if role.holder else 0, scene.heads[place].end)
    found += _beside_cues(scene, start, end)
    found += _with_age(scene, start, end, by_end)
    found += _with_honorific(scene, start, end)
    found = sorted(found, key=lambda one: (one.start, -one.end))[:_MOST]
    return _also(scene, found), nameless


def _also(scene: Scene, found: list[Candidate]) -> list[Candidate]:
    """The same, each other name of somebody marked with his own."""
    other: dict[int, tuple[str, ...]] = {}
    for one in found:
        link = _ALSO.match(scene.text, one.end) if len(one.words) > 1 else None
        if link is not None:
            other[link.end()] = one.words
    return [replace(one, of=other[one.start]) if one.start in other else one for one in found] if other else found


def _holder(scene: Scene, role: Role, by_end: dict[int, Run]) -> tuple[int, int] | None:
    """Behind the office, or before it; a single word behind may be the office's: "Ratna Dewi, Kepala Pasar Jaya"."""
    if role.holder is None:
        return _holder_before(scene, role, by_end, role.end)
    if " " in scene.text[slice(*role.holder)]:
        return role.holder
    return _holder_before(scene, role, by_end, role.holder[1]) or role.holder


def _is_relation(scene: Scene, role: Role, holder: tuple[int, int]) -> bool:
    """ "istri Ratna Dewi": whose wife, not who."""
    words = " ".join(plain(word) for word in scene.text[role.start : role.end].split())
    return words in scene.lists.relations and holder[0] == role.end + 1


def _candidate(scene: Scene, span: tuple[int, int], role: Role | None, *, sure: bool) -> Candidate:
    return Candidate(*span, name_words(scene.text[span[0] : span[1]]), role, sure)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, plain, without the marks around a nickname."""
    return tuple(plain(word.strip("'’‘.,")) for word in _WORD.findall(name))


def _is_name(scene: Scene, start: int, end: int) -> bool:
    """Has it a word that is more than an initial, and none that two words were glued to?"""
    text = scene.text[start:end]
    if _GLUED.search(text) is not None or any(letter.isdigit() for letter in text) or _SLASH.search(text) is not None:
        return False
    words = name_words(text)
    return any(len(word) > 1 for word in words) and not _is_usual(scene, text, words)


def _is_usual(scene: Scene, text: str, words: tuple[str, ...]) -> bool:
    """Are all of them words that the text prints in small letters too?"""
    if any(word in scene.lists.given or word in scene.spoken for word in words):
        return False
    return all(f" {word.lower()} " in scene.text for word in text.split())


def _is_within(scene: Scene, start: int) -> bool:
    """Does the word before say that the name is a street's, a school's?"""
    lead = scene.text[max(0, start - 20) : start].split()
    return bool(lead) and plain(lead[-1].strip(".")) in scene.lists.naming


def _holder_before(scene: Scene, role: Role, by_end: dict[int, Run], end: int) -> tuple[int, int] | None:
    """ "Ratna Dewi, Wali Kota Bogor," and "Ratna Dewi selaku Wali Kota Bogor"; `end`: of the words behind."""
    lead = scene.text[max(0, role.start - _LONGEST_LINK) : role.start]
    link = _APPOSED.search(lead)
    run = by_end.get(role.start - len(lead) + link.start()) if link else None
    if run is None or link is None or not closes(scene.text, end):
        return None
    span = name_in(scene, run)
    if span is None or len(name_words(scene.text[slice(*span)])) < 2:
        return None
    cut = link["link"] == "," and _CUT.search(scene.text[max(0, run.start - 20) : run.start])
    return None if cut and scene.text[end : end + 1] != "," else span


def name_in(scene: Scene, run: Run) -> tuple[int, int] | None:
    """The name that a run of capitals is, without what may stand before one; None where it is another thing."""
    place = run.start
    if _is_within(scene, place):
        return None
    while (token := token_at(scene.text, place)) is not None and token.end < run.end and _opens(scene, token.text):
        place = token.end
    pieces = Reader(scene, run.end).read(place)
    bare = [piece for piece in pieces if piece.kind is Is.NAME]
    if not bare or any(piece.kind not in (Is.NAME, Is.TITLE) for piece in pieces) or pieces[-1].end < run.end:
        return None
    return _sound(scene, bare)


def _sound(scene: Scene, bare: list[Piece]) -> tuple[int, int] | None:
    """Not letters alone, and of a length that names have."""
    text = scene.text[bare[0].start : bare[-1].end]
    if not _is_name(scene, bare[0].start, bare[-1].end):
        return None
    return (bare[0].start, bare[-1].end) if len(bare) <= 6 and not text.isupper() else None


def _opens(scene: Scene, word: str) -> bool:
    low = plain(word)
    return low in scene.lists.openers and low not in scene.lists.given


def _beside_cues(scene: Scene, start: int, end: int) -> Iterator[Candidate]:
    for run in scene.speakers[:_MOST]:
        if start <= run.start < end and run.start not in scene.heads:
            span = name_in(scene, run)
            if span is not None:
                yield _candidate(scene, span, None, sure=len(name_words(scene.text[slice(*span)])) > 1)


def _with_age(scene: Scene, start: int, end: int, by_end: dict[int, Run]) -> Iterator[Candidate]:
    for found in islice(_AGE.finditer(scene.text, start, end), _MOST):
        run = by_end.get(found.start() - (found["bracket"] is not None))
        span = name_in(scene, run) if run is not None and run.start not in scene.heads else None
        if span is None or int(found["bracket"] or found["comma"]) < _LEAST_AGE:
            continue
        words = name_words(scene.text[slice(*span)])
        known = words[0] in scene.lists.given or words[0] in scene.spoken or "tahun" in found.group()
        if len(words) > 1 or (known and found["bracket"]):
            yield _candidate(scene, span, None, sure=True)


def _with_honorific(scene: Scene, start: int, end: int) -> Iterator[Candidate]:
    for place in islice(scene.titles, _MOST):
        if not start <= place < end or not scene.text[place].isupper() or place in scene.heads:
            continue
        if _is_within(scene, place):
            continue
        pieces = Reader(scene, end).read(place)
        bare = [piece for piece in pieces if piece.kind is Is.NAME]
        if not bare or any(piece.kind not in (Is.NAME, Is.TITLE) for piece in pieces):
            continue
        weak = all(piece.plain in scene.lists.weak for piece in pieces if piece.kind is Is.TITLE)
        span = _sound(scene, bare)
        if span is not None and (len(bare) > 1 or not weak):
            yield _candidate(scene, span, None, sure=True)
