"""From arguments to an exit status: every error becomes one line, and only `--debug` shows a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from pipeline.errors import KlipingError, SettingsError

FAILED, WRONG_USAGE, PARTLY_FAILED, INTERRUPTED = 1, 2, 3, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 1 failed, 2 wrong usage or settings, 3 partly failed."""
    from digests.cli.app import app

    debug = "--debug" in arguments
    words = [word for word in arguments if word != "--debug"]  # wherever it stands
    try:
        result = app(args=words, prog_name="kliping", standalone_mode=False)
    except (KlipingError, TyperException, typer.Abort, KeyboardInterrupt, OSError) as error:
        if debug:
            raise
        return _explain(error)
    return result if isinstance(result, int) else 0


def _explain(error: BaseException) -> int:
    if isinstance(error, BrokenPipeError):  # the reader of our output has gone: `kliping … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, typer.Abort | KeyboardInterrupt):
        _say("stopped; what was done so far is kept")
        return INTERRUPTED
    if isinstance(error, TyperException):
        context = getattr(error, "ctx", None)
        where = f" (see `{context.command_path} --help`)" if context else ""
        message = getattr(error, "format_message", lambda: str(error))()
        _say(f"{message}{where}")
        return WRONG_USAGE
    _say(str(error))
    return WRONG_USAGE if isinstance(error, SettingsError) else FAILED


def _say(text: str) -> None:
    line = " ".join(text.split())
    print(f"kliping: {line}", file=sys.stderr)
