"""Sixty ordinary days of an outlet, run by run: weekends, a week of holidays, forum days, the day's small troubles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from crawlers.failures import Failure
from pipeline.health import judge
from pipeline.model import FailureClass
from pipeline.vitals import ListingVitals, Past, Vitals
from tests.crawlers.watching import NOW, Watched

DAYS = 60
_FIRST = NOW - timedelta(days=DAYS)
_HOLIDAYS = range(30, 37)  # days of Lebaran's week: nearly nothing comes out
_FORUM = (12, 13, 47)  # days on which four times as much comes out
_WEEK = (1.0, 1.1, 1.0, 1.05, 0.95, 0.55, 0.33)  # Monday to Sunday: what public archives of the region's sites show
_HOURS = (1, 7, 13, 19)  # of a day's runs, with their share of its articles
_SHARES = (0.1, 0.3, 0.35, 0.25)
_SLOW = 0.003  # of listing requests get no answer in time, after all retries
_MISSED = 0.01  # of article pages are gone, or answer with an error


@dataclass(frozen=True)
class Ordinary:
    """One outlet's habits: articles of a working day."""

    watched: Watched
    daily: float


def days_of(outlet: Ordinary, random: Random) -> Iterator[Past]:
    """Its runs, four a day, oldest first."""
    out_so_far = 0
    for day in range(DAYS):
        before, out_so_far = out_so_far, 0
        for hour, share in zip(_HOURS, _SHARES, strict=True):
            at = (_FIRST + timedelta(days=day)).replace(hour=hour)
            new = _poisson(random, outlet.daily * share * _busy(day, at))
            out_so_far += new
            yield Past(at, _run(outlet.watched, random, at, new, before + out_so_far))


def _busy(day: int, at: datetime) -> float:
    if day in _HOLIDAYS:
        return 0.06
    return _WEEK[at.weekday()] * (4 if day in _FORUM else 1)


def _run(watched: Watched, random: Random, at: datetime, new: int, recent: int) -> Vitals:
    found = watched.ordinary(random, new, now=at, shift=at - NOW, spoil=_spoil(random))
    listings = tuple(_listing(each, random, recent) for each in watched.whole.listings)
    return replace(found, listings=listings, new=new, listed=20)


def _spoil(random: Random) -> Failure | None:
    """What one article of the run meets; mostly nothing."""
    if random.random() >= 10 * _MISSED:
        return None
    return random.choice(
        (
            Failure(FailureClass.HTTP_STATUS, "the server answered 404", 404, final=True),
            Failure(FailureClass.TIMEOUT, "no answer within 30 seconds"),
            Failure(FailureClass.HTTP_STATUS, "the server answered 502", 502),
        )
    )


def _listing(usual: ListingVitals, random: Random, recent: int) -> ListingVitals:
    """A feed always holds its newest; an index by day, or a sitemap, what came out; a search what it finds."""
    if random.random() < _SLOW:
        nothing = ListingVitals(usual.template, usual.road, url=usual.url)
        return replace(nothing, failed=1, failure=FailureClass.TIMEOUT, detail="no answer within 30 seconds")
    swings = "{day}" in usual.template or usual.road == "sitemap"
    links = recent if swings else random.randrange(7) if usual.road == "search" else usual.most
    dated = links if usual.dated else 0
    if swings and not links:
        failure = {"failed": 1, "failure": FailureClass.EMPTY, "lasting": True, "detail": "no link to any article"}
        return ListingVitals(usual.template, usual.road, url=usual.url, **failure)  # type: ignore[arg-type]  # typed above
    empty = int(not links)
    return replace(usual, read=1, links=links, most=links, empty=empty, dated=dated, titled=links, failed=0)


def _poisson(random: Random, mean: float) -> int:
    """Knuth's way; good enough for small means."""
    limit, number, product = math.exp(-mean), 0, random.random()
    while product > limit:
        number += 1
        product *= random.random()
    return number


def false_alarms(outlet: Ordinary, random: Random) -> list[tuple[datetime, str]]:
    """The alarms of sixty ordinary days, judged run by run with nothing known at the start: (when, what)."""
    history: list[Past] = []
    raised: list[tuple[datetime, str]] = []
    for past in days_of(outlet, random):
        alarms = judge(outlet.watched.outlet, past.started_at, past.vitals, history)
        raised += [(past.started_at, f"{a.failure.value} {a.subject}: {a.detail}") for a in alarms]
        ill = tuple(sorted({alarm.subject for alarm in alarms}))
        history.append(Past(past.started_at, replace(past.vitals, ill=ill)))
    return raised


def alarmed_days(raised: Sequence[tuple[datetime, str]]) -> int:
    """On how many days there was one."""
    return len({when.date() for when, _ in raised})
