"""`kliping bounces`: what mail servers returned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digests import bounces as domain
from digests.cli.office import office
from digests.cli.options import AsJson
from digests.cli.output import print_json, progress, remark
from pipeline.errors import SettingsError

group = typer.Typer(no_args_is_help=True, help="What mail servers returned: read it, and stop writing there.")


@group.command()
def read(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="A Maildir, an mbox, a saved message or a folder of them; default: bounces.maildir and bounces.mbox.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read what came back: suppress who is gone, unsubscribe who complains or wrote so. Each message counts once."""
    here = office(context)
    chosen = here.settings.bounces
    if path is None and chosen.maildir is None and chosen.mbox is None:
        raise SettingsError("name a PATH, or set bounces.maildir or bounces.mbox in kliping.toml")
    with progress("reading returned mail"):
        if path is None:
            found = domain.read(here.store, here.settings, now=here.now)
        else:
            found = domain.read_path(here.store, here.settings, path, now=here.now)
    if as_json:
        print_json(
            {
                "read": found.read,
                "known": found.known,
                "kinds": {kind.value: number for kind, number in sorted(found.kinds.items())},
                "suppressed": found.suppressed,
                "unsubscribed": found.unsubscribed,
                "unreadable": found.unreadable,
            }
        )
    remark(found.line() or f"nothing new came back ({found.known} known)")
    if found.suppressed:
        remark("`kliping subscribers resume ADDRESS` writes there again, `kliping subscribers show ADDRESS` tells why")
    if found.unreadable:
        raise typer.Exit(3)
