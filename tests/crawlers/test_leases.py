"""What a run holds: all at the beginning, further hosts one by one, and everything given back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from crawlers.errors import HostBusyError
from crawlers.failures import of_error
from crawlers.leases import RunLeases
from crawlers.loader import load_outlets
from crawlers.request import CrawlRequest
from crawlers.run import RunSession
from pipeline.config import load_settings
from pipeline.errors import LeasedError
from pipeline.model import FailureClass, RunState
from pipeline.store import Store, open_store
from pipeline.watches import load_watches

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'kliping.sqlite'}")
    yield opened
    opened.close()


async def call(verb: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
    return verb(*args, **kwargs)


def run(store: Store, *hosts: str) -> Awaitable[RunLeases]:
    """The leases of a run that holds these hosts."""

    async def begin() -> RunLeases:
        leases = RunLeases(store, call)
        await leases.claim(None, hosts, wait=0, host_wait=0)
        return leases

    return begin()


def held(store: Store, host: str) -> bool:
    return store.leases.held(f"host:{host}", datetime.now(UTC)) is not None


def test_a_further_host_is_held_until_the_run_ends(store: Store) -> None:
    async def scenario() -> None:
        leases = await run(store, "a.example")
        await leases.claim_host("b.example")
        await leases.claim_host("b.example")
        await leases.renew()
        assert held(store, "a.example")
        assert held(store, "b.example")
        await leases.release()
        assert not held(store, "a.example")
        assert not held(store, "b.example")

    asyncio.run(scenario())


def test_two_runs_that_want_each_others_host_both_give_up(store: Store) -> None:
    async def scenario() -> None:
        one, other = await run(store, "a.example"), await run(store, "b.example")
        wishes = (one.claim_host("b.example", wait=0.2), other.claim_host("a.example", wait=0.2))
        refused = await asyncio.wait_for(asyncio.gather(*wishes, return_exceptions=True), timeout=5)
        assert [type(error) for error in refused] == [LeasedError] * 2
        assert [str(error).partition(":")[2].partition(":")[0] for error in refused] == ["b.example", "a.example"]
        assert held(store, "a.example")
        assert held(store, "b.example")

    asyncio.run(scenario())


def test_who_waited_in_vain_waits_no_more_but_takes_the_host_once_it_is_free(store: Store) -> None:
    async def scenario() -> None:
        one, other = await run(store, "a.example"), await run(store, "b.example")
        with pytest.raises(LeasedError):
            await one.claim_host("b.example", wait=0.01)
        with pytest.raises(LeasedError):
            await asyncio.wait_for(one.claim_host("b.example", wait=60), timeout=5)
        await other.release()
        await one.claim_host("b.example", wait=60)
        assert held(store, "b.example")

    asyncio.run(scenario())


def test_requests_to_one_host_share_one_wait(store: Store) -> None:
    async def scenario() -> None:
        one, other = await run(store, "a.example"), await run(store, "b.example")
        waiting = [asyncio.ensure_future(one.claim_host("b.example", wait=30)) for _ in range(4)]
        await asyncio.sleep(0.05)
        await other.release()
        await asyncio.wait_for(asyncio.gather(*waiting), timeout=5)
        assert held(store, "b.example")

    asyncio.run(scenario())


def test_a_claim_that_is_granted_after_the_end_is_given_back(store: Store) -> None:
    async def scenario() -> None:
        one, other = await run(store, "a.example"), await run(store, "b.example")
        late = asyncio.ensure_future(one.claim_host("b.example", wait=30))
        await asyncio.sleep(0.05)
        await one.release()
        await other.release()
        await asyncio.wait_for(late, timeout=5)
        assert not held(store, "b.example")

    asyncio.run(scenario())


def test_an_address_whose_host_is_busy_is_asked_for_later() -> None:
    failure = of_error(HostBusyError("host:b.example: is held by another run; the next run asks again"), "b.example")
    assert (failure.failure, failure.final) == (FailureClass.LIMIT, False)


def test_a_run_whose_end_cannot_be_written_gives_its_hosts_back(tmp_path: Path) -> None:
    """A broken database, a full disk: nobody is to wait for it."""
    settings = load_settings(tmp_path)
    outlet = load_outlets(settings).outlets["antara"]

    async def scenario() -> None:
        request = CrawlRequest(outlet=outlet.name)
        session = RunSession(settings, request, outlet, (outlet,), load_watches(None))
        await session.open()
        assert held(session.store, outlet.hosts[0])
        with session.store.database.engine.begin() as connection:
            connection.execute(text("DROP TABLE sightings"))
        with pytest.raises(OperationalError, match="sightings"):
            await session.close(RunState.FINISHED, None, None)
        assert not held(session.store, outlet.hosts[0])
        session.store.close()

    asyncio.run(scenario())
