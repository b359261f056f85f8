"""Back-fills: which past days were asked for, and how far each of them is filled."""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, true, update

from pipeline.model import Disposition, Stage, Verdict
from pipeline.store.crawl_records import Backfill, BackfillDay, BackfillState, Named, OutletUrl
from pipeline.store.database import Part, reads, writes
from pipeline.store.dispositions import CHUNK, URL_ROWS, Act, settle
from pipeline.store.schema import articles, backfill_days, backfills, runs, sightings, url_changes, urls

_PUBLISHED = re.compile(r"published (\S+)$")  # the detail of a URL that is out of the window


class Backfills(Part):
    """Verbs over back-fills and their days."""

    @writes
    def begin(
        self,
        connection: Connection,
        outlet: str,
        since: date,
        until: date,
        *,
        listing_digest: str,
        actor: str,
        now: datetime,
    ) -> Backfill:
        """Plan the days from `since` to `until`, both inclusive. An open one over the same window is ended by it."""
        same = (backfills.c.outlet == outlet, backfills.c.since == str(since), backfills.c.until == str(until))
        connection.execute(update(backfills).where(*same, backfills.c.ended_at.is_(None)).values(ended_at=now))
        values = {"outlet": outlet, "since": str(since), "until": str(until), "listing_digest": listing_digest}
        new = backfills.insert().values(**values, actor=actor, created_at=now).returning(backfills)
        begun = _backfill(connection.execute(new).mappings().one())
        planned = [
            {"backfill_id": begun.id, "day": str(day), "state": BackfillState.PLANNED.value, "counts": {}}
            for day in begun.days
        ]
        connection.execute(backfill_days.insert(), planned)
        return begun

    @reads
    def get(self, connection: Connection, backfill_id: int) -> Backfill | None:
        row = connection.execute(select(backfills).where(backfills.c.id == backfill_id)).mappings().first()
        return _backfill(row) if row else None

    @reads
    def open(self, connection: Connection, outlet: str) -> builtins.list[Backfill]:
        """The outlet's back-fills that are not ended, newest first."""
        query = select(backfills).where(backfills.c.outlet == outlet, backfills.c.ended_at.is_(None))
        return [_backfill(row) for row in connection.execute(query.order_by(backfills.c.id.desc())).mappings()]

    @reads
    def days(self, connection: Connection, backfill_id: int) -> builtins.list[BackfillDay]:
        """Its days as they were last settled, oldest first."""
        query = select(backfill_days).where(backfill_days.c.backfill_id == backfill_id).order_by(backfill_days.c.day)
        return [_day(row) for row in connection.execute(query).mappings()]

    @reads
    def settled(
        self, connection: Connection, outlet: str, since: date, until: date
    ) -> builtins.list[tuple[int, BackfillDay]]:
        """(back-fill, day) of all that any back-fill of the outlet settled between two days, both inclusive.

        Oldest back-fill first.
        """
        query = (
            select(backfill_days)
            .join(backfills, backfills.c.id == backfill_days.c.backfill_id)
            .where(backfills.c.outlet == outlet, backfill_days.c.day.between(str(since), str(until)))
            .order_by(backfill_days.c.backfill_id, backfill_days.c.day)
        )
        return [(row["backfill_id"], _day(row)) for row in connection.execute(query).mappings()]

    @writes
    def settle(
        self, connection: Connection, backfill_id: int, days: Sequence[BackfillDay], *, ended: bool, now: datetime
    ) -> None:
        """Write down how far its days are; `ended`: nothing of it is left to ask for."""
        for one in days:
            mine = (backfill_days.c.backfill_id == backfill_id, backfill_days.c.day == str(one.day))
            values = {"state": one.state.value, "counts": dict(one.counts), "reason": one.reason, "settled_at": now}
            connection.execute(update(backfill_days).where(*mine).values(**values))
        still = (backfills.c.id == backfill_id, backfills.c.ended_at.is_(None))
        if ended:
            connection.execute(update(backfills).where(*still).values(ended_at=now))

    @reads
    def run_ids(self, connection: Connection, backfill_id: int) -> frozenset[int]:
        """The runs that worked on it."""
        return frozenset(connection.execute(select(runs.c.id).where(runs.c.backfill_id == backfill_id)).scalars())

    @reads
    def first_daily_run(self, connection: Connection, outlet: str) -> datetime | None:
        """When the outlet was first crawled, back-fills apart; `None`: never."""
        mine = (runs.c.outlet == outlet, runs.c.kind == "crawl")
        return connection.execute(select(func.min(runs.c.started_at)).where(*mine)).scalar()

    @reads
    def held(
        self, connection: Connection, outlet: str, among: Sequence[int] | None = None
    ) -> dict[str, tuple[date, date]]:
        """{pending URL: (first, last day)} of the open back-fill whose run made it pending; `among`: of these rows.

        Other runs have another window: they would put such a URL out of it.
        """
        if among is not None:
            chunks = [among[start : start + CHUNK] for start in range(0, len(among), CHUNK)]
            return dict(chain.from_iterable(_held(connection, outlet, urls.c.id.in_(one)).items() for one in chunks))
        return _held(connection, outlet, true())

    def abandon(self, backfill_id: int, *, actor: str, now: datetime) -> int:
        """Give it up: what its runs left pending goes out of the window. How many URLs that were.

        `CHUNK` of them in one transaction, for other writers wait; killed between two, it is open still.
        """
        waiting = self._left_pending(backfill_id)
        verdict = Verdict(
            Disposition.OUT_OF_WINDOW, Stage.DISCOVERY, "back-fill given up", f"back-fill {backfill_id}, by {actor}"
        )
        chunks = (waiting[start : start + CHUNK] for start in range(0, len(waiting), CHUNK))
        left = sum(self._put_out(chunk, verdict, now) for chunk in chunks)
        self.settle(backfill_id, (), ended=True, now=now)
        return left

    @reads
    def _left_pending(self, connection: Connection, backfill_id: int) -> builtins.list[int]:
        """The rows that a run over the same window made pending last."""
        row = connection.execute(select(backfills).where(backfills.c.id == backfill_id)).mappings().one()
        same = [backfills.c[name] == row[name] for name in ("outlet", "since", "until")]
        query = (
            select(urls.c.id)
            .join(url_changes, url_changes.c.url_id == urls.c.id)
            .join(runs, runs.c.id == url_changes.c.run_id)
            .join(backfills, backfills.c.id == runs.c.backfill_id)
            .where(urls.c.outlet == row["outlet"], urls.c.disposition == Disposition.PENDING, _is_last_change(), *same)
        )
        return builtins.list(connection.execute(query.order_by(urls.c.id)).scalars())

    @writes
    def _put_out(self, connection: Connection, url_ids: Sequence[int], verdict: Verdict, now: datetime) -> int:
        query = URL_ROWS.where(urls.c.id.in_(url_ids), urls.c.disposition == Disposition.PENDING).order_by(urls.c.id)
        rows = connection.execute(query.with_for_update(of=urls)).mappings().all()
        return sum(settle(connection, row, verdict, Act(now)) for row in rows)

    @reads
    def urls_of(self, connection: Connection, outlet: str) -> builtins.list[OutletUrl]:
        """All URLs of the outlet, with what dates them."""
        printed = urls.c.listing["date_published"].as_string().label("printed")  # the rest of the entry is not read
        columns = (urls.c.url, urls.c.disposition, printed, urls.c.detail, urls.c.first_seen_at)
        query = (
            select(*columns, articles.c.date_published)
            .outerjoin(articles, articles.c.url_id == func.coalesce(urls.c.duplicate_of, urls.c.id))
            .where(urls.c.outlet == outlet)
            .order_by(urls.c.id)
        )
        return [_outlet_url(row) for row in connection.execute(query).mappings()]

    @reads
    def named(self, connection: Connection, outlet: str, since: datetime) -> builtins.list[Named]:
        """Which listing named which URL, in the outlet's runs that began at or after `since`."""
        query = (
            select(sightings.c.run_id, sightings.c.found_on, urls.c.url)
            .join(urls, urls.c.id == sightings.c.url_id)
            .join(runs, runs.c.id == sightings.c.run_id)
            .where(runs.c.outlet == outlet, runs.c.started_at >= since)
        )
        return [Named(*row) for row in connection.execute(query).tuples()]


