"""The tables, for SQLite and PostgreSQL alike. Changes go through an Alembic migration (`migrations/`)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class CleanText(TypeDecorator[str]):
    """Text from the wire: NUL, which PostgreSQL refuses, and lone surrogates, which are no UTF-8, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


Json = JSON(none_as_null=True)  # an absent value is NULL, not the JSON word null


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. SQLite would drop the offset, so it goes in and out explicitly."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime must not be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


# --- what is watched, and who accepted what --------------------------------------------------------------------------

outlet_settings = Table(
    "outlet_settings",
    metadata,
    Column("outlet", String(63), primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("permission", CleanText),  # which permission the outlet gave, in the operator's words
    Column("terms_shown", CleanText),  # the terms as they were shown when accepted
    Column("changed_at", UtcDateTime, nullable=False),
)

audit = Table(  # every act of a person or of the assembler that changes what readers see
    "audit",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("action", String(63), nullable=False),
    Column("target", CleanText, nullable=False),
    Column("reason", CleanText),
    Column("detail", Json),
    Index(None, "target"),
)

# --- concurrency -----------------------------------------------------------------------------------------------------

leases = Table(
    "leases",
    metadata,
    Column("name", String(255), primary_key=True),  # outlet:antara, host:www.antaranews.com, assembler, scheduler …
    Column("holder", CleanText, nullable=False),
    Column("fence", Integer, nullable=False),  # grows with every new holder
    Column("expires_at", UtcDateTime, nullable=False),
)

generations = Table(  # optimistic guard of the assembler's writes
    "generations",
    metadata,
    Column("name", String(63), primary_key=True),
    Column("value", Integer, nullable=False),
)

due = Table(
    "due",
    metadata,
    _id(),
    Column("kind", String(63), nullable=False),  # crawl:antara, edition:daily …
    Column("scheduled_for", UtcDateTime, nullable=False),
    Column("state", String(15), nullable=False),  # due | running | done | failed | expired
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("detail", CleanText),
    UniqueConstraint("kind", "scheduled_for"),
    Index(None, "state", "scheduled_for"),
)

# --- runs, URLs, captures --------------------------------------------------------------------------------------------

runs = Table(
    "runs",
    metadata,
    _id(),
    Column("outlet", String(63)),
    Column("kind", String(15), nullable=False),
    Column("state", String(15), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("heartbeat_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("counts", Json, nullable=False),
    Column("presence", Json),  # {Article field: share of kept articles that have it, 0..1}
    Column("since", UtcDateTime),  # the window that was asked for
    Column("until", UtcDateTime),
    Column("failure", String(31)),
    Column("detail", CleanText),
    Column("pid", Integer, nullable=False),
    Column("host", CleanText, nullable=False),
    Column("archive_file", CleanText),
    Index(None, "outlet", "started_at"),
)

urls = Table(
    "urls",
    metadata,
    _id(),
    Column("url", CleanText, nullable=False, unique=True),  # as seen, without fragment
    Column("canonical_url", CleanText, nullable=False),
    Column("outlet", String(63)),
    Column("disposition", String(15), nullable=False),
    Column("stage", String(15)),
    Column("rule", CleanText),
    Column("detail", CleanText),
    Column("duplicate_of", ForeignKey("urls.id")),
    Column("listing", Json),  # the fullest Listing that named it while it was pending
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("retry_at", UtcDateTime),  # a pending URL that failed is not asked for before
    Index(None, "outlet", "disposition"),
    Index(None, "canonical_url"),
)

url_changes = Table(  # the trail that `explain` prints
    "url_changes",
    metadata,
    _id(),
    Column("url_id", ForeignKey("urls.id"), nullable=False),
    Column("run_id", ForeignKey("runs.id")),
    Column("at", UtcDateTime, nullable=False),
    Column("disposition", String(15), nullable=False),
    Column("stage", String(15)),
    Column("rule", CleanText),
    Column("detail", CleanText),
    Column("actor", CleanText),
    Index(None, "url_id"),
    Index(None, "run_id"),
)

sightings = Table(  # which run's listings named which URL
    "sightings",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("url_id", ForeignKey("urls.id"), primary_key=True),
    Column("found_on", CleanText, nullable=False),
    Column("road", String(15), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "url_id"),
)

listings = Table(  # the state of each feed, index … ; validators stand for the URLs committed with them
    "listings",
    metadata,
    Column("url", CleanText, primary_key=True),
    Column("outlet", String(63)),
    Column("outlet_digest", String(64), nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("run_id", ForeignKey("runs.id")),
    Column("links", Integer, nullable=False),  # URLs it named when last read whole
)

captures = Table(
    "captures",
    metadata,
    _id(),
    Column("record_id", String(63), nullable=False, unique=True),
    Column("run_id", ForeignKey("runs.id")),
    Column("url", CleanText, nullable=False),
    Column("status", Integer, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("file", CleanText, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("payload_sha256", String(64), nullable=False),
    Column("content_type", CleanText),
    Column("role", String(15), nullable=False),
    Column("withheld", Boolean, nullable=False, default=False),
    Index(None, "url"),
    Index(None, "file"),
)

attempts = Table(
    "attempts",
    metadata,
    _id(),
    Column("url_id", ForeignKey("urls.id"), nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("status", Integer),
    Column("failure", String(31)),
    Column("detail", CleanText),
    Column("record_id", String(63)),
    Index(None, "url_id"),
    Index(None, "run_id"),
)

# --- articles --------------------------------------------------------------------------------------------------------

articles = Table(
    "articles",
    metadata,
    _id(),
    Column("url_id", ForeignKey("urls.id"), nullable=False, unique=True),
    Column("outlet", String(63)),
    Column("canonical_url", CleanText, nullable=False, unique=True),
    Column("version_id", Integer),  # the current version; no foreign key, for the circle
    Column("extraction_id", Integer),  # the current extraction of it, likewise
    Column("verdict", Json, nullable=False),  # what our code decided: stands again when a person's correction is undone
    # what lists are filtered and sorted by, copied from the current extraction:
    Column("headline", CleanText),
    Column("in_language", String(15)),
    Column("date_published", UtcDateTime),
    Column("dated_at", UtcDateTime, nullable=False),  # date_published, else created_at: what lists are sorted by
    Column("kind", String(15), nullable=False),
    Column("in_scope", Boolean, nullable=False),  # its URL is `kept`: a watch matches, no person said no
    Column("created_at", UtcDateTime, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("search_text", CleanText, nullable=False),  # folded headline and body
    Index(None, "outlet", "dated_at"),
    Index(None, "dated_at"),
)

versions = Table(
    "versions",
    metadata,
    _id(),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("committed_at", UtcDateTime, nullable=False),
    Column("run_id", ForeignKey("runs.id")),
    UniqueConstraint("article_id", "n"),
)

version_captures = Table(
    "version_captures",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # page of a paged article, from 0
    Column("record_id", String(63), nullable=False),
    Index(None, "record_id"),
)

extractions = Table(
    "extractions",
    metadata,
    _id(),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("code_digest", String(64), nullable=False),  # of our code, the outlet file and the watches
    Column("article", Json, nullable=False),
    Column("extracted_at", UtcDateTime, nullable=False),
    UniqueConstraint("version_id", "code_digest"),
)

article_watches = Table(
    "article_watches",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("watch", String(63), primary_key=True),
    Column("edition", Integer),
    Index(None, "watch"),
)

article_tags = Table(
    "article_tags",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("tag", String(63), primary_key=True),
    Index(None, "tag"),
)

corrections = Table(  # a person's reject and withhold; undone, never deleted
    "corrections",
    metadata,
    _id(),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("action", String(15), nullable=False),  # reject | withhold
    Column("reason", CleanText, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
    Index(None, "article_id"),
)

# --- copies and stories ----------------------------------------------------------------------------------------------

fingerprint_keys = Table(  # locality-sensitive keys of the current version: candidates for copies
    "fingerprint_keys",
    metadata,
    Column("key", String(63), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Index(None, "article_id"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(63), primary_key=True),
    Column("origin_article_id", ForeignKey("articles.id")),
    Column("continues", String(63)),
    Column("first_published", UtcDateTime),
    Column("last_published", UtcDateTime),
    Column("merged_into", String(63)),  # a story that is no more answers with its successor
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "last_published"),
)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("role", String(15), nullable=False),
    Column("copy_of", ForeignKey("articles.id")),
    Column("reason", CleanText, nullable=False),
    Index(None, "story_id"),
)

story_decisions = Table(  # a person's split, merge and pin: constraints on every later clustering
    "story_decisions",
    metadata,
    _id(),
    Column("action", String(15), nullable=False),  # together | apart | pin
    Column("article_a", ForeignKey("articles.id"), nullable=False),
    Column("article_b", ForeignKey("articles.id")),
    Column("actor", CleanText, nullable=False),
    Column("reason", CleanText),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

# --- editions and mail -----------------------------------------------------------------------------------------------

subscribers = Table(
    "subscribers",
    metadata,
    _id(),
    Column("address", String(254), nullable=False),  # RFC 5321: 254 octets at most
    Column("list", String(63), nullable=False),
    Column("name", CleanText),
    Column("language", String(15), nullable=False),
    Column("frequency", String(15), nullable=False),  # daily | weekly
    Column("watches", Json, nullable=False),  # [] = all
    Column("created_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    UniqueConstraint("address", "list"),
)

editions = Table(
    "editions",
    metadata,
    _id(),
    Column("list", String(63), nullable=False),
    Column("period", String(15), nullable=False),  # ISO date of its day in the list's zone
    Column("frozen_at", UtcDateTime, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of `content` as canonical JSON
    Column("content", Json, nullable=False),
    UniqueConstraint("list", "period"),
)

edition_versions = Table(  # which versions stand in which edition: a version stands in one edition of a list at most
    "edition_versions",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("place", String(15), nullable=False),  # story | older (published before the window: reports only)
    Index(None, "edition_id"),
)

renderings = Table(
    "renderings",
    metadata,
    _id(),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("language", String(15), nullable=False),
    Column("format", String(15), nullable=False),
    Column("selection", String(64), nullable=False),  # "all", or the digest of a subscriber's choice
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("edition_id", "language", "format", "selection"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("state", String(15), nullable=False),  # pending | sending | sent | deferred | failed | unknown | skipped
    Column("message_id", String(254), nullable=False),
    Column("message", LargeBinary, nullable=False),  # the frozen bytes
    Column("attempts", Integer, nullable=False, default=0),
    Column("fence", Integer),
    Column("next_attempt_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("detail", CleanText),
    UniqueConstraint("edition_id", "recipient"),
    Index(None, "state"),
)
