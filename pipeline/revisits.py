"""When a kept article is asked for again, and when it counts as gone. Pure; no jitter: the same visits, the same plan.

News is corrected soon or never: outlets mend slips within hours, add statements within a day, and delete within days.
So the visits lie `LADDER` after the first one, each twice to four times as far off as the one before, and end after
two weeks. An article is asked for five times at most where nothing changes; with conditional GET most of these are a
304 without a body.

Two rules keep it decaying: a change takes no rung (a text that was edited just now is looked at again after the same
pause), and no pause is shorter than a tenth of the article's age, so that a page which is never twice the same, for an
advertisement in its text say, is asked for some forty times in its two weeks, not every two hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pipeline.model import FailureClass

LADDER = (timedelta(hours=2), timedelta(hours=6), timedelta(hours=24), timedelta(days=3), timedelta(days=7))
FRESH = timedelta(days=14)  # an older article is not asked for again
GONE_AFTER = timedelta(days=1)  # between the first and the second 404; see `is_gone`

_FIRST = timedelta(0)
_PAUSES = tuple(later - earlier for earlier, later in pairwise((_FIRST, *LADDER)))
_SHARE_OF_AGE = 10  # a pause is at least this part of the article's age


@dataclass(frozen=True, slots=True)
class Visit:
    """One attempt at an article that is stored, as the ledger remembers it."""

    at: datetime
    failure: FailureClass | None  # None: it answered
    status: int | None
    record_id: str | None


def next_revisit(published: datetime, fetched_at: datetime, revisits: int, changed: bool) -> datetime | None:
    """When to ask again; `None`: no more.

    `published`: `born` says from when. `fetched_at`: this visit. `revisits`: rungs taken before this visit, 0 at the
    first; a visit that found no change takes one, save the first, which fetched the article.
    """
    rung = taken(revisits, changed)
    if rung >= len(_PAUSES):
        return None
    age = max(fetched_at - published, timedelta(0))
    when = fetched_at + max(_PAUSES[rung], age / _SHARE_OF_AGE)
    return when if when - published < FRESH else None


def taken(revisits: int, changed: bool) -> int:
    """The rungs taken after a visit. `changed` at the first visit too: all of it was new."""
    return revisits if changed else revisits + 1


def born(published: datetime | None, first_seen: datetime) -> datetime:
    """From when an article's age counts: without a date, or with one yet to come, from when it was first seen."""
    return first_seen if published is None else min(published, first_seen)


def is_gone(visits: Iterable[Visit]) -> bool:
    """Whether the newest of these visits, newest first, says that the article is no more.

    410 says so by itself (RFC 9110 §15.5.11). A 404, a page that says "not found" with status 200, and a redirect to
    the home page or to another article may be a deployment or a broken cache: they count when another visit a day or
    more before met the like, and none between them was answered. Time-outs and blocks say nothing either way.
    """
    newest: Visit | None = None
    spoiled: set[str] = set()  # an answer that turned out to be no article has a row for each
    for visit in visits:
        if visit.failure is None:
            if visit.record_id in spoiled:
                continue
            return False
        if visit.record_id:
            spoiled.add(visit.record_id)
        if newest is None:
            if visit.failure is not FailureClass.GONE:
                return False
            newest = visit
        if newest.status == 410 or (visit.failure is FailureClass.GONE and newest.at - visit.at >= GONE_AFTER):
            return True
    return False


def after_failure(
    published: datetime, at: datetime, revisits: int, *, doubtful: bool, retry_after: timedelta | None = None
) -> datetime | None:
    """When to ask again after a visit in vain, which takes a rung like any other; not before the server wishes.

    `doubtful`: the address answered as if the article were gone, and that has to be met again to count: then there is
    another visit after `GONE_AFTER`, also where the ladder has ended.
    """
    when = next_revisit(published, at, revisits, changed=False)
    if doubtful:
        when = max(when or at, at + GONE_AFTER)
    return max(when, at + (retry_after or timedelta(0))) if when else None
