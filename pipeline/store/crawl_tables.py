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
    Index(None, "action", "at"),
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
    Column("kind", String(63), nullable=False),  # crawl:antara, freeze:daily …
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
    Column("vitals", Json),  # what `pipeline.vitals` measured of it, for the comparison with earlier runs
    Column("since", UtcDateTime),  # the window that was asked for
    Column("until", UtcDateTime),
    Column("failure", String(31)),
    Column("detail", CleanText),
    Column("pid", Integer, nullable=False),
    Column("host", CleanText, nullable=False),
    Column("archive_file", CleanText),
    Column("backfill_id", Integer),  # the back-fill it worked on
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
    Column("revisit_at", UtcDateTime),  # a kept article is asked for again then; NULL: no more
    Column("revisits", Integer, nullable=False, default=0),  # rungs of `pipeline.revisits.LADDER` taken so far
    Column("etag", CleanText),  # of the page, for the next revisit; committed with what was read of it
    Column("last_modified", CleanText),
    Index(None, "outlet", "disposition"),
    Index(None, "canonical_url"),
    Index(None, "outlet", "revisit_at"),
    Index(None, "duplicate_of"),
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

sightings = Table(  # by which road a run's listings named which URL; the first listing of each road
    "sightings",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("url_id", ForeignKey("urls.id"), primary_key=True),
    Column("road", String(15), primary_key=True),
    Column("found_on", CleanText, nullable=False),
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

readings = Table(  # each reading of a listing: what it reached back to, and where it went on
    "readings",
    metadata,
    id_column(),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("outlet", String(63)),
    Column("url", CleanText, nullable=False),
    Column("template", CleanText, nullable=False),  # the outlet file's; further pages of a listing share it
    Column("road", String(15), nullable=False),
    Column("page", Integer, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime, nullable=False),  # later than `read_at` where it answered 304 since
    Column("links", Integer, nullable=False),  # entries that may be articles
    Column("known", Integer, nullable=False),  # of its entries, seen before
    Column("oldest", UtcDateTime),  # the printed publication dates it spans; NULL: it prints none
    Column("newest", UtcDateTime),
    Column("whole", Boolean, nullable=False),  # read without a fault
    Column("further", Json, nullable=False),  # addresses of the listings it leads on to: next page, child sitemaps
    Index(None, "outlet", "read_at"),
    Index(None, "url", "read_at"),
    Index(None, "run_id"),
)

robots = Table(  # the last robots.txt of each origin, good for a day (RFC 9309 §2.4)
    "robots",
    metadata,
    Column("origin", String(300), primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", CleanText, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
)

backfills = Table(  # a past window that somebody asked for; open until all its days are settled
    "backfills",
    metadata,
    id_column(),
    Column("outlet", String(63), nullable=False),
    Column("since", String(10), nullable=False),  # ISO dates in the outlet's zone, both inclusive
    Column("until", String(10), nullable=False),
    Column("listing_digest", String(64), nullable=False),  # of outlet file and watches: a changed file plans anew
    Column("actor", CleanText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "outlet", "created_at"),
)

backfill_days = Table(
    "backfill_days",
    metadata,
    Column("backfill_id", ForeignKey("backfills.id"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("state", String(15), nullable=False),  # planned | complete | partial | unknown
    Column("counts", Json, nullable=False),  # {disposition: URLs of that day}
    Column("reason", CleanText),
    Column("settled_at", UtcDateTime),
)

alarms = Table(  # what is wrong with an outlet, from the run that showed it to the run that did not any more
    "alarms",
    metadata,
    id_column(),
    Column("outlet", String(63), nullable=False),
    Column("failure", String(31), nullable=False),
    Column("subject", CleanText, nullable=False),  # what is broken: a field, a listing's address, "outlet"
    Column("detail", CleanText, nullable=False),
    Column("last_good", CleanText),  # the value when it was well, and the present one
    Column("present", CleanText),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_run", ForeignKey("runs.id"), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("mailed_at", UtcDateTime),  # when operators were told of it
    Index(None, "outlet", "closed_at"),
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
