"""`make bench`: speed and memory as ratios against a reference measured in the same run. A report, never a test.

Times are medians of rounds in which everything takes its turn on each page, in milliseconds of the processor. Where the
labelled data are here it ends with the quality of each program on the same pages.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import langdetect
from sqlalchemy import create_engine, text

from pipeline.evaluate.extraction import evaluate_extraction
from pipeline.evaluate.language import evaluate_language
from pipeline.evaluate.pages import evaluate_pages
from pipeline.evaluate.report import Table
from pipeline.fingerprint import content_digest, keys
from pipeline.language import detect
from pipeline.model import Article
from pipeline.process import code_digest, verdict
from pipeline.store import CommitArticle, Store, open_store
from tests.bench import copies, editions, finding, mail, others, pages, steps
from tests.bench.measure import Measured, measure
from tests.bench.pages import NOW, OUTLETS, SHARED, Read
from tests.bench.steps import WATCHES, article_of

_GOAL_LISTED, _GOAL_UNLISTED = 0.25, 1.15  # times trafilatura's time, for extraction: the project's own goals
_REFERENCE = "trafilatura.bare_extraction"
_TEXTS = SHARED / "language.jsonl.gz"
_LEARNING = Path(__file__).parents[1] / "language"
_UNSEEN = (_LEARNING / "held-out.jsonl.gz", _LEARNING / "left-out.jsonl.gz")  # our answers on texts not learned from


def main() -> int:
    newsroom = pages.newsroom()
    before = peak_memory()
    articles = [article_of(one) for one in newsroom]
    after = peak_memory()
    title = f"{len(newsroom)} newsroom pages, with outlet files"
    show(title, _REFERENCE, steps.every_step(newsroom), newsroom)
    if SHARED.exists():
        real_pages()
    else:
        print("\nreal pages: left out, ../shared/data is not here")
    show("single steps", "langdetect.detect", language(articles), newsroom)
    show("an article commit (SQLite)", "one-row INSERT", commits(articles), newsroom)
    finding.main()
    editions.main()
    mail.main(200)
    copies.main()
    print(f"\npeak memory: {before:.0f} MiB with everything imported, {after:.0f} MiB after all pages were read once")
    return 0


def real_pages() -> None:
    """Cost and quality on real pages, beside the other programs where they are installed."""
    real, unlisted = pages.real(), pages.unlisted()
    bare = [replace(one, outlet=None) for one in real]
    goal = f"(extraction's goal: at most {_GOAL_LISTED})"
    show(
        f"{len(real)} real pages, with outlet files {goal}",
        _REFERENCE,
        steps.every_step(real) + steps.single_fields(real),
        real,
    )
    goal = f"(extraction's goal: at most {_GOAL_UNLISTED})"
    show(
        f"the same without outlet files {goal}",
        _REFERENCE,
        steps.without_outlet(real) + steps.single_fields(bare),
        real,
    )
    title = f"{len(unlisted)} pages of other sites {goal}"
    show(title, _REFERENCE, steps.without_outlet(unlisted, rounds=1), unlisted)
    with tempfile.TemporaryDirectory() as folder:
        beside(Path(folder), real)


def beside(folder: Path, real: Sequence[Read]) -> None:
    """The other programs' cost, and everybody's quality."""
    of_pages: list[Path] = []
    of_extraction: list[Path] = []
    of_languages: list[Path] = []
    if others.installed():
        show(f"other programs, {len(real)} real pages", _REFERENCE, others.costs(SHARED / "pages", folder, real), real)
        (folder / "pages").mkdir()
        (folder / "extraction").mkdir()
        of_pages = others.predict(SHARED / "pages", folder / "pages")
        of_extraction = others.predict(SHARED / "extraction", folder / "extraction")
        of_languages = others.detect(_TEXTS, folder)
    else:
        print("\nother programs: left out, they are not installed here; `make peers` installs them")
    print_table(evaluate_pages(SHARED / "pages", None, OUTLETS, WATCHES, against=of_pages).tables[2])
    print_table(evaluate_extraction(SHARED / "extraction", None, against=of_extraction).tables[0])
    for table in evaluate_language(_TEXTS, None, against=[*_UNSEEN, *of_languages]).tables:
        print_table(table)


def language(articles: Sequence[Article]) -> list[Measured]:
    return measure(
        {"language.detect": lambda article: detect(article.text)}, lambda a: langdetect.detect(a.text), articles
    )


def commits(articles: Sequence[Article]) -> list[Measured]:
    """An article commit (one durable transaction) against the smallest durable transaction of the same database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite"
        with open_store(url) as store:
            return measure({"articles.commit": committing(store)}, inserting(folder), articles, 3, time.perf_counter)


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


def show(title: str, reference: str, rows: Iterable[Measured], items: Sequence[Read]) -> None:
    """Milliseconds an item, ratios to the reference: of the sums, the typical item's, the worst item's."""
    print(f"\n{title}; against {reference}, ms an item")
    print(f"{'':<32}{'ms':>9}{'reference':>11}{'ratio':>8}{'typical':>9}{'worst':>8}")
    for row in rows:
        figures = f"{row.ours_ms:>9.3f}{row.reference_ms:>11.3f}{row.total:>8.3f}{row.typical:>9.3f}{row.worst:>8.2f}"
        print(f"{row.name:<32}{figures}  {Path(items[row.worst_item].name).name[:24]}")


def print_table(table: Table) -> None:
    print(f"\n{table.title}")
    widths = [max(16, len(column)) for column in table.columns]
    for row in (table.columns, *table.rows):
        cells = ("–" if cell is None else f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in row)
        print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)))


def peak_memory() -> float:
    """Of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            sys.exit(main())
        case ["copies", *numbers] if all(number.isdecimal() for number in numbers):
            sys.exit(copies.main([int(number) for number in numbers] or copies.SIZES))
        case ["finding"]:
            sys.exit(finding.main())
        case ["editions", *numbers] if len(numbers) <= 2 and all(number.isdecimal() for number in numbers):
            sys.exit(editions.main(*(int(number) for number in numbers)))
        case ["mail", *numbers] if all(number.isdecimal() for number in numbers):
            sys.exit(mail.main(int(numbers[0]) if numbers else mail.RECIPIENTS))
        case _:
            parts = "finding | editions [TOLD [NEW]] | mail [RECIPIENTS] | copies [ARTICLES …]"
            sys.exit(f"usage: python -m tests.bench [{parts}]")
