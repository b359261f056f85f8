"""`make bench`: speed and memory as ratios against a reference measured in the same run. A report, never a test."""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import langdetect
from lxml import html
from sqlalchemy import create_engine, text
from trafilatura import bare_extraction

from crawlers.loader import load_outlets
from crawlers.newsroom import ArticleText, render_article, truth
from pipeline.config import load_settings
from pipeline.fingerprint import content_digest, keys
from pipeline.language import detect
from pipeline.model import Article, Page
from pipeline.process import code_digest, process_page, verdict
from pipeline.store import CommitArticle, Store, open_store
from pipeline.summary import summarise
from pipeline.tags import tag
from pipeline.watches import bundled_watches, match
from tests.bench.measure import Measured, compare

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
OUTLETS = load_outlets(load_settings(Path(tempfile.gettempdir()) / "kliping-bench")).outlets
WATCHES = bundled_watches()


def pages() -> list[Page]:
    """One page for every true article of a listed outlet that carries text."""
    found = []
    for true in truth(TODAY):
        if true.outlet in OUTLETS and true.article_body and true.headline:
            text_of = ArticleText(headline=true.headline, paragraphs=tuple(true.article_body), date=true.date_published)
            body = render_article(true.outlet, text_of)
            found.append(Page(true.url, 200, (("Content-Type", "text/html; charset=utf-8"),), body, NOW, true.outlet))
    return found


def read(page: Page) -> Article:
    return process_page((page,), None, OUTLETS[page.outlet or ""], WATCHES)


def trafilatura_alone(page: Page) -> object:
    return bare_extraction(html.fromstring(page.body), url=page.url)


def page_steps(found: list[Page]) -> Iterator[Measured]:
    """Steps on one page against trafilatura's reading of it, which finds the text and nothing else."""
    articles = {page.url: read(page) for page in found}
    steps: dict[str, Callable[[Page], object]] = {
        "process_page, every step": read,
        "  language.detect": lambda page: detect(articles[page.url].text),
        "  match, tag, summarise": lambda page: summarise(tag(match(articles[page.url], WATCHES))),
        "fingerprint.keys": lambda page: keys(articles[page.url]),
    }
    for name, step in steps.items():
        yield compare((name, step), ("trafilatura.bare_extraction", trafilatura_alone), found)


def language(articles: list[Article]) -> Measured:
    ours = ("language.detect", lambda article: detect(article.text))
    return compare(ours, ("langdetect.detect", lambda article: langdetect.detect(article.text)), articles)


def commits(articles: list[Article]) -> Measured:
    """An article commit (one durable transaction) against the smallest durable transaction of the same database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite"
        with open_store(url) as store:
            ours = ("articles.commit (SQLite)", committing(store))
            return compare(ours, ("one-row INSERT", inserting(folder)), articles, rounds=3)


def committing(store: Store) -> Callable[[Article], object]:
    run = store.runs.begin("antara", "crawl", pid=1, host="bench", now=NOW)
    count = iter(range(1_000_000))

    def commit(article: Article) -> object:
        address = f"{article.canonical_url}?n={next(count)}"
        fresh = replace(article, url=address, canonical_url=address)
        store.ledger.add(address, address, article.outlet, None, run.id, now=NOW)
        new = CommitArticle(
            address, fresh, verdict(fresh), content_digest(fresh), code_digest(None, WATCHES), keys(fresh), run.id
        )
        return store.articles.commit(new, NOW)

    return commit


def inserting(folder: str) -> Callable[[Article], object]:
    engine = create_engine(f"sqlite:///{folder}/reference.sqlite")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("CREATE TABLE t (x TEXT)"))

    def insert(article: Article) -> object:
        with engine.begin() as connection:
            return connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": article.text})

    return insert


def main() -> int:
    found = pages()
    before = peak_memory()
    articles = [read(page) for page in found]
    after = peak_memory()
    print(f"{len(found)} newsroom pages, medians of 5 rounds, milliseconds an item\n")
    print(f"{'what':<28}{'ours':>9}  {'reference':<30}{'ms':>9}{'ratio':>8}")
    for row in chain(page_steps(found), (language(articles), commits(articles))):
        print(f"{row.name:<28}{row.ours_ms:>9.3f}  {row.reference:<30}{row.reference_ms:>9.3f}{row.ratio:>8.2f}")
    print(f"\npeak memory: {before:.0f} MiB with everything imported, {after:.0f} MiB after all pages were read once")
    return 0


def peak_memory() -> float:
    """Of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
