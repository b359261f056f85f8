"""Reading WARC records from a file: gzipped record by record, gzipped as a whole, or plain.

A file may end in the middle of a record (its writer was killed) or in rubbish (zeros after a power cut): the
scan stops there cleanly and says where. A gzip member counts only when it is whole, its CRC included.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import ArchiveError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_FIRST_LINE = re.compile(rb"WARC/\d\.\d+\r?\n")
_LONGEST_LINE = 2**16  # bytes; a target URI is the longest field there is
_MOST_FIELDS = 1_000
_PIECE = 2**14  # bytes inflated at once
_BUFFER = 2**20  # bytes read at once; going back to a member's start then costs nothing
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record and where it lies."""

    offset: int  # of its gzip member in the file; of the record itself where the file is plain
    length: int  # bytes from `offset` to the end of the member or plain record
    place: int  # among the records of that member, from 0; only files gzipped as a whole have more than one
    fields: tuple[tuple[str, str], ...]
    block: bytes = field(repr=False)  # what follows the fields, as much of it as was asked for

    def get(self, name: str) -> str | None:
        """The first value of a named field, in any case."""
        name = name.lower()
        return next((value for key, value in self.fields if key.lower() == name), None)

    @property
    def id(self) -> str | None:
        return self.get("WARC-Record-ID")

    @property
    def type(self) -> str | None:
        return self.get("WARC-Type")

    @property
    def url(self) -> str | None:
        """WARC-Target-URI without the angle brackets that some tools put around it."""
        url = self.get("WARC-Target-URI")
        return url[1:-1] if url and url.startswith("<") and url.endswith(">") else url


@dataclass(frozen=True, slots=True)
class Torn:
    """Where a file stops being records, and why."""

    offset: int  # everything before it is whole records
    reason: str


class _Stream(Protocol):
    """The part of `io.BufferedReader` that reading a record needs."""

    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...
    def peek(self, size: int, /) -> bytes: ...


class _File(_Stream, Protocol):
    def seek(self, offset: int, whence: int = ..., /) -> int: ...
    def tell(self) -> int: ...


class _TornError(Exception):
    """The bytes at hand are no whole record."""


class RecordScan:
    """The records of a file in their order; after the iteration `torn` says whether and where it broke off."""

    def __init__(self, path: Path, *, start: int = 0, keep: int | None = None) -> None:
        """`start`: offset of the first record to read. `keep`: at most so many bytes of each block (None: all)."""
        self.path = path
        self.torn: Torn | None = None
        self._start = start
        self._keep = keep

    def __iter__(self) -> Iterator[WarcRecord]:
        """Raises `ArchiveError` when the file cannot be read at all."""
        self.torn = None
        try:
            with io.BufferedReader(self.path.open("rb", buffering=0), _BUFFER) as file:
                yield from self._records(file)
        except OSError as error:
            raise unreadable(self.path, error) from None

    def _records(self, file: _File) -> Iterator[WarcRecord]:
        offset, size = self._start, file.seek(0, io.SEEK_END)
        file.seek(offset)
        member = _zipped if file.peek(2)[:2] == _GZIP_MAGIC else _plain
        while offset < size:
            try:
                for record in member(file, offset, self._keep):
                    yield record
                    offset += record.length
            except _TornError as error:
                self.torn = Torn(offset, str(error))
                return


def iter_records(path: Path, *, keep: int | None = None) -> RecordScan:
    """The records of a WARC file, gzipped or not; the scan's `torn` tells of a broken end."""
    return RecordScan(path, keep=keep)


def record_at(path: Path, offset: int, place: int = 0) -> WarcRecord:
    """The record that begins there. Raises `ArchiveError` when there is none."""
    scan = RecordScan(path, start=offset)
    record = next(islice(scan, place, None), None)
    if record is None:
        reason = scan.torn.reason if scan.torn else "the file ends before it"
        raise ArchiveError(f"{path}: no record at offset {offset}: {reason}; see `kliping verify`")
    return record


def unreadable(path: Path, error: OSError) -> ArchiveError:
    """The one line a person sees when a file of the archive cannot be read."""
    return ArchiveError(f"{path}: cannot be read: {error.strerror or error}; check the disk and the folder's rights")


class _Member(io.RawIOBase):
    """The content of the gzip member that begins at an offset."""

    def __init__(self, file: _File, offset: int) -> None:
        super().__init__()
        file.seek(offset)
        self._file = file
        self._decoder = zlib.decompressobj(31)
        self._pending = b""
        self._taken = 0

    @property
    def length(self) -> int:
        """Bytes of the member in the file; right once its end was read."""
        return self._taken - len(self._decoder.unused_data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while not self._decoder.eof:
            data = self._pending or self._next_piece()
            try:
                out = self._decoder.decompress(data, len(view))
            except zlib.error:
                raise _TornError("damaged or no gzip data") from None
            self._pending = self._decoder.unconsumed_tail
            if out:
                view[: len(out)] = out
                return len(out)
        return 0

    def _next_piece(self) -> bytes:
        piece = self._file.read(_PIECE)
        if not piece:
            raise _TornError("the file ends inside a record")
        self._taken += len(piece)
        return piece


def _zipped(file: _File, offset: int, keep: int | None) -> Iterator[WarcRecord]:
    """The records of one member. Only the last one carries the member's length, the others 0."""
    member = _Member(file, offset)
    stream = io.BufferedReader(member, _PIECE)
    place, more = 0, True
    while more:
        fields, block = _record(stream, keep)
        more = _skip_empty_lines(stream)
        yield WarcRecord(offset, 0 if more else member.length, place, fields, block)
        place += 1


def _plain(file: _File, offset: int, keep: int | None) -> Iterator[WarcRecord]:
    file.seek(offset)
    fields, block = _record(file, keep)
    _skip_empty_lines(file)
    yield WarcRecord(offset, file.tell() - offset, 0, fields, block)


def _record(stream: _Stream, keep: int | None) -> tuple[tuple[tuple[str, str], ...], bytes]:
    if not _FIRST_LINE.fullmatch(stream.readline(_LONGEST_LINE)):
        raise _TornError("no WARC record begins here")
    fields = _fields(stream)
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdigit()):
        raise _TornError("a record without a length")
    return fields, _block(stream, int(length), keep)


def _fields(stream: _Stream) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    for _ in range(_MOST_FIELDS):
        line = stream.readline(_LONGEST_LINE)
        if not line.endswith(b"\n"):
            break
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return tuple(fields)
        if text[0] in " \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {text.strip()}".strip())
            continue
        name, _, value = text.partition(":")
        fields.append((name.strip(), value.strip()))
    raise _TornError("the fields of a record do not end")


def _block(stream: _Stream, length: int, keep: int | None) -> bytes:
    """Read the block to its end, keeping its first `keep` bytes."""
    kept, missing, room = [], length, length if keep is None else keep
    while missing:
        piece = stream.read(min(missing, _PIECE))
        if not piece:
            raise _TornError("the file ends inside a record")
        kept.append(piece[:room])
        room -= len(kept[-1])
        missing -= len(piece)
    return b"".join(kept)


def _skip_empty_lines(stream: _Stream) -> bool:
    """Move past the line ends between records; False at the end of the stream."""
    while following := stream.peek(1)[:1]:
        if following not in (b"\r", b"\n"):
            return True
        stream.read(1)
    return False
