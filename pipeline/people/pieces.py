"""What the words behind an office are: parts of the office, places, or somebody's name."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from pipeline.people.lists import Lists, plain
from pipeline.people.scene import Scene
from pipeline.people.words import Token, token_at, without_possessive

_MOST = 28  # words read behind an office
_ROMAN_OR_DIGIT = frozenset("IVX0123456789")
_ROMAN = re.compile(r"[IVX]{1,4}|\d{1,4}")
_CONTINUE = frozenset(
    {"dan", "and", "of", "for", "dari", "ng", "untuk", "serta"}
)  # behind a name: "Ratna Dewi di Bogor"
_VERBS = ("me", "di", "ber", "ter", "ke")
_LONGEST_ACRONYM_OF_NAME = 2  # "Mahfud MD", "Bambang PS"


class Is(Enum):
    PART = "part"  # of the office: "Dinas", "DKI", "(Sekda)"
    PLACE = "place"
    LINK = "link"
    COMMA = "comma"
    TITLE = "title"
    NAME = "name"


class Piece(NamedTuple):
    """A word or several. Offsets are code points into the text; `plain` is its first word, plain."""

    kind: Is
    start: int
    end: int
    plain: str


class Reader:
    """Reads pieces from a place of the text until something can no longer belong to an office and its holder."""

    def __init__(self, scene: Scene, end: int, head: str = "") -> None:
        """`end`: where reading stops at the latest. `head`: the last word before, plain."""
        self._head = head
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
        word = without_possessive(token.text)
        last = token.start + len(word) if end == token.end and token.kind == "word" else end
        self.pieces.append(Piece(kind, token.start, last, plain(word)))
        return end

    def _bracket(self, token: Token) -> int | None:
        if self.pieces and self.pieces[-1].kind is Is.TITLE:  # "Brigadir Jenderal (Pol)"
            return self._add(Is.TITLE, token, token.end)
        first = self._first_of_name()
        shortened = token.text[1:-1].replace(" ", "").isalpha() and not self._known(
            self.pieces[first].plain if self.naming else ""
        )
        if not token.text[1:2].isupper() or (self.naming and not shortened):
            return None
        self._turn(first)  # "Lembaga Penjamin Simpanan (LPS)"
        return self._add(Is.PART, token, token.end)

    def _comma(self, token: Token) -> int | None:
        """Between parts of an office, or before its holder."""
        if not self.naming:
            return self._add(Is.COMMA, token, token.end)
        first = self._first_of_name()
        into = first > 0 and self.pieces[first - 1].plain in self._lists.behind.into
        if not into and (self._known(self.pieces[first].plain) or not self._known(self._next_word(token.end))):
            return None
        self._turn(first)  # "mayor of Springfield, Ratna Dewi"
        return self._add(Is.COMMA, token, token.end)

    def _known(self, word: str) -> bool:
        """Is it surely a word of names?"""
        return word in self._lists.given or word in self._scene.spoken

    def _next_word(self, place: int) -> str:
        """The next word, plain, where it begins with a capital; else ""."""
        token = token_at(self._text, place)
        return plain(without_possessive(token.text)) if token is not None and token.text[0].isupper() else ""

    def _first_of_name(self) -> int:
        first = len(self.pieces)
        while first and self.pieces[first - 1].kind in (Is.NAME, Is.TITLE):
            first -= 1
        return first

    def _turn(self, first: int) -> None:
        """What was read as a name is a part of the office."""
        self.pieces[first:] = [piece._replace(kind=Is.PART) for piece in self.pieces[first:]]

    def _term(self, token: Token) -> int | None:
        """An office within an office, an honorific before a name."""
        head = self._scene.heads.get(token.start)
        title = self._scene.titles.get(token.start)
        word = plain(token.text).rstrip(".")
        capital = token.text[0].isupper() or (
            word in self._lists.behind.small_titles and self._next_word(self._after_stop(token.end)) != ""
        )
        if title is not None and capital and (head is None or title >= head.end) and not self._goes_on(word):
            self.pieces.append(Piece(Is.TITLE, token.start, title, word))
            return self._after_stop(title)
        if head is None or (word in self._lists.given and token.end == head.end) or head.end > self._end:
            return None
        if self.naming and word in self._lists.particles:
            return None  # "Hilda Anak Jugah"
        if (
            self.naming
            and word in self._lists.affiliations
            and not self._known(self.pieces[self._first_of_name()].plain)
        ):
            self._turn(self._first_of_name())
        if self.naming or (self.pieces and self.pieces[-1].plain in ("dan", "and", "serta", ",", "&")):
            return self._stop_at_head(token)
        self.pieces.append(Piece(Is.PART, token.start, head.end, word))
        return head.end

    def _goes_on(self, word: str) -> bool:
        """Is an honorific rather a word of the name being read: "Abdul Haji Saleh"?"""
        return self.naming and self.pieces[-1].kind is Is.NAME and word not in self._lists.behind.begins

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
            return self._small(token, word)
        if not (first.isupper() or first.isdigit()):
            return None
        further = self._capital(token, word, plain(word))
        return None if further is None or word != token.text else further

    def _small(self, token: Token, word: str) -> int | None:
        if self.naming and not self._is_linked(token, word):
            goes_on = word in self._lists.particles and self._next_word(token.end) != ""
            return self._add(Is.NAME, token, token.end) if goes_on else None
        if word in self._lists.behind.links:
            return self._add(Is.LINK, token, token.end)
        known = word in self._lists.affiliations and word not in self._lists.openers
        known = known or self._is_subject(token, word)
        return self._add(Is.PART, token, token.end) if known else None

    def _is_subject(self, token: Token, word: str) -> bool:
        """An unknown word between a role and a name: "pakar psikologi forensik, Ratna"."""
        if word.startswith(_VERBS) or word in self._lists.openers or (self.pieces and self.pieces[-1].kind is Is.COMMA):
            return False
        following = token_at(self._text, token.end)
        return (
            self._scene.subjects
            and following is not None
            and (following.kind == "comma" or following.text[0].isupper())
        )

    def _is_linked(self, token: Token, word: str) -> bool:
        """Does the office go on behind what looked like a name: "Centre for Strategic and International Studies"?"""
        first = self._first_of_name()
        if word not in _CONTINUE or self.pieces[first].kind is Is.TITLE:
            return False
        following = self._next_word(token.end)
        goes_on = following in self._lists.affiliations and following not in self._lists.given
        goes_on = goes_on or following in self._lists.places
        if word not in self._lists.behind.links or not goes_on or self._known(self.pieces[first].plain):
            return False
        self._turn(first)
        return True

    def _capital(self, token: Token, word: str, low: str) -> int | None:
        part, opener = word.lower() in self._lists.affiliations, word.lower() in self._lists.openers
        if word[0] in _ROMAN_OR_DIGIT and _ROMAN.fullmatch(word):
            named = self.naming or (word == "I" and self._next_word(token.end) in self._lists.given)
            return self._add(Is.NAME if named else Is.PART, token, token.end)
        if not word.isalpha() and any(letter.isdigit() for letter in word):  # "Covid-19"
            return self._part(token, token.end)
        if opener and not self.naming and low not in self._lists.given and not part:
            return None
        kind, end = self._place(token)
        if end:
            return self._part(token, end, kind)
        return None if opener and self.naming else self._named(token, word, low, part=part)

    def _part(self, token: Token, end: int, kind: Is = Is.PART) -> int:
        """A part of the office, as then is what was read as a name before it."""
        self._turn(self._first_of_name())
        return self._add(kind, token, end)

    def _named(self, token: Token, word: str, low: str, *, part: bool) -> int | None:
        """A word with a capital that is neither a number nor a place; `part`: it stands in names of offices."""
        if word.isupper() and len(word) > 1 and token.kind == "word":
            return self._acronym(token, word, low)
        if not part or (low in self._lists.given and self._may_be_given()):
            return self._name(token, low)
        goes_on = self.naming and low not in self._lists.behind.never  # "Budi Karya Sumadi"
        if goes_on and (self.pieces[self._first_of_name()].plain in self._lists.given or not word.isascii()):
            return self._name(token, low)
        return self._part(token, token.end)

    def _may_be_given(self) -> bool:
        """May a word that is a given name and a part of offices be the name here?"""
        return self.naming or not self.pieces or self.pieces[-1].kind is Is.PLACE

    def _acronym(self, token: Token, word: str, low: str) -> int | None:
        first = self._first_of_name()
        long = low in self._lists.affiliations or len(word) > _LONGEST_ACRONYM_OF_NAME
        if self.naming and long and self._known(self.pieces[first].plain):
            return None
        if self.naming and not long:
            return self._add(Is.NAME, token, token.end)
        self._turn(first)
        return self._add(Is.PART, token, token.end)

    def _name(self, token: Token, low: str) -> int:
        before = self.pieces[-1] if self.pieces else None
        last = (
            before.plain if before is not None and before.kind is Is.PART else "" if before is not None else self._head
        )
        if last in self._lists.naming and low not in self._lists.given:
            return self._add(Is.PART, token, token.end)
        end = self._add(Is.NAME, token, token.end)
        return self._after_stop(end) if low in self._lists.behind.shortened else end

    def _place(self, token: Token) -> tuple[Is, int]:
        """What begins with this token, a place or a name within offices, and where it ends; 0 where neither does."""
        words, ends, following = [plain(without_possessive(token.text))], [token.end], token
        if words[0] not in self._lists.place_starts:
            return Is.PART, 0
        for _ in range(3):
            following_or_none = token_at(self._text, following.end)
            if following_or_none is None or not following_or_none.text[:1].isupper():
                break
            following = following_or_none
            words.append(plain(without_possessive(following.text)))
            ends.append(following.end)
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if name in self._lists.phrases:
                return Is.PART, ends[count - 1]
            if name in self._lists.places:
                return Is.PLACE, 0 if count == 1 and self._is_rather_name(words[0]) else ends[count - 1]
        return Is.PART, 0

    def _is_rather_name(self, word: str) -> bool:
        """ "Bogor Bima Arya": the office has its place already; "Rizal Malang": within a name."""
        before = self.pieces[-1] if self.pieces else None
        if before is None:
            return False
        given = word in self._lists.given and before.plain not in self._lists.naming and before.kind is not Is.LINK
        within = before.kind is Is.NAME and self._known(self.pieces[self._first_of_name()].plain)
        return given or within or before.kind is Is.TITLE
