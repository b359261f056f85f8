"""Fingerprint keys in the store: bounded lookups, and the migration that made numbers of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.command import downgrade, upgrade
from alembic.config import Config
from sqlalchemy import Column, Connection, MetaData, Table, create_engine, func, make_url, select, text

import pipeline.store.migrations
from pipeline.copies import FIRST, LAST
from pipeline.fingerprint import WHOLE_SENTENCE
from pipeline.model import Run
from pipeline.store import Store, open_store
from pipeline.store.schema import articles, fingerprint_keys, urls
from tests.pipeline.store.build import NO_WATCH, NOW, article, keep, listed, read, start

MOST = FIRST + LAST
LARGEST = WHOLE_SENTENCE | (WHOLE_SENTENCE - 1)


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


def url(number: int) -> str:
    return f"https://kota.example/{number}"


def kept(
    store: Store, run: Run, number: int, keys: Sequence[int], body: str = "Satu.", *, in_scope: bool = True
) -> int:
    store.ledger.record_listing(run.id, read(listed(url(number))), NOW)
    one = article(url(number), body=body)
    if in_scope:
        return keep(store, run, one, keys=tuple(keys)).article_id
    return keep(store, run, one, keys=tuple(keys), verdict=NO_WATCH).article_id


def hold(store: Store, key: int, count: int) -> list[int]:
    """That many more articles that hold the key, made at once; their numbers."""

    def work(connection: Connection) -> list[int]:
        model = dict(connection.execute(select(articles).limit(1)).mappings().one())
        first = connection.execute(select(func.max(articles.c.id))).scalar_one() + 1
        page = dict(connection.execute(select(urls).limit(1)).mappings().one())
        numbers = range(first, first + count)
        connection.execute(urls.insert(), [page | {"id": n, "url": f"{page['url']}?{n}"} for n in numbers])
        rows = [model | {"id": number, "url_id": number, "canonical_url": url(number)} for number in numbers]
        connection.execute(articles.insert(), rows)
        connection.execute(fingerprint_keys.insert(), [{"key": key, "article_id": number} for number in numbers])
        return list(numbers)

    return store.database.write(work)


def test_holders_are_those_in_scope_who_share_a_key(store: Store, run: Run) -> None:
    a = kept(store, run, 1, (1, LARGEST, 1))
    b = kept(store, run, 2, (LARGEST,))
    out = kept(store, run, 3, (LARGEST, 7), in_scope=False)
    assert store.fingerprints.keys([b, a, 99]) == {a: (1, LARGEST), b: (LARGEST,)}
    assert store.fingerprints.holders([a]) == {1: (a,), LARGEST: (a, b)}
    assert store.fingerprints.holders([out]) == {LARGEST: (a, b)}
    assert store.fingerprints.holders([]) == store.fingerprints.holders([99]) == {}


def test_a_later_version_has_its_own_keys(store: Store, run: Run) -> None:
    a = kept(store, run, 1, (1, 2))
    keep(store, run, article(url(1), body="Diralat."), keys=(2, 3))
    assert store.fingerprints.keys([a]) == {a: (2, 3)}
    assert store.fingerprints.holders([a]) == {2: (a,), 3: (a,)}


@pytest.mark.parametrize("more", [0, 1, MOST - 2, MOST - 1, MOST, 3 * MOST])
def test_of_many_holders_the_first_and_the_last_are_read(store: Store, run: Run, more: int) -> None:
    a = kept(store, run, 1, (5, 6))
    everybody = [a, *hold(store, 5, more)] if more else [a]
    found = store.fingerprints.holders([a])
    wanted = everybody if len(everybody) <= MOST else everybody[:FIRST] + everybody[-LAST:]
    assert found == {5: tuple(wanted), 6: (a,)}


def test_keys_of_many_articles_are_looked_up_in_parts(store: Store, run: Run) -> None:
    a = kept(store, run, 1, (5,))
    everybody = [a, *hold(store, 5, 40), *hold(store, 8, 23)]
    found = store.fingerprints.holders(everybody)
    assert [len(found[key]) for key in (5, 8)] == [41, 23]


# --- the migration ---------------------------------------------------------------------------------------------------

_OLD = {"w0123456789ab": 0x0123456789AB, "sffffffffffff": LARGEST, "w000000000000": 0, "sfedcba987654": 0x1FEDCBA987654}


def test_keys_survive_the_migration_both_ways(empty_url: str) -> None:
    engine = create_engine(make_url(empty_url).set(drivername=_driver(empty_url)))
    with engine.begin() as connection:
        _migrate(upgrade, "0005", connection)
        for number in (1, 2):
            _row(connection, "urls", id=number, url=url(number))
            _row(connection, "articles", id=number, url_id=number, canonical_url=url(number))
        old = sorted([(key, 1) for key in _OLD] + [("w000000000000", 2)])
        for key, number in old:
            _row(connection, "fingerprint_keys", key=key, article_id=number)
        _migrate(upgrade, "0006", connection)
        assert _keys(connection) == sorted([(key, 1) for key in _OLD.values()] + [(0, 2)])
        _migrate(downgrade, "0005", connection)
        assert _keys(connection) == old
    engine.dispose()
    with open_store(empty_url) as store:
        assert store.fingerprints.keys([1, 2]) == {1: tuple(sorted(_OLD.values())), 2: (0,)}


def _driver(address: str) -> str:
    return "sqlite" if address.startswith("sqlite") else "postgresql+psycopg"


def _migrate(act: Callable[[Config, str], object], revision: str, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(pipeline.store.migrations.__file__).parent))
    config.attributes["connection"] = connection
    act(config, revision)


def _keys(connection: Connection) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in connection.execute(text("SELECT key, article_id FROM fingerprint_keys")))


def _row(connection: Connection, name: str, **given: object) -> None:
    """A row of a table as it was then; what must be there and was not given is filled by its type."""
    table = Table(name, MetaData(), autoload_with=connection)
    filled = {column.name: _filling(column) for column in table.columns if not column.nullable}
    connection.execute(table.insert().values(filled | given))


def _filling(column: Column[Any]) -> object:
    fillings = {int: 1, str: "x", bool: False, datetime: NOW.replace(tzinfo=None), dict: {}}
    return fillings[column.type.python_type]
