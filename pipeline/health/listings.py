"""What is measured of an outlet's listings: can they be read, do they still name articles, as many as usual. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from pipeline.health.alarm import LISTINGS, OUTLET, SEARCHES, Alarm, Measure
from pipeline.health.odds import Share, pooled
from pipeline.health.subject import Subject, Words
from pipeline.model import FailureClass
from pipeline.vitals import ListingVitals, Past, Vitals

_OPTIONAL_ROADS = ("tag", "search")  # may rightly have no result at all
_ENOUGH = 5  # earlier readings from which a usual number of links is known
_ALIKE = 8  # readings of the same kind of day that are enough to leave the other days aside
_MAD = 1.4826  # median absolute deviation → standard deviation of a normal distribution
_LEAST_SPREAD = 0.15  # of log(links + 1): a feed that always holds 20 has none of its own
_SPREADS = 4.0
_RARE = 0.01  # share of empty readings that makes another one nothing strange
_NEARLY_EMPTY = 3  # links
_FEWER = 0.4  # of the usual number of links, or less
_FEW_LINKS = 6  # a usual number below which a drop says nothing
_SILENT_LEAST = timedelta(hours=96)  # longer than a weekend with a holiday on either side
_SILENT_TIMES = 3  # longer than the longest silence seen
_SILENT_ARTICLES = 100  # a silence is judged when so many would usually have come out in it …
_SILENT_MOST = timedelta(days=14)  # … or after that: a small outlet rests for the week of a holiday
_HOUR = timedelta(hours=1)
_SILENT_PAST = timedelta(days=14)  # of runs, before a silence is judged
_HOUR = timedelta(hours=1)


def outlet_down(subject: Subject) -> Alarm | None:
    """Not one listing could be read, or none names an article any more: nothing else needs telling then."""
    now = subject.now
    failing = [listing for listing in now.listings if listing.failed]
    if not now.listings_read and failing:
        classes = Counter(listing.failure for listing in failing if listing.failure)
        failure = classes.most_common(1)[0][0]
        chief = next(listing for listing in failing if listing.failure is failure)
        detail = f"none of {len(failing)} listings could be read: {chief.detail}"
        return Alarm(subject.outlet.name, failure, OUTLET, detail, _last_read(subject), f"{chief.url}: {chief.detail}")
    return _nothing_listed(subject)


def _nothing_listed(subject: Subject) -> Alarm | None:
    """All that was asked for answers, and names no article; before, that never happened."""
    now = subject.now
    silent = any(listing.unchanged or _unanswered(listing) for listing in now.listings)
    read = [listing for listing in now.listings if listing.road not in _OPTIONAL_ROADS]
    if silent or not read or any(listing.links for listing in now.listings):
        return None
    before = [sum(listing.links for listing in each.listings) for each in subject.earlier(OUTLET) if each.listings_read]
    if len(before) < _ENOUGH or before.count(0) > _RARE * len(before):
        return None
    foreign = sum(listing.foreign for listing in read)
    failure = FailureClass.LAYOUT if foreign else FailureClass.EMPTY
    detail = f"none of {len(read)} listings names an article" + (f", but {foreign} other addresses" if foreign else "")
    return Alarm(subject.outlet.name, failure, OUTLET, detail, _last_read(subject), f"{read[0].url}: 0 links")


def _unanswered(listing: ListingVitals) -> bool:
    return listing.failed > 0 and listing.failure not in (FailureClass.EMPTY, FailureClass.LAYOUT)


def _last_read(subject: Subject) -> str | None:
    for each in subject.past:
        if each.vitals.listings_read:
            links = sum(listing.links for listing in each.vitals.listings)
            return f"{each.started_at:%Y-%m-%d %H:%M} UTC: {each.vitals.listings_read} listings, {links} links"
    return None


def listing_alarms(subject: Subject, at: datetime) -> Iterator[Alarm]:
    """What single listings show by themselves; of a failure without an answer only the second in a row is told."""
    for listing in subject.now.listings:
        alarm = _failing(subject, listing) or _unlike(subject, listing) or _fewer(subject, listing, at)
        if alarm:
            yield alarm


def _failing(subject: Subject, listing: ListingVitals) -> Alarm | None:
    if not listing.failed or listing.failure is None:
        return None
    of_page = listing.failure is FailureClass.EMPTY and listing.read  # one day's page, or the last one, may be empty
    if of_page or (not listing.lasting and not _failed_before(subject, listing)):
        return None
    if listing.failure is FailureClass.EMPTY and _may_be_empty(subject, listing):
        return None
    part = "can be read in part only" if listing.read else "could not be read"
    words = (f"a listing {part}: {listing.detail}", _last_links(subject, listing), f"{listing.url}: {listing.detail}")
    return Alarm(subject.outlet.name, listing.failure, listing.template, *words)


def _failed_before(subject: Subject, listing: ListingVitals) -> bool:
    """In the run just before this one too."""
    before = next(_of(subject.past, listing), None)
    return before is not None and before.failed > 0 and not before.read and not before.unchanged


def _may_be_empty(subject: Subject, listing: ListingVitals) -> bool:
    """The index of a day, or the news sitemap of two: where that was seen before, or nearly."""
    links = [each.links for each in _of(subject.past, listing, well=True) if each.read or each.failed]
    if links.count(0) > _RARE * len(links):
        return True
    return _swings(listing) and (len(links) < _ENOUGH or min(links) <= _NEARLY_EMPTY or median(links) < _FEW_LINKS)


def _swings(listing: ListingVitals) -> bool:
    """It holds what came out of late, however much or little that is; a feed holds its newest, always as many."""
    return "{day}" in listing.template or listing.road == "sitemap"


def _unlike(subject: Subject, listing: ListingVitals) -> Alarm | None:
    """It names addresses, but none is like an article's."""
    if listing.links or not listing.foreign or not listing.read or listing.road in _OPTIONAL_ROADS:
        return None
    detail = f"none of the {listing.foreign} addresses of a listing is like an article's"
    words = (detail, _last_links(subject, listing), f"{listing.url}: 0 articles, {listing.foreign} other addresses")
    return Alarm(subject.outlet.name, FailureClass.LAYOUT, listing.template, *words)


