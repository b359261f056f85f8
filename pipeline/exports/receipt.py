"""What an export is, said beside it: what was asked for, what is in it, what is not and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from pipeline.exports.selection import Format, Selection

RECEIPT_VERSION = 1
SUFFIX = ".receipt.json"  # behind the export's whole name


@dataclass(frozen=True, slots=True)
class OutletRights:
    """What an outlet allows, as its file says."""

    outlet: str
    title: str | None  # None: an unlisted address, of whose rights nothing is known
    terms: str | None
    terms_url: str | None
    full_text: bool
    permission: str | None  # which one the outlet gave, in the words of the operator who enabled it


@dataclass(frozen=True, slots=True)
class Shortened:
    """How many of an outlet's articles stand here without their text, as its rights demand."""

    outlet: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article of the selection that is not in the file, and why."""

    url: str
    outlet: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An article that matches the selection and was withheld or taken down: nothing of its text leaves."""

    url: str
    outlet: str | None
    disposition: str  # withheld | taken_down
    withheld_at: datetime | None  # None where it is not recorded
    reason: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of one export."""

    file: str  # name without folder
    format: Format
    sha256: str  # of the file, hex
    size: int  # bytes
    made_at: datetime
    tool: str  # name and version
    selection: Selection
    full_text: str  # in words: whose text is in it
    articles: int  # in the file
    records: int | None  # responses in a WARC; None for the other formats
    counts_of: str  # in words: which URLs the counts are of; not the selection's, whose dates most URLs do not have
    counts_by_disposition: Mapping[str, int]
    rights: tuple[OutletRights, ...] = ()  # of every outlet that the selection touches
    shortened: tuple[Shortened, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    withheld: tuple[Tombstone, ...] = field(default=(), repr=False)


def receipt_json(receipt: Receipt) -> dict[str, object]:
    """The receipt as one JSON document; datetimes are text in ISO 8601."""
    return {name: _plain(value) for name, value in {"receipt_version": RECEIPT_VERSION, **asdict(receipt)}.items()}


def receipt_bytes(receipt: Receipt) -> bytes:
    """The receipt as a file, for people too."""
    return json.dumps(receipt_json(receipt), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
