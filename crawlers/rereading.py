"""Before another visit is compared with what is stored: it must be whole, and both must be read by the same code.

A mended selector reads a stored page otherwise than it was read when it was stored. Compared with that, every page the
outlet never touched would pass for a new version. So where our code has changed since, the stored captures are read
anew first: a new extraction of the version that is there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawlers.extraction import Extracted, examine
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.archive.reader import read_response
from pipeline.errors import ArchiveError
from pipeline.model import Disposition, Page, StoredArticle
from pipeline.store.records import CommitArticle

if TYPE_CHECKING:
    from crawlers.item_pipelines import ProcessedPage
    from crawlers.run import RunSession


async def reread(session: RunSession, item: ProcessedPage) -> None:
    """Give the stored version of this page an extraction by the present code, where it has none and differs."""
    stored = await session.storage(session.store.articles.by_url, item.record.url)
    if stored is None or stored.content_digest == item.extracted.content_digest:
        return
    if await session.storage(session.store.articles.read_by, stored.id) == item.extracted.code_digest:
        return
    extracted = await _extracted(session, item, stored)
    # What the present code does not keep of it stays as it was read: the outlet's new text decides.
    if extracted is None or extracted.verdict.disposition is not Disposition.KEPT:
        return
    rework = CommitArticle(
        url=item.record.url,
        article=replace(extracted.article, canonical_url=stored.article.canonical_url),
        verdict=extracted.verdict,
        content_digest=extracted.content_digest,
        code_digest=extracted.code_digest,
        keys=extracted.keys,
        watches=session.watches,
    )
    await session.storage(session.store.articles.commit, rework, session.now())


async def is_cut(session: RunSession, item: ProcessedPage) -> bool:
    """Whether a page that nothing of ours stands in any more lost the better part of its text: a teaser, not an edit.

    An edit that takes the forum's name out of a text leaves most of it; that is a version like any other.
    """
    if item.extracted.verdict.disposition is Disposition.KEPT:
        return False
    stored = await session.storage(session.store.articles.by_url, item.record.url)
    return stored is not None and 2 * len(item.extracted.article.text) < len(stored.article.text)


async def _extracted(session: RunSession, item: ProcessedPage, stored: StoredArticle) -> Extracted | None:
    """The stored captures as the present code reads them; `None` where they cannot be had or read."""
    try:
        pages = await session.storage(_pages, session, stored)
        result = await session.workers.run(
            examine, pages, item.record.listing, item.outlet, session.watches, complete=True
        )
    except (ArchiveError, WorkerTimeoutError, WorkerDiedError):
        return None
    return result if isinstance(result, Extracted) else None


def _pages(session: RunSession, stored: StoredArticle) -> tuple[Page, ...]:
    """Raises `ArchiveError`, also where a page of the article is not among the captures any more."""
    if not stored.captures or len(stored.captures) != len(stored.article.record_ids):
        raise ArchiveError(f"article {stored.id}: not all of its pages are in the archive")
    folder, outlet = session.settings.archive, stored.article.outlet
    return tuple(read_response(folder, capture, outlet=outlet) for capture in stored.captures)
