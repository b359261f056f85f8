"""What became of each URL, written down: the crawl's only writer of dispositions and attempts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.discovery import refusal
from crawlers.failures import Failure, retry_at
from crawlers.run import RunSession
from pipeline.model import Disposition, FailureClass, Listing, Stage, Verdict
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import UrlRecord
from pipeline.store.records import CommitArticle
from pipeline.urls import canonical_url, normalise

_BLOCKS = 3  # in a row
_TOLD = 5  # failures named in a run's detail
_GONE = (404, 410)


class Accounts:
    """Verbs of one run over the ledger."""

    def __init__(self, session: RunSession) -> None:
        self._session = session
        self._store = session.store
        self._blocks: Counter[str] = Counter()  # by host, since it last gave us a page

    async def fetched(self, record: UrlRecord, status: int, record_id: str | None) -> None:
        """The address answered."""
        session = self._session
        await session.storage(
            self._store.ledger.attempt, record.url, session.run_id, session.now(), status=status, record_id=record_id
        )

    async def failed(self, record: UrlRecord, failure: Failure, record_id: str | None = None) -> None:
        """One attempt failed: the URL stays pending until its time comes again, or is `failed` for good."""
        if record.disposition is Disposition.KEPT:
            await self._revisit_failed(record, failure, record_id)
            return
        session = self._session
        now = session.now()
        await session.storage(
            self._store.ledger.attempt,
            record.url,
            session.run_id,
            now,
            status=failure.status,
            failure=failure.failure,
            detail=failure.detail,
            record_id=record_id,
            retry_at=retry_at(failure, record.attempts, now),
            final=failure.final,
            limit=session.settings.crawl.attempts,
        )
        session.note_url_failure(record.url, failure)
        if failure.failure is FailureClass.BLOCKED:
            self._note_block(record.url)

    async def unchanged(self, record: UrlRecord, record_id: str | None) -> None:
        """A revisited page answered 304."""
        session = self._session
        self._blocks.pop(_host(record.url), None)
        await session.storage(
            self._store.ledger.revisited, record.url, session.run_id, session.now(), status=304, record_id=record_id
        )

    async def _revisit_failed(self, record: UrlRecord, failure: Failure, record_id: str | None) -> None:
        """A stored article could not be read again: its text stands, and no run is the worse for it.

        Unless a person asked for it by its address: then it is told.
        """
        session = self._session
        if session.replaying and not session.rebuilt:  # what an old recording answers says nothing of now: no plan
            await self.retrying(record, failure, record_id)
        else:
            failure = as_revisit(failure)
            await session.storage(
                self._store.ledger.revisited,
                record.url,
                session.run_id,
                session.now(),
                status=failure.status,
                failure=failure.failure,
                detail=failure.detail,
                record_id=record_id,
                retry_after=failure.retry_after,
            )
        if not session.daily:
            session.note_url_failure(record.url, failure)
        elif failure.failure is not FailureClass.GONE:
            session.vitals.note_url_failure(record.url, failure)
        if failure.failure is FailureClass.BLOCKED:
            self._note_block(record.url)

    async def retrying(self, record: UrlRecord, failure: Failure, record_id: str | None) -> None:
        """One attempt failed and nothing follows from it: it is made again at once, say."""
        session = self._session
        await session.storage(
            self._store.ledger.retrying,
            record.url,
            session.run_id,
            session.now(),
            failure=failure.failure,
            detail=failure.detail,
            status=failure.status,
            record_id=record_id,
        )

    async def not_tried(self, record: UrlRecord) -> None:
        """Its host wants a pause: it stays pending, and later runs too leave it alone for as long."""
        pause = self._session.pause_of(_host(record.url))
        if pause and pause.ends_at:
            await self._session.storage(self._store.ledger.postpone, record.url, pause.ends_at)

    def _note_block(self, url: str) -> None:
        """A host that blocks us again and again is asked nothing more in this run; its pages stay pending."""
        host = _host(url)
        self._blocks[host] += 1
        if self._blocks[host] >= _BLOCKS:
            self._session.pause(host, None, FailureClass.BLOCKED)

    async def settle(self, record: UrlRecord, verdict: Verdict) -> None:
        """Rejected or out of the window."""
        session = self._session
        self._blocks.pop(_host(record.url), None)
        await session.storage(self._store.ledger.settle, record.url, verdict, run_id=session.run_id, now=session.now())

    async def leads_to(self, record: UrlRecord, url: str, outlet: Outlet | None, rule: str) -> UrlRecord | None:
        """The page turned out to be another address's: a redirect or its canonical link said so.

        The record of that address, when this page is to be stored under it; `None` when there is nothing left to do
        (it is stored already, or is no article's address).
        """
        session = self._session
        canonical = canonical_url(url, outlet)
        reason = refusal(canonical, outlet) if outlet else None
        if reason:
            detail = f"leads to {canonical}: {reason.detail}"
            session.vitals.note_led_away(record.url, canonical)
            await self.settle(record, Verdict(Disposition.REJECTED, Stage.FETCH, rule, detail))
            return None
        page = await session.storage(self._store.ledger.get, canonical)
        if page is None:
            listing = replace(record.listing, url=url) if record.listing else Listing(url, record.url, "redirect")
            name = outlet.name if outlet else None
            page = await session.storage(
                self._store.ledger.add, normalise(url), canonical, name, listing, session.run_id, session.now()
            )
        duplicate = Verdict(Disposition.DUPLICATE, Stage.FETCH, rule, f"leads to {page.url}")
        await session.storage(
            self._store.ledger.settle,
            record.url,
            duplicate,
            run_id=session.run_id,
            duplicate_of=page.url,
            now=session.now(),
        )
        return page if page.disposition is Disposition.PENDING else None

    async def commit(self, new: CommitArticle) -> None:
        """Article, version, extraction and disposition in one transaction."""
        self._blocks.pop(_host(new.url), None)
        await self._session.storage(self._store.articles.commit, new, self._session.now())


def as_revisit(failure: Failure) -> Failure:
    """What a failure means for an article that is stored: where it was found once, 404 and 410 say it is gone. Pure."""
    if failure.failure is FailureClass.HTTP_STATUS and failure.status in _GONE:
        return replace(failure, failure=FailureClass.GONE)
    return failure


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def describe(failures: list[tuple[str | None, str]]) -> str | None:
    """The first reasons in one line, each with its URL or how many had it, and how many more there were. Pure."""
    by_reason: dict[str, list[str]] = {}
    for url, reason in failures:
        by_reason.setdefault(reason, []).extend([url] if url else [])
    told = [_told(reason, urls) for reason, urls in list(by_reason.items())[:_TOLD]]
    more = sum(max(len(urls), 1) for urls in list(by_reason.values())[_TOLD:])
    return "; ".join([*told, *([f"and {more} more"] if more else [])]) or None


def _told(reason: str, urls: list[str]) -> str:
    if not urls:
        return reason
    return f"{urls[0]}: {reason}" if len(urls) == 1 else f"{reason} ({len(urls)} addresses, the first {urls[0]})"
