"""Many processes at one store: nothing is lost, nothing is done twice, nobody meets "database is locked"."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model import Disposition
from pipeline.store import ArticleFilter, DeliveryState, open_store
from tests.pipeline.store import hammer
from tests.pipeline.store.build import MINUTE, NOW, article, check, keep, kept, start


def test_four_processes_write_a_hundred_transactions_each(store_url: str) -> None:
    runs = hammer.in_processes(hammer.write_small, store_url, 4)
    assert len({run_id for (run_id,) in runs}) == 4
    with open_store(store_url) as store:
        counts = store.ledger.counts()
        assert counts[Disposition.KEPT] == 4 * 25 + 25
        assert counts[Disposition.DUPLICATE] == 4 * 25
        check(store)


def test_a_lease_has_one_holder_and_its_fence_only_grows(store_url: str) -> None:
    fences = hammer.in_processes(hammer.take_lease, store_url, 4)
    assert all(mine == sorted(mine) for mine in fences)
    assert sorted(fence for mine in fences for fence in mine) == list(range(1, 4 * 15 + 1))


def test_no_two_processes_claim_one_due_row(store_url: str) -> None:
    with open_store(store_url) as store:
        for n in range(60):
            store.due.add("crawl:kota", NOW - timedelta(minutes=n))
    claimed = [row for mine in hammer.in_processes(hammer.claim_due, store_url, 3) for row in mine]
    assert len(claimed) == len(set(claimed)) == 60


def test_no_two_processes_claim_one_delivery(store_url: str) -> None:
    with open_store(store_url) as store:
        edition = store.editions.freeze("daily", "2026-11-20", {}, [], NOW)
        for n in range(30):
            store.deliveries.freeze(edition.id, f"{n}@kota.example", f"<{n}@kliping>", b"x", NOW)
    claimed = [one for mine in hammer.in_processes(hammer.claim_deliveries, store_url, 3) for one in mine]
    assert len(claimed) == len(set(claimed)) == 30
    with open_store(store_url) as store:
        assert {one.attempts for one in store.deliveries.list(state=DeliveryState.SENDING)} == {1}


def test_processes_that_build_one_edition_get_the_same(store_url: str) -> None:
    with open_store(store_url) as store:
        run = start(store)
        for n in range(3):
            kept(store, run, n)
    made = hammer.in_processes(hammer.freeze_edition, store_url, 3)
    assert len({tuple(one) for one in made}) == 1
    with open_store(store_url) as store:
        assert len(store.editions.items(made[0][0])) == 3
        assert store.editions.unsent("daily") == []


def test_processes_that_open_a_new_database_at_once(empty_url: str) -> None:
    assert hammer.in_processes(hammer.open_only, empty_url, 4) == [[0]] * 4


@pytest.mark.parametrize("milliseconds", [30, 70, 150])
def test_a_kill_in_the_middle_of_commits_loses_nothing_whole(
    sqlite_url: str, tmp_path: Path, milliseconds: int
) -> None:
    ready = tmp_path / "ready"
    process = hammer.context().Process(target=hammer.commit_for_ever, args=(sqlite_url, str(ready)))
    process.start()
    while not ready.exists() and process.is_alive():
        time.sleep(0.005)
    time.sleep(milliseconds / 1000)
    reached = int(ready.read_text(encoding="utf-8") or 0)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with open_store(sqlite_url) as store:
        check(store)
        stored = list(store.articles.find(ArticleFilter()))
        assert len(stored) >= reached
        assert [run.id for run in store.runs.mark_killed(NOW + MINUTE, NOW + MINUTE)] == [1]
        for record in store.ledger.pending("kota", NOW):
            keep(store, None, article(record.url))
        check(store)
