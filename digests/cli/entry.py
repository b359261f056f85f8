"""From arguments to an exit status: every error becomes one line, and only `--debug` shows a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from digests.cli.visible import one_line
from pipeline.errors import KlipingError, SettingsError

LONGEST = 600  # characters of an error; what was typed may be longer
STOPPED = "stopped; what was done so far is kept"
FAILED, WRONG_USAGE, PARTLY_FAILED, INTERRUPTED = 1, 2, 3, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 1 failed, 2 wrong usage or settings, 3 partly failed."""
    from digests.cli.app import app

    debug = "--debug" in arguments
    words = [word for word in arguments if word != "--debug"]  # wherever it stands
    try:
        result = app(args=words, prog_name="kliping", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # the edge of the program: whatever it is, one line
        if debug and not isinstance(error, BrokenPipeError):
            raise
        return _explain(error)
    if result == INTERRUPTED:  # typer turned Ctrl-C into this status, and says nothing
        _say(STOPPED)
    return result if isinstance(result, int) else 0


def _explain(error: BaseException) -> int:
    if isinstance(error, TyperException):
        return _explain_usage(error)
    if isinstance(error, OSError):
        return _explain_system(error)
    if isinstance(error, KlipingError):
        _say(str(error))
        return WRONG_USAGE if isinstance(error, SettingsError) else FAILED
    if isinstance(error, typer.Abort | KeyboardInterrupt):
        _say(STOPPED)
        return INTERRUPTED
    fault = f"{type(error).__name__}: {error}"
    _say(f"a fault of kliping itself: {fault}; run it again with --debug and report what it prints")
    return FAILED


def _explain_usage(error: TyperException) -> int:
    if error.format_message().startswith("Usage: "):  # a group without a command tells its commands
        print(error.format_message(), file=sys.stderr)
        return WRONG_USAGE
    context = getattr(error, "ctx", None)
    where = f" (see `{context.command_path} --help`)" if context else ""
    _say(error.format_message() + where)
    return WRONG_USAGE


def _explain_system(error: OSError) -> int:
    reason = error.strerror or str(error)
    if _output_is_gone() and isinstance(error, BrokenPipeError):
        return 0  # the reader of our output has seen enough: `kliping … | head`
    where = error.filename or ("standard output: cannot be written" if error.errno == errno.ENOSPC else None)
    _say(f"{where}: {reason}" if where else reason)
    return FAILED


def _output_is_gone() -> bool:
    """Whether standard output takes no more; then what is left for it is let go, so that the end is quiet."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def _say(text: str) -> None:
    line = one_line(text).replace("Value error, ", "")  # pydantic's word before ours
    print(f"kliping: {line if len(line) <= LONGEST else line[:LONGEST] + '…'}", file=sys.stderr)
