"""An extracted article on its way into the store: is it in the window, whose address is it, what is stored of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from crawlers.current import spider_of
from crawlers.discovery import out_of_window
from crawlers.extraction import Extracted
from crawlers.failures import Failure
from crawlers.rereading import is_cut, reread
from pipeline.model import Disposition, FailureClass, Kind, Stage, Verdict
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import UrlRecord, Validators
from pipeline.store.records import CommitArticle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.run import RunSession


@dataclass(frozen=True, slots=True)
class ProcessedPage:
    """The spider's item: one page (or paged article) as a worker read it."""

    record: UrlRecord = field(repr=False)
    extracted: Extracted = field(repr=False)
    outlet: Outlet | None = field(repr=False)
    status: int
    url: str  # for logs
    validators: Validators | None = None  # of the page, where they stand for all of the text

    @property
    def again(self) -> bool:
        """Whether the article is stored already, and this is another visit."""
        return self.record.disposition is Disposition.KEPT


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Pipeline:
        return cls(crawler)


class WindowPipeline(_Pipeline):
    """The publication date of the page itself decides; a listing's was only a hint."""

    async def process_item(self, item: ProcessedPage) -> ProcessedPage:
        spider = spider_of(self._crawler)
        article = item.extracted.article
        if item.again:  # it was in the window once, and the run's vitals are about what is new
            return item
        spider.session.vitals.note_article(article, item.record.listing, item.extracted.verdict, spider.session.now())
        when = article.date_published
        verdict = out_of_window(when, spider.session.since, spider.session.request.until, Stage.EXTRACT)
        if verdict is None:
            return item
        await spider.accounts.settle(item.record, verdict)
        raise DropItem(verdict.rule)


class CanonicalPipeline(_Pipeline):
    """A page whose canonical link names another article's address is stored under that one."""

    async def process_item(self, item: ProcessedPage) -> ProcessedPage:
        record: UrlRecord | None = item.record
        if item.again:  # it stays where it was first kept, unless the page is another known article's by now
            other = await self._other(item)
            return replace(item, extracted=_leading_to(item.extracted, other)) if other else item
        if item.extracted.canonical != item.record.canonical_url:
            record = await spider_of(self._crawler).accounts.leads_to(
                item.record, item.extracted.canonical, item.outlet, "canonical link"
            )
        if record is None:
            raise DropItem("its canonical address is stored already")
        article = replace(item.extracted.article, canonical_url=record.canonical_url)
        return replace(item, record=record, extracted=replace(item.extracted, article=article))

    async def _other(self, item: ProcessedPage) -> str | None:
        """The address of another stored article that a revisited page now calls its own."""
        if item.extracted.canonical == item.record.canonical_url:
            return None
        session = spider_of(self._crawler).session
        known = await session.storage(session.store.ledger.get, item.extracted.canonical)
        if known is None or item.record.url in (known.url, known.duplicate_of):
            return None
        return known.url if known.disposition in (Disposition.KEPT, Disposition.DUPLICATE) else None


def _leading_to(extracted: Extracted, address: str) -> Extracted:
    verdict = Verdict(Disposition.FAILED, Stage.EXTRACT, FailureClass.GONE, f"the page says that it is {address}")
    return replace(extracted, verdict=verdict)


class CommitPipeline(_Pipeline):
    """Stores what was read: text for what is kept or matched no watch, a disposition for the rest."""

    async def process_item(self, item: ProcessedPage) -> ProcessedPage:
        spider = spider_of(self._crawler)
        verdict = item.extracted.verdict
        failure = await _refusal(spider.session, item)
        if failure:
            record_id = next(iter(item.extracted.article.record_ids), None)
            await spider.accounts.failed(item.record, failure, record_id)
            return item
        if verdict.disposition is Disposition.REJECTED and verdict.stage is not Stage.WATCH:
            await spider.accounts.settle(item.record, verdict)
            return item
        if item.again:
            await reread(spider.session, item)
        await spider.accounts.commit(_commit(item, spider.session))
        if verdict.disposition is Disposition.KEPT and not item.again:
            spider.session.note_kept(item.extracted.article)
        return item


async def _refusal(session: RunSession, item: ProcessedPage) -> Failure | None:
    """Why nothing is stored of this reading; `None` where something is."""
    verdict = item.extracted.verdict
    reason = _failure(verdict, again=item.again)
    if reason:
        final = reason is not FailureClass.BLOCKED
        return Failure(reason, verdict.detail or verdict.rule, item.status, final=final)
    if item.again and await is_cut(session, item):
        return Failure(FailureClass.EMPTY, "less than half of the stored text, and nothing of ours in it", item.status)
    return None


def _commit(item: ProcessedPage, session: RunSession) -> CommitArticle:
    extracted = item.extracted
    return CommitArticle(
        url=item.record.url,
        article=extracted.article,
        verdict=extracted.verdict,
        content_digest=extracted.content_digest,
        code_digest=extracted.code_digest,
        keys=extracted.keys,
        run_id=session.run_id,
        validators=item.validators,
        watches=session.watches,
    )


def _failure(verdict: Verdict, *, again: bool) -> FailureClass | None:
    """The class of a reading that failed; on another visit so is what is no article any more. Pure."""
    if verdict.disposition is Disposition.FAILED:
        return FailureClass(verdict.rule)
    if again and verdict.disposition is Disposition.REJECTED and verdict.stage is not Stage.WATCH:
        return FailureClass.GONE if verdict.rule == Kind.SOFT_404 else FailureClass.NOT_AN_ARTICLE
    return None
