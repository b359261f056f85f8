"""Deliveries: each message is frozen before it is sent, claimed by one sender, and never sent blindly twice."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, or_, select, update
from sqlalchemy.exc import NoResultFound

from pipeline.errors import LeasedError, NotFoundError
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.delivery_records import DeliveryRecord, DeliveryState, Mark, NewMessage
from pipeline.store.schema import deliveries, delivery_messages

_SENDABLE = (DeliveryState.PENDING.value, DeliveryState.DEFERRED.value)
_LOST = (DeliveryState.FAILED.value, DeliveryState.EXPIRED.value)


class Deliveries(Part):
    """Verbs over deliveries."""

    @writes
    def freeze(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        edition_id: int,
        recipient: str,
        message_id: str,
        message: bytes,
        now: datetime,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> DeliveryRecord:
        """Freeze the final message to one recipient of an edition; a second freeze gives the first.

        It is due at once, or from `not_before` on.
        """
        _freeze(connection, edition_id, NewMessage(recipient, message_id, message), now, (not_before, expires_at))
        query = select(deliveries).where(deliveries.c.edition_id == edition_id, deliveries.c.recipient == recipient)
        return _delivery(connection.execute(query).mappings().one())

    @writes
    def freeze_all(
        self,
        connection: Connection,
        edition_id: int,
        messages: Sequence[NewMessage],
        now: datetime,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> int:
        """The same for some messages at once, about 50 for a short transaction. How many were not frozen before."""
        return sum(_freeze(connection, edition_id, message, now, (not_before, expires_at)) for message in messages)

    @reads
    def frozen_for(self, connection: Connection, edition_id: int) -> set[str]:
        """Who has a message of the edition already: their addresses."""
        query = select(deliveries.c.recipient).where(deliveries.c.edition_id == edition_id)
        return set(connection.execute(query).scalars())

    @reads
    def get(self, connection: Connection, delivery_id: int) -> DeliveryRecord | None:
        row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).mappings().first()
        return _delivery(row) if row else None

    @reads
    def message(self, connection: Connection, delivery_id: int) -> bytes:
        """The frozen bytes. Raises `NotFoundError`."""
        query = select(delivery_messages.c.message).where(delivery_messages.c.delivery_id == delivery_id)
        try:
            return bytes(connection.execute(query).scalar_one())
        except NoResultFound:
            raise _missing(delivery_id) from None

    @reads
    def due(self, connection: Connection, now: datetime) -> builtins.list[DeliveryRecord]:
        """What may be sent now, oldest first."""
        ready = or_(deliveries.c.next_attempt_at.is_(None), deliveries.c.next_attempt_at <= now)
        return _list(connection, deliveries.c.state.in_(_SENDABLE), ready)

    @reads
    def waiting(self, connection: Connection) -> builtins.list[DeliveryRecord]:
        """What is to be sent, now or later, oldest first."""
        return _list(connection, deliveries.c.state.in_(_SENDABLE))

    @writes
    def claim(self, connection: Connection, delivery_id: int, fence: int, now: datetime) -> DeliveryRecord | None:
        """Mark it `sending` before it is handed to the mail server; `None` when it is not, or no longer, to be sent.

        `fence` is that of the sender's lease: one that lost its lease can claim nothing that its successor has touched.
        """
        return next(iter(_claim(connection, [delivery_id], fence, now)), None)

    @writes
    def claim_all(
        self, connection: Connection, delivery_ids: Collection[int], fence: int, now: datetime
    ) -> builtins.list[DeliveryRecord]:
        """The same for some at once: those that were to be sent, oldest first."""
        return _claim(connection, delivery_ids, fence, now)

    @writes
    def give_back(self, connection: Connection, delivery_ids: Collection[int], fence: int, now: datetime) -> None:
        """Nothing was done with what this sender had claimed: as it was before."""
        before = case((deliveries.c.attempts > 1, DeliveryState.DEFERRED.value), else_=DeliveryState.PENDING.value)
        undone = update(deliveries).where(
            deliveries.c.id.in_(delivery_ids),
            deliveries.c.state == DeliveryState.SENDING.value,
            deliveries.c.fence == fence,
        )
        connection.execute(undone.values(state=before, attempts=deliveries.c.attempts - 1, changed_at=now))

    @writes
    def mark(
        self,
        connection: Connection,
        delivery_id: int,
        state: DeliveryState,
        detail: str | None = None,
        next_attempt_at: datetime | None = None,
        *,
        fence: int | None = None,
        now: datetime,
    ) -> DeliveryRecord:
        """What came of it. With `fence`, only the sender that claimed it last may say so (`LeasedError`)."""
        row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id).with_for_update()).mappings()
        before = row.first()
        if before is None:
            raise _missing(delivery_id)
        if fence is not None and before["fence"] != fence:
            raise LeasedError(f"delivery {delivery_id}: another sender has it now; see `kliping digest deliveries`")
        values = {"state": state.value, "detail": detail, "next_attempt_at": next_attempt_at, "changed_at": now}
        marked = update(deliveries).where(deliveries.c.id == delivery_id).values(**values)
        return _delivery(connection.execute(marked.returning(deliveries)).mappings().one())

    @writes
    def mark_all(self, connection: Connection, marks: Iterable[Mark], now: datetime) -> builtins.list[DeliveryRecord]:
        """What came of some, in their order. What another sender has claimed since is left as it is, and left out."""
        rows = [_mark(connection, mark, now) for mark in marks]
        return [_delivery(row) for row in rows if row]

    @writes
    def expire(
        self, connection: Connection, delivery_ids: Collection[int], detail: str, now: datetime
    ) -> builtins.list[DeliveryRecord]:
        """Those of them that still wait leave no more."""
        over = update(deliveries).where(deliveries.c.id.in_(delivery_ids), deliveries.c.state.in_(_SENDABLE))
        values = {"state": DeliveryState.EXPIRED.value, "detail": detail, "next_attempt_at": None, "changed_at": now}
        return _sorted(connection.execute(over.values(**values).returning(deliveries)).mappings())

    @writes
    def resend(
        self, connection: Connection, delivery_id: int, detail: str, expires_at: datetime | None, now: datetime
    ) -> DeliveryRecord:
        """A person wants it out: due at once, and until then. Raises `NotFoundError`."""
        values = {"state": DeliveryState.PENDING.value, "detail": detail, "expires_at": expires_at}
        again = update(deliveries).where(deliveries.c.id == delivery_id)
        released = again.values(**values, next_attempt_at=None, attempts=0, changed_at=now).returning(deliveries)
        row = connection.execute(released).mappings().first()
        if row is None:
            raise _missing(delivery_id)
        return _delivery(row)

    @reads
    def list(
        self, connection: Connection, edition_id: int | None = None, state: DeliveryState | None = None
    ) -> builtins.list[DeliveryRecord]:
        """Deliveries of one edition or of all, in one state or in any, oldest first."""
        wanted = [] if edition_id is None else [deliveries.c.edition_id == edition_id]
        return _list(connection, *wanted, *([] if state is None else [deliveries.c.state == state.value]))

    @reads
    def counts(self, connection: Connection, edition_ids: Collection[int] | None = None) -> Counter[DeliveryState]:
        """How many there are in each state, of these editions or of all."""
        query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state).order_by(deliveries.c.state)
        if edition_ids is not None:
            query = query.where(deliveries.c.edition_id.in_(edition_ids))
        return Counter({DeliveryState(state): number for state, number in connection.execute(query)})

    @reads
    def troubled(self, connection: Connection) -> dict[int, Counter[DeliveryState]]:
        """How many there are in each state, of each edition of which something has failed or expired."""
        bad = select(deliveries.c.edition_id).where(deliveries.c.state.in_(_LOST))
        query = select(deliveries.c.edition_id, deliveries.c.state, func.count()).where(
            deliveries.c.edition_id.in_(bad)
        )
        found: dict[int, Counter[DeliveryState]] = {}
        grouped = query.group_by(deliveries.c.edition_id, deliveries.c.state).order_by(deliveries.c.edition_id)
        for number, state, count in connection.execute(grouped):
            found.setdefault(number, Counter())[DeliveryState(state)] = count
        return found

    @reads
    def stale_sending(self, connection: Connection, before: datetime) -> builtins.list[DeliveryRecord]:
        """What has been `sending` since before this: its sender died, and whether the mail went out is unknown."""
        return _list(connection, deliveries.c.state == DeliveryState.SENDING.value, deliveries.c.changed_at < before)


def _freeze(
    connection: Connection,
    edition_id: int,
    message: NewMessage,
    now: datetime,
    between: tuple[datetime | None, datetime | None],
) -> bool:
    """Whether it was not frozen before. `between`: when it may leave at the earliest, and at the latest."""
    new = insert(connection, deliveries).values(
        edition_id=edition_id,
        recipient=message.recipient,
        state=DeliveryState.PENDING.value,
        message_id=message.message_id,
        attempts=0,
        next_attempt_at=between[0],
        changed_at=now,
        expires_at=between[1],
    )
    once = new.on_conflict_do_nothing(index_elements=["edition_id", "recipient"]).returning(deliveries.c.id)
    number = connection.execute(once).scalar_one_or_none()
    if number is None:
        return False
    connection.execute(delivery_messages.insert().values(delivery_id=number, message=message.message))
    return True


def _claim(connection: Connection, numbers: Collection[int], fence: int, now: datetime) -> list[DeliveryRecord]:
    claimed = (
        update(deliveries)
        .where(
            deliveries.c.id.in_(numbers),
            deliveries.c.state.in_(_SENDABLE),
            or_(deliveries.c.fence.is_(None), deliveries.c.fence <= fence),
        )
        .values(state=DeliveryState.SENDING.value, fence=fence, attempts=deliveries.c.attempts + 1, changed_at=now)
    )
    return _sorted(connection.execute(claimed.returning(deliveries)).mappings())


def _mark(connection: Connection, mark: Mark, now: datetime) -> RowMapping | None:
    own = update(deliveries).where(deliveries.c.id == mark.delivery_id, deliveries.c.fence == mark.fence)
    values = {"state": mark.state.value, "detail": mark.detail, "next_attempt_at": mark.next_attempt_at}
    return connection.execute(own.values(**values, changed_at=now).returning(deliveries)).mappings().first()


def _list(connection: Connection, *conditions: ColumnElement[bool]) -> list[DeliveryRecord]:
    query = select(deliveries).where(*conditions).order_by(deliveries.c.id)
    return [_delivery(row) for row in connection.execute(query).mappings()]


def _sorted(rows: Iterable[RowMapping]) -> list[DeliveryRecord]:
    """Oldest first: RETURNING knows no order."""
    return sorted(map(_delivery, rows), key=lambda delivery: delivery.id)


def _missing(delivery_id: int) -> NotFoundError:
    return NotFoundError(f"delivery {delivery_id}: is not stored; see `kliping digest deliveries`")


def _delivery(row: RowMapping) -> DeliveryRecord:
    return DeliveryRecord(**{**row, "state": DeliveryState(row["state"])})
