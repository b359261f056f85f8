"""The stock that the tests of exports draw on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.exports.stock import Stock, stock


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Stock]:
    made = stock(tmp_path)
    yield made
    made.store.close()
