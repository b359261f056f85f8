"""Copying chosen records, byte by byte, into a WARC file of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipeline.archive import serialise
from pipeline.archive.reader import locate, read_record, warc_date
from pipeline.archive.records import WarcRecord, record_at
from pipeline.errors import ArchiveError
from pipeline.model import Capture, CaptureRef

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Sink(Protocol):
    """What takes bytes in their order."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True)
class _Piece:
    path: Path
    offset: int
    length: int
    record_id: str
    date: datetime


def copy_records(
    folder: Path, captures: Iterable[Capture | CaptureRef], out: Sink, *, file: str, description: str
) -> int:
    """Write a `warcinfo` record of its own, then each response with its request; return the number of responses.

    Record ids, dates and bytes stay as they are; a record named twice is written once. The same captures give
    the same bytes: the first record takes its id and its date from what follows. `file` is the name the WARC
    will have. Raises `ArchiveError` when a record is not as recorded.
    """
    pieces = {capture.record_id: _pieces(folder, capture) for capture in captures}
    every = [piece for group in pieces.values() for piece in group]
    made_at = max((piece.date for piece in every), default=_EARLIEST)
    name = "\n".join((file, description, *(piece.record_id for piece in every)))
    info = serialise.Info(made_at, "as each record's own run had it", description=description)
    record_id = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"
    out.write(serialise.warcinfo(info, file=file, record_id=record_id))
    for piece in every:
        with piece.path.open("rb") as source:
            source.seek(piece.offset)
            out.write(source.read(piece.length))
    return len(pieces)


def _pieces(folder: Path, capture: Capture | CaptureRef) -> list[_Piece]:
    """The response and, where it names one, the request behind it."""
    path = locate(folder, capture.file)
    response = read_record(folder, capture)
    found = [_piece(path, response)]
    if wanted := response.get("WARC-Concurrent-To"):
        request = record_at(path, response.offset + response.length)
        if request.id != wanted:
            raise ArchiveError(
                f"{path}: offset {request.offset}: not the request of {response.id}; see `kliping verify`"
            )
        found.append(_piece(path, request))
    return found


def _piece(path: Path, record: WarcRecord) -> _Piece:
    return _Piece(path, record.offset, record.length, record.id or "", warc_date(record) or _EARLIEST)
