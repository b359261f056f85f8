"""How well fetched pages are read: every labelled field of every page of a folder with `gold.jsonl`.

In the same report, by the same rules (`pipeline.evaluate.scoring`): what we read without the outlet files, trafilatura
alone, and any other program whose predictions are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.evaluate.json_lines import write_lines
from pipeline.evaluate.labels import Label, read_labels, read_page
from pipeline.evaluate.predictions import Program, by_trafilatura, prediction_of, read_program
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.evaluate.scoring import FIELDS, Score, predicts, score
from pipeline.exports.jsonl import page_json
from pipeline.model import Article
from pipeline.outlet import Outlet
from pipeline.process import process_page
from pipeline.urls import outlet_for
from pipeline.watches import Watches

_OURS = "kliping"
_TITLE = "beside other programs: means (generic: kliping without outlet files)"
_GENERIC = "generic"  # what we read of the page as if nobody had written an outlet file


def evaluate_pages(
    data: Path,
    predictions: Path | None,
    outlets: Mapping[str, Outlet],
    watches: Watches,
    progress: Progress | None = None,
    *,
    against: Sequence[Path] = (),
) -> Report:
    """Read every page, write `predictions` ({file, article}, one a line) and score every labelled field.

    `against`: files of other programs' predictions in the same form. Raises `KlipingError` in one line where a file
    cannot be read or the predictions cannot be written.
    """
    labels = read_labels(data)
    others = [read_program(path, labels) for path in against]
    owners = [outlet_for(label.url, tuple(outlets.values())) for label in labels]
    articles, generic, alone = [], [], []
    for done, (label, outlet) in enumerate(zip(labels, owners, strict=True), start=1):
        page = read_page(data, label)
        articles.append(process_page([page], None, outlet, watches))
        generic.append(prediction_of(process_page([page], None, None, watches)))
        alone.append(by_trafilatura(page))
        if progress:
            progress(done, len(labels))
    if predictions is not None:
        write_lines(predictions, _lines(labels, articles))
    ours = Program(_OURS, tuple(map(prediction_of, articles)))
    beside = (Program(_GENERIC, tuple(generic)), Program("trafilatura", tuple(alone)), *others)
    scores = [_scores(program, labels, owners) for program in (ours, *beside)]
    return Report("pages", (_pages(scores[0]), _totals(scores[0]), _beside((ours, *beside), scores)))


def _lines(labels: Sequence[Label], articles: Sequence[Article]) -> list[dict[str, object]]:
    return [
        {"file": label.file, "article": page_json(article)} for label, article in zip(labels, articles, strict=True)
    ]


def _scores(program: Program, labels: Sequence[Label], owners: Sequence[Outlet | None]) -> list[Score]:
    triples = zip(labels, program.predictions, owners, strict=True)
    return [score(label, prediction, outlet) for label, prediction, outlet in triples]


def _pages(scores: Sequence[Score]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (page.file, *(None if v is None else round(v, 4) for v in page.values)) for page in scores
    ]
    return Table("pages (1 right, 0 wrong; body: token F1; furniture: 1 none)", ("file", *FIELDS), tuple(rows))


def _values(scores: Sequence[Score], place: int) -> list[float]:
    return [value for page in scores if (value := page.values[place]) is not None]


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _totals(scores: Sequence[Score]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, field in enumerate(FIELDS):
        values = _values(scores, place)
        rows.append((field, len(values), sum(1 for value in values if value == 1.0), _mean(values)))
    return Table("totals", ("field", "labelled", "exact", "mean"), tuple(rows))


def _beside(programs: Sequence[Program], scores: Sequence[Sequence[Score]]) -> Table:
    """Means of every program; nothing where it does not give the field on any page."""
    rows: list[tuple[Cell, ...]] = []
    for place, field in enumerate(FIELDS):
        means = [
            _mean(_values(found, place)) if predicts(field, program.predictions) else None
            for program, found in zip(programs, scores, strict=True)
        ]
        rows.append((field, len(_values(scores[0], place)), *means))
    return Table(_TITLE, ("field", "labels", *(p.name for p in programs)), tuple(rows))
