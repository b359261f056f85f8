"""When an article was published: metadata instant, then printed date, then the listing, then the address.

The prose of the body never gives a date: no weekday, no event's day, no "Berita Terpopuler" of the page's side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime, timedelta, timezone, tzinfo
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from pipeline.clean import leads_elsewhere
from pipeline.dates import Instant, home_zones, parse
from pipeline.document import Document, folded, select, text_of
from pipeline.metadata import Metadata, Stated
from pipeline.model import Listing
from pipeline.outlet import Dates, Outlet

_AHEAD = timedelta(hours=1)  # clocks of newsrooms run ahead by minutes; more is an embargo or an error
_FIRST_YEAR = 1995  # no news site of the region is older
_LONGEST = 120  # characters of an element that prints a date and little else
_MOST_CANDIDATES = 400  # elements looked at
_BESIDE = 40  # elements looked at beside a headline
_DATED = re.compile(
    r"(?i)date|time|tanggal|\btgl|waktu|publi|posted|created|jam|ngay|clock|post-?meta|entry-?meta|info"
)
_ASIDE = re.compile(
    r"(?i)popul|relat|terkait|sidebar|side-?bar|widget|latest|terbaru|recommend|rekomend|trending|comment|komentar|footer"
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Publication:
    """When, as printed, and why we think so."""

    when: datetime  # with the offset of the outlet's zone
    text: str
    source: str
    confidence: float
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    instant: Instant
    source: str


def published(
    document: Document, metadata: Metadata, headline: str | None, listing: Listing | None
) -> Publication | None:
    """The instant of publication, or `None`; implausible and future values are refused, never replaced by now."""
    habits, zone = _habits(document)
    fetched = document.page.fetched_at
    stated = [] if habits.ignore_metadata else [*_from_selector(document), *metadata.published]
    printed = _first(_printed(document, headline), zone, habits, fetched)
    machine = _first(stated, zone, habits, fetched, local=habits.metadata_is_local)
    choice = _reconcile(machine, printed) or _from_listing(listing, zone, habits, fetched)
    choice = choice or _from_address(document.page.url, zone, habits, fetched)
    return _in_zone(choice, document.outlet, zone, printed) if choice else None


def modified(document: Document, metadata: Metadata, since: datetime | None) -> Publication | None:
    """The last change that the page states; one before the publication is none."""
    habits, zone = _habits(document)
    stated = () if habits.ignore_metadata else metadata.modified
    found = _first(stated, zone, habits, document.page.fetched_at, local=habits.metadata_is_local)
    if found is None or (since and found.instant.when < since):
        return None
    return _in_zone(_publication(found, 0.9), document.outlet, zone, None)


def _habits(document: Document) -> tuple[Dates, tzinfo]:
    """The outlet's habits and zone; for an unlisted site the zone of its country, or of its language, or UTC."""
    outlet = document.outlet
    if outlet:
        return outlet.dates, ZoneInfo(outlet.timezone)
    host = (urlsplit(document.page.url).hostname or "").rsplit(".", 1)[-1]
    language = (document.tree.get("lang") or "").lower().replace("_", "-").split("-")[0]
    name = home_zones().domain.get(host) or home_zones().language.get(language)
    return Dates(), ZoneInfo(name) if name else UTC


def _first(
    stated: Sequence[Stated] | Iterator[Stated], zone: tzinfo, habits: Dates, fetched: datetime, *, local: bool = False
) -> _Found | None:
    """The first value that is a plausible instant; one with a time before one with a day only."""
    days: list[_Found] = []
    for value in stated:
        instant = parse(value.text, zone, order=habits.order, now=fetched)
        if instant is None:
            continue
        if local:
            instant = replace(instant, when=instant.when.replace(tzinfo=zone))
        if not _is_plausible(instant.when, habits, fetched):
            continue
        if instant.has_time:
            return _Found(instant, value.source)
        days.append(_Found(instant, value.source))
    return days[0] if days else None


def _is_plausible(when: datetime, habits: Dates, fetched: datetime) -> bool:
    first = habits.founded or _FIRST_YEAR
    return first <= when.year < MAXYEAR and when - _AHEAD <= fetched  # the last year has no zone to move to


def _reconcile(machine: _Found | None, printed: _Found | None) -> Publication | None:
    """The machine's instant, unless the printed one shows that its offset lies or that it knows no time."""
    if machine is None or printed is None:
        return _alone(machine or printed, is_printed=machine is None)
    told, seen = machine.instant, printed.instant
    if not told.has_time:
        return (
            _alone(printed, is_printed=True)
            if told.when.date() == seen.when.date()
            else _alone(machine, is_printed=False)
        )
    text = seen.text if _same_minute(told, seen) else told.text
    if _is_lie(told, seen):
        when = told.when.replace(tzinfo=seen.when.tzinfo)
        return Publication(when, seen.text, machine.source, 0.95, f"its offset is wrong: the page prints {seen.text}")
    return Publication(told.when, text, machine.source, 1.0 if text == seen.text else 0.9)


def _same_minute(told: Instant, seen: Instant) -> bool:
    return seen.has_time and abs(told.when - seen.when) < timedelta(minutes=1)


def _is_lie(told: Instant, seen: Instant) -> bool:
    """Both show the same day, hour and minute on their own clocks, yet name different instants."""
    if not seen.has_time or seen.relative or abs(told.when - seen.when) < timedelta(minutes=30):
        return False
    return told.when.replace(tzinfo=None, second=0) == seen.when.replace(tzinfo=None, second=0)


def _alone(found: _Found | None, *, is_printed: bool) -> Publication | None:
    if found is None:
        return None
    return _publication(found, 0.85 if is_printed else 0.9)


