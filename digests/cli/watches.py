"""`kliping watches`: what the team follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_json_lines, print_text, progress, remark
from digests.cli.tables import print_table
from digests.plain import one_line
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import StoredArticle
from pipeline.store import ArticleFilter
from pipeline.watches import Watch, WatchDiff, Watches, add_watch, compare, new_watch

SHORT = 20  # characters; longer aliases are names
group = typer.Typer(no_args_is_help=True, help="What the team follows: list, add, test.")

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
FirstEdition = Annotated[
    int | None,
    typer.Option(
        "--first-edition", metavar="YEAR", help="A forum's first year, if it has editions by year.", min=1900, max=2100
    ),
]


@group.command("list")
def list_watches(context: typer.Context, as_json: AsJson = False) -> None:
    """List the watches with their names and abbreviations."""
    watches = office(context).watches
    if as_json:
        print_json_lines(watches)
        return
    print_table(("id", "title", "since", "names", "abbreviations"), [_row(watch) for watch in watches])
    remark("every name and its context: `kliping watches list --json`")


def _row(watch: Watch) -> tuple[object, ...]:
    names = sum(len(names.terms) for names in watch.names)
    languages = len({names.language for names in watch.names})
    short = ", ".join(alias.text for alias in watch.aliases if len(alias.text) <= SHORT)
    return (watch.id, watch.title, watch.first_edition, f"{names} in {languages} language(s)", short)


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
    yes: Annotated[bool, typer.Option("--yes", help="Add it without being asked.")] = False,
) -> None:
    """Add a watch without an editor: shows first what it catches in everything stored.

    \b
    Example:
      kliping watches add "Forum Kota Tepi Sungai ASEAN" --alias FKTSA --context ASEAN --context sungai
    """
    here = office(context)
    if (near or exclude) and not alias:
        raise SettingsError("--context and --exclude belong to --alias: a full name counts wherever it stands")
    new = _new(name, identifier, alias, near, exclude, first_edition)
    _show(here, _compare_stored(here, here.watches, _with(here.watches, new)))
    if not yes:
        typer.confirm(f"Add the watch {new.id!r}?", abort=True, err=True)
    add_watch(here.settings.watches, new)
    remark(f"added to {here.settings.watches}; articles are matched with it from the next crawl on")


@group.command()
def test(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A watch, known or new.")],
    name: Annotated[str | None, typer.Option(metavar="NAME", help="A further full name.")] = None,
    alias: Aliases = None,
    near: Context = None,
    exclude: Exclude = None,
    as_json: AsJson = False,
) -> None:
    """Show what a watch, or a change of it, would catch and lose over everything stored. Changes nothing."""
    here = office(context)
    if near and not alias:
        raise SettingsError("--context belongs to --alias: a full name counts wherever it stands")
    old, known = here.watches, here.watches.get(identifier)
    if known is None and name is None:
        raise NotFoundError(f"no watch is called {identifier!r}: give --name to try a new one")
    if known is not None and not (name or alias or exclude):
        diff = _compare_stored(here, _without(old, identifier), old)
    else:
        full = name if name is not None else (known.title if known else identifier)
        change = _new(full, identifier, alias, near, exclude)
        diff = _compare_stored(here, old, _with(old, _merged(known, change, exclude or ())))
    if as_json:
        print_json(diff)
    else:
        _show(here, diff)


def _new(
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


def _with(watches: Watches, new: Watch) -> Watches:
    return Watches((*(watch for watch in watches if watch.id != new.id), new))


def _without(watches: Watches, identifier: str) -> Watches:
    return Watches(tuple(watch for watch in watches if watch.id != identifier))


def _compare_stored(here: Office, old: Watches, new: Watches) -> WatchDiff:
    """Match everything stored, texts rejected for want of a watch too."""
    with progress("matching everything stored") as bar:

        def counted() -> Iterator[StoredArticle]:
            for n, stored in enumerate(here.store.articles.find(ArticleFilter()), 1):
                bar(n)
                yield stored

        return compare(old, new, counted())


def _show(here: Office, diff: WatchDiff) -> None:
    for word, pairs in (("would catch", diff.caught), ("would lose", diff.lost)):
        print_text(f"{word} {len(pairs)} stored article(s)")
        found = [(stored, watch) for identifier, watch in pairs if (stored := here.store.articles.get(identifier))]
        if found:
            rows = [(s.id, watch, s.article.outlet, s.article.headline, s.article.canonical_url) for s, watch in found]
            print_table(("article", "watch", "outlet", "headline", "url"), rows)
