"""`kliping subscribers`: who gets what."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from digests import importing
from digests import subscribers as domain
from digests.cli.forms import write
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson, EditionList, Language, OptionalReason
from digests.cli.output import print_json, print_json_lines, print_text, progress, remark
from digests.cli.tables import print_table
from digests.importing import Became, Imported
from pipeline.errors import NotFoundError, SettingsError
from pipeline.store import Subscriber, SubscriberState

group = typer.Typer(
    no_args_is_help=True, help="Who gets the digest: add, remove, list, show, import, export, confirm, resume."
)

_MARK = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the local code page
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address.")]


def _known(here: Office) -> list[str]:
    return [watch.id for watch in here.watches]


def _list(here: Office, name: str | None) -> str:
    return name or here.settings.digest.list


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
    city: Annotated[
        list[str] | None,
        typer.Option("--city", metavar="NAME", help="What is about this city, beside the watches; repeat it."),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="html|text|pdf", help="html (default), text alone, pdf along; repeat it."),
    ] = None,
    by: Actor = None,
    reason: OptionalReason = None,
) -> None:
    """Subscribe somebody, or change what a subscriber gets; also one who unsubscribed or was suppressed."""
    here = office(context)
    choice = domain.Choice(
        language=language or here.settings.digest.language,
        frequency="weekly" if weekly else "daily",
        watches=tuple(watch or ()),
        name=name,
        cities=tuple(city or ()),
        formats=tuple(form or ("html",)),
    )
    added = domain.add(
        here.store, _list(here, edition_list), address, choice, known=_known(here), actor=by or here.actor,
        reason=reason, now=here.now,
    )  # fmt: skip
    remark(f"{_told(added)}; `kliping subscribers remove {added.address}{_of(added, here)}` undoes it")


@group.command()
def remove(
    context: typer.Context,
    address: Address,
    edition_list: EditionList = None,
    by: Actor = None,
    reason: OptionalReason = None,
) -> None:
    """Unsubscribe somebody."""
    here = office(context)
    name = _list(here, edition_list)
    domain.remove(here.store, name, address, actor=by or here.actor, reason=reason, now=here.now)
    remark(f"{address} gets no mail of the list {name} any more; `kliping subscribers add {address}` undoes it")


@group.command()
def resume(
    context: typer.Context,
    address: Address,
    edition_list: EditionList = None,
    by: Actor = None,
    reason: OptionalReason = None,
) -> None:
    """Send mail again to an address that was suppressed because mail came back."""
    here = office(context)
    resumed = domain.resume(
        here.store, _list(here, edition_list), address, actor=by or here.actor, reason=reason, now=here.now
    )
    remark(f"{_told(resumed)} again; should mail come back once more, it is suppressed once more")


@group.command()
def confirm(context: typer.Context, address: Address, edition_list: EditionList = None, by: Actor = None) -> None:
    """Confirm for somebody who asked on the web and never opened the mail, but said so otherwise."""
    here = office(context)
    confirmed = domain.confirm(here.store, _list(here, edition_list), address, actor=by or here.actor, now=here.now)
    remark(_told(confirmed))


@group.command("list")
def list_subscribers(
    context: typer.Context,
    edition_list: EditionList = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Also who has not confirmed, unsubscribed or was suppressed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the subscribers."""
    here = office(context)
    found = here.store.subscribers.list(_list(here, edition_list), removed=everyone)
    if as_json:
        print_json_lines(_document(one) for one in found)
        return
    rows: list[tuple[object, ...]] = [
        (
            s.address, s.name, s.language, s.frequency, ", ".join((*s.watches, *s.cities)) or "all",
            ", ".join(s.formats), s.state.value if everyone else None, s.state_at,
        )
        for s in found
    ]  # fmt: skip
    columns = ["address", "name", "language", "frequency", "gets", "formats", "state", "since"]
    if not everyone:
        rows = [(*row[:6], row[7]) for row in rows]
        columns.remove("state")
    print_table(
        tuple(columns),
        rows,
        zone=here.settings.zone,
        none="nobody gets the digest yet; `kliping subscribers add ADDRESS`",
    )


