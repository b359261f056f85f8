"""What a visit to a stored article leaves behind besides the text: the next visit, the validators, the mark `gone`.

Every function works inside the caller's transaction: the plan stands exactly when what it was made of does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.model import FailureClass
from pipeline.revisits import Visit, after_failure, born, is_gone, next_revisit, taken
from pipeline.store.records import CommitArticle
from pipeline.store.schema import articles, attempts, urls

_LOOKED_BACK = 40  # attempts; more than an article ever gets


def after_commit(connection: Connection, page: RowMapping, new: CommitArticle, *, changed: bool) -> None:
    """The article was read and is kept: its next visit, and what that may ask with."""
    since = born(new.article.date_published, page["first_seen_at"])
    sent = new.validators
    values = {
        "revisit_at": next_revisit(since, new.article.fetched_at, page["revisits"], changed),
        "revisits": taken(page["revisits"], changed),
        "etag": sent.etag if sent else None,
        "last_modified": sent.last_modified if sent else None,
    }
    connection.execute(update(urls).where(urls.c.id == page["id"]).values(**values))


def after_unchanged(connection: Connection, page: RowMapping, now: datetime) -> None:
    """The server answered 304: the page is as it was, and it is there."""
    since = born(_published(connection, page["id"]), page["first_seen_at"])
    _plan(connection, page, next_revisit(since, now, page["revisits"], changed=False))
    connection.execute(update(articles).where(articles.c.url_id == page["id"]).values(gone_at=None))


def after_failed(
    connection: Connection, page: RowMapping, failure: FailureClass, retry_after: timedelta | None, now: datetime
) -> None:
    """The attempt is noted already. Nothing changes but the next visit and, where it is sure, the mark `gone`."""
    doubtful = False
    if failure is FailureClass.GONE:
        gone = is_gone(_visits(connection, page["id"]))
        doubtful = not gone
        if gone:
            mark_gone(connection, page["id"], now)
    since = born(_published(connection, page["id"]), page["first_seen_at"])
    when = after_failure(since, now, page["revisits"], doubtful=doubtful, retry_after=retry_after)
    _plan(connection, page, when)


def mark_gone(connection: Connection, url_id: int, now: datetime) -> None:
    """A mark only; the first time counts."""
    gone = update(articles).where(articles.c.url_id == url_id, articles.c.gone_at.is_(None))
    connection.execute(gone.values(gone_at=now))


def _plan(connection: Connection, page: RowMapping, when: datetime | None) -> None:
    values = {"revisit_at": when, "revisits": taken(page["revisits"], changed=False)}
    connection.execute(update(urls).where(urls.c.id == page["id"]).values(**values))


def _published(connection: Connection, url_id: int) -> datetime | None:
    return connection.execute(select(articles.c.date_published).where(articles.c.url_id == url_id)).scalar()


def _visits(connection: Connection, url_id: int) -> list[Visit]:
    """Newest first."""
    query = select(attempts.c.at, attempts.c.failure, attempts.c.status, attempts.c.record_id)
    rows = connection.execute(
        query.where(attempts.c.url_id == url_id).order_by(attempts.c.id.desc()).limit(_LOOKED_BACK)
    )
    return [
        Visit(row.at, FailureClass(row.failure) if row.failure else None, row.status, row.record_id) for row in rows
    ]
