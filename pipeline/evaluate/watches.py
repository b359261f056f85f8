"""Watches, places and topics on labelled cases: short texts of our own writing, and what persons judged in reviews.

DATA is JSON Lines (`.gz` too), or a folder of `*.jsonl`; each line {"id", "lang", "headline", "body": [paragraph],
"watches": {watch: edition or null}, "places": [name], "topics": [id]}. Places or topics that are not labelled (null, or
no such key) are not scored; `description`, `keywords` and `date_published` are read where a case has them. A text is
right for a watch whatever its edition; editions are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.evaluate.tallies import FIGURES, Sides, each, share, tally
from pipeline.locations.gazetteer import place_named
from pipeline.model import Article, Kind
from pipeline.process import read_text
from pipeline.store.folding import fold
from pipeline.topics import topics
from pipeline.watches import Watches

_READ_AT = datetime(2026, 11, 1, tzinfo=UTC)  # a case says nothing of when it was fetched
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled text. `lang`: BCP 47 primary subtag; `scope`: in | near | out, where its author told."""

    id: str
    headline: str | None = None
    body: tuple[str, ...] = ()
    lang: str | None = None
    scope: str | None = None
    watches: Mapping[str, int | None] = field(default_factory=dict)
    places: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    date_published: datetime | None = None  # a forum's edition may be told by it alone


@dataclass(frozen=True, slots=True)
class _Read:
    """A case beside what we make of it."""

    case: Case
    article: Article

    @property
    def watches(self) -> dict[str, int | None]:
        return {match.id: match.edition for match in self.article.watches}

    @property
    def possible(self) -> tuple[str, ...]:
        return tuple(match.id for match in self.article.possible)

    @property
    def topics(self) -> tuple[str, ...]:
        known = {topic.id for topic in topics()}
        return tuple(tag.id for tag in self.article.tags if tag.id in known)


Names = Callable[[_Read], Sides | None]  # what of a text is counted; None: it is not labelled so


def evaluate_watches(
    data: Path | None,
    predictions: Path | None,
    watches: Watches,
    progress: Progress | None = None,
    *,
    judged: Sequence[Case] = (),
    disagreements: bool = False,
) -> Report:
    """Read every case as an article's text, write `predictions` and score them.

    `judged`: further cases, from reviews. `disagreements`: list, in words, where the labels and we differ. Raises
    `KlipingError` in one line where the data cannot be read, hold no case, or the predictions cannot be written.
    """
    given = read_cases(data) if data is not None else ()
    judged = [case for case in judged if case.id not in {other.id for other in given}]  # exported ones, read back
    cases = (*given, *judged)
    if not cases:
        raise KlipingError("no labelled case: give DATA, or judge what `kliping review list` shows")
    found = []
    for done, case in enumerate(cases, 1):
        found.append(_Read(case, read_text(_article(case), watches, case.lang)))
        if progress is not None:
            progress(done, len(cases))
    if predictions is not None:
        write_lines(predictions, map(_prediction, found))
    tables = [_counts(found, len(judged)), _by_watch(found), _by_language(found), _editions(found), *_others(found)]
    return Report("watches", (*tables, _disagreements(found)) if disagreements else tuple(tables))


def read_cases(data: Path) -> tuple[Case, ...]:
    """The cases of a file, or of a folder's files by name. Raises `KlipingError` in one line; ids must differ."""
    files = sorted(data.glob("*.jsonl*")) if data.is_dir() else [data]
    if not files:
        raise KlipingError(f"{data}: holds no *.jsonl; give the folder, or the file, with the labelled cases")
    cases: list[Case] = []
    seen: set[str] = set()
    for file in files:
        for case in read_lines(file, Case):
            if case.id in seen:
                raise KlipingError(f"{file}: the case {case.id!r} stands there twice; ids must differ")
            seen.add(case.id)
            cases.append(case)
    return tuple(cases)


def _article(case: Case) -> Article:
    address = f"case:{case.id}"
    return Article(
        url=address, canonical_url=address, outlet=None, kind=Kind.ARTICLE, fetched_at=_READ_AT, sha256="",
        headline=case.headline, article_body=case.body, description=case.description, keywords=case.keywords,
        date_published=case.date_published,
    )  # fmt: skip


def _prediction(one: _Read) -> Mapping[str, object]:
    return {
        "id": one.case.id,
        "watches": one.watches,
        "possible": list(one.possible),
        "places": list(one.article.places),
        "topics": list(one.topics),
    }


def _watch_names(one: _Read) -> Sides:
    return frozenset(one.case.watches), frozenset(one.watches)


def _scope(one: _Read) -> Sides:
    """Whether it is ours at all, by any watch."""
    ours = frozenset({"ours"})
    return ours if one.case.watches else frozenset(), ours if one.watches else frozenset()


def _places(one: _Read) -> Sides | None:
    labelled = one.case.places
    return None if labelled is None else (frozenset(map(_place, labelled)), frozenset(map(_place, one.article.places)))


def _place(name: str) -> str:
    """Names of one place are equal: "Solo" and "Surakarta", "Đà Nẵng" and "Da Nang"."""
    known = place_named(name)
    return fold(name) if known is None else known.id


def _topics(one: _Read) -> Sides | None:
    return None if one.case.topics is None else (frozenset(one.case.topics), frozenset(one.topics))


