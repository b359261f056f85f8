"""How much of the text of general pages is found: pages nobody here wrote rules for, read without any outlet file.

Scored by the public benchmark's own definition (`pipeline.evaluate.shingles`), beside trafilatura with its default
settings in the same run, and any other program whose predictions are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.evaluate.json_lines import write_lines
from pipeline.evaluate.labels import Label, read_page, read_truth
from pipeline.evaluate.predictions import Prediction, Program, read_program, text_by_trafilatura
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.evaluate.shingles import Interval, Overlap, difference, figures, intervals, overlap
from pipeline.extract import read_pages
from pipeline.model import Page

_WORST = 25  # pages told of one by one


def evaluate_extraction(
    data: Path, predictions: Path | None, progress: Progress | None = None, *, against: Sequence[Path] = ()
) -> Report:
    """Read every page of `ground-truth.json`, write `predictions` ({file, article}, one a line) and score the texts.

    The text is what the page prints, the opening ("JAKARTA, Nov 21 (Bernama) -- ") in it as in the labels. Raises
    `KlipingError` in one line where a file cannot be read or the predictions cannot be written.
    """
    labels = read_truth(data)
    others = [read_program(path, labels) for path in against]
    texts, sources, alone = [], [], []
    for done, label in enumerate(labels, start=1):
        page = read_page(data, label)
        paragraphs, source = _read(page)
        texts.append(Prediction(article_body=paragraphs))
        sources.append(source)
        alone.append(text_by_trafilatura(page))
        if progress:
            progress(done, len(labels))
    if predictions is not None:
        write_lines(predictions, _lines(labels, texts, sources))
    programs = (Program("kliping", tuple(texts)), Program("trafilatura", tuple(alone)), *others)
    found = [_overlaps(program, labels) for program in programs]
    return Report(
        "extraction", (_scores(programs, found), _worst(programs, found, labels, sources), _by_source(found, sources))
    )


def _read(page: Page) -> tuple[tuple[str, ...], str]:
    """(paragraphs, where they came from)."""
    reading = read_pages([page], None)
    if reading is None:
        return (), "no markup"
    return tuple(block.printed for block in reading.text.blocks), reading.text.source


def _lines(labels: Sequence[Label], texts: Sequence[Prediction], sources: Sequence[str]) -> list[dict[str, object]]:
    return [
        {
            "file": label.file,
            "article": {
                "url": label.url,
                "article_body": list(text.article_body or ()),
                "provenance": {"article_body": source},
            },
        }
        for label, text, source in zip(labels, texts, sources, strict=True)
    ]


def _overlaps(program: Program, labels: Sequence[Label]) -> list[Overlap]:
    return [
        overlap(label.text or "", prediction.text)
        for label, prediction in zip(labels, program.predictions, strict=True)
    ]


def _scores(programs: Sequence[Program], found: Sequence[Sequence[Overlap]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for program, pages in zip(programs, found, strict=True):
        ahead = difference(found[0], pages) if pages is not found[0] else None
        f1, precision, recall = intervals(pages)
        rows.append((program.name, *_cells(f1), *_cells(precision), *_cells(recall), *_cells(ahead)))
    columns = ("program", "F1", "±", "precision", "±", "recall", "±", "ours is ahead by", "±")
    return Table(f"{len(found[0])} pages, four-word shingles, 95 % intervals", columns, tuple(rows))


def _cells(interval: Interval | None) -> tuple[float | None, float | None]:
    return (round(interval.value, 4), round(interval.half, 4)) if interval else (None, None)


def _worst(
    programs: Sequence[Program], found: Sequence[Sequence[Overlap]], labels: Sequence[Label], sources: Sequence[str]
) -> Table:
    """The pages on which another program is furthest ahead of us."""
    rows: list[tuple[float, tuple[Cell, ...]]] = []
    for place, label in enumerate(labels):
        values = [round(pages[place].f1, 4) for pages in found]
        host = urlsplit(label.url).hostname or label.url
        rows.append((values[0] - max(values[1:]), (_short(label), host, *values, sources[place])))
    rows.sort(key=lambda row: row[0])
    columns = ("page", "host", *(program.name for program in programs), "read by")
    return Table("F1 of single pages, where others are furthest ahead", columns, tuple(row for _, row in rows[:_WORST]))


def _short(label: Label) -> str:
    return Path(label.file).name[:12]


def _by_source(found: Sequence[Sequence[Overlap]], sources: Sequence[str]) -> Table:
    """How well each way of finding the text does, ours and trafilatura on the same pages."""
    rows: list[tuple[Cell, ...]] = []
    for source in sorted(set(sources)):
        places = [place for place, one in enumerate(sources) if one == source]
        ours, alone = (figures([pages[place] for place in places]).f1 for pages in found[:2])
        rows.append((source, len(places), round(ours, 4), round(alone, 4)))
    return Table("by where the text was found", ("read by", "pages", "kliping", "trafilatura"), tuple(rows))
