"""What other processes do to a store in the tests of concurrency.

They fork from a server that has imported all this once and has never opened a database: a spawned one spends more
than a second of processor time on imports.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

from pipeline.errors import LeasedError
from pipeline.model import FailureClass
from pipeline.store import Store, open_store
from tests.pipeline.store.build import NOW, article, keep, listed, read, start, url

TTL = timedelta(minutes=5)


def context() -> ForkServerContext:
    """How to begin other processes."""
    forking = get_context("forkserver")
    forking.set_forkserver_preload([__name__])
    return forking


def in_processes(work: Callable[[str, int], list[int]], store_url: str, processes: int) -> list[list[int]]:
    """Run `work(store_url, number)` in as many processes at once; their results in the order of their numbers."""
    with ProcessPoolExecutor(processes, mp_context=context()) as pool:
        return list(pool.map(work, [store_url] * processes, range(processes)))


def open_only(store_url: str, number: int) -> list[int]:
    with open_store(store_url) as store:
        return [store.ledger.seen()]


def write_small(store_url: str, number: int) -> list[int]:
    """100 small transactions over one outlet's URLs, half of them the same in all processes."""
    with open_store(store_url) as store:
        run = start(store)
        for n in range(25):
            mine, shared = url(f"{number}-{n}"), url(n)
            store.ledger.record_listing(run.id, read(listed(mine), listed(shared), listed(mine + "?amp", shared)), NOW)
            keep(store, run, article(mine))
            keep(store, run, article(shared))
            store.ledger.attempt(mine, run.id, NOW, failure=FailureClass.TIMEOUT)
        return [run.id]


def take_lease(store_url: str, number: int) -> list[int]:
    """Take and give back one lease 15 times; the fences it was given, each held alone."""
    with open_store(store_url) as store:
        fences: list[int] = []
        while len(fences) < 15:
            try:
                lease = store.leases.claim("outlet:kota", f"process {number}", TTL, datetime.now(UTC))
            except LeasedError:
                time.sleep(0.001)
                continue
            _alone(store, number)
            fences.append(lease.fence)
            store.leases.release(lease)
        return fences


def _alone(store: Store, number: int) -> None:
    held = store.leases.held("outlet:kota", datetime.now(UTC))
    if held is None or held.holder != f"process {number}":
        raise AssertionError(f"process {number} holds the lease, but the store says {held}")


def claim_due(store_url: str, number: int) -> list[int]:
    with open_store(store_url) as store:
        claimed: list[int] = []
        while (row := store.due.claim_next(NOW)) is not None:
            claimed.append(row.id)
        return claimed


def claim_deliveries(store_url: str, number: int) -> list[int]:
    with open_store(store_url) as store:
        due = store.deliveries.due(NOW)
        return [one.id for one in due if store.deliveries.claim(one.id, 1, NOW) is not None]


def freeze_edition(store_url: str, number: int) -> list[int]:
    """Every process makes the same edition; its id and the number of the process whose content stands."""
    with open_store(store_url) as store:
        items = [(one.version_id, "story") for one in store.editions.unsent("daily")]
        record = store.editions.freeze("daily", "2026-11-20", {"by": number}, items, NOW)
        return [record.id, int(str(record.content["by"]))]


def commit_for_ever(store_url: str, ready: str) -> None:
    """List, capture and commit until somebody kills this process."""
    with open_store(store_url) as store:
        run = start(store)
        for n in range(100_000):
            store.ledger.record_listing(run.id, read(listed(url(n)), listed(url(f"{n}?amp"), url(n))), NOW)
            keep(store, run, article(url(n)))
            keep(store, run, article(url(n), body=f"Diralat {os.getpid()}."))
            Path(ready).write_text(str(n), encoding="utf-8")
