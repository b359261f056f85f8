"""What one pass over a text finds of the terms about people: the ground on which names are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicon import fold
from pipeline.people.lists import Kind, Lists, Term, plain
from pipeline.people.lists import lists as all_lists
from pipeline.people.words import Run, runs

_HEADS = (Kind.OFFICE, Kind.ROLE, Kind.ACTING, Kind.FORMER)
_PLACE_LAST = ("id", "ms", "vi")  # languages that never put the place before the office
_BETWEEN = frozenset(
    {" ", " juga ", " pun ", " kemudian ", " lalu ", " turut ", " also ", " then ", " has ", " had ", " later "}
)
_BEHIND_CUE = frozenset({" ", ", ", " ni ", " kay ", " sa ", " si "})
_LONGEST_SHORT = 3  # words of a run beside a cue that may be part of a name


class Found(NamedTuple):
    """A term in the text. Offsets are code points."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, eq=False)
class Scene:
    """`heads`: offices, roles and what stands before them, by where they begin, the longest of each place."""

    text: str
    lists: Lists
    heads: dict[int, Found]
    held: dict[int, Found]  # "Pj", "mantan": by where they end
    titles: dict[int, int]  # honorifics and ranks: where they end, by where they begin
    general: frozenset[int]  # ends of words that speak of holders in general: "para"
    runs: tuple[Run, ...]
    place_first: bool  # may the place stand before the office: "Bogor Mayor"?
    named: tuple[Found, ...]  # what tells of organisations and events
    bodies: frozenset[int]  # where a name of an organisation may begin
    subjects: bool  # may small words stand between a role and its holder: "pakar psikologi forensik Ratna"?
    after_cue: frozenset[int] = frozenset()  # where what a cue is followed by begins
    before_cue: frozenset[int] = frozenset()  # where what a cue follows ends
    speakers: tuple[Run, ...] = ()  # the runs beside a cue
    spoken: frozenset[str] = frozenset()  # plain first words of the short ones, "Joko" of "kata Joko"

    def run_around(self, place: int) -> Run | None:
        """The run that `place` stands within, not at its beginning."""
        index = bisect_left(self.runs, place, key=lambda run: run.start) - 1
        return self.runs[index] if index >= 0 and self.runs[index].end > place else None


@dataclass
class _Sorted:
    """The terms of a text by what they are, while they are gathered."""

    heads: dict[int, Found] = field(default_factory=dict)
    held: dict[int, Found] = field(default_factory=dict)
    titles: dict[int, int] = field(default_factory=dict)
    general: set[int] = field(default_factory=set)
    says: list[Found] = field(default_factory=list)
    said: list[Found] = field(default_factory=list)
    named: list[Found] = field(default_factory=list)

    def add(self, found: Found, language: str | None) -> None:
        kind = found.term.kind
        if kind in _HEADS:
            _keep(self.heads, self.held, found, language)
        elif kind is Kind.HONORIFIC:
            self.titles[found.start] = max(found.end, self.titles.get(found.start, 0))
        elif kind is Kind.GENERAL:
            self.general.add(found.end)
        elif kind in (Kind.SAYS, Kind.SAID):
            (self.says if kind is Kind.SAYS else self.said).append(found)
        else:
            self.named.append(found)


@lru_cache(maxsize=2)
def survey(text: str, language: str | None) -> Scene:
    """`language` decides on words that are two things. The last ones are kept: two steps read the same text."""
    lists = all_lists()
    terms = _Sorted()
    for hit in lists.index.find(fold(text)):
        if _is_printed_so(text[hit.start : hit.end], lists, language):
            for key in hit.keys:
                terms.add(Found(hit.start, hit.end, lists.terms[key]), language)
    titles = terms.titles  # "Komisaris Besar" is no commissioner
    heads = {start: found for start, found in terms.heads.items() if titles.get(start, 0) <= found.end}
    scene = Scene(
        text=text,
        lists=lists,
        heads=heads,
        held=terms.held,
        titles=titles,
        general=frozenset(terms.general),
        runs=tuple(runs(text)),
        place_first=language not in _PLACE_LAST,
        subjects=language in _PLACE_LAST,
        named=tuple(terms.named),
        bodies=frozenset(found.start for found in terms.named if found.term.kind in (Kind.BODY, Kind.FIRM)),
    )
    return _with_speakers(scene, terms.says, terms.said)


def _is_printed_so(printed: str, lists: Lists, language: str | None) -> bool:
    """ "nối" is no "nói", and "Sơn" no "son"; Vietnamese may be printed without any marks."""
    if printed.isascii():
        return language == "vi" or printed.lower() not in lists.unmarked
    return printed[0] > "\u1eff" or printed.casefold() in lists.marked or not any(_is_marked(one) for one in printed)


def _is_marked(letter: str) -> bool:
    return letter > "\x7f" and letter.isalpha()


def _keep(heads: dict[int, Found], held: dict[int, Found], found: Found, language: str | None) -> None:
    """The longest term of a place; of one length the first kind."""
    office = found.term.office
    if office is not None and language in office.never:
        return
    if found.term.kind in (Kind.ACTING, Kind.FORMER):
        held[found.end] = found
    known = heads.get(found.start)
    if known is None or (found.end, -found.term.kind) > (known.end, -known.term.kind):
        heads[found.start] = found


def _with_speakers(scene: Scene, says: Sequence[Found], said: Sequence[Found]) -> Scene:
    by_start = {run.start: run for run in scene.runs}
    by_end = {run.end: run for run in scene.runs}
    beside = [run for cue in says if (run := _behind(scene, cue, by_start)) is not None]
    beside += [run for cue in said if (run := _before(scene.text, cue.start, by_end)) is not None]
    short = (scene.text[run.start : run.end].split() for run in beside if run.start not in scene.heads)
    spoken = frozenset(plain(words[0]) for words in short if len(words) <= _LONGEST_SHORT)
    after_cue = frozenset(cue.end + 1 for cue in says)
    return replace(
        scene,
        speakers=tuple(beside),
        spoken=spoken,
        after_cue=after_cue,
        before_cue=frozenset(cue.start - 1 for cue in said),
    )


def _behind(scene: Scene, cue: Found, by_start: dict[int, Run]) -> Run | None:
    own = by_start.get(cue.start)
    if own is not None and own.end > cue.end + 1:  # "Menurut Joko"
        return Run(cue.end + 1, own.end)
    for gap in (1, 2, 4, 5):
        run = by_start.get(cue.end + gap)
        if run is not None and scene.text[cue.end : cue.end + gap] in _BEHIND_CUE:
            return run
    return None


def _before(text: str, place: int, by_end: dict[int, Run]) -> Run | None:
    for gap in (1, 5, 6, 7, 11):
        run = by_end.get(place - gap)
        if run is not None and text[place - gap : place] in _BETWEEN:
            return run
    return None
