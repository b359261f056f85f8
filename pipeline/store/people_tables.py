"""The register of people across articles, and persons' corrections of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from pipeline.store.columns import CleanText, UtcDateTime, id_column, metadata

register_people = Table(  # one for each person that safe evidence tells from all others; none is ever deleted
    "register_people",
    metadata,
    id_column(),
    Column("key", String(255)),  # the name as names are compared; NULL: split off by a person, joined by nothing else
    Column("name", CleanText, nullable=False),  # as first printed
    Column("shown_name", CleanText, nullable=False),  # as a person has it
    Index(None, "key"),
)

appearances = Table(  # a person of an article's current extraction
    "appearances",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # among the article's people, from 0
    Column("person_id", ForeignKey("register_people.id"), nullable=False),  # whom the evidence says
    Column("shown_id", ForeignKey("register_people.id"), nullable=False),  # whom persons' decisions make of him
    Column("name", CleanText, nullable=False),
    Column("role", CleanText),
    Column("office", String(63)),
    Column("city", String(63)),
    Column("quotes", Integer, nullable=False),  # of this person in the article
    Column("at", UtcDateTime, nullable=False),  # the article's date
    Index(None, "person_id"),
    Index(None, "shown_id"),
)

register_reads = Table(  # the extraction of an article that the register has read
    "register_reads",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("extraction_id", Integer, nullable=False),
)

person_decisions = Table(  # a person's word on the register; undone, never deleted
    "person_decisions",
    metadata,
    id_column(),
    Column("action", String(15), nullable=False),  # merge | split | rename
    Column("person_id", ForeignKey("register_people.id"), nullable=False),
    Column("into_id", ForeignKey("register_people.id")),  # whom he is merged into, or who was split off
    Column("name", CleanText),  # of a rename
    Column("reason", CleanText),
    Column("actor", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", CleanText),
)

person_decision_articles = Table(  # the articles that a split speaks of
    "person_decision_articles",
    metadata,
    Column("decision_id", ForeignKey("person_decisions.id"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
)
