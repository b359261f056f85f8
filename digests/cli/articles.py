"""`kliping articles`: what is stored, and a person's corrections."""

from __future__ import annotations

from typing import Annotated

import typer

from digests.cli.dates import parse_since, parse_until
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson, Reason, Since, Until
from digests.cli.output import print_json, print_json_lines, print_table, print_text, remark
from pipeline.errors import NotFoundError
from pipeline.exports import reprinted
from pipeline.exports.jsonl import article_json
from pipeline.model import Disposition, StoredArticle
from pipeline.store.records import ArticleFilter
from pipeline.urls import canonical_url, normalise, outlet_for

group = typer.Typer(
    no_args_is_help=True, help="What is stored: list, show; and a person's corrections: reject, withhold."
)

Which = Annotated[str, typer.Argument(metavar="ID|URL", help="An article by number or address.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the decision back.")]


def find_article(here: Office, which: str) -> StoredArticle:
    """The article of that number or address (any variant of it). Raises `NotFoundError`."""
    if which.isdigit():
        found = here.store.articles.get(int(which))
    else:
        try:
            url = normalise(which)
        except ValueError:
            raise NotFoundError(f"{which!r} is neither an article's number nor an address") from None
        outlet = outlet_for(url, list(here.loaded.outlets.values()))
        found = here.store.articles.by_url(url) or here.store.articles.by_url(canonical_url(url, outlet))
    if found is None:
        raise NotFoundError(
            f"no article is stored for {which}; `kliping explain {which}` tells what became of an address"
        )
    return found


@group.command("list")
def list_articles(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    watch: Annotated[str | None, typer.Option(help="Only what matches this watch.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    language: Annotated[str | None, typer.Option(help="Only in this language: id, en, ms …")] = None,
    story: Annotated[str | None, typer.Option(help="Only of this story.")] = None,
    disposition: Annotated[Disposition | None, typer.Option(help="Only with this disposition; default: kept.")] = None,
    text: Annotated[str | None, typer.Option(help="Only where headline or body contain these words.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many, the newest first.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """List articles, the newest first."""
    here = office(context)
    zone = here.settings.zone
    wanted = ArticleFilter(
        since=parse_since(since, now=here.now, zone=zone), until=parse_until(until, now=here.now, zone=zone),
        outlet=outlet, watch=watch,
        tag=tag, language=language, story=story, disposition=disposition or Disposition.KEPT, text=text, limit=limit,
    )  # fmt: skip
    found = here.store.articles.find(wanted)
    if as_json:
        print_json_lines(article_json(stored, reprinted(here.store, stored)) for stored in found)
        return
    rows = ((s.id, s.article.date_published or s.article.date_published_text, s.article.outlet, s.article.in_language,
             ", ".join(m.id for m in s.article.watches), s.article.headline) for s in found)  # fmt: skip
    print_table(("id", "published", "outlet", "lang", "watches", "headline"), rows, zone=here.settings.zone)


@group.command()
def show(context: typer.Context, which: Which, as_json: AsJson = False) -> None:
    """Show one article whole, with where each field came from."""
    here = office(context)
    stored = find_article(here, which)
    document = article_json(stored, reprinted(here.store, stored))
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        if value not in (None, [], {}) and name not in {"article_body", "provenance"}:
            print_text(f"{name}: {value}")
    print_text("\n" + "\n\n".join(stored.article.article_body))


@group.command()
def reject(context: typer.Context, which: Which, reason: Reason, by: Actor = None, undo: Undo = False) -> None:
    """Say that an article is not ours: it leaves stories and later editions, and stays stored."""
    _correct(office(context), which, "reject", reason, by, undo)


@group.command()
def withhold(context: typer.Context, which: Which, reason: Reason, by: Actor = None, undo: Undo = False) -> None:
    """Withhold an article: it leaves editions and exports at once; exports state that it is withheld."""
    _correct(office(context), which, "withhold", reason, by, undo)


def _correct(here: Office, which: str, action: str, reason: str, by: str | None, undo: bool) -> None:
    stored = find_article(here, which)
    actor = by or here.actor
    if undo:
        here.store.articles.undo_correction(stored.id, action, actor=actor, now=here.now)
        remark(f"article {stored.id}: {action} taken back")
        return
    here.store.articles.correct(stored.id, action, reason=reason, actor=actor, now=here.now)
    undoing = f"`kliping articles {action} {stored.id} --undo --reason …` takes it back"
    remark(f"article {stored.id}: {action} recorded for {actor}; {undoing}")
