"""Reading articles whole: the current version and extraction, with the captures, story and corrections around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, Select, and_, func, select

from pipeline.model import CaptureRef, Disposition, StoredArticle
from pipeline.store.accepted import Word, words
from pipeline.store.captures import chunks
from pipeline.store.json_values import ARTICLE
from pipeline.store.records import CorrectionAction
from pipeline.store.schema import articles, captures, corrections, extractions, story_members, urls, version_captures
from pipeline.store.schema import versions as versions_table
from pipeline.store.tones import standing_of
from pipeline.tone import ToneOverride, overridden

_COLUMNS = (
    articles.c.id,
    articles.c.gone_at,
    versions_table.c.id.label("version_id"),
    versions_table.c.n,
    versions_table.c.committed_at,
    versions_table.c.content_digest,
    extractions.c.article,
    urls.c.disposition,
    story_members.c.story_id,
    story_members.c.copy_of,
)


def current(connection: Connection, article_ids: Sequence[int]) -> list[StoredArticle]:
    """These articles as they stand now, in the given order; unknown ids are left out."""
    found: dict[int, StoredArticle] = {}
    for chunk in chunks(article_ids):
        query = _current().where(articles.c.id.in_(chunk))
        found |= {article.id: article for article in _load(connection, query)}
    return [found[article_id] for article_id in article_ids if article_id in found]


def at_versions(connection: Connection, version_ids: Sequence[int]) -> list[StoredArticle]:
    """Articles as the outlet published these versions, each as our newest code reads it; in the given order."""
    found: dict[int, StoredArticle] = {}
    for chunk in chunks(version_ids):
        query = _at_version().where(versions_table.c.id.in_(chunk))
        found |= {article.version_id: article for article in _load(connection, query)}
    return [found[version_id] for version_id in version_ids if version_id in found]


def _current() -> Select[tuple[object, ...]]:
    source = (
        articles.join(urls, urls.c.id == articles.c.url_id)
        .join(versions_table, versions_table.c.id == articles.c.version_id)
        .join(extractions, extractions.c.id == articles.c.extraction_id)
        .outerjoin(story_members, story_members.c.article_id == articles.c.id)
    )
    return select(*_COLUMNS).select_from(source)


def _at_version() -> Select[tuple[object, ...]]:
    newest = (
        select(func.max(extractions.c.id))
        .where(extractions.c.version_id == versions_table.c.id)
        .correlate(versions_table)
        .scalar_subquery()
    )
    source = (
        versions_table.join(articles, articles.c.id == versions_table.c.article_id)
        .join(urls, urls.c.id == articles.c.url_id)
        .join(extractions, and_(extractions.c.version_id == versions_table.c.id, extractions.c.id == newest))
        .outerjoin(story_members, story_members.c.article_id == articles.c.id)
    )
    return select(*_COLUMNS).select_from(source)


def _load(connection: Connection, query: Select[tuple[object, ...]]) -> list[StoredArticle]:
    rows = connection.execute(query).mappings().all()
    pointers = _captures(connection, [row["version_id"] for row in rows])
    article_ids = [row["id"] for row in rows]
    withheld, judged = _withheld(connection, article_ids), words(connection, article_ids)
    tones = standing_of(connection, article_ids)
    return [
        _stored(row, tuple(pointers[row["version_id"]]), withheld, judged, tones.get(row["id"], ())) for row in rows
    ]


def _captures(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[CaptureRef]]:
    query = (
        select(version_captures.c.version_id, captures.c.record_id, captures.c.file, captures.c.offset)
        .join_from(version_captures, captures, captures.c.record_id == version_captures.c.record_id)
        .where(version_captures.c.version_id.in_(version_ids))
        .order_by(version_captures.c.version_id, version_captures.c.position)
    )
    found: defaultdict[int, list[CaptureRef]] = defaultdict(list)
    for version_id, record_id, file, offset in connection.execute(query):
        found[version_id].append(CaptureRef(record_id, file, offset))
    return found


def _withheld(connection: Connection, article_ids: Sequence[int]) -> dict[int, str]:
    """The reason of each standing withholding, by article."""
    query = (
        select(corrections.c.article_id, corrections.c.reason)
        .where(corrections.c.article_id.in_(article_ids), corrections.c.undone_at.is_(None))
        .where(corrections.c.action == CorrectionAction.WITHHOLD.value)
    )
    return dict(connection.execute(query).tuples().all())


def _stored(
    row: RowMapping,
    pointers: tuple[CaptureRef, ...],
    withheld: dict[int, str],
    judged: dict[int, Word],
    tones: Sequence[ToneOverride],
) -> StoredArticle:
    article, word = ARTICLE.validate_python(row["article"]), judged.get(row["id"])
    article = article if word is None else word.over(article)
    return StoredArticle(
        id=row["id"],
        article=overridden(article, tones),
        version=row["n"],
        version_id=row["version_id"],
        committed_at=row["committed_at"],
        disposition=Disposition(row["disposition"]),
        content_digest=row["content_digest"],
        captures=pointers,
        story_id=row["story_id"],
        copy_of=row["copy_of"],
        gone_at=row["gone_at"],
        rejected_reason=word.reason if word and word.action is CorrectionAction.REJECT else None,
        withheld_reason=withheld.get(row["id"]),
    )
