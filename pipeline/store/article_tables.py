"""Articles, their versions and extractions, corrections, copies and stories."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    and_,
    false,
)

from pipeline.store.columns import CleanText, Json, UtcDateTime, id_column, metadata

# --- articles --------------------------------------------------------------------------------------------------------

articles = Table(
    "articles",
    metadata,
    id_column(),
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
    Column("in_scope", Boolean, nullable=False),  # its URL is `kept`: a watch matches or a person said yes, none no
    Column("created_at", UtcDateTime, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("search_text", CleanText, nullable=False),  # folded headline and body
    Column("placed", Boolean, nullable=False, server_default=false()),  # has a row in `story_members`
    Column("doubt", Float),  # how much speaks for it, where only a person can tell if it is ours; else NULL
    Index(None, "outlet", "dated_at"),
    Index(None, "dated_at"),
)
# What waits for the assembler is found at once, however large the archive: these hold such articles only.
_UNPLACED = and_(articles.c.in_scope, ~articles.c.placed)
_MISPLACED = and_(articles.c.placed, ~articles.c.in_scope)
Index("ix_articles_unplaced", articles.c.dated_at, articles.c.id, sqlite_where=_UNPLACED, postgresql_where=_UNPLACED)
Index("ix_articles_misplaced", articles.c.id, sqlite_where=_MISPLACED, postgresql_where=_MISPLACED)
_DOUBTFUL = articles.c.doubt.is_not(None)
Index(
    "ix_articles_doubtful",
    articles.c.doubt,
    articles.c.dated_at,
    articles.c.id,
    sqlite_where=_DOUBTFUL,
    postgresql_where=_DOUBTFUL,
)

versions = Table(
    "versions",
    metadata,
    id_column(),
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
    id_column(),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("code_digest", String(64), nullable=False),  # of our code, the outlet file and the watches
    Column("article", Json, nullable=False),
    Column("extracted_at", UtcDateTime, nullable=False),
    Column("read_by", String(64)),  # code_digest of the extraction it was made of by taking headlines out; else NULL
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

corrections = Table(  # a person's accept, reject and withhold; undone, never deleted
    "corrections",
    metadata,
    id_column(),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("action", String(15), nullable=False),  # accept | reject | withhold
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
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Index(None, "article_id"),
    sqlite_with_rowid=False,  # the primary key is the table: half the size
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(63), primary_key=True),
    Column("origin_article_id", ForeignKey("articles.id")),
    Column("continues", String(63)),
    Column("continues_reason", CleanText),  # in words; NULL where it continues none
    Column("first_published", UtcDateTime),
    Column("last_published", UtcDateTime),
    Column("merged_into", String(63)),  # a story that is no more answers with its successor
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "last_published"),
    Index(None, "continues"),
)

nights = Table(  # the nightly passes over the stories: one before the editions of each period
    "nights",
    metadata,
    Column("period", String(15), primary_key=True),  # ISO date
    Column("told_at", UtcDateTime, nullable=False),
    Column("merged", Integer, nullable=False),
    Column("split", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("role", String(15), nullable=False),
    Column("copy_of", ForeignKey("articles.id")),
    Column("reason", CleanText, nullable=False),
    # how its text compares with another member's; NULL where it was compared with none. Counts of sentences.
    Column("relation", String(15)),
    Column("compared_to", ForeignKey("articles.id")),
    Column("kept", Integer),
    Column("changed", Integer),
    Column("added", Integer),
    Column("cut", Integer),
    Index(None, "story_id"),
)

story_decisions = Table(  # a person's split, merge and pin: constraints on every later clustering
    "story_decisions",
    metadata,
    id_column(),
    Column("action", String(15), nullable=False),  # together | apart | pin
    Column("actor", CleanText, nullable=False),
    Column("reason", CleanText),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
    Column("undone_reason", CleanText),
    Column("applied_at", UtcDateTime),  # when an assembler took it into the stories; NULL: it waits
)

decision_articles = Table(  # the groups of articles that a decision speaks of
    "decision_articles",
    metadata,
    Column("decision_id", ForeignKey("story_decisions.id"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("place", Integer, nullable=False),  # of its group, from 0
    Column("story_id", String(63)),  # the story it was in when that was decided
    Index(None, "article_id"),
)
