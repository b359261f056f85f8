"""Who speaks where, as a text is read from its beginning: names, offices, pronouns, and who spoke last. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.quotes.cast import Cast, Figure, Place, words_of
from pipeline.quotes.cues import cues
from pipeline.quotes.names import Speaker, speaker_at

_FAR = 2500  # characters back, beyond which a pronoun means nobody
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"\s*([^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,3})")
_NEAR = 600  # characters back
_THE = re.compile(r"(?:[.?!”\"]\s+|\n)(The\s)(?=[a-z])")
_BESIDE = 80  # characters between a person and the verb, where what stands there is not understood
_ASIDE = 3  # words behind an office or a body that may belong to it
_CALLED = re.compile(r"[^.,;\"”\n]{0,80}?\byang (?:akrab|biasa|kerap|karib) (?:disapa|dipanggil)(?=\s)")
_SHOWN = re.compile(
    r"[^.,;\"”“(\n]{3,90}? (?:itu|tersebut)(?=\s*(?:[,.]|$|(?:saat|di|ke|kepada|dalam|ketika|usai|seusai|pada|sambil"
    r"|seraya|lewat|melalui|setelah|sebelum)\b))"
)
_BETWEEN = re.compile(r"\s[^,\n]{3,70},\s([^\W\d_a-z][^,\n]{1,40})(?=,)")
_COMMA = re.compile(r",\s+")
_SENTENCE = re.compile(r"[.?!…]\s|\n")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who spoke: what a quote has of it. `span`: where he stands in the text."""

    name: str | None
    role: str | None
    span: tuple[int, int] | None


NOBODY = Voice(None, None, None)


