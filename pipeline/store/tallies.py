"""How many messages of an edition stand where, told by the database: no message is read for it."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from pipeline.store.database import Part, reads
from pipeline.store.delivery_records import DeliveryState
from pipeline.store.schema import deliveries, editions


@dataclass(frozen=True, slots=True)
class Tally:
    """The messages of one edition, or of all, that are in one state."""

    state: DeliveryState
    number: int
    first_at: datetime  # when the first of them came into it, and the last
    last_at: datetime


@dataclass(frozen=True, slots=True)
class IllDelivery:
    """A message that somebody must look at."""

    id: int
    list: str
    period: str
    recipient: str
    state: DeliveryState
    detail: str | None
    changed_at: datetime


class Tallies(Part):
    """Verbs that count deliveries."""

    @reads
    def of(self, connection: Connection, edition_id: int | None = None) -> builtins.list[Tally]:
        """By state, of one edition or of all; states that nothing is in are left out."""
        changed = deliveries.c.changed_at
        query = select(deliveries.c.state, func.count(), func.min(changed), func.max(changed))
        if edition_id is not None:
            query = query.where(deliveries.c.edition_id == edition_id)
        rows = connection.execute(query.group_by(deliveries.c.state).order_by(deliveries.c.state))
        return [Tally(DeliveryState(state), number, first, last) for state, number, first, last in rows]

    @reads
    def ill(
        self, connection: Connection, states: frozenset[DeliveryState], since: datetime, limit: int
    ) -> builtins.list[IllDelivery]:
        """Messages that came into one of these states since then, newest first."""
        query = _ill(states, since).order_by(deliveries.c.changed_at.desc(), deliveries.c.id.desc()).limit(limit)
        return [
            IllDelivery(**{**row, "state": DeliveryState(row["state"])}) for row in connection.execute(query).mappings()
        ]


def _ill(states: frozenset[DeliveryState], since: datetime) -> Select[tuple[object, ...]]:
    return (
        select(
            deliveries.c.id,
            editions.c.list,
            editions.c.period,
            deliveries.c.recipient,
            deliveries.c.state,
            deliveries.c.detail,
            deliveries.c.changed_at,
        )
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(deliveries.c.state.in_(sorted(state.value for state in states)), deliveries.c.changed_at >= since)
    )