def _sides(found: Iterable[_Read], names: Names) -> list[Sides]:
    return [sides for one in found if (sides := names(one)) is not None]


def _languages(found: Sequence[_Read]) -> dict[str, list[_Read]]:
    groups: dict[str, list[_Read]] = {}
    for one in sorted(found, key=lambda one: one.case.lang or ""):
        groups.setdefault(one.case.lang or "not told", []).append(one)
    return groups


def _counts(found: Sequence[_Read], judged: int) -> Table:
    """By what the author meant: how many texts, how many we take for ours, how many we would ask about."""
    rows: list[tuple[Cell, ...]] = []
    for scope in ("in", "near", "out", None):
        texts = [one for one in found if one.case.scope == scope]
        if texts:
            asked = sum(bool(one.possible) and not one.watches for one in texts)
            rows.append((scope or "not told", len(texts), sum(bool(one.watches) for one in texts), asked))
    title = f"Cases: {len(found)}, of them {judged} judged in reviews"
    return Table(title, ("meant", "texts", "ours", "possibly ours"), tuple(rows))


def _by_watch(found: Sequence[_Read]) -> Table:
    rows = [(name, *tally(_sides(found, _watch_names), name).row) for name in each(_sides(found, _watch_names))]
    rows.append((_ALL, *tally(_sides(found, _watch_names)).row))
    rows.append(("ours at all (texts)", *tally(_sides(found, _scope)).row))
    return Table("Watches", ("watch", *FIGURES), tuple(rows))


def _by_language(found: Sequence[_Read]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for language, texts in _languages(found).items():
        ours = tally(_sides(texts, _scope))
        rows.append((language, len(texts), *tally(_sides(texts, _watch_names)).row, ours.precision, ours.recall))
    return Table("Watches by language", ("language", "texts", *FIGURES, "texts P", "texts R"), tuple(rows))


def _editions(found: Sequence[_Read]) -> Table:
    """Of the watches that both sides have."""
    pairs = [
        (edition, one.watches[name])
        for one in found
        for name, edition in one.case.watches.items()
        if name in one.watches
    ]
    right = sum(labelled == ours for labelled, ours in pairs)
    other = sum(labelled != ours and None not in (labelled, ours) for labelled, ours in pairs)
    missed = sum(labelled is not None and ours is None for labelled, ours in pairs)
    invented = sum(labelled is None and ours is not None for labelled, ours in pairs)
    columns = ("matches", "right", "another year", "not told", "told without need", "share right")
    return Table("Editions", columns, ((len(pairs), right, other, missed, invented, share(right, len(pairs))),))


def _others(found: Sequence[_Read]) -> Iterable[Table]:
    """Places and topics, where anything is labelled with them."""
    if _sides(found, _places):
        yield _each_language("Places", found, _places)
    if _sides(found, _topics):
        yield _each_language("Topics", found, _topics)
        topic_rows = [(name, *tally(_sides(found, _topics), name).row) for name in each(_sides(found, _topics))]
        yield Table("Topics", ("topic", *FIGURES), tuple(topic_rows))


def _each_language(title: str, found: Sequence[_Read], names: Names) -> Table:
    rows = [(language, *tally(_sides(texts, names)).row) for language, texts in _languages(found).items()]
    rows.append((_ALL, *tally(_sides(found, names)).row))
    return Table(f"{title} by language", ("language", *FIGURES), tuple(rows))


def _disagreements(found: Sequence[_Read]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.case.id, what, told, one.case.headline) for one in found for what, told in _differences(one)
    ]
    return Table("Where the labels and we differ", ("case", "of", "how", "headline"), tuple(rows))


def _differences(one: _Read) -> Iterable[tuple[str, str]]:
    reasons = {match.id: match.reason for match in (*one.article.watches, *one.article.possible)}
    for name in sorted(one.case.watches.keys() - one.watches.keys()):
        waits = f"only possibly: {reasons[name]}" if name in one.possible else "not found"
        yield "watch", f"{name} is labelled, {waits}"
    for name in sorted(one.watches.keys() - one.case.watches.keys()):
        yield "watch", f"{name} is not labelled, we say: {reasons[name]}"
    for name in sorted(one.watches.keys() & one.case.watches.keys()):
        labelled, ours = one.case.watches[name], one.watches[name]
        if labelled != ours:
            yield "edition", f"{name} {labelled or 'of no year'} is labelled, we say {ours or 'no year'}"
    yield from _named_otherwise("place", one.case.places, one.article.places, {}, _place)
    tags = {tag.id: f"{tag.id} ({tag.reason})" for tag in one.article.tags}
    yield from _named_otherwise("topic", one.case.topics, one.topics, tags, str)


def _named_otherwise(
    what: str, labelled: Sequence[str] | None, ours: Sequence[str], told: Mapping[str, str], key: Callable[[str], str]
) -> Iterable[tuple[str, str]]:
    """`told`: how we name what we say; `key`: by which two names are one."""
    if labelled is None:
        return
    theirs, mine = {key(name): name for name in labelled}, {key(name): name for name in ours}
    yield from ((what, f"{theirs[name]} is labelled, not found") for name in sorted(theirs.keys() - mine.keys()))
    for name in sorted(mine.keys() - theirs.keys()):
        yield what, f"{told.get(mine[name], mine[name])} is not labelled"
