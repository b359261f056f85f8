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
    Column("cities", Json, nullable=False),  # names of the gazetteer; with `watches` also [] = all
    Column("formats", Json, nullable=False),  # of html | text | pdf
    Column("state", String(15), nullable=False),  # pending | active | unsubscribed | suppressed
    Column("state_at", UtcDateTime, nullable=False),  # since when
    Column("state_reason", CleanText),
    Column("token", String(43), nullable=False),  # secret: whoever has it may unsubscribe and choose
    Column("asked", Json),  # what somebody wishes who has not confirmed it yet
    Column("asked_at", UtcDateTime),
    Column("asks", Integer, nullable=False, server_default="0"),  # in a row without a confirmation
    Column("mailed_at", UtcDateTime),  # when the mail that asks for confirmation was taken to the server
    UniqueConstraint("address", "list"),
    UniqueConstraint("token"),
)

bounces = Table(  # every returned message, complaint or wish that was read, once
    "bounces",
    metadata,
    id_column(),
    Column("digest", String(64), nullable=False),  # SHA-256 of its bytes
    Column("kind", String(15), nullable=False),  # hard | soft | complaint | unsubscribe | ignored
    Column("address", String(254)),  # whom it is about; NULL when it is about nobody of ours
    Column("status", String(15)),  # RFC 3463: 5.1.1
    Column("detail", CleanText),
    Column("reported_at", UtcDateTime, nullable=False),  # its Date; when it was read where it has none
    Column("read_at", UtcDateTime, nullable=False),
    UniqueConstraint("digest"),
    Index(None, "address"),
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
    Column("summary", Json),  # what later editions need of it; NULL: it was frozen before summaries were made
    UniqueConstraint("list", "period"),
)

edition_versions = Table(  # which versions stand in which edition: a version stands in one edition of a list at most
    "edition_versions",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("place", String(15), nullable=False),  # story | older (than the window: reports only) | dropped
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
    Column("state", String(15), nullable=False),  # `DeliveryState`
    Column("message_id", String(254), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("fence", Integer),
    Column("next_attempt_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("detail", CleanText),
    Column("expires_at", UtcDateTime),  # an expiry of its own; NULL: its edition's
    UniqueConstraint("edition_id", "recipient"),
    Index(None, "state"),
    Index(None, "message_id"),
)

delivery_messages = Table(  # apart: SQLite writes a whole row anew at every change of it, and these are 100 kB
    "delivery_messages",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id"), primary_key=True),
    Column("message", LargeBinary, nullable=False),  # the frozen bytes
)

troubles = Table(  # why a sender cannot work; no row: it can
    "troubles",
    metadata,
    Column("name", String(31), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("detail", CleanText, nullable=False),
)

tellings = Table(  # what operators were told of, once by each road
    "tellings",
    metadata,
    Column("occurrence", String(127), primary_key=True),  # unknown:12:1, failed:3, trouble:mail:2026-11-22T…
    Column("road", String(15), primary_key=True),  # relay | hook | mail
    Column("at", UtcDateTime, nullable=False),
)
