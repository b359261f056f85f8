"""A file that appears under its name whole or not at all."""

from __future__ import annotations

import hashlib
import os
import uuid
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import KlipingError


class Draft:
    """A file being written beside its target. What is not published when the `with` ends is removed."""

    def __init__(self, target: Path, error: type[KlipingError], *, overwrite: bool) -> None:
        """Raises `error`, as all methods do: the target is there and must not be overwritten, or its folder refuses."""
        self.target = target
        self._error = error
        self.size = 0  # bytes
        self._digest = hashlib.sha256()
        self._path = target.with_name(f".{target.name[:200]}.{uuid.uuid4().hex[:8]}.part")
        try:
            if target.is_dir():
                raise error(f"{target}: is a folder; name a file")
            if target.exists() and not overwrite:
                raise error(f"{target}: is there already; choose another name or ask to overwrite it")
            self._file = self._path.open("xb")
        except OSError as fault:
            raise self._failed(fault) from None

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Add to the file."""
        try:
            self._file.write(data)
        except OSError as error:
            raise self._failed(error) from None
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Everything is on the disk when this returns."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as error:
            raise self._failed(error) from None

    def publish(self) -> None:
        """Give the finished file its name, and the mode of the file it replaces; on the disk when this returns."""
        try:
            if self.target.exists():
                self._path.chmod(self.target.stat().st_mode)
            self._path.replace(self.target)
            sync_folder(self.target.parent)
        except OSError as error:
            raise self._failed(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._path.unlink(missing_ok=True)
        with suppress(OSError):  # what is still buffered has no place to go, and is not wanted any more
            self._file.close()

    def _failed(self, fault: OSError) -> KlipingError:
        reason = fault.strerror or str(fault)
        return self._error(f"{self.target}: cannot be written: {reason}; check the folder and its free space")


def sync_folder(folder: Path) -> None:
    """fsync a folder: names in it outlive a power cut. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
