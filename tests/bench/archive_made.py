"""A store of as many made articles as are wanted, filled in bulk: every row as the store's own verbs would write it.

One article is committed through the verbs; the rows of all others are its rows with their own numbers, addresses,
times and texts. To save the disk what nothing here reads is left out: `articles.search_text`, `urls.listing`, and the
fields of an article that are empty.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.fingerprint import content_digest, text_keys
from pipeline.model import Article, Disposition, Kind, Role, Stage, Verdict
from pipeline.store import CommitArticle, Store, open_store
from pipeline.store.schema import stories, story_members
from tests.bench.made_texts import Made, Stock, made

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
APART = timedelta(minutes=40)  # between two articles: 500 in the assembler's window, however large the archive
_FIRST = 1  # the number of the article that was committed
_BATCH = 2_000
_WORKERS = 2
_COMMITTED = ("urls", "articles", "versions", "extractions")
_TABLES = (*_COMMITTED, "stories", "story_members")
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Form:
    """A row of each table: those of the article that was committed, and those of a story of one article."""

    rows: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some articles, by table, and their keys as pairs of key and article."""

    rows: Mapping[str, list[tuple[object, ...]]]
    keys: NDArray[np.int64]


def fill(file: Path, of: Stock, added: Sequence[Made] = (), *, progress: Callable[[int], None] | None = None) -> None:
    """Make an SQLite store that holds the articles of the stock, each in a story of its own, and `added`, in none.

    An article's id in the store is its number + 2; those of `added` follow. Takes about 0.3 ms of two processors and
    3 kB of disk an article. `progress` is told how many are made.
    """
    form = _form(file)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute("BEGIN")
    kept = [_insert(connection, form, batch) for batch in _batches(of, form, progress)]
    kept.append(_insert(connection, form, _batch(added, form, placed=False)))
    _insert_keys(connection, np.concatenate(kept))
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def identity(number: int) -> int:
    """The id of the article of that number."""
    return number + _FIRST + 1


def shown(done: int) -> None:
    """Progress on a line of the error output."""
    if done % (25 * _BATCH) == 0:
        print(f"{done:,} articles made", file=sys.stderr)


# --- the form --------------------------------------------------------------------------------------------------------


def _form(file: Path) -> Form:
    with open_store(f"sqlite:///{file}") as store:
        _commit_one(store)
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    rows = {table: dict(connection.execute(f"SELECT * FROM {table}").fetchone()) for table in _COMMITTED}
    connection.close()
    rows["stories"] = {column.name: None for column in stories.columns} | {"changed_at": rows["articles"]["dated_at"]}
    members = {column.name: None for column in story_members.columns}
    rows["story_members"] = members | {"role": Role.ORIGIN.value, "reason": "the only report of it"}
    article = json.loads(rows["extractions"]["article"])
    rows["extractions"]["article"] = json.dumps({name: value for name, value in article.items() if value})
    rows["urls"]["listing"] = None
    return Form(rows)


def _commit_one(store: Store) -> None:
    address = "https://kabar.example/0"
    article = Article(
        url=address,
        canonical_url=address,
        outlet="kabar",
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0" * 64,
        headline="Awal",
        article_body=("Awal.",),
        in_language="id",
        date_published=NOW,
    )
    run = store.runs.begin("kabar", "crawl", pid=1, host="bench", now=NOW)
    store.ledger.add(address, address, "kabar", None, run.id, now=NOW)
    kept = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
    store.articles.commit(CommitArticle(address, article, kept, content_digest(article), "0" * 64, (), run.id), NOW)


# --- rows ------------------------------------------------------------------------------------------------------------


def _batches(of: Stock, form: Form, progress: Callable[[int], None] | None) -> Iterator[Batch]:
    starts = range(0, of.count, _BATCH)
    with ProcessPoolExecutor(_WORKERS, get_context("spawn"), _take, (of, form)) as workers:
        for start, batch in zip(starts, workers.map(_made, starts), strict=True):
            if progress is not None:
                progress(min(of.count, start + _BATCH))
            yield batch


_TAKEN: list[tuple[Stock, Form]] = []  # of a worker process: what its articles are made of


def _take(of: Stock, form: Form) -> None:
    _TAKEN.append((of, form))


def _made(start: int) -> Batch:
    of, form = _TAKEN[0]
    return _batch((made(of, number) for number in range(start, min(of.count, start + _BATCH))), form, of.count)


def _batch(articles: Iterable[Made], form: Form, count: int = 0, *, placed: bool = True) -> Batch:
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
    keys: list[tuple[int, int]] = []
    for one in articles:
        for table, row in _rows(one, form, count or one.number, placed=placed).items():
            rows[table].append(tuple(row.values()))
        keys += [(key, identity(one.number)) for key in text_keys(one.text)]
    return Batch(rows, np.array(keys, dtype=np.int64).reshape(-1, 2))


def _rows(one: Made, form: Form, count: int, *, placed: bool) -> dict[str, Row]:
    number = identity(one.number)
    address = f"https://{one.outlet}.example/{number}"
    moment = NOW - APART * (count - one.number) if placed else NOW
    stored = moment.strftime("%Y-%m-%d %H:%M:%S.000000")
    given: dict[str, Row] = {
        "urls": {"id": number, "url": address, "canonical_url": address, "outlet": one.outlet},
        "articles": {
            **dict.fromkeys(("id", "url_id", "version_id", "extraction_id"), number),
            **dict.fromkeys(("date_published", "dated_at", "created_at"), stored),
            "outlet": one.outlet,
            "canonical_url": address,
            "headline": one.headline,
            "search_text": "",
            "placed": placed,
        },
        "versions": {"id": number, "article_id": number, "content_digest": f"{number:064x}", "committed_at": stored},
        "extractions": {"id": number, "version_id": number, "article": _article(one, form, address, moment)},
    }
    if placed:
        story = {"id": f"s{number}", "origin_article_id": number, "first_published": stored, "last_published": stored}
        given |= {"stories": story, "story_members": {"article_id": number, "story_id": f"s{number}"}}
    return {table: _filled(form.rows[table], row) for table, row in given.items()}


def _filled(form: Row, given: Row) -> Row:
    return form | {name: value for name, value in given.items() if name in form}


def _article(one: Made, form: Form, address: str, moment: datetime) -> str:
    """The stored form of the article."""
    stored = json.loads(str(form.rows["extractions"]["article"]))
    stored |= {"url": address, "canonical_url": address, "outlet": one.outlet, "headline": one.headline}
    stored |= {"article_body": one.paragraphs, "date_published": moment.isoformat()}
    return json.dumps(stored, ensure_ascii=False)


# --- writing ---------------------------------------------------------------------------------------------------------


def _insert(connection: sqlite3.Connection, form: Form, batch: Batch) -> NDArray[np.int64]:
    for table, rows in batch.rows.items():
        columns = form.rows[table]
        places = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
    return batch.keys


def _insert_keys(connection: sqlite3.Connection, keys: NDArray[np.int64]) -> None:
    """In the order of the tree, the index afterwards: else the disk is written over and over."""
    (index,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'ix_fingerprint_keys_article_id'"
    ).fetchone()
    connection.execute("DROP INDEX ix_fingerprint_keys_article_id")
    ordered = keys[np.lexsort((keys[:, 1], keys[:, 0]))]
    for start in range(0, len(ordered), 100_000):
        part = ordered[start : start + 100_000].tolist()
        connection.executemany("INSERT INTO fingerprint_keys (key, article_id) VALUES (?, ?)", part)
    connection.execute(index)
