"""An office or a role in a text, as printed, with its place and its holder's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.people.lists import Kind, plain
from pipeline.people.pieces import Is, Piece, Reader
from pipeline.people.scene import Found, Scene
from pipeline.people.shapes import Office
from pipeline.people.words import token_at

_BESIDE_NAME = re.compile(  # what stands behind a person: an age, a day, a verb of acting or saying
    r" \(\d{1,2}(?: tahun)?\)|, \d{2},|,? (?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Ahad|[A-Z][a-z]+day)\b"
    r"|,? (?:saat|ketika|usai|seusai|yang|who|dalam|juga|akan|telah|turut|hadir|optimistis|berharap|yakin|is|was|has)\b"
    r"|,? (?:men|mem|meng|meny|ber)[a-z]{3,}"
)
_MANY = 4  # words behind an office with a field of its own, of which the first may still be of the field
_FIELD = re.compile(r"(?:(?<![\w.])[a-z]{3,20} ){1,2}$")  # "city environment officer"
_LONGEST_FIELD = 45  # characters
_FEWEST = 2  # words of a name that begins within the words behind an office
_MOST_WORDS = 7  # of a name
_CLOSED = re.compile(r"[ \u00a0]*(?:[^\w \u00a0]|$|[^\W\d_A-Z])")


@dataclass(frozen=True, slots=True)
class Role:
    """Offsets are code points into the text. `office`: None for a role that is none, and for who no longer holds it."""

    start: int
    end: int
    office: Office | None
    place: tuple[int, int] | None
    holder: tuple[int, int] | None
    general: bool  # it speaks of holders in general: "para gubernur"
    bare: bool  # nothing but the words of the office


def read_role(scene: Scene, head: Found, earlier: int) -> Role:
    """The role that begins with `head`. `earlier`: where words before it may begin to belong to it."""
    start, former, general = _before(scene, head, earlier)
    pieces = Reader(scene, len(scene.text), _last_word(scene, head)).read(_after_stop(scene, head))
    office = _office(scene, head, pieces)
    first = _first_of_name(scene, pieces, office)
    parts, names = _trimmed(pieces[:first]), pieces[first:]
    if first and pieces[first - 1].kind is Is.COMMA and not _stands_apart(scene, names):
        names = []
    if head.term.kind is Kind.FORMER and not parts:
        names = []  # "the late Ratna Dewi": no role
    if names and not _is_told(scene, start, office, parts, names):
        names = []
    end = parts[-1].end if parts else head.end
    place = next(((piece.start, piece.end) for piece in parts if piece.kind is Is.PLACE), None)
    start, before = _with_place_before(scene, start, earlier)
    return Role(
        start,
        end,
        None if former else office,
        place or before,
        _span(names),
        general,
        not parts and start == head.start,
    )


def _after_stop(scene: Scene, head: Found) -> int:
    """ "Plt. Rektor": the stop belongs to the short form."""
    shortened = head.term.kind in (Kind.ACTING, Kind.FORMER) and scene.text[head.end : head.end + 1] == "."
    return head.end + 1 if shortened else head.end


def _last_word(scene: Scene, head: Found) -> str:
    return plain(scene.text[head.start : head.end].rpartition(" ")[2])


def _before(scene: Scene, head: Found, earlier: int) -> tuple[int, bool, bool]:
    """(where it begins, whether its holder is no longer or not yet one, whether it speaks of holders in general)."""
    start = head.start
    former = head.term.kind is Kind.FORMER
    while (other := scene.held.get(start - 1)) is not None and other.start >= earlier:
        former = former or other.term.kind is Kind.FORMER
        start = other.start
    return start, former, start - 1 in scene.general or head.start - 1 in scene.general


def _office(scene: Scene, head: Found, pieces: list[Piece]) -> Office | None:
    """Of the head, or of the first office behind a head that only says how it is held."""
    if head.term.kind not in (Kind.ACTING, Kind.FORMER):
        return head.term.office
    for piece in pieces[:4]:
        other = scene.heads.get(piece.start)
        if other is not None and other.term.kind is Kind.OFFICE:
            return other.term.office
    return None


def _first_of_name(scene: Scene, pieces: list[Piece], office: Office | None) -> int:
    """Where the holder's name begins among the pieces; their number where none does."""
    first = len(pieces)
    while first and pieces[first - 1].kind in (Is.NAME, Is.TITLE):
        first -= 1
    if all(piece.kind is Is.TITLE for piece in pieces[first:]):
        return len(pieces)
    begins = _split(scene, pieces, first, office)
    linked = first > 0 and pieces[first - 1].kind is Is.LINK
    return len(pieces) if linked and begins == first else begins


def _split(scene: Scene, pieces: list[Piece], first: int, office: Office | None) -> int:
    """Where unknown words of an office end and its holder's name begins: "CEO Sinarbumi Ratna Dewi"."""
    names = pieces[first:]
    bare = [place for place, piece in enumerate(names) if piece.kind is Is.NAME]
    title = next((place for place, piece in enumerate(names) if piece.kind is Is.TITLE and bare[0] < place), None)
    if title is not None:
        return first + title
    seated = office is not None and office.seat == "city"
    if (seated and (not first or len(names) < _MANY)) or (first and _ends_office(scene, pieces[:first])):
        return first
    return first + _begins(scene, names, bare, small=office is not None and office.seat == "small")


