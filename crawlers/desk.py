"""One back-fill over the store: what of it is still to be read, how far its days are, and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers.addresses import ListingAddress
from crawlers.backfill import Evidence, Trail, dated, day_urls, first_addresses, roads_of, unread, window_of
from pipeline.config import Settings
from pipeline.draft import Draft
from pipeline.errors import ExportError, NotFoundError
from pipeline.outlet import Outlet
from pipeline.receipts import Receipt, receipt_json
from pipeline.spans import DaySpan, Roads, settle_days
from pipeline.store import Store
from pipeline.store.crawl_records import Backfill, BackfillDay, Reading
from pipeline.watches import Watches, search_terms


@dataclass(frozen=True, slots=True)
class Left:
    """What a back-fill still has to do."""

    listings: tuple[ListingAddress, ...]
    pending: int  # URLs


class Desk:
    """Blocking: every verb reads the store anew."""

    def __init__(self, settings: Settings, store: Store, outlet: Outlet, watches: Watches, backfill_id: int) -> None:
        """Raises `NotFoundError`."""
        found = store.backfills.get(backfill_id)
        if found is None or found.outlet != outlet.name:
            raise NotFoundError(f"back-fill {backfill_id}: {outlet.name} has none of this number")
        self.backfill: Backfill = found
        self._settings = settings
        self._store = store
        self._outlet = outlet
        self._zone = ZoneInfo(outlet.timezone)
        self._terms = search_terms(watches, outlet.language)
        self._since = window_of(outlet, found.since, found.until)[0]

    @cached_property
    def roads(self) -> Roads:
        """Its listings by what they can prove."""
        return roads_of(self._outlet, self.backfill.days)

    @cached_property
    def trail(self) -> Trail:
        """Whether a page leads on, as far as the page itself tells; see `remaining` for pages that print no dates."""
        return Trail(self._since, frozenset(self.roads.families), None, {})

    def addresses(self, today: date) -> tuple[ListingAddress, ...]:
        """The listings it begins with."""
        since, until = self.backfill.since, self.backfill.until
        return first_addresses(self._outlet, self._terms, since=since, until=until, today=today)

    def remaining(self, today: date, *, looking_up: bool) -> tuple[ListingAddress, ...]:
        """The listings it has not read.

        With `looking_up`, pages that print no dates are judged by the articles they named; for when none is on its way.
        """
        readings = {one.url: one for one in self._store.readings.of_backfill(self.backfill.id)}
        trail = self._informed(list(readings.values())) if looking_up else self.trail
        return unread(self.addresses(today), readings, trail.goes_on)

    def _informed(self, readings: Sequence[Reading]) -> Trail:
        if all(one.newest is not None or not one.further for one in readings):
            return Trail(self._since, self.trail.days, {}, {})
        evidence = self._evidence(readings)
        named: dict[str, list[str]] = {}
        for one in evidence.named:
            named.setdefault(one.found_on, []).append(one.url)
        return Trail(self._since, self.trail.days, {url.url: url.date_published for url in evidence.urls}, named)

    def _evidence(self, readings: Sequence[Reading]) -> Evidence:
        urls = self._store.backfills.urls_of(self._outlet.name)
        named = self._store.backfills.named(self._outlet.name, self.backfill.created_at)
        return Evidence(tuple(readings), tuple(urls), tuple(named))

    def left(self, today: date) -> Left:
        """What another run of it would do."""
        mine = (self.backfill.since, self.backfill.until)
        held = self._store.backfills.held(self._outlet.name)
        pending = sum(1 for window in held.values() if window == mine)
        return Left(self.remaining(today, looking_up=True), pending)

    def spans(self) -> tuple[DaySpan, ...]:
        """How far each of its days is filled now."""
        evidence = self._evidence(self._store.readings.of_backfill(self.backfill.id))
        return spans_of(evidence, self._outlet, self.backfill.days)

    def settle(self, now: datetime) -> Receipt:
        """Write down how far its days are, end it when nothing is left to do, and write its receipt.

        Raises `ExportError` where the receipt cannot be written.
        """
        store, number = self._store, self.backfill.id
        days = [BackfillDay(one.day, one.state, one.counts, one.reason, now) for one in self.spans()]
        left = self.left(now.astimezone(self._zone).date())
        store.backfills.settle(number, days, ended=not left.listings and not left.pending, now=now)
        receipt = self.receipt(left, now)
        _write(self.receipt_file, receipt)
        return receipt

    @property
    def zone(self) -> str:
        """Of its days."""
        return self._outlet.timezone

    @property
    def receipt_file(self) -> Path:
        """Where its receipt stands."""
        return self._settings.home / "receipts" / f"backfill-{self.backfill.id}.json"

    def receipt(self, left: Left, now: datetime) -> Receipt:
        """Its receipt, from what the store holds."""
        store, number = self._store, self.backfill.id
        mine = store.backfills.run_ids(number)
        runs = store.runs.list(self._outlet.name, limit=None, since=self.backfill.created_at)
        return Receipt(
            backfill=store.backfills.get(number) or self.backfill,
            zone=self._outlet.timezone,
            made_at=now,
            tool=f"kliping {version('kliping')}",
            runs=tuple(sorted((run for run in runs if run.id in mine), key=lambda run: run.id)),
            listings=tuple(store.readings.of_backfill(number)),
            days=tuple(store.backfills.days(number)),
            listings_left=tuple(address.url for address in left.listings),
            urls_left=left.pending,
        )


def spans_of(evidence: Evidence, outlet: Outlet, days: Sequence[date]) -> tuple[DaySpan, ...]:
    """How far each of these days (in order, without gaps) is filled. Pure."""
    zone = ZoneInfo(outlet.timezone)
    roads = roads_of(outlet, days)
    return settle_days(days, dated(evidence), day_urls(evidence, days, roads, zone), roads, zone)


def _write(file: Path, receipt: Receipt) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{file.parent}: this folder cannot be made: {error.strerror}") from None
    with Draft(file, ExportError, overwrite=True) as draft:
        draft.write(receipt_json(receipt))
        draft.finish()
        draft.publish()
