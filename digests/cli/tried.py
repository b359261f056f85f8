"""`kliping watches test`: what a watch, a change of it, or a whole file would catch and lose over everything stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text, progress, remark
from digests.cli.tables import print_table
from digests.plain import one_line
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import StoredArticle
from pipeline.store import ArticleFilter
from pipeline.toml_files import read_text
from pipeline.watches import (
    Change,
    Watch,
    WatchDiff,
    Watches,
    bundled_watches,
    compare,
    load_watches,
    new_watch,
    parse_watches,
)

_SHOWN = 200  # rows of a table; --json has them all

Aliases = Annotated[
    list[str] | None, typer.Option("--alias", metavar="WORDS", help="An abbreviation or a looser name; repeat it.")
]
Context = Annotated[
    list[str] | None,
    typer.Option("--context", metavar="WORD", help="An alias counts only near one of these words; repeat it."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="WORD", help="Where this word stands an alias means something else; repeat it."),
]


def test(
    context: typer.Context,
    identifier: Annotated[
        str | None, typer.Argument(metavar="ID", help="A watch, known or new; none with --file.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="A further full name.")] = None,
    alias: Aliases = None,
    near: Context = None,
    exclude: Exclude = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="An edited watch file, in the place of your own."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a watch, a change of it, or an edited file would catch and lose over everything stored.

    Changes nothing. Each article is shown with the words that made it match; --json has every piece of evidence.

    \b
    Examples:
      kliping watches test mgmac
      kliping watches test amf --alias "Forum Kota" --context ASEAN
      kliping watches test --file watches-new.toml
    """
    here = office(context)
    if file is not None:
        if name or alias or near or exclude:
            raise SettingsError("--file tries the file as it is: leave the other options out")
        read_text(file, SettingsError)  # it must be there
        difference = compare_stored(here, here.watches, _one_of(load_watches(file), here.watches, identifier))
    elif identifier is None:
        raise SettingsError("say what to try: a watch's ID, or --file with an edited watch file")
    else:
        difference = _of_change(here, identifier, name, alias, near, exclude)
    if as_json:
        print_json(difference)
    else:
        show_difference(difference)


def _one_of(new: Watches, old: Watches, identifier: str | None) -> Watches:
    """The new watches; where only one of them is asked for, the others as they stand."""
    if identifier is None:
        return new
    wanted = new.get(identifier)
    if wanted is None and old.get(identifier) is None:
        raise NotFoundError(f"no watch is called {identifier!r}, neither in the file nor among those that stand")
    rest = tuple(watch for watch in old if watch.id != identifier)
    return Watches((*rest, wanted) if wanted is not None else rest)


def _of_change(
    here: Office,
    identifier: str,
    name: str | None,
    alias: Sequence[str] | None,
    near: Sequence[str] | None,
    exclude: Sequence[str] | None,
) -> WatchDiff:
    if near and not alias:
        raise SettingsError("--context belongs to --alias: a full name counts wherever it stands")
    old, known = here.watches, here.watches.get(identifier)
    if known is None and name is None:
        raise NotFoundError(f"no watch is called {identifier!r}: give --name to try a new one")
    if known is not None and not (name or alias or exclude):
        return compare_stored(here, Watches(tuple(watch for watch in old if watch.id != identifier)), old)
    full = name if name is not None else (known.title if known else identifier)
    change = typed(full, identifier, alias, near, exclude)
    if known is not None and name is None:
        change = dataclasses.replace(change, names=())  # its title need not be a name that texts have
    return compare_stored(here, old, with_watch(old, _merged(known, change, exclude or ())))


def typed(
    name: str,
    identifier: str | None,
    alias: Sequence[str] | None,
    near: Sequence[str] | None,
    exclude: Sequence[str] | None,
    first_edition: int | None = None,
) -> Watch:
    """The watch as typed, each word on one line and without control characters. Raises `SettingsError`."""
    aliases, context, excluded = ([one_line(text) or "" for text in texts or ()] for texts in (alias, near, exclude))
    return new_watch(
        one_line(name) or "", identifier=identifier, aliases=aliases, context=context, exclude=excluded,
        first_edition=first_edition,
    )  # fmt: skip


def _merged(known: Watch | None, change: Watch, exclude: Sequence[str]) -> Watch:
    """The known watch with the names, aliases and exclusions of the change added."""
    if known is None:
        return change
    kept = tuple(dataclasses.replace(alias, exclude=(*alias.exclude, *exclude)) for alias in known.aliases)
    return dataclasses.replace(known, names=(*known.names, *change.names), aliases=(*kept, *change.aliases))


def with_watch(watches: Watches, new: Watch) -> Watches:
    """The watches with a new one, or with the new form of one."""
    return Watches((*(watch for watch in watches if watch.id != new.id), new))


def without_own(here: Office, identifier: str) -> Watches:
    """The watches without one of the operator's file: a bundled one of that id stands again. Raises `NotFoundError`."""
    file = here.settings.watches
    own = parse_watches(read_text(file, SettingsError), file=str(file)) if file.exists() else Watches(())
    if own.get(identifier) is None:
        raise NotFoundError(f"watch {identifier!r} does not stand in your file {file}: it comes with the program")
    bundled = bundled_watches().get(identifier)
    rest = tuple(watch for watch in here.watches if watch.id != identifier)
    return Watches((*rest, bundled) if bundled is not None else rest)


def compare_stored(here: Office, old: Watches, new: Watches) -> WatchDiff:
    """Match everything stored, texts rejected for want of a watch too."""
    with progress("matching everything stored") as bar:

        def counted() -> Iterator[StoredArticle]:
            for n, stored in enumerate(here.store.articles.find(ArticleFilter()), 1):
                bar(n)
                yield stored

        return compare(old, new, counted())


def show_difference(difference: WatchDiff) -> None:
    """How many would be caught and lost, and each with the words that show why."""
    print_text(f"looked at {difference.looked_at} stored article(s)")
    _show("would catch", "", difference.caught)
    _show("would lose", "", difference.lost)
    if difference.moved:
        _show("would tell", " as another edition", difference.moved)
    if difference.possible:
        _show("would put", " before a person as possibly ours", difference.possible)


def _show(verb: str, end: str, changes: Sequence[Change]) -> None:
    print_text(f"{verb} {len(changes)} stored article(s){end}")
    if changes:
        rows = [
            (one.article, one.watch, one.edition, one.outlet, one.headline, one.reason, one.url)
            for one in changes[:_SHOWN]
        ]
        print_table(("article", "watch", "edition", "outlet", "headline", "because", "url"), rows)
    if len(changes) > _SHOWN:
        remark(f"{len(changes) - _SHOWN} more: `--json` has them all")
