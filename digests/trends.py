"""An edition's figures beside those of the list's earlier ones: pure, counted from the editions' own rows.

A day without an edition has no figure: it is left out of the means and shown as a gap, never as a zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from digests.known import PastEdition
from digests.model import StoryBlock, Totals
from digests.recap import DayCount, Trend

WATCH = "watch:"  # a subject's prefix
DAYS = 28
_WEEK = 7
_FEWEST, _FEWEST_7, _FEWEST_28 = 3, 3, 7  # editions: with fewer there is no trend, no mean
_SUBJECTS = ("stories", "articles", "outlets")
_Counts = Mapping[str, int]


def trends(
    stories: Sequence[StoryBlock],
    totals: Totals,
    past: Sequence[PastEdition],
    period: date,
    titles: Mapping[str, str],
) -> tuple[Trend, ...]:
    """The edition's totals, then its watches by the stories of these days; none before there were a few editions."""
    days = {one.period: _past_counts(one) for one in past if timedelta(0) < period - one.period < timedelta(DAYS)}
    if len(days) < _FEWEST:
        return ()
    days[period] = _counts(totals, by_watch(stories))
    told: Counter[str] = Counter()
    for counts in days.values():
        told.update({subject: number for subject, number in counts.items() if subject.startswith(WATCH)})
    watched = sorted((subject for subject in told if told[subject]), key=lambda subject: (-told[subject], subject))
    named = {f"{WATCH}{mark.id}": mark.title for story in stories for mark in story.watches}
    named |= {f"{WATCH}{watch}": title for watch, title in titles.items()}
    return tuple(_trend(subject, named.get(subject), days, period) for subject in (*_SUBJECTS, *watched))


def by_watch(stories: Iterable[StoryBlock]) -> dict[str, int]:
    """Watch id → stories; a story of two watches counts for both."""
    counted = Counter(mark.id for story in stories for mark in story.watches)
    return dict(sorted(counted.items()))


def recounted(told: Iterable[Trend], stories: Sequence[StoryBlock], totals: Totals) -> tuple[Trend, ...]:
    """The same trends with this edition's figure counted anew."""
    counts = _counts(totals, by_watch(stories))
    return tuple(
        replace(trend, days=(*trend.days[:-1], replace(trend.days[-1], count=counts.get(trend.subject, 0))))
        for trend in told
    )


def _past_counts(edition: PastEdition) -> _Counts:
    return _counts(edition.totals, edition.by_watch)


def _counts(totals: Totals, watches: Mapping[str, int]) -> _Counts:
    fixed = {"stories": totals.stories, "articles": totals.articles, "outlets": totals.outlets}
    return fixed | {f"{WATCH}{watch}": number for watch, number in watches.items()}


def _trend(subject: str, title: str | None, days: Mapping[date, _Counts], period: date) -> Trend:
    first = min(days)
    shown = [first + timedelta(days=number) for number in range((period - first).days + 1)]
    counts = tuple(DayCount(day, days[day].get(subject, 0) if day in days else None) for day in shown)
    before = [count for count in counts[:-1] if count.count is not None]
    week = [count for count in before if period - count.day <= timedelta(_WEEK)]
    return Trend(subject, title, counts, _mean(week, _FEWEST_7), _mean(before, _FEWEST_28))


def _mean(counts: Sequence[DayCount], fewest: int) -> float | None:
    numbers = [count.count for count in counts if count.count is not None]
    return round(sum(numbers) / len(numbers), 2) if len(numbers) >= fewest else None
