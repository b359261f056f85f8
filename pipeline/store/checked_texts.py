"""Texts as their pages were read, and what a check makes of them. Functions work inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, or_, select, update

from pipeline.model import Disposition
from pipeline.store import extracts, removal_rows
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.crawl_records import Removal
from pipeline.store.dispositions import Act, by_id, settle
from pipeline.store.headline_records import CheckedText, StoredText
from pipeline.store.json_values import ARTICLE, VERDICT
from pipeline.store.schema import articles, extractions, headlines, text_openings, unchecked_texts, urls

_ACTOR = "assembler"


def scope_of(outlet: str | None, url: str) -> str:
    """Whose headlines a text is compared with: the outlet's; those of its host, where it is of no listed outlet."""
    if outlet is not None:
        return outlet
    try:
        return (urlsplit(url).hostname or "")[:250]
    except ValueError:
        return ""


def load(connection: Connection, article_ids: Collection[int]) -> list[StoredText]:
    """By article id."""
    found: list[StoredText] = []
    for chunk in chunks(sorted(article_ids)):
        rows = connection.execute(_as_read(chunk)).mappings().all()
        own = _own_keys(connection, [row["url_id"] for row in rows])
        removed = removal_rows.of(connection, [row["article_id"] for row in rows])
        found += [_text(row, own[row["url_id"]], tuple(removed[row["article_id"]])) for row in rows]
    return found


def _as_read(article_ids: Sequence[int]) -> Select[tuple[object, ...]]:
    """The newest extraction of each current version that was made of the page, not of another extraction."""
    shown = extractions.alias("shown")
    newest = (
        select(func.max(extractions.c.id))
        .where(extractions.c.version_id == articles.c.version_id, extractions.c.read_by.is_(None))
        .correlate(articles)
        .scalar_subquery()
    )
    columns = (
        articles.c.id.label("article_id"),
        articles.c.url_id,
        articles.c.version_id,
        articles.c.extraction_id,
        articles.c.outlet,
        articles.c.canonical_url,
        extractions.c.article,
        extractions.c.code_digest,
        shown.c.code_digest.label("shown_digest"),
    )
    source = articles.join(extractions, extractions.c.id == newest).join(shown, shown.c.id == articles.c.extraction_id)
    return select(*columns).select_from(source).where(articles.c.id.in_(article_ids)).order_by(articles.c.id)


def _own_keys(connection: Connection, pages: Sequence[int]) -> defaultdict[int, set[str]]:
    """The keys of all headlines that were printed for these pages, under whatever address."""
    page = func.coalesce(urls.c.duplicate_of, urls.c.id)
    found: defaultdict[int, set[str]] = defaultdict(set)
    query = select(page, headlines.c.key).join(urls, urls.c.id == headlines.c.url_id)
    for url_id, key in connection.execute(query.where(or_(urls.c.id.in_(pages), urls.c.duplicate_of.in_(pages)))):
        found[url_id].add(key)
    return found


def _text(row: RowMapping, own: set[str], removed: tuple[Removal, ...]) -> StoredText:
    return StoredText(
        article_id=row["article_id"],
        page=row["url_id"],
        version_id=row["version_id"],
        extraction_id=row["extraction_id"],
        scope=scope_of(row["outlet"], row["canonical_url"]),
        article=ARTICLE.validate_python(row["article"]),
        code_digest=row["code_digest"],
        shown_digest=row["shown_digest"],
        own=frozenset(own),
        removals=removed,
    )


def store_openings(connection: Connection, texts: Sequence[tuple[StoredText, Collection[str]]]) -> None:
    """Let the texts have just these, whatever was known of earlier ones."""
    for chunk in chunks([text.article_id for text, _ in texts]):
        connection.execute(delete(text_openings).where(text_openings.c.article_id.in_(chunk)))
    rows = [
        {"article_id": text.article_id, "opening": one, "scope": text.scope}
        for text, openings in texts
        for one in sorted(openings)
    ]
    if rows:
        connection.execute(text_openings.insert(), rows)


def dequeue(connection: Connection, waiting: Mapping[int, int]) -> None:
    """These extractions (by article) wait no more; another one of the article may."""
    if waiting:
        mine = (
            unchecked_texts.c.article_id == bindparam("article"),
            unchecked_texts.c.extraction_id == bindparam("seen"),
        )
        rows = [{"article": article_id, "seen": extraction_id} for article_id, extraction_id in waiting.items()]
        connection.execute(delete(unchecked_texts).where(*mine), rows)


def rewrite(connection: Connection, checked: CheckedText, now: datetime) -> bool:
    """Store what the check made of a text, with all that hangs on it; whether it is another one now.

    Nothing happens to a text that was read anew meanwhile: that reading waits for a check of its own.
    """
    text, shown = checked.text, checked.shown
    if shown is None:
        return False
    page = by_id(connection, text.page)
    query = select(articles.c.extraction_id, articles.c.url_id).where(articles.c.id == text.article_id)
    if connection.execute(query).one() != (text.extraction_id, text.page):
        return False
    removal_rows.add(connection, text.article_id, checked.found, now)
    if shown.code_digest == text.shown_digest:
        return False
    read_by = None if shown.code_digest == text.code_digest else text.code_digest
    extracts.put(connection, extracts.Place(text.article_id, text.version_id, now), shown, read_by)
    earlier = extracts.join_equal(connection, text.article_id, text.version_id)
    extracts.store_keys(connection, text.article_id, shown.keys)
    verdict = VERDICT.dump_python(shown.verdict, mode="json")
    connection.execute(update(articles).where(articles.c.id == text.article_id).values(verdict=verdict))
    if page["disposition"] != Disposition.TAKEN_DOWN:
        settle(connection, page, shown.verdict, Act(now), by_commit=True)
    _note(connection, checked, earlier is not None, now)
    return True


def _note(connection: Connection, checked: CheckedText, joined: bool, now: datetime) -> None:
    detail: dict[str, object] = {
        "url": checked.text.article.canonical_url,
        "lines": [{"text": one.text, "headline_of": one.url} for one in checked.found],
        "same_as_the_version_before": joined,
    }
    reason = "headline of another article" if checked.found else "the lines taken out are others than before"
    target = f"article:{checked.text.article_id}"
    note(connection, _ACTOR, "article.foreign-headline", target, reason=reason, detail=detail, now=now)
