"""A small mail server on this machine that keeps what it gets in a Maildir: the demo's mailbox, over real SMTP."""

from __future__ import annotations

import asyncio
import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pipeline.errors import DeliveryError

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A running server and the folder it fills."""

    host: str
    port: int
    folder: Path

    def messages(self) -> list[bytes]:
        """What has arrived, in the order of arrival."""
        box = mailbox.Maildir(self.folder, create=False)
        return [box.get_bytes(name) for name in sorted(box.keys())]


class _Keep:
    """Puts every accepted message into the Maildir; a name is there only once the whole message is."""

    def __init__(self, folder: Path) -> None:
        self._box = mailbox.Maildir(folder, create=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        try:
            self._box.add(envelope.original_content or b"")
        except OSError as error:
            return f"452 the mailbox cannot be written: {error.strerror}"
        return "250 kept in the mailbox"


class AnyPort(Controller):
    """A controller that, told port 0, listens on a free one and then knows which."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd leaves it untyped


@contextmanager
def serve_mailbox(folder: Path, port: int = 0) -> Iterator[Mailbox]:
    """Serve while the block runs; `port` 0: any free one. Raises `DeliveryError` when folder or port is unusable."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        controller = AnyPort(_Keep(folder), hostname=_HOST, port=port, ready_timeout=30)
        controller.start()
    except OSError as error:
        raise DeliveryError(f"mailbox {folder} on {_HOST}:{port}: {error.strerror}; choose another") from None
    try:
        yield Mailbox(_HOST, controller.port, folder)
    finally:
        controller.stop()