def _fewer(subject: Subject, listing: ListingVitals, at: datetime) -> Alarm | None:
    """Far fewer links than on such a day, in a listing that does not follow the outlet's output."""
    ordinary = listing.read and subject.now.daily and listing.road not in _OPTIONAL_ROADS
    if not ordinary or _swings(listing):
        return None
    seen = [
        (each.started_at, found)
        for each in subject.past
        if each.vitals.daily and listing.template not in each.vitals.ill
        for found in each.vitals.listings
        if found.template == listing.template and found.read
    ]
    if len(seen) < _ENOUGH:
        return None
    usual = [found.most for when, found in seen]
    zone = ZoneInfo(subject.outlet.timezone)
    alike = [found.most for when, found in seen if _rests(when, zone) == _rests(at, zone)]
    if not _is_fewer(listing.most, alike if len(alike) >= _ALIKE else usual) or listing.most >= min(usual):
        return None
    detail = f"a listing names {listing.most} articles where {median(usual):.0f} are usual"
    words = (detail, _last_links(subject, listing), f"{listing.url}: {listing.most} links")
    return Alarm(subject.outlet.name, FailureClass.EMPTY, listing.template, *words)


def _is_fewer(links: int, usual: Sequence[int]) -> bool:
    """By median and median absolute deviation of log(links + 1) (Leys et al., J. Exp. Soc. Psych. 49, 2013)."""
    centre = median(usual)
    if centre < _FEW_LINKS or links > _FEWER * centre:
        return False
    logs = [math.log1p(number) for number in usual]
    middle = median(logs)
    spread = max(_MAD * median(abs(number - middle) for number in logs), _LEAST_SPREAD)
    return math.log1p(links) < middle - _SPREADS * spread


def _rests(when: datetime, zone: ZoneInfo) -> bool:
    """Saturday or Sunday there."""
    return when.astimezone(zone).weekday() >= 5


def listing_measures(subject: Subject) -> Iterator[Measure]:
    """Searches that find nothing, and entries without date or headline."""
    fruitless = _fruitless(subject.now)
    if fruitless.of > 1:
        words: Words = (f"{fruitless.count} of {fruitless.of} searches and tag pages find nothing", None, None)
        yield subject.measure("found", FailureClass.EMPTY, SEARCHES, _fruitless, words)
    for listing in subject.now.listings:
        yield from _entries(subject, listing)
    if all(listing.links < _FEW_LINKS for listing in subject.now.listings):  # too few in each to tell
        yield from _all_entries(subject)


