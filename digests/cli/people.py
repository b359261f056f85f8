"""`kliping people`: who the articles name, with their offices, across articles; and a person's corrections of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, OptionalReason
from digests.cli.output import print_json, print_json_lines, print_text, progress, remark
from digests.cli.tables import print_table
from pipeline.errors import SettingsError
from pipeline.people.register import Appearance, RegisterAction, RegisterDecision

SHOWN = 50  # persons listed, when nothing else is asked
_AT_ONCE = 40  # articles read in one transaction: some 50 ms on SQLite

group = typer.Typer(
    no_args_is_help=True,
    help="Who the articles name, across articles: list, show; merge, split, rename, undo.",
)

Number = Annotated[int, typer.Argument(metavar="PERSON", help="Number of a person, as `people list` shows it.", min=1)]


@group.command("list")
def list_people(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", metavar="WORDS", help="Only whose name holds these.")] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="OFFICE", help="Only who held this office: mayor, governor …")
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="Only whose office is of this city: Bandung.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="At most so many.", min=1)] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """List who is named in the articles in scope, those of most articles first.

    \b
    Examples:
      kliping people list --role mayor
      kliping people list --name joko --json
    """
    here = _up_to_date(office(context))
    place = _city(city) if city is not None else None
    found = here.store.people.list(text=name, office=role, city=place, limit=min(limit, MOST))
    if as_json:
        print_json_lines(found)
        return
    print_table(
        ("id", "name", "articles", "quotes", "last", "city", "role"),
        ([one.id, one.name, one.articles, one.quotes, one.last_at, one.city, one.role] for one in found),
        zone=here.settings.zone,
        last_below=True,
        none="nobody; `kliping crawl` finds people in what it keeps",
    )


@group.command()
def show(context: typer.Context, person: Number, as_json: AsJson = False) -> None:
    """Show one person: the roles over time, the articles, how often quoted, and what persons decided."""
    here = _up_to_date(office(context))
    found, appearances = here.store.people.get(person)
    decided = [one for one in here.store.people.decisions() if found.id in (one.person_id, one.into_id)]
    if as_json:
        print_json({"person": found, "roles": _roles(appearances), "appearances": appearances, "decisions": decided})
        return
    print_text(f"{found.id}  {found.name}: {_count(found.articles, 'article')}, {_count(found.quotes, 'quote')}")
    for role in _roles(appearances):
        print_text(f"  {role['first']:%Y-%m-%d} – {role['last']:%Y-%m-%d}  {role['role']}")
    rows = ([one.article_id, one.at, one.name, one.quotes, one.role] for one in appearances)
    print_table(("article", "published", "as", "quotes", "role"), rows, zone=here.settings.zone, last_below=True)
    for one in decided:
        print_text(_told(one))


@contextmanager
def _refused(command: str, hint: str = "") -> Iterator[None]:
    """What the register cannot do is wrong use of the command. Raises `SettingsError`."""
    try:
        yield
    except ValueError as error:
        raise SettingsError(f"people {command}: {error}{hint}") from None


@group.command()
def merge(
    context: typer.Context,
    person: Number,
    into: Annotated[int, typer.Argument(metavar="INTO", help="Number of the person who it is.", min=1)],
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Say that two persons of the register are one; it stands in every later reading.

    \b
    Examples:
      kliping people merge 12 3 --reason "promoted from deputy to mayor"
    """
    here = _up_to_date(office(context))
    with _refused("merge"):
        made = here.store.people.merge(person, into, reason=reason, actor=by or here.actor, now=here.now)
    _print(made, as_json=as_json)


@group.command()
def split(
    context: typer.Context,
    person: Number,
    articles: Annotated[list[int], typer.Argument(metavar="ARTICLE…", help="Numbers of articles that mean another.")],
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Say that in these articles it is somebody else, who becomes a person of his own.

    \b
    Examples:
      kliping people split 3 41 42 --reason "a namesake in Medan"
    """
    here = _up_to_date(office(context))
    with _refused("split", f"; `kliping people show {person}` lists the articles"):
        made = here.store.people.split(person, articles, reason=reason, actor=by or here.actor, now=here.now)
    _print(made, as_json=as_json)


@group.command()
def rename(
    context: typer.Context,
    person: Number,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to go by.")],
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Give a person of the register another name; articles keep what they print."""
    here = _up_to_date(office(context))
    with _refused("rename"):
        made = here.store.people.rename(person, name, reason=reason, actor=by or here.actor, now=here.now)
    _print(made, as_json=as_json)


@group.command()
def undo(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(metavar="DECISION", help="Its number.", min=1)],
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Take a merge, split or rename back."""
    here = office(context)
    _print(here.store.people.undo(decision, actor=by or here.actor, now=here.now), as_json=as_json)


@group.command()
def decisions(context: typer.Context, as_json: AsJson = False) -> None:
    """List who decided what on people, undone decisions too, the newest first."""
    found = office(context).store.people.decisions()
    if as_json:
        print_json_lines(found)
    elif not found:
        remark("nobody decided anything on people")
    else:
        print_text("\n".join(_told(one) for one in found))


def _up_to_date(here: Office) -> Office:
    """Read in the articles whose current reading the register does not know; many after a rework, else few."""
    waiting, count = here.store.people.unread(_AT_ONCE)
    done = 0
    with progress("reading people") as bar:
        while waiting:
            here.store.people.read_in(waiting)
            done += len(waiting)
            bar(done, max(count, done))
            waiting, _ = here.store.people.unread(_AT_ONCE)
    return here


def _city(name: str) -> str:
    """The id of a city. Raises `SettingsError` for a name that none has."""
    from pipeline.people.cities import city_id  # lazily: reads the gazetteer

    found = city_id(name)
    if found is None:
        raise SettingsError(
            f"people list: {name!r} is no city or province of the gazetteer; write it as in `--city Bandung`"
        )
    return found


def _roles(appearances: list[Appearance]) -> list[dict[str, object]]:
    """Each role once, by when an article first printed it."""
    found: dict[str, dict[str, object]] = {}
    for one in appearances:
        if one.role is not None:
            known = found.setdefault(one.role.casefold(), {"role": one.role, "first": one.at, "office": one.office})
            known["last"] = one.at
    return list(found.values())


def _print(made: RegisterDecision, *, as_json: bool) -> None:
    if as_json:
        print_json(made)
    else:
        print_text(_told(made))


def _told(one: RegisterDecision) -> str:
    """A decision in one line."""
    if one.action is RegisterAction.MERGE:
        what = f"person {one.person_id} is person {one.into_id}"
    elif one.action is RegisterAction.SPLIT:
        numbers = ", ".join(map(str, one.articles))
        what = f"in article {numbers} it is not person {one.person_id} but person {one.into_id}"
    else:
        what = f"person {one.person_id} goes by {one.name}"
    why = f" ({one.reason})" if one.reason else ""
    if one.undone_at is not None:
        return f"decision {one.id} of {one.actor}: {what}{why}; taken back by {one.undone_by}"
    return f"decision {one.id} of {one.actor}: {what}{why}; `kliping people undo {one.id}` takes it back"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
