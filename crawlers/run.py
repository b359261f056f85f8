"""One run and all it holds: its row, leases, archive file and worker processes.

Blocking work, that of the database and the fsync of the archive, is done by one thread of its own, in order: the
reactor never waits for a disk, and SQLite sees one writer per process.
"""

from __future__ import annotations

import asyncio
import math
import os
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from crawlers import checkup
from crawlers.backfill import listing_digest
from crawlers.checkup import Checkup
from crawlers.desk import Desk
from crawlers.failures import Failure
from crawlers.leases import RunLeases
from crawlers.rebuilt import Outcome, Rebuilt, close, record_of
from crawlers.request import CrawlRequest
from crawlers.tally import Pause, Tally
from crawlers.vitals import VitalsTally
from crawlers.workers import PRELOAD, Workers
from pipeline.archive.exchange import Exchange
from pipeline.archive.recovery import recover
from pipeline.archive.replay import ReplayIndex
from pipeline.archive.run_record import describe
from pipeline.archive.writer import SUFFIX, WarcWriter
from pipeline.config import Settings
from pipeline.errors import ArchiveError
from pipeline.model import Article, Capture, FailureClass, Run, RunCounts, RunState
from pipeline.outlet import Outlet
from pipeline.store import Store, open_store
from pipeline.store.holders import process_lives
from pipeline.urls import outlet_for
from pipeline.watches import Watches

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_HEARTBEAT_LOST = timedelta(seconds=60)  # a running run that has not beaten for so long was killed
_HOST_WAIT = 900.0  # seconds to wait for another outlet's run on a shared host
_LONGEST_PAUSE = timedelta(hours=24)  # that pages not yet asked for are left alone, whatever their server wishes
_RECENT_RUNS = 500  # among which a running one of this machine is looked for


