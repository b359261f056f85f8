"""The `kliping` command: the composition root, the only place that knows all three packages."""

from __future__ import annotations

import sys

from digests.cli.entry import run


def main() -> None:
    """Entry point of the `kliping` command; ends the process with the exit status of DESIGN §4."""
    sys.exit(run(sys.argv[1:]))
