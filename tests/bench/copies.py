"""What an article added to an archive costs, and whether its copies are found, in a small archive and in a large one.

    python -m tests.bench copies [ARTICLES …]      10,000 and 1,000,000 by default; 4 GB of disk for the second

The archive is an SQLite store of made articles (`made_texts`), filled in bulk (`archive_made`). An added article is
timed from its stored keys to its copies: keys, who holds them, reading the candidates, comparing them exactly. Then the
assembler places all of them in one pass: copies, likeness with the window's 500 articles, roles, writing.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from pipeline.assemble import assemble
from pipeline.copies import CopyLink, candidate_pairs, copies_among
from pipeline.store import Store, open_store
from tests.bench.archive_made import NOW, fill, identity, shown
from tests.bench.made_texts import GROUPS, Made, Stock, copied, group_of, made, prints, stock

SIZES = (10_000, 1_000_000)
KINDS = ("exact", "near", "abridged", "merged", "much printed")
# Copies of each kind; as many articles copy nothing. Of a text that everybody printed there is one more print: of
# several that come at once the later ones may find the earlier ones alone, which found those of the archive.
EACH = dict.fromkeys(KINDS, 200) | {"much printed": GROUPS}
GOAL_RATIO, GOAL_RECALL = 1.5, 0.99
_WARM_UP = 20  # articles that are not timed


@dataclass(frozen=True, slots=True)
class Added:
    """An article that comes to the archive; `of`: the numbers of those it copies, none for one of its own."""

    article: Made
    kind: str
    of: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one archive. Milliseconds an article; MiB; counts."""

    articles: int
    processor: float
    wall: float
    slowest: float  # wall, of the 99 in a hundred that are faster
    placing: float  # processor, the assembler's whole pass
    candidates: float
    peak: float  # after all copies were found
    peak_placing: float  # after the assembler's pass
    found: Mapping[str, int]  # kind → copies whose original, or another print of it, was found
    wrong: int  # links to articles that are not one text with it
    links: int


def main(sizes: Sequence[int] = SIZES) -> int:
    # Imported where it is run: the processes that make and measure need none of it.
    from tests.bench.pages import SHARED  # noqa: PLC0415

    if not SHARED.exists():
        print("\nan article added to an archive: left out, ../shared/data is not here")
        return 0
    show([cost_of(stock(SHARED, size)) for size in sizes])
    return 0


def cost_of(of: Stock) -> Cost:
    """Fill an archive and add articles to it. The measuring is done in a process of its own, for its memory."""
    with tempfile.TemporaryDirectory(prefix="kliping-bench-") as folder:
        file = Path(folder) / "archive.sqlite"
        coming = added(of)
        started = time.perf_counter()
        fill(file, of, [one.article for one in coming], progress=shown)
        took = time.perf_counter() - started
        print(f"{of.count:,} articles: {file.stat().st_size / 1e9:.1f} GB in {took:.0f} s", file=sys.stderr)
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            return alone.submit(measured, f"sqlite:///{file}", of.count, coming).result()


