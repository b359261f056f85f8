"""What an edition says, as frozen dataclasses in no language; the store freezes them as JSON.

Everything a rendering needs stands here, so that a rendering is a pure function of a `Content`. Text that came from an
outlet's page is one line without control characters (`compose.one_line`). Absent is `None` or an empty tuple.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from pydantic import TypeAdapter

from digests.marks import QuoteMark, TagMark, WatchMark
from digests.recap import Correction, Dropped, OutletTones, Section, TopStory, Trend
from pipeline.model import Role

SCHEMA_VERSION = 2  # 1: without what stands at the end of the classes, with a default


class Checked(StrEnum):
    """How far an outlet was read in the period. It never says that there was no news."""

    WHOLE = "checked"
    PARTLY = "partly_checked"
    NOT = "not_checked"
    OTHER = "other"  # not among the watched outlets: addresses given by hand, disabled outlets with articles


class Why(StrEnum):
    """Notes on how an outlet was read that are no `FailureClass`."""

    NEVER_RAN = "never_ran"  # no crawl of it in the period
    RUNNING = "running"  # its crawl had not ended at the freeze
    STALE = "stale"  # its last good crawl ended too long before the freeze
    LISTINGS = "listings"  # some of its listings could not be read
    ARTICLES = "articles"  # its listings were read, some of its articles could not be; also of a checked outlet
    STOPPED = "stopped"  # its crawl was ended early, by a person or at the server's wish


class Clarify(StrEnum):
    """Why the city should answer."""

    DISPUTED = "disputed"  # it states what recorded facts contradict
    UNANSWERED = "unanswered"  # it complains, and no official of the city answers in it
    HEADLINE = "headline"  # its headline speaks ill of what the text does not


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Who reported the story first. `url` is None where the address is no http(s) link."""

    outlet_title: str
    url: str | None
    published: datetime | None
    article_id: int | None = None
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """How far a text differs from the version that an earlier edition told."""

    added: int  # words
    removed: int
    headline: bool  # the headline is another one


@dataclass(frozen=True, slots=True)
class Placement:
    """One article version of this edition: where the story stood."""

    article_id: int
    version_id: int
    outlet: str  # name of the outlet file, or the host of an unlisted address
    outlet_title: str
    owned: bool
    headline: str | None
    url: str | None  # http(s) only
    language: str | None
    published: datetime | None  # None: the page prints no date
    fetched_at: datetime
    role: Role
    copy_of: str | None  # title of the outlet whose text it reprints
    changed: bool  # an earlier version stood in an earlier edition of this list
    watches: tuple[str, ...]
    edit: Edit | None = None  # what changed; None also where that version's text cannot be had
    tone: str | None = None  # positif | netral | negatif; None: not to be told
    headline_tone: str | None = None
    tones_differ: bool = False  # the headline says what the body does not bear out
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    section: str | None = None  # schema.org articleSection, as printed
    full_text: bool = False  # the outlet's rights let the whole text leave the archive
    late: bool = False  # it would have stood in the edition before, had its outlet been read by then
    clarify: str | None = None  # why the city should answer, in one English sentence
    clarify_rule: str | None = None  # a `Clarify`
    cities: tuple[str, ...] = ()  # and provinces that it names, as the gazetteer names them; the main one first
    extract: str | None = None  # its own two sentences; None also of a copy
    disputed: bool = False  # that extract holds a statement known to contradict recorded facts


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The story that this one continues."""

    story_id: str
    headline: str | None
    published: datetime | None
    article_id: int | None = None
    version_id: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """The story as one of its placements tells it."""

    version_id: int
    headline: str | None
    url: str | None
    language: str | None
    extract: str | None
    disputed: bool  # the extract holds a statement known to contradict recorded facts


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """One event. Counts are over `placements`, this edition's own rows."""

    story_id: str
    tellings: tuple[Telling, ...]  # the best placement's first, then one for each further language
    first: FirstReport | None
    placements: tuple[Placement, ...]
    watches: tuple[WatchMark, ...]
    tags: tuple[TagMark, ...]
    earlier: tuple[date, ...]  # periods of this list's editions that already told the story; not empty = an update
    follows: FollowUp | None
    quote: QuoteMark | None = None
    note: str | None = None  # an editor's, one line
    pinned: bool = False  # by an editor

    @property
    def lead(self) -> Telling:
        return self.tellings[0]

    def telling(self, language: str) -> Telling:
        """In the reader's language where one of the placements is, else the lead."""
        return next((telling for telling in self.tellings if telling.language == language), self.lead)

    @property
    def reach(self) -> int:
        """Number of outlets."""
        return len({placement.outlet for placement in self.placements})

    @property
    def owned(self) -> int:
        """Number of placements in the city's own outlets; the others are earned."""
        return sum(placement.owned for placement in self.placements)

    @property
    def cities(self) -> tuple[str, ...]:
        """Those its placements name, by name."""
        return tuple(sorted({city for placement in self.placements for city in placement.cities}))

    @property
    def copies(self) -> int:
        return sum(placement.role is Role.COPY for placement in self.placements)


