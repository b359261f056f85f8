"""The days of an event, from what its articles print; where none prints any, from when most were published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pipeline.dossiers.model import EventDays, Phase, Place, Print, Subject

Days = tuple[date, date]
_SURE = 3  # what "held on" weighs against a date that only stands beside the name


def event_days(
    prints: Sequence[Print], places: Mapping[int, Place], edition: int | None, fixed: Days | None
) -> EventDays | None:
    """What a person fixed; else what most sources print; else the day on which most was published, which is a guess.

    No guess where all was published in another year than that of the edition.
    """
    if fixed is not None:
        return EventDays(*fixed, basis="person", sources=0)
    return _printed(prints, places) or _published(list(places.values()), edition)


def phase_of(day: date | None, days: EventDays | None, edition: int | None = None) -> Phase:
    """Where a day of publication stands to the event; of another year it is known without the days."""
    if day is not None and days is not None:
        if day < days.first:
            return Phase.BEFORE
        return Phase.DURING if day <= days.last else Phase.AFTER
    if day is None or edition is None or day.year == edition:
        return Phase.UNDATED
    return Phase.BEFORE if day.year < edition else Phase.AFTER


def _printed(prints: Sequence[Print], places: Mapping[int, Place]) -> EventDays | None:
    told = [one for one in prints if one.claim.subject is Subject.DAYS]
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for one in told:
        votes[one.source][one.claim.value] += 1 if one.claim.about == "beside" else _SURE
    if not votes:
        return None
    values = {value for vote in votes.values() for value in vote}
    weight = {value: sum(_weight(value, vote) for vote in votes.values()) for value in values}
    value = max(_widest(weight, votes.values()), key=lambda one: (weight[one], _length(one), one))
    saying = [one for one in told if one.claim.value == value]
    shown = next((one for one in saying if one.article_id in places), saying[0])
    first, last = _days(value)
    return EventDays(
        first=first,
        last=last,
        basis="texts",
        sources=len({one.source for one in saying}),
        words=shown.claim.sentence,
        outlet=shown.outlet,
        language=shown.language,
        url=shown.url,
    )


def _widest(weight: Mapping[str, int], votes: Collection[Counter[str]]) -> list[str]:
    """What the heaviest span lies within: where most tell of the opening day, one text may say how long it lasts."""
    best = max(weight, key=lambda one: (weight[one], _length(one), one))
    if _length(best):
        return [best]
    day, _ = _days(best)
    wider = [
        value
        for value in weight
        if _length(value) and _days(value)[0] <= day <= _days(value)[1] and any(vote[value] >= _SURE for vote in votes)
    ]
    return wider or [best]


def _weight(value: str, vote: Counter[str]) -> int:
    """What one source gives to a span: a day that lies within it speaks for it too, a little less."""
    first, last = _days(value)
    own = min(vote[value], _SURE) * 2
    inner = (_days(other) for other in vote if other != value)
    return own or (1 if any(first <= begins and ends <= last for begins, ends in inner) else 0)


def _published(places: Sequence[Place], edition: int | None) -> EventDays | None:
    days = Counter(
        place.published.date()
        for place in places
        if place.published is not None and not place.copy and edition in (None, place.published.year)
    )
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
