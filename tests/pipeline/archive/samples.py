"""Exchanges of our own making, and the outside judge of what is written."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.archive.exchange import Exchange
from pipeline.archive.writer import WarcWriter
from pipeline.model import Capture

NOW = datetime(2026, 12, 5, 6, 30, 15, 123456, tzinfo=UTC)
PAGE = b"<h1>Wali kota se-ASEAN bertemu di Jakarta</h1>"

PLAIN = Exchange(
    url="https://kota.example/berita/1",
    method="GET",
    request_headers=((b"User-Agent", b"Kliping"), (b"Accept", b"*/*")),
    status=200,
    reason="OK",
    response_headers=((b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Length", b"%d" % len(PAGE))),
    body=PAGE,
    fetched_at=NOW,
    role="page",
    remote_address="192.0.2.7",
)


def numbered(count: int) -> list[Exchange]:
    """Different exchanges, a second apart, the sizes from nothing to some kilobytes."""
    return [
        replace(
            PLAIN,
            url=f"https://kota.example/berita/{n}",
            body=f"<p>Berita nomor {n}.</p>".encode() * (n * n % 97),
            fetched_at=NOW + timedelta(seconds=n),
        )
        for n in range(count)
    ]


def archive(folder: Path, exchanges: list[Exchange], *, name: str = "kota-1", run_id: int = 1) -> list[Capture]:
    """Write them into a file of their own and close it."""
    with WarcWriter(folder, name, run_id=run_id, now=NOW) as writer:
        return [capture for exchange in exchanges for capture in writer.write(exchange)]


def warcio_check(path: Path) -> str:
    """What `warcio check -v` says; fails the test unless it accepts the file."""
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr  # a record that does not end as it should
    return done.stdout
