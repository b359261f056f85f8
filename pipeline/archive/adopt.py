"""Taking another home's archive files into this one's archive, byte by byte."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.archive.writer import OPEN_SUFFIX, SUFFIX
from pipeline.draft import sync_folder
from pipeline.errors import ArchiveError

_HALF = ".half"  # behind the name of a file that is being copied
_PIECE = 2**20  # bytes


def archive_files(folder: Path) -> list[Path]:
    """The runs' files of a folder, those that a killed run left open too. Raises `ArchiveError` where there is none."""
    files = sorted({*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}{OPEN_SUFFIX}")})
    if not files:
        raise ArchiveError(f"{folder}: holds no {SUFFIX} file; name the archive folder of a home")
    return files


def adopt(source: Path, archive: Path, tell: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Copy what is missing; how many files were copied. Killed and called again it goes on.

    Raises `ArchiveError` when a file of that name but of other content is there, or the disk refuses.
    """
    files = archive_files(source)
    if source.resolve() == archive.resolve():
        return 0
    copied = 0
    for done, path in enumerate(files):
        tell(done, len(files))
        target = archive / path.name
        if _is_there(path, archive):
            continue
        try:
            _copy(path, target)
        except OSError as error:
            raise ArchiveError(f"{target}: cannot be written: {error.strerror or error}; check free space") from None
        copied += 1
    tell(len(files), len(files))
    return copied


def _is_there(path: Path, archive: Path) -> bool:
    """Under its name, or closed meanwhile. Raises `ArchiveError` for another file of that name."""
    target = archive / path.name
    if path.name.endswith(OPEN_SUFFIX) and target.with_name(path.name.removesuffix(OPEN_SUFFIX)).exists():
        return True
    if not target.exists():
        return False
    if not filecmp.cmp(path, target, shallow=False):
        raise ArchiveError(f"{target}: is another file than {path}; rebuild into an empty home")
    return True


def _copy(path: Path, target: Path) -> None:
    half = target.with_name(target.name + _HALF)
    with path.open("rb") as source, half.open("wb") as copy:
        shutil.copyfileobj(source, copy, _PIECE)
        copy.flush()
        os.fsync(copy.fileno())
    half.replace(target)
    sync_folder(target.parent)
