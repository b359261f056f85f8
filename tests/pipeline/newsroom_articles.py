"""The newsroom's pieces as articles, as a perfect extraction would give them, and what stories they tell in truth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from crawlers.newsroom import TrueArticle, truth, week_truth
from pipeline.copies import CopyLink, copies, holders_of
from pipeline.fingerprint import keys
from pipeline.model import Article, Disposition, Kind, StoredArticle
from pipeline.watches import bundled_watches, match

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


def kept(today: date) -> tuple[TrueArticle, ...]:
    """The week's pieces in scope, of the outlets of the demo and of the others."""
    return tuple(piece for piece in (*truth(today), *week_truth(today)) if piece.in_scope)


def article(piece: TrueArticle) -> Article:
    bare = Article(
        url=piece.url,
        canonical_url=piece.url,
        outlet=piece.outlet,
        kind=piece.kind or Kind.ARTICLE,
        fetched_at=FETCHED,
        sha256="0" * 64,
        headline=piece.headline,
        description=piece.description,
        article_body=piece.article_body,
        date_published=piece.date_published,
        authors=piece.authors,
        translators=piece.translators,
        credit_line=piece.credit_line,
        in_language=piece.in_language,
        syndicated_from=piece.syndicated_from,
        press_release=piece.press_release,
    )
    return match(bare, bundled_watches())


def stored(number: int, one: Article) -> StoredArticle:
    return StoredArticle(number, one, 1, number, FETCHED, Disposition.KEPT, str(number))


def links(articles: Iterable[StoredArticle]) -> tuple[CopyLink, ...]:
    known = tuple(articles)
    return copies({one.id: one.article.text for one in known}, holders_of({one.id: keys(one.article) for one in known}))
