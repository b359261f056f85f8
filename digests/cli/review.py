"""`kliping review`: what is possibly ours, and a person's yes or no, which becomes a labelled case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from digests.cli import cycle
from digests.cli.articles import Which, find_article
from digests.cli.judged import case_document, judgement_document, told
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, OptionalReason, Reason
from digests.cli.output import print_json, print_json_lines, print_text, remark
from pipeline.errors import KlipingError, SettingsError
from pipeline.evaluate.json_lines import write_lines
from pipeline.model import StoredArticle, WatchMatch
from pipeline.reviews import doubt, snippet
from pipeline.store.records import CorrectionAction
from pipeline.store.review_records import Doubt

group = typer.Typer(no_args_is_help=True, help="What is possibly ours: a person's yes or no.")

HANDFUL = 5  # texts that a person is asked about in a day
_SNIPPETS = 3  # of each watch in the list; `show` has all
_WATCH = re.compile(r"([a-z0-9][a-z0-9-]{0,62})(?:=(\d{4}))?")

Several = Annotated[list[str], typer.Argument(metavar="ID|URL…", help="Articles by number or address.")]


@group.command("list")
def list_waiting(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Show everything that waits.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", help="At most so many, those most likely ours first.", min=1)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is possibly ours: five a day at most, those first for which most speaks.

    \b
    Examples:
      kliping review list
      kliping review list --all --json
    """
    here = office(context)
    most = None if everything else _left_today(here) if limit is None else min(limit, MOST)
    found = here.store.reviews.waiting(most) if most != 0 else []
    if as_json:
        print_json_lines(_document(one.stored, one.score) for one in found)
    else:
        _print_list(found)
    _say_what_is_left(here, len(found))


@group.command()
def show(context: typer.Context, which: Which, as_json: AsJson = False) -> None:
    """Show a text that waits, or was judged: why it is doubtful, with the words that say so, and what persons said."""
    here = office(context)
    stored = find_article(here, which)
    judged = here.store.reviews.of_article(stored.id)
    if as_json:
        document = _document(stored, doubt(stored.article))
        document |= {"disposition": stored.disposition, "judged": [judgement_document(one) for one in judged]}
        print_json(document | {"article_body": stored.article.article_body})
        return
    for line in (*_told(stored, every=True), f"  {stored.disposition}"):
        print_text(line)
    for one in judged:
        print_text(f"  {told(one, here.settings.zone)}")
    for paragraph in stored.article.article_body:
        print_text(f"\n{paragraph}")


@group.command()
def yes(
    context: typer.Context,
    which: Several,
    reason: Reason,
    watch: Annotated[
        list[str] | None,
        typer.Option(
            "--watch", metavar="ID[=YEAR]", help="Which watch it is about, and which edition of it; again and again."
        ),
    ] = None,
    by: Actor = None,
) -> None:
    """Say that a text is ours: it comes into scope, stories and the next edition, whatever later readings say.

    Without --watch it is about the one watch that it is possibly about. Any stored text can be put under a watch so.

    \b
    Examples:
      kliping review yes 12 --reason "governors of three capitals meet"
      kliping review yes 12 15 --watch mgmac=2023 --reason "its side event"
    """
    here = office(context)
    chosen = _watches(here, watch or ())
    articles = [find_article(here, one) for one in which]
    accepted = {stored.id: chosen or _only_one(stored) for stored in articles}
    for stored in articles:
        watches, actor = accepted[stored.id], by or here.actor
        here.store.reviews.accept(stored.id, watches, reason=reason, actor=actor, now=here.now)
        names = ", ".join(name if year is None else f"{name} {year}" for name, year in watches.items())
        remark(f"article {stored.id}: ours ({names}), says {actor}; `kliping review undo {stored.id}` takes it back")
    cycle.assemble_stories(here)


@group.command()
def no(context: typer.Context, which: Several, reason: Reason, by: Actor = None) -> None:
    """Say that a text is not ours: nobody is asked about it again, whatever later readings say."""
    here = office(context)
    actor = by or here.actor
    articles = [find_article(here, one) for one in which]
    for stored in articles:
        here.store.reviews.decline(stored.id, reason=reason, actor=actor, now=here.now)
        remark(f"article {stored.id}: not ours, says {actor}; `kliping review undo {stored.id}` takes it back")
    if any(stored.story_id for stored in articles):
        cycle.assemble_stories(here)


@group.command()
def undo(context: typer.Context, which: Which, reason: OptionalReason = None, by: Actor = None) -> None:
    """Take the last yes or no back: an earlier word counts again, else what our code says."""
    here = office(context)
    stored = find_article(here, which)
    undone = here.store.reviews.undo(stored.id, actor=by or here.actor, reason=reason, now=here.now)
    word = "yes" if undone.action is CorrectionAction.ACCEPT else "no"
    now = find_article(here, str(stored.id))
    waits = "; it waits again" if doubt(now.article) is not None and now.rejected_reason is None else ""
    remark(f"article {stored.id}: the {word} of {undone.actor} is taken back; it is {now.disposition}{waits}")
    cycle.assemble_stories(here)