def added(of: Stock) -> list[Added]:
    """Copies of every kind, of articles old and new, and as many articles that copy nothing, mixed."""
    chance = np.random.default_rng(of.count)
    own = [int(number) for number in chance.permutation(of.count)[:2_000] if group_of(int(number), of.count) is None]
    wanted: list[tuple[str, int]] = []
    for kind in KINDS[:-1]:
        wanted += [(kind, own.pop()) for _ in range(EACH[kind])]
    for group in range(GROUPS):
        printed = prints(group, of.count)
        wanted.append((KINDS[-1], printed[len(printed) // 2]))
    wanted += [("nothing", -1)] * len(wanted)
    return [
        _coming(of, kind, original, of.count + place) for place, (kind, original) in enumerate(_mixed(wanted, chance))
    ]


def _mixed(wanted: Sequence[tuple[str, int]], chance: np.random.Generator) -> list[tuple[str, int]]:
    return [wanted[int(place)] for place in chance.permutation(len(wanted))]


def _coming(of: Stock, kind: str, original: int, number: int) -> Added:
    if kind == "nothing":
        return Added(made(of, number), kind, frozenset())
    group = group_of(original, of.count)
    texts = {original} if group is None else set(prints(group, of.count))
    return Added(copied(of, original, kind, number), kind, frozenset(texts))


# --- measuring -------------------------------------------------------------------------------------------------------


def measured(url: str, count: int, coming: Sequence[Added]) -> Cost:
    """Each of the added articles once, after some that are not timed."""
    processor, wall, candidates = [], [], 0
    found: dict[str, int] = {}
    wrong = links = 0
    others = _same_texts(coming)
    with open_store(url) as store:
        for one in coming[:_WARM_UP]:
            copies_of(store, identity(one.article.number))
        gc.collect()
        for one in coming:
            before = time.process_time(), time.perf_counter()
            compared, linked = copies_of(store, identity(one.article.number))
            processor.append(time.process_time() - before[0])
            wall.append(time.perf_counter() - before[1])
            candidates += compared
            partners = {link.a + link.b - identity(one.article.number) for link in linked}
            wanted = {identity(number) for number in one.of}
            found[one.kind] = found.get(one.kind, 0) + bool(partners & wanted)
            wrong += len(partners - wanted - {identity(number) for number in others[one.of]})
            links += len(partners)
        peak, before_all = _peak_memory(), time.process_time()
        placed = assemble(store, NOW).placed
        placing = time.process_time() - before_all
    return Cost(
        articles=count,
        processor=1000 * statistics.mean(processor),
        wall=1000 * statistics.mean(wall),
        slowest=1000 * statistics.quantiles(wall, n=100)[-1],
        placing=1000 * placing / placed,
        candidates=candidates / len(coming),
        peak=peak,
        peak_placing=_peak_memory(),
        found=found,
        wrong=wrong,
        links=links,
    )


def _peak_memory() -> float:
    """Of this process alone, in MiB: `ru_maxrss` would count what the process it was started from had held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def copies_of(store: Store, article: int) -> tuple[int, tuple[CopyLink, ...]]:
    """How many candidates an article of the store has, and which of them are copies."""
    pairs = candidate_pairs(store.fingerprints.keys([article]), store.fingerprints.holders([article]))
    known = store.articles.many(sorted({article, *(number for pair in pairs for number in pair)}))
    texts = {stored.id: stored.article.text for stored in known}
    return len(pairs), copies_among(texts, pairs, {stored.id: stored.article.outlet for stored in known})


def _same_texts(coming: Sequence[Added]) -> dict[frozenset[int], set[int]]:
    """The added articles that copy the same text: they are copies of one another too."""
    found: dict[frozenset[int], set[int]] = {}
    for one in coming:
        found.setdefault(one.of, set()).update({one.article.number} if one.of else set())
    return found


# --- the report ------------------------------------------------------------------------------------------------------


def show(costs: Sequence[Cost]) -> None:
    print(
        "\nan article added to an archive (SQLite), ms: to find its copies, and of the assembler's pass over all added"
    )
    print(
        f"{'articles':>12}{'copies':>9}{'ratio':>8}{'wall':>9}{'99 in 100':>11}{'candidates':>12}"
        f"{'MiB':>7}{'placing':>9}{'ratio':>8}{'MiB':>7}"
    )
    for cost in costs:
        first = costs[0]
        print(
            f"{cost.articles:>12,}{cost.processor:>9.2f}{cost.processor / first.processor:>8.2f}{cost.wall:>9.2f}"
            f"{cost.slowest:>11.2f}{cost.candidates:>12.1f}{cost.peak:>7.0f}{cost.placing:>9.2f}"
            f"{cost.placing / first.placing:>8.2f}{cost.peak_placing:>7.0f}"
        )
    print(f"(the goal: a ratio of at most {GOAL_RATIO}, recall of copies at least {GOAL_RECALL})")
    print(f"\n{'copies found':>12}" + "".join(f"{kind:>14}" for kind in (*KINDS, "all")) + f"{'precision':>11}")
    for cost in costs:
        shares = [cost.found[kind] / EACH[kind] for kind in KINDS]
        every = sum(cost.found[kind] for kind in KINDS) / sum(EACH.values())
        precision = 1 - cost.wrong / cost.links if cost.links else 1.0
        print(
            f"{cost.articles:>12,}" + "".join(f"{share:>14.4f}" for share in (*shares, every)) + f"{precision:>11.4f}"
        )
