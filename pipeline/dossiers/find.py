"""Which events the stored articles tell of: a forum's edition, or days of a watch without editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_APART = timedelta(days=14)  # between two publications of one event that has no edition; a forum and its follow-ups
_NEAR = timedelta(days=21)  # from an article that says no year to one of an edition, to be of it


@dataclass(frozen=True, slots=True)
class Match:
    """An in-scope article matches a watch. `day`: of its publication, else of its first commit."""

    article_id: int
    watch: str
    edition: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Event:
    """What a dossier is kept on. `first` and `last` are days of publication."""

    id: str  # "mgmac-2023", "asean-capitals-2024-05-02"
    watch: str
    edition: int | None
    articles: tuple[int, ...]  # numbers, ascending
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """All events, by id; and the articles that match a watch and are of no event."""

    events: tuple[Event, ...]
    loose: tuple[Match, ...]


def find_events(matches: Iterable[Match], forums: Collection[str], anchors: Mapping[str, int]) -> Found:
    """Group what matches. `forums`: the watches that have editions; `anchors`: of known dossiers, an article of each.

    An article that says no year is of the edition that was told of within three weeks, the nearest; else it is loose.
    What has no edition is one event as long as two weeks do not pass without an article; it keeps the name under which
    one of its articles is known.
    """
    by_watch: defaultdict[str, list[Match]] = defaultdict(list)
    for match in sorted(set(matches), key=lambda one: (one.day, one.article_id)):
        by_watch[match.watch].append(match)
    events: list[Event] = []
    loose: list[Match] = []
    for watch, found in sorted(by_watch.items()):
        if watch in forums:
            more, rest = _editions(watch, found)
            events += more
            loose += rest
        else:
            events += _clusters(watch, found, anchors)
    return Found(tuple(sorted(events, key=lambda one: one.id)), tuple(loose))


def _editions(watch: str, found: Sequence[Match]) -> tuple[list[Event], list[Match]]:
    years: defaultdict[int, list[Match]] = defaultdict(list)
    for match in found:
        if match.edition is not None:
            years[match.edition].append(match)
    days = sorted({(match.day, match.edition) for match in found if match.edition is not None})
    loose = []
    for match in found:
        if match.edition is None:
            near = min(days, key=lambda one: (abs(one[0] - match.day), -one[1]), default=None)
            if near is not None and abs(near[0] - match.day) <= _NEAR:
                years[near[1]].append(match)
            else:
                loose.append(match)
    return [_event(f"{watch}-{year}", watch, year, group) for year, group in sorted(years.items())], loose


def _clusters(watch: str, found: Sequence[Match], anchors: Mapping[str, int]) -> Iterator[Event]:
    groups: list[list[Match]] = []
    for match in found:
        if groups and match.day - groups[-1][-1].day <= _APART:
            groups[-1].append(match)
        else:
            groups.append([match])
    for group in groups:
        numbers = {match.article_id for match in group}
        known = sorted(name for name, anchor in anchors.items() if anchor in numbers and name.startswith(f"{watch}-"))
        yield _event(known[0] if known else f"{watch}-{group[0].day:%Y-%m-%d}", watch, None, group)


def _event(name: str, watch: str, edition: int | None, group: Sequence[Match]) -> Event:
    days = [match.day for match in group]
    return Event(name, watch, edition, tuple(sorted({match.article_id for match in group})), min(days), max(days))
