"""`kliping stories`: which articles tell one event, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from digests.cli.dates import parse_window
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Since, Until
from digests.cli.output import print_json, print_json_lines, print_text
from digests.cli.tables import print_table
from pipeline.errors import NotFoundError
from pipeline.model import StoredArticle, Story

group = typer.Typer(no_args_is_help=True, help="One event, one story: list, show.")


def _members(here: Office, story: Story) -> list[StoredArticle]:
    found = (here.store.articles.get(member.article_id) for member in story.members)
    return [stored for stored in found if stored is not None]


def _row(here: Office, story: Story) -> dict[str, object]:
    members = _members(here, story)
    first = next((m for m in members if m.id == story.origin), members[0] if members else None)
    return {
        "id": story.id,
        "headline": first.article.headline if first else None,
        "first": first.article.outlet if first else None,
        "date_published": first.article.date_published if first else None,
        "articles": len(members),
        "outlets": len({m.article.outlet for m in members}),
        "continues": story.continues,
    }


@group.command("list")
def list_stories(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(metavar="N", help="At most so many, the newest first.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """List the stories, the newest first."""
    here = office(context)
    zone = here.settings.zone
    first, last = parse_window(since, until, now=here.now, zone=zone)
    found = here.store.stories.list(since=first, until=last, limit=min(limit, MOST))
    rows = [_row(here, story) for story in found]
    if as_json:
        print_json_lines(rows)
    else:
        names = ("id", "headline", "first", "published", "articles", "outlets", "continues")
        print_table(
            names,
            (list(row.values()) for row in rows),
            zone=zone,
            none="no story; `kliping crawl` makes them of what it keeps",
        )


@group.command()
def show(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A story, as `stories list` shows it.")],
    explain: Annotated[bool, typer.Option("--explain", help="Say in words why each article is in it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one story: its articles, who had it first, who reprints whom."""
    here = office(context)
    story = here.store.stories.get(identifier)
    if story is None:
        raise NotFoundError(f"no story is called {identifier!r}; `kliping stories list` shows them")
    if as_json:
        print_json(story)
        return
    print_text(f"story {story.id}" + (f", continues {story.continues}" if story.continues else ""))
    stored = {found.id: found for found in _members(here, story)}
    rows = [
        (
            m.article_id,
            m.role,
            stored[m.article_id].article.outlet,
            stored[m.article_id].article.date_published,
            stored[m.article_id].article.headline,
        )
        for m in story.members
        if m.article_id in stored
    ]
    print_table(("article", "part", "outlet", "published", "headline"), rows, zone=here.settings.zone)
    if explain:
        print_text("")
        for member in story.members:
            print_text(f"{member.article_id}: {member.reason}")
