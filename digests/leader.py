"""Who leads: one scheduler at a time, by a lease in the store, on whatever machine.

A lease's time is told by the clock on the wall, which may be put back; so whoever stands by also watches it by a clock
that only goes forward: a holder renews every few seconds, and one that has not for twice the lease's time is dead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pipeline.errors import LeasedError
from pipeline.store import Store
from pipeline.store.holders import new_holder
from pipeline.store.records import Lease

LEASE = "scheduler"
LEASE_TTL = timedelta(seconds=60)
_SILENT = 2 * LEASE_TTL.total_seconds()


class Leader:
    """One candidate."""

    def __init__(self, store: Store, monotonic: Callable[[], float], holder: str | None = None) -> None:
        self._leases, self._monotonic = store.leases, monotonic
        self._holder = holder or new_holder()
        self._lease: Lease | None = None
        self._seen: tuple[Lease, float] | None = None  # another's, and since when it has not moved

    def hold(self, now: datetime) -> tuple[Lease, bool]:
        """(the lease, whether it is newly won). Raises `LeasedError` while another leads."""
        try:
            lease = self._leases.claim(LEASE, self._holder, LEASE_TTL, now)
        except LeasedError:
            self._lease, silent = None, self._silent(now)
            if silent is None:
                raise
            lease = self._leases.take(silent, self._holder, LEASE_TTL, now)
        won = self._lease is None or self._lease.fence != lease.fence
        self._lease, self._seen = lease, None
        return lease, won

    def release(self) -> None:
        if self._lease:
            self._leases.release(self._lease)

    def _silent(self, now: datetime) -> Lease | None:
        """The other's lease, when it has not moved for so long that its holder is dead."""
        held = self._leases.held(LEASE, now)
        if held is None or self._seen is None or self._seen[0] != held:
            self._seen = (held, self._monotonic()) if held else None
            return None
        return held if self._monotonic() - self._seen[1] >= _SILENT else None
