"""Leases: named rights that one holder has at a time, on both databases, with a fence that only grows.

A holder that `holders.is_dead` (a process of this machine that was killed) holds nothing any more; what a dead process
of another machine held is free when its time is over.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Update, select, update

from pipeline.errors import LeasedError
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.holders import is_dead
from pipeline.store.records import Lease
from pipeline.store.schema import leases

_NOBODY = ""  # a released lease keeps its row, because its fence must keep growing


class Leases(Part):
    """Claim, renew, release. `holder` must be unique to the process: `holders.new_holder`, or a UUID."""

    @writes
    def claim(self, connection: Connection, name: str, holder: str, ttl: timedelta, now: datetime) -> Lease:
        """Take a free or expired lease, or a dead process's (the fence grows), or renew one's own.

        Raises `LeasedError` with its holder.
        """
        first = insert(connection, leases).values(name=name, holder=_NOBODY, fence=0, expires_at=now)
        connection.execute(first.on_conflict_do_nothing(index_elements=["name"]))
        row = connection.execute(_row(name).with_for_update()).mappings().one()
        free = row["holder"] == _NOBODY or row["expires_at"] <= now or is_dead(row["holder"])
        if not free and row["holder"] != holder:
            raise LeasedError(_held_by(row))
        lease = Lease(name, holder, row["fence"] + 1 if free else row["fence"], now + ttl)
        values = {"holder": holder, "fence": lease.fence, "expires_at": lease.expires_at}
        connection.execute(update(leases).where(leases.c.name == name).values(**values))
        return lease

    @writes
    def take(self, connection: Connection, seen: Lease, holder: str, ttl: timedelta, now: datetime) -> Lease:
        """Take a lease that still is exactly as `seen`, whatever the clock says. Raises `LeasedError` when it is not.

        For whoever has watched it stand still for longer than its holder may be silent: a holder of another machine
        that died while the clocks went back would keep it for as long as they did.
        """
        taken = Lease(seen.name, holder, seen.fence + 1, now + ttl)
        values = {"holder": holder, "fence": taken.fence, "expires_at": taken.expires_at}
        unmoved = _own(seen).where(leases.c.expires_at == seen.expires_at)
        if connection.execute(unmoved.values(**values)).rowcount == 0:
            raise LeasedError(f"{seen.name}: is not held any more as it was; claim it")
        return taken

    @writes
    def renew(self, connection: Connection, lease: Lease, ttl: timedelta, now: datetime) -> Lease:
        """Hold it longer, also when it has just expired and nobody took it. Raises `LeasedError` when it is lost."""
        renewed = Lease(lease.name, lease.holder, lease.fence, now + ttl)
        if connection.execute(_own(lease).values(expires_at=renewed.expires_at)).rowcount == 0:
            row = connection.execute(_row(lease.name)).mappings().first()
            raise LeasedError(_held_by(row) if row else f"{lease.name}: the lease is gone; start again")
        return renewed

    @writes
    def release(self, connection: Connection, lease: Lease) -> None:
        """Give it back; nothing happens when it is already somebody else's."""
        connection.execute(_own(lease).values(holder=_NOBODY))

    @reads
    def held(self, connection: Connection, name: str, now: datetime) -> Lease | None:
        """Who holds it now."""
        query = _row(name).where(leases.c.holder != _NOBODY, leases.c.expires_at > now)
        row = connection.execute(query).mappings().first()
        if row is None or is_dead(row["holder"]):
            return None
        return Lease(row["name"], row["holder"], row["fence"], row["expires_at"])


def held_by(lease: Lease) -> ColumnElement[bool]:
    """A condition: the lease is still this holder's. It may be past its time, as long as nobody else took it."""
    own = select(leases.c.name).where(
        leases.c.name == lease.name, leases.c.holder == lease.holder, leases.c.fence == lease.fence
    )
    return own.exists()


def _row(name: str) -> Select[tuple[str, str, int, datetime]]:
    return select(leases.c.name, leases.c.holder, leases.c.fence, leases.c.expires_at).where(leases.c.name == name)


def _own(lease: Lease) -> Update:
    return update(leases).where(
        leases.c.name == lease.name, leases.c.holder == lease.holder, leases.c.fence == lease.fence
    )


def _held_by(row: RowMapping) -> str:
    if row["holder"] == _NOBODY:
        return f"{row['name']}: was released; claim it again"
    until = row["expires_at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{row['name']}: is held by {row['holder']} until {until}; wait, or end that process"
