"""The outbox folder: where messages go while no mail server is configured. A file is written once and whole."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from pipeline.errors import DeliveryError


def file_name(message_id: str) -> str:
    """`<a@b>` → `a@b.eml`, with nothing in it that a file system or a shell could take for more."""
    return re.sub(r"[^A-Za-z0-9.@_-]", "_", message_id.strip("<>")).lstrip(".") + ".eml"


def write(folder: Path, message_id: str, message: bytes) -> Path:
    """Write the message under its name unless it is already there. Raises `DeliveryError`.

    The bytes are on disk before the name is: a kill leaves either nothing or the whole message.
    """
    target = folder / file_name(message_id)
    if target.exists():
        return target
    draft = folder / f".{secrets.token_hex(8)}.draft"
    try:
        with draft.open("xb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _fsync(folder)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DeliveryError(f"{target}: cannot be written: {error.strerror}; free space or make it writable") from None
    return target


def has(folder: Path, message_id: str) -> bool:
    return (folder / file_name(message_id)).exists()


def sweep(folder: Path) -> None:
    """Remove the drafts of writers that were killed. Only for whoever holds the journal's lock."""
    for draft in folder.glob(".*.draft"):
        draft.unlink(missing_ok=True)


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
