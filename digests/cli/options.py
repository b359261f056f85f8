"""Options that several commands share, declared once."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from digests.plain import one_line
from pipeline.errors import SettingsError

LIST = re.compile(r"[a-z][a-z0-9-]{0,62}")  # as digest.list of the settings
MOST = 1_000_000_000  # what a number on the command line may be; both databases hold more


def _words(text: str) -> str:
    """What a person wrote, on one line. Raises `SettingsError` for nothing at all."""
    written = one_line(text)
    if not written:
        raise SettingsError("--reason: say why, in words")
    return written


def _words_if_any(text: str | None) -> str | None:
    return None if text is None else _words(text)


def _list_name(name: str | None) -> str | None:
    if name is not None and not LIST.fullmatch(name):
        raise SettingsError(
            f"--list {name!r}: write a-z, 0-9 and hyphens, beginning with a letter, such as weekly-press"
        )
    return name


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output and nothing else there.")]
Since = Annotated[
    str | None, typer.Option("--since", help="From this day on: 2026-11-17, today, yesterday, 7d.", metavar="D")
]
Until = Annotated[str | None, typer.Option("--until", help="Up to and with this day.", metavar="D")]
Actor = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who decides this, for the audit; default: your login name.", callback=one_line
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="WORDS", help="Why, in words; kept with the decision.", callback=_words)
]
OptionalReason = Annotated[
    str | None,
    typer.Option("--reason", metavar="WORDS", help="Why, in words; kept with the decision.", callback=_words_if_any),
]
EditionList = Annotated[
    str | None,
    typer.Option(
        "--list", metavar="NAME", help="Which list; default: digest.list of kliping.toml.", callback=_list_name
    ),
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="id|en", help="id or en; default: digest.language.")
]
OnlyOutlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only of this outlet.")]
OnlyWatch = Annotated[str | None, typer.Option("--watch", metavar="ID", help="Only what matches this watch.")]
OnlyLanguage = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Only in this language: id, en, ms …")
]
OnlyText = Annotated[
    str | None,
    typer.Option("--text", metavar="WORDS", help="Only where headline or body contain these words."),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="At most so many, the newest first.", min=1)]
