"""Whatever the order of arrival: the partition after the night is one, and no story is renamed on the way."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from pipeline.assemble import assemble, reassemble
from pipeline.model import Article
from pipeline.origins import order_key
from pipeline.store import Store, open_store
from tests.pipeline.assembling import NOW, WEEK, keep_all, members, named, partition, stored

pytestmark = pytest.mark.usefixtures("read_once")
ORDERS = 5  # through a store; without one `test_newsroom_stories` tells the week in many more


def batches(seed: int) -> Iterator[Sequence[Article]]:
    """The week shuffled, in batches of ten to fifty."""
    chance = random.Random(seed)
    waiting = chance.sample(WEEK, len(WEEK))
    while waiting:
        count = chance.randint(10, 50)
        yield waiting[:count]
        waiting = waiting[count:]


def seen(store: Store) -> dict[str, set[int]]:
    return {story.id: members(story) for story in store.stories.list()}


def arrive(store: Store, seed: int) -> None:
    """Each batch is placed as it comes. Online no article changes its story and no story its name."""
    before: dict[str, set[int]] = {}
    for batch in batches(seed):
        keep_all(store, batch)
        assert assemble(store, NOW).changed == 0
        after = seen(store)
        assert all(there <= after[name] for name, there in before.items())
        before = after


def night(store: Store) -> set[frozenset[str]]:
    """The partition after the night, in which every story has kept its name, or answers with its successor."""
    before = seen(store)
    ages = {number: order_key(stored(store, number)) for there in before.values() for number in there}
    reassemble(store, NOW)
    after = seen(store)
    for name, there in before.items():
        oldest = min(there, key=lambda number: ages[number])
        standing = after[name] if name in after else members(named(store, name))
        assert oldest in standing, "the part with the oldest article answers to the name"
    _check_changes(store, before)
    return partition(store)


def _check_changes(store: Store, before: dict[str, set[int]]) -> None:
    """The record tells of every article that is in another story, once, and of no other."""
    after = {number: story.id for story in store.stories.list() for number in members(story)}
    left = {
        (number, name, after[number]) for name, there in before.items() for number in there if after[number] != name
    }
    told = [(number, change.story, change.into) for change in store.stories.changes() for number in change.articles]
    assert sorted(told) == sorted(left)
    assert all(change.reason for change in store.stories.changes())


@pytest.fixture(scope="module")
def wanted(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> set[frozenset[str]]:
    """The partition of a night that found everything at once."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('once') / 'kliping.sqlite'}") as store:
        keep_all(store, WEEK)
        reassemble(store, NOW)
        found = partition(store)
        assert reassemble(store, NOW).changed == 0, "a second night finds nothing to change"
        return found


@pytest.mark.parametrize("seed", range(ORDERS))
def test_every_order_of_arrival_gives_one_partition(sqlite_url: str, wanted: set[frozenset[str]], seed: int) -> None:
    with open_store(sqlite_url) as store:
        arrive(store, seed)
        assert night(store) == wanted


@pytest.mark.postgresql
def test_and_on_postgresql(postgresql_url: str, wanted: set[frozenset[str]]) -> None:
    with open_store(postgresql_url) as store:
        arrive(store, ORDERS)
        assert night(store) == wanted
