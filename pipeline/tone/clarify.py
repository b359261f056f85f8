"""Whether the city should answer, and why."""

from __future__ import annotations

from pipeline.model import Article


def clarify(article: Article) -> str | None:
    """Why the city should answer, in one sentence; None where it need not."""
    del article
    return None
