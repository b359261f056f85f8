"""Returned messages: each is read once, and what it means for a subscriber is done in the same transaction."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, select

from pipeline.store.audit import note
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import Subscriber, SubscriberState
from pipeline.store.schema import bounces, deliveries, subscribers
from pipeline.store.subscribers import move_all, move_one

ACTOR = "bounces"


class BounceKind(StrEnum):
    HARD = "hard"  # the mailbox is not there
    SOFT = "soft"  # it is, and took nothing now
    COMPLAINT = "complaint"  # its owner called the mail unwanted
    UNSUBSCRIBE = "unsubscribe"  # its owner wrote to the address of List-Unsubscribe
    IGNORED = "ignored"  # about nobody of ours, or about nothing that failed


@dataclass(frozen=True, slots=True)
class Returned:
    """What a message that came back says."""

    digest: str  # SHA-256 of its bytes
    kind: BounceKind
    address: str | None  # whom it is about
    status: str | None  # RFC 3463: 5.1.1
    detail: str | None  # what the mail server said, on one line
    reported_at: datetime
    subscriber_id: int | None = None  # of a complaint or a wish: the subscription it is about


@dataclass(frozen=True, slots=True)
class Patience:
    """How many days with a soft bounce, among how many, until an address is suppressed."""

    softs: int
    days: int


class Bounces(Part):
    """Verbs over returned messages."""

    @writes
    def take(
        self, connection: Connection, returned: Returned, patience: Patience, now: datetime
    ) -> builtins.list[Subscriber] | None:
        """Remember it and do what it means; whom that changed. None when it was read before: nothing is done twice."""
        values = {
            "digest": returned.digest,
            "kind": returned.kind.value,
            "address": returned.address,
            "status": returned.status,
            "detail": returned.detail,
            "reported_at": returned.reported_at,
            "read_at": now,
        }
        new = insert(connection, bounces).values(**values).on_conflict_do_nothing(index_elements=["digest"])
        if connection.execute(new.returning(bounces.c.id)).first() is None:
            return None
        return _act(connection, returned, patience, now)

    @reads
    def has(self, connection: Connection, digest: str) -> bool:
        """Whether the message of these bytes was read."""
        return connection.execute(select(bounces.c.id).where(bounces.c.digest == digest)).first() is not None

    @reads
    def counts(self, connection: Connection, address: str) -> dict[BounceKind, int]:
        """How many messages came back from the address, by kind."""
        query = select(bounces.c.kind, func.count()).where(bounces.c.address == address).group_by(bounces.c.kind)
        return {BounceKind(kind): number for kind, number in connection.execute(query.order_by(bounces.c.kind))}

    @reads
    def recipient(self, connection: Connection, message_id: str) -> str | None:
        """To whom a message of this Message-ID went; None when it is none of an edition of ours."""
        query = select(deliveries.c.recipient).where(deliveries.c.message_id == message_id)
        return connection.execute(query.order_by(deliveries.c.id).limit(1)).scalar()


def _act(connection: Connection, returned: Returned, patience: Patience, now: datetime) -> builtins.list[Subscriber]:
    kind = returned.kind
    if kind in (BounceKind.COMPLAINT, BounceKind.UNSUBSCRIBE) and returned.subscriber_id is not None:
        reason = "called the mail unwanted" if kind is BounceKind.COMPLAINT else "unsubscribed by mail"
        changed = move_one(
            connection, returned.subscriber_id, SubscriberState.UNSUBSCRIBED, reason, actor=ACTOR, now=now
        )
        return [changed] if changed else []
    if returned.address is None:
        return []
    if kind is BounceKind.HARD:
        return move_all(connection, returned.address, SubscriberState.SUPPRESSED, _why(returned), actor=ACTOR, now=now)
    if kind is BounceKind.SOFT and _soft_days(connection, returned.address, patience, now) >= patience.softs:
        reason = f"{patience.softs} days of soft bounces within {patience.days}; the last: {_why(returned)}"
        return move_all(connection, returned.address, SubscriberState.SUPPRESSED, reason, actor=ACTOR, now=now)
    if kind is BounceKind.SOFT:
        detail = {"status": returned.status, "detail": returned.detail}
        note(connection, ACTOR, "soft bounce", f"address:{returned.address}", detail=detail, now=now)
    return []


def _why(returned: Returned) -> str:
    return " ".join(filter(None, (returned.status, returned.detail))) or "returned by the mail server"


def _soft_days(connection: Connection, address: str, patience: Patience, now: datetime) -> int:
    """Days on which mail came back, since a person, or the reader himself, last made the address active."""
    since = now - timedelta(days=patience.days)
    newest = select(func.max(subscribers.c.state_at)).where(subscribers.c.address == address)
    active = connection.execute(newest.where(subscribers.c.state == SubscriberState.ACTIVE.value)).scalar()
    query = select(bounces.c.reported_at).where(
        bounces.c.address == address, bounces.c.kind == BounceKind.SOFT.value, bounces.c.reported_at > since
    )
    moments = [row[0] for row in connection.execute(query)]
    return len({moment.date() for moment in moments if active is None or moment > active})
