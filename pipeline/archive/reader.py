"""Reading what was captured back out of the archive, certain that it is what was recorded."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive import message
from pipeline.archive.checksum import disagreement
from pipeline.archive.payload import payload
from pipeline.archive.records import RecordScan, Torn, WarcRecord, iter_records, record_at
from pipeline.archive.writer import OPEN_SUFFIX
from pipeline.errors import ArchiveError
from pipeline.model import Capture, CaptureRef, Page

__all__ = ["RecordScan", "Torn", "WarcRecord", "iter_records", "locate", "read_record", "read_response"]


def read_response(folder: Path, capture: Capture | CaptureRef, *, outlet: str | None = None) -> Page:
    """The recorded response as a page, its content encoding undone (at most `payload.PAYLOAD_LIMIT` bytes).

    Reads the files of running crawls too. Raises `ArchiveError` when the bytes there are not the recorded ones.
    """
    record = read_record(folder, capture)
    response = message.parse_response(record.block)
    fetched_at = warc_date(record)
    if response is None or fetched_at is None:
        raise _not_recorded(folder, capture, "it is no HTTP response with a date")
    body = payload(response.body, response.headers)
    if isinstance(capture, Capture) and hashlib.sha256(body).hexdigest() != capture.payload_sha256:
        raise _not_recorded(folder, capture, "the payload's SHA-256 differs")
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    return Page(record.url or "", response.status, headers, body, fetched_at, outlet, capture.record_id)


def read_record(folder: Path, capture: Capture | CaptureRef) -> WarcRecord:
    """The response record that the pointer means, its id and digests checked. Raises `ArchiveError`."""
    record = record_at(locate(folder, capture.file), capture.offset)
    if record.id != capture.record_id:
        raise _not_recorded(folder, capture, f"the record there is {record.id}")
    if reason := disagreement(record):
        raise _not_recorded(folder, capture, reason)
    return record


def locate(folder: Path, file: str) -> Path:
    """The file under its final name, or under the one it has while its run writes it. Raises `ArchiveError`."""
    for path in (folder / file, folder / (file + OPEN_SUFFIX)):
        if path.is_file():
            return path
    raise ArchiveError(f"{folder / file}: is missing from the archive; restore it from a backup")


def warc_date(record: WarcRecord) -> datetime | None:
    """When the record's content was fetched, in UTC; None where it does not say."""
    try:
        moment = datetime.fromisoformat(record.get("WARC-Date") or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _not_recorded(folder: Path, capture: Capture | CaptureRef, reason: str) -> ArchiveError:
    where = f"{folder / capture.file}: offset {capture.offset}"
    return ArchiveError(f"{where}: not the recorded bytes of {capture.record_id}: {reason}; see `kliping verify`")
