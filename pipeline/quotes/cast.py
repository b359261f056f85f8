"""The people of a text: who is named where, and whom a short name, an office or a pronoun means. Pure.

They are those of `article.people` where the step before found any. Where it found none (a bare text), whoever the text
names with an office, an age or in full is taken from the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.model import Article
from pipeline.people.mentions import mentions
from pipeline.quotes.cues import cues
from pipeline.quotes.names import Speaker, speaker_at, split_words

_RUN = re.compile(
    r"[A-ZÀ-ÖØ-ÞĐ][\w'’&/-]*\.?"
    r"(?:[ ](?:\([^()\n]{1,60}\)[ ])?(?:(?:bin|binti|al|de|dan|of|the|for|on|to|and|untuk|di|dari)[ ]){0,2}"
    r"[A-ZÀ-ÖØ-ÞĐ\d][\w'’&/-]*\.?){0,18}"
)
_JOINT = re.compile(r"([^\s.]+)\.(?=\s)")
_AGE = re.compile(r"\s?\(\d{1,2}\)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LAST = re.compile(r"([^\W\d_]+)\s$")
_ROLE, _ROLE_WORDS = 70, 5  # characters and words of a role before a name
_LEAD = 160  # characters before a name that are looked at
_BEGUN = (". ", "? ", "! ", "… ", "” ", '" ', "\n")  # behind one of these a sentence begins
_ACTED = re.compile(
    r"(?:di(?:sampaikan|katakan|ungkapkan|tegaskan|utarakan|nyatakan|sebutkan|akui|jelaskan|tuturkan)|[Mm]enurut|kata|ujar)"
    r"(?: oleh)? [^.;]*$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody of the text. `words`: of the name, in small letters."""

    name: str
    role: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is named. `leading`: as one who acts, at the head of a sentence or with an office."""

    start: int
    end: int
    figure: int
    leading: bool


def _heading(lead: str) -> bool:
    """Whether nothing but a role stands here, before a name."""
    known = cues()
    return all(not word[0].islower() or word.casefold() in known.heading for word in lead.split())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of words in capitals, cut where a sentence ends within it."""
    for joint in _JOINT.finditer(text, start, end):
        if len(joint[1]) > 1 and joint[1].casefold() not in cues().titles:
            yield start, joint.end()
            start = joint.end()
    if start < end:
        yield start, end


def _small_role(text: str, at: int) -> str | None:
    """The role that stands before a name, printed small but for its first letter: "Peneliti tata kota X"."""
    known = cues()
    words: list[re.Match[str]] = []
    for word in reversed(list(_WORD.finditer(text, max(0, at - _ROLE), at))):
        plain = word.group().casefold()
        if plain in known.titles and not words:
            at = word.start()
            continue
        apart = text[word.end() : (words[-1].start() if words else at)].strip()
        if apart or plain in known.ends or plain in known.verbs or plain in known.openers or len(words) == _ROLE_WORDS:
            break
        words.append(word)
        if word.group()[0].isupper():
            break
    words.reverse()
    if words and words[-1].group().casefold() in known.english_roles:
        return text[words[0].start() : words[-1].end()]
    place = next((place for place, word in enumerate(words) if word.group().casefold() in known.roles), None)
    return text[words[place].start() : words[-1].end()] if place is not None else None


def words_of(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(name))


