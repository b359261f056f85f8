"""Rows of what was taken out of texts. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select, update

from pipeline.errors import NotFoundError
from pipeline.store.captures import chunks
from pipeline.store.crawl_records import Removal
from pipeline.store.database import insert
from pipeline.store.dispositions import key as stored_url
from pipeline.store.headline_records import KnownHeadline
from pipeline.store.schema import articles, removals, urls


def of(connection: Connection, article_ids: Collection[int]) -> defaultdict[int, list[Removal]]:
    """By article, the first found first."""
    found: defaultdict[int, list[Removal]] = defaultdict(list)
    for chunk in chunks(sorted(article_ids)):
        query = select(removals).where(removals.c.article_id.in_(chunk)).order_by(removals.c.id)
        for row in connection.execute(query).mappings():
            found[row["article_id"]].append(_removal(row))
    return found


def of_url(connection: Connection, url: str) -> tuple[Removal, ...]:
    """Those of the article at a URL, or at the page that the URL is a duplicate of."""
    page = select(func.coalesce(urls.c.duplicate_of, urls.c.id)).where(urls.c.url == stored_url(url)).scalar_subquery()
    mine = select(articles.c.id).where(articles.c.url_id == page).scalar_subquery()
    query = select(removals).where(removals.c.article_id == mine).order_by(removals.c.id)
    return tuple(_removal(row) for row in connection.execute(query).mappings())


def add(connection: Connection, article_id: int, found: Sequence[KnownHeadline], now: datetime) -> None:
    """One that is there already stays as it is."""
    rows = [
        {"article_id": article_id, "key": one.key, "text": one.text, "url": one.url, "found_at": now} for one in found
    ]
    if rows:
        connection.execute(insert(connection, removals).on_conflict_do_nothing(), rows)


def decide(
    connection: Connection, article_id: int, key: str, *, actor: str, reason: str, undo: bool, now: datetime
) -> None:
    """Raises `NotFoundError` where nothing changes by it."""
    mine = removals.c.article_id == article_id, removals.c.key == key
    standing = removals.c.restored_at.is_not(None) if undo else removals.c.restored_at.is_(None)
    word: dict[str, object] = {"restored_at": None if undo else now, "restored_by": None if undo else actor}
    told = update(removals).where(*mine, standing).values(**word, reason=None if undo else reason)
    if connection.execute(told).rowcount == 0:
        what = "was restored" if undo else "is taken out of it"
        raise NotFoundError(f"article {article_id}: no such line {what}; see `kliping articles show {article_id}`")


def texts(connection: Connection, article_id: int, keys: Collection[str]) -> list[str]:
    """The lines of these keys, for the audit."""
    mine = removals.c.article_id == article_id, removals.c.key.in_(sorted(keys))
    return list(connection.execute(select(removals.c.text).where(*mine).order_by(removals.c.id)).scalars())


def _removal(row: RowMapping) -> Removal:
    return Removal(
        article_id=row["article_id"],
        key=row["key"],
        text=row["text"],
        url=row["url"],
        found_at=row["found_at"],
        restored_at=row["restored_at"],
        restored_by=row["restored_by"],
        reason=row["reason"],
    )
