"""What was told at once: each alert is an edition of its list, and its ledger says of which articles by which rule."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from pipeline.store.columns import UtcDateTime, id_column, metadata

alerts = Table(
    "alerts",
    metadata,
    id_column(),
    Column("list", String(63), nullable=False),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("mailed_at", UtcDateTime),  # from then on its messages are frozen
    UniqueConstraint("edition_id"),
    Index(None, "list", "told_at"),
)

alert_articles = Table(  # the ledger: by one rule an article is told to a list once, in whatever story it stands
    "alert_articles",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("rule", String(100), primary_key=True),  # watch:ID | outlets
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", String(63), nullable=False),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),
    Index(None, "alert_id"),
)