class Cast:
    """Filled once from a text; further figures are added as speakers name them."""

    def __init__(self, article: Article, text: str, outside: Iterable[tuple[int, int]]) -> None:
        """`outside`: the stretches of the text that stand in no quotation."""
        self._text = text
        self.figures: list[Figure] = []
        self._by_word: dict[str, set[int]] = {}  # the figures that have a word in their name
        self._sure: set[int] = set()  # figures that are persons beyond doubt: with an office or an age, or speaking
        self._places: list[Place] = []
        self._given = len(article.people)  # figures so numbered are those of the step before
        self._houses = {entity.name.casefold() for entity in article.organisations}
        self._houses |= {location.name.casefold() for location in article.content_locations}
        if article.people:
            self._of_people(article)
        else:
            self._of_text(outside)
        self._places.sort(key=lambda place: place.start)
        self._starts = [place.start for place in self._places]

    def _of_people(self, article: Article) -> None:
        numbers = {}
        for person in article.people:
            numbers[person.name] = len(self.figures)
            self.figures.append(Figure(person.name, person.role, words_of(person.name)))
            self._set(len(self.figures) - 1, self.figures[-1])
        for one in mentions(article):
            if one.person.name in numbers:
                leading = one.rule != "alias" or self._heads(one.start)
                self._places.append(Place(one.start, one.end, numbers[one.person.name], leading))

    def _heads(self, at: int) -> bool:
        """Whether who is named here acts: the sentence begins with him, his role before him, or "disampaikan" does."""
        lead = self._text[max(0, at - _LEAD) : at]
        begun = max(lead.rfind(end) + len(end) if end in lead else 0 for end in _BEGUN)
        if not begun and at > _LEAD:
            return False
        lead = lead[begun:]
        return _ACTED.search(lead) is not None or any(_heading(part) for part in (lead, lead.rpartition(", ")[2]))

    def _of_text(self, outside: Iterable[tuple[int, int]]) -> None:
        found: list[Speaker] = []
        for start, end in outside:
            for run in _RUN.finditer(self._text, start, end):
                for first, last in _pieces(self._text, run.start(), run.end()):
                    speaker = split_words(self._text, first, last)
                    if speaker is not None:
                        found.append(speaker)
        self._enter(found)
        self._locate(found)

    def _enter(self, found: list[Speaker]) -> None:
        """Whoever stands with an office or an age, or in two words or more, becomes a figure."""
        for speaker in found:
            if speaker.name is None or speaker.body:
                continue
            words = words_of(speaker.name)
            aged = _AGE.match(self._text, speaker.end) is not None
            role = speaker.role or _small_role(self._text, speaker.start) or self._behind(speaker.end)
            speaks = bool(role) or aged or self._speaks(speaker)
            if speaks or len(words) > 1:
                number = self._add(speaker.name, role, words)
                self._sure |= {number} if speaks else set()

    def _speaks(self, speaker: Speaker) -> bool:
        """Whether a cue stands right beside the name."""
        known = cues()
        before = _LAST.search(self._text, max(0, speaker.start - 20), speaker.start)
        if before is not None and before[1].casefold() in known.behind | {"menurut", "said"}:
            return True
        behind = [word.group() for word in _WORD.finditer(self._text, speaker.end, speaker.end + 40)][:2]
        return any(word in known.verbs for word in behind)

    def _behind(self, at: int) -> str | None:
        """The role that stands behind a name: ", Ketua DPRD Kota Bogor,"."""
        aged = _AGE.match(self._text, at)
        at = aged.end() if aged else at
        if self._text[at : at + 2] != ", ":
            return None
        speaker = speaker_at(self._text, at + 2, at + 160)
        return speaker.role if speaker is not None and speaker.name is None else None

    def _add(self, name: str, role: str | None, words: frozenset[str]) -> int:
        """Enter somebody, or give a figure known so far in short the fuller name."""
        near = sorted({number for word in words for number in self._by_word.get(word, ())})
        for number in near:
            figure = self.figures[number]
            if number < self._given and self._is_behind_a_house(figure, name):
                return number
            if words <= figure.words or figure.words < words:
                fuller = figure if words <= figure.words else Figure(name, figure.role, words)
                self._set(number, replace(fuller, role=fuller.role or role))
                return number
        self.figures.append(Figure(name, role, words))
        self._set(len(self.figures) - 1, self.figures[-1])
        return len(self.figures) - 1

    def _is_behind_a_house(self, figure: Figure, name: str) -> bool:
        """Is it this figure's whole name behind a house or place of his role: "Transjakarta Prayoga Lesmana"?"""
        ours, theirs = figure.name.casefold(), name.casefold()
        return theirs.endswith(f" {ours}") and theirs.removesuffix(f" {ours}") in self._houses

    def _set(self, number: int, figure: Figure) -> None:
        self.figures[number] = figure
        for word in figure.words:
            self._by_word.setdefault(word, set()).add(number)

    def _locate(self, found: list[Speaker]) -> None:
        for speaker in found:
            if speaker.name is None or speaker.body:
                continue
            number = self.number(words_of(speaker.name), speaker.start)
            if number is not None:
                leading = number in self._sure and self._heads(speaker.start)
                self._places.append(Place(speaker.start, speaker.end, number, leading))

    def number(self, words: frozenset[str], at: int) -> int | None:
        """Whose name has all these words; of several, who is named last before `at`."""
        if not words:
            return None
        fitting = set.intersection(*(self._by_word.get(word, set()) for word in words))
        if len(fitting) > 1:
            before = (place.figure for place in reversed(self._places) if place.start < at and place.figure in fitting)
            return next(before, min(fitting))
        return next(iter(fitting), None)

    def figure(self, speaker: Speaker) -> Figure | None:
        """Who this speaker is among the people of the text, or as a new one; None for a body or a bare role."""
        if speaker.name is None:
            return self._of_role(speaker)
        if speaker.body:
            return None
        words = words_of(speaker.name)
        number = self.number(words, speaker.start)
        if number is None:
            number = self._add(speaker.name, speaker.role, words)
        figure = self.figures[number]
        if figure.role is None and speaker.role:
            figure = self.figures[number] = replace(figure, role=speaker.role)
        return figure

    def _of_role(self, speaker: Speaker) -> Figure | None:
        """ "Gubernur" alone: the last one before it whose role has these words."""
        if speaker.indefinite or speaker.role is None:
            return None
        wanted = words_of(speaker.role) - cues().articles
        for place in reversed(self._places[: bisect_left(self._starts, speaker.start)]):
            figure = self.figures[place.figure]
            if figure.role and wanted <= words_of(figure.role):
                return figure
        return None

    def within(self, start: int, end: int) -> list[Place]:
        """The places of the text's people between two offsets."""
        first = bisect_left(self._starts, start)
        return [place for place in self._places[first : bisect_left(self._starts, end)] if place.end <= end]

    def last(self, start: int, end: int) -> Place | None:
        """Whom a pronoun at `end` means, if he was named since `start`: who acts last there, else who is named last."""
        there = self.within(start, end)
        leading = [place for place in there if place.leading]
        near = leading or there
        return near[-1] if near else None

    def of(self, place: Place) -> Figure:
        return self.figures[place.figure]
