"""Which facts texts tell differently. Copies of one text are one source; nothing is settled or corrected here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, product

from pipeline.dossiers.model import Claim, Dispute, Print, Side, Subject
from pipeline.dossiers.settings import own_words
from pipeline.locations.gazetteer import place_named
from pipeline.watches import Watch


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The value on record, with all that does for it."""

    shown: str
    values: frozenset[str]

    @classmethod
    def of(cls, value: str | int | None, *others: str) -> _Recorded | None:
        return None if value is None else cls(str(value), frozenset({str(value), *others}))


Key = tuple[Subject, str, int | None, str | None]  # what it is of: subject, about, edition, story

_ORDER = tuple(Subject)
_NEVER = datetime.max.replace(tzinfo=UTC)


def find_disputes(prints: Iterable[Print], watch: Watch | None, edition: int | None) -> tuple[Dispute, ...]:
    """The facts on which two sources, or a source and the watch's own record, cannot both be right."""
    groups: defaultdict[Key, list[Print]] = defaultdict(list)
    for one in prints:
        groups[_key(one)].append(one)
    found = [
        Dispute(key[0], key[1], group[0].claim.watch, edition, sides)
        for key, group in groups.items()
        if key[0] is not Subject.TOGETHER and (sides := _sides(key[0], group, _recorded(key[0], watch, edition)))
    ]
    found += _together(groups, edition)
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.subject), one.about, one.sides[0].value)))


def _key(one: Print) -> Key:
    """Counts of a part of the event are compared within one story; all else is said of the event."""
    claim = one.claim
    story = None if claim.own else one.story or f"article {one.article_id}"
    about = "" if claim.subject is Subject.DAYS else claim.about
    return claim.subject, about, None if claim.subject is Subject.TOGETHER else claim.edition, story


def _sides(subject: Subject, group: Sequence[Print], recorded: _Recorded | None) -> tuple[Side, ...]:
    """Every value with its prints, or nothing where all agree. Days stand for themselves only where they are sure."""
    sure = _sure_days(group) if subject is Subject.DAYS else list(group)
    by_source: defaultdict[int, dict[str, Claim]] = defaultdict(dict)
    for one in sure:
        by_source[one.source].setdefault(one.claim.value, one.claim)
    different = {
        frozenset(claims): tuple(claims.values()) for claims in by_source.values()
    }  # sources that say the same
    apart = any(_apart(subject, a, b) for a, b in combinations(different.values(), 2))
    against = recorded is not None and any(not _agrees(one.claim, recorded) for one in sure)
    return _as_sides(sure, recorded.shown if recorded else None) if apart or against else ()


def _sure_days(group: Sequence[Print]) -> list[Print]:
    """Without what only stands beside the name, and without single days that lie within a span that a text prints."""
    sure = [one for one in group if one.claim.about != "beside"]
    spans = {one.claim.value for one in sure if not _is_one_day(one.claim.value)}
    return [
        one for one in sure if one.claim.value in spans or not any(_same_days(one.claim.value, span) for span in spans)
    ]


def _is_one_day(value: str) -> bool:
    first, _, last = value.partition("/")
    return first == last


def _as_sides(group: Sequence[Print], recorded: str | None) -> tuple[Side, ...]:
    values: defaultdict[str, dict[int, Print]] = defaultdict(dict)
    for one in group:
        values[one.claim.value].setdefault(one.article_id, one)
    if recorded is not None:
        values.setdefault(recorded, {})
    sides = [Side(value, tuple(prints.values()), recorded=value == recorded) for value, prints in values.items()]
    return tuple(sorted(sides, key=_side_order))


def _side_order(side: Side) -> tuple[int, datetime, str]:
    """The most sources first, then what was printed first."""
    first = min((one.published for one in side.prints if one.published is not None), default=_NEVER)
    return -side.sources, first, side.value


def _apart(subject: Subject, a: Sequence[Claim], b: Sequence[Claim]) -> bool:
    """Does nothing that the one says agree with anything that the other says?"""
    return not any(_agree(subject, one, other) for one, other in product(a, b))


def _agree(subject: Subject, a: Claim, b: Claim) -> bool:
    if a.low is not None and a.high is not None and b.low is not None and b.high is not None:
        return a.low <= b.high and b.low <= a.high
    if subject is Subject.DAYS:
        return _same_days(a.value, b.value)
    if subject is Subject.VENUE:
        return bool(own_words(a.value) & own_words(b.value))
    return a.value == b.value


def _same_days(one: str, other: str) -> bool:
    """A single day may be any day of the event; two spans of days are the same or they are not."""
    (first, last), (begins, ends) = one.split("/"), other.split("/")
    if first != last and begins != ends:
        return one == other
    return (begins <= first and last <= ends) or (first <= begins and ends <= last)


def _agrees(claim: Claim, recorded: _Recorded) -> bool:
    if claim.value in recorded.values:
        return True
    if claim.subject is not Subject.HOST:
        return False
    place = place_named(claim.value)  # a city of the province on record
    return place is not None and (place.name in recorded.values or place.province in recorded.values)


def _recorded(subject: Subject, watch: Watch | None, edition: int | None) -> _Recorded | None:
    """What the watch itself holds to be so."""
    if watch is None:
        return None
    if subject is Subject.FOUNDED:
        return _Recorded.of(watch.first_edition)
    held = next((one for one in watch.editions if one.year == edition), None)
    if held is None:
        return None
    if subject is Subject.ORDINAL:
        return _Recorded.of(held.number)
    return _Recorded.of(held.place, *held.also) if subject is Subject.HOST else None


def _together(groups: Mapping[Key, Sequence[Print]], edition: int | None) -> list[Dispute]:
    """ "For the first time with the AMF" against a text that shows both in an earlier year."""
    found = []
    for (subject, about, _, _), group in groups.items():
        if subject is not Subject.TOGETHER:
            continue
        first = [one for one in group if one.claim.value == "first" and one.claim.edition == edition]
        earlier = [one for one in group if one.claim.value != "first" and int(one.claim.value) < (edition or 0)]
        if first and earlier and {one.source for one in first} != {one.source for one in earlier}:
            sides = _as_sides([*first, *earlier], None)
            found.append(Dispute(subject, about, first[0].claim.watch, edition, sides))
    return found
