"""The leases of a run: its outlet and every host it asks, renewed while it runs.

The outlet and its hosts are claimed all together at the beginning, any further host before the first request to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import ParamSpec, Protocol, TypeVar

from pipeline.errors import LeasedError
from pipeline.store import Store
from pipeline.store.holders import new_holder
from pipeline.store.records import Lease

TTL = timedelta(seconds=60)  # a dead run on another machine blocks its outlet for that long
RENEW_SECONDS = 15.0
FURTHER_WAIT = 30.0  # seconds that a request waits for another run on a host beyond the outlet's own
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
        self._held: dict[str, Lease] = {}  # by name
        self._claims: dict[str, asyncio.Task[None]] = {}  # of further hosts, under way
        self._waited: set[str] = set()  # further hosts that were waited for in vain
        self._over = False

    async def claim(self, outlet: str | None, hosts: Sequence[str], *, wait: float, host_wait: float) -> None:
        """`wait`: seconds to wait for another run of the outlet; `host_wait`: for another outlet's run on a host.

        Raises `LeasedError` in one line.
        """
        names = [*([f"outlet:{outlet}"] if outlet else []), *(_host(host) for host in sorted(set(hosts)))]
        begun = monotonic()
        while True:
            try:
                self._hold(await self._call(self._claim_all, names))
            except LeasedError as error:
                patience = wait if str(error).startswith("outlet:") else max(wait, host_wait)
                if monotonic() - begun >= patience:
                    raise
                await asyncio.sleep(_POLL_SECONDS)
            else:
                return

    async def claim_host(self, host: str, *, wait: float = FURTHER_WAIT) -> None:
        """Claim a host beside those held. `wait`: seconds to wait for another run, once; later claims do not wait.

        Two runs may wait for each other's host: both give up then, for neither lets go of what it holds.
        Raises `LeasedError` in one line.
        """
        name = _host(host)
        if name in self._held:
            return
        claim = self._claims.get(name)
        if claim is None:  # requests to one host share one wait
            claim = asyncio.ensure_future(self._claim_further(name, 0.0 if name in self._waited else wait))
            self._claims[name] = claim
            claim.add_done_callback(lambda _: self._claims.pop(name, None))
        await asyncio.shield(claim)

    async def _claim_further(self, name: str, wait: float) -> None:
        until = monotonic() + wait
        while True:
            try:
                self._hold(await self._call(self._claim_all, [name]))
            except LeasedError:
                if monotonic() >= until:
                    self._waited.add(name)
                    raise
                await asyncio.sleep(_POLL_SECONDS)
            else:
                if self._over:
                    await self.release()
                return

    def _hold(self, leases: Iterable[Lease]) -> None:
        self._held.update({lease.name: lease for lease in leases})

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
        self._hold(await self._call(self._renew_all, tuple(self._held.values())))

    def _renew_all(self, held: Sequence[Lease]) -> tuple[Lease, ...]:
        return tuple(self._store.leases.renew(lease, TTL, _now()) for lease in held)

    async def release(self) -> None:
        """Give all back; claims that are still under way give back what they get."""
        self._over = True
        held, self._held = tuple(self._held.values()), {}
        for lease in held:
            await self._call(self._store.leases.release, lease)


def _host(host: str) -> str:
    return f"host:{host}"


def _now() -> datetime:
    return datetime.now(UTC)
