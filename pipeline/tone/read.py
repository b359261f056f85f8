"""Set the tone of an article."""

from __future__ import annotations

from pipeline.model import Article


def read_tone(article: Article) -> Article:
    """Set `headline_tone`, `body_tone` and `needs_clarification`."""
    return article
