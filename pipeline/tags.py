"""Topic and watch tags of an article."""

from __future__ import annotations

from pipeline.model import Article


def tag(article: Article) -> Article:
    """Set `tags`."""
    return article
