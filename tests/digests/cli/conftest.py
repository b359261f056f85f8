"""One demo for all tests of the command line; what changes something works on a copy of its home."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from tests.digests.cli.desk import Desk, fill
from tests.digests.cli.running import Ran, kliping


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The demo's home and what it printed: run once for all processes of the tests, which only copy it."""
    base = tmp_path_factory.getbasetemp()
    outer = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-of-all"
    outer.mkdir(exist_ok=True)
    said = outer / "said.json"
    with (outer / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            ran = kliping(outer, "demo")
            assert ran.status == 0, ran.out + ran.err
            said.write_text(json.dumps(asdict(ran)), encoding="utf-8")
    return outer / "demo", Ran(**json.loads(said.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def demo_home(shown: tuple[Path, Ran], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This process's own; only to be read."""
    return Path(shutil.copytree(shown[0], tmp_path_factory.mktemp("demo") / "demo"))


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