def _entries(subject: Subject, listing: ListingVitals) -> Iterator[Measure]:
    good, name = _last_links(subject, listing), listing.template
    if listing.road in _OPTIONAL_ROADS:
        words: Words = (
            f"{listing.empty} of {listing.read} readings of a {listing.road} find nothing",
            good,
            listing.url,
        )
        yield subject.measure(
            "found", FailureClass.EMPTY, name, _count(name, lambda seen: Share(seen.empty, seen.read)), words
        )
    words = (f"{listing.links - listing.dated} of {listing.links} entries of a listing have no date", good, listing.url)
    yield subject.measure("dated", FailureClass.DATE, name, _count(name, _undated), words)
    words = (
        f"{listing.links - listing.titled} of {listing.links} entries of a listing have no headline",
        good,
        listing.url,
    )
    yield subject.measure("titled", FailureClass.LAYOUT, name, _count(name, _untitled), words)


def _all_entries(subject: Subject) -> Iterator[Measure]:
    """Of all listings together: a portal of many small ones."""
    undated, untitled = _over_all(_undated), _over_all(_untitled)
    share = undated(subject.now)
    words: Words = (f"{share.count} of {share.of} entries of all listings have no date", _last_read(subject), None)
    yield subject.measure("dated", FailureClass.DATE, LISTINGS, undated, words)
    share = untitled(subject.now)
    words = (f"{share.count} of {share.of} entries of all listings have no headline", _last_read(subject), None)
    yield subject.measure("titled", FailureClass.LAYOUT, LISTINGS, untitled, words)


def _undated(listing: ListingVitals) -> Share:
    return Share(listing.links - listing.dated, listing.links)


def _untitled(listing: ListingVitals) -> Share:
    return Share(listing.links - listing.titled, listing.links)


def _over_all(share: Callable[[ListingVitals], Share]) -> Callable[[Vitals], Share]:
    return lambda vitals: pooled(map(share, vitals.listings))


def _fruitless(vitals: Vitals) -> Share:
    optional = [listing for listing in vitals.listings if listing.road in _OPTIONAL_ROADS]
    return Share(sum(listing.empty for listing in optional), sum(listing.read for listing in optional))


def _count(template: str, share: Callable[[ListingVitals], Share]) -> Callable[[Vitals], Share]:
    def count(vitals: Vitals) -> Share:
        return next((share(seen) for seen in vitals.listings if seen.template == template), Share(0, 0))

    return count


def silence(subject: Subject, at: datetime) -> Alarm | None:
    """Listings answer, and for far longer than ever nothing new stands in them."""
    runs = [each for each in subject.past if each.vitals.daily]
    if subject.now.new or not subject.now.listings_read or not subject.now.daily or not runs:
        return None
    moments = [each.started_at for each in runs if each.vitals.new]
    span = at - runs[-1].started_at
    if not moments or span < _SILENT_PAST:
        return None
    longest = max((later - earlier for later, earlier in pairwise(moments)), default=timedelta())
    usual = span * _SILENT_ARTICLES / sum(each.vitals.new for each in runs)
    if at - moments[0] <= max(_SILENT_LEAST, _SILENT_TIMES * longest, min(usual, _SILENT_MOST)):
        return None
    hours, before = (at - moments[0]) / _HOUR, longest / _HOUR
    detail = f"nothing new for {hours:.0f} hours; the longest silence before was {before:.0f} hours"
    return Alarm(subject.outlet.name, FailureClass.EMPTY, OUTLET, detail, f"{moments[0]:%Y-%m-%d %H:%M} UTC", "nothing")


def _of(past: Sequence[Past], listing: ListingVitals, *, well: bool = False) -> Iterator[ListingVitals]:
    """The listing in earlier runs that asked for it, newest first; `well`: without those of an open alarm."""
    for each in past:
        if well and listing.template in each.vitals.ill:
            continue
        yield from (found for found in each.vitals.listings if found.template == listing.template)


def _last_links(subject: Subject, listing: ListingVitals) -> str | None:
    for each in subject.past:
        for found in each.vitals.listings:
            if found.template == listing.template and found.links:
                return f"{each.started_at:%Y-%m-%d %H:%M} UTC: {found.links} links in {found.read} readings"
    return None
