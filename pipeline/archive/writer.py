"""Writing one run's WARC file: every exchange is on the disk before its pointers are handed out.

The file is called NAME.warc.gz.open until it is closed, and its writer holds a lock on it; `archive.recovery`
closes what a killed writer left behind. Each record is a gzip member of its own. The response comes first and
its request right behind it, so that a capture's pointer leads to both.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import threading
import uuid
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.archive import message, serialise
from pipeline.archive.exchange import Exchange
from pipeline.archive.payload import payload_sha256
from pipeline.draft import sync_folder
from pipeline.errors import ArchiveError
from pipeline.model import Capture

SUFFIX = ".warc.gz"
OPEN_SUFFIX = ".open"  # behind the final name
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
_RECORD_ID = re.compile(r"<urn:uuid:[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}>")


class WarcWriter:
    """The open archive file of one run. Threads may share it; `with` closes it."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        run_id: int,
        now: datetime,
        robots: str = "obeyed (RFC 9309)",
        description: str | None = None,
    ) -> None:
        """Create FOLDER/NAME.warc.gz.open. `robots`: the policy in words; `description`: what the run is.

        Raises `ArchiveError`.
        """
        if not _NAME.fullmatch(name):
            raise ArchiveError(f"archive file {name!r}: use letters, digits, dots and hyphens only")
        self.file = name + SUFFIX
        self.folder = folder
        self._open_path = folder / (self.file + OPEN_SUFFIX)
        self._lock = threading.Lock()
        self._size = 0  # bytes of whole exchanges
        info = serialise.Info(now, robots, run_id, description)
        self._descriptor = self._create(serialise.warcinfo(info, file=self.file, record_id=_new_id()))

    def write(self, exchange: Exchange) -> tuple[Capture, ...]:
        """Record one exchange; return the pointer to its response (one, so far) once it is on the disk.

        Raises `ArchiveError` when it could not be written whole; the file then ends as before, and a later
        write may succeed again.
        """
        record_id = exchange.record_id if _RECORD_ID.fullmatch(exchange.record_id or "") else None
        record_id = record_id or _new_id()
        request_id = _new_id() if exchange.method else None
        member = serialise.response(exchange, record_id=record_id, request_id=request_id)
        request = b""
        if exchange.method and request_id:
            request = serialise.request(exchange, exchange.method, record_id=request_id, response_id=record_id)
        with self._lock:
            offset = self._append(member + request)
        return (self._capture(exchange, record_id, offset, len(member)),)

    def write_metadata(self, block: bytes, now: datetime) -> None:
        """Record JSON about the file as a whole, as its last record. On the disk when this returns.

        Raises `ArchiveError`; the file then ends as before.
        """
        with self._lock:
            self._append(serialise.metadata(block, now, record_id=_new_id()))

    def close(self) -> None:
        """Give the file its final name. Raises `ArchiveError`; closing twice does nothing."""
        with self._lock:
            if self._descriptor < 0:
                return
            try:
                os.fsync(self._descriptor)
                rename_to_final(self._open_path)
            except OSError as error:
                raise self._failed("closed", error) from None
            finally:
                os.close(self._descriptor)
                self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _create(self, warcinfo: bytes) -> int:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if (self.folder / self.file).exists():
                raise FileExistsError(errno.EEXIST, "there is a file of that name already")
            descriptor = os.open(self._open_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        except OSError as error:
            raise self._failed("created", error) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _write_all(descriptor, warcinfo)
            sync_folder(self.folder)
        except OSError as error:
            os.close(descriptor)
            self._open_path.unlink(missing_ok=True)
            raise self._failed("created", error) from None
        self._size = len(warcinfo)
        return descriptor

    def _append(self, data: bytes) -> int:
        """Write and fsync; return the offset of `data`. On failure cut the file back to where it was."""
        if self._descriptor < 0:
            raise ArchiveError(f"{self._open_path}: is closed; begin a new file")
        try:
            _write_all(self._descriptor, data)
        except OSError as error:
            self._cut_back()
            raise self._failed("written", error) from None
        offset = self._size
        self._size += len(data)
        return offset

    def _cut_back(self) -> None:
        """Where even this fails nothing more may be appended: what is there would no longer be whole records."""
        try:
            os.ftruncate(self._descriptor, self._size)
            os.fsync(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            self._descriptor = -1

    def _failed(self, what: str, error: OSError) -> ArchiveError:
        reason = error.strerror or str(error)
        return ArchiveError(f"{self._open_path}: cannot be {what}: {reason}; check free space and the folder's rights")

    def _capture(self, exchange: Exchange, record_id: str, offset: int, length: int) -> Capture:
        content_type = message.get(exchange.response_headers, b"content-type")
        return Capture(
            record_id=record_id,
            url=serialise.target(exchange.url),
            status=exchange.status,
            fetched_at=exchange.fetched_at,
            file=self.file,
            offset=offset,
            length=length,
            payload_sha256=payload_sha256(exchange.body, exchange.response_headers),
            content_type=None if content_type is None else content_type.decode("latin-1"),
            role=exchange.role,
        )


def rename_to_final(open_path: Path) -> Path:
    """NAME.warc.gz.open → NAME.warc.gz, never over another file; on the disk when this returns. Raises `OSError`."""
    final = open_path.with_name(open_path.name.removesuffix(OPEN_SUFFIX))
    if final.exists():
        raise FileExistsError(errno.EEXIST, f"there is a file {final.name} already")
    open_path.replace(final)
    sync_folder(final.parent)
    return final


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"
