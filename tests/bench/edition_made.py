"""A store before a large morning: an archive told by earlier editions, and thousands of new articles, filled in bulk.

One article is committed through the store's verbs; all other rows are its rows with their own numbers, addresses and
times, made inside SQLite. What an edition reads (the new articles, and those it comes back to) has the whole JSON of an
article of ordinary length with all that is found in it; the rest of the archive has a short one, to save the disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from digests import past
from digests.compose import compose
from digests.known import PastEdition
from pipeline.fingerprint import content_digest
from pipeline.model import Article, Disposition, Stage, Verdict
from pipeline.store import CommitArticle, Store, open_store
from pipeline.store.json_values import ARTICLE
from tests.digests.examples import OUTLETS, morning

_ADDED = "Sebanyak 27 kota menyatakan akan ikut dalam pertemuan itu, kata panitia pada Jumat pagi."
NOW = datetime(2026, 11, 20, 23, 25, tzinfo=UTC)  # the freeze: 06:25 in Jakarta, the next day
PERIOD = date(2026, 11, 21)
LIST = "daily"
_PER_EDITION = 1_000  # articles of an earlier edition
_EDITIONS = 28  # of the last days; all older ones are one row
_STORY = 3  # articles
_CHANGED = 0.1  # the share of the new versions that are of articles told before
_EVERY = 10  # every so manyth story has an article told before as a member, and as many continue a story of the archive
_TABLES = ("urls", "articles", "versions", "extractions")
_Row = Mapping[str, object]
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) "


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles are told already, how many article versions are new."""

    archive: int
    new: int

    @property
    def changed(self) -> int:
        return min(round(self.new * _CHANGED), self.archive)

    @property
    def first_new(self) -> int:
        """The number of the first new article; the changed ones are the archive's last."""
        return self.archive + 2

    @property
    def last(self) -> int:
        return self.archive + 1 + self.new - self.changed


def fill(file: Path, texts: Sequence[Article], sizes: Sizes) -> None:
    """Make the store. `texts`: what new articles say, again and again."""
    forms, stored = _forms(file, texts[0])
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    _archive(connection, forms, sizes)
    _editions(connection, sizes)
    _new(_Morning(connection, forms, texts, stored, sizes))
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def _forms(file: Path, article: Article) -> tuple[dict[str, _Row], str]:
    """The rows of one article that was committed, by table; and how a moment is stored."""
    with open_store(f"sqlite:///{file}") as store:
        _commit(store, replace(article, url="https://kabar.example/0", canonical_url="https://kabar.example/0"))
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    forms: dict[str, _Row] = {
        table: dict(connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()) for table in _TABLES
    }
    connection.close()
    forms["urls"] = {**forms["urls"], "listing": None, "disposition": "kept"}
    forms["articles"] = {**forms["articles"], "search_text": "", "placed": 1, "in_scope": 1}
    return forms, str(forms["versions"]["committed_at"])


def _commit(store: Store, article: Article) -> None:
    run = store.runs.begin("antara", "crawl", pid=1, host="bench", now=NOW)
    store.ledger.add(article.url, article.canonical_url, "antara", None, run.id, now=NOW)
    kept = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
    store.articles.commit(CommitArticle(article.url, article, kept, content_digest(article), "0" * 64, (), run.id), NOW)


# --- the archive -----------------------------------------------------------------------------------------------------


def _archive(connection: sqlite3.Connection, forms: Mapping[str, _Row], sizes: Sizes) -> None:
    short = json.dumps(_short(json.loads(str(forms["extractions"]["article"]))), ensure_ascii=False)
    moment = (
        f"strftime('%Y-%m-%d %H:%M:%S.000000', {NOW.timestamp()} - 90000 - ({sizes.archive + 1} - n) * 60, 'unixepoch')"
    )
    address = "'https://kabar.example/' || n"
    given = {
        "urls": {"id": "n", "url": address, "canonical_url": address},
        "articles": {
            **dict.fromkeys(("id", "url_id", "version_id", "extraction_id"), "n"),
            **dict.fromkeys(("date_published", "dated_at", "created_at"), moment),
            "canonical_url": address,
        },
        "versions": {"id": "n", "article_id": "n", "content_digest": "printf('%064x', n)", "committed_at": moment},
        "extractions": {"id": "n", "version_id": "n", "article": _quoted(short)},
    }
    for table, expressions in given.items():
        _select(connection, table, {**{k: _quoted(v) for k, v in forms[table].items()}, **expressions}, 2, sizes)
    member = {"article_id": "n", "story_id": "'s' || n", "role": "'origin'", "reason": "'the only report of it'"}
    story = {"id": "'s' || n", "origin_article_id": "n", "changed_at": moment}
    _select(connection, "stories", story | {"first_published": moment, "last_published": moment}, 2, sizes)
    _select(connection, "story_members", member, 2, sizes)
    _select(connection, "article_watches", {"article_id": "n", "watch": "'mgmac'"}, 2, sizes)
    edition = f"max(1, {_EDITIONS} - ({sizes.archive + 1} - n) / {_PER_EDITION})"
    told = {"list": f"'{LIST}'", "version_id": "n", "edition_id": edition, "place": "'story'"}
    _select(connection, "edition_versions", told, 1, sizes)


def _short(article: dict[str, object]) -> dict[str, object]:
    needed = ("url", "canonical_url", "outlet", "kind", "fetched_at", "sha256", "headline", "date_published")
    return {name: article[name] for name in needed} | {"article_body": ["Awal."], "in_language": "id"}


