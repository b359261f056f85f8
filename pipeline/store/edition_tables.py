"""Subscribers, editions, renderings and deliveries."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from pipeline.store.columns import CleanText, Json, UtcDateTime, id_column, metadata

# --- editions and mail -----------------------------------------------------------------------------------------------

subscribers = Table(
    "subscribers",
    metadata,
    id_column(),
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
    id_column(),
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
    id_column(),
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
    id_column(),
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
