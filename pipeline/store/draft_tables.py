"""Drafts of editions, and what editors do to them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from pipeline.store.columns import CleanText, Json, UtcDateTime, id_column, metadata

drafts = Table(  # a row for each draft that somebody spoke of or that was frozen: who decides and who freezes lock it
    "drafts",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("period", String(15), primary_key=True),
    Column("words", Integer, nullable=False),  # how often an editor said or took back something
    Column("closed_at", UtcDateTime),  # the freeze: nothing is decided after it
)

draft_stories = Table(  # a story keeps the number under which an editor first saw it
    "draft_stories",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("period", String(15), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("story_id", String(63), nullable=False),
    Column("articles", Json, nullable=False),  # ids of its members then: where the story has gone since
)

draft_decisions = Table(  # undone, never deleted
    "draft_decisions",
    metadata,
    id_column(),
    Column("list", String(63), nullable=False),
    Column("period", String(15), nullable=False),
    Column("action", String(15), nullable=False),  # drop | pin | note
    Column("story_id", String(63), nullable=False),
    Column("articles", Json, nullable=False),  # ids of its members then
    Column("text", CleanText),  # the note, or why it was dropped
    Column("actor", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
    Index(None, "list", "period"),
)
