"""The command tree."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from digests.cli import (
    alerts,
    articles,
    bounces,
    checks,
    crawl,
    demo,
    digest,
    dossiers,
    evaluate,
    explain,
    export,
    inspect,
    outlets,
    people,
    quotes,
    rebuild,
    review,
    schedule,
    serve,
    status,
    stories,
    subscribers,
    toned,
    watches,
)
from digests.cli.office import Office

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Watch newsrooms for the forums where ASEAN's cities meet, keep the evidence, mail one honest digest a day.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kliping {installed_version('kliping')}")
        raise typer.Exit


Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Where everything lives; default: KLIPING_HOME, then ./var."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


@app.callback()
def root(context: typer.Context, home: Home = None, debug: Debug = False, version: Version = False) -> None:
    """Open the office that every command works in, and close it when the command is done."""
    del debug, version  # entry.py reads the one, its callback answers the other
    context.obj = Office(home)
    context.call_on_close(context.obj.close)


app.command("demo", short_help="The main job on a bundled newsroom, start to finish.")(demo.demo)
app.command("run")(crawl.run)
app.command("crawl")(crawl.crawl)
app.command("rebuild", short_help="What crawls left, anew from an archive alone.")(rebuild.rebuild)
app.command("inspect", short_help="What extraction makes of one page.")(inspect.inspect)
app.command("explain", short_help="The trail of one URL.")(explain.explain)
app.command("export", short_help="Articles as JSON Lines, CSV or WARC.")(export.export)
app.command("quotes", short_help="Who said what, in which words, where.")(quotes.quotes)
app.command("status", short_help="The state at a glance.")(status.status)
app.command("doctor", short_help="What is wrong with the set-up, and what to do.")(checks.doctor)
app.command("evaluate", short_help="Quality on labelled data.")(evaluate.evaluate)
app.command("schedule", short_help="What will happen when, and what happened.")(schedule.schedule)
app.command("serve", short_help="Crawl at intervals, digest at its hour.")(serve.serve)
app.add_typer(outlets.group, name="outlets")
app.add_typer(watches.group, name="watches")
articles.group.command("tone")(toned.tone)
app.add_typer(articles.group, name="articles")
app.add_typer(review.group, name="review")
app.add_typer(stories.group, name="stories")
app.add_typer(people.group, name="people")
app.add_typer(dossiers.group, name="dossiers")
app.add_typer(digest.group, name="digest")
app.add_typer(alerts.group, name="alerts")
app.add_typer(subscribers.group, name="subscribers")
app.add_typer(bounces.group, name="bounces")
