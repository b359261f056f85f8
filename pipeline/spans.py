"""Which past days the readings of an outlet's listings cover, and what became of the URLs of each. Pure.

A day is covered when all the listings of one kind together name everything of it and were read to beyond its
beginning: its own index ({day}) to the last page; or every feed, or every sitemap, or every index, or the API, from
after its end back to articles older than it. One of several feeds is not enough: a selection ("top news") reaches
further back than the feed of everything. Tag and search pages never name everything, so they cover nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import Disposition
from pipeline.store.crawl_records import BackfillState, Reading

_WHOLE_ROADS = ("feed", "sitemap", "index", "api")  # in the order in which a reason names them
_STRAYS = 2  # oldest dates of a listing that are not believed: pinned and back-dated entries
_FEW = 5  # with fewer dates than this, all are believed
_LATE = timedelta(hours=1)  # by which an article may be listed later than the time it prints
_UNSETTLED = (Disposition.PENDING, Disposition.FAILED)

Interval = tuple[datetime, datetime]  # from, to


@dataclass(frozen=True, slots=True)
class Roads:
    """The listings that an outlet file has for a stretch of days, by what they can prove."""

    days: Mapping[date, tuple[str, ...]] = field(default_factory=dict)  # the templates of each day's own index
    families: Mapping[str, str] = field(default_factory=dict)  # such a template: the outlet file's, {day} not filled
    series: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # road: templates of its listings
    continues: Mapping[str, str] = field(default_factory=dict)  # template of further pages: the listing they continue


@dataclass(frozen=True, slots=True)
class DayUrl:
    """A URL and the days it may belong to: one where its date is known, a stretch where it is not."""

    disposition: Disposition
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DaySpan:
    """How far one day is filled, and why it is said so."""

    day: date
    state: BackfillState
    reason: str
    counts: Mapping[str, int]  # {disposition: URLs that are dated on this day}


@dataclass(frozen=True, slots=True)
class _Reach:
    """What one listing, over all its pages and readings, showed."""

    whole: tuple[Interval, ...]  # within these it named everything; disjoint, oldest first
    in_part: tuple[Interval, ...]  # something of these was seen

    def covers(self, start: datetime, end: datetime) -> bool:
        return any(first < start and end <= last for first, last in self.whole)

    def touches(self, start: datetime, end: datetime) -> bool:
        return any(first < end and start <= last for first, last in (*self.whole, *self.in_part))


def settle_days(
    days: Sequence[date], readings: Sequence[Reading], urls: Sequence[DayUrl], roads: Roads, zone: ZoneInfo
) -> tuple[DaySpan, ...]:
    """The state of each of these days (of the outlet's zone), in their order."""
    reach = {
        template: _reach(template, readings, roads) for road in _WHOLE_ROADS for template in roads.series.get(road, ())
    }
    by_template: dict[str, list[Reading]] = {}
    for reading in readings:
        by_template.setdefault(reading.template, []).append(reading)
    speaking = {
        roads.families.get(template) for template, found in by_template.items() if any(one.links for one in found)
    }
    counts, unsettled = _by_day(urls)
    settled = []
    for day in days:
        start, end = day_bounds(day, zone)
        state, reason = _own_index(roads.days.get(day, ()), by_template, roads, speaking, end)
        if state is not BackfillState.COMPLETE:
            state, reason = max(
                (state, reason), _by_series(roads, reach, start, end), key=lambda found: _RANK[found[0]]
            )
        settled.append(_settled(day, state, reason, counts.get(day, Counter()), unsettled.get(day, Counter())))
    return tuple(settled)


_RANK = {BackfillState.UNKNOWN: 0, BackfillState.PARTIAL: 1, BackfillState.COMPLETE: 2}


def day_bounds(day: date, zone: ZoneInfo) -> Interval:
    """The first instant of a day, and the first that is no longer of it."""
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def believed(dates: Iterable[datetime]) -> Interval | None:
    """The stretch that a newest-first listing's dates show, without the strays at its old end; `None` without any."""
    ordered = sorted(dates)
    if not ordered:
        return None
    return (ordered[_STRAYS] if len(ordered) >= _FEW else ordered[0]), ordered[-1]


def _settled(day: date, state: BackfillState, reason: str, counts: Counter[str], open_: Counter[str]) -> DaySpan:
    if state is BackfillState.COMPLETE and open_:
        told = ", ".join(f"{number} {name}" for name, number in sorted(open_.items()))
        return DaySpan(day, BackfillState.PARTIAL, f"{told}; {reason}", dict(sorted(counts.items())))
    return DaySpan(day, state, reason, dict(sorted(counts.items())))


def _by_day(urls: Sequence[DayUrl]) -> tuple[dict[date, Counter[str]], dict[date, Counter[str]]]:
    """Dispositions of the URLs of each day, and those of all that may be of it and have no final one."""
    counts: dict[date, Counter[str]] = {}
    unsettled: dict[date, Counter[str]] = {}
    for url in urls:
        if url.first == url.last:
            counts.setdefault(url.first, Counter())[url.disposition.value] += 1
        if url.disposition in _UNSETTLED:
            name = url.disposition.value if url.first == url.last else f"{url.disposition.value} without a date"
            for number in range((url.last - url.first).days + 1):
                unsettled.setdefault(url.first + timedelta(days=number), Counter())[name] += 1
    return counts, unsettled


# --- a day's own index -----------------------------------------------------------------------------------------------


def _own_index(
    templates: Sequence[str],
    by_template: Mapping[str, Sequence[Reading]],
    roads: Roads,
    speaking: set[str | None],
    end: datetime,
) -> tuple[BackfillState, str]:
    """Whether every index of the day was read to its last page, after the day was over."""
    if not templates:
        return BackfillState.UNKNOWN, "no listing reaches this day"
    found = [_index_read(by_template.get(template, ()), end) for template in templates]
    missing = [why for why in found if why is not None]
    if not missing:
        silent = [one for one in templates if roads.families.get(one) not in speaking]
        if silent:
            return BackfillState.UNKNOWN, "its index names nothing, and neither does any other day's"
        return BackfillState.COMPLETE, "its index was read to the end"
    read = any(by_template.get(template) for template in templates)
    return (BackfillState.PARTIAL if read else BackfillState.UNKNOWN), missing[0]


def _index_read(readings: Sequence[Reading], end: datetime) -> str | None:
    """`None` when the pages were read from the first to the last; else what is missing."""
    if not readings:
        return "its index was not read"
    last = {reading.url: reading for reading in sorted(readings, key=lambda one: one.id)}
    reading: Reading | None = min(last.values(), key=lambda one: one.page)
    while reading is not None:
        if reading.checked_at < end:
            return "its index was read before the day was over"
        if not reading.whole:
            return f"page {reading.page} of its index was read in part"
        if not reading.further or not reading.links:
            return None
        following = last.get(reading.further[0])
        if following is None:
            return f"its index goes on after page {reading.page}, which is the last that was read"
        reading = following
    return None


# --- listings that run over many days --------------------------------------------------------------------------------


def _by_series(roads: Roads, reach: Mapping[str, _Reach], start: datetime, end: datetime) -> tuple[BackfillState, str]:
    partly: str | None = None
    for road in _WHOLE_ROADS:
        listings = [(one, reach[one]) for one in roads.series.get(road, ())]
        if listings and all(one.covers(start, end) for _, one in listings):
            return BackfillState.COMPLETE, f"read back to before it: {_every(road, len(listings))}"
        short = next((one for one in listings if not one[1].covers(start, end)), None)
        if short and any(one.touches(start, end) for _, one in listings):
            partly = partly or f"not read back to before it without a gap: {short[0]}"
    if partly:
        return BackfillState.PARTIAL, partly
    return BackfillState.UNKNOWN, "no listing reaches this day"


def _every(road: str, count: int) -> str:
    names = {"feed": "feeds", "sitemap": "sitemaps", "index": "indexes", "api": "interfaces"}
    return f"the {road}" if count == 1 else f"all {count} {names[road]}"


def _reach(template: str, readings: Sequence[Reading], roads: Roads) -> _Reach:
    mine = [one for one in readings if roads.continues.get(one.template, one.template) == template]
    roots = [one for one in mine if one.road == "sitemap" and "{page}" not in one.template]
    if roots:
        return _tree_reach(roots, readings)
    pages: dict[int, list[Reading]] = {}
    for reading in sorted(mine, key=lambda one: one.read_at):
        pages.setdefault(reading.page, []).append(reading)
    whole: list[Interval] = []
    in_part: list[Interval] = []
    for number, readings_of_page in pages.items():
        before = None if number == min(pages) else [one for one in pages.get(number - 1, ()) if one.whole]
        for reading in readings_of_page:
            span = _page_span(reading, before)
            if span is not None:
                (whole if reading.whole else in_part).append(span)
    return _Reach(_merged(whole), tuple(in_part))


def _page_span(reading: Reading, before: Sequence[Reading] | None) -> Interval | None:
    """What one page of a newest-first listing names everything of; `before`: readings of the page before it, by time.

    The first page (`before` None): from its oldest entry to an hour before it was read. A further page: on from where
    the page before it ended, for what is published in between only moves entries down. Where a listing ends it proves
    nothing of the days before: many servers show only so many pages.
    """
    if before is None:
        return (reading.oldest, _proven_until(reading, reading.oldest)) if reading.oldest else None
    place = bisect_right(before, reading.read_at, key=lambda one: one.read_at)
    above = before[place - 1].oldest if place else None
    newest = max((when for when in (reading.newest, above) if when), default=None)
    return (reading.oldest, newest) if reading.oldest and newest else None


def _proven_until(reading: Reading, oldest: datetime) -> datetime:
    """What is printed as published just before the reading may not have been listed yet."""
    return max(oldest, reading.checked_at - _LATE)


def _tree_reach(roots: Sequence[Reading], readings: Sequence[Reading]) -> _Reach:
    """A sitemap, or a sitemap index whose children were all read after it: everything from their oldest date on."""
    by_url: dict[str, list[Reading]] = {}
    for reading in readings:
        by_url.setdefault(reading.url, []).append(reading)
    whole: list[Interval] = []
    in_part: list[Interval] = []
    for reading in roots:
        leaves, complete = _leaves(reading, by_url, frozenset())
        dates = [leaf.oldest for leaf in leaves if leaf.oldest]
        if dates:
            (whole if complete else in_part).append((min(dates), _proven_until(reading, min(dates))))
    return _Reach(_merged(whole), tuple(in_part))


def _leaves(
    reading: Reading, by_url: Mapping[str, Sequence[Reading]], above: frozenset[str]
) -> tuple[list[Reading], bool]:
    """The readings of all sitemaps below one, and whether none is missing."""
    leaves, complete = [reading], reading.whole
    for url in reading.further:
        if url in above or url == reading.url:
            continue
        later = [one for one in by_url.get(url, ()) if one.checked_at >= reading.read_at]
        if not later:
            complete = False
            continue
        found, whole = _leaves(later[-1], by_url, above | {reading.url})
        leaves += found
        complete = complete and whole
    return leaves, complete


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Overlapping and touching ones joined, oldest first."""
    merged: list[Interval] = []
    for first, last in sorted(intervals):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
