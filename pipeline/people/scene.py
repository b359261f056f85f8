"""What one pass over a text finds of the terms about people: the ground on which names are read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.lexicon import Folded
from pipeline.people.lists import Kind, Lists, Term
from pipeline.people.words import Run, runs

_HEADS = (Kind.OFFICE, Kind.ROLE, Kind.ACTING, Kind.FORMER)


@dataclass(frozen=True, slots=True)
class Found:
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
    titles: dict[int, int]  # honorifics and ranks: where they end, by where they begin
    general: frozenset[int]  # ends of words that speak of holders in general: "para"
    says: tuple[Found, ...]  # cues before their speaker
    said: tuple[Found, ...]  # cues behind their speaker
    runs: tuple[Run, ...]
    spoken: frozenset[str]  # plain first words of the short runs beside a cue, "Joko" of "kata Joko"


def survey(text: str, folded: Folded, lists: Lists, language: str | None) -> Scene:
    """`folded` is the text folded; `language` decides on words that are two things."""
    heads: dict[int, Found] = {}
    titles: dict[int, int] = {}
    general, says, said = [], [], []
    for hit in lists.index.find(folded):
        for key in hit.keys:
            term = lists.terms[key]
            kind = term.kind
            if kind in _HEADS:
                _keep(heads, Found(hit.start, hit.end, term), language)
            elif kind is Kind.HONORIFIC:
                titles[hit.start] = max(hit.end, titles.get(hit.start, 0))
            elif kind is Kind.GENERAL:
                general.append(hit.end)
            else:
                (says if kind is Kind.SAYS else said).append(Found(hit.start, hit.end, term))
    found = tuple(runs(text))
    return Scene(text, lists, heads, titles, frozenset(general), tuple(says), tuple(said), found, frozenset())


def _keep(heads: dict[int, Found], found: Found, language: str | None) -> None:
    """The longest term of a place; of one length the first kind."""
    office = found.term.office
    if office is not None and language in office.never:
        return
    known = heads.get(found.start)
    if known is None or (found.end, -found.term.kind) > (known.end, -known.term.kind):
        heads[found.start] = found
