"""Pointers to every response of an archive file, for a database that does not have them yet."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pipeline.archive import message
from pipeline.archive.payload import payload_sha256
from pipeline.archive.reader import iter_records, warc_date
from pipeline.archive.records import WarcRecord
from pipeline.archive.writer import OPEN_SUFFIX
from pipeline.model import Capture


def pointers(path: Path) -> dict[str, Capture]:
    """{record id: pointer}, in the file's order. Roles are told by status and address alone: listings read as pages.

    Raises `ArchiveError` when the file cannot be read.
    """
    found = {}
    for record in iter_records(path):
        capture = _pointer(record, path.name.removesuffix(OPEN_SUFFIX)) if record.type == "response" else None
        if capture is not None:
            found[capture.record_id] = capture
    return found


def _pointer(record: WarcRecord, file: str) -> Capture | None:
    response, fetched_at = message.parse_response(record.block), warc_date(record)
    if response is None or fetched_at is None or record.id is None or record.url is None:
        return None
    content_type = message.get(response.headers, b"content-type")
    return Capture(
        record_id=record.id,
        url=record.url,
        status=response.status,
        fetched_at=fetched_at,
        file=file,
        offset=record.offset,
        length=record.length,
        payload_sha256=payload_sha256(response.body, response.headers),
        content_type=None if content_type is None else content_type.decode("latin-1"),
        role=_role(record.url, response.status),
    )


def _role(url: str, status: int) -> str:
    if 300 <= status < 400 and status != 304:
        return "redirect"
    if status >= 400:
        return "error"
    return "robots" if urlsplit(url).path == "/robots.txt" else "page"
