"""`kliping articles`: what is stored, and a person's corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from digests.cli import cycle
from digests.cli.dates import parse_window
from digests.cli.explain import removal_line
from digests.cli.fields import print_article
from digests.cli.judged import review_lines
from digests.cli.office import Office, office
from digests.cli.options import (
    MOST,
    Actor,
    AsJson,
    Limit,
    OnlyLanguage,
    OnlyOutlet,
    OnlyText,
    OnlyWatch,
    Reason,
    Since,
    Until,
)
from digests.cli.output import print_json, print_json_lines, remark
from digests.cli.tables import print_table
from digests.cli.versions import show_versions
from pipeline.errors import NotFoundError, SettingsError
from pipeline.exports import reprinted
from pipeline.exports.jsonl import article_json
from pipeline.model import Disposition, StoredArticle
from pipeline.store.crawl_records import Removal
from pipeline.store.records import ArticleFilter
from pipeline.urls import canonical_url, normalise, outlet_for

group = typer.Typer(no_args_is_help=True, help="What is stored, and a person's corrections.")

DIGITS = 18  # of the largest number that both databases hold

Which = Annotated[str, typer.Argument(metavar="ID|URL", help="An article by number or address.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the decision back.")]


def find_article(here: Office, which: str) -> StoredArticle:
    """The article of that number or address (any variant of it). Raises `NotFoundError`."""
    if which.isascii() and which.isdecimal():
        found = here.store.articles.get(int(which)) if len(which) <= DIGITS else None
    else:
        try:
            url = normalise(which)
        except ValueError:
            raise NotFoundError(f"{which!r} is neither an article's number nor an address") from None
        outlet = outlet_for(url, list(here.loaded.outlets.values()))
        found = here.store.articles.by_url(url) or here.store.articles.by_url(canonical_url(url, outlet))
        if found is None:
            raise NotFoundError(f"no article is stored for {url}; `kliping explain {url}` tells what became of it")
    if found is None:
        raise NotFoundError(f"no article is stored as {which}; `kliping articles list` shows their numbers")
    return found


def check_names(here: Office, *, outlet: str | None, watch: str | None) -> None:
    """Refuse a name that is neither known nor stored: a slip of the pen would else select nothing, in silence."""
    if outlet is not None and not _is_stored(here, ArticleFilter(outlet=outlet, limit=1)):
        here.outlet(outlet)
    known = watch is None or here.watches.get(watch) is not None
    if not known and not _is_stored(here, ArticleFilter(watch=watch, limit=1)):
        raise SettingsError(f"no watch is called {watch!r}; `kliping watches list` shows them all")


def _is_stored(here: Office, wanted: ArticleFilter) -> bool:
    return next(iter(here.store.articles.find(wanted)), None) is not None


@group.command("list")
def list_articles(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    outlet: OnlyOutlet = None,
    watch: OnlyWatch = None,
    tag: Annotated[str | None, typer.Option(metavar="ID", help="Only with this tag, such as flood.")] = None,
    language: OnlyLanguage = None,
    story: Annotated[str | None, typer.Option(metavar="ID", help="Only of this story.")] = None,
    disposition: Annotated[Disposition | None, typer.Option(help="Only with this disposition; default: kept.")] = None,
    text: OnlyText = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List articles, the newest first.

    \b
    Examples:
      kliping articles list --watch mgmac --since 7d
      kliping articles list --text "kota cerdas" --json
      kliping articles list --disposition rejected --since yesterday
    """
    here = office(context)
    zone = here.settings.zone
    first, last = parse_window(since, until, now=here.now, zone=zone)
    check_names(here, outlet=outlet, watch=watch)
    wanted = ArticleFilter(
        since=first, until=last,
        outlet=outlet, watch=watch,
        tag=tag, language=language, story=story, disposition=disposition or Disposition.KEPT, text=text,
        limit=min(limit, MOST),
    )  # fmt: skip
    found = here.store.articles.find(wanted)
    if as_json:
        print_json_lines(article_json(stored, reprinted(here.store, stored)) for stored in found)
        return
    rows = ((s.id, s.article.date_published or s.article.date_published_text, s.article.outlet, s.article.in_language,
             ", ".join(m.id for m in s.article.watches), s.article.headline) for s in found)  # fmt: skip
    print_table(
        ("id", "published", "outlet", "lang", "watches", "headline"),
        rows,
        none="no article matches; `kliping articles list` shows the newest, `kliping status` what is stored",
        zone=zone,
    )


