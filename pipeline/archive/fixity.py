"""Proving that the archive still holds what was recorded, file by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.archive import message
from pipeline.archive.checksum import disagreement
from pipeline.archive.payload import payload_sha256
from pipeline.archive.reader import locate
from pipeline.archive.records import WarcRecord, iter_records
from pipeline.archive.writer import OPEN_SUFFIX, SUFFIX
from pipeline.errors import ArchiveError
from pipeline.model import Capture


class Flaw(StrEnum):
    """What can be wrong with a file or a record."""

    MISSING = "missing"  # no such file
    UNREADABLE = "unreadable"  # the disk does not give it
    TORN = "torn"  # from some byte on it is no records
    DIGEST = "digest"  # bytes that are not the recorded ones
    RECORD_ID = "record_id"  # another record lies where the pointer leads
    NO_RECORD = "no_record"  # no record begins where the pointer leads
    BEYOND_END = "beyond_end"  # the pointer leads behind the last whole record


@dataclass(frozen=True, slots=True)
class Problem:
    """One flaw. `record_id` and `offset` are None where it is the file's."""

    flaw: Flaw
    detail: str  # one sentence
    record_id: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file and of the captures that point into it."""

    file: str
    records: int  # whole ones
    captures: int  # pointers checked
    problems: tuple[Problem, ...]
    orphans: tuple[str, ...] = ()  # ids of responses no capture points to: fetched, then killed before the commit

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(folder: Path, captures: Iterable[Capture]) -> Iterator[FileReport]:
    """Check every file of the folder and every file that captures name, in the order of their names."""
    by_file: defaultdict[str, list[Capture]] = defaultdict(list)
    for capture in captures:
        by_file[capture.file].append(capture)
    present = {path.name.removesuffix(OPEN_SUFFIX) for path in folder.glob(f"*{SUFFIX}*")}
    for file in sorted(by_file.keys() | {name for name in present if name.endswith(SUFFIX)}):
        yield verify_file(folder, file, by_file[file])


def verify_file(folder: Path, file: str, captures: Iterable[Capture]) -> FileReport:
    """Read one file whole, and compare it with its own digests and with the captures that point into it."""
    pointers: defaultdict[int, list[Capture]] = defaultdict(list)
    for capture in captures:
        pointers[capture.offset].append(capture)
    count = sum(map(len, pointers.values()))
    problems: list[Problem] = []
    orphans: list[str] = []
    records = end = 0
    try:
        path = locate(folder, file)
    except ArchiveError as error:
        return FileReport(file, 0, count, (Problem(Flaw.MISSING, str(error)),))
    scan = iter_records(path)
    try:
        for record in scan:
            records += 1
            end = record.offset + record.length
            meant = pointers.pop(record.offset, [])
            problems += _problems(record, meant)
            if not meant and record.type == "response":
                orphans.append(record.id or "")
    except ArchiveError as error:
        problems.append(Problem(Flaw.UNREADABLE, str(error)))
        pointers.clear()  # of what cannot be read nothing more can be said
    if scan.torn and not path.name.endswith(OPEN_SUFFIX):  # the end of a running crawl's file may be half a record
        problems.append(Problem(Flaw.TORN, scan.torn.reason, offset=scan.torn.offset))
    problems += (_unmet(capture, end) for astray in pointers.values() for capture in astray)
    return FileReport(file, records, count, tuple(problems), tuple(orphans))


def _problems(record: WarcRecord, captures: Sequence[Capture]) -> Iterator[Problem]:
    """Of a record and the captures that point to it; `captures` may be empty."""
    if reason := disagreement(record):
        yield Problem(Flaw.DIGEST, reason, record.id, record.offset)
    if not captures:
        return
    response = message.parse_response(record.block)
    digest = payload_sha256(response.body, response.headers) if response else None
    for capture in captures:
        if record.id != capture.record_id:
            yield Problem(Flaw.RECORD_ID, f"the record there is {record.id}", capture.record_id, record.offset)
        elif digest != capture.payload_sha256:
            yield Problem(Flaw.DIGEST, "the payload's SHA-256 is not the stored one", record.id, record.offset)


def _unmet(capture: Capture, end: int) -> Problem:
    if capture.offset >= end:
        return Problem(Flaw.BEYOND_END, "the file ends before it", capture.record_id, capture.offset)
    return Problem(Flaw.NO_RECORD, "no record begins there", capture.record_id, capture.offset)
