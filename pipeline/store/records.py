"""What the store takes and gives, as frozen dataclasses. Absent is `None` or an empty tuple; datetimes are aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.model import Article, Disposition, Verdict
from pipeline.store.crawl_records import Validators

if TYPE_CHECKING:
    from pipeline.watches import Watches


class StaleError(StoreError):
    """What was read has changed since: read again, compute again, write again."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A named right, held until `expires_at`. A write guarded by an older `fence` comes from a former holder."""

    name: str  # outlet:antara, host:www.antaranews.com, assembler, scheduler …
    holder: str  # unique to the process that holds it
    fence: int  # from 1, grows with every new holder
    expires_at: datetime


class DueState(StrEnum):
    DUE = "due"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"  # too late to be worth doing


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing to be done once: unique by (kind, scheduled_for)."""

    id: int
    kind: str  # crawl:antara, freeze:daily …
    scheduled_for: datetime
    state: DueState
    started_at: datetime | None
    ended_at: datetime | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class CommitArticle:
    """What `process_page` and `verdict` made of one URL, to be stored in one transaction."""

    url: str  # of the ledger, as it was asked for
    article: Article
    verdict: Verdict
    content_digest: str  # what the outlet published
    code_digest: str  # of our code, the outlet file and the watches
    keys: tuple[int, ...] = ()  # fingerprint keys, in scope or not
    run_id: int | None = None  # None: rework
    validators: Validators | None = None  # the page's own, where they stand for all of the text
    # by which the text is matched anew where headlines were once taken out of it; None: the next check takes them out
    watches: Watches | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Committed:
    """The result of a commit."""

    article_id: int
    version_id: int
    n: int  # of the current version
    created: bool  # the article is new
    changed: bool  # a new version: what the outlet published differs from before


class CorrectionAction(StrEnum):
    ACCEPT = "accept"  # it is ours, whatever our code says of it
    REJECT = "reject"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on an article; undone, never deleted."""

    id: int
    article_id: int
    action: CorrectionAction
    reason: str
    actor: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """All given conditions hold. `since <= date < until`, the date being that of publication, else of the first commit.

    Withheld and taken-down articles are found only when `disposition` asks for them.
    """

    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    watch: str | None = None
    tag: str | None = None
    language: str | None = None
    story: str | None = None
    disposition: Disposition | None = None
    in_scope: bool | None = None
    text: str | None = None  # every word of it stands in headline or body; case and diacritics do not matter
    limit: int | None = None


class DecisionAction(StrEnum):
    TOGETHER = "together"  # merge: all groups are one story
    APART = "apart"  # split: the groups are never one story; every group but the first is one
    PIN = "pin"  # the one group stays together


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """A person's constraint on every later clustering; undone, never deleted."""

    id: int
    action: DecisionAction
    groups: tuple[tuple[int, ...], ...]  # article numbers, ascending in each group
    stories: tuple[str | None, ...]  # of each group, when it was decided; None: its articles were in none
    actor: str
    reason: str | None
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None

    @property
    def articles(self) -> tuple[int, ...]:
        """All articles it speaks of, group after group."""
        return tuple(number for group in self.groups for number in group)

    @property
    def stands(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One list's digest for one period, frozen."""

    id: int
    list: str
    period: str  # ISO date
    frozen_at: datetime
    digest: str  # SHA-256 of `content` as canonical JSON
    content: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class EditionBefore:
    """An earlier edition as a later one needs it."""

    id: int
    period: str  # ISO date
    frozen_at: datetime
    summary: Mapping[str, object] | None = field(repr=False)  # None: frozen before summaries were made


@dataclass(frozen=True, slots=True)
class EditionItem:
    """One version that stands in an edition."""

    version_id: int
    article_id: int
    place: str  # story | older | dropped


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """That a version of an article stands in an edition."""

    article_id: int
    version_id: int
    period: str  # of the edition
    place: str  # story | older | dropped


@dataclass(frozen=True, slots=True)
class RenderingRecord:
    """The frozen bytes of an edition in one language, format and selection."""

    id: int
    edition_id: int
    language: str
    format: str
    selection: str  # "all", or the digest of a subscriber's choice
    digest: str  # SHA-256 of `body`
    body: bytes = field(repr=False)


class SubscriberState(StrEnum):
    PENDING = "pending"  # asked for it on the web and has not confirmed
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"  # the mail server says that nothing arrives there


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who gets a list, or got it. The address is stored in lower case: one mailbox, one mail."""

    id: int
    address: str
    list: str
    name: str | None
    language: str
    frequency: str  # daily | weekly
    watches: tuple[str, ...]  # with `cities` (): everything
    created_at: datetime
    cities: tuple[str, ...] = ()  # what is about one of them, beside what has one of the watches
    formats: tuple[str, ...] = ("html",)  # html | text | pdf
    state: SubscriberState = SubscriberState.ACTIVE
    state_at: datetime | None = None
    state_reason: str | None = None
    token: str = field(default="", repr=False)  # secret: whoever has it may unsubscribe and choose
    asked: Mapping[str, object] | None = None  # wishes that are not confirmed yet
    asked_at: datetime | None = None
    asks: int = 0  # in a row without a confirmation
    mailed_at: datetime | None = None  # when the mail that asks for confirmation was taken to the server

    @property
    def wishes(self) -> dict[str, object]:
        """What he wants, as `change` takes it."""
        lists = {"watches": [*self.watches], "cities": [*self.cities], "formats": [*self.formats]}
        return {"name": self.name, "language": self.language, "frequency": self.frequency, **lists}

    @property
    def target(self) -> str:
        """As the audit names him."""
        return f"subscriber:{self.list}/{self.address}"


@dataclass(frozen=True, slots=True)
class OutletSetting:
    """Whether an outlet is crawled, and who accepted its terms with which permission."""

    outlet: str
    enabled: bool
    actor: str
    permission: str | None
    terms_shown: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act that changes what readers see."""

    id: int
    at: datetime
    actor: str
    action: str
    target: str
    reason: str | None
    detail: Mapping[str, object] | None
