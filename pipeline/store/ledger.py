"""The URL ledger: every URL ever seen, its one disposition, and each attempt at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, or_, select, true, update

from pipeline.costs import DailyRun
from pipeline.errors import NotFoundError
from pipeline.model import Disposition, FailureClass, Listing, RunCounts, Stage, Verdict
from pipeline.store import daily_runs as run_rows
from pipeline.store import listings as listing_rows
from pipeline.store import revisits as revisit_rows
from pipeline.store import roads as road_rows
from pipeline.store import trail as trail_rows
from pipeline.store.crawl_records import Attempt, Listed, ListingRead, Spotted, Trail, UrlRecord, Validators
from pipeline.store.database import Part, reads, writes
from pipeline.store.dispositions import (
    ASKED_FOR,
    CHUNK,
    URL_ROWS,
    Act,
    key,
    make_duplicate,
    root,
    row_of,
    settle,
    url_record,
)
from pipeline.store.schema import attempts, listings, readings, urls

_AFTER_FETCH = frozenset(
    {
        FailureClass.NOT_AN_ARTICLE,
        FailureClass.LAYOUT,
        FailureClass.EMPTY,
        FailureClass.DATE,
        FailureClass.LANGUAGE,
        FailureClass.INTERNAL,
    }
)
_ASKED_FOR_AGAIN = frozenset({Disposition.FAILED, Disposition.REJECTED, Disposition.OUT_OF_WINDOW})


class Ledger(Part):
    """Verbs over URLs. URLs are as `pipeline.urls.normalise` gives them."""

    def record_listing(self, run_id: int, read: ListingRead, now: datetime) -> int:
        """Store what a listing named, and its validators; how many of its URLs had never been seen.

        A URL whose canonical URL differs becomes `duplicate` of the canonical row, which is made when unknown. A page
        that only a listing had rejected, or that lay outside an earlier run's window, may become pending again.
        A sitemap of thousands of URLs takes several transactions; the last one has the validators and the reading.
        """
        act = Act(now, run_id)
        *earlier, last = portions = listing_rows.portions(read.entries)
        links = sum(map(len, portions))
        known = sum(self._enter(entries, read.outlet, act) for entries in earlier)
        return links - self._conclude(read, last, links, known, act)

    @writes
    def _enter(self, connection: Connection, entries: Mapping[str, Listed], outlet: str | None, act: Act) -> int:
        return listing_rows.enter_seen(connection, entries, outlet, act)

    @writes
    def _conclude(  # noqa: PLR0917 (a step of `record_listing` alone)
        self, connection: Connection, read: ListingRead, last: Mapping[str, Listed], links: int, known: int, act: Act
    ) -> int:
        """With the last of its entries; how many of all were known before."""
        known += listing_rows.enter_seen(connection, last, read.outlet, act)
        listing_rows.conclude(connection, read, links, known, act)
        return known

    @writes
    def unchanged(self, connection: Connection, run_id: int, listing_url: str, now: datetime) -> None:
        """The listing answered 304: note that it was checked."""
        statement = update(listings).where(listings.c.url == key(listing_url))
        connection.execute(statement.values(checked_at=now, run_id=run_id))
        last = select(func.max(readings.c.id)).where(readings.c.url == key(listing_url)).scalar_subquery()
        connection.execute(update(readings).where(readings.c.id == last).values(checked_at=now))

    @reads
    def validators(self, connection: Connection, listing_url: str, outlet_digest: str) -> Validators | None:
        """What a conditional request for this listing may send; `None` when there is nothing, or the digest changed."""
        query = select(listings.c.etag, listings.c.last_modified).where(
            listings.c.url == key(listing_url), listings.c.outlet_digest == outlet_digest
        )
        row = connection.execute(query).first()
        if row is None or (row.etag is None and row.last_modified is None):
            return None
        return Validators(row.etag, row.last_modified)

    @reads
    def pending(
        self, connection: Connection, outlet: str | None, now: datetime, limit: int | None = None
    ) -> list[UrlRecord]:
        """The outlet's pending URLs whose time has come, oldest first; `outlet` None: addresses of no listed outlet."""
        query = _waiting(outlet, now).order_by(urls.c.first_seen_at, urls.c.id).limit(limit)
        return [url_record(row) for row in connection.execute(query).mappings()]

    @reads
    def pending_among(
        self, connection: Connection, outlet: str | None, addresses: Collection[str], now: datetime
    ) -> list[UrlRecord]:
        """Those of `pending` that are the pages of these URLs; its cost is theirs, however much else is pending."""
        pages = func.coalesce(urls.c.duplicate_of, urls.c.id)
        wanted = [key(address) for address in addresses]
        found: dict[int, UrlRecord] = {}
        for start in range(0, len(wanted), CHUNK):
            of_these = connection.execute(select(pages).where(urls.c.url.in_(wanted[start : start + CHUNK]))).scalars()
            rows = connection.execute(_waiting(outlet, now).where(urls.c.id.in_(of_these.all()))).mappings()
            found |= {row["id"]: url_record(row) for row in rows}
        return sorted(found.values(), key=lambda record: (record.first_seen_at, record.id))

    @writes
    def add(  # noqa: PLR0917 (in the order of `record_listing`; callers name the later ones)
        self,
        connection: Connection,
        url: str,
        canonical_url: str,
        outlet: str | None,
        listing: Listing | None,
        run_id: int | None,
        now: datetime,
    ) -> UrlRecord:
        """Enter one address that a person asked for; the canonical row, which is the one to fetch.

        What failed, was rejected by our code or lay outside a window becomes pending again; a person's word stands.
        """
        act = Act(now, run_id)
        entry = listing or Listing(url=url, found_on="operator", road="operator")
        listing_rows.enter(connection, {key(url): Listed(entry, canonical_url, ASKED_FOR)}, outlet, act)
        row = _row(connection, url)
        if run_id is not None:
            listing_rows.sight(connection, {row["id"]: entry}, act)
        page = root(connection, row)
        if Disposition(page["disposition"]) in _ASKED_FOR_AGAIN:
            settle(connection, page, ASKED_FOR, act)
        return url_record(_row(connection, page["url"]))

    @writes
    def attempt(
        self,
        connection: Connection,
        url: str,
        run_id: int,
        now: datetime,
        *,
        status: int | None = None,
        failure: FailureClass | None = None,
        detail: str | None = None,
        record_id: str | None = None,
        retry_at: datetime | None = None,
        final: bool = False,
        limit: int = 6,
        stage: Stage | None = None,
    ) -> UrlRecord:
        """Note one try. A failed one that is `final`, or the `limit`th, makes a pending URL `failed`.

        A failed revisit of any other URL changes nothing but the list of attempts. `stage` is told by the failure when
        absent. Raises `NotFoundError` for a URL the ledger does not know.
        """
        row = _row(connection, url)
        _note(connection, row, Attempt(now, run_id, status, failure, detail, record_id))
        if failure is None or row["disposition"] != Disposition.PENDING:
            return url_record(row)
        tries = row["attempts"] + 1
        connection.execute(update(urls).where(urls.c.id == row["id"]).values(attempts=tries, retry_at=retry_at))
        if final or tries >= limit:
            verdict = Verdict(Disposition.FAILED, stage or _stage(failure), failure.value, detail)
            settle(connection, row, verdict, Act(now, run_id))
        return url_record(_row(connection, url))

    @writes
    def retrying(
        self,
        connection: Connection,
        url: str,
        run_id: int,
        now: datetime,
        *,
        failure: FailureClass,
        detail: str,
        status: int | None = None,
        record_id: str | None = None,
    ) -> None:
        """Note a try that failed and that its run makes again at once: it is not counted against the limit."""
        _note(connection, _row(connection, url), Attempt(now, run_id, status, failure, detail, record_id))

    @writes
    def postpone(self, connection: Connection, url: str, until: datetime) -> None:
        """A pending URL, or a revisit, is not asked for before then: its server wants a pause. Nothing was tried."""
        later = or_(urls.c.retry_at.is_(None), urls.c.retry_at < until)
        pending = urls.c.url == key(url), urls.c.disposition == Disposition.PENDING
        connection.execute(update(urls).where(*pending, later).values(retry_at=until))
        due = urls.c.url == key(url), urls.c.disposition == Disposition.KEPT, urls.c.revisit_at < until
        connection.execute(update(urls).where(*due).values(revisit_at=until))

    @reads
    def revisits(self, connection: Connection, outlet: str, now: datetime) -> list[UrlRecord]:
        """The outlet's kept articles whose revisit is due, the longest due first."""
        query = URL_ROWS.where(
            urls.c.outlet == outlet, urls.c.disposition == Disposition.KEPT, urls.c.revisit_at <= now
        )
        query = query.order_by(urls.c.revisit_at, urls.c.id)
        return [url_record(row) for row in connection.execute(query).mappings()]

    @writes
    def revisited(
        self,
        connection: Connection,
        url: str,
        run_id: int,
        now: datetime,
        *,
        status: int | None = None,
        failure: FailureClass | None = None,
        detail: str | None = None,
        record_id: str | None = None,
        retry_after: timedelta | None = None,
    ) -> UrlRecord:
        """Note a visit to a stored article that left its text as it was, and plan the next one.

        Without a `failure` the server said that nothing changed. `gone`: its answer says so; `pipeline.revisits` says
        when that is believed. Disposition and text stay. Raises `NotFoundError` for a URL the ledger does not know.
        """
        row = _row(connection, url)
        _note(connection, row, Attempt(now, run_id, status, failure, detail, record_id))
        if failure is None:
            revisit_rows.after_unchanged(connection, row, now)
        else:
            revisit_rows.after_failed(connection, row, failure, retry_after, now)
        return url_record(_row(connection, url))

    @writes
    def settle(
        self,
        connection: Connection,
        url: str,
        verdict: Verdict,
        *,
        run_id: int | None = None,
        actor: str | None = None,
        duplicate_of: str | None = None,
        now: datetime,
    ) -> UrlRecord:
        """Give a URL a disposition; the record as it stands then, unchanged where the verdict may not follow.

        `kept` is given by `articles.commit` alone; `duplicate_of`, a URL of the ledger, belongs to `duplicate`. Raises
        `NotFoundError` for a URL the ledger does not know, `ValueError` for a verdict that cannot be given here.
        """
        if (verdict.disposition is Disposition.DUPLICATE) != (duplicate_of is not None):
            raise ValueError("duplicate_of is given with the disposition `duplicate`, and only then")
        if verdict.disposition is Disposition.KEPT:
            raise ValueError("only articles.commit keeps a URL")
        act = Act(now, run_id, actor)
        row = _row(connection, url)
        if duplicate_of is None:
            settle(connection, row, verdict, act)
        else:
            make_duplicate(connection, row, _row(connection, duplicate_of)["id"], verdict, act)
        return url_record(_row(connection, url))

    @reads
    def get(self, connection: Connection, url: str) -> UrlRecord | None:
        row = row_of(connection, url)
        return url_record(row) if row is not None else None

    @reads
    def counts(self, connection: Connection, outlet: str | None = None) -> dict[Disposition, int]:
        """How many URLs have each disposition (0 included), of one outlet or of all."""
        query = select(urls.c.disposition, func.count()).where(_of(outlet)).group_by(urls.c.disposition)
        found = {Disposition(name): count for name, count in connection.execute(query)}
        return {disposition: found.get(disposition, 0) for disposition in Disposition}

    @reads
    def seen(self, connection: Connection, outlet: str | None = None) -> int:
        """How many URLs the ledger holds, of one outlet or of all."""
        return connection.execute(select(func.count()).select_from(urls).where(_of(outlet))).scalar_one()

    @reads
    def roads(
        self, connection: Connection, since: datetime, until: datetime, outlet: str | None = None
    ) -> dict[str, list[Spotted]]:
        """By outlet, the articles first seen in `since <= t < until` with the roads that named them."""
        return road_rows.roads(connection, since, until, outlet)

    @reads
    def daily_runs(self, connection: Connection, since: datetime) -> list[DailyRun]:
        """What every daily run since then asked for, oldest first."""
        return run_rows.daily_runs(connection, since)

    @reads
    def trail(self, connection: Connection, url: str) -> Trail | None:
        """All that is known of a URL, oldest first; `None` for one never seen."""
        return trail_rows.trail(connection, url)

    @reads
    def run_counts(self, connection: Connection, run_id: int) -> RunCounts:
        """A run's counters as the rows have them. Failed listings and bytes are not in the rows: 0."""
        return trail_rows.run_counts(connection, run_id)


def _row(connection: Connection, url: str) -> RowMapping:
    row = row_of(connection, url, lock=True)
    if row is None:
        raise NotFoundError(f"{url}: has never been seen; `kliping crawl --url` takes it")
    return row


def _waiting(outlet: str | None, now: datetime) -> Select[tuple[object, ...]]:
    return URL_ROWS.where(
        urls.c.disposition == Disposition.PENDING,
        urls.c.outlet == outlet if outlet is not None else urls.c.outlet.is_(None),
        or_(urls.c.retry_at.is_(None), urls.c.retry_at <= now),
    )


def _note(connection: Connection, row: RowMapping, attempt: Attempt) -> None:
    connection.execute(attempts.insert().values(url_id=row["id"], **asdict(attempt)))


def _stage(failure: FailureClass) -> Stage:
    if failure is FailureClass.ROBOTS:
        return Stage.ROBOTS
    return Stage.EXTRACT if failure in _AFTER_FETCH else Stage.FETCH


def _of(outlet: str | None) -> ColumnElement[bool]:
    return true() if outlet is None else urls.c.outlet == outlet
