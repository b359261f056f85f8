"""`kliping watches backfill`: what is stored, told by the watches as they stand now; and the offer to do so."""

from __future__ import annotations

import sys

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text, progress, remark
from pipeline.rematch import Rematched, rematch
from pipeline.watches import load_watches

_PAST = "the outlets' past is searched by `kliping crawl --since D`; with --plan it first tells what that costs"


def backfill(context: typer.Context, as_json: AsJson = False) -> None:
    """Match everything stored with the watches as they stand now: what is newly caught comes into scope.

    Nothing is fetched, and what persons decided stands. What was published days ago goes to reports, not to the daily
    digest.
    """
    here = office(context)
    done = _run(here)
    if as_json:
        print_json(done)
        return
    _show(done)
    remark(_PAST)


def offer(here: Office, chosen: bool | None, *, wanted: bool, asked: bool) -> None:
    """After the watches changed: match what is stored anew, or say how. `asked`: a person at a terminal is asked."""
    if not wanted:
        remark(f"nothing stored is told otherwise by it; {_PAST}")
        return
    if chosen is None:
        chosen = asked and sys.stdin.isatty() and typer.confirm("Match everything stored anew now?", err=True)
    if chosen:
        _show(_run(here))
    else:
        remark("what is stored stays as it was told: `kliping watches backfill` matches all of it anew")
    remark(_PAST)


def _run(here: Office) -> Rematched:
    watches = load_watches(here.settings.watches)  # as they stand after the change
    with progress("matching everything stored anew") as bar:
        return rematch(here.store, watches, here.now, bar)


def _show(done: Rematched) -> None:
    print_text(
        f"{done.looked_at} stored article(s) looked at, {done.changed} told anew: {done.came} came into scope,"
        f" {done.left} left it"
    )
