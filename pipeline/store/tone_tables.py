"""A person's word on the tone of an article."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from pipeline.store.columns import CleanText, UtcDateTime, id_column, metadata

tone_overrides = Table(  # of the headline or the body; the one that is not undone stands, none is deleted
    "tone_overrides",
    metadata,
    id_column(),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("part", String(15), nullable=False),  # headline | body
    Column("value", String(15)),  # positif | netral | negatif; NULL: not to be told
    Column("reason", CleanText, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
    Index(None, "article_id"),
)
