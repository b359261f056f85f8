"""`kliping subscribers`: who gets what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digests import subscribers as domain
from digests.cli.office import Office, office
from digests.cli.options import AsJson, EditionList, Language
from digests.cli.output import print_json_lines, remark
from digests.cli.tables import print_table
from pipeline.errors import NotFoundError, SettingsError

group = typer.Typer(no_args_is_help=True, help="Who gets the digest: add, remove, list, import.")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address.")]


def _known(here: Office) -> list[str]:
    return [watch.id for watch in here.watches]


@group.command()
def add(
    context: typer.Context,
    address: Address,
    edition_list: EditionList = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Who that is.")] = None,
    language: Language = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Once a week, on Mondays, instead of daily.")] = False,
    watch: Annotated[
        list[str] | None, typer.Option("--watch", metavar="ID", help="Only this watch; repeat it. Default: all.")
    ] = None,
) -> None:
    """Subscribe somebody, or change what a subscriber gets."""
    here = office(context)
    digest = here.settings.digest
    choice = domain.Choice(
        language=language or digest.language,
        frequency="weekly" if weekly else "daily",
        watches=tuple(watch or ()),
        name=name,
    )
    added = domain.add(here.store, edition_list or digest.list, address, choice, known=_known(here), now=here.now)
    remark(
        f"{added.address} gets the list {added.list} ({added.frequency}) in {added.language};"
        f" `kliping subscribers remove {added.address}` undoes it"
    )


@group.command()
def remove(context: typer.Context, address: Address, edition_list: EditionList = None) -> None:
    """Unsubscribe somebody."""
    here = office(context)
    domain.remove(here.store, edition_list or here.settings.digest.list, address, now=here.now)
    remark(f"{address} gets no mail any more; `kliping subscribers add {address}` undoes it")


@group.command("list")
def list_subscribers(context: typer.Context, edition_list: EditionList = None, as_json: AsJson = False) -> None:
    """List the subscribers."""
    here = office(context)
    found = here.store.subscribers.list(edition_list or here.settings.digest.list)
    if as_json:
        print_json_lines(found)
        return
    rows = [
        (s.address, s.name, s.list, s.language, s.frequency, ", ".join(s.watches) or "all", s.created_at) for s in found
    ]
    print_table(
        ("address", "name", "list", "language", "frequency", "watches", "since"),
        rows,
        zone=here.settings.zone,
        none="nobody gets the digest yet; `kliping subscribers add ADDRESS`",
    )


@group.command("import")
def import_subscribers(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv", help="First line: address, and if wanted name, language, frequency, watches."
        ),
    ],
    edition_list: EditionList = None,
) -> None:
    """Subscribe everybody a CSV file names. A wrong line is told and the rest goes on (exit status 3)."""
    here = office(context)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise NotFoundError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise NotFoundError(f"{file}: is not UTF-8 text; save it as CSV UTF-8") from None
    name = edition_list or here.settings.digest.list
    try:
        imported = domain.import_csv(here.store, name, text, known=_known(here), now=here.now)
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None
    for line in imported.errors:
        remark(f"{file}: {line}")
    remark(f"{len(imported.subscribers)} subscribed, {len(imported.errors)} line(s) left out")
    if imported.errors:
        raise typer.Exit(3)
