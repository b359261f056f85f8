"""Articles for the tests of locations."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.model import Article, Kind


def article(headline: str | None, *body: str, language: str | None = "id", description: str | None = None) -> Article:
    return Article(
        url="https://warta.example/1",
        canonical_url="https://warta.example/1",
        outlet=None,
        kind=Kind.ARTICLE,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        sha256="",
        headline=headline,
        description=description,
        article_body=body,
        in_language=language,
    )
