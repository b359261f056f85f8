"""One sender at a time: the journal's lock on this machine, a lease in the store between machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.journal import Journal
from pipeline.config import Settings
from pipeline.errors import LeasedError
from pipeline.store import Lease, Store

LEASE = "deliveries"
_LEAST = timedelta(minutes=10)


@dataclass
class Turn:
    """The right to send, for as long as `keep` says so."""

    store: Store
    journal: Journal
    lease: Lease
    ttl: timedelta  # its half is longer than a message may take from its body's first byte to the reply
    clock: Callable[[], datetime]

    def keep(self) -> None:
        """Now and then: at least three quarters of the lease are left. Raises `LeasedError` when it was lost."""
        now = self.clock()
        if self.lease.expires_at - now < self.ttl * 3 / 4:
            self.lease = self.store.leases.renew(self.lease, self.ttl, now)

    def check(self) -> None:
        """Before a message's body leaves: at least half of the lease is left. Raises `LeasedError`. For any thread."""
        if self.lease.expires_at - self.clock() < self.ttl / 2:
            raise LeasedError(
                f"{LEASE}: the right to send could not be kept, the database answers too late; tried again"
            )


@contextmanager
def turn(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[Turn]:
    """Take the turn. Raises `LeasedError` when another sender has it, `DeliveryError` when the outbox is unusable.

    The lease's holder is the journal file itself, so that whoever follows a sender that was killed need not wait for
    its lease: the lock proves that it is dead.
    """
    with Journal(settings.outbox) as journal:
        mail = settings.mail
        ttl = max(_LEAST, timedelta(seconds=8 * mail.timeout + 4 * mail.final_timeout))
        mine = Turn(store, journal, store.leases.claim(LEASE, journal.identity, ttl, clock()), ttl, clock)
        try:
            yield mine
        finally:
            store.leases.release(mine.lease)
