"""`kliping review`: what is possibly ours, and a person's yes or no, which becomes a labelled case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from digests.cli import cycle
from digests.cli.articles import Which, find_article
from digests.cli.doubts import asked_document, document, print_list, told_lines
from digests.cli.judged import case_document, judgement_document, told
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, OptionalReason, Reason
from digests.cli.output import print_json, print_json_lines, print_text, remark
from pipeline.errors import KlipingError, SettingsError
from pipeline.evaluate.json_lines import write_lines
from pipeline.model import StoredArticle
from pipeline.reviews import doubt, one_text
from pipeline.store.records import CorrectionAction
from pipeline.store.review_records import Doubt

group = typer.Typer(no_args_is_help=True, help="What is possibly ours: a person's yes or no.")

HANDFUL = 5  # texts that a person is asked about in a day
_LOOKED_AT = 200  # texts among which reprints of one are found, the likeliest ours
_WATCH = re.compile(r"([a-z0-9][a-z0-9-]{0,62})(?:=(\d{4}))?")

Several = Annotated[list[str], typer.Argument(metavar="ID|URL…", help="Articles by number or address.")]

Copies = Annotated[bool, typer.Option("--copies", help="Of its reprints that wait too, as the list shows them.")]


@group.command("list")
def list_waiting(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Show everything that waits.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", help="At most so many, those most likely ours first.", min=1)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is possibly ours: five a day at most, those first for which most speaks; reprints with their text.

    \b
    Examples:
      kliping review list
      kliping review list --all --json
    """
    here = office(context)
    most = MOST if everything else _left_today(here) if limit is None else min(limit, MOST)
    found = _groups(here.store.reviews.waiting(None if everything else max(most, _LOOKED_AT)))[:most] if most else []
    if as_json:
        print_json_lines(asked_document(one, copies) for one, *copies in found)
    else:
        print_list(found)
    _say_what_is_left(here, sum(map(len, found)))


@group.command()
def show(context: typer.Context, which: Which, as_json: AsJson = False) -> None:
    """Show a text that waits, or was judged: why it is doubtful, with the words that say so, and what persons said."""
    here = office(context)
    stored = find_article(here, which)
    judged = here.store.reviews.of_article(stored.id)
    if as_json:
        whole = document(stored, doubt(stored.article))
        whole |= {"disposition": stored.disposition, "judged": [judgement_document(one) for one in judged]}
        print_json(whole | {"article_body": stored.article.article_body})
        return
    for line in (*told_lines(stored, every=True), f"  {stored.disposition}"):
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
    copies: Copies = False,
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
    actor = by or here.actor
    accepted: dict[int, Mapping[str, int | None]] = {}
    for stored in [find_article(here, one) for one in which]:
        watches = chosen or _only_one(stored)
        accepted |= dict.fromkeys(_with_copies(here, stored) if copies else [stored.id], watches)
    for number, watches in accepted.items():
        here.store.reviews.accept(number, watches, reason=reason, actor=actor, now=here.now)
        names = ", ".join(name if year is None else f"{name} {year}" for name, year in watches.items())
        remark(f"article {number}: ours ({names}), says {actor}; `kliping review undo {number}` takes it back")
    cycle.assemble_stories(here)


@group.command()
def no(context: typer.Context, which: Several, reason: Reason, copies: Copies = False, by: Actor = None) -> None:
    """Say that a text is not ours: nobody is asked about it again, whatever later readings say."""
    here = office(context)
    actor = by or here.actor
    articles = [find_article(here, one) for one in which]
    numbers = [number for one in articles for number in (_with_copies(here, one) if copies else [one.id])]
    for number in dict.fromkeys(numbers):
        here.store.reviews.decline(number, reason=reason, actor=actor, now=here.now)
        remark(f"article {number}: not ours, says {actor}; `kliping review undo {number}` takes it back")
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


def _groups(found: Sequence[Doubt]) -> list[list[Doubt]]:
    """Each text with its reprints behind it, in the order given."""
    by_number = {one.stored.id: one for one in found}
    groups = one_text({number: one.stored.article.text for number, one in list(by_number.items())[:_LOOKED_AT]})
    return [*([by_number[number] for number in group] for group in groups), *([one] for one in found[_LOOKED_AT:])]


def _with_copies(here: Office, stored: StoredArticle) -> list[int]:
    """The article's number, then those of its reprints that wait."""
    waiting = [one.stored for one in here.store.reviews.waiting(_LOOKED_AT)]
    groups = one_text({one.id: one.article.text for one in (stored, *waiting)})
    return list(groups[0])


def _watches(here: Office, given: Sequence[str]) -> dict[str, int | None]:
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
