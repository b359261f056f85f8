"""What the store knows of headlines: from listings and articles, and of databases older than that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import create_engine, select, text

import pipeline.store.migrations
from pipeline.headlines import Checked, check
from pipeline.store import Store, open_store
from pipeline.store.checked_texts import scope_of
from pipeline.store.json_values import ARTICLE
from pipeline.store.schema import headlines
from pipeline.watches import bundled_watches
from tests.pipeline.store.build import NOW, article, kept, listed, read, start, url

FOREIGN = "Wali Kota Resmikan Taman Baru di Tepi Kanal Timur"


def known(store: Store) -> list[tuple[str, str]]:
    with store.database.engine.connect() as connection:
        rows = connection.execute(select(headlines.c.scope, headlines.c.text).order_by(headlines.c.text))
        return [(scope, printed) for scope, printed in rows]


def test_every_headline_of_a_listing_is_known_once_and_what_tells_nothing_is_not(store: Store) -> None:
    run = start(store)
    entries = (listed(url(1), headline=FOREIGN), listed(url(2), headline="Foto"), listed(url(3)))
    for _ in range(2):
        store.ledger.record_listing(run.id, read(*entries), NOW)
    assert known(store) == [("kota", FOREIGN)]


def test_a_listing_of_hostile_headlines_is_entered(store: Store) -> None:
    run = start(store)
    odd = "\0\ud800 Empat Kata Atau Lebih Di Sini \udfff"
    entries = tuple(listed(url(n), headline=words) for n, words in enumerate((odd, "A " * 150, "x" * 5000, "\n \t")))
    store.ledger.record_listing(run.id, read(*entries), NOW)
    assert len(known(store)) == 1


@pytest.mark.parametrize(
    ("outlet", "address", "scope"),
    [
        ("antara", "https://www.antara.example/1", "antara"),
        (None, "https://kabar.example/1", "kabar.example"),
        (None, "http://[kaputt/1", ""),
    ],
)
def test_an_unlisted_site_has_headlines_of_its_own(outlet: str | None, address: str, scope: str) -> None:
    assert scope_of(outlet, address) == scope


def test_a_text_whose_article_is_gone_from_the_tables_is_not_waited_for(store: Store) -> None:
    """Nothing is left that the check could read, and it ends all the same."""
    number = kept(store, start(store), 1).article_id
    with store.database.engine.execution_options(kliping_write=True).begin() as connection:
        connection.execute(text("DELETE FROM extractions"))
    assert store.headlines.waiting(10).keys() == {number}
    assert check(store, bundled_watches(), NOW) == Checked(texts=1)
    assert store.headlines.unfinished() == 0


def test_a_database_of_before_is_checked_whole(empty_url: str) -> None:
    """Its texts and their headlines, old against old."""
    _at_revision(empty_url, "0004")
    holds = article(url(1), article_body=("Para wali kota bertemu.", FOREIGN, "Pertemuan selesai."))
    _insert_as_before(empty_url, 1, ARTICLE.dump_json(holds).decode())
    _insert_as_before(empty_url, 2, ARTICLE.dump_json(replace(article(url(2)), headline=FOREIGN)).decode())
    with open_store(empty_url) as store:
        assert store.headlines.waiting(10) == {1: 1, 2: 2}
        assert check(store, bundled_watches(), NOW).rewritten == 1
        found = store.articles.by_url(url(1))
        assert found is not None
        assert found.article.article_body == ("Para wali kota bertemu.", "Pertemuan selesai.")


def _at_revision(address: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(pipeline.store.migrations.__file__).parent))
    engine = create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, revision)
    engine.dispose()


_ROWS = (
    """INSERT INTO urls (url, canonical_url, outlet, disposition, stage, rule, first_seen_at, changed_at, attempts)
    VALUES (:url, :url, 'kota', 'rejected', 'watch', 'no watch matched', :now, :now, 0)""",
    """INSERT INTO articles (url_id, outlet, canonical_url, version_id, extraction_id, verdict, dated_at, kind,
    in_scope, created_at, search_text) VALUES (:n, 'kota', :url, :n, :n, :verdict, :now, 'article', :no, :now, '')""",
    "INSERT INTO versions (article_id, n, content_digest, committed_at) VALUES (:n, 1, 'd', :now)",
    "INSERT INTO extractions (version_id, code_digest, article, extracted_at) VALUES (:n, 'c', :article, :now)",
)


def _insert_as_before(address: str, n: int, stored: str) -> None:
    """The n-th article, in the tables of revision 0004."""
    engine = create_engine(address)
    verdict = '{"disposition": "rejected", "stage": "watch", "rule": "no watch matched", "detail": null}'
    values = {"n": n, "url": url(n), "now": "2026-11-20 03:00:00", "verdict": verdict, "no": False, "article": stored}
    with engine.begin() as connection:
        for statement in _ROWS:
            connection.execute(text(statement), values)
    engine.dispose()
