"""Dossiers that were opened, and persons' decisions on them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from pipeline.store.columns import CleanText, UtcDateTime, id_column, metadata

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", String(100), primary_key=True),  # mgmac-2023, asean-capitals-2024-05-02
    Column("watch", String(63), nullable=False),
    Column("edition", Integer),  # NULL where the watch has none
    Column(
        "anchor", ForeignKey("articles.id"), nullable=False
    ),  # an article by which an event without edition is known
    Column("opened_at", UtcDateTime, nullable=False),
)

dossier_decisions = Table(
    "dossier_decisions",
    metadata,
    id_column(),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False),
    Column("action", String(15), nullable=False),  # note | close | reopen | days
    Column("words", CleanText),  # the note, or why
    Column("first_day", String(10)),  # ISO dates of the event, where they were fixed
    Column("last_day", String(10)),
    Column("actor", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
    Index(None, "dossier_id"),
)
