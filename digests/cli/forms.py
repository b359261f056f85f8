"""The forms of an edition on the command line: which there are, and where their bytes go."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.office import Office
from digests.cli.output import remark
from digests.model import Content
from digests.selection import Choice
from digests.subscribers import check_city
from pipeline.errors import NotFoundError, SettingsError


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"  # as mailed
    WEB = "web"  # a page for a browser
    PDF = "pdf"
    WHATSAPP = "whatsapp"
    JSON = "json"


Watches = Annotated[
    list[str] | None, typer.Option("--watch", metavar="ID", help="Only stories of this watch or a --city; repeat it.")
]
Cities = Annotated[
    list[str] | None, typer.Option("--city", metavar="NAME", help="Only stories that name it, or of a --watch.")
]
BINARY = (Format.PDF,)
_WORDS = "text, html (as mailed), web (a page), pdf, whatsapp or json."
Form = Annotated[Format, typer.Option("--format", help=_WORDS)]
OptionalForm = Annotated[Format | None, typer.Option("--format", help=f"Whole, as {_WORDS}")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file; default: standard output.")
]


def check_place(form: Format, output: Path | None) -> None:
    """Before any work. Raises `SettingsError` where bytes would fill a terminal."""
    if form in BINARY and output is None and sys.stdout.isatty():
        raise SettingsError(f"{form.value} is not for a terminal: say -o FILE")


def choice_of(here: Office, watches: list[str] | None, cities: list[str] | None) -> Choice:
    """The part that was asked for. Raises `SettingsError` for a watch or a city that is not known."""
    known = {watch.id for watch in here.watches}
    for name in watches or ():
        if name not in known:
            raise SettingsError(f"no watch is called {name!r}; `kliping watches list` shows them all")
    named = tuple(sorted({check_city(name) for name in cities or ()}))
    return Choice(tuple(sorted(set(watches or ()))), named)


def language_of(here: Office, language: str | None) -> str:
    """The language asked for, else the settings'."""
    return language or here.settings.digest.language


def rendered(here: Office, content: Content, language: str | None, form: Format) -> bytes:
    """A content that is frozen nowhere, in that form."""
    from digests import dressing  # here: the forms load templates and fonts
    from digests.render import render

    dressed = dressing.of(here.settings, here.store, content, here.loaded.outlets, form.value)
    return render(content, language_of(here, language), form.value, dressed)


def write(body: bytes, output: Path | None) -> None:
    """To the file, else to standard output. Raises `NotFoundError` in one line."""
    if output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise NotFoundError(f"{output}: cannot be written: {error.strerror}") from None
    remark(f"written to {output}")
