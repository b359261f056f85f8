"""An operator's own command, told something on its standard input: a pager, a chat, a telephone.

Run without a shell, in a session of its own, with an environment in which no secret of ours stands.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress

from digests.plain import one_line, shorten

_SECONDS = 20.0  # that it may take
_PASSED = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
_WORDS = 200  # characters of its complaint that are told


def run(command: str, text: str, *, seconds: float = _SECONDS) -> str | None:
    """Run it with the text. Why it failed, on one line; None when it ended with 0."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        return f"alarms.hook: {one_line(str(error))}; mend its quotes"
    if not words:
        return "alarms.hook: names no command"
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 (the operator's own words, without a shell)
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                env=_environment(os.environ),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in a word
            return f"alarms.hook: {one_line(words[0])} cannot be run: {getattr(error, 'strerror', None) or error}"
        status = _wait(process, text, seconds)
        if status == 0:
            return None
        complaints.seek(0)
        said = one_line(complaints.read(4096).decode(errors="replace"))
    how = f"was stopped after {seconds:.0f} s" if status is None else f"ended with {status}"
    return f"alarms.hook: {how}" + (f": {shorten(said, _WORDS)}" if said else "")


def _wait(process: subprocess.Popen[bytes], text: str, seconds: float) -> int | None:
    """Its exit status; None when it took too long, and it and all it started were ended."""
    try:
        process.communicate(text.encode(), timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        if process.stdin:
            with suppress(OSError):  # what it never read goes nowhere
                process.stdin.close()
        process.wait()
        return None
    return process.returncode


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    return {name: ours[name] for name in _PASSED if name in ours}