class RunSession:
    """Opened when the spider opens, closed when it closes; everything else asks it."""

    def __init__(
        self,
        settings: Settings,
        request: CrawlRequest,
        outlet: Outlet | None,
        outlets: tuple[Outlet, ...],
        watches: Watches,
    ) -> None:
        """`outlet`: whose run this is; `outlets`: all known ones, for addresses of any host."""
        self.settings = settings
        self.request = request
        self.outlet = outlet
        self.outlets = outlets
        self.watches = watches
        self.store: Store = open_store(settings.database_url)
        self.tally = Tally()
        self.vitals = VitalsTally(outlet, daily=request.since is None and request.until is None)
        self.notes: Mapping[str, object] | None = None  # what a trial keeps in its row, where others have vitals
        self.fatal: Failure | None = None  # why nothing more can be done
        self.pauses: dict[str, Pause] = {}  # by host
        self.run: Run | None = None
        self.rebuilt = Rebuilt(request) if request.rebuild else None  # the recorded run that this one stands for
        self._daily_since = self.now() - timedelta(days=settings.crawl.window_days)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._leases = RunLeases(self.store, self.storage)
        self._writer: WarcWriter | None = None
        self._index: ReplayIndex | None = None
        self.workers = Workers(settings.crawl.workers, settings.crawl.extract_seconds, PRELOAD)

    # --- small things everybody asks ---------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The clock of this process, of a recorded run its own; the steps are given it as a value."""
        return self.rebuilt.now if self.rebuilt else datetime.now(UTC)

    @property
    def replaying(self) -> bool:
        """Whether WARC files answer in place of the network."""
        return bool(self.request.replay)

    @property
    def daily(self) -> bool:
        """Whether this run has the window that every daily run has; only then listings may be asked conditionally."""
        return self.request.kind == "crawl" and self.request.since is None and self.request.until is None

    @property
    def run_id(self) -> int:
        if self.run is None:
            raise RuntimeError("the run has not begun")
        return self.run.id

    @property
    def since(self) -> datetime | None:
        """Articles older than this are out of the window: what was asked for, or the daily run's window."""
        if self.request.since or self.request.kind != "crawl":
            return self.request.since
        return self._daily_since

    @property
    def listing_digest(self) -> str:
        """Listings' validators are void when this changes."""
        if self.outlet is None:
            return ""
        return listing_digest(self.outlet, self.watches.digest, self.settings.crawl.window_days)

    def desk(self) -> Desk:
        """What is known and still to do of the back-fill this run works on. Reads the store."""
        if self.outlet is None or self.request.backfill_id is None:
            raise RuntimeError("the run works on no back-fill")
        return Desk(self.settings, self.store, self.outlet, self.watches, self.request.backfill_id)

    def outlet_of(self, url: str) -> Outlet | None:
        """The outlet that publishes an address: the run's own, else any other."""
        return self.outlet if self.outlet and not self.request.urls else outlet_for(url, self.outlets)

    async def storage(
        self, verb: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        """Call a blocking verb in the storage thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(verb, *args, **kwargs))

    # --- life --------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Clear up after dead runs, claim the leases, begin the run and its archive file.

        Raises `LeasedError`, `StoreError` or `ArchiveError` in one line; nothing is held then.
        """
        if self.rebuilt is None:
            await self.storage(self._clear_up)
        hosts = self.outlet.hosts if self.outlet and not self.request.urls else self._hosts_of_urls()
        outlet = self.outlet.name if self.outlet and self.request.kind in ("crawl", "backfill") else None
        if not self.replaying:
            await self._leases.claim(outlet, hosts, wait=self.request.wait, host_wait=_HOST_WAIT)
        try:
            await self.workers.start()
            await self.storage(self._begin)
        except BaseException:
            await self._leases.release()
            raise

    def _hosts_of_urls(self) -> tuple[str, ...]:
        hosts = (urlsplit(url).hostname for url in self.request.urls)
        return tuple(dict.fromkeys(host for host in hosts if host))

    def _begin(self) -> None:
        now = self.now()
        if self.rebuilt:
            self.run = self.rebuilt.begin(self.store, now)
            return
        if self.replaying:
            self._index = ReplayIndex(self.request.replay)
        who = self.outlet.name if self.outlet else self.request.kind
        name = f"{who}-{now:%Y%m%dT%H%M%S}-{now.microsecond // 1000:03d}-{os.getpid()}"
        self.run = self.store.runs.begin(
            self.outlet.name if self.outlet else None,
            self.request.kind,
            pid=os.getpid(),
            host=socket.gethostname(),
            archive_file=name + SUFFIX,
            since=self.since,
            until=self.request.until,
            backfill_id=self.request.backfill_id,
            now=now,
        )
        robots = "replayed: not consulted" if self.replaying else "obeyed (RFC 9309)"
        try:
            what = describe(self.request.kind, self.outlet.name if self.outlet else None)
            self._writer = WarcWriter(
                self.settings.archive, name, run_id=self.run.id, now=now, robots=robots, description=what
            )
        except ArchiveError as error:
            self._end(RunState.FAILED, FailureClass.STORAGE, str(error))
            raise

    def _clear_up(self) -> None:
        """Runs that were killed are marked so, and their archive files closed at the last whole record."""
        now = self.now()
        self.store.runs.mark_killed(now - _HEARTBEAT_LOST, now)
        running = [run for run in self.store.runs.list(limit=_RECENT_RUNS) if run.state is RunState.RUNNING]
        for run in running:
            if _is_gone(run):
                self.store.runs.bury(run, "its process is gone", now)
        writing = {run.archive_file for run in running if not _is_gone(run)}
        if self.settings.archive.is_dir():
            recover(self.settings.archive, lambda file: file in writing)

    async def close(self, state: RunState, failure: FailureClass | None, detail: str | None) -> None:
        """End workers, archive file, run and leases, in this order; what fails is told in the run's detail."""
        await asyncio.to_thread(self.workers.close)
        try:
            if self.run is not None and self.run.ended_at is None:
                await self.storage(self._end, state, failure, detail)
        finally:  # on a full disk too: nobody is to wait for a run that is over
            await self._leases.release()
        try:
            if self.run is not None and self.request.backfill_id is not None:
                await self.storage(lambda: self.desk().settle(self.now()))
        finally:
            await self.storage(self.store.close)
        self._thread.shutdown(wait=False)

    def _end(self, state: RunState, failure: FailureClass | None, detail: str | None) -> None:
        if self.rebuilt:
            self.run = self.rebuilt.end(self.store, self.run_id, self.counts())
            return
        counts = self.counts()
        found = self._check_up(counts)
        outcome = Outcome(
            state, counts, failure, detail, self.presence(), found.vitals.as_json() if found else self.notes
        )
        now = self.now()
        if self._writer is not None and self.run is not None:
            close(
                self._writer, record_of(self.run, self.request, outcome, self.store.runs.unanswered(self.run_id), now)
            )
        self.run = self.store.runs.end(
            self.run_id, state, counts, failure, detail, outcome.presence, vitals=outcome.vitals, now=now
        )
        if found and self.outlet:
            checkup.settle(self.store, self.outlet.name, self.run, found, self.now())

    def _check_up(self, counts: RunCounts) -> Checkup | None:
        """Of an outlet's ordinary run. Addresses, replays and back-fills show other numbers: no baseline, no alarm."""
        ordinary = self.request.kind == "crawl" and self.request.backfill_id is None
        if not ordinary or self.outlet is None or self.run is None or self.fatal:
            return None
        return checkup.check_up(self.store, self.outlet, self.run, self.vitals.taken(counts))

    # --- heartbeat ---------------------------------------------------------------------------------------------------

    def counts(self) -> RunCounts:
        """The run's counters as rows and tally have them."""
        tally = self.tally
        rows = self.store.ledger.run_counts(self.run_id)
        return replace(rows, listings=tally.listings, listings_failed=tally.listings_failed, bytes=tally.bytes)

    def presence(self) -> dict[str, float]:
        """Share of this run's kept articles that have each field."""
        return {name: round(count / self.tally.kept, 3) for name, count in sorted(self.tally.present.items())}

    async def beat(self) -> bool:
        """Heartbeat and counters; `False` when somebody declared this run dead."""
        return await self.storage(lambda: self.store.runs.beat(self.run_id, self.counts(), self.now()))

    async def renew(self) -> None:
        """Raises `LeasedError` when a lease was lost."""
        await self._leases.renew()

    async def claim_host(self, host: str) -> None:
        """Before the first request to a host beyond the outlet's own. Raises `LeasedError` while another run has it."""
        await self._leases.claim_host(host)

    # --- archive -----------------------------------------------------------------------------------------------------

    async def record(self, exchange: Exchange) -> Capture:
        """Write an exchange to the archive, then its row. Raises `ArchiveError` or `StoreError`."""
        return await self.storage(self._record, exchange)

    def _record(self, exchange: Exchange) -> Capture:
        if self.rebuilt:
            capture = self.rebuilt.capture(exchange)
            self.store.captures.add(self.run_id, capture)
            return capture
        if self._writer is None:
            raise RuntimeError("the run has not begun")
        captures = self._writer.write(exchange)
        self.store.captures.add(self.run_id, *captures)
        return captures[0]

    def recorded(self, url: str) -> Exchange | None:
        """The answer of the replayed files."""
        if self.rebuilt:
            return self.rebuilt.find(url)
        return self._index.find(url) if self._index else None

    def recorded_urls(self) -> tuple[str, ...]:
        """Every address the replayed files answer."""
        if self.rebuilt:
            return self.rebuilt.urls()
        return self._index.urls() if self._index else ()

    # --- hosts that want a pause -------------------------------------------------------------------------------------

    def pause(self, host: str, span: timedelta | None, failure: FailureClass) -> None:
        """Ask a host nothing for that long; `span` None: for the rest of the run."""
        seconds = math.inf if span is None else span.total_seconds()
        ends_at = None if span is None else self.now() + min(span, _LONGEST_PAUSE)
        self.pauses[host] = Pause(monotonic() + seconds, failure, ends_at)

    def pause_of(self, host: str) -> Pause | None:
        """The host's pause, while it lasts."""
        pause = self.pauses.get(host)
        return pause if pause and pause.until > monotonic() else None

    # --- what happened -----------------------------------------------------------------------------------------------

    def note_url_failure(self, url: str, failure: Failure) -> None:
        self.tally.url_classes[failure.failure] += 1
        self.vitals.note_url_failure(url, failure)
        self.tally.failures.append((url, f"{failure.failure.value}: {failure.detail}"))

    def note_listing_failure(self, url: str, failure: Failure) -> None:
        self.tally.listings_failed += 1
        self.tally.listing_classes[failure.failure] += 1
        self.vitals.note_listing_failure(url, failure)
        self.tally.failures.append((url, f"{failure.failure.value}: {failure.detail}"))

    def note_kept(self, article: Article) -> None:
        """Count which fields the kept articles have: a silent change of layout is a number the same day."""
        self.tally.kept += 1
        for name in _COUNTED_FIELDS:
            self.tally.present[name] += bool(getattr(article, name))


def _is_gone(run: Run) -> bool:
    """A run of this machine whose process is no more."""
    return run.host == socket.gethostname() and not process_lives(run.pid)


_COUNTED_FIELDS = (
    "headline", "description", "article_body", "date_published", "date_modified", "byline", "authors", "editors",
    "photographers", "dateline", "credit_line", "article_section", "keywords", "in_language", "summary",
)  # fmt: skip
