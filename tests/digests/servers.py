"""Real mail servers on this machine, well behaved and ill."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, Envelope, Session

from digests.mailbox import AnyPort

STALL = 30.0  # seconds; the senders of these tests wait far less


@dataclass
class Server:
    """What a server does, and what it got. A reply `drop` closes the connection, `stall` says nothing."""

    port: int = 0
    replies: Mapping[str, str] = field(default_factory=dict)  # step (MAIL, RCPT, DATA) or recipient → reply
    keeps_before_drop: bool = True  # at DATA, the message is stored before the connection goes
    received: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0

    @property
    def got(self) -> Counter[str]:
        """Recipient → messages."""
        return Counter(recipient for recipient, _ in self.received)

    def message_ids(self) -> Counter[str]:
        return Counter(str(message_from_bytes(body)["Message-ID"]) for _, body in self.received)

    async def handle_HELO(self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str) -> str:  # noqa: N802 (aiosmtpd's name)
        session.host_name = hostname
        return "250 here"

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name and signature)
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._reply(server, self.replies.get("MAIL"))
        if reply is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply or "250 go on"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name and signature)
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._reply(server, self.replies.get(address) or self.replies.get("RCPT"))
        if reply is None:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply or "250 go on"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        plan = self.replies.get("DATA")
        if plan is None or (plan in ("drop", "stall") and self.keeps_before_drop):
            content = envelope.original_content or b""
            self.received += [(recipient, content) for recipient in envelope.rcpt_tos]
        return await self._reply(server, plan) or "250 kept"

    async def _reply(self, server: SMTP, plan: str | None) -> str | None:
        if plan == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 gone"
        if plan == "stall":
            await asyncio.sleep(STALL)
        return plan


@contextmanager
def serve(
    replies: Mapping[str, str] | None = None, *, keeps_before_drop: bool = True, **options: object
) -> Iterator[Server]:
    """A running server. `options` go to aiosmtpd (TLS, authentication)."""
    server = Server(replies=replies or {}, keeps_before_drop=keeps_before_drop)
    controller = AnyPort(server, hostname="127.0.0.1", port=0, ready_timeout=30, **options)  # type: ignore[arg-type]  # aiosmtpd checks them
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()
