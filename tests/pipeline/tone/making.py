"""Articles to read the tone of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.model import Article, Kind, WatchMatch

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
OURS = (WatchMatch("mgmac", 2026, "its name stands in the headline"),)


def article(language: str | None, headline: str | None, *body: str, **fields: object) -> Article:
    plain = Article(
        url="https://kota.example/berita/1",
        canonical_url="https://kota.example/berita/1",
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0" * 64,
        headline=headline,
        article_body=body,
        in_language=language,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # a test names real fields