def _held(connection: Connection, outlet: str, which: ColumnElement[bool]) -> dict[str, tuple[date, date]]:
    query = (
        select(urls.c.url, backfills.c.since, backfills.c.until)
        .join(url_changes, url_changes.c.url_id == urls.c.id)
        .join(runs, runs.c.id == url_changes.c.run_id)
        .join(backfills, backfills.c.id == runs.c.backfill_id)
        .where(urls.c.outlet == outlet, urls.c.disposition == Disposition.PENDING, which, _is_last_change())
    )
    opened = select(backfills.c.since, backfills.c.until)
    opened = opened.where(backfills.c.outlet == outlet, backfills.c.ended_at.is_(None))
    windows = {(first, last) for first, last in connection.execute(opened).tuples()}
    found = connection.execute(query).tuples() if windows else ()
    return {
        url: (date.fromisoformat(first), date.fromisoformat(last))
        for url, first, last in found
        if (first, last) in windows
    }


def _is_last_change() -> ColumnElement[bool]:
    later = url_changes.alias()
    last = select(func.max(later.c.id)).where(later.c.url_id == urls.c.id).scalar_subquery()
    return url_changes.c.id == last


def _outlet_url(row: RowMapping) -> OutletUrl:
    when = row["date_published"] or _listed(row) or _judged(row)
    return OutletUrl(row["url"], Disposition(row["disposition"]), when, row["first_seen_at"])


def _listed(row: RowMapping) -> datetime | None:
    """When its listing says that it came out."""
    return datetime.fromisoformat(row["printed"]) if row["printed"] else None


def _judged(row: RowMapping) -> datetime | None:
    """When a page that is out of the window came out, as the verdict has it."""
    if row["disposition"] != Disposition.OUT_OF_WINDOW:
        return None
    found = _PUBLISHED.match(str(row["detail"]))
    return datetime.fromisoformat(found[1]) if found else None


def _backfill(row: RowMapping) -> Backfill:
    days = {"since": date.fromisoformat(row["since"]), "until": date.fromisoformat(row["until"])}
    return Backfill(**{**row, **days})


def _day(row: RowMapping) -> BackfillDay:
    day, state = date.fromisoformat(row["day"]), BackfillState(row["state"])
    return BackfillDay(day, state, row["counts"], row["reason"], row["settled_at"])
