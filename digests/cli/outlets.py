"""`kliping outlets`: what is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from digests.cli import calendar, check, mend, recall, trial
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson
from digests.cli.output import print_json, print_json_lines, print_text, remark
from digests.cli.proof import Proof, print_proof, proof_of
from digests.cli.tables import print_table
from digests.plain import one_line
from pipeline.outlet import Outlet

group = typer.Typer(no_args_is_help=True, help="What is watched, proven, broken; how to add an outlet and to mend one.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the outlet, as `outlets list` shows it.")]


def _row(here: Office, outlet: Outlet) -> dict[str, object]:
    last = here.store.runs.latest(outlet.name)
    proof = proof_of(here, outlet)
    return {
        "name": outlet.name,
        "title": outlet.title,
        "country": outlet.country,
        "language": outlet.language,
        "ownership": outlet.ownership,
        "evidence": outlet.evidence,
        "enabled": outlet.name in here.enabled,
        "proven": proof is not None and proof.proven,
        "checked": proof,
        "last_run": last.state if last else None,
        "last_run_at": last.started_at if last else None,
    }


@group.command("list")
def list_outlets(context: typer.Context, as_json: AsJson = False) -> None:
    """List the outlets: whether they are watched and proven, and how their last run ended."""
    here = office(context)
    rows = [_row(here, outlet) for _, outlet in sorted(here.loaded.outlets.items())]
    if as_json:
        print_json_lines(rows)
        return
    print_table(("outlet", "where", "watched", "checked", "evidence", "last run"), map(_shown, rows))
    print_text("\n" + _counted(rows))


def _shown(row: Mapping[str, object]) -> tuple[object, ...]:
    proof = row["checked"]
    checked = proof.told() if isinstance(proof, Proof) else None
    return row["name"], f"{row['country']} {row['language']}", row["enabled"], checked, row["evidence"], row["last_run"]


def _counted(rows: Sequence[Mapping[str, object]]) -> str:
    """Proven and unproven ones apart, of all and of those that are watched."""
    countries, languages = ({row[key] for row in rows} for key in ("country", "language"))
    watched = [row for row in rows if row["enabled"]]
    of_all, of_watched = (sum(bool(row["proven"]) for row in some) for some in (rows, watched))
    return (
        f"{len(rows)} outlets in {len(countries)} countries and {len(languages)} languages: {of_all} proven, "
        f"{len(rows) - of_all} unproven\n{len(watched)} are watched: {of_watched} proven, "
        f"{len(watched) - of_watched} unproven (`kliping outlets check` proves them)"
    )


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
    print_proof(here, outlet)
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
    proof = proof_of(here, outlet)
    if proof is None or not proof.proven:
        remark(f"its file is not proven: `kliping outlets check {name}` tells whether it holds")


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
