"""How our dataclasses stand in JSON columns. What is read back equals what was stored, offsets and tuples included."""

from __future__ import annotations

from pydantic import TypeAdapter

from pipeline.model import Article, Listing, RunCounts, Verdict

ARTICLE = TypeAdapter(Article)
LISTING = TypeAdapter(Listing)
COUNTS = TypeAdapter(RunCounts)
VERDICT = TypeAdapter(Verdict)


def dump_listing(listing: Listing | None) -> object:
    """`None` stays absent."""
    return None if listing is None else LISTING.dump_python(listing, mode="json")


def load_listing(value: object) -> Listing | None:
    return None if value is None else LISTING.validate_python(value)
