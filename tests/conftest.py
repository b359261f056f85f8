"""Fixtures every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.store_fixtures"]
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_path(*parts: str) -> Path:
    """A path in the labelled data beside the project. Absent: the test is skipped; in CI it fails."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        message = f"the labelled data are not here: {'/'.join(('../shared/data', *parts))}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture
def shared() -> Callable[..., Path]:
    return shared_path
