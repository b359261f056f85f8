"""Closing what killed runs left open: the torn tail is cut off, every whole exchange stays."""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.records import RecordScan, iter_records
from pipeline.archive.writer import OPEN_SUFFIX, SUFFIX, rename_to_final
from pipeline.draft import sync_folder
from pipeline.errors import ArchiveError

_GZIP_START = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of one file that a dead run had left open."""

    file: str  # final name
    exchanges: int  # whole ones, all kept; 0 where not even the first record was whole and the file was removed
    cut: int  # bytes of the torn tail that were cut off
    problem: str | None = None  # one sentence, where the file could not be made right


def recover(folder: Path, alive: Callable[[str], bool]) -> list[Recovered]:
    """Close every orphaned file of the folder. `alive(final name)`: may its run still be writing?

    A file that a living process of this machine has locked is left alone whatever `alive` says. Raises
    `ArchiveError` when the disk refuses.
    """
    recovered = []
    for path in sorted(folder.glob(f"*{SUFFIX}{OPEN_SUFFIX}")):
        if alive(path.name.removesuffix(OPEN_SUFFIX)):
            continue
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue  # closed meanwhile
        except OSError as error:
            raise _failed(path, error) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            recovered.append(_close(path, descriptor))
        except BlockingIOError:
            continue  # its writer lives
        except OSError as error:
            raise _failed(path, error) from None
        finally:
            os.close(descriptor)
    return recovered


def _close(path: Path, descriptor: int) -> Recovered:
    file = path.name.removesuffix(OPEN_SUFFIX)
    size = os.fstat(descriptor).st_size
    whole = _whole_exchanges(path)
    if path.with_name(file).exists():
        return Recovered(file, whole.count, 0, f"{path}: {file} is there already; compare the two and remove one")
    if whole.torn_at is not None and _records_follow(path, whole.torn_at + 1):
        rename_to_final(path)
        problem = f"{path.with_name(file)}: is damaged at byte {whole.torn_at}; restore it from a backup"
        return Recovered(file, whole.count, 0, problem)
    if whole.end == 0:
        path.unlink()
        sync_folder(path.parent)
        return Recovered(file, 0, size)
    os.ftruncate(descriptor, whole.end)
    os.fsync(descriptor)
    rename_to_final(path)
    return Recovered(file, whole.count, size - whole.end)


@dataclass(frozen=True, slots=True)
class _Whole:
    end: int  # byte offset behind the last whole exchange
    count: int
    torn_at: int | None  # where the records stop, if they do before the file ends


def _whole_exchanges(path: Path) -> _Whole:
    """A response that names its request (WARC-Concurrent-To) is whole only with that request behind it."""
    scan = iter_records(path, keep=0)
    end = count = 0
    for record in scan:
        if not record.length or (record.type == "response" and record.get("WARC-Concurrent-To")):
            continue  # rubbish inside its member, or the first half of an exchange
        end = record.offset + record.length
        count += record.type in ("response", "request")
    return _Whole(end, count, scan.torn.offset if scan.torn else None)


def _records_follow(path: Path, start: int) -> bool:
    """Does a whole record lie behind the broken one? Then this is damage and no torn tail, and nothing is cut."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        position = content.find(_GZIP_START, start)
        while position >= 0:
            if next(iter(RecordScan(path, start=position, keep=0)), None):
                return True
            position = content.find(_GZIP_START, position + 1)
    return False


def _failed(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(
        f"{path}: cannot be closed: {error.strerror or error}; check free space and the folder's rights"
    )
