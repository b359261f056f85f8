"""One demo for all tests of the command line; what changes something works on a copy of its home."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.digests.cli.desk import Desk, fill
from tests.digests.cli.running import Ran, kliping


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The demo's home and what it printed."""
    outer = tmp_path_factory.mktemp("demo")
    ran = kliping(outer, "demo")
    assert ran.status == 0, ran.out + ran.err
    return outer / "demo", ran


@pytest.fixture(scope="session")
def demo_home(shown: tuple[Path, Ran]) -> Path:
    """Only to be read."""
    return shown[0]


@pytest.fixture(scope="session")
def today(demo_home: Path) -> date:
    """The day the demo's newsroom lies around."""
    found = re.search(r'newsroom = "bundled:([0-9-]+)"', (demo_home / "kliping.toml").read_text(encoding="utf-8"))
    assert found
    return date.fromisoformat(found[1])


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few small stories; only to be copied."""
    return fill(tmp_path_factory.mktemp("desk") / "home").home


@pytest.fixture
def desk(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(Path(shutil.copytree(filled, tmp_path / "desk")), capsys)


@pytest.fixture
def both(store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The same over each kind of database."""
    return replace(fill(tmp_path / "both", store_url), capsys=capsys)
