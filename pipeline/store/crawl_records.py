"""What the store takes and gives of crawls, as frozen dataclasses: `records` has the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from pipeline.model import Capture, Disposition, FailureClass, Listing, Stage, StoredArticle, Story, Verdict


@dataclass(frozen=True, slots=True)
class UrlRecord:
    """One URL of the ledger with its only disposition."""

    id: int
    url: str  # as seen, without fragment
    canonical_url: str
    outlet: str | None
    disposition: Disposition
    stage: Stage | None
    rule: str | None
    detail: str | None
    duplicate_of: str | None  # URL of the canonical row; set exactly when the disposition is `duplicate`
    listing: Listing | None  # the fullest entry that named it while it was pending
    first_seen_at: datetime
    changed_at: datetime
    attempts: int  # failed ones since it became pending
    retry_at: datetime | None  # not to be asked for before
    revisit_at: datetime | None = None  # a kept article is asked for again then; None: no more
    validators: Validators | None = None  # of the kept page, for its next revisit


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a listing. `verdict` is set when discovery itself already settles it (a photo page, too old …)."""

    listing: Listing
    canonical_url: str
    verdict: Verdict | None = None

    @property
    def may_be_article(self) -> bool:
        """Whether its address is like an article's; a window or a watch may have settled it all the same."""
        verdict = self.verdict
        if verdict is None or verdict.disposition is Disposition.OUT_OF_WINDOW:
            return True
        return verdict.stage is not Stage.DISCOVERY


@dataclass(frozen=True, slots=True)
class ListingRead:
    """A feed, sitemap, index, tag or search page as read once; its validators stand for these entries."""

    url: str
    outlet: str | None
    outlet_digest: str  # void the validators when it changes: of the outlet file, and of the watches where they decide
    entries: tuple[Listed, ...]
    etag: str | None = None
    last_modified: str | None = None
    template: str | None = None  # the outlet file's, shared by the pages of one listing; None: the address itself
    road: str = "feed"
    page: int = 1
    further: tuple[str, ...] = ()  # the listings it leads on to: its next page, child sitemaps
    whole: bool = True  # read without a fault


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a listing, as it was committed with its URLs."""

    id: int
    run_id: int
    outlet: str | None
    url: str
    template: str
    road: str
    page: int
    read_at: datetime
    checked_at: datetime  # later than `read_at` where it answered 304 since
    links: int  # entries that may be articles
    known: int  # of its entries, seen before
    oldest: datetime | None  # the printed publication dates it spans; None: it prints none
    newest: datetime | None
    whole: bool
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a URL's disposition."""

    at: datetime
    disposition: Disposition
    stage: Stage | None
    rule: str | None
    detail: str | None
    actor: str | None  # the person; None for our code
    run_id: int | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to fetch and read a URL; `failure` None: it answered as hoped."""

    at: datetime
    run_id: int
    status: int | None
    failure: FailureClass | None
    detail: str | None
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A run's listing named the URL."""

    at: datetime
    run_id: int
    found_on: str
    road: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a version of an article stands: the edition, and whether as a story or as too old for it."""

    list: str
    period: str
    version: int  # n
    place: str  # story | older


@dataclass(frozen=True, slots=True)
class Removal:
    """A headline of another article that a text held: taken out, unless a person said that it belongs there."""

    article_id: int
    key: str  # `foreign.headline_key`
    text: str  # the headline as its own article or a listing printed it
    url: str  # of the article whose headline it is
    found_at: datetime
    restored_at: datetime | None = None
    restored_by: str | None = None
    reason: str | None = None  # the person's

    @property
    def stands(self) -> bool:
        """Whether it is taken out of every reading of the article."""
        return self.restored_at is None


@dataclass(frozen=True, slots=True)
class Trail:
    """All the store knows of one URL, oldest first. Captures, article, story and editions are its canonical URL's."""

    record: UrlRecord
    canonical: UrlRecord | None  # set when the URL is a duplicate
    duplicates: tuple[str, ...]  # other URLs of this page
    sightings: tuple[Sighting, ...]
    attempts: tuple[Attempt, ...]
    changes: tuple[Change, ...]
    captures: tuple[Capture, ...]
    article: StoredArticle | None
    story: Story | None
    editions: tuple[Placement, ...]
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request may send; at least one is set."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Spotted:
    """An article, and by which roads the listings of daily runs named it."""

    in_scope: bool
    roads: frozenset[str]


class BackfillState(StrEnum):
    """How far a past day is filled."""

    PLANNED = "planned"
    COMPLETE = "complete"  # its listing was read to beyond its beginning, and every URL of it has a final disposition
    PARTIAL = "partial"  # covered, but something failed, is pending, or was read in part
    UNKNOWN = "unknown"  # no listing reaches it


@dataclass(frozen=True, slots=True)
class Backfill:
    """A past window of one outlet that somebody asked for."""

    id: int
    outlet: str
    since: date  # in the outlet's zone
    until: date  # the last day, inclusive
    listing_digest: str  # of outlet file and watches, when it was planned
    actor: str
    created_at: datetime
    ended_at: datetime | None  # None: open, the same command takes it up again

    @property
    def days(self) -> tuple[date, ...]:
        """All its days, oldest first."""
        count = (self.until - self.since).days + 1
        return tuple(self.since + timedelta(days=number) for number in range(count))


@dataclass(frozen=True, slots=True)
class BackfillDay:
    """One outlet × day of a back-fill."""

    day: date
    state: BackfillState
    counts: Mapping[str, int] = field(default_factory=dict)  # {disposition: URLs of that day}; zeros left out
    reason: str | None = None  # in words; None while it is planned
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutletUrl:
    """One URL of an outlet with all that dates it."""

    url: str
    disposition: Disposition
    date_published: datetime | None  # of the stored article, else of the listing, else of what put it out of the window
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """One URL as one run's listing named it; the first listing of each road."""

    run_id: int
    found_on: str  # the listing's address
    url: str


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """One alarm, from the run that raised it to the run that showed it well again."""

    id: int
    outlet: str
    failure: FailureClass
    subject: str  # "outlet", "articles", the name of a field, or a listing's template
    detail: str
    last_good: str | None
    present: str | None
    opened_at: datetime
    opened_run: int
    seen_at: datetime  # the last run that showed it
    closed_at: datetime | None
    mailed_at: datetime | None  # when operators were last told of it: that it is open, later that it is closed

    @property
    def key(self) -> tuple[FailureClass, str]:
        return self.failure, self.subject
