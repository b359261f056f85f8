"""The days of an event, from what its articles print; where none prints any, from when most were published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.dossiers.model import EventDays, Phase, Place, Print, Subject

Days = tuple[date, date]
_SURE = 3  # what "held on" weighs against a date that only stands beside the name


def event_days(prints: Sequence[Print], places: Mapping[int, Place], fixed: Days | None) -> EventDays | None:
    """What a person fixed; else what most sources print; else the day on which most was published, which is a guess."""
    if fixed is not None:
        return EventDays(*fixed, basis="person", sources=0)
    return _printed(prints, places) or _published(list(places.values()))


def phase_of(day: date | None, days: EventDays | None) -> Phase:
    """Where a day of publication stands to the event."""
    if day is None or days is None:
        return Phase.UNDATED
    if day < days.first:
        return Phase.BEFORE
    return Phase.DURING if day <= days.last else Phase.AFTER


def _printed(prints: Sequence[Print], places: Mapping[int, Place]) -> EventDays | None:
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    told = [one for one in prints if one.claim.subject is Subject.DAYS and one.article_id in places]
    for one in told:
        votes[one.source][one.claim.value] += 1 if one.claim.about == "beside" else _SURE
    if not votes:
        return None
    total: Counter[str] = Counter()
    for vote in votes.values():
        best = max(vote, key=lambda value: (vote[value], _length(value), value))
        total[best] += min(vote[best], _SURE)
    value = max(total, key=lambda one: (total[one], _length(one), one))
    saying = [one for one in told if one.claim.value == value]
    first, last = _days(value)
    return EventDays(
        first=first,
        last=last,
        basis="texts",
        sources=len({one.source for one in saying}),
        words=saying[0].claim.sentence,
        place=places[saying[0].article_id],
    )


def _published(places: Sequence[Place]) -> EventDays | None:
    days = Counter(place.published.date() for place in places if place.published is not None and not place.copy)
    if not days:
        return None
    day = min(days, key=lambda one: (-days[one], one))
    return EventDays(day, day, basis="published", sources=days[day])


def _days(value: str) -> Days:
    first, _, last = value.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _length(value: str) -> int:
    first, last = _days(value)
    return (last - first).days
