"""`kliping dossiers`: all that is kept on one event, and persons' notes, closings and days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli import dossier_words
from digests.cli.events import DossierName, Events, find_event, open_events
from digests.cli.office import Office, office
from digests.cli.options import AsJson, Language, OnlyWatch
from digests.cli.output import print_json_lines, print_text, progress, remark
from digests.cli.tables import print_table
from digests.plain import one_line
from pipeline.covered import Gap, gaps
from pipeline.dossiers import Dossier, Event, Material, OutletFacts, compose
from pipeline.errors import ExportError, SettingsError
from pipeline.model import StoredArticle
from pipeline.store.dossiers import DossierAction, OpenedDossier

_BATCH = 200  # articles read at a time
_BEFORE, _AFTER = timedelta(days=800), timedelta(days=400)  # from which other articles of the watch bear on an event

group = typer.Typer(no_args_is_help=True, help="One event, one dossier: list, show; note, close, reopen, days, undo.")

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file; default: standard output.")
]


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class _Composed:
    """A dossier with what is shown beside it."""

    dossier: Dossier
    opened: OpenedDossier | None
    late: int  # articles that came after it was closed
    titles: dict[str, str]  # of outlets and watches


@group.command("list")
def list_dossiers(context: typer.Context, watch: OnlyWatch = None, as_json: AsJson = False) -> None:
    """List the dossiers, the latest event first. One opens by itself once an article of its event is kept."""
    here = office(context)
    known = open_events(here)
    rows = _rows(known, watch)
    if as_json:
        print_json_lines(rows)
        return
    shown = ("id", "articles", "first", "last", "state", "notes")
    print_table(
        ("id", "articles", "first", "last", "state", "notes"),
        ([row[name] for name in shown] for row in rows),
        zone=here.settings.zone,
        none="no dossier yet; one opens once an article of an event is kept",
    )
    loose = len({match.article_id for match in known.loose if watch is None or match.watch == watch})
    if loose:
        remark(f"{loose} article(s) match a forum, but say no year and stand near no event: they are in no dossier")


def _rows(known: Events, watch: str | None) -> list[dict[str, object]]:
    """The latest event first; at the end those whose articles are no longer in scope, or in another dossier by now."""
    events = [event for event in known.events if watch is None or event.watch == watch]
    here = {event.id for event in known.events}
    left = [one for name, one in known.opened.items() if name not in here and watch in (None, one.watch)]
    ordered = sorted(events, key=lambda one: (one.last, one.id), reverse=True)
    return [*(_row(known.opened[event.id], event) for event in ordered), *(_row(one, None) for one in left)]


def _row(opened: OpenedDossier, event: Event | None) -> dict[str, object]:
    notes = sum(one.stands and one.action is DossierAction.NOTE for one in opened.decisions)
    state = "closed" if opened.closed else "open"
    return {
        "id": opened.id,
        "watch": opened.watch,
        "edition": opened.edition,
        "articles": len(event.articles) if event else 0,
        "first": event.first if event else None,
        "last": event.last if event else None,
        "state": state if event else "empty",
        "notes": notes,
        "opened_at": opened.opened_at,
    }


@group.command()
def show(
    context: typer.Context,
    name: DossierName,
    form: Annotated[Form | None, typer.Option("--format", help="text, json or html; default: text.")] = None,
    language: Language = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Show a dossier: phases, disputed facts, timeline, firsts, quotes, outlets, and what was not covered.

    \b
    Examples:
      kliping dossiers show mgmac-2023
      kliping dossiers show mgmac-2023 --format html --language en -o mgmac-2023.html
    """
    if as_json and form not in (None, Form.JSON):
        raise SettingsError(f"--json and --format {form}: give one of them")
    here = office(context)
    known = open_events(here)
    composed = _compose(here, known, find_event(known, name))
    chosen = Form.JSON if as_json else form or Form.TEXT
    _write(_rendered(here, composed, chosen, language or here.settings.digest.language), output)


def _rendered(here: Office, composed: _Composed, form: Form, language: str) -> bytes:
    from digests.dossiers import as_html, as_json, as_text, view

    if form is Form.JSON:
        return as_json(composed.dossier, composed.opened, composed.late)
    shown = view(
        composed.dossier,
        composed.opened,
        composed.titles,
        language=language,
        timezone=here.settings.zone.key,
        late=composed.late,
        made=here.now,
    )
    return as_html(shown) if form is Form.HTML else as_text(shown).encode("utf-8", "replace")


def _compose(here: Office, known: Events, event: Event) -> _Composed:
    """Read the articles of the event and of the watch, compose, and ask the runs what was not covered."""
    begin, end = event.first - _BEFORE, event.last + _AFTER
    near = {match.article_id for match in known.matches if match.watch == event.watch and begin <= match.day <= end}
    numbers = sorted(near.union(event.articles))
    opened = known.opened.get(event.id)
    facts = {
        name: OutletFacts(one.title, one.country, one.ownership == "owned") for name, one in here.loaded.outlets.items()
    }
    with progress(f"composing {event.id}") as bar:
        articles = {one.id: one for one in _read(here, numbers, bar)}
        mine = tuple(articles[number] for number in event.articles if number in articles)
        material = Material(
            event=event,
            articles=mine,
            background=tuple(one for number, one in articles.items() if number not in set(event.articles)),
            outlets=facts,
            watches=here.watches,
            zone=here.settings.zone,
            fixed=opened.fixed if opened else None,
            others=known.events,
        )
        dossier = compose(material, bar)
    closed = opened.closed if opened else None
    late = here.store.dossiers.arrived(event.articles, closed.at) if closed else 0
    titles = {name: one_line(one.title) or name for name, one in facts.items()}
    titles |= {watch.id: watch.title for watch in here.watches}
    return _Composed(replace(dossier, gaps=_missing(here, dossier)), opened, late, titles)


def _read(here: Office, numbers: list[int], bar: Callable[[int, int], None]) -> Iterator[StoredArticle]:
    for start in range(0, len(numbers), _BATCH):
        yield from here.store.articles.many(numbers[start : start + _BATCH])
        bar(min(start + _BATCH, len(numbers)), len(numbers))


def _missing(here: Office, dossier: Dossier) -> tuple[Gap, ...]:
    """What was not covered of the days of the dossier, of the outlets that are watched; tomorrow is no gap."""
    if dossier.since is None or dossier.until is None:
        return ()
    zone = here.settings.zone
    last = min(dossier.until, here.now.astimezone(zone).date())
    begin = datetime.combine(dossier.since - timedelta(days=1), time(), zone)
    crawled = here.store.runs.crawled(begin, datetime.combine(last + timedelta(days=2), time(), zone))
    return gaps(list(here.enabled), crawled, dossier.since, last, zone)


group.command("note")(dossier_words.note)
group.command("close")(dossier_words.close)
group.command("reopen")(dossier_words.reopen)
group.command("days")(dossier_words.days)
group.command("undo")(dossier_words.undo)


def _write(body: bytes, output: Path | None) -> None:
    """Raises `ExportError` where the file cannot be written."""
    if output is None:
        print_text(body.decode())
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written: {error.strerror}; name another file with -o") from None
    remark(f"written to {output}")
