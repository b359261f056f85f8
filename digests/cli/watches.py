"""`kliping watches`: what the team follows."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_json_lines, print_table, print_text, progress, remark
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import StoredArticle
from pipeline.store.records import ArticleFilter
from pipeline.watches import Alias, Names, Watch, WatchDiff, Watches, add_watch, compare

group = typer.Typer(no_args_is_help=True, help="What the team follows: list, add, test.")

AliasOption = Annotated[
    list[str] | None,
    typer.Option("--alias", help="A further name or abbreviation; repeat it. NAME~WORD counts only near WORD."),
]
ExcludeOption = Annotated[
    list[str] | None, typer.Option("--exclude", help="A word that shows that something else is meant; repeat it.")
]


@group.command("list")
def list_watches(context: typer.Context, as_json: AsJson = False) -> None:
    """List the watches with their names and abbreviations."""
    watches = office(context).watches
    if as_json:
        print_json_lines(watches)
        return
    rows = [
        (
            w.id,
            w.title,
            w.first_edition,
            "; ".join(t for n in w.names for t in n.terms),
            ", ".join(a.text for a in w.aliases),
        )
        for w in watches
    ]
    print_table(("id", "title", "since", "names", "abbreviations"), rows)


@group.command()
def add(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Short name in small letters: u20, citynet.")],
    name: Annotated[str, typer.Option(help="The full name, which is certain wherever it stands.")],
    alias: AliasOption = None,
    exclude: ExcludeOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Add it without being asked.")] = False,
) -> None:
    """Add a watch without an editor: shows first what it catches in everything stored."""
    here = office(context)
    new = _watch(identifier, name, alias or [], exclude or [])
    old = here.watches
    _show(compare_stored(here, old, _with(old, new)), here)
    if not yes:
        typer.confirm(f"Add the watch {identifier!r}?", abort=True, err=True)
    add_watch(here.settings.watches, new)
    remark(f"added to {here.settings.watches}; articles are matched with it from the next crawl on")


@group.command()
def test(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A watch, new or known.")],
    name: Annotated[str | None, typer.Option(help="Its full name; default: as it is.")] = None,
    alias: AliasOption = None,
    exclude: ExcludeOption = None,
    as_json: AsJson = False,
) -> None:
    """Show what a watch, or a change of it, would catch and lose over everything stored. Changes nothing."""
    here = office(context)
    old = here.watches
    known = old.get(identifier)
    if known is None and name is None:
        raise NotFoundError(f"no watch is called {identifier!r}: give it a name with --name to try a new one")
    if known is not None and name is None and not alias and not exclude:
        diff = compare_stored(here, _without(old, identifier), old)
    else:
        diff = compare_stored(here, old, _with(old, _changed(known, identifier, name, alias or [], exclude or [])))
    if as_json:
        print_json(diff)
    else:
        _show(diff, here)


def _watch(identifier: str, name: str, aliases: list[str], exclude: list[str]) -> Watch:
    made = tuple(_alias(text, exclude) for text in aliases)
    return Watch(id=identifier, title=name, names=(Names("any", (name,)),), aliases=made)


def _changed(known: Watch | None, identifier: str, name: str | None, aliases: list[str], exclude: list[str]) -> Watch:
    if known is None:
        return _watch(identifier, name or identifier, aliases, exclude)
    names = known.names if name is None else (*known.names, Names("any", (name,)))
    kept = tuple(dataclasses.replace(alias, exclude=(*alias.exclude, *exclude)) for alias in known.aliases)
    return dataclasses.replace(known, names=names, aliases=(*kept, *(_alias(text, exclude) for text in aliases)))


def _alias(text: str, exclude: list[str]) -> Alias:
    term, _, word = text.partition("~")
    if not term.strip():
        raise SettingsError(f"--alias {text!r}: write NAME or NAME~WORD")
    context = (word.strip(),) if word.strip() else ()
    return Alias(text=term.strip(), exact_case=term.strip().isupper(), context=context, exclude=tuple(exclude))


def _with(watches: Watches, new: Watch) -> Watches:
    return Watches((*(watch for watch in watches if watch.id != new.id), new))


def _without(watches: Watches, identifier: str) -> Watches:
    return Watches(tuple(watch for watch in watches if watch.id != identifier))


def compare_stored(here: Office, old: Watches, new: Watches) -> WatchDiff:
    """Match everything stored, texts rejected for want of a watch too."""
    with progress("matching everything stored") as bar:

        def counted() -> list[StoredArticle]:
            found = []
            for n, stored in enumerate(here.store.articles.find(ArticleFilter(in_scope=None)), 1):
                found.append(stored)
                bar(n)
            return found

        return compare(old, new, counted())


def _show(diff: WatchDiff, here: Office) -> None:
    for word, pairs in (("would catch", diff.caught), ("would lose", diff.lost)):
        print_text(f"{word} {len(pairs)} stored article(s)")
        found = [(stored, watch) for identifier, watch in pairs if (stored := here.store.articles.get(identifier))]
        if found:
            rows = [(s.id, watch, s.article.outlet, s.article.headline, s.article.canonical_url) for s, watch in found]
            print_table(("article", "watch", "outlet", "headline", "url"), rows)
