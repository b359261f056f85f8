"""`kliping evaluate`: quality on labelled data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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


_COMPARED = (Task.PAGES, Task.EXTRACTION, Task.LANGUAGE)


def evaluate(
    context: typer.Context,
    task: Annotated[Task, typer.Argument(metavar="TASK", help="What is measured.")],
    data: Annotated[
        Path,
        typer.Argument(metavar="DATA", help="The labelled data: a file, or the folder that holds them.", exists=True),
    ],
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
        typer.Option("--disagreements", help="List each pair of texts that the labels and we judge otherwise."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure quality on labelled data, beside other programs in the same run."""
    others = tuple(against or ())
    if others and task not in _COMPARED:
        raise SettingsError(f"--against: {task} compares with nobody's file; only {', '.join(_COMPARED)} do")
    if disagreements and task is not Task.DUPLICATES:
        raise SettingsError(f"--disagreements: {task} has no pairs of texts; only {Task.DUPLICATES} has")
    with progress(f"evaluating {task}") as bar:
        report = _report(office(context), task, data, predictions, others, bar, disagreements=disagreements)
    if as_json:
        print_json(report)
        return
    for table in report.tables:
        print_table(table.columns, table.rows, title=table.title)


def _report(
    here: Office,
    task: Task,
    data: Path,
    predictions: Path | None,
    against: tuple[Path, ...],
    bar: Bar,
    *,
    disagreements: bool,
) -> Report:
    try:
        if task is Task.PAGES:
            from pipeline.evaluate.pages import evaluate_pages

            return evaluate_pages(data, predictions, here.loaded.outlets, here.watches, bar, against=against)
        if task is Task.EXTRACTION:
            from pipeline.evaluate.extraction import evaluate_extraction

            return evaluate_extraction(data, predictions, bar, against=against)
        if task is Task.LANGUAGE:
            from pipeline.evaluate.language import evaluate_language

            return evaluate_language(data, predictions, bar, against=against)
        if task is Task.DUPLICATES:
            from pipeline.evaluate.duplicates import evaluate_duplicates

            return evaluate_duplicates(data, predictions, progress=bar, disagreements=disagreements)
        from pipeline.evaluate.stories import evaluate_stories

        return evaluate_stories(data, predictions, progress=bar)
    except (KeyError, ValueError) as error:
        raise SettingsError(f"{data}: not the labelled data of {task}: {error}; the README tells their form") from None
