"""`kliping stories decisions`: what persons decided on stories, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from digests.cli import rulings
from digests.cli.lookup import find_story
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Limit
from digests.cli.output import print_json_lines
from digests.cli.tables import print_table
from pipeline.decisions import overruled
from pipeline.store import StoryDecision


def decisions(
    context: typer.Context,
    story: Annotated[str | None, typer.Option(metavar="ID", help="Only on articles of this story.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List who decided what on stories, when and why, and whether it stands, was undone or is overruled."""
    here = office(context)
    found = _decisions(here, story, min(limit, MOST))
    if as_json:
        print_json_lines(document(here, found))
        return
    contradicted = overruled(here.store.decisions.standing())
    print_table(
        ("id", "when", "who", "decided", "state", "why"),
        [(d.id, d.at, d.actor, rulings.told(d), rulings.state(d, contradicted), d.reason) for d in found],
        zone=here.settings.zone,
        none="nobody has decided on stories; `kliping stories split|merge|pin` do",
        last_below=True,
    )


def document(here: Office, found: Iterable[StoryDecision]) -> list[dict[str, object]]:
    """Decisions as JSON values."""
    contradicted = overruled(here.store.decisions.standing())
    return [
        {
            "id": one.id,
            "action": one.action,
            "groups": one.groups,
            "stories": one.stories,
            "words": rulings.told(one),
            "state": rulings.state(one, contradicted),
            "actor": one.actor,
            "reason": one.reason,
            "at": one.at,
            "undone_at": one.undone_at,
            "undone_by": one.undone_by,
            "undone_reason": one.undone_reason,
        }
        for one in found
    ]


def _decisions(here: Office, story: str | None, limit: int) -> Sequence[StoryDecision]:
    if story is None:
        return here.store.decisions.list(limit)
    members = [member.article_id for member in find_story(here, story).members]
    return here.store.decisions.of_articles(members)[::-1][:limit]
