"""Sends what is frozen, each message once: to the mail server, or to the outbox folder where none is configured.

A kill at any moment leaves a state that `recovery` settles without guessing; `sender` tells the order of the steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digests import messages, outbox
from digests.expiry import leaves_until
from digests.journal import NAME, Road
from digests.recovery import Waiting, behind, edition_of, recover, refuse_behind
from digests.sender import EXPIRED, Sender, Watch, road
from digests.turn import Turn, turn
from pipeline.config import Settings
from pipeline.errors import DeliveryError
from pipeline.outlet import Outlet
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord, Store

TROUBLE = "mail"  # the name of the sender's trouble in the store
_DONE = (DeliveryState.SENT, DeliveryState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of one delivery."""

    delivery_id: int
    recipient: str
    state: DeliveryState
    detail: str | None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came of one call. `states` counts the deliveries of the editions concerned as they stand now."""

    road: Road
    attempted: tuple[Attempted, ...]
    states: Mapping[DeliveryState, int]
    trouble: str | None  # one line: why the sender stopped early

    @property
    def complete(self) -> bool:
        """Every message was sent, or skipped by a person."""
        return self.trouble is None and not set(self.states) - set(_DONE)


def deliver(
    store: Store,
    settings: Settings,
    edition: EditionRecord,
    *,
    now: datetime,
    outlets: Mapping[str, Outlet] | None = None,
    watch: Watch | None = None,
) -> DeliveryReport:
    """Freeze a message for every subscriber of the edition's list and send those that are due.

    `outlets`: whose full texts a PDF may hold. Raises `LeasedError` when another sender is at work, `DeliveryError`
    when the database is older than the journal or the outbox cannot be written. A mail server that cannot be used is
    the report's `trouble`.
    """
    messages.freeze(store, settings, edition, now=now, outlets=outlets)
    return _deliver(store, settings, {edition.id}, _clock(now), watch or Watch())


def deliver_due(store: Store, settings: Settings, *, now: datetime, watch: Watch | None = None) -> DeliveryReport:
    """Send what is due of any edition: what was deferred or interrupted. Raises as `deliver` does.

    Asked every minute, it reads a year's journal once and then only when there is something to do.
    """
    if _is_quiet(store, settings):
        return DeliveryReport(road(settings), (), {}, None)
    report = _deliver(store, settings, None, _clock(now), watch or Watch())
    if not _open(store):
        _looked_at[settings.outbox] = _stamp(settings)
    return report


_looked_at: dict[Path, object] = {}  # outbox → its journal's stamp when all of it was read and nothing was to be sent


def _is_quiet(store: Store, settings: Settings) -> bool:
    """Nothing is to be sent or settled, and the journal is the one that was read when that was so before."""
    stamp = _stamp(settings)
    return stamp is not None and _looked_at.get(settings.outbox) == stamp and not _open(store)


def _stamp(settings: Settings) -> object:
    try:
        status = (settings.outbox / NAME).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _open(store: Store) -> bool:
    """Something waits, or a sender that may be dead had taken it up."""
    return bool(store.deliveries.waiting() or store.deliveries.list(state=DeliveryState.SENDING))


def _clock(now: datetime) -> Callable[[], datetime]:
    """`now`, moving on as real time does."""
    start = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - start)


def _deliver(
    store: Store,
    settings: Settings,
    edition_ids: Collection[int] | None,
    clock: Callable[[], datetime],
    watch: Watch,
) -> DeliveryReport:
    """Send, and remember since when it has not been possible: operators are told of it by another road."""
    try:
        with turn(store, settings, clock) as mine:
            report, answered = _send(store, settings, mine, edition_ids, watch)
    except DeliveryError as error:
        store.troubles.ill(TROUBLE, str(error), clock())
        raise
    if report.trouble and not watch.stopping():
        store.troubles.ill(TROUBLE, report.trouble, clock())
    elif answered or not store.deliveries.waiting():
        _well(store)
    return report


def _well(store: Store) -> None:
    if any(trouble.name == TROUBLE for trouble in store.troubles.list()):
        store.troubles.well(TROUBLE)


def _send(
    store: Store, settings: Settings, mine: Turn, edition_ids: Collection[int] | None, watch: Watch
) -> tuple[DeliveryReport, bool]:
    """(report, whether the mail server answered)."""
    outbox.sweep(settings.outbox)
    recovered = recover(store, settings, mine.journal, now=mine.clock())
    found = [delivery for delivery in recovered if _wanted(delivery, edition_ids)]
    waiting = _waiting(store, edition_ids)
    due = [(edition, delivery) for edition, delivery in waiting if _is_due(delivery, mine.clock())]
    refuse_behind(behind(store, mine.journal, due, now=mine.clock()))
    expired = _expire(store, settings, waiting, mine.clock())
    sender = Sender(settings, mine, watch)
    attempted, trouble = sender.send(one for one in due if one[1].id not in {row.id for row in expired})
    concerned = edition_ids or {row.edition_id for row in (*found, *expired, *(row for _, row in due))}
    told = [*(row for row in found if row.state is not DeliveryState.PENDING), *expired, *attempted]
    states = store.deliveries.counts(concerned)
    return DeliveryReport(sender.road, tuple(map(_attempted, told)), states, trouble), sender.answered


def _wanted(delivery: DeliveryRecord, edition_ids: Collection[int] | None) -> bool:
    return edition_ids is None or delivery.edition_id in edition_ids


def _waiting(store: Store, edition_ids: Collection[int] | None) -> list[Waiting]:
    """What is to be sent, now or later, each with its edition."""
    known: dict[int, EditionRecord] = {}
    for delivery in (found := [row for row in store.deliveries.waiting() if _wanted(row, edition_ids)]):
        if delivery.edition_id not in known:
            known[delivery.edition_id] = edition_of(store, delivery)
    return [(known[delivery.edition_id], delivery) for delivery in found]


def _is_due(delivery: DeliveryRecord, now: datetime) -> bool:
    return delivery.next_attempt_at is None or delivery.next_attempt_at <= now


def _expire(store: Store, settings: Settings, waiting: Iterable[Waiting], now: datetime) -> list[DeliveryRecord]:
    """What is no news any more, whether its next attempt is due or not: it never leaves by itself."""
    over = [row.id for edition, row in waiting if leaves_until(edition, row, settings) <= now]
    return store.deliveries.expire(over, EXPIRED, now)


def _attempted(delivery: DeliveryRecord) -> Attempted:
    return Attempted(delivery.id, delivery.recipient, delivery.state, delivery.detail)
