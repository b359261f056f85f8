"""`kliping stories changes`: what the night made of stories that readers had seen, and what persons decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import typer

from digests.cli import cycle
from digests.cli.dates import parse_window
from digests.cli.decided import document
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Limit, Since, Until
from digests.cli.output import print_json, print_json_lines, print_wrapped, remark
from digests.cli.story_page import change_line, decision_line
from pipeline.decisions import overruled
from pipeline.store import StoryDecision
from pipeline.store.story_records import StoryChange

Event = tuple[datetime, StoryChange | StoryDecision]


def changes(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Tell what became of stories that were seen before: merged, split, moved, decided; the newest first."""
    here = office(context)
    first, last = parse_window(since, until, now=here.now, zone=here.settings.zone)
    found = sorted(_events(here, first, last, min(limit, MOST)), key=lambda one: one[0], reverse=True)
    events = [event for _, event in found[: min(limit, MOST)]]
    if as_json:
        print_json_lines(_document(here, event) for event in events)
        return
    if not events:
        remark("no story has changed; `kliping stories list` shows what there is")
    contradicted = overruled(here.store.decisions.standing())
    for event in events:
        if isinstance(event, StoryChange):
            print_wrapped(change_line(event, here.settings.zone))
        else:
            print_wrapped(decision_line(event, contradicted, here.settings.zone))


def retell(context: typer.Context, as_json: AsJson = False) -> None:
    """Look at the articles of the last fourteen days anew, as is done each night before the edition.

    Stories may be merged, split and keep other articles than before; `stories changes` tells it. Persons' decisions
    hold, and what is older stays as it was told.
    """
    here = office(context)
    done = cycle.retell_stories(here, None)
    if as_json:
        print_json(done)
    elif cycle.changed_line(done) is None:
        remark(f"nothing has changed: {done.articles} articles were looked at")


def _events(here: Office, since: datetime | None, until: datetime | None, limit: int) -> Iterator[Event]:
    yield from ((one.at, one) for one in here.store.stories.changes(since=since, until=until, limit=limit))
    for one in here.store.decisions.list():
        at = one.undone_at or one.at
        if (since is None or at >= since) and (until is None or at < until):
            yield at, one


def _document(here: Office, event: StoryChange | StoryDecision) -> object:
    if isinstance(event, StoryDecision):
        return {"kind": "decision", **document(here, [event])[0]}
    return {
        "kind": "change",
        "id": event.id,
        "at": event.at,
        "actor": event.actor,
        "action": event.action,
        "story": event.story,
        "into": event.into,
        "articles": event.articles,
        "reason": event.reason,
    }
