"""What the words behind an office are: parts of the office, places, or somebody's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from pipeline.people.lists import Lists, plain
from pipeline.people.scene import Scene
from pipeline.people.words import Token, token_at, without_possessive

_MOST = 28  # words read behind an office
_LINKS = frozenset("dan of for the and serta at in di pada from dari ng sa to untuk mga bidang urusan tentang on & /".split())
_INTO = frozenset("of for at in di pada from dari ng sa the".split())  # what follows belongs to the office
_ROMAN = re.compile(r"[IVX]{1,4}|\d{1,4}")
_SHORTENED = frozenset("moh muh mohd abd md gst st ma rd tb kgs sy".split())
_BEGINS = frozenset("dr drs dra ir prof drg akbp akp kompol kombes iptu ipda brigjen irjen komjen mayjen letjen letkol".split())
_LONGEST_ACRONYM_OF_NAME = 3  # "Mahfud MD", "Bambang PS"


class Is(Enum):
    PART = "part"  # of the office: "Dinas", "DKI", "(Sekda)"
    PLACE = "place"
    LINK = "link"
    COMMA = "comma"
    TITLE = "title"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or several. Offsets are code points into the text; `plain` is its first word, plain."""

    kind: Is
    start: int
    end: int
    plain: str


class Reader:
    """Reads pieces from a place of the text until something can no longer belong to an office and its holder."""

    def __init__(self, scene: Scene, end: int) -> None:
        """`end`: where reading stops at the latest."""
        self._scene = scene
        self._lists: Lists = scene.lists
        self._text = scene.text
        self._end = end
        self.pieces: list[Piece] = []

    def read(self, place: int) -> list[Piece]:
        while len(self.pieces) < _MOST:
            token = token_at(self._text, place)
            if token is None or token.start >= self._end:
                break
            further = self._take(token)
            if further is None:
                break
            place = further
        return self.pieces

    @property
    def naming(self) -> bool:
        """Is a name being read?"""
        return bool(self.pieces) and self.pieces[-1].kind in (Is.NAME, Is.TITLE)

    def _take(self, token: Token) -> int | None:
        """Add what the token is; where to read on, or None to stop."""
        if token.kind == "bracket":
            return self._bracket(token)
        if token.kind == "comma":
            return self._comma(token)
        if token.kind == "sign":
            return self._add(Is.LINK, token, token.end) if token.text in "&/" and not self.naming else None
        if token.kind == "quoted":
            return self._add(Is.NAME, token, token.end) if self.naming else None
        if token.kind == "initials" and self.naming and self.pieces[-1].kind is Is.NAME:
            return self._add(Is.NAME, token, token.end)
        return self._term(token) or self._word(token)

    def _add(self, kind: Is, token: Token, end: int) -> int:
        self.pieces.append(Piece(kind, token.start, end, plain(without_possessive(token.text))))
        return end

    def _bracket(self, token: Token) -> int | None:
        if self.naming or not token.text[1:2].isupper():
            return None
        return self._add(Is.PART, token, token.end)

    def _comma(self, token: Token) -> int | None:
        """Between parts of an office, or before its holder."""
        if not self.naming:
            return self._add(Is.COMMA, token, token.end)
        first = self._first_of_name()
        if first == 0 or self.pieces[first - 1].plain not in _INTO:
            return None
        self._turn(first)  # "mayor of Springfield, Ratna Dewi"
        return self._add(Is.COMMA, token, token.end)

    def _first_of_name(self) -> int:
        first = len(self.pieces)
        while first and self.pieces[first - 1].kind in (Is.NAME, Is.TITLE):
            first -= 1
        return first

    def _turn(self, first: int) -> None:
        """What was read as a name is a part of the office."""
        self.pieces[first:] = [replace(piece, kind=Is.PART) for piece in self.pieces[first:]]

    def _term(self, token: Token) -> int | None:
        """An office within an office, an honorific before a name."""
        head = self._scene.heads.get(token.start)
        title = self._scene.titles.get(token.start)
        word = plain(token.text)
        if title is not None and token.text[0].isupper() and (head is None or title >= head.end) and not self._goes_on(word):
            self.pieces.append(Piece(Is.TITLE, token.start, title, word))
            return self._after_stop(title)
        if head is None or (word in self._lists.given and token.end == head.end) or head.end > self._end:
            return None
        if self.naming or (self.pieces and self.pieces[-1].plain in ("dan", "and", "serta", ",", "&")):
            return self._stop_at_head(token)
        self.pieces.append(Piece(Is.PART, token.start, head.end, word))
        return head.end

    def _goes_on(self, word: str) -> bool:
        """Is an honorific rather a word of the name being read: "Abdul Haji Saleh"?"""
        return self.naming and self.pieces[-1].kind is Is.NAME and word not in _BEGINS

    def _stop_at_head(self, token: Token) -> int:
        """Another office begins."""
        self._end = token.start
        return token.start

    def _after_stop(self, place: int) -> int:
        return place + 1 if self._text[place : place + 1] == "." else place

    def _word(self, token: Token) -> int | None:
        word = without_possessive(token.text)
        first = word[:1]
        if first.islower():
            return self._small(token, plain(word))
        if not (first.isupper() or first.isdigit()):
            return None
        further = self._capital(token, word, plain(word))
        return None if further is None or word != token.text else further

    def _small(self, token: Token, word: str) -> int | None:
        if self.naming:
            following = token_at(self._text, token.end)
            goes_on = word in self._lists.particles and following is not None and following.text[:1].isupper()
            return self._add(Is.NAME, token, token.end) if goes_on else None
        if word in _LINKS:
            return self._add(Is.LINK, token, token.end)
        return self._add(Is.PART, token, token.end) if word in self._lists.affiliations else None

    def _capital(self, token: Token, word: str, low: str) -> int | None:
        if _ROMAN.fullmatch(word):
            return self._add(Is.NAME if self.naming else Is.PART, token, token.end)
        if not self.naming and low in self._lists.openers and low not in self._lists.given:
            return None
        place = self._place(token)
        if place:
            return self._add(Is.PLACE, token, place)
        if self.naming and low in self._lists.openers:
            return None
        if word.isupper() and len(word) > 1 and token.kind == "word":
            return self._acronym(token, word, low)
        if low in self._lists.affiliations and not (low in self._lists.given and self._may_be_given()):
            if self.naming:
                self._turn(self._first_of_name())
            return self._add(Is.PART, token, token.end)
        return self._name(token, low)

    def _may_be_given(self) -> bool:
        """May a word that is a given name and a part of offices be the name here?"""
        return self.naming or not self.pieces or self.pieces[-1].kind is Is.PLACE

    def _acronym(self, token: Token, word: str, low: str) -> int | None:
        if not self.naming:
            return self._add(Is.PART, token, token.end)
        if low in self._lists.affiliations or len(word) > _LONGEST_ACRONYM_OF_NAME:
            return None
        return self._add(Is.NAME, token, token.end)

    def _name(self, token: Token, low: str) -> int:
        before = self.pieces[-1] if self.pieces else None
        named = before is not None and before.kind is Is.PART and before.plain in self._lists.naming
        if named and low not in self._lists.given:
            return self._add(Is.PART, token, token.end)
        end = self._add(Is.NAME, token, token.end)
        return self._after_stop(end) if low in _SHORTENED else end

    def _place(self, token: Token) -> int | None:
        """Where the place ends that begins with this token; None where it is none, or rather a name."""
        words, ends, following = [plain(without_possessive(token.text))], [token.end], token
        for _ in range(3):
            following_or_none = token_at(self._text, following.end)
            if following_or_none is None or not following_or_none.text[:1].isupper():
                break
            following = following_or_none
            words.append(plain(without_possessive(following.text)))
            ends.append(following.end)
        for count in range(len(words), 0, -1):
            if " ".join(words[:count]) in self._lists.places:
                return None if self._is_rather_name(words[0], count) else ends[count - 1]
        return None

    def _is_rather_name(self, word: str, count: int) -> bool:
        """ "Bogor Bima Arya": the office has its place already; "Rizal Malang": within a name."""
        if count > 1:
            return False
        before = self.pieces[-1] if self.pieces else None
        placed = before is not None and before.kind is Is.PLACE
        return (placed and word in self._lists.given) or (before is not None and before.kind in (Is.NAME, Is.TITLE))
