"""Runs `kliping` as a person does, with a home of its own: as a process, or a second sooner in this one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digests.cli import entry


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def kliping(home: Path, *arguments: str, environment: Mapping[str, str] | None = None, timeout: float = 240) -> Ran:
    """Run one command to its end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
    done = subprocess.run(
        [sys.executable, "-m", "digests.cli", *arguments],
        env={**clean, "KLIPING_HOME": str(home), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def command(home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Ran:
    """Run one command to its end in this process. For all that is no signal, no lock and no stream of a process."""
    ours = {name: value for name, value in os.environ.items() if name.startswith("KLIPING_")}
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    for name in ours:
        del os.environ[name]
    os.environ |= {"KLIPING_HOME": str(home), **(environment or {})}
    keyboard = sys.stdin
    try:
        with Path(os.devnull).open(encoding="utf-8") as sys.stdin, redirect_stdout(out), redirect_stderr(err):
            status = entry.run(arguments)
    finally:
        sys.stdin = keyboard
        for name in ("KLIPING_HOME", *(environment or {})):
            del os.environ[name]
        os.environ |= ours
    return Ran(status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


def one_line(error: str) -> str:
    """The single line that an error is. Fails when there is more, or a traceback."""
    (line,) = error.strip().splitlines()
    assert line.startswith("kliping: ")
    return line


def warcio(*arguments: str) -> str:
    """What the `warcio` command prints; fails when it finds something wrong."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
