"""Deliveries: each message is frozen before it is sent, claimed by one sender, and never sent blindly twice."""

from __future__ import annotations

import builtins
from datetime import datetime

from sqlalchemy import Connection, RowMapping, or_, select, update

from pipeline.errors import LeasedError, NotFoundError
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import DeliveryRecord, DeliveryState
from pipeline.store.schema import deliveries

_SENDABLE = (DeliveryState.PENDING.value, DeliveryState.DEFERRED.value)


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
    ) -> DeliveryRecord:
        """Freeze the final message to one recipient of an edition; a second freeze gives the first."""
        values = {
            "edition_id": edition_id,
            "recipient": recipient,
            "state": DeliveryState.PENDING.value,
            "message_id": message_id,
            "message": message,
            "attempts": 0,
            "changed_at": now,
        }
        new = insert(connection, deliveries).values(**values)
        connection.execute(new.on_conflict_do_nothing(index_elements=["edition_id", "recipient"]))
        query = select(deliveries).where(deliveries.c.edition_id == edition_id, deliveries.c.recipient == recipient)
        return _delivery(connection.execute(query).mappings().one())

    @reads
    def get(self, connection: Connection, delivery_id: int) -> DeliveryRecord | None:
        row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).mappings().first()
        return _delivery(row) if row else None

    @reads
    def due(self, connection: Connection, now: datetime) -> builtins.list[DeliveryRecord]:
        """What may be sent now, oldest first."""
        query = select(deliveries).where(
            deliveries.c.state.in_(_SENDABLE),
            or_(deliveries.c.next_attempt_at.is_(None), deliveries.c.next_attempt_at <= now),
        )
        return [_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id)).mappings()]

    @writes
    def claim(self, connection: Connection, delivery_id: int, fence: int, now: datetime) -> DeliveryRecord | None:
        """Mark it `sending` before it is handed to the mail server; `None` when it is not, or no longer, to be sent.

        `fence` is that of the sender's lease: one that lost its lease can claim nothing that its successor has touched.
        """
        claimed = (
            update(deliveries)
            .where(
                deliveries.c.id == delivery_id,
                deliveries.c.state.in_(_SENDABLE),
                or_(deliveries.c.fence.is_(None), deliveries.c.fence <= fence),
            )
            .values(state=DeliveryState.SENDING.value, fence=fence, attempts=deliveries.c.attempts + 1, changed_at=now)
        )
        row = connection.execute(claimed.returning(deliveries)).mappings().first()
        return _delivery(row) if row else None

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
            raise NotFoundError(f"delivery {delivery_id}: is not stored; see `kliping digest deliveries`")
        if fence is not None and before["fence"] != fence:
            raise LeasedError(f"delivery {delivery_id}: another sender has it now; see `kliping digest deliveries`")
        values = {"state": state.value, "detail": detail, "next_attempt_at": next_attempt_at, "changed_at": now}
        marked = update(deliveries).where(deliveries.c.id == delivery_id).values(**values)
        return _delivery(connection.execute(marked.returning(deliveries)).mappings().one())

    @reads
    def list(
        self, connection: Connection, edition_id: int | None = None, state: DeliveryState | None = None
    ) -> builtins.list[DeliveryRecord]:
        """Deliveries of one edition or of all, in one state or in any, oldest first."""
        query = select(deliveries).order_by(deliveries.c.id)
        if edition_id is not None:
            query = query.where(deliveries.c.edition_id == edition_id)
        if state is not None:
            query = query.where(deliveries.c.state == state.value)
        return [_delivery(row) for row in connection.execute(query).mappings()]

    @reads
    def stale_sending(self, connection: Connection, before: datetime) -> builtins.list[DeliveryRecord]:
        """What has been `sending` since before this: its sender died, and whether the mail went out is unknown."""
        sending = deliveries.c.state == DeliveryState.SENDING.value
        query = select(deliveries).where(sending, deliveries.c.changed_at < before).order_by(deliveries.c.id)
        return [_delivery(row) for row in connection.execute(query).mappings()]


def _delivery(row: RowMapping) -> DeliveryRecord:
    return DeliveryRecord(**{**row, "state": DeliveryState(row["state"])})
