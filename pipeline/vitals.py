"""What one run shows of its outlet's health, as numbers that can be compared with those of earlier runs. Pure.

Everything is counted over all that the run read, not over what it kept: a layout breaks for every article alike. An
example stands beside each number, so that an alarm can show the last good and the present value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from pipeline.model import FailureClass
from pipeline.outlet import Outlet

FIELDS = (
    "article_body", "headline", "date_published", "in_language", "description", "authors", "editors", "dateline",
    "article_section", "keywords", "date_modified", "photographers",
)  # fmt: skip
LONGEST_VALUE = 160  # characters of an example
_SOURCES = ("css", "json-ld", "meta", "html", "text", "listing", "microdata", "trafilatura", "url")


@dataclass(frozen=True, slots=True)
class ListingVitals:
    """One listing of the outlet file: all readings of one template in one run."""

    template: str  # as in the outlet file; of a listing that another one names, its address with # for figures
    road: str
    read: int = 0  # readings, 304s aside
    unchanged: int = 0  # answers 304
    empty: int = 0  # of `read`, those without a link to any article
    links: int = 0  # entries whose address may be an article's, over all readings
    foreign: int = 0  # other entries
    most: int = 0  # links of the fullest reading
    dated: int = 0  # of `links`, those with a publication date
    titled: int = 0  # of `links`, those with a headline
    failed: int = 0  # readings that failed, wholly or in part
    failure: FailureClass | None = None  # of the last one that failed
    lasting: bool = False  # that failure was an answer, not the lack of one: asking again soon will not help
    detail: str | None = None
    url: str | None = None  # the address of the last reading

    @property
    def asked(self) -> int:
        """Readings that came to an end, good or bad."""
        return self.read + self.unchanged + (self.failed if not self.read else 0)


@dataclass(frozen=True, slots=True)
class FieldVitals:
    """One field of the articles read."""

    present: int = 0
    sources: Mapping[str, int] = field(default_factory=dict)  # {css, json-ld, meta, …: articles}
    url: str | None = None  # an article that has it …
    value: str | None = None  # … and what it says
    source: str | None = None  # … and where it stood
    absent: str | None = None  # an article that has it not


@dataclass(frozen=True, slots=True)
class FailureVitals:
    """Article addresses that failed in one way."""

    count: int = 0
    in_a_row: int = 0  # the longest row of them, with nothing else in between
    url: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class DateVitals:
    """What the publication dates look like; counts of articles."""

    future: int = 0  # more than an hour after they were fetched
    january: int = 0  # on 1 January, a default of broken software
    same: int = 0  # the largest number that share one instant
    compared: int = 0  # the listing gave a date too
    differing: int = 0  # of these, more than 36 hours apart from the page's
    url: str | None = None  # an article of which one of these is true …
    value: str | None = None  # … and its date
    ages: Mapping[str, int] = field(default_factory=dict)  # {power of two of hours before the fetch: articles}


@dataclass(frozen=True, slots=True)
class Vitals:
    """Measured of one run."""

    daily: bool = True  # an ordinary run; False: somebody asked for a window of the past
    digest: str = ""  # of what the outlet file says about reading: numbers compare while it stays the same
    listings: tuple[ListingVitals, ...] = ()
    listed: int = 0
    new: int = 0
    kept: int = 0
    articles: int = 0  # pages read that are articles (or short notes)
    kinds: Mapping[str, int] = field(default_factory=dict)  # {kind: pages read}
    led_away: int = 0  # addresses that redirect to what is no article
    led_example: str | None = None  # "from → to"
    failures: Mapping[str, FailureVitals] = field(default_factory=dict)  # {failure class: article addresses}
    fields: Mapping[str, FieldVitals] = field(default_factory=dict)
    generations: Mapping[str, int] = field(default_factory=dict)  # {name of the markup, or "generic": articles}
    languages: Mapping[str, int] = field(default_factory=dict)
    dates: DateVitals = DateVitals()
    bodies: Mapping[str, int] = field(default_factory=dict)  # {power of two of characters: articles}
    body_median: int = 0  # characters
    furniture: int = 0  # articles with a paragraph that many others of the run have too
    furniture_example: str | None = None
    garbled: int = 0  # articles with characters that come of a wrong charset
    garbled_example: str | None = None
    ill: tuple[str, ...] = ()  # subjects that were alarmed at this run: it is no measure of them

    @property
    def listings_read(self) -> int:
        """Listings that answered and were read, or were unchanged."""
        return sum(listing.read + listing.unchanged for listing in self.listings)

    @property
    def tried(self) -> int:
        """Article addresses of which the end is known."""
        return sum(self.kinds.values()) + self.led_away + sum(each.count for each in self.failures.values())

    def as_json(self) -> Mapping[str, object]:
        """For the run's row; what is as by default is left out."""
        document: Mapping[str, object] = _ADAPTER.dump_python(self, mode="json", exclude_defaults=True)
        return document


_ADAPTER = TypeAdapter(Vitals)


def from_json(value: Mapping[str, object]) -> Vitals | None:
    """`None` for what an older or newer release measured otherwise: it cannot be compared."""
    try:
        return _ADAPTER.validate_python(value)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier run."""

    started_at: datetime
    vitals: Vitals


def reading_digest(outlet: Outlet) -> str:
    """SHA-256 (hex, its beginning) over all that decides how the outlet's pages and listings are read."""
    said = (outlet.discovery, outlet.canonical, outlet.dates, outlet.names, outlet.markup, outlet.platform)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def templates(outlet: Outlet) -> tuple[str, ...]:
    """The listings the outlet file names."""
    found = outlet.discovery
    return (*found.feeds, *found.sitemaps, *found.indexes, *found.tags, *found.searches, *found.archives)


def template_of(url: str, named: Sequence[str]) -> str:
    """The template an address was filled in from; of an address that another listing named, its shape."""
    for template in named:
        pattern = re.sub(r"\\\{\w+\\\}", "[^?#]+", re.escape(template))
        if re.fullmatch(pattern, url):
            return template
    return re.sub(r"\d+", "#", url)


def source_kind(source: str) -> str:
    """ "css:h1.title@datetime" → "css"."""
    kind = source.partition(":")[0]
    return kind if kind in _SOURCES else "other"


def bucket(number: float) -> str:
    """The power of two below a number, as a key of a histogram: 700 → "9" (512 to 1,023); below 1: "-1"."""
    return str(int(number).bit_length() - 1)
