"""TOML files that a person writes: outlets, watches, settings. What is wrong with one is told in one line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import SettingsError

T = TypeVar("T")


def read_text(path: Path, error: type[SettingsError]) -> str:
    """The text of a file. Raises `error` where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise error(f"{path}: cannot be read: {fault}") from None


def read_text_if_there(path: Path, error: type[SettingsError]) -> str | None:
    """`read_text`, but `None` where there is no such file."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        pass  # reading it says what is wrong
    return read_text(path, error)


def parse_table(text: str, *, file: str, error: type[SettingsError]) -> dict[str, object]:
    """The top table of a TOML text. Raises `error`, naming `file`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{file}: not valid TOML: {fault}") from None


def parse_as(shape: TypeAdapter[T], text: str, *, file: str, error: type[SettingsError]) -> T:
    """A TOML text as `shape`. Raises `error` with file, option and what is expected."""
    try:
        return shape.validate_python(parse_table(text, file=file, error=error))
    except ValidationError as fault:
        raise error(f"{file}: {first_fault(fault)}") from None


def first_fault(error: ValidationError) -> str:
    """The first fault as "option: what is expected", and how many more there are."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "file"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {first['msg']}{more}"
