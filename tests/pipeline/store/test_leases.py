"""Leases: one holder at a time, taken over when they expire, with a fence that only grows."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from socket import gethostname

import pytest

from pipeline.errors import LeasedError
from pipeline.store import Store
from pipeline.store.holders import is_dead, new_holder
from tests.pipeline.store.build import MINUTE, NOW

NAME = "outlet:kota"
TTL = timedelta(seconds=60)


def test_claim_renew_release(store: Store) -> None:
    lease = store.leases.claim(NAME, "a", TTL, NOW)
    assert (lease.fence, lease.expires_at) == (1, NOW + TTL)
    renewed = store.leases.renew(lease, TTL, NOW + timedelta(seconds=50))
    assert (renewed.fence, renewed.expires_at) == (1, NOW + timedelta(seconds=110))
    assert store.leases.held(NAME, NOW) == renewed
    store.leases.release(renewed)
    assert store.leases.held(NAME, NOW) is None
    assert store.leases.claim(NAME, "a", TTL, NOW).fence == 2


def test_claim_of_what_is_held_names_the_holder_and_until_when(store: Store) -> None:
    store.leases.claim(NAME, "host 12 run 3", TTL, NOW)
    with pytest.raises(LeasedError, match=r"outlet:kota: is held by host 12 run 3 until 2026-11-20 03:01:00 UTC"):
        store.leases.claim(NAME, "b", TTL, NOW + timedelta(seconds=59))


def test_claim_by_the_same_holder_renews(store: Store) -> None:
    store.leases.claim(NAME, "a", TTL, NOW)
    again = store.leases.claim(NAME, "a", TTL, NOW + timedelta(seconds=30))
    assert (again.fence, again.expires_at) == (1, NOW + timedelta(seconds=90))


def test_an_expired_lease_is_taken_over_and_lost_to_its_holder(store: Store) -> None:
    old = store.leases.claim(NAME, "a", TTL, NOW)
    new = store.leases.claim(NAME, "b", TTL, NOW + TTL)
    assert new.fence == 2
    with pytest.raises(LeasedError, match="is held by b"):
        store.leases.renew(old, TTL, NOW + TTL)
    store.leases.release(old)
    assert store.leases.held(NAME, NOW + TTL) == new


def test_an_expired_lease_that_nobody_took_is_renewed(store: Store) -> None:
    lease = store.leases.claim(NAME, "a", TTL, NOW)
    assert store.leases.held(NAME, NOW + 2 * TTL) is None
    assert store.leases.renew(lease, TTL, NOW + 2 * TTL).fence == 1
    assert store.leases.held(NAME, NOW + 2 * TTL) is not None


def test_a_released_lease_cannot_be_renewed(store: Store) -> None:
    lease = store.leases.claim(NAME, "a", TTL, NOW)
    store.leases.release(lease)
    with pytest.raises(LeasedError, match="was released"):
        store.leases.renew(lease, TTL, NOW + MINUTE)


def test_what_a_killed_process_of_this_machine_held_is_free_at_once(store: Store) -> None:
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    holder = new_holder().replace(f":{os.getpid()}:", f":{killed.pid}:")
    first = store.leases.claim(NAME, holder, TTL, NOW)
    with pytest.raises(LeasedError):
        store.leases.claim(NAME, new_holder(), TTL, NOW)
    killed.kill()
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # dead, and nobody has asked how it ended
    assert is_dead(holder)
    assert store.leases.held(NAME, NOW) is None
    second = store.leases.claim(NAME, new_holder(), TTL, NOW)
    assert second.fence == first.fence + 1
    with pytest.raises(LeasedError):
        store.leases.renew(first, TTL, NOW)
    killed.wait()
    assert is_dead(holder)


@pytest.mark.parametrize(
    "holder",
    [new_holder(), "another.example:1:abc", "journal 7", "", f"{gethostname()}:x:y"],
    ids=["ours", "elsewhere", "no address", "empty", "no number"],
)
def test_who_lives_or_is_of_another_machine_is_not_held_for_dead(holder: str) -> None:
    assert not is_dead(holder)