def _publication(found: _Found, confidence: float) -> Publication:
    instant = found.instant
    detail = None
    if instant.relative:
        confidence, detail = 0.5, "counted back from the time of fetching"
    elif not instant.has_time:
        confidence, detail = confidence - 0.25, "no time is stated: midnight stands for the day"
    return Publication(instant.when, instant.text, found.source, confidence, detail)


def _in_zone(choice: Publication, outlet: Outlet | None, zone: tzinfo, printed: _Found | None) -> Publication:
    """With the offset of the outlet's zone; of an unlisted site with the one it prints or states, else its home's."""
    target = zone
    if outlet is None and printed and printed.instant.zoned:
        target = printed.instant.when.tzinfo or zone
    elif outlet is None and choice.when.utcoffset():
        return choice
    local = choice.when.astimezone(target)
    return replace(choice, when=local.replace(tzinfo=timezone(local.utcoffset() or timedelta())))


def _from_selector(document: Document) -> Iterator[Stated]:
    """The `datetime` attributes of what the outlet's selector finds."""
    if document.markup:
        for element in select(document.tree, document.markup.date):
            value = element.get("datetime")
            if value and not _is_aside(element, document, None):
                yield Stated(f"css:{document.markup.date}@datetime", value)


def _printed(document: Document, headline: str | None) -> Iterator[Stated]:
    """Printed dates: by the outlet's selector, else of elements that are there for a date, nearest to the headline."""
    if document.markup:
        for element in select(document.tree, document.markup.date):
            if not _is_aside(element, document, None):
                yield Stated(f"css:{document.markup.date}", text_of(element)[: 2 * _LONGEST])
        return
    yield from _near_headline(document, headline)


def _near_headline(document: Document, headline: str | None) -> Iterator[Stated]:
    order = {element: place for place, element in enumerate(document.tree.iter())}
    title = _heading_element(document.tree, headline)
    anchor = order[title] if title is not None else 0
    found: list[tuple[int, Stated]] = []
    for element in (*_dated_elements(document.tree), *_beside(title)):
        text = text_of(element)
        if not 6 <= len(text) <= _LONGEST or not re.search(r"\d|lalu|ago", text) or _is_aside(element, document, title):
            continue
        found.append(
            (
                abs(order[element] - anchor),
                Stated(f"html:{element.tag!s}.{element.get('class') or ''}".strip("."), text),
            )
        )
    return (stated for _, stated in sorted(found, key=lambda pair: pair[0]))


def _beside(title: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements around the headline that print nothing but a date and time, whatever they are called."""
    parent = title.getparent() if title is not None else None
    for element in islice(parent.iter("div", "span", "p", "small", "em", "i") if parent is not None else (), _BESIDE):
        text = text_of(element)
        instant = parse(text, UTC) if len(text) <= _LONGEST / 2 else None
        if instant and instant.has_time and len(instant.text) >= 0.8 * len(text):
            yield element


def _heading_element(tree: HtmlElement, headline: str | None) -> HtmlElement | None:
    wanted = folded(headline or "")
    for element in tree.iter("h1", "h2", "h3", "title") if wanted else ():
        if element.tag != "title" and folded(text_of(element)) == wanted:
            return element
    return None


def _dated_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    left = _MOST_CANDIDATES
    for element in tree.iter(
        "time", "span", "div", "p", "li", "small", "em", "i", "abbr", "td", "font", "h4", "h5", "h6"
    ):
        named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
        if left and (element.tag == "time" or _DATED.search(named)):
            left -= 1
            yield element


def _is_aside(element: HtmlElement, document: Document, title: HtmlElement | None) -> bool:
    """Does it stand in the page's furniture, or in a card that is another article's?"""
    for around in element.iterancestors():
        if around is document.root or any(_holds(around, one) for one in (title, document.root) if one is not None):
            return False
        if around.tag in ("aside", "nav", "footer") or _ASIDE.search(f"{around.get('class')} {around.get('id')}"):
            return True
        if around.tag in ("li", "article", "tr") and _leads_away(around, document):
            return True
        if around.tag == "body":
            return False
    return False


def _holds(around: HtmlElement, title: HtmlElement) -> bool:
    return any(ancestor is around for ancestor in title.iterancestors())


def _leads_away(card: HtmlElement, document: Document) -> bool:
    if next(card.iter("h1"), None) is not None:
        return False
    links = [a.get("href") or "" for a in card.iter("a")]
    return any(leads_elsewhere(href, document.page.url, document.outlet) for href in links[:10])


def _from_listing(listing: Listing | None, zone: tzinfo, habits: Dates, fetched: datetime) -> Publication | None:
    """What the feed or index said of the address. "2 jam lalu" is a hint, and was counted when the index was read."""
    if listing is None:
        return None
    source, printed = f"listing:{listing.road}", listing.date_published_text or ""
    when = listing.date_published
    instant = parse(printed, zone, order=habits.order, now=when or fetched)
    if when is not None and when.tzinfo and _is_plausible(when, habits, fetched):
        exact = Publication(when, printed, source, 0.8)
        return _publication(_Found(replace(instant, when=when), source), 0.8) if instant else exact
    if instant is None or instant.relative or not _is_plausible(instant.when, habits, fetched):
        return None
    return _publication(_Found(instant, source), 0.75)


def _from_address(url: str, zone: tzinfo, habits: Dates, fetched: datetime) -> Publication | None:
    match = _IN_ADDRESS.search(urlsplit(url).path)
    if match is None:
        return None
    found = _first([Stated("url", "-".join(match.groups()))], zone, habits, fetched)
    return _publication(found, 0.65) if found else None
