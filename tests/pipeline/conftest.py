"""Fixtures of the pipeline's tests."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline import window
from pipeline.events import clues
from pipeline.terms import terms

_TERMS, _CLUES = cache(terms), cache(clues)


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms and clues of a text are made once in the whole session, for tests that tell the same week many times."""
    monkeypatch.setattr(window, "terms", _TERMS)
    monkeypatch.setattr(window, "clues", _CLUES)
