"""How long an edition takes, and how much of that is not the database.

    python -m tests.bench editions [TOLD [NEW]]

The time that SQL needs is measured by running the very statements that making the edition ran once more, through the
database's own module, every row fetched and nothing made of it. What making the edition takes beyond that is ours:
reading JSON, composing, writing JSON. Seconds; `processor` counts this process only, whatever else the machine does.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Engine

from digests import editions, past, public
from digests.compose import compose, version_places
from digests.facts import edition_facts
from digests.model import to_json
from pipeline.model import Article
from pipeline.store import Store, open_store
from tests.bench import finding
from tests.bench.edition_made import LIST, NOW, PERIOD, Sizes, fill
from tests.digests.world import outlets, settings

TOLD, NEW = 20_000, 5_000  # articles; the project's own goal is set for 1,000,000 told
GOAL = 1.0  # seconds over the time that SQL needs
_ROUNDS = 3
T = TypeVar("T")
Statement = tuple[str, object, bool]  # text, parameters, many at once


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    clock: float
    processor: float


def main(told: int = TOLD, new: int = NEW) -> int:
    sizes = Sizes(told, new)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite"
        print(f"\nan edition of {sizes.new:,} new articles, {sizes.archive:,} told before; seconds")
        fill(file, texts(), sizes)
        with open_store(f"sqlite:///{file}") as store:
            show(store, file, Path(folder))
    return 0


def texts() -> Sequence[Article]:
    """Articles of ordinary length, with all that is found in them."""
    return [_found(article) for article in finding.ordinary()]


def _found(article: Article) -> Article:
    for step in finding.STEPS.values():
        article = step(article)
    return article


def show(store: Store, file: Path, home: Path) -> None:
    """Every part by itself, then all of them as one command makes them, against the database alone."""
    best: dict[str, list[Took]] = {}
    for _ in range(_ROUNDS):
        for name, took in _parts(store, home).items():
            best.setdefault(name, []).append(took)
    with recorded(store.database.engine) as statements:
        _, whole = timed(lambda: editions.build(store, settings(home), outlets(), PERIOD, LIST, now=NOW))
    sql = replay(file, statements)
    rows = {name: Took(min(t.clock for t in ts), min(t.processor for t in ts)) for name, ts in best.items()}
    rows |= {"all of it, with the freeze": whole, f"SQL alone ({len(statements)} statements)": sql}
    print(f"{'':<44}{'clock':>9}{'processor':>11}")
    for name, took in rows.items():
        print(f"{name:<44}{took.clock:>9.3f}{took.processor:>11.3f}")
    over = whole.processor - sql.processor
    print(f"{'over the time that SQL needs':<44}{whole.clock - sql.clock:>9.3f}{over:>11.3f}  (goal: under {GOAL})")


def _parts(store: Store, home: Path) -> dict[str, Took]:
    facts, reading = timed(lambda: edition_facts(store, settings(home), outlets(), PERIOD, LIST, now=NOW))
    content, composing = timed(lambda: compose(facts))
    document, dumping = timed(lambda: to_json(content))
    _, others = timed(lambda: (public.digest(content), past.to_json(past.summary(content)), version_places(content)))
    print(
        f"  {len(content.stories):,} stories, {content.totals.articles:,} articles, {len(str(document)):,} characters"
    )
    return {
        "reading (SQL and JSON)": reading,
        "composing": composing,
        "as JSON": dumping,
        "digest, summary": others,
    }


def timed(work: Callable[[], T]) -> tuple[T, Took]:
    clock, processor = time.perf_counter(), time.process_time()
    made = work()
    return made, Took(time.perf_counter() - clock, time.process_time() - processor)


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """What is run while it lasts."""
    statements: list[Statement] = []

    def keep(_c: object, _cursor: object, text: str, parameters: object, _context: object, executemany: bool) -> None:
        statements.append((text, parameters, executemany))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def replay(file: Path, statements: Sequence[Statement]) -> Took:
    """Run them again on the same file, as if nothing of it were there yet; all is rolled back."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN")
    edition = (LIST, PERIOD.isoformat())
    ours = "(SELECT id FROM editions WHERE list = ? AND period = ?)"
    connection.execute(f"DELETE FROM edition_versions WHERE edition_id IN {ours}", edition)
    for table in ("editions", "drafts"):
        connection.execute(f"DELETE FROM {table} WHERE list = ? AND period = ?", edition)
    _, took = timed(lambda: _run(connection, [one for one in statements if not one[0].startswith("BEGIN")]))
    connection.execute("ROLLBACK")
    connection.close()
    return took


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    for text, parameters, many in statements:
        if many:
            connection.executemany(text, parameters)  # type: ignore[arg-type]  # as SQLAlchemy gave them
        else:
            connection.execute(text, parameters).fetchall()  # type: ignore[arg-type]  # likewise


if __name__ == "__main__":
    sys.exit(main())