class Stage:
    """The text, its people, and who was heard last."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.cast = cast
        self._last: Voice | None = None
        self._since = 0  # behind the sentence that told it

    def hear(self, voice: Voice, at: int) -> None:
        """Remember who spoke, and that it was told at `at`."""
        self._last = voice
        found = _SENTENCE.search(self.text, at)
        self._since = found.end() if found else len(self.text)

    def heard(self, at: int) -> Voice | None:
        """Who spoke last before `at`, in this paragraph or the ones shortly before."""
        return self._last if at - self._since < _FAR else None

    def voice(self, speaker: Speaker) -> Voice:
        """Who this is among the people of the text."""
        figure = self.cast.figure(speaker)
        span = (speaker.start, speaker.end)
        if figure is not None:
            return Voice(figure.name, figure.role, span)
        return Voice(speaker.name or speaker.role, speaker.role, span)

    def pronoun(self, at: int) -> Voice | None:
        """Whom "dia", "she" or "-nya" at `at` means: who acts last since somebody spoke, else who spoke."""
        acting = [place for place in self.cast.within(self._since, at) if place.leading]
        since = acting[-1].end if acting else self._since
        if (role := self._role_since(max(since, at - _NEAR), at)) is not None:
            return role
        if acting:
            return self._at(acting[-1])
        if (heard := self.heard(at)) is not None:
            return heard
        place = self.cast.last(max(0, at - _FAR), at)
        return self._at(place) if place is not None else None

    def _role_since(self, start: int, at: int) -> Voice | None:
        """ "The mayor of Luang Prabang won": somebody of an office who acts under no name."""
        for head in reversed(list(_THE.finditer(self.text, start, at))):
            speaker = speaker_at(self.text, head.start(1), at)
            if speaker is not None and speaker.name is None:
                return self.voice(speaker)
        return None

    def _at(self, place: Place) -> Voice:
        figure: Figure = self.cast.of(place)
        return Voice(figure.name, figure.role, (place.start, place.end))

    def speaker(self, start: int, limit: int) -> Voice | None:
        """Who is named or meant right behind a cue: "kata X", "ujar dia", "said the mayor"."""
        word = _WORD.search(self.text, start, limit)
        if word is None:
            return None
        if word.group().casefold() in cues().pronouns:
            return self._meant(word)
        speaker = speaker_at(self.text, start, limit)
        if (called := self._called(start, limit)) is not None:
            return called
        if (known := self._shown(word.start(), limit, speaker)) is not None:
            return known
        return self.voice(speaker) if speaker is not None else self._namesake(start, limit)

    def _called(self, start: int, limit: int) -> Voice | None:
        """ "pria yang akrab disapa Ipunk"."""
        name = _CALLED.match(self.text, start, limit)
        if name is None:
            return None
        speaker = speaker_at(self.text, name.end(), limit)
        return self.voice(speaker) if speaker is not None and speaker.name else None

    def _shown(self, start: int, limit: int, speaker: Speaker | None) -> Voice | None:
        """ "putra sulung Ahmad Dhani tersebut", "politikus itu": whoever was named before, told by what he is."""
        shown = _SHOWN.match(self.text, start, limit)
        first = self.text[start : start + 40].split(maxsplit=1)[:1]
        roles = cues().roles | cues().small_roles
        if shown is None or not first or not any(word.casefold() in roles for word in shown[0].split()[:3]):
            return None
        if speaker is not None and speaker.name is not None and speaker.start >= shown.end():
            return None  # "Kapolda Metro Jaya itu, Haris Gumilang"
        return self._meant(shown)

    def _namesake(self, start: int, limit: int) -> Voice | None:
        """A person of the text with the name of a place: "kata Bima"."""
        name = _NAME.match(self.text, start, limit)
        number = self.cast.number(words_of(name[1]), start) if name else None
        if name is None or number is None:
            return None
        figure = self.cast.figures[number]
        return Voice(figure.name, figure.role, name.span(1))

    def _meant(self, word: re.Match[str]) -> Voice | None:
        meant = self.pronoun(word.start())
        return Voice(meant.name, meant.role, meant.span or word.span()) if meant else None

    def subject(self, start: int, end: int) -> Voice | None:
        """Who acts in `text[start:end]`, which a verb of saying follows."""
        words = list(_WORD.finditer(self.text, start, end))
        while words and words[-1].group().casefold() in cues().adverbs:
            words.pop()
        if not words or words[-1].group().casefold() in cues().spoilers:
            return None
        for word in (words[0], words[-1]):
            if word.group().casefold() in cues().pronouns:
                return self._meant(word)
        return self._named_subject(start, end)

    def _named_subject(self, start: int, end: int) -> Voice | None:
        opening = self._behind_openers(start, end)
        if self.text[start:end].rstrip().endswith((" itu", " tersebut")):
            return self._shown(opening, end, None)
        heads = [start, *(found.end() for found in _COMMA.finditer(self.text, start, end))]
        for head in heads:
            speaker = speaker_at(self.text, self._behind_openers(head, end), end)
            if speaker is not None and self._is_light(speaker, end) and self._is_known(speaker):
                return self.voice(self._last_name(heads, speaker, end) or speaker)
        if self.text[start:end].rstrip().endswith((" and", " dan", " serta")):
            return self._first_subject(start, end)
        places = self.cast.within(start, end)
        near = bool(places) and places[-1].leading and end - places[-1].end < _BESIDE
        return self._at(places[-1]) if near else None

    def _last_name(self, heads: Sequence[int], first: Speaker, end: int) -> Speaker | None:
        """The name right before the verb, where one stands before it: "Ketua Tim Daniel, Hilal Hilmawan, …"."""
        head = next((head for head in reversed(heads) if head < end - 1 and head > first.end), None)
        speaker = speaker_at(self.text, head, end) if head is not None else None
        if speaker is None or speaker.name is None or speaker.role or speaker.body or not first.role:
            return None
        rest = self.text[speaker.end : end].strip(" ,").casefold()
        return speaker if not rest or rest in cues().adverbs else None

    def named_behind(self, start: int, limit: int) -> Voice | None:
        """ "Menurut penabuh dram Slank, Bimbim, …": the name between the first two commas."""
        name = _BETWEEN.match(self.text, start, limit)
        speaker = speaker_at(self.text, name.end() - len(name[1]), name.end()) if name else None
        return self.voice(speaker) if speaker is not None and speaker.name and not speaker.body else None

    def _first_subject(self, start: int, end: int) -> Voice | None:
        """Who did something else before he spoke: "Budi meninjau tanggul dan mengatakan …"."""
        for head in (start, *(found.end() for found in _COMMA.finditer(self.text, start, end))):
            speaker = speaker_at(self.text, self._behind_openers(head, end), end)
            if speaker is not None and speaker.name and not speaker.body and self._is_known(speaker):
                return self.voice(speaker)
        return None

    def _behind_openers(self, start: int, end: int) -> int:
        """Past the words that begin a sentence and name nobody: "Namun Budi"."""
        known = cues()
        for word in _WORD.finditer(self.text, start, end):
            if word.group().casefold() not in known.lone_openers or word.group() == "Lalu":
                return word.start()
        return end

    def _is_known(self, speaker: Speaker) -> bool:
        """Whether one word at the head of a sentence is a name: of the text's people, or in capitals elsewhere too."""
        if speaker.name is None or speaker.body or speaker.role or " " in speaker.name:
            return True
        if self.cast.number(words_of(speaker.name), speaker.start) is not None:
            return True
        return re.search(rf"[a-z,] {re.escape(speaker.name)}\b", self.text) is not None

    def _is_light(self, speaker: Speaker, end: int) -> bool:
        """Whether between a speaker and the verb stands nothing that acts: an apposition, an age, an adverb."""
        rest = self.text[speaker.end : end].strip()
        if not rest or rest[0] in ",(":
            return True
        known = cues()
        light = known.light
        words = [word.group().casefold() for word in _WORD.finditer(rest)][:_ASIDE]
        if words and words[0] in light:
            return True
        if speaker.name is not None and not speaker.body:
            return False
        return len(words) < _ASIDE or any(word in light for word in words[1:])  # "Sekretariat pertemuan dalam …"