def _select(
    connection: sqlite3.Connection, table: str, expressions: Mapping[str, str], first: int, sizes: Sizes
) -> None:
    columns = ", ".join(f'"{column}"' for column in expressions)
    numbers = _NUMBERS.format(first=first, last=sizes.archive + 1)
    connection.execute(
        f"{numbers} INSERT INTO {table} ({columns}) SELECT {', '.join(expressions.values())} FROM numbers"
    )


def _quoted(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _editions(connection: sqlite3.Connection, sizes: Sizes) -> None:
    template = past.summary(compose(morning(12, 7)))
    for number in range(1, _EDITIONS + 1):
        day = PERIOD - timedelta(days=_EDITIONS + 1 - number)
        frozen = (NOW - timedelta(days=_EDITIONS + 1 - number)).strftime("%Y-%m-%d %H:%M:%S.000000")
        summary = json.dumps(past.to_json(_of_day(template, day)))
        row = (number, LIST, day.isoformat(), frozen, "0" * 64, "{}", summary)
        connection.execute(
            "INSERT INTO editions (id, list, period, frozen_at, digest, content, summary) VALUES (?,?,?,?,?,?,?)", row
        )


def _of_day(template: PastEdition, day: date) -> PastEdition:
    reach = {f"s{number}": 2 for number in range(_PER_EDITION)}
    return replace(template, period=day, reach=reach)


# --- the morning -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Morning:
    """What the new rows are made of, and where they go."""

    connection: sqlite3.Connection
    forms: Mapping[str, _Row]
    texts: Sequence[Article]
    stored: str  # the moment of all of them, as it is stored
    sizes: Sizes

    def text(self, place: int) -> Article:
        return self.texts[place % len(self.texts)]

    def insert(self, table: str, values: _Row) -> None:
        row = {**self.forms.get(table, {}), **values}
        columns, marks = ", ".join(f'"{column}"' for column in row), ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))


def _new(morning: _Morning) -> None:
    """New articles in stories of three, then new versions of the archive's last."""
    sizes = morning.sizes
    for number in range(sizes.first_new, sizes.last + 1):
        _insert_article(morning, number)
        _insert_member(morning, number)
    for place in range(sizes.changed):
        _insert_change(morning, sizes.archive + 1 - place, sizes.last + 1 + place, place)


def _insert_article(morning: _Morning, number: int) -> None:
    place = number - morning.sizes.first_new
    written = _written(morning.text(place), number, place)
    address = {"canonical_url": written.url, "outlet": written.outlet}
    keys = dict.fromkeys(("id", "url_id", "version_id", "extraction_id"), number)
    morning.insert("urls", {"id": number, "url": written.url, **address})
    morning.insert("articles", {**keys, **address, "headline": written.headline, "dated_at": morning.stored})
    morning.insert("versions", _version(number, number, 1, morning.stored))
    morning.insert("extractions", {"id": number, "version_id": number, "article": _json(written)})


def _insert_member(morning: _Morning, number: int) -> None:
    place = number - morning.sizes.first_new
    head = morning.sizes.first_new + place // _STORY * _STORY
    if number == head:
        morning.insert("stories", _story(f"s{head}", head, place, morning.stored, morning.sizes))
        _join(morning, f"s{head}", place // _STORY)
    role = ("origin", "report", "copy")[number - head]
    copied = {"copy_of": head} if role == "copy" else {}
    member = {"article_id": number, "story_id": f"s{head}", "reason": "same event", "role": role}
    morning.insert("story_members", {**member, **copied})


def _insert_change(morning: _Morning, number: int, version: int, place: int) -> None:
    """A version more of an article that was told: another headline, another last paragraph."""
    told = _written(morning.text(place), number, place)
    now = replace(told, headline=f"{told.headline} (lagi)", article_body=(*told.article_body[:-1], _ADDED))
    run = morning.connection.execute
    run("UPDATE extractions SET article = ? WHERE id = ?", (_json(told), number))
    morning.insert("versions", _version(version, number, 2, morning.stored))
    morning.insert("extractions", {"id": version, "version_id": version, "article": _json(now)})
    run("UPDATE articles SET version_id = ?, extraction_id = ? WHERE id = ?", (version, version, number))


def _join(morning: _Morning, story: str, nth: int) -> None:
    """Let an article that was told before be a member of every tenth story."""
    number = morning.sizes.archive - morning.sizes.changed - nth
    if nth % _EVERY != 2 or number < 2:
        return
    run = morning.connection.execute
    run("UPDATE story_members SET story_id = ? WHERE article_id = ?", (story, number))
    told = _json(_written(morning.text(nth), number, nth))
    run("UPDATE extractions SET article = ? WHERE id = ?", (told, number))


def _story(name: str, head: int, place: int, stored: str, sizes: Sizes) -> _Row:
    """One in ten continues a story of the archive, one in ten has a member of it."""
    moments = dict.fromkeys(("first_published", "last_published", "changed_at"), stored)
    nth = place // _STORY
    continues = f"s{sizes.archive - nth}" if nth % _EVERY == 1 and nth < sizes.archive else None
    return {"id": name, "origin_article_id": head, "continues": continues, **moments}


def _version(number: int, article: int, n: int, stored: str) -> _Row:
    return {"id": number, "article_id": article, "n": n, "content_digest": f"{number:064x}", "committed_at": stored}


def _written(text: Article, number: int, place: int) -> Article:
    outlet = OUTLETS[place % len(OUTLETS)].name
    address = f"https://{outlet}.example/{number}"
    published = NOW - timedelta(hours=1 + place % 20)
    return replace(
        text, url=address, canonical_url=address, outlet=outlet, date_published=published, fetched_at=published
    )


def _json(article: Article) -> str:
    return json.dumps(ARTICLE.dump_python(article, mode="json"), ensure_ascii=False)
