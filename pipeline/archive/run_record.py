"""What a run says of itself at the end of its file: so that another home can know how outlets were read.

The record is `metadata` (WARC 1.1 §6.6) with a JSON block, the last of its file. A file whose warcinfo says what run it
is and that has no such record is that of a run which was killed; a file that says neither is older, or of other tools.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.archive.reader import iter_records, warc_date
from pipeline.archive.records import WarcRecord
from pipeline.errors import ArchiveError
from pipeline.model import FailureClass, RunCounts, RunState

_FORMAT = "kliping run 1"  # of the JSON block
_DESCRIPTION = re.compile(r"(crawl|backfill|address|replay|trial) of ([A-Za-z0-9_-]+|addresses)")
_ADDRESSES = "addresses"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An address that was asked for and gave no answer that could be recorded."""

    url: str
    failure: FailureClass
    detail: str | None
    status: int | None
    final: bool  # it is `failed` since, not pending


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run that ended in order."""

    outlet: str | None
    kind: str
    state: RunState
    started_at: datetime
    ended_at: datetime
    counts: RunCounts
    failure: FailureClass | None
    detail: str | None
    since: datetime | None = None  # as it was asked for
    until: datetime | None = None
    limit: int | None = None
    urls: tuple[str, ...] = ()  # the addresses a person gave
    presence: Mapping[str, float] | None = None
    vitals: Mapping[str, object] | None = None
    unanswered: tuple[Unanswered, ...] = ()
    format: str = _FORMAT


@dataclass(frozen=True, slots=True)
class RunFile:
    """One file of an archive as a run's."""

    path: Path
    started_at: datetime
    kind: str  # "replay" where the file does not say
    outlet: str | None
    record: RunRecord | None  # None: the run was killed, or the file is older than such records
    killed: bool


_ADAPTER = TypeAdapter(RunRecord)


def describe(kind: str, outlet: str | None) -> str:
    """What the first record of a run's file says of it."""
    return f"{kind} of {outlet or _ADDRESSES}"


def to_json(record: RunRecord) -> bytes:
    """The block."""
    return _ADAPTER.dump_json(record, indent=1)


def read_run(path: Path) -> RunFile:
    """Whose file it is and how its run ended. Raises `ArchiveError` for a file without a WARC record."""
    described: tuple[str, str | None] | None = None
    started_at: datetime | None = None
    last: WarcRecord | None = None
    for record in iter_records(path, keep=2**24):
        if record.type == "warcinfo" and started_at is None:
            described, started_at = _described(record), warc_date(record)
        started_at = started_at or warc_date(record)
        last = record
    if last is None or started_at is None:
        raise ArchiveError(f"{path}: holds no WARC record with a date; restore it from a backup")
    record_ = _record(last)
    if record_ is not None:
        return RunFile(path, record_.started_at, record_.kind, record_.outlet, record_, killed=False)
    kind, outlet = described or ("replay", None)
    return RunFile(path, started_at, kind, outlet, None, killed=described is not None)


def _record(last: WarcRecord) -> RunRecord | None:
    if last.type != "metadata" or (last.get("Content-Type") or "") != "application/json":
        return None
    try:
        found = _ADAPTER.validate_json(last.block)
    except ValidationError:
        return None  # of another tool, or of a version that we do not know
    return found if found.format == _FORMAT else None


def _described(warcinfo: WarcRecord) -> tuple[str, str | None] | None:
    """(kind, outlet) of the description; None where it names none."""
    lines = warcinfo.block.decode("utf-8", "replace").splitlines()
    for line in lines:
        name, _, value = line.partition(":")
        found = _DESCRIPTION.fullmatch(value.strip()) if name.strip().lower() == "description" else None
        if found:
            return found[1], None if found[2] == _ADDRESSES else found[2]
    return None
