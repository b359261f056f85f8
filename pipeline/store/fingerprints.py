"""Fingerprint keys: who may hold the text of an article, at a cost that does not grow with the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    true,
    union,
)

from pipeline.copies import FIRST, LAST
from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads
from pipeline.store.schema import articles, fingerprint_keys

_ARTICLES = 50  # in one query
_NO_BOUND = 2**31 - 1  # above every article's number


class Fingerprints(Part):
    """Verbs over fingerprint keys."""

    @reads
    def keys(self, connection: Connection, article_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """The fingerprint keys of these articles, ascending; articles without any are left out."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for chunk in chunks(sorted(set(article_ids))):
            query = select(fingerprint_keys.c.article_id, fingerprint_keys.c.key)
            query = query.where(fingerprint_keys.c.article_id.in_(chunk)).order_by(fingerprint_keys.c.key)
            for article_id, key in connection.execute(query):
                found[article_id].append(key)
        return {article_id: tuple(keys) for article_id, keys in found.items()}

    @reads
    def holders(self, connection: Connection, article_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """For each key of these articles: who holds it and is in scope, ascending; of many the first and the last.

        At most FIRST + LAST of a key are read, in scope or not; a key whose holders are all out of scope is left
        out. An article itself need not be among those who are read.
        """
        found: defaultdict[int, list[int]] = defaultdict(list)
        numbers = sorted(set(article_ids))
        for start in range(0, len(numbers), _ARTICLES):
            part = {"numbers": numbers[start : start + _ARTICLES]}
            fresh = defaultdict(list)
            for key, article_id in connection.execute(_HOLDERS, part):
                fresh[key].append(article_id)
            found.update(fresh)  # a key of two parts has the same holders in both
        return {key: tuple(sorted(holders)) for key, holders in found.items()}


def _wanted() -> CTE:
    """The keys asked for, each with the number up to which its first holders go, and from which its last ones do."""
    own = fingerprint_keys.alias("own")
    keys = select(own.c.key).where(own.c.article_id.in_(bindparam("numbers", expanding=True))).distinct().cte("asked")
    return select(
        keys.c.key,
        func.coalesce(_nth(keys, FIRST, last=False), _plain(_NO_BOUND)).label("low"),
        func.coalesce(_nth(keys, LAST, last=True), _plain(0)).label("high"),
    ).cte("wanted")


def _nth(keys: CTE, place: int, *, last: bool) -> ScalarSelect[int]:
    """The `place`-th holder of the key from either end; NULL where there are fewer."""
    holder = fingerprint_keys.alias("last" if last else "first")
    number = holder.c.article_id
    query: Select[tuple[int]] = select(number).where(holder.c.key == keys.c.key)
    return (
        query.order_by(number.desc() if last else number).limit(_plain(1)).offset(_plain(place - 1)).scalar_subquery()
    )


def _plain(number: int) -> ColumnElement[int]:
    """A number in the statement itself: with parameters PostgreSQL plans for thousands of rows, and reads them all."""
    return literal_column(str(number), Integer)


def _held(wanted: CTE, bound: ColumnElement[bool]) -> Select[tuple[int, int]]:
    """Who holds a key within the bound. Scope is looked up one by one: a join could be planned over all articles."""
    same = (fingerprint_keys.c.key == wanted.c.key) & bound
    scope = select(articles.c.in_scope).where(articles.c.id == fingerprint_keys.c.article_id).scalar_subquery()
    query = select(wanted.c.key, fingerprint_keys.c.article_id).select_from(wanted)
    return query.join(fingerprint_keys, same).where(scope.is_(true()))


_WANTED = _wanted()
_HOLDERS = union(
    _held(_WANTED, fingerprint_keys.c.article_id <= _WANTED.c.low),
    _held(_WANTED, fingerprint_keys.c.article_id >= _WANTED.c.high),
)
