"""What is watched, who holds what, runs, URLs and captures."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from pipeline.store.columns import CleanText, Json, UtcDateTime, id_column, metadata

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
    id_column(),
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
    id_column(),
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
    id_column(),
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
    id_column(),
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
    id_column(),
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
    id_column(),
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
    id_column(),
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
