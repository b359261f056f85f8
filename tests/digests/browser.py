"""Chromium, driven without a driver: pages from files, what is in them after a moment, pictures of them."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic",
    "--no-first-run", "--hide-scrollbars", "--virtual-time-budget=5000",
)  # fmt: skip
_FOUND = re.compile(r'<pre id="found">(.+?)</pre>', re.DOTALL)


def chromium() -> str | None:
    """The program, where there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def installed() -> str:
    """The program; without one the test is skipped."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium is installed: pages are not looked at in a browser")
    return found


def found(program: str, page: str, *, dark: bool = False) -> str:
    """What the page's own script left in its `<pre id="found">`. Raises `AssertionError` where it left nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = _run(program, folder, page, ("--dump-dom",), dark=dark)
    left = _FOUND.search(done)
    assert left, "the page's script did not come to its end"
    return html.unescape(left[1])


def picture(program: str, page: str, png: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """The page in a window of `size` (CSS pixels), as a PNG file."""
    with tempfile.TemporaryDirectory() as name:
        width, height = size
        options = (f"--screenshot={png}", f"--window-size={width},{height}")
        _run(program, Path(name), page, options, dark=dark)


def _run(program: str, folder: Path, page: str, options: tuple[str, ...], *, dark: bool) -> str:
    source = folder / "page.html"
    source.write_text(page, encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"  # as Chromium counts them
    command = [program, *_OPTIONS, scheme, f"--user-data-dir={folder / 'profile'}", *options, source.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, encoding="utf-8")
    return done.stdout
