"""`kliping outlets`: what is watched."""

from __future__ import annotations

from typing import Annotated

import typer

from digests.cli import calendar, check, mend, recall, trial
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson
from digests.cli.output import print_json, print_json_lines, print_text, remark
from digests.cli.tables import print_table
from digests.plain import one_line
from pipeline.outlet import Outlet

group = typer.Typer(no_args_is_help=True, help="What is watched: list, show, enable, disable.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the outlet, as `outlets list` shows it.")]


def _row(here: Office, outlet: Outlet) -> dict[str, object]:
    last = here.store.runs.latest(outlet.name)
    return {
        "name": outlet.name,
        "title": outlet.title,
        "country": outlet.country,
        "language": outlet.language,
        "ownership": outlet.ownership,
        "evidence": outlet.evidence,
        "enabled": outlet.name in here.enabled,
        "last_run": last.state if last else None,
        "last_run_at": last.started_at if last else None,
    }


@group.command("list")
def list_outlets(context: typer.Context, as_json: AsJson = False) -> None:
    """List the outlets, whether they are watched, and how their last run ended."""
    here = office(context)
    rows = [_row(here, outlet) for _, outlet in sorted(here.loaded.outlets.items())]
    if as_json:
        print_json_lines(rows)
    else:
        print_table(list(rows[0]) if rows else [], (list(row.values()) for row in rows), zone=here.settings.zone)


@group.command()
def show(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one outlet: where its links are found, its markup, its terms."""
    here = office(context)
    outlet = here.outlet(name)
    if as_json:
        print_json(recall.document(here, outlet))
        return
    where = f"{outlet.country}, {outlet.language}, {outlet.timezone}"
    print_text(f"{outlet.title} ({outlet.name}), {where}, {outlet.ownership} media")
    print_text(f"evidence: {outlet.evidence}; watched: {'yes' if name in here.enabled else 'no'}")
    print_text(f"terms: {outlet.terms.summary}" + (f" ({outlet.terms.url})" if outlet.terms.url else ""))
    roads = ("feeds", "sitemaps", "indexes", "tags", "searches")
    found = [(road, address) for road in roads for address in getattr(outlet.discovery, road)]
    print_table(("road", "address"), found)
    print_table(("markup", "root"), [(markup.name, markup.root) for markup in outlet.markup])
    recall.print_completeness(here, outlet)


@group.command()
def enable(
    context: typer.Context,
    name: Name,
    permission: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Which permission the outlet gave, in your words.", callback=one_line),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Accept the terms without being asked.")] = False,
    by: Actor = None,
) -> None:
    """Watch an outlet: shows its terms of use and records who accepted them."""
    here = office(context)
    outlet = here.outlet(name)
    remark(f"{outlet.title}: {outlet.terms.summary}" + (f" ({outlet.terms.url})" if outlet.terms.url else ""))
    if not yes:
        typer.confirm("Do you accept these terms for your office?", abort=True, err=True)
    here.store.outlets.set_enabled(
        name, True, actor=by or here.actor, permission=permission, terms_shown=outlet.terms.summary, now=here.now
    )
    remark(f"{outlet.title} is watched from the next crawl on; `kliping outlets disable {name}` undoes it")


@group.command()
def disable(context: typer.Context, name: Name, by: Actor = None) -> None:
    """Watch an outlet no longer; what is stored stays."""
    here = office(context)
    outlet = here.outlet(name)
    here.store.outlets.set_enabled(name, False, actor=by or here.actor, permission=None, terms_shown=None, now=here.now)
    remark(f"{outlet.title} is not watched any more; `kliping outlets enable {name}` undoes it")


group.command("check")(check.check)
group.command("try")(trial.try_site)
group.command("add")(trial.add)
group.command("remove")(trial.remove)
group.command("mend")(mend.mend)
group.command("coverage")(calendar.coverage)