def _begins(scene: Scene, names: list[Piece], bare: list[int], *, small: bool) -> int:
    """Where the name begins among words of which the first may be the office's.

    By what the text calls him later, by given names, and by the office: `small`, it is of a place that no list has.
    """
    spoken = [place for place in bare if names[place].plain in scene.spoken]
    given = [place for place in bare if names[place].plain in scene.lists.given]
    if names[0].kind is Is.TITLE or 0 in spoken or 0 in given:
        return 0
    if spoken and (len(names) - spoken[0] >= _FEWEST or small):  # the last word may be what he is called by
        return min(given[0], spoken[0]) if given else spoken[0]
    if given and len(names) - given[0] >= _FEWEST:
        return given[0]
    return int(small and len(names) != 2)  # "Camat Cakung", "Camat Cakung Ratna Dewi"


def _ends_office(scene: Scene, parts: list[Piece]) -> bool:
    """Is no further word of the office expected behind these?"""
    last = parts[-1]
    if last.kind in (Is.COMMA, Is.PLACE) or scene.text[last.start] == "(":
        return True
    return (
        len(parts) > 1
        and parts[-2].plain in scene.lists.behind.enclosing
        and last.plain not in scene.lists.affiliations
    )


def _is_told(scene: Scene, start: int, office: Office | None, parts: list[Piece], names: list[Piece]) -> bool:
    """Does more than its capitals tell that a person follows? Behind a mayor it needs no telling."""
    end = names[-1].end
    if scene.text[end : end + 1] == ":" or (parts and parts[-1].plain in scene.lists.behind.firms):
        return False
    if (office is not None and office.seat == "city") or names[0].kind is Is.TITLE:
        return True
    bare = [piece for piece in names if piece.kind is Is.NAME]
    known = any(piece.plain in scene.spoken or piece.plain in scene.lists.given for piece in bare)
    if known or start in scene.after_cue or end in scene.before_cue:
        return True
    firm = any(
        piece.plain in scene.lists.behind.firms for piece in parts[-2:] if parts[-1].kind is not Is.PLACE
    )  # "PT Sinar Terang Abadi" is all one
    return len(bare) > 1 and not firm and _stands_as_person(scene, end)


def _stands_as_person(scene: Scene, end: int) -> bool:
    """By what follows the name; in English the organisation stands before the office, so that little is needed."""
    return (scene.place_first and closes(scene.text, end)) or _BESIDE_NAME.match(scene.text, end) is not None


def _trimmed(parts: list[Piece]) -> list[Piece]:
    """Without the commas and links at the end."""
    last = len(parts)
    while last and parts[last - 1].kind in (Is.COMMA, Is.LINK):
        last -= 1
    return parts[:last]


def _stands_apart(scene: Scene, names: list[Piece]) -> bool:
    """Is what follows the comma behind an office its holder, not the next of a list?"""
    bare = [piece for piece in names if piece.kind is Is.NAME]
    if not names or len(bare) > _MOST_WORDS:
        return False
    return len(bare) > 1 or len(names) > len(bare) or closes(scene.text, names[-1].end)


def closes(text: str, place: int) -> bool:
    """Does what an office is part of end at `place`?"""
    return _CLOSED.match(text, place) is not None


def _span(names: list[Piece]) -> tuple[int, int] | None:
    """Of the name, without honorifics and ranks before it."""
    bare = [piece for piece in names if piece.kind is Is.NAME]
    if not bare or len(bare) > _MOST_WORDS:
        return None
    return bare[0].start, bare[-1].end


def _with_place_before(scene: Scene, start: int, earlier: int) -> tuple[int, tuple[int, int] | None]:
    """Where the role begins, and its place, in "Quezon City Mayor"."""
    if not scene.place_first:
        return start, None
    field = _FIELD.search(scene.text, max(earlier, start - _LONGEST_FIELD), start)
    words = field.group().split() if field else []
    if words and all(word in scene.lists.affiliations and word not in scene.lists.openers for word in words):
        start -= len(field.group()) if field else 0
    run = scene.run_around(start - 2)
    if run is None or run.start < earlier or run.end < start - 1:
        return start, None
    first = run.start
    pieces = Reader(scene, start).read(first)
    while not pieces and (token := token_at(scene.text, first)) is not None and token.end < start:
        first = token.end + 1
        pieces = Reader(scene, start).read(first)
    pieces = [piece for piece in pieces if piece.plain != "the"]
    if not pieces or pieces[-1].end != start - 1 or any(piece.kind not in (Is.PART, Is.PLACE) for piece in pieces):
        return start, None
    return pieces[0].start, next(((piece.start, piece.end) for piece in pieces if piece.kind is Is.PLACE), None)
