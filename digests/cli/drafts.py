"""`kliping digest draft`: what the next edition would say, and an editor's hand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

import typer

from digests import drafts
from digests.cli.dates import parse_day
from digests.cli.forms import OptionalForm, Output, check_place, rendered, write
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, EditionList, Language, OptionalReason
from digests.cli.output import print_json, print_json_lines, remark
from digests.cli.tables import print_table
from digests.drafts import Draft
from digests.model import Content, StoryBlock
from pipeline.errors import SettingsError
from pipeline.store import DraftAction, DraftDecision

group = typer.Typer(
    no_args_is_help=True, help="The next edition before it is frozen: look, drop, pin, note; it leaves by itself."
)
_PAST = timedelta(days=31)  # an edition that was missed may still be made

Day = Annotated[
    str | None,
    typer.Option("--date", help="The edition's day; default: the next that is not frozen.", metavar="D"),
]
Story = Annotated[
    str, typer.Argument(metavar="STORY", help="A story of the draft: its number or its id, as `draft show` has them.")
]


@dataclass(frozen=True, slots=True)
class _Row:
    """A story of the draft as an editor reads it."""

    number: int
    story_id: str
    headline: str | None
    outlets: int | None  # None: dropped, it is told nowhere
    mark: str | None  # top | pinned | dropped
    note: str | None


@group.command()
def show(
    context: typer.Context,
    day: Day = None,
    edition_list: EditionList = None,
    language: Language = None,
    form: OptionalForm = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Show what the next edition would say now: its stories by number, or with --format the whole of it."""
    here = office(context)
    if form is not None:
        check_place(form, output)
    elif output is not None:
        raise SettingsError("-o: say which form to write with --format, such as --format html")
    list_name, period = _which(here, day, edition_list)
    made = drafts.draft(here.store, here.settings, here.loaded.outlets, period, list_name, now=here.now)
    if form is not None:
        write(rendered(here, made.content, language, form), output)
    elif as_json:
        print_json(_document(made))
    else:
        _print(made)


def _print(made: Draft) -> None:
    rows = [(row.number, row.story_id, row.outlets, row.mark, row.headline, row.note) for row in _rows(made)]
    print_table(
        ("number", "story", "outlets", "mark", "headline", "note"),
        rows,
        title=f"draft of {made.content.list} {made.content.period}",
        none=f"the draft of {made.content.list} {made.content.period} holds no story yet",
        last_below=True,
    )
    remark("`kliping digest draft drop|pin|note NUMBER` change it; it leaves as it then is, whether anybody did or not")


@group.command()
def drop(
    context: typer.Context,
    story: Story,
    day: Day = None,
    edition_list: EditionList = None,
    reason: OptionalReason = None,
    by: Actor = None,
) -> None:
    """Leave a story out of the edition. It is counted as dropped, and told by no later edition either."""
    _decide(context, DraftAction.DROP, story, reason, day, edition_list, by)


@group.command()
def pin(
    context: typer.Context, story: Story, day: Day = None, edition_list: EditionList = None, by: Actor = None
) -> None:
    """Put a story on top."""
    _decide(context, DraftAction.PIN, story, None, day, edition_list, by)


@group.command()
def note(
    context: typer.Context,
    story: Story,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="One line that readers see with the story.")],
    day: Day = None,
    edition_list: EditionList = None,
    by: Actor = None,
) -> None:
    """Print a line of yours with a story; a second note takes the place of the first."""
    _decide(context, DraftAction.NOTE, story, words, day, edition_list, by)


def _decide(
    context: typer.Context,
    action: DraftAction,
    story: str,
    text: str | None,
    day: str | None,
    edition_list: str | None,
    by: str | None,
) -> None:
    here = office(context)
    list_name, period = _which(here, day, edition_list)
    made = drafts.decide(here.store, list_name, period, action, story, text=text, actor=by or here.actor, now=here.now)
    remark(f"{drafts.told(made)}, in the edition {made.list} {made.period}; `kliping digest draft undo {made.id}`")


@group.command()
def undo(
    context: typer.Context,
    identifier: Annotated[int, typer.Argument(metavar="ID", help="A decision, as `draft decisions` shows it.", min=1)],
    reason: OptionalReason = None,
    by: Actor = None,
) -> None:
    """Take a decision back; what was said of the story before counts again."""
    here = office(context)
    undone = here.store.drafts.undo(min(identifier, MOST), actor=by or here.actor, reason=reason, now=here.now)
    remark(f"taken back: {drafts.told(undone)}, in the edition {undone.list} {undone.period}")


@group.command()
def decisions(
    context: typer.Context, day: Day = None, edition_list: EditionList = None, as_json: AsJson = False
) -> None:
    """List who decided what on a draft, when and why, and whether it stands; of a frozen edition too, with --date."""
    here = office(context)
    list_name, period = _which(here, day, edition_list)
    found = here.store.drafts.list(list_name, period.isoformat())
    standing = {one.id for one in here.store.drafts.standing(list_name, period.isoformat())}
    if as_json:
        print_json_lines({**_decision(one), "state": _state(one, standing)} for one in found)
        return
    print_table(
        ("id", "when", "who", "what", "story", "state", "words"),
        [(one.id, one.at, one.actor, one.action, one.story_id, _state(one, standing), one.text) for one in found],
        zone=here.settings.zone,
        none=f"nobody has decided anything on the draft of {list_name} {period}",
        last_below=True,
    )


def _state(one: DraftDecision, standing: set[int]) -> str:
    if one.undone_by is not None:
        return f"undone by {one.undone_by}"
    return "stands" if one.id in standing else "overruled by a later one"


def _which(here: Office, day: str | None, edition_list: str | None) -> tuple[str, date]:
    """The list and the day: the one named, else the next that is not frozen."""
    list_name = edition_list or here.settings.digest.list
    today = here.now.astimezone(here.settings.zone).date()
    tomorrow = today + timedelta(days=1)
    if day is None:
        return list_name, tomorrow if here.store.drafts.closed_at(list_name, today.isoformat()) else today
    period = parse_day(day, today=today)
    if not today - _PAST <= period <= tomorrow:
        raise SettingsError(f"no draft is kept for {period}: only for the {_PAST.days} days before and tomorrow")
    return list_name, period


def _rows(made: Draft) -> list[_Row]:
    content = made.content
    top = {one.story_id for one in content.top}
    notes = {one.story_id: one.text for one in made.standing if one.action is DraftAction.NOTE}
    told = [_told(block, made.numbers, top, notes) for block in content.stories]
    return told + [
        _Row(made.numbers[one.story_id], one.story_id, None, None, "dropped", one.reason) for one in content.dropped
    ]


def _told(block: StoryBlock, numbers: Mapping[str, int], top: set[str], notes: Mapping[str, str | None]) -> _Row:
    mark = "pinned" if block.pinned else "top" if block.story_id in top else None
    note = block.note or notes.get(block.story_id)
    return _Row(numbers[block.story_id], block.story_id, block.lead.headline, block.reach, mark, note)


def _document(made: Draft) -> dict[str, object]:
    content: Content = made.content
    return {
        "list": content.list,
        "period": content.period,
        "composed_at": content.until,
        "stories": _rows(made),
        "decisions": [_decision(one) for one in made.standing],
    }


def _decision(one: DraftDecision) -> dict[str, object]:
    names = ("id", "list", "period", "action", "story_id", "text", "actor", "at", "undone_at", "undone_by")
    return {name: getattr(one, name) for name in names}
