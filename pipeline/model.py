"""The words of the project as frozen dataclasses; imports nothing of ours.

Field names are schema.org's (`NewsArticle`) and IPTC's in snake_case. Absent is `None` or an empty
tuple, never "" and never "now". Datetimes are aware.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.annotations import Entity as Entity  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import Evidence as Evidence  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import Location as Location  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import Person as Person  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import Quote as Quote  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import Tag as Tag  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import ToneReading as ToneReading  # noqa: PLC0414 (one place to import the words from)
from pipeline.annotations import WatchMatch as WatchMatch  # noqa: PLC0414 (one place to import the words from)
from pipeline.membership import Comparison as Comparison  # noqa: PLC0414 (one place to import the words from)
from pipeline.membership import Member as Member  # noqa: PLC0414 (one place to import the words from)
from pipeline.membership import Relation as Relation  # noqa: PLC0414 (one place to import the words from)
from pipeline.membership import Role as Role  # noqa: PLC0414 (one place to import the words from)
from pipeline.membership import Story as Story  # noqa: PLC0414 (one place to import the words from)


class Disposition(StrEnum):
    """What became of a URL; exactly one at a time (DESIGN §1)."""

    PENDING = "pending"  # known, not fetched yet, or to be fetched again
    KEPT = "kept"  # an in-scope article is stored
    DUPLICATE = "duplicate"  # another URL of the same page at the same outlet
    REJECTED = "rejected"  # not ours: `stage` and `rule` say why
    FAILED = "failed"  # every permitted attempt failed: `rule` is the FailureClass
    OUT_OF_WINDOW = "out_of_window"  # older or newer than what the run was asked for
    WITHHELD = "withheld"  # a person withheld it: in no edition and no export
    TAKEN_DOWN = "taken_down"  # its bytes were removed on purpose


class Stage(StrEnum):
    """The step that settled a disposition."""

    DISCOVERY = "discovery"
    ROBOTS = "robots"
    FETCH = "fetch"
    EXTRACT = "extract"
    WATCH = "watch"
    PERSON = "person"


class FailureClass(StrEnum):
    """Why a fetch, a listing or a run failed; one vocabulary for URLs, runs and coverage."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    HTTP_STATUS = "http_status"
    ROBOTS = "robots"
    BLOCKED = "blocked"  # a captcha or "access denied" page
    FORBIDDEN_ADDRESS = "forbidden_address"  # the network guard refused it
    NOT_AN_ARTICLE = "not_an_article"
    GONE = "gone"  # a stored article's address answers 404 or 410, says "not found", or leads elsewhere
    LAYOUT = "layout"  # listings or selectors find nothing where they used to
    EMPTY = "empty"  # a listing without a single link, an article without text
    DATE = "date"
    LANGUAGE = "language"
    LIMIT = "limit"  # too large, too slow to process, too many
    KILLED = "killed"  # the run ended without saying so
    STORAGE = "storage"  # the archive or the database could not be written
    INTERNAL = "internal"  # our own defect; `detail` names it


