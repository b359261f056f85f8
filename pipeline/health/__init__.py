"""Is an outlet well? One run's vitals judged beside those of earlier runs: alarms, in the first bad run. Pure.

Two kinds of rule. What needs no past: nothing can be read, every article lacks a headline. And what does: a share of
bad ones, or a number of links, that stands out from the earlier runs of the same outlet file. Few articles on a
Sunday, or none at all, say nothing and raise nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.health.alarm import ARTICLES, LISTINGS, OUTLET, SEARCHES, Alarm, Measure, first_of_each, what_to_do
from pipeline.health.articles import article_measures
from pipeline.health.listings import listing_alarms, listing_measures, outlet_down, silence
from pipeline.health.odds import pooled
from pipeline.health.subject import Subject
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.vitals import Past, Vitals, templates

__all__ = [
    "ARTICLES",
    "LISTINGS",
    "LOOK_BACK",
    "OUTLET",
    "SEARCHES",
    "Alarm",
    "Compared",
    "compare",
    "judge",
    "recovered",
    "what_to_do",
]

LOOK_BACK = timedelta(days=60)  # two months hold weekends and a week of holidays
_TRANSPORT = frozenset(
    {
        FailureClass.DNS,
        FailureClass.CONNECT,
        FailureClass.TLS,
        FailureClass.TIMEOUT,
        FailureClass.HTTP_STATUS,
        FailureClass.ROBOTS,
        FailureClass.LIMIT,
    }
)


def judge(outlet: Outlet, at: datetime, now: Vitals, history: Sequence[Past]) -> tuple[Alarm, ...]:
    """What is wrong, the weightiest first. `at`: when the run began; `history`: earlier runs, in any order."""
    subject = _subject(outlet, at, now, history)
    down = outlet_down(subject)
    if down:
        return (down,)
    ill = [measure.alarm for measure in _measures(subject) if measure.is_ill]
    quiet = silence(subject, at)
    return first_of_each([*([quiet] if quiet else []), *listing_alarms(subject, at), *ill])


def recovered(
    outlet: Outlet, at: datetime, now: Vitals, history: Sequence[Past], open_ones: Sequence[tuple[FailureClass, str]]
) -> tuple[tuple[FailureClass, str], ...]:
    """Which of these (failure, subject) the run shows to be well again: it read what they are about, and it is good.

    A run that read no article says nothing of fields. Asks for what `judge` raised not in this run.
    """
    subject = _subject(outlet, at, now, history)
    measures = list(_measures(subject))
    named = templates(outlet)
    return tuple(key for key in open_ones if _is_recovered(subject, key, measures, named))


def _is_recovered(
    subject: Subject, key: tuple[FailureClass, str], measures: Sequence[Measure], named: Sequence[str]
) -> bool:
    failure, about = key
    now = subject.now
    if about == OUTLET:
        return now.listings_read > 0
    if about == ARTICLES:
        return now.articles > 0
    own = [measure for measure in measures if measure.alarm.key == key]
    if any(measure.now.of and not measure.is_well for measure in own):
        return False
    if "://" in about:
        return about not in named or any(
            listing.template == about and (listing.links > 0 or (listing.unchanged > 0 and failure in _TRANSPORT))
            for listing in now.listings
        )
    return any(measure.is_well for measure in own)


def _measures(subject: Subject) -> Iterator[Measure]:
    yield from article_measures(subject)
    yield from listing_measures(subject)


def _subject(outlet: Outlet, at: datetime, now: Vitals, history: Sequence[Past]) -> Subject:
    """With the earlier runs that compare: of the look-back, and read by the same outlet file."""
    past = [each for each in history if at - LOOK_BACK <= each.started_at < at and each.vitals.digest == now.digest]
    newest_first = tuple(sorted(past, key=lambda each: each.started_at, reverse=True))
    if at.astimezone(ZoneInfo(outlet.timezone)).month == 1:  # then 1 January is a day like others
        now = replace(now, dates=replace(now.dates, january=0))
    return Subject(outlet, now, newest_first)


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure for a person: what is usual beside what is. `usual` and `now` are shares that are good, 0..1."""

    subject: str
    good: str  # what is true of the good ones, in a word or two
    detail: str  # what is bad now, in words
    usual: float | None  # None: it has no past
    now: float | None  # None: this run says nothing of it
    ill: bool


def compare(outlet: Outlet, at: datetime, now: Vitals, history: Sequence[Past]) -> tuple[Compared, ...]:
    """Every measure of a run side by side with its baseline."""
    subject = replace(_subject(outlet, at, now, history), whole=True)
    return tuple(_compared(measure) for measure in _measures(subject))


def _compared(measure: Measure) -> Compared:
    usual = pooled(measure.past)
    return Compared(
        subject=measure.alarm.subject,
        good=measure.good,
        detail=measure.alarm.detail,
        usual=1 - usual.rate if usual.of else None,
        now=1 - measure.now.rate if measure.now.of else None,
        ill=measure.is_ill,
    )
