"""`kliping outlets check`: the gate an outlet file passes before it is relied on."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digests.cli.asking import run_trial
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json_lines, print_text, remark
from digests.cli.proof import CHECKED
from digests.cli.tables import print_table
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import Run
from pipeline.outlet import Outlet

if TYPE_CHECKING:
    from crawlers.trial.answers import Asker
    from crawlers.trial.judging import Checked

PARTLY_FAILED = 3


def check(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Outlets; default: all that are watched.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every outlet there is a file of, watched or not.")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="Write everything fetched into this WARC file.")
    ] = None,
    replay: Annotated[
        list[Path] | None,
        typer.Option("--replay", metavar="FILE", help="Judge what such a file recorded, without network; repeat it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove outlet files: do listings answer, pages read, dates and language hold, does search really search?

    Asks each outlet for nine addresses at most. An outlet is proven, broken (and why) or not reachable.

    \b
    Examples:
      kliping outlets check antara kompas
      kliping outlets check --all --record first-morning.warc.gz
      kliping outlets check --replay first-morning.warc.gz      (elsewhere, no network)
    """
    here = office(context)
    outlets = _chosen(here, names or (), everything)
    runs: list[Run] = []
    if replay:
        if record:
            raise SettingsError("--record writes what was fetched, and a replay fetches nothing: leave one of them out")
        checked = check_recorded(here, outlets, [recorded_file(file) for file in replay], named=bool(names))
    else:
        checked, runs = _check_live(here, outlets, record)
    if as_json:
        print_json_lines(_document(here, one) for one in checked)
    else:
        _show(here, checked)
    if record is not None:
        _record(here, runs, record)
    if any(one.outcome != "proven" for one in checked):
        raise typer.Exit(PARTLY_FAILED)


def _chosen(here: Office, names: Sequence[str], everything: bool) -> list[Outlet]:
    if names:
        return [here.outlet(name) for name in dict.fromkeys(names)]
    outlets = here.loaded.outlets if everything else here.enabled
    if not outlets:
        raise SettingsError("no outlet is watched: name one, or give --all")
    return [outlets[name] for name in sorted(outlets)]


def recorded_file(file: Path) -> Path:
    if not file.is_file():
        raise NotFoundError(f"--replay {file}: there is no such file")
    return file.resolve()


def _check_live(here: Office, outlets: Sequence[Outlet], record: Path | None) -> tuple[list[Checked], list[Run]]:
    """What was found, and the runs that asked. Raises `SettingsError` for a recording that could not be written."""
    if record is not None:
        _check_record(record)
    runs = _ask(here, outlets)
    checked = [_checked(here, outlet, runs[outlet.name]) for outlet in outlets]
    for one in checked:
        remember(here, one)
    return checked, list({run.id: run for run in runs.values() if run}.values())


def _check_record(file: Path) -> None:
    """Before anything is asked: an hour's recording must not be lost to a folder that is not there."""
    if file.exists():
        raise SettingsError(f"--record {file}: is there already; name another file")
    if not file.parent.is_dir():
        raise SettingsError(f"--record {file}: there is no folder {file.parent}; make it, or name another file")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise SettingsError(f"--record {file}: nothing can be written into {file.parent}; name another file")


def _ask(here: Office, outlets: Sequence[Outlet]) -> Mapping[str, Run | None]:
    """The run that asked each outlet: one for all; where a crawl holds one of their hosts, one for each."""
    told = outlets[0].title if len(outlets) == 1 else f"{len(outlets)} outlets"
    together = _trial(here, outlets, f"checking {told}")
    if together is not None or len(outlets) == 1:
        return dict.fromkeys([outlet.name for outlet in outlets], together)
    remark("another crawl is under way: the outlets are checked one by one")
    return {outlet.name: _trial(here, [outlet], f"checking {outlet.title}") for outlet in outlets}


