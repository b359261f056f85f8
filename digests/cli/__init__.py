"""The `kliping` command: the composition root, the only place that knows all three packages."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path

from digests.cli.entry import run


def main() -> None:
    """Entry point of the `kliping` command; ends the process with the exit status of DESIGN §4."""
    if sys.stdout is None:  # started with it closed: `>&-`
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open until the process ends)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of another encoding shows "?", and nothing breaks
    sys.exit(run(sys.argv[1:]))
