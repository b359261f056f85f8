"""`kliping evaluate`: quality on labelled data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.judged import cases
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import Bar, print_json, progress
from digests.cli.tables import print_table
from pipeline.errors import SettingsError
from pipeline.evaluate.report import Report


class Task(StrEnum):
    PAGES = "pages"
    EXTRACTION = "extraction"
    LANGUAGE = "language"
    DUPLICATES = "duplicates"
    STORIES = "stories"
    WATCHES = "watches"
    QUOTES = "quotes"
    TONE = "tone"


_COMPARED = (Task.PAGES, Task.EXTRACTION, Task.LANGUAGE)
_DISPUTED = (Task.DUPLICATES, Task.WATCHES)
_JUDGED = (Task.WATCHES, Task.TONE)  # what persons judged in the store is labelled data too


@dataclass(frozen=True, slots=True)
class _Asked:
    """One command's wishes. `data`: None only where the store has labels."""

    here: Office
    data: Path | None
    predictions: Path | None
    against: tuple[Path, ...]
    bar: Bar
    disagreements: bool

    @property
    def file(self) -> Path:
        """Raises `ValueError` where the task was asked for without data."""
        if self.data is None:
            raise ValueError("no labelled data were given")
        return self.data


def evaluate(
    context: typer.Context,
    task: Annotated[Task, typer.Argument(metavar="TASK", help="What is measured.")],
    data: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DATA]",
            help="The labelled data: a file, or the folder that holds them; watches and tone can do without.",
            exists=True,
            show_default=False,
        ),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one prediction a line here, so that anyone can score it.")
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Score another program's predictions of the same data too; again and again.",
        ),
    ] = None,
    disagreements: Annotated[
        bool,
        typer.Option("--disagreements", help="List what the labels and we judge otherwise: pairs of texts, or cases."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure quality on labelled data, beside other programs in the same run.

    What persons judged (`kliping review`, tones they set) is labelled data too, for watches and tone.
    """
    others = tuple(against or ())
    _check(task, data, others, disagreements=disagreements)
    with progress(f"evaluating {task}") as bar:
        asked = _Asked(office(context), data, predictions, others, bar, disagreements)
        report = _report(task, asked)
    if as_json:
        print_json(report)
        return
    for table in report.tables:
        print_table(table.columns, table.rows, title=table.title)


def _check(task: Task, data: Path | None, others: tuple[Path, ...], *, disagreements: bool) -> None:
    """Raises `SettingsError` for what the task has not."""
    if data is None and task not in _JUDGED:
        raise SettingsError(f"DATA: {task} needs labelled data: a file, or the folder that holds them")
    if others and task not in _COMPARED:
        raise SettingsError(f"--against: {task} compares with nobody's file; only {', '.join(_COMPARED)} do")
    if disagreements and task not in _DISPUTED:
        raise SettingsError(f"--disagreements: {task} has no pairs or cases to list; only {', '.join(_DISPUTED)} have")


def _report(task: Task, asked: _Asked) -> Report:
    try:
        return _TASKS[task](asked)
    except (KeyError, ValueError) as error:
        what = asked.data or "the store's judgements"
        raise SettingsError(f"{what}: not the labelled data of {task}: {error}; the README tells their form") from None


def _pages(asked: _Asked) -> Report:
    from pipeline.evaluate.pages import evaluate_pages

    here = asked.here
    return evaluate_pages(
        asked.file, asked.predictions, here.loaded.outlets, here.watches, asked.bar, against=asked.against
    )


def _extraction(asked: _Asked) -> Report:
    from pipeline.evaluate.extraction import evaluate_extraction

    return evaluate_extraction(asked.file, asked.predictions, asked.bar, against=asked.against)


def _language(asked: _Asked) -> Report:
    from pipeline.evaluate.language import evaluate_language

    return evaluate_language(asked.file, asked.predictions, asked.bar, against=asked.against)


def _duplicates(asked: _Asked) -> Report:
    from pipeline.evaluate.duplicates import evaluate_duplicates

    return evaluate_duplicates(asked.file, asked.predictions, progress=asked.bar, disagreements=asked.disagreements)


def _stories(asked: _Asked) -> Report:
    from pipeline.evaluate.stories import evaluate_stories

    return evaluate_stories(asked.file, asked.predictions, progress=asked.bar)


def _watches(asked: _Asked) -> Report:
    from pipeline.evaluate.watches import evaluate_watches

    here = asked.here
    return evaluate_watches(
        asked.data, asked.predictions, here.watches, asked.bar, judged=cases(here), disagreements=asked.disagreements
    )


def _quotes(asked: _Asked) -> Report:
    from pipeline.evaluate.quotes import evaluate_quotes

    return evaluate_quotes(asked.file, asked.predictions, progress=asked.bar)


def _tone(asked: _Asked) -> Report:
    from pipeline.evaluate.tone import evaluate_tone, override_cases

    standing = asked.here.store.tones.standing()
    stored = asked.here.store.articles.many(sorted({one.article_id for one in standing}))
    return evaluate_tone(asked.data, asked.predictions, asked.bar, overridden=override_cases(standing, stored))


_TASKS: Mapping[Task, Callable[[_Asked], Report]] = {
    Task.PAGES: _pages,
    Task.EXTRACTION: _extraction,
    Task.LANGUAGE: _language,
    Task.DUPLICATES: _duplicates,
    Task.STORIES: _stories,
    Task.WATCHES: _watches,
    Task.QUOTES: _quotes,
    Task.TONE: _tone,
}
