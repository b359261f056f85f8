"""The outbox journal: what was sent, outside the database, one JSON line per step, fsynced before the next step.

A line torn by a kill was never acted upon and is ignored. `Journal` takes an exclusive lock on the file: whoever holds
it knows that every other sender that wrote into this journal is dead. Several threads may write: one fsync makes the
lines of all that wait for one durable, and none goes on before its own is.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Condition, Lock
from types import TracebackType

from pipeline.errors import DeliveryError, LeasedError

NAME = "journal.jsonl"
Key = tuple[str, str, str]  # list, period, recipient: stays the same when the database is made anew


class Step(StrEnum):
    """How far a message got."""

    SENDING = "sending"  # a sender took it up; nothing of it has left
    DATA = "data"  # the server said "go ahead": from here on only its reply tells
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"  # after DATA no reply came
    RELEASED = "released"  # a person had it sent again: earlier lines no longer hold it back
    RECONCILED = "reconciled"  # a person knows that the database lacks it: earlier lines still hold it back


class Road(StrEnum):
    SMTP = "smtp"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    at: datetime
    step: Step
    key: Key
    message_id: str
    road: Road
    detail: str | None = None


class Journal:
    """An open, locked journal. Raises `LeasedError` when another sender has it, `DeliveryError` when it is unusable."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise DeliveryError(f"{self.path}: cannot be written: {error.strerror}; make the folder writable") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise LeasedError(f"{self.path}: another sender is at work; wait until it is done") from None
        self._fsync_folder()
        self._writing, self._syncing = Lock(), Condition()
        self._written = self._durable = 0  # bytes appended, and of those on the disk
        self._at_work = False  # somebody is in fsync
        self._broken: str | None = None  # why nothing can be written any more
        self._last: dict[Key, Entry] = {}
        self._reconciled: set[Key] = set()
        for entry in read(self.path):
            self._note(entry)
        self._close_torn_line()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        os.close(self._file)

    @property
    def last(self) -> Mapping[Key, Entry]:
        """How far every delivery got."""
        return self._last

    @property
    def reconciled(self) -> Set[Key]:
        """What a person knows to be missing in the database, or behind there."""
        return self._reconciled

    @property
    def identity(self) -> str:
        """This file on this machine. With the lock it names one sender at a time, also one that follows a dead one."""
        status = os.fstat(self._file)
        return f"{socket.gethostname()}:{self.path.resolve()}:{status.st_dev}:{status.st_ino}"

    def write(self, entry: Entry) -> None:
        """Append and wait until it is durable. Raises `DeliveryError` when the disk refuses: nothing may be sent."""
        self.sync(self.append([entry]))

    @property
    def mark(self) -> int:
        """Where `sync` is to reach so that all that was appended is durable."""
        with self._writing:
            return self._written

    def append(self, entries: Iterable[Entry]) -> int:
        """Append, to be made durable by `sync` with the mark that is given back. A kill of the process keeps the lines,
        a loss of power may not. Raises `DeliveryError`.
        """
        entries = list(entries)
        data = b"".join(map(_line, entries))
        with self._writing:
            self._append(data)
            for entry in entries:
                self._note(entry)
            self._written += len(data)
            return self._written

    def sync(self, mark: int) -> None:
        """Wait until everything up to the mark is on the disk. Raises `DeliveryError`."""
        while True:
            with self._syncing:
                while self._at_work and self._durable < mark:
                    self._syncing.wait()
                if self._broken:
                    raise DeliveryError(self._broken)
                if self._durable >= mark:
                    return
                self._at_work = True
            self._sync_all()

    def _sync_all(self) -> None:
        """One fsync for all that was written before it."""
        with self._writing:
            upto = self._written
        try:
            os.fsync(self._file)
        except OSError as error:  # what it could not write it may have forgotten: a second fsync proves nothing
            self._broken = f"{self.path}: cannot be written: {error.strerror}; nothing more is sent"
        finally:
            with self._syncing:
                self._at_work = False
                if not self._broken:
                    self._durable = max(self._durable, upto)
                self._syncing.notify_all()

    def _note(self, entry: Entry) -> None:
        if entry.step is Step.RECONCILED:
            self._reconciled.add(entry.key)
        else:
            self._last[entry.key] = entry

    def _append(self, data: bytes) -> None:
        """Write it whole, or nothing of it."""
        if self._broken:
            raise DeliveryError(self._broken)
        size = os.fstat(self._file).st_size
        try:
            if os.write(self._file, data) == len(data):
                return
            reason = "the disk is full"
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
        self._broken = f"{self.path}: {reason}; nothing more is sent"
        os.ftruncate(self._file, size)
        raise DeliveryError(self._broken)

    def _close_torn_line(self) -> None:
        """End a line that a kill left open, so that the next one stands by itself."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            self._append(b"\n")
            os.fsync(self._file)

    def _fsync_folder(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _line(entry: Entry) -> bytes:
    list_name, period, recipient = entry.key
    line = {
        "at": entry.at.isoformat(),
        "step": entry.step,
        "list": list_name,
        "period": period,
        "recipient": recipient,
        "message_id": entry.message_id,
        "road": entry.road,
        "detail": entry.detail,
    }
    return (json.dumps(line, ensure_ascii=False) + "\n").encode()


def read(path: Path) -> list[Entry]:
    """All whole lines, in order. A missing file has none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    return [entry for line in lines if (entry := _entry(line)) is not None]


def _entry(line: bytes) -> Entry | None:
    """The line's entry; None for one that a kill or a full disk cut off."""
    try:
        value = json.loads(line)
        return Entry(
            at=datetime.fromisoformat(value["at"]),
            step=Step(value["step"]),
            key=(value["list"], value["period"], value["recipient"]),
            message_id=value["message_id"],
            road=Road(value["road"]),
            detail=value["detail"],
        )
    except (ValueError, KeyError, TypeError):
        return None
