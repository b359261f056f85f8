"""Where a field of an article came from, kept beside it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Article, Provenance


def with_source(
    article: Article, field: str, source: str, confidence: float = 1.0, detail: str | None = None
) -> Article:
    """The article with the source of a field added; the first entry of a field is the one that counts."""
    return replace(article, provenance=sourced(article, field, source, confidence, detail))


def sourced(
    article: Article, field: str, source: str, confidence: float = 1.0, detail: str | None = None
) -> tuple[Provenance, ...]:
    """The article's provenance with the source of a field added, for a step that sets the field in the same breath."""
    return (*article.provenance, Provenance(field, source, confidence, detail))


def without_source(article: Article, field: str, detail: str | None = None) -> Article:
    """The article without what was said of a field, or of the part of it that `detail` names."""
    kept = (entry for entry in article.provenance if entry.field != field or detail not in (None, entry.detail))
    return replace(article, provenance=tuple(kept))
