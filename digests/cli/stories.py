"""`kliping stories`: which articles tell one event, and why; and a person's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from digests.cli import decided, deciding, retold, why
from digests.cli.articles import check_names
from digests.cli.dates import parse_window
from digests.cli.lookup import find_story, first_of
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Limit, OnlyLanguage, OnlyOutlet, OnlyText, OnlyWatch, Since, Until
from digests.cli.output import print_json, print_json_lines, print_text, print_wrapped
from digests.cli.story_page import document, page, print_page, reason_line
from digests.cli.tables import print_table
from pipeline.errors import SettingsError
from pipeline.model import StoredArticle, Story
from pipeline.store.records import ArticleFilter

NEWEST = 50  # stories listed, when nothing else is asked

group = typer.Typer(
    invoke_without_command=True,
    no_args_is_help=True,
    help="One event, one story: list, show, explain, changes, retell; split, merge, pin.",
)

Explain = Annotated[bool, typer.Option("--explain", help="Say in words why each article is in it.")]


@group.callback()
def stories(
    context: typer.Context,
    explain: Explain = False,
    since: Since = None,
    until: Until = None,
    limit: Limit = NEWEST,
    as_json: AsJson = False,
) -> None:
    """With --explain: list the stories, and why the articles of each are together."""
    given = explain or since or until or as_json or limit != NEWEST
    if context.invoked_subcommand is not None:
        if given:
            raise SettingsError(f"write options behind the command: kliping stories {context.invoked_subcommand} …")
        return
    here = office(context)
    first, last = parse_window(since, until, now=here.now, zone=here.settings.zone)
    found = here.store.story_lists.find(ArticleFilter(since=first, until=last, limit=min(limit, MOST)))
    _print_list(here, found, explain=explain, as_json=as_json)


@group.command("list")
def list_stories(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    outlet: OnlyOutlet = None,
    watch: OnlyWatch = None,
    language: OnlyLanguage = None,
    text: OnlyText = None,
    limit: Limit = NEWEST,
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    """List the stories, the newest first. One article has to meet all conditions; the story is shown whole.

    \b
    Examples:
      kliping stories list --watch mgmac --since 7d
      kliping stories list --text "kota cerdas" --explain
    """
    here = office(context)
    first, last = parse_window(since, until, now=here.now, zone=here.settings.zone)
    check_names(here, outlet=outlet, watch=watch)
    wanted = ArticleFilter(
        since=first, until=last, outlet=outlet, watch=watch, language=language, text=text, limit=min(limit, MOST)
    )
    _print_list(here, here.store.story_lists.find(wanted), explain=explain, as_json=as_json)


@group.command()
def show(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A story, as `stories list` shows it.")],
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    """Show one story: its articles, who had it first, who reprints whom, what it continues, its history.

    `--explain` says why each article is in it, and which sentences reprints added (+), cut (-) or changed (< to >).
    """
    here = office(context)
    story = find_story(here, identifier)
    told = page(here, story)
    if as_json:
        print_json(document(here, told, identifier))
    else:
        print_page(told, here.store.decisions.standing(), here.settings.zone, explain=explain)


group.command("explain")(why.explain)
group.command("changes")(retold.changes)
group.command("retell")(retold.retell)
group.command("split")(deciding.split)
group.command("merge")(deciding.merge)
group.command("pin")(deciding.pin)
group.command("unpin")(deciding.unpin)
group.command("undo")(deciding.undo)
group.command("decisions")(decided.decisions)


def _print_list(here: Office, found: Sequence[Story], *, explain: bool, as_json: bool) -> None:
    numbers = [member.article_id for story in found for member in story.members]
    articles = {stored.id: stored for stored in here.store.articles.many(numbers)}
    rows = [_row(story, articles) for story in found]
    if as_json:
        told = ([{"article_id": m.article_id, "reason": m.reason} for m in story.members] for story in found)
        print_json_lines({**row, "why": why} if explain else row for row, why in zip(rows, told, strict=True))
    elif explain and found:
        for story, row in zip(found, rows, strict=True):
            print_text(f"story {story.id}: {row['headline']}")
            for member in story.members:
                print_wrapped(f"  {reason_line(member, articles)}")
    else:
        shown = ("id", "date_published", "articles", "outlets", "first", "continues", "headline")
        print_table(
            ("id", "published", "articles", "outlets", "first", "continues", "headline"),
            ([row[name] for name in shown] for row in rows),
            zone=here.settings.zone,
            last_below=True,
            none="no such story; `kliping crawl` makes them of what it keeps",
        )


def _row(story: Story, articles: dict[int, StoredArticle]) -> dict[str, object]:
    members = [articles[m.article_id] for m in story.members if m.article_id in articles]
    first = articles.get(first_of(story))
    return {
        "id": story.id,
        "headline": first.article.headline if first else None,
        "first": first.article.outlet if first and story.origin is not None else None,
        "date_published": first.article.date_published if first else None,
        "articles": len(members),
        "outlets": len({m.article.outlet for m in members}),
        "languages": sorted({m.article.in_language for m in members if m.article.in_language}),
        "continues": story.continues,
    }
