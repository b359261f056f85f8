"""Labelled pages as they lie in a folder: `gold.jsonl` with the fields of each, or the form of a public benchmark."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines
from pipeline.model import Page

_SAVED_AT = datetime(2026, 11, 1, tzinfo=UTC)  # pages in the folder carry no time of fetching; all are older than this
_TRUTH = "ground-truth.json"


@dataclass(frozen=True, slots=True)
class _Section:
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _SilverBody:
    sections: tuple[_Section, ...] = ()


@dataclass(frozen=True, slots=True)
class _Silver:
    body: _SilverBody = _SilverBody()


@dataclass(frozen=True, slots=True)
class Label:
    """One line of `gold.jsonl`; an absent field is not scored."""

    file: str
    url: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    editor: str | None = None
    visible_date: str | None = None
    dateline: str | None = None  # with the credit in brackets: "Mataram, NTB (ANTARA News)"
    lang: str | None = None  # BCP 47 primary subtag
    kind: str | None = None  # a value of `Kind`
    body: str | None = None
    silver: dict[str, _Silver] | None = None  # another parser's output, by its version
    hand_checked: bool = False

    @property
    def text(self) -> str | None:
        """The labelled body, else the other parser's."""
        if self.body is not None or not self.silver:
            return self.body
        silver = next(iter(self.silver.values()))
        return "\n".join(paragraph for section in silver.body.sections for paragraph in section.paragraphs) or None


@dataclass(frozen=True, slots=True)
class _Truth:
    """A page of `ground-truth.json`; its bytes lie in `html/ID.html.gz`."""

    articleBody: str = ""  # noqa: N815 - the benchmark's own name
    url: str = ""


def read_labels(data: Path) -> tuple[Label, ...]:
    """The lines of `gold.jsonl`. Raises `KlipingError` in one line."""
    return read_lines(data / "gold.jsonl", Label)


def read_truth(data: Path) -> tuple[Label, ...]:
    """The pages of a benchmark's `ground-truth.json` with their texts. Raises `KlipingError` in one line."""
    path = data / _TRUTH
    try:
        truth = TypeAdapter(dict[str, _Truth]).validate_json(path.read_bytes())
    except OSError as error:
        raise KlipingError(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KlipingError(f"{path}: {where}: {first['msg']}") from None
    return tuple(Label(f"html/{name}.html.gz", one.url, body=one.articleBody) for name, one in truth.items())


def read_page(data: Path, label: Label) -> Page:
    """A saved page as if it had been fetched; `.gz` is unpacked. Raises `KlipingError` in one line."""
    path = data / label.file
    try:
        body = path.read_bytes()
        body = gzip.decompress(body) if path.suffix == ".gz" else body
    except (OSError, EOFError, zlib.error) as error:
        raise KlipingError(f"{path}: cannot be read: {error}") from None
    return Page(url=label.url, status=200, headers=(), body=body, fetched_at=_SAVED_AT, outlet=None)