@group.command()
def show(context: typer.Context, address: Address, edition_list: EditionList = None, as_json: AsJson = False) -> None:
    """What one subscriber gets, what mail servers returned from there, and who changed what when."""
    here = office(context)
    found = domain.find(here.store, _list(here, edition_list), address)
    trail = here.store.audit.list(found.target)
    returned = here.store.bounces.counts(found.address)
    if as_json:
        print_json({**_document(found), "returned": returned, "history": trail})
        return
    print_text(_told(found))
    if found.name:
        print_text(f"name: {found.name}")
    print_text(f"{found.state}" + (f": {found.state_reason}" if found.state_reason else ""))
    if returned:
        print_text("came back: " + ", ".join(f"{number} {kind}" for kind, number in returned.items()))
    print_table(
        ("when", "who", "did", "why"),
        [(entry.at, entry.actor, entry.action, entry.reason) for entry in trail],
        zone=here.settings.zone,
        none="nothing was recorded of this subscriber",
    )


@group.command("import")
def import_subscribers(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help="First line: address, and if wanted name, language, frequency, watches, cities, formats.",
        ),
    ],
    edition_list: EditionList = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would become of each line.")] = False,
    resubscribe: Annotated[
        bool, typer.Option("--resubscribe", help="Also bring back who unsubscribed or was suppressed.")
    ] = False,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Subscribe everybody a CSV file names. A wrong line is told and the rest goes on (exit status 3)."""
    here = office(context)
    content = _read(file)
    try:
        with progress("importing subscribers") as bar:
            imported = importing.import_csv(
                here.store, _list(here, edition_list), content, known=_known(here),
                language=here.settings.digest.language, actor=by or here.actor, resubscribe=resubscribe,
                dry_run=dry_run, tell=bar, now=here.now,
            )  # fmt: skip
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None
    if as_json:
        print_json_lines(imported.results)
    for line in imported.told:
        remark(f"{file}: {line}")
    remark(("nothing stored; would be: " if dry_run else "") + _counted(imported))
    if imported.count(Became.WRONG):
        raise typer.Exit(3)


@group.command()
def export(
    context: typer.Context,
    edition_list: EditionList = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Also who has not confirmed, unsubscribed or was suppressed.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here; default: standard output.")
    ] = None,
) -> None:
    """The list as CSV, safe to open in a spreadsheet and fit to be imported again."""
    here = office(context)
    found = here.store.subscribers.list(_list(here, edition_list), removed=everyone)
    write(_MARK + importing.as_csv(found).encode(), output)
    remark(f"{len(found)} subscriber(s)" + (f" in {output}" if output else ""))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFoundError(f"{file}: {error.strerror}") from None


def _counted(imported: Imported) -> str:
    counts = ", ".join(f"{number} {became}" for became in Became if (number := imported.count(became)))
    return f"{counts or 'no rows'} ({imported.encoding})"


def _told(one: Subscriber) -> str:
    if one.state is not SubscriberState.ACTIVE:
        return f"{one.address} gets nothing of the list {one.list}: {one.state}"
    narrowed = ", ".join(domain.watches_and_cities(one))
    about = f", only {narrowed}" if narrowed else ""
    return (
        f"{one.address} gets the list {one.list} ({one.frequency}, {' + '.join(one.formats)}) in {one.language}{about}"
    )


def _of(one: Subscriber, here: Office) -> str:
    return "" if one.list == here.settings.digest.list else f" --list {one.list}"


def _document(one: Subscriber) -> dict[str, object]:
    """For a script; without the secret that unsubscribes."""
    hidden = ("token", "asked", "asks", "mailed_at")
    return {name: value for name, value in asdict(one).items() if name not in hidden}
