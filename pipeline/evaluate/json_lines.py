"""JSON Lines in and out of evaluations, `.gz` too, with errors that name file and line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import KlipingError

T = TypeVar("T")


def read_lines(path: Path, shape: type[T]) -> tuple[T, ...]:
    """Every line of the file as `shape`, a dataclass; keys that it does not have are left out.

    Raises `KlipingError` in one line.
    """
    adapter = TypeAdapter(shape)
    opener = gzip.open if path.suffix == ".gz" else open
    found: list[T] = []
    number = 0  # of the line being read
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    found.append(adapter.validate_python(json.loads(line)))
    except OSError as error:
        raise KlipingError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (EOFError, UnicodeDecodeError) as error:
        raise KlipingError(f"{path}: cannot be read: {error}; give a JSON Lines file, plain or .gz") from None
    except json.JSONDecodeError as error:
        raise KlipingError(f"{path}: line {number}: not JSON: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KlipingError(f"{path}: line {number}: {where}: {first['msg']}") from None
    return tuple(found)


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """One JSON object a line. Raises `KlipingError` when the file cannot be written."""
    lines = (json.dumps(dict(row), ensure_ascii=False) for row in rows)
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise KlipingError(f"{path}: cannot be written: {error}") from None
