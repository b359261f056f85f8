"""An extraction becomes the current one: what lists, stories and exports know of the text they know through it.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, delete, select, update

from pipeline.model import Article
from pipeline.reviews import doubt
from pipeline.store.accepted import over
from pipeline.store.database import insert
from pipeline.store.folding import fold
from pipeline.store.json_values import ARTICLE
from pipeline.store.records import CommitArticle
from pipeline.store.schema import (
    article_tags,
    article_watches,
    articles,
    edition_versions,
    extractions,
    fingerprint_keys,
    unchecked_texts,
    version_captures,
    versions,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which version of which article an extraction is of, and when it was made."""

    article_id: int
    version_id: int
    now: datetime


def extract(connection: Connection, place: Place, new: CommitArticle, cleaned: CommitArticle | None) -> None:
    """Make this reading of the version the current one; nothing happens when it is that already.

    Where `cleaned` is given, the page as read is stored before it: what was taken out can be brought back from there.
    The next check compares it with the headlines that are known by then.
    """
    shown = cleaned or new
    of_it = extractions.c.version_id == place.version_id
    newest = select(extractions.c.code_digest).where(of_it).order_by(extractions.c.id.desc()).limit(1)
    if connection.execute(newest).scalar() == shown.code_digest:
        return
    as_read = select(extractions.c.id).where(of_it, extractions.c.code_digest == new.code_digest)
    if cleaned and not connection.execute(as_read).first():
        _insert(connection, place, new, None)
    made = put(connection, place, shown, new.code_digest if cleaned else None)
    enqueue(connection, place.article_id, made)


def put(connection: Connection, place: Place, shown: CommitArticle, read_by: str | None) -> int:
    """Make an extraction the newest of its version and the current one of its article; its id."""
    mine = (extractions.c.version_id == place.version_id) & (extractions.c.code_digest == shown.code_digest)
    connection.execute(delete(extractions).where(mine))  # an older one has come back: it is the newest again
    made = _insert(connection, place, shown, read_by)
    pointers = {"version_id": place.version_id, "extraction_id": made}
    current = update(articles).where(articles.c.id == place.article_id)
    connection.execute(current.values(**pointers, **_listed_columns(shown.article)))
    list_found(connection, place.article_id, over(connection, place.article_id, shown.article))
    return made


def list_found(connection: Connection, article_id: int, article: Article) -> None:
    """Let lists find the article under its watches and tags, those of a person's acceptance among them."""
    _replace(connection, article_watches, article_id, _watch_rows(article).values())
    tags = sorted({tag.id for tag in article.tags})
    _replace(connection, article_tags, article_id, [{"tag": name} for name in tags])


def enqueue(connection: Connection, article_id: int, extraction_id: int) -> None:
    """Let the next check look at the text; a word about an earlier extraction of it is void."""
    new = insert(connection, unchecked_texts).values(article_id=article_id, extraction_id=extraction_id)
    connection.execute(new.on_conflict_do_update(index_elements=["article_id"], set_={"extraction_id": extraction_id}))


def store_keys(connection: Connection, article_id: int, keys: Iterable[int]) -> None:
    """Let the article have just these fingerprint keys."""
    wanted = sorted(set(keys))
    stored = select(fingerprint_keys.c.key).where(fingerprint_keys.c.article_id == article_id)
    if sorted(connection.execute(stored).scalars()) != wanted:
        _replace(connection, fingerprint_keys, article_id, [{"key": key} for key in wanted])


def join_equal(connection: Connection, article_id: int, version_id: int) -> RowMapping | None:
    """The version before, where without foreign headlines the two say the same: the outlet changed a link, not a text.

    The later one goes, unless an edition holds it; the earlier one is current again, and is compared by the newer
    reading's digest from then on.
    """
    from pipeline.fingerprint import content_digest  # noqa: PLC0415 (lxml, which few commands need)

    later = connection.execute(select(versions).where(versions.c.id == version_id)).mappings().one()
    before = versions.c.article_id == article_id, versions.c.n < later["n"]
    earlier = connection.execute(select(versions).where(*before).order_by(versions.c.n.desc())).mappings().first()
    held = select(edition_versions.c.version_id).where(edition_versions.c.version_id == version_id)
    if earlier is None or connection.execute(held).first():
        return None
    (_, new), (extraction_id, old) = (_newest(connection, each["id"]) for each in (later, earlier))
    if content_digest(new) != content_digest(old):
        return None
    pointers = {"version_id": earlier["id"], "extraction_id": extraction_id}
    connection.execute(update(articles).where(articles.c.id == article_id).values(**pointers, **_listed_columns(old)))
    for table in (extractions, version_captures):
        connection.execute(delete(table).where(table.c.version_id == version_id))
    connection.execute(delete(versions).where(versions.c.id == version_id))
    renewed = update(versions).where(versions.c.id == earlier["id"]).values(content_digest=later["content_digest"])
    connection.execute(renewed)
    return earlier


def _newest(connection: Connection, version_id: int) -> tuple[int, Article]:
    query = select(extractions.c.id, extractions.c.article).where(extractions.c.version_id == version_id)
    row = connection.execute(query.order_by(extractions.c.id.desc()).limit(1)).one()
    return row.id, ARTICLE.validate_python(row.article)


def _insert(connection: Connection, place: Place, shown: CommitArticle, read_by: str | None) -> int:
    values = {
        "version_id": place.version_id,
        "code_digest": shown.code_digest,
        "read_by": read_by,
        "article": ARTICLE.dump_python(shown.article, mode="json"),
        "extracted_at": place.now,
    }
    made: int = connection.execute(extractions.insert().values(**values).returning(extractions.c.id)).scalar_one()
    return made


def _listed_columns(article: Article) -> dict[str, object]:
    """What lists are filtered by; a date that has no instant in UTC (the year 1 of some systems) is none."""
    date = article.date_published
    date = date if date and date.year > 1 else None
    return {
        "headline": article.headline,
        "in_language": article.in_language,
        "date_published": date,
        "dated_at": date or articles.c.created_at,
        "kind": article.kind.value,
        "doubt": doubt(article),
        "search_text": fold("\n".join((article.headline or "", article.description or "", *article.article_body))),
    }


def _watch_rows(article: Article) -> dict[str, Mapping[str, object]]:
    """One row a watch, with the first year its text settles."""
    rows: dict[str, Mapping[str, object]] = {}
    for match in article.watches:
        if match.id not in rows or rows[match.id]["edition"] is None:
            rows[match.id] = {"watch": match.id, "edition": match.edition}
    return rows


def _replace(connection: Connection, table: Table, article_id: int, rows: Iterable[Mapping[str, object]]) -> None:
    """Let the article have just these rows."""
    connection.execute(delete(table).where(table.c.article_id == article_id))
    new = [{"article_id": article_id, **row} for row in rows]
    if new:
        connection.execute(table.insert(), new)
