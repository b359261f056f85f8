"""Reads what the operators' mail tells, and freezes that mail: once a day, as an edition of the list `operators`.

So it goes through the same journal and the same exactly-once machinery as the digest itself, and costs no table.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from digests import editions
from digests.departure import Departure, departure
from digests.health import MOST, Health, Suppressed, report
from digests.hours import hours_of
from digests.letterbox import letterbox
from digests.mail import Envelope, Parts, Sender, compose_message, message_id, sender_of
from digests.messages import audience
from digests.model import SCHEMA_VERSION, Content, OutletCoverage, to_json, total
from digests.phrases import phrases
from digests.schedule import FREEZE, HEALTH, HEARTBEAT, NIGHT, OPERATORS, SEND
from pipeline.config import Settings
from pipeline.outlet import Outlet
from pipeline.store import DeliveryState, EditionRecord, NewMessage, Store, Subscriber
from pipeline.store.records import DueRow, DueState, SubscriberState

_DAY = timedelta(hours=24)
_HELD = frozenset({DeliveryState.UNKNOWN})  # told every day, until somebody has decided
_LOST = frozenset({DeliveryState.FAILED, DeliveryState.EXPIRED})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_ROWS = (NIGHT, FREEZE, SEND, HEALTH)


def freeze(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], period: date, *, now: datetime
) -> str | None:
    """Freeze the day's mail to every operator; a second call changes nothing. None: nobody is on the list."""
    readers = audience(store, OPERATORS)
    if not readers:
        return None
    record = store.editions.get(OPERATORS, period.isoformat())
    if record is None:
        record = store.editions.freeze(
            OPERATORS, period.isoformat(), to_json(_content(settings, period, now)), [], now=now
        )
    there = store.deliveries.frozen_for(record.id)
    health, sender = gather(store, settings, outlets, period, now=now), sender_of(settings)
    messages = [_message(settings, record, health, reader, sender) for reader in readers if reader.address not in there]
    store.deliveries.freeze_all(record.id, messages, now)
    return f"health of {period} goes to {len(readers)} operator(s)"


def gather(store: Store, settings: Settings, outlets: Mapping[str, Outlet], period: date, *, now: datetime) -> Health:
    """What is well and what is not at this moment."""
    name = settings.digest.list
    record = store.editions.get(name, period.isoformat())
    rows = store.due.list(None, None, since=now - _DAY, prefix=tuple(f"{kind}:" for kind in (*_ROWS, HEARTBEAT)))
    return Health(
        title=settings.digest.title,
        list=name,
        edition=departed(store, settings, name, period),
        coverage=_coverage(record),
        titles={outlet: found.title for outlet, found in outlets.items()},
        alarms=tuple(store.alarms.open()),
        ill=(
            *store.tallies.ill(_HELD, _LONG_AGO, limit=10 * MOST),
            *store.tallies.ill(_LOST, now - _DAY, limit=10 * MOST),
        ),
        suppressed=_suppressed(store, now - _DAY),
        missed=tuple(row for row in rows if row.state in {DueState.FAILED, DueState.EXPIRED}),
        heartbeat=next((_beat(row) for row in rows if row.kind == f"{HEARTBEAT}:{name}"), None),
        free=shutil.disk_usage(settings.home).free,
        archive=size_of(settings.archive),
    )


def departed(store: Store, settings: Settings, list_name: str, period: date) -> Departure:
    """How far that edition got."""
    record = store.editions.get(list_name, period.isoformat())
    tallies = store.tallies.of(record.id) if record else ()
    frozen_at = record.frozen_at if record else None
    return departure(hours_of(settings, period), frozen_at, tallies, len(audience(store, list_name)))


def size_of(folder: Path) -> int:
    """Bytes of the files in it, those below included; what vanishes meanwhile counts nothing."""
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return size


def _coverage(record: EditionRecord | None) -> tuple[OutletCoverage, ...]:
    return editions.content(record).coverage if record else ()


def _suppressed(store: Store, since: datetime) -> tuple[Suppressed, ...]:
    found = store.subscribers.list(state=SubscriberState.SUPPRESSED)
    return tuple(
        Suppressed(reader.address, reader.state_reason)
        for reader in found
        if reader.state_at and reader.state_at >= since
    )


def _beat(row: DueRow) -> str | None:
    """What kept the watching service from being told: the row says so while it is tried again."""
    return row.detail if row.state is not DueState.DONE else None


def _content(settings: Settings, period: date, now: datetime) -> Content:
    """An edition that tells no story: what is told stands in its messages."""
    return Content(
        schema_version=SCHEMA_VERSION,
        kind="health",
        list=OPERATORS,
        period=period,
        title=settings.digest.title,
        timezone=settings.timezone,
        since=now - _DAY,
        until=now,
        window_hours=None,
        max_stories=1,
        stories=(),
        coverage=(),
        older=(),
        totals=total((), (), ()),
    )


def _message(
    settings: Settings, record: EditionRecord, health: Health, reader: Subscriber, sender: Sender
) -> NewMessage:
    told = report(phrases(reader.language, settings.timezone), health)
    envelope = Envelope(
        list=record.list,
        period=record.period,
        sent_at=record.frozen_at.astimezone(settings.zone),
        recipient=reader.address,
        recipient_name=reader.name,
        title=settings.digest.title,
        letterbox=letterbox(reader, settings.web.base_url),
    )
    parts = Parts(told.subject, reader.language, told.text.encode(), None)
    name = message_id(record.list, record.period, reader.address, sender.address)
    return NewMessage(reader.address, name, compose_message(envelope, parts, sender))
