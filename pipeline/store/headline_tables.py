"""Headlines of each outlet, where texts may hold one of them, and what was taken out of which text for that."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from pipeline.store.columns import CleanText, UtcDateTime, id_column, metadata

headlines = Table(  # as articles and listings printed them; `key` and `opening` as `pipeline.foreign` makes them
    "headlines",
    metadata,
    Column("url_id", ForeignKey("urls.id"), primary_key=True),
    Column("key", String(16), primary_key=True),
    Column("scope", String(255), nullable=False),  # the outlet; the host, where it is not listed
    Column("opening", String(63), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("checked", Boolean, nullable=False),  # compared with every text that was stored before it
    Index(None, "scope", "opening"),
    Index(None, "checked"),
)

text_openings = Table(  # places of a stored text where another article's headline may begin
    "text_openings",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("opening", String(63), primary_key=True),
    Column("scope", String(255), nullable=False),
    Index(None, "scope", "opening"),
)

unchecked_texts = Table(  # extractions that no check has compared with the known headlines yet
    "unchecked_texts",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("extraction_id", Integer, nullable=False),
)

removals = Table(  # a headline of another article that a text held; a person's word that it belongs there stands
    "removals",
    metadata,
    id_column(),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("key", String(16), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("url", CleanText, nullable=False),  # of the article whose headline it is
    Column("found_at", UtcDateTime, nullable=False),
    Column("restored_at", UtcDateTime),
    Column("restored_by", CleanText),
    Column("reason", CleanText),  # the person's
    UniqueConstraint("article_id", "key"),
)
