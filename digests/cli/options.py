"""Options that several commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output and nothing else there.")]
Since = Annotated[
    str | None, typer.Option("--since", help="From this day on: 2026-11-17, today, yesterday, 7d.", metavar="D")
]
Until = Annotated[str | None, typer.Option("--until", help="Up to and with this day.", metavar="D")]
Actor = Annotated[str | None, typer.Option("--by", help="Who decides this, for the audit; default: your login name.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words; kept with the decision.")]
EditionList = Annotated[str | None, typer.Option("--list", help="Which list; default: digest.list of kliping.toml.")]
Language = Annotated[str | None, typer.Option("--language", help="id or en; default: digest.language.")]
