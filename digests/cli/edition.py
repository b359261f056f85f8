"""The edition that a command is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from digests.cli.dates import parse_day
from digests.cli.office import Office
from pipeline.errors import NotFoundError
from pipeline.store import EditionRecord

Day = Annotated[str, typer.Option("--date", help="The edition's day.", metavar="D")]


def day_of(here: Office, text: str) -> date:
    """A day as it is written on the command line."""
    return parse_day(text, today=here.now.astimezone(here.settings.zone).date())


def find_edition(here: Office, day: date, edition_list: str | None) -> EditionRecord:
    """The edition of that day. Raises `NotFoundError` telling how to make it."""
    name = edition_list or here.settings.digest.list
    record = here.store.editions.get(name, day.isoformat())
    if record is None:
        raise NotFoundError(f"no edition of {name!r} is made for {day}: `kliping digest build --date {day}`")
    return record