@group.command()
def export(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here; default: standard output.")
    ] = None,
) -> None:
    """Write what persons judged as labelled cases, JSON Lines, which `kliping evaluate watches FILE` reads too.

    Full texts of outlets are in it: it is for use inside the house. What is withheld is left out.
    """
    here = office(context)
    judged = here.store.reviews.judged()
    open_ones = [one for one in judged if not one.hidden]
    documents = [case_document(one) for one in open_ones]
    if output is None:
        print_json_lines(documents)
    else:
        write_lines(output, documents)
    left = len(judged) - len(open_ones)
    remark(f"{len(documents)} labelled case(s)" + (f"; {left} withheld left out" if left else ""))


def _left_today(here: Office) -> int:
    """How many of today's handful are still to be asked about."""
    day = here.now.astimezone(here.settings.zone).date()
    since = datetime.combine(day, time(), here.settings.zone)
    return max(HANDFUL - here.store.reviews.answered(since), 0)


def _say_what_is_left(here: Office, shown: int) -> None:
    left = here.store.reviews.count() - shown
    if left > 0 and not shown:
        remark(f"today's {HANDFUL} are judged; {left} more wait: `kliping review list --all` shows them")
    elif left > 0:
        remark(f"{left} more wait: `kliping review list --all` shows them")
    elif not shown:
        remark("nothing waits for a review")


def _print_list(found: list[Doubt]) -> None:
    for one in found:
        for line in _told(one.stored):
            print_text(line)
        print_text("")
    if found:
        first = found[0].stored.id
        remark(f"`kliping review yes {first} --reason …` or `no`; `kliping review show {first}` has the whole text")


def _told(stored: StoredArticle, *, every: bool = False) -> Iterator[str]:
    """What a person needs to decide: headline, outlet, link, then each watch with the words that speak for it."""
    article = stored.article
    when = article.date_published.date().isoformat() if article.date_published else "no date"
    yield f"{stored.id}  {article.headline or 'without a headline'}"
    yield f"  {article.outlet or 'no outlet'}, {when}, {article.canonical_url}"
    for match, word in (*((m, "possibly") for m in article.possible), *((m, "ours:") for m in article.watches)):
        edition = f" {match.edition}" if match.edition else ""
        yield f"  {word} {match.id}{edition}: {match.reason}"
        shown = match.evidence if every else match.evidence[:_SNIPPETS]
        yield from (f"    {one.field}: {snippet(article, one)}" for one in shown)


def _document(stored: StoredArticle, score: float | None) -> dict[str, object]:
    article = stored.article
    return {
        "id": stored.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "date_published": article.date_published,
        "url": article.canonical_url,
        "score": score,
        "watches": [_match(stored, match) for match in article.watches],
        "possible": [_match(stored, match) for match in article.possible],
    }


def _match(stored: StoredArticle, match: WatchMatch) -> dict[str, object]:
    shown = [{"field": one.field, "rule": one.rule, "text": snippet(stored.article, one)} for one in match.evidence]
    return {"id": match.id, "edition": match.edition, "reason": match.reason, "evidence": shown}


def _watches(here: Office, given: list[str] | tuple[str, ...]) -> dict[str, int | None]:
    """{watch: edition} of `--watch`. Raises `SettingsError` for what is none."""
    chosen: dict[str, int | None] = {}
    for word in given:
        parts = _WATCH.fullmatch(word)
        if parts is None or here.watches.get(parts[1]) is None:
            raise SettingsError(f"--watch {word!r}: no watch is called so; `kliping watches list` shows them all")
        chosen[parts[1]] = int(parts[2]) if parts[2] else None
    return chosen


def _only_one(stored: StoredArticle) -> Mapping[str, int | None]:
    """The one watch it is possibly about. Raises `KlipingError` where there is none, or several."""
    names = [match.id for match in stored.article.possible]
    if len(names) == 1:
        return {names[0]: stored.article.possible[0].edition}
    if names:
        choice = " or ".join(f"--watch {name}" for name in names)
        raise SettingsError(f"article {stored.id}: is possibly about {len(names)} watches; say which: {choice}")
    if stored.article.watches:
        about = ", ".join(match.id for match in stored.article.watches)
        raise KlipingError(f"article {stored.id}: is ours already ({about}); --watch ID puts it under a further one")
    raise SettingsError(f"article {stored.id}: does not wait for a review; --watch ID says under which watch it comes")
