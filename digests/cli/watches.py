"""`kliping watches`: what the team follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from digests.cli import rematched, tried
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson
from digests.cli.output import print_json, print_json_lines, print_text, remark
from digests.cli.tables import print_table
from digests.cli.tried import Aliases, Context, Exclude
from pipeline.errors import NotFoundError, SettingsError
from pipeline.watches import Held, Watch, Watches, add_watch, mark_urgent, remove_watch, undo_change

SHORT = 20  # characters; longer aliases are names
group = typer.Typer(no_args_is_help=True, help="What the team follows: list, add, test.")

FirstEdition = Annotated[
    int | None,
    typer.Option(
        "--first-edition", metavar="YEAR", help="A forum's first year, if it has editions by year.", min=1900, max=2100
    ),
]
Backfill = Annotated[
    bool | None,
    typer.Option(
        "--backfill/--no-backfill",
        help="Match everything stored anew at once, or leave it; default: a terminal is asked.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without being asked.")]
Identifier = Annotated[str, typer.Argument(metavar="ID", help="A watch, as `watches list` shows it.")]

group.command("test")(tried.test)
group.command("backfill")(rematched.backfill)


@group.command("list")
def list_watches(context: typer.Context, as_json: AsJson = False) -> None:
    """List the watches with their names, abbreviations and known editions."""
    watches = office(context).watches
    if as_json:
        print_json_lines(watches)
        return
    columns = ("id", "title", "since", "names", "abbreviations", "last editions", "urgent")
    print_table(columns, [_row(watch) for watch in watches])
    remark("one of them whole: `kliping watches show ID`")


def _row(watch: Watch) -> tuple[object, ...]:
    names = sum(len(names.terms) for names in watch.names)
    languages = len({names.language for names in watch.names})
    short = ", ".join(dict.fromkeys(alias.text for alias in watch.aliases if len(alias.text) <= SHORT))
    told = f"{names} in {languages} language(s)" if names else f"none; {len(watch.together)} rule(s)"
    last = ", ".join(map(_edition, sorted(watch.editions, key=lambda held: held.year)[-2:]))
    return (watch.id, watch.title, watch.first_edition, told, short, last, "at once" if watch.urgent else None)


def _edition(held: Held) -> str:
    where = held.place or held.country
    return f"{held.year} {where}" if where else str(held.year)


@group.command()
def show(context: typer.Context, identifier: Identifier, as_json: AsJson = False) -> None:
    """Show one watch: its names, rules, and the editions that are known."""
    watch = _known(office(context).watches, identifier)
    if as_json:
        print_json(watch)
        return
    print_text(f"{watch.id}: {watch.title}")
    for names in watch.names:
        print_text(f"names ({names.language}): {'; '.join(names.terms)}")
    for alias in watch.aliases:
        year = " with a year behind it" if alias.dated else ""
        print_text(
            f"alias: {alias.text}{year}{_conditions(alias.context, alias.exclude, alias.exclude_near, alias.reach)}"
        )
    for rule in watch.together:
        kinds = " + ".join(_few(kind) for kind in rule.all)
        several = "".join(f" + {some.least} of {len(some.of)} such as {_few(some.of[0])}" for some in rule.some)
        certain = "possible" if rule.doubtful else "ours"
        print_text(f"together ({certain}, within {rule.reach}): {kinds}{several}")
    if watch.urgent:
        print_text("urgent: told at once to the subscribers of the list of alerts; `kliping alerts test`")
    if watch.unless:
        print_text(f"stands back where one of these matches: {', '.join(watch.unless)}")
    _show_editions(watch)


def _show_editions(watch: Watch) -> None:
    if watch.editions:
        rows = [(held.year, held.number, held.place, held.country) for held in watch.editions]
        print_table(("year", "number", "place", "country"), rows)
    elif watch.first_edition is None:
        print_text("no editions by year")


def _conditions(context: Sequence[str], exclude: Sequence[str], near: Sequence[str], reach: int) -> str:
    parts = []
    if context:
        parts.append(f"within {reach} of {_few(context)}")
    if exclude:
        parts.append(f"nowhere with {_few(exclude)}")
    if near:
        parts.append(f"not near {_few(near)}")
    return f" ({'; '.join(parts)})" if parts else ""


def _few(words: Sequence[str]) -> str:
    """The first words of a list, and how many more."""
    shown = ", ".join(words[:4])
    return f"{shown} and {len(words) - 4} more" if len(words) > 4 else shown


@group.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The full name, which is certain wherever it stands.")],
    identifier: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; default: made of the name.")
    ] = None,
    alias: Aliases = None,
    near: Context = None,
    exclude: Exclude = None,
    first_edition: FirstEdition = None,
    backfill: Backfill = None,
    yes: Yes = False,
    by: Actor = None,
) -> None:
    """Add a watch without an editor: shows first what it catches in everything stored, then offers to take that in.

    \b
    Example:
      kliping watches add "Forum Kota Tepi Sungai ASEAN" --alias FKTSA --context ASEAN --context sungai
    """
    here = office(context)
    if (near or exclude) and not alias:
        raise SettingsError("--context and --exclude belong to --alias: a full name counts wherever it stands")
    new = tried.typed(name, identifier, alias, near, exclude, first_edition)
    found = tried.compare_stored(here, here.watches, tried.with_watch(here.watches, new))
    tried.show_difference(found)
    if not yes:
        typer.confirm(f"Add the watch {new.id!r}?", abort=True, err=True)
    add_watch(here.settings.watches, new)
    _noted(here, "add", new.id, by)
    remark(f"added to {here.settings.watches}; `kliping watches undo` takes it back")
    rematched.offer(here, backfill, wanted=bool(found.caught or found.lost or found.possible), asked=not yes)


@group.command()
def remove(
    context: typer.Context, identifier: Identifier, backfill: Backfill = None, yes: Yes = False, by: Actor = None
) -> None:
    """Take a watch out of your own file; one that it replaced stands again. Shows first what would be lost."""
    here = office(context)
    known = _known(here.watches, identifier)
    without = tried.without_own(here, identifier)
    found = tried.compare_stored(here, here.watches, without)
    tried.show_difference(found)
    if not yes:
        typer.confirm(f"Remove the watch {known.id!r}?", abort=True, err=True)
    remove_watch(here.settings.watches, identifier)
    _noted(here, "remove", identifier, by)
    remark(f"removed from {here.settings.watches}; `kliping watches undo` puts it back")
    rematched.offer(here, backfill, wanted=bool(found.caught or found.lost), asked=not yes)


@group.command()
def urgent(
    context: typer.Context,
    identifier: Identifier,
    off: Annotated[bool, typer.Option("--off", help="Told at once no more.")] = False,
    by: Actor = None,
) -> None:
    """Tell at once what matches a watch, by mail to the subscribers of the list of alerts."""
    here = office(context)
    if not off:
        _known(here.watches, identifier)
    mark_urgent(here.settings.watches, identifier, urgent=not off)
    _noted(here, "not urgent" if off else "urgent", identifier, by)
    to = f"`kliping subscribers add ADDRESS --list {here.settings.alerts.list}` says who gets it"
    remark(f"{identifier} waits for the digest" if off else f"{identifier} is told at once; {to}")


@group.command()
def undo(context: typer.Context, backfill: Backfill = None, by: Actor = None) -> None:
    """Put your watch file back as it was before the last `add` or `remove`; once more puts the change forth again."""
    here = office(context)
    left = undo_change(here.settings.watches)
    _noted(here, "undo", ", ".join(watch.id for watch in left), by)
    remark(f"{here.settings.watches} is as it was: {', '.join(watch.id for watch in left) or 'no watch of your own'}")
    rematched.offer(here, backfill, wanted=True, asked=True)


def _noted(here: Office, action: str, target: str, by: str | None) -> None:
    here.store.audit.add(by or here.actor, action, f"watch:{target}"[:200], now=here.now)


def _known(watches: Watches, identifier: str) -> Watch:
    found = watches.get(identifier)
    if found is None:
        raise NotFoundError(f"no watch is called {identifier!r}; `kliping watches list` shows them all")
    return found
