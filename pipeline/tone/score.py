"""How much a stretch of text speaks well and ill, from the words of tone in it. Pure.

A polar word counts by its weight; what stands around it may turn it (a negation, a problem that is solved), make it
more or less, or take it back ("but"). A quantity that grows or shrinks is good or bad news by what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tone.marks import Mark
from pipeline.tone.vocabulary import (
    ACCUSES,
    ALTHOUGH,
    ANSWERS,
    BUT,
    FRAME,
    IRREAL,
    LESS,
    MORE,
    NEGATES,
    PROBLEM,
    REMEDY,
    SOFTER,
    STRONGER,
    SUBJECT,
    WANTED,
)

_NEGATED = -0.7  # times the weight: "not bad" is less than good
_NEGATION_REACH = 3  # tokens between a negation and what it negates
_DEGREE_REACH = 2
_REMEDY_REACH = 5
_FRAME_REACH = 4
_CHAIN_REACH = 4  # between problems of one list: "mengatasi banjir, macet dan polusi"
_TREND_REACH = 4
_TREND_MARKS = _TREND_REACH + 2  # to either side: as many as can stand within its reach
_SUBJECT_FIRST = 1  # tokens by which a quantity before its trend is held to be nearer
_HOPE_REACH = 14
_ANSWER_REACH = 1
_ANSWERED = 0.3
_TREND = 1.4
_PROBLEM = -0.9
_SOLVED = 0.4
_STRONGER, _SOFTER = 1.4, 0.6
_HOPED = 0.35
_BEFORE_BUT, _AFTER_BUT, _CONCEDED = 0.4, 1.3, 0.3
_MOCKED = -0.8  # a word of praise in quotation marks of its own
_SPEAKING = PROBLEM | MORE | LESS  # they may speak without being polar words
_CLOSES = ('"', "'", "”", "’", "»")
_MARKS = "\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class Score:
    """`plus` and `minus` are both 0 or more; `words` those that speak, as printed, with what each counts."""

    plus: float
    minus: float
    words: tuple[tuple[str, float], ...] = ()

    @property
    def value(self) -> float:
        return self.plus - self.minus


_SILENT = Score(0.0, 0.0)


def score(text: str, marks: Sequence[Mark]) -> Score:
    """Of one headline or sentence, whose marks these are; `text` is what their offsets count in."""
    roles, speaks = 0, False
    for mark in marks:
        roles |= mark.roles
        speaks = speaks or mark.weight != 0.0
    if not speaks and not roles & _SPEAKING:
        return _SILENT
    values = [_polar(text, mark) for mark in marks]
    if roles & PROBLEM:
        _solve(marks, values)
    if roles & ACCUSES and roles & ANSWERS:
        _answer(marks, values)
    if roles & (MORE | LESS):
        _follow_trends(marks, values)
    if roles & NEGATES:
        _negate(marks, values)
    _weigh(marks, values)
    words = tuple(
        (text[mark.start : mark.end], value) for mark, value in zip(marks, values, strict=True) if abs(value) > 0.05
    )
    plus = sum(value for _, value in words if value > 0)
    return Score(plus, plus - sum(value for _, value in words), words)


def _polar(text: str, mark: Mark) -> float:
    """What a mark says by itself."""
    value = mark.weight
    if mark.is_name:
        return 0.0
    if not value and mark.roles & PROBLEM and not mark.roles & SUBJECT:
        value = _PROBLEM
    return value * _MOCKED if value > 0 and _is_mocked(text, mark) else value


def _is_mocked(text: str, mark: Mark) -> bool:
    """Does it stand in quotation marks of its own amid a sentence? "Forum 'Sukses' Sisakan Utang" mocks, a quotation
    ("'Hebat', Kata Delegasi") does not."""
    if mark.start == 0 or text[mark.start - 1] not in _MARKS or text[mark.end : mark.end + 1] not in _CLOSES:
        return False
    before, after = text[max(0, mark.start - 3) : mark.start - 1], text[mark.end + 1 : mark.end + 3]
    return before[-1:].isspace() and before[:1].isalnum() and after[:1].isspace() and after[1:].isalpha()


def _solve(marks: Sequence[Mark], values: list[float]) -> None:
    """A problem that is spoken about says nothing, one that is solved speaks well; those listed with it add nothing."""
    chain = -100  # where the last such problem ended
    for place, mark in enumerate(marks):
        if not mark.roles & PROBLEM:
            continue
        if mark.first - chain <= _CHAIN_REACH or _behind(marks, place, FRAME, _FRAME_REACH):
            values[place] = 0.0
        elif _behind(marks, place, REMEDY, _REMEDY_REACH):
            values[place] = _SOLVED
        else:
            continue
        chain = mark.after


def _answer(marks: Sequence[Mark], values: list[float]) -> None:
    """ "tanggapi kritik", "answers critics": the reply is the news."""
    for place, mark in enumerate(marks):
        if mark.roles & ACCUSES and values[place] < 0 and _behind(marks, place, ANSWERS, _ANSWER_REACH):
            values[place] *= _ANSWERED


def _behind(marks: Sequence[Mark], place: int, role: int, reach: int) -> bool:
    """Does a mark of that role stand at most `reach` tokens before, in the same clause?"""
    here = marks[place]
    for earlier in range(place - 1, -1, -1):
        before = marks[earlier]
        if before.clause != here.clause or here.first - before.after > reach:
            return False
        if before.roles & role:
            return True
    return False


def _follow_trends(marks: Sequence[Mark], values: list[float]) -> None:
    """More of what is wanted and less of a problem are good news, the reverse is bad."""
    for place, mark in enumerate(marks):
        direction = (mark.roles & MORE > 0) - (mark.roles & LESS > 0)
        if not direction:
            continue
        nearest = _nearest(marks, place)
        if nearest is None:
            continue
        quantity = marks[nearest]
        if quantity.roles & PROBLEM and _behind(marks, min(place, nearest), FRAME, _FRAME_REACH):
            values[place] = values[nearest] = 0.0
            continue
        good = direction if quantity.roles & WANTED else -direction
        values[place] = _TREND * good
        values[nearest] = 0.0


def _nearest(marks: Sequence[Mark], place: int) -> int | None:
    """The place of the quantity that a trend belongs to: what stands before it, at hand, else what is nearest."""
    mark = marks[place]
    best, distance = None, _TREND_REACH + 1
    for other in range(max(0, place - _TREND_MARKS), min(len(marks), place + _TREND_MARKS + 1)):
        quantity = marks[other]
        if other == place or not quantity.roles & (WANTED | PROBLEM) or quantity.clause != mark.clause:
            continue
        gap = quantity.first - mark.after if other > place else mark.first - quantity.after - _SUBJECT_FIRST
        if gap < distance:
            best, distance = other, gap
    return best


def _negate(marks: Sequence[Mark], values: list[float]) -> None:
    """ "not", "without", "failed to" turn the next word that speaks; their own weight then counts for nothing."""
    for place, mark in enumerate(marks):
        if not mark.roles & NEGATES:
            continue
        for other in range(place + 1, len(marks)):
            later = marks[other]
            if later.clause != mark.clause or later.first - mark.after > _NEGATION_REACH:
                break
            if values[other]:
                values[other] *= _NEGATED
                if values[other] > 0 > values[place]:
                    values[place] = 0.0
                break


def _weigh(marks: Sequence[Mark], values: list[float]) -> None:
    """Degrees, hopes, "but" and "although"."""
    turn = max((place for place, mark in enumerate(marks) if mark.roles & BUT), default=None)
    hope, conceded = -100, -1
    for place, mark in enumerate(marks):
        if mark.roles & IRREAL:
            hope = mark.after
        if mark.roles & ALTHOUGH:
            conceded = mark.clause
        if not values[place]:
            continue
        values[place] *= _degree(marks, place)
        if values[place] > 0 and mark.first - hope <= _HOPE_REACH:
            values[place] *= _HOPED
        if conceded == mark.clause:
            values[place] *= _CONCEDED
        if turn is not None and place != turn:
            values[place] *= _BEFORE_BUT if place < turn else _AFTER_BUT


def _degree(marks: Sequence[Mark], place: int) -> float:
    here, degree = marks[place], 1.0
    for other in (place - 1, place + 1):
        if not 0 <= other < len(marks) or marks[other].clause != here.clause:
            continue
        beside = marks[other]
        gap = here.first - beside.after if other < place else beside.first - here.after
        if gap < _DEGREE_REACH and not beside.weight:
            degree *= _STRONGER if beside.roles & STRONGER else _SOFTER if beside.roles & SOFTER else 1.0
    return degree
