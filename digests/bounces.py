"""Reads what mail servers returned, and stops writing where nothing arrives. Each message is read once.

A message that carries our mark back proves whom it was for, and acts. One that only names our Message-ID, which anybody
who knows an address can work out, counts as a refusal for now at most. What names nothing of ours changes nothing.
"""

from __future__ import annotations

import hashlib
import mailbox
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from digests.letterbox import by_mark
from digests.returned import LARGEST, Reading
from digests.returned import read as read_message
from pipeline.config import Settings
from pipeline.errors import SettingsError
from pipeline.store import Store, Subscriber, SubscriberState
from pipeline.store.bounces import BounceKind, Patience, Returned

_OLDEST = timedelta(days=60)  # a Date before that, or after now, is not believed
_SEEN = "S"  # a Maildir's flag


@dataclass(frozen=True, slots=True)
class Bounced:
    """What came of one reading."""

    kinds: Counter[BounceKind]
    suppressed: tuple[str, ...]  # addresses
    unsubscribed: tuple[str, ...]
    known: int  # messages that had been read before
    unreadable: tuple[str, ...]  # files, each with why

    @property
    def read(self) -> int:
        return sum(self.kinds.values())

    def line(self) -> str | None:
        """For a log; None when nothing new lay there."""
        if not self.read and not self.unreadable:
            return None
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.kinds.items()))
        done = [
            f"{len(addresses)} {what} ({', '.join(addresses[:5])}{' …' if len(addresses) > 5 else ''})"
            for addresses, what in ((self.suppressed, "suppressed"), (self.unsubscribed, "unsubscribed"))
            if addresses
        ]
        wrong = [f"{len(self.unreadable)} unreadable: {self.unreadable[0]}"] if self.unreadable else []
        return "; ".join([f"returned mail: {self.read} read" + (f" ({kinds})" if kinds else ""), *done, *wrong])


@dataclass(frozen=True, slots=True)
class _Piece:
    """One message where it lies."""

    name: str
    load: Callable[[], bytes]
    done: Callable[[], None]


def read(store: Store, settings: Settings, *, now: datetime) -> Bounced:
    """Read the Maildir and the mbox of the settings, where they are set. Raises `SettingsError` for a missing one."""
    chosen = settings.bounces
    pieces: list[Iterator[_Piece]] = []
    if chosen.maildir is not None:
        pieces.append(_maildir(_there(settings.home / chosen.maildir, "bounces.maildir")))
    if chosen.mbox is not None:
        pieces.append(_mbox(_there(settings.home / chosen.mbox, "bounces.mbox")))
    return _read_all(store, settings, (piece for group in pieces for piece in group), now)


def read_path(store: Store, settings: Settings, path: Path, *, now: datetime) -> Bounced:
    """Read a Maildir, a folder of saved messages, an mbox or one message. Raises `SettingsError`."""
    _there(path, "PATH")
    if path.is_dir():
        pieces = _maildir(path) if (path / "new").is_dir() else _folder(path)
    else:
        pieces = _mbox(path) if _begins(path, b"From ") else iter([_file(path)])
    return _read_all(store, settings, pieces, now)


def _there(path: Path, option: str) -> Path:
    if not path.exists():
        raise SettingsError(f"{option}: {path} is not there; name a Maildir, an mbox or a saved message")
    return path


def _read_all(store: Store, settings: Settings, pieces: Iterator[_Piece], now: datetime) -> Bounced:
    kinds: Counter[BounceKind] = Counter()
    changed: list[Subscriber] = []
    known, unreadable = 0, []
    patience = Patience(settings.bounces.soft_days, settings.bounces.within_days)
    for piece in pieces:
        try:
            content = piece.load()
        except (OSError, KeyError) as error:
            unreadable.append(f"{piece.name}: {getattr(error, 'strerror', None) or 'is gone'}")
            continue
        returned = judge(store, content, now)
        moved = store.bounces.take(returned, patience, now)
        known += moved is None
        if moved is not None:
            kinds[returned.kind] += 1
            changed += moved
        piece.done()
    by_state = {
        state: tuple(sorted({one.address for one in changed if one.state is state})) for state in SubscriberState
    }
    suppressed, unsubscribed = by_state[SubscriberState.SUPPRESSED], by_state[SubscriberState.UNSUBSCRIBED]
    return Bounced(kinds, suppressed, unsubscribed, known, tuple(unreadable))


def judge(store: Store, content: bytes, now: datetime) -> Returned:
    """What the message means for whom, after what it proves."""
    reading = read_message(content)
    digest = hashlib.sha256(content).hexdigest()
    at = reading.at if reading.at is not None and now - _OLDEST < reading.at <= now else now
    proven = by_mark(store, reading.mark) if reading.mark else None
    kind, address = reading.kind, proven.address if proven else None
    if proven is None:
        address = _named(store, reading)
        believed = kind in (BounceKind.HARD, BounceKind.SOFT) and address is not None
        kind = BounceKind.SOFT if believed else BounceKind.IGNORED
    return Returned(digest, kind, address, reading.status, reading.detail, at, proven.id if proven else None)


def _named(store: Store, reading: Reading) -> str | None:
    """To whom our message of that Message-ID went, when the report names the same address or none."""
    recipient = store.bounces.recipient(reading.message_id) if reading.message_id else None
    return recipient if recipient and reading.address in (None, recipient) else None


# --- where messages lie ----------------------------------------------------------------------------------------------


def _maildir(path: Path) -> Iterator[_Piece]:
    """What is new, and what another program moved without its being seen; afterwards it is in cur, seen."""
    if not (path / "new").is_dir():
        raise SettingsError(f"{path}: is no Maildir, it has no folder `new`")
    for folder in ("new", "cur"):
        for file in sorted((path / folder).iterdir()) if (path / folder).is_dir() else ():
            if file.name.startswith(".") or (folder == "cur" and _SEEN in file.name.partition(":2,")[2]):
                continue
            yield _Piece(str(file), partial(_load, file), partial(_seen, path, file))


def _seen(path: Path, file: Path) -> None:
    """Into cur with the flag. Where that cannot be, the digest still knows that it was read."""
    stem, _, flags = file.name.partition(":2,")
    target = path / "cur" / f"{stem}:2,{''.join(sorted({*flags, _SEEN}))}"
    try:
        target.parent.mkdir(exist_ok=True)
        file.rename(target)
    except OSError:
        return


def _mbox(path: Path) -> Iterator[_Piece]:
    """The file is left as it is: the digests remember what was read."""
    box = mailbox.mbox(path, factory=None, create=False)
    try:
        for number, key in enumerate(box.keys(), start=1):
            yield _Piece(f"{path} message {number}", partial(_from_mbox, box, key), _nothing)
    finally:
        box.close()


def _folder(path: Path) -> Iterator[_Piece]:
    return (_file(file) for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith("."))


def _file(path: Path) -> _Piece:
    return _Piece(str(path), partial(_load, path), _nothing)


def _from_mbox(box: mailbox.mbox, key: str) -> bytes:
    return box.get_bytes(key)[:LARGEST]


def _nothing() -> None:
    """What lies there stays as it is."""


def _load(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def _begins(path: Path, start: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(start)) == start
    except OSError:
        return False
