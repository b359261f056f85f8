"""The leases of a run: its outlet and every host it asks, claimed all together and renewed while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import ParamSpec, Protocol, TypeVar

from pipeline.errors import LeasedError
from pipeline.store import Store
from pipeline.store.holders import new_holder
from pipeline.store.records import Lease

TTL = timedelta(seconds=60)  # a dead run on another machine blocks its outlet for that long
RENEW_SECONDS = 15.0
_POLL_SECONDS = 0.5

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Call(Protocol):
    """Runs a blocking verb outside the reactor thread."""

    def __call__(
        self, verb: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Awaitable[Result]: ...


class RunLeases:
    """Claims in one fixed order and lets go of all when one is taken, so that two runs never wait for each other."""

    def __init__(self, store: Store, call: Call) -> None:
        self._store = store
        self._call = call
        self._holder = new_holder()
        self._held: tuple[Lease, ...] = ()

    async def claim(self, outlet: str | None, hosts: Sequence[str], *, wait: float, host_wait: float) -> None:
        """`wait`: seconds to wait for another run of the outlet; `host_wait`: for another outlet's run on a host.

        Raises `LeasedError` in one line.
        """
        names = [*([f"outlet:{outlet}"] if outlet else []), *(f"host:{host}" for host in sorted(set(hosts)))]
        begun = monotonic()
        while True:
            try:
                self._held = await self._call(self._claim_all, names)
            except LeasedError as error:
                patience = wait if str(error).startswith("outlet:") else max(wait, host_wait)
                if monotonic() - begun >= patience:
                    raise
                await asyncio.sleep(_POLL_SECONDS)
            else:
                return

    def _claim_all(self, names: Sequence[str]) -> tuple[Lease, ...]:
        held: list[Lease] = []
        try:
            held.extend(self._store.leases.claim(name, self._holder, TTL, _now()) for name in names)
        except LeasedError:
            for lease in held:
                self._store.leases.release(lease)
            raise
        return tuple(held)

    async def renew(self) -> None:
        """Hold all for another `TTL`. Raises `LeasedError` when one was lost."""
        self._held = await self._call(self._renew_all)

    def _renew_all(self) -> tuple[Lease, ...]:
        return tuple(self._store.leases.renew(lease, TTL, _now()) for lease in self._held)

    async def release(self) -> None:
        """Give all back."""
        for lease in self._held:
            await self._call(self._store.leases.release, lease)
        self._held = ()


def _now() -> datetime:
    return datetime.now(UTC)