@group.command()
def show(
    context: typer.Context,
    which: Which,
    versions: Annotated[
        bool, typer.Option("--versions", help="List what the outlet published, version by version.")
    ] = False,
    with_diff: Annotated[bool, typer.Option("--diff", help="Show what changed from version to version.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one article whole, each field with where it came from; or its versions."""
    here = office(context)
    stored = find_article(here, which)
    if versions or with_diff:
        show_versions(here.store, stored, with_diff=with_diff, as_json=as_json, zone=here.settings.zone)
        return
    copied = reprinted(here.store, stored)
    if as_json:
        print_json(article_json(stored, copied))
        return
    print_article(stored.article, tuple(_stored_rows(here, stored, copied)))


def _stored_rows(here: Office, stored: StoredArticle, copied: str | None) -> Iterator[tuple[str, object, str]]:
    """What only the store knows of it."""
    when = stored.committed_at.astimezone(here.settings.zone)
    yield "id", stored.id, f"version {stored.version}, stored {when:%Y-%m-%d %H:%M %Z}"
    reason = stored.withheld_reason or stored.rejected_reason
    yield "disposition", stored.disposition, reason or f"`kliping explain {stored.article.canonical_url}`"
    if stored.gone_at:
        gone = stored.gone_at.astimezone(here.settings.zone)
        yield (
            "gone",
            f"since {gone:%Y-%m-%d %H:%M %Z}",
            f"the outlet removed it; `kliping explain {stored.article.url}`",
        )
    if stored.story_id:
        yield "story", stored.story_id, f"`kliping stories show {stored.story_id} --explain`"
    if copied:
        yield "copy of", copied, "step: duplicates"
    for line in review_lines(here, stored):
        yield "review", line, ""
    for n, one in enumerate(here.store.headlines.removed(stored.id), start=1):
        yield f"line {n}", one.text, removal_line(one, stored.id, n)
    for capture in stored.captures:
        yield "capture", capture.record_id, f"{capture.file} at byte {capture.offset}"


@group.command()
def reject(context: typer.Context, which: Which, reason: Reason, by: Actor = None, undo: Undo = False) -> None:
    """Say that an article is not ours: it leaves stories and later editions, and stays stored."""
    _correct(office(context), which, "reject", reason, by, undo)


@group.command()
def withhold(context: typer.Context, which: Which, reason: Reason, by: Actor = None, undo: Undo = False) -> None:
    """Withhold an article: it leaves editions and exports at once; exports state that it is withheld."""
    _correct(office(context), which, "withhold", reason, by, undo)


@group.command()
def restore(
    context: typer.Context,
    which: Which,
    reason: Reason,
    lines: Annotated[
        list[int] | None,
        typer.Option("--line", metavar="N", help="Only this line, as `articles show` numbers them; repeat it.", min=1),
    ] = None,
    by: Actor = None,
    undo: Undo = False,
) -> None:
    """Put back lines that were taken out of a text as headlines of other articles; they stay in every later reading.

    \b
    Examples:
      kliping articles restore 12 --reason "a subhead of the article"
      kliping articles restore 12 --line 2 --reason "a subhead of the article"
      kliping articles restore 12 --line 2 --undo --reason "a related link after all"
    """
    here = office(context)
    stored = find_article(here, which)
    chosen = _lines(here, stored.id, lines, undo=undo)
    keys = [one.key for one in chosen]
    here.store.headlines.restore(stored.id, keys, actor=by or here.actor, reason=reason, undo=undo, now=here.now)
    done = "taken out again" if undo else "put back"
    remark(f"article {stored.id}: {done}: " + "; ".join(f'"{one.text}"' for one in chosen))
    cycle.assemble_stories(here)


def _lines(here: Office, article_id: int, numbers: list[int] | None, *, undo: bool) -> list[Removal]:
    """The lines of these numbers, or all whose turn it is. Raises `NotFoundError`."""
    removed = here.store.headlines.removed(article_id)
    if not removed:
        raise NotFoundError(f"article {article_id}: nothing was taken out of its text")
    if numbers is None:
        chosen = [one for one in removed if one.stands != undo]
    elif max(numbers) <= len(removed):
        chosen = [removed[number - 1] for number in sorted(set(numbers))]
    else:
        raise NotFoundError(f"article {article_id}: has no line {max(numbers)}; it has {len(removed)}")
    if not chosen:
        raise NotFoundError(f"article {article_id}: " + ("no line was put back" if undo else "all lines are put back"))
    return chosen


def _correct(here: Office, which: str, action: str, reason: str, by: str | None, undo: bool) -> None:
    stored = find_article(here, which)
    actor = by or here.actor
    if undo:
        here.store.articles.undo_correction(stored.id, action, actor=actor, now=here.now, reason=reason)
        remark(f"article {stored.id}: {action} taken back")
    else:
        here.store.articles.correct(stored.id, action, reason=reason, actor=actor, now=here.now)
        undoing = f"`kliping articles {action} {stored.id} --undo --reason …` takes it back"
        remark(f"article {stored.id}: {action} recorded for {actor}; {undoing}")
    cycle.assemble_stories(here)