@dataclass(frozen=True, slots=True)
class FailureCount:
    failure: str  # a FailureClass
    urls: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """The estimated share of an outlet's articles that was found lately, 0..1; see `pipeline.recall`."""

    roads: tuple[str, str]  # what was set against what: feed, sitemap
    found: int  # articles
    share: float
    low: float  # 95 % interval of the share
    high: float


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """What was done about one outlet between `Content.since` and `Content.until`. Counts without a unit are URLs."""

    outlet: str
    title: str
    owned: bool
    state: Checked
    why: str | None  # a FailureClass or a `Why`
    detail: str | None  # the technical reason, for operators
    checked_at: datetime | None  # end of the last crawl that read it
    runs: tuple[int, ...]
    started_at: datetime | None
    ended_at: datetime | None
    listed: int
    new: int
    kept: int
    rejected: int
    failed: int
    failures: tuple[FailureCount, ...]
    articles: int  # placements in this edition
    older: int  # article versions of this edition that were published before its window
    completeness: Completeness | None = None  # None: it cannot be estimated


@dataclass(frozen=True, slots=True)
class Older:
    """An article version that was published before the window: counted here, told in reports."""

    version_id: int
    outlet: str
    watches: tuple[str, ...]
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the edition's own rows; `total` recounts them."""

    stories: int
    articles: int
    copies: int
    outlets: int  # distinct outlets with a placement
    older: int
    watched: int
    checked: int
    partly: int
    not_checked: int
    listed: int
    new: int
    kept: int
    rejected: int
    failed: int
    owned: int = 0  # placements in the city's own outlets
    earned: int = 0  # placements in the others
    late: int = 0  # placements
    dropped: int = 0  # article versions


@dataclass(frozen=True, slots=True)
class Content:
    """An edition (or a report) in no language."""

    schema_version: int
    kind: str  # edition | report
    list: str
    period: date  # its day in `timezone`; of a report, the last day
    title: str
    timezone: str  # IANA
    since: datetime  # the coverage is about runs between these two
    until: datetime  # the freeze
    window_hours: int | None  # None: a report, which has no window
    max_stories: int  # blocks in a mail; further stories are listed by headline
    stories: tuple[StoryBlock, ...]
    coverage: tuple[OutletCoverage, ...]
    older: tuple[Older, ...]
    totals: Totals
    top: tuple[TopStory, ...] = ()
    sections: tuple[Section, ...] = ()
    corrections: tuple[Correction, ...] = ()
    trends: tuple[Trend, ...] = ()
    tones: tuple[OutletTones, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def complete(self) -> bool:
        """True when every watched outlet was wholly checked."""
        return self.totals.checked == self.totals.watched

    def block(self, story_id: str) -> StoryBlock:
        """The story of that id. Raises `KeyError` where it is not among them."""
        found = next((block for block in self.stories if block.story_id == story_id), None)
        if found is None:
            raise KeyError(story_id)
        return found


def total(
    stories: tuple[StoryBlock, ...],
    coverage: tuple[OutletCoverage, ...],
    older: tuple[Older, ...],
    dropped: tuple[Dropped, ...] = (),
) -> Totals:
    """Count the rows."""
    placements = [placement for block in stories for placement in block.placements]
    states = [row.state for row in coverage]
    return Totals(
        stories=len(stories),
        articles=len(placements),
        copies=sum(placement.role is Role.COPY for placement in placements),
        outlets=len({placement.outlet for placement in placements}),
        older=len(older),
        watched=sum(state is not Checked.OTHER for state in states),
        checked=states.count(Checked.WHOLE),
        partly=states.count(Checked.PARTLY),
        not_checked=states.count(Checked.NOT),
        listed=sum(row.listed for row in coverage),
        new=sum(row.new for row in coverage),
        kept=sum(row.kept for row in coverage),
        rejected=sum(row.rejected for row in coverage),
        failed=sum(row.failed for row in coverage),
        owned=sum(placement.owned for placement in placements),
        earned=sum(not placement.owned for placement in placements),
        late=sum(placement.late for placement in placements),
        dropped=sum(len(story.version_ids) for story in dropped),
    )


_ADAPTER = TypeAdapter(Content)


def to_json(content: Content) -> dict[str, object]:
    """The form the store freezes: JSON values only."""
    return cast("dict[str, object]", _ADAPTER.dump_python(content, mode="json"))


def from_json(value: object) -> Content:
    """Read back what `to_json` wrote. Raises pydantic's `ValidationError` on anything else."""
    return _ADAPTER.validate_python(value)


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the bytes that are hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: Content) -> str:
    """SHA-256 (hex) of the canonical JSON."""
    return hashlib.sha256(canonical(to_json(content))).hexdigest()
