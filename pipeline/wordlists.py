"""Reads the word lists of `pipeline/data` into frozen dataclasses; the caller keeps what it read."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter

T = TypeVar("T")


def load(name: str, shape: type[T]) -> T:
    """`pipeline/data/NAME.toml` as `shape`, a frozen dataclass; a key too many or too few is an error."""
    text = files("pipeline").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    # in a tuple, because pydantic takes no configuration beside a bare dataclass; those inside inherit it
    strict = TypeAdapter(tuple[shape], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]  # a run-time type
    return strict.validate_python((tomllib.loads(text),))[0]