def _trial(here: Office, outlets: Sequence[Outlet], saying: str) -> Run | None:
    from crawlers.launch import CrawlRequest

    hosts = sorted({host for outlet in outlets for host in outlet.hosts})
    names = tuple(outlet.name for outlet in outlets)
    return run_trial(here, CrawlRequest(trial=names, urls=tuple(f"https://{host}/" for host in hosts)), saying)


def _checked(here: Office, outlet: Outlet, run: Run | None) -> Checked:
    from crawlers.trial.recordings import of_run

    if run is None:
        return _not_asked(outlet, "another crawl holds its hosts, or refused to begin; try again later")
    return judge_outlet(here, outlet, of_run(here.store, here.settings.archive, run), run.started_at)


def judge_outlet(here: Office, outlet: Outlet, asker: Asker, now: datetime) -> Checked:
    """Ask the recorded answers what the check asked, and judge them."""
    from crawlers.trial.gather import gather
    from crawlers.trial.judging import judge

    return judge(asyncio.run(gather(outlet, asker, here.watches, now=now)), here.watches)


def _not_asked(outlet: Outlet, why: str) -> Checked:
    from crawlers.trial.judging import Checked, Finding, Outcome

    finding = Finding("listings", False, why)
    return Checked(outlet.name, Outcome.UNREACHABLE, (finding,), 0, 0, 0, None, outlet.digest)


def check_recorded(here: Office, outlets: Sequence[Outlet], files: Sequence[Path], *, named: bool) -> list[Checked]:
    """Judge recordings. Without names, the outlets that the files hold an answer of."""
    from crawlers.trial.recordings import of_files

    recorded, moment = of_files(files)
    checked = [judge_outlet(here, outlet, recorded, moment or here.now) for outlet in outlets]
    if named:
        return checked
    return [one for one in checked if one.outcome != "not reachable"] or checked


def remember(here: Office, checked: Checked) -> None:
    """Keep the result with the digest of the file it is about: `outlets list` shows it until the file changes."""
    detail = {
        "outcome": checked.outcome.value,
        "why": checked.why,
        "digest": checked.digest,
        "listed": checked.listed,
        "read": checked.read,
        "asked": checked.asked,
        "generation": checked.generation,
        "newsroom": here.settings.newsroom is not None,
    }
    target = f"outlet:{checked.outlet}"
    here.store.audit.add(here.actor, CHECKED, target, reason=checked.why, detail=detail, now=here.now)


def _record(here: Office, runs: Sequence[Run], file: Path) -> None:
    from crawlers.trial.recordings import record

    try:
        size = record(here.settings.archive, runs, file)
    except OSError as error:
        raise SettingsError(
            f"--record {file}: {error.strerror}; what was fetched is in the archive all the same"
        ) from None
    remark(f"recorded in {file} ({size / 1000:.0f} kB); elsewhere: kliping outlets check --replay {file}")


def _document(here: Office, one: Checked) -> dict[str, object]:
    outlet = here.loaded.outlets[one.outlet]
    findings = [{"what": f.what, "good": f.good, "detail": f.detail} for f in one.findings]
    return {
        "outlet": one.outlet,
        "outcome": one.outcome,
        "why": one.why,
        "listed": one.listed,
        "pages_read": one.read,
        "pages_asked": one.asked,
        "search": one.search,
        "generation": one.generation,
        "watched": one.outlet in here.enabled,
        "evidence": outlet.evidence,
        "findings": findings,
    }


def _show(here: Office, checked: Sequence[Checked]) -> None:
    print_table(
        ("outlet", "result", "listed", "pages", "search", "why"),
        [(one.outlet, one.outcome, one.listed, f"{one.read}/{one.asked}", one.search, one.why) for one in checked],
        last_below=True,
    )
    if len(checked) == 1:
        print_text("")
        print_table(("what", "good", "found"), [(f.what, f.good, f.detail) for f in checked[0].findings])
    counts = Counter(one.outcome.value for one in checked)
    told = ", ".join(f"{counts[name]} {name}" for name in ("proven", "broken", "not reachable") if counts[name])
    print_text(f"\n{told}" + ("" if here.settings.newsroom is None else " (by the made-up newsroom, not by the web)"))