class Kind(StrEnum):
    """What a page is. `ARTICLE` and `SHORT_NOTE` can be kept; the rest is rejected or failed with this as rule."""

    ARTICLE = "article"
    SHORT_NOTE = "short_note"
    PHOTO = "photo"
    VIDEO = "video"
    LIVE_BLOG = "live_blog"
    LISTING = "listing"
    PAYWALL = "paywall"
    BLOCK_PAGE = "block_page"
    SOFT_404 = "soft_404"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Page:
    """One response as fetched. `body` is the payload after content decoding, never after charset decoding."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    fetched_at: datetime
    outlet: str | None  # name of the outlet file; None for an unlisted address
    record_id: str | None = None  # WARC-Record-ID of the response, `<urn:uuid:…>`


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, sitemap, index, tag or search page said of one URL."""

    url: str  # as printed there, made absolute, without fragment
    found_on: str  # URL of the listing; for `--url` the word "operator"
    road: str  # feed | sitemap | index | tag | search | api | operator
    headline: str | None = None
    description: str | None = None
    date_published: datetime | None = None
    date_published_text: str | None = None
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a field of an article came from."""

    field: str  # name of the Article field
    source: str  # e.g. "json-ld:datePublished", "css:h1.title", "text:byline-tail", "listing:feed"
    confidence: float = 1.0  # 0..1
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done with the text."""

    terms: str | None = None  # the outlet's stated terms, or notice found in the text
    permission: str | None = None  # which permission was given, by whom
    robots: str | None = None  # robots meta or X-Robots-Tag of the page
    copyright: str | None = None  # "ANTARA 2023"


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Where the bytes lie: file name within the archive folder and byte offset of the record."""

    record_id: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text at one URL, as our code read it from recorded inputs: a pure function's result.

    Facts that need other articles or the store (story, copy, disposition, version) are not here but
    in `StoredArticle`.
    """

    url: str  # of the first page, after redirects
    canonical_url: str
    outlet: str | None
    kind: Kind
    fetched_at: datetime
    sha256: str  # of the payload of the first page, hex
    headline: str | None = None
    description: str | None = None
    article_body: tuple[str, ...] = field(default=(), repr=False)
    date_published: datetime | None = None  # with the offset of the outlet's zone
    date_published_text: str | None = None  # as printed
    date_modified: datetime | None = None  # never before the publication
    date_modified_text: str | None = None  # as printed
    byline: str | None = None  # as printed
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    dateline: str | None = None  # the place only: "Jakarta"
    credit_line: str | None = None  # "ANTARA"
    article_section: str | None = None
    keywords: tuple[str, ...] = ()
    in_language: str | None = None  # BCP 47 primary subtag
    language_confidence: float | None = None  # 0..1
    syndicated_from: str | None = None  # as printed: "En.Antara News"
    source_links: tuple[str, ...] = ()  # addresses that its source line or its canonical link names as the original
    owned: bool = False  # its outlet is a city's own, or that of the organisation whose forum is watched
    press_release: bool = False
    pull_quote: str | None = None  # a repeated quotation taken out of the body
    watches: tuple[WatchMatch, ...] = ()
    possible: tuple[WatchMatch, ...] = ()  # doubtful: for a person to judge; never of a watch in `watches`
    tags: tuple[Tag, ...] = ()
    content_locations: tuple[Location, ...] = ()  # the main one first
    people: tuple[Person, ...] = ()
    organisations: tuple[Entity, ...] = ()
    events: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    headline_tone: ToneReading | None = None  # None where it was not read: there is no headline
    body_tone: ToneReading | None = None
    needs_clarification: str | None = None  # why the city should answer, in one sentence
    summary: str | None = None
    disputed: tuple[str, ...] = ()  # statements known to contradict recorded facts; never an extract unmarked
    rights: Rights = Rights()
    record_ids: tuple[str, ...] = ()  # WARC-Record-IDs of the pages it was read from
    reason: str | None = None  # why `kind` is what it is, in words
    provenance: tuple[Provenance, ...] = field(default=(), repr=False)
    # values that were read and not believed, with confidence 0; `detail` says which and why
    refused: tuple[Provenance, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The body as one string, paragraphs joined by "\\n"; the text that offsets refer to."""
        return "\n".join(self.article_body)

    @property
    def places(self) -> tuple[str, ...]:
        """The names of its locations."""
        return tuple(location.name for location in self.content_locations)

    @property
    def tone(self) -> str | None:
        """Of the body, else of the headline: positif | netral | negatif; None where neither is to be told."""
        readings = (self.body_tone, self.headline_tone)
        return next((reading.value for reading in readings if reading is not None and reading.value), None)

    @property
    def tones_differ(self) -> bool:
        """Whether the headline says what the body does not bear out, or hides that the body is negative."""
        if self.headline_tone is None or self.body_tone is None:
            return False
        headline, body = self.headline_tone.value, self.body_tone.value
        return None not in (headline, body) and headline != body and (headline, body) != ("netral", "positif")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The disposition a step gives to a URL, with its reason."""

    disposition: Disposition
    stage: Stage
    rule: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what the store knows of it."""

    id: int
    article: Article
    version: int  # n of the current version, from 1
    version_id: int
    committed_at: datetime  # of that version
    disposition: Disposition
    content_digest: str
    captures: tuple[CaptureRef, ...] = ()
    story_id: str | None = None
    copy_of: int | None = None  # article id of the text it reprints
    gone_at: datetime | None = None
    rejected_reason: str | None = None
    withheld_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A recorded response: where its bytes lie and what they are."""

    record_id: str
    url: str
    status: int
    fetched_at: datetime
    file: str  # name within the archive folder, final name without `.open`
    offset: int  # of the response record's gzip member
    length: int  # bytes of that member
    payload_sha256: str  # hex, of the payload after content decoding
    content_type: str | None
    role: str  # page | listing | robots | redirect | error


class RunState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"  # all it listed was settled
    PARTIAL = "partial"  # ended, but a listing or a URL failed
    FAILED = "failed"  # could not do its work: `failure` says why
    KILLED = "killed"  # its heartbeat stopped; found by the next run or `status`


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Counters of a run; URLs unless said otherwise."""

    listings: int = 0  # listings fetched (or answered 304)
    listings_failed: int = 0
    listed: int = 0  # distinct URLs the listings named
    new: int = 0  # of these, never seen before
    fetched: int = 0  # article requests that got an answer
    kept: int = 0
    duplicate: int = 0
    rejected: int = 0
    failed: int = 0
    out_of_window: int = 0
    bytes: int = 0  # received, decoded payload


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one outlet (`outlet` None: addresses of no listed outlet)."""

    id: int
    outlet: str | None
    kind: str  # crawl | backfill | replay | address | trial
    state: RunState
    started_at: datetime
    heartbeat_at: datetime
    ended_at: datetime | None
    counts: RunCounts
    failure: FailureClass | None
    detail: str | None
    pid: int
    host: str
    archive_file: str | None
