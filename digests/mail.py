"""One edition as one message to one recipient: RFC 5322 bytes that are the same however often they are made.

The text part stands first, all parts are base64 (quoted-printable triples Thai), lines end in CRLF. Header values pass
through `email`'s structured headers after `one_line`, so scraped text can start no header of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from urllib.parse import quote

from digests.addresses import check_address
from digests.plain import one_line
from pipeline.config import MailSettings
from pipeline.errors import SettingsError

_DISPLAY = 78  # characters of a display name


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message carries, rendered and frozen."""

    subject: str
    language: str
    text: bytes
    html: bytes
    attach_text: bool  # the HTML leaves stories out: the whole edition goes along as a file


@dataclass(frozen=True, slots=True)
class Envelope:
    """Which edition goes to whom."""

    list: str
    period: str
    sent_at: datetime  # the edition's freeze, in the list's zone: the Date header
    recipient: str
    recipient_name: str | None
    title: str


def message_id(list_name: str, period: str, recipient: str, sender: str) -> str:
    """`<…@…>`, the same for the same edition and recipient on any machine and after any restore."""
    name = hashlib.sha256(f"{list_name}\n{period}\n{recipient.lower()}".encode()).hexdigest()[:32]
    return f"<kliping.{list_name}.{period}.{name}@{sender.rpartition('@')[2]}>"


def compose_message(envelope: Envelope, parts: Parts, settings: MailSettings) -> bytes:
    """The message as it goes over the wire, dot-stuffing aside. Raises `SettingsError` for a wrong sender."""
    message = EmailMessage(policy=_policy())
    _headers(message, envelope, parts, settings)
    message.set_content(parts.text.decode(), subtype="plain", charset="utf-8", cte="base64")
    message.add_alternative(parts.html.decode(), subtype="html", charset="utf-8", cte="base64")
    if parts.attach_text:
        name = f"{envelope.list}-{envelope.period}.txt"
        message.add_attachment(parts.text.decode(), filename=name, charset="utf-8", cte="base64")
    message["Content-Language"] = parts.language  # last: adding parts moves Content-* headers into them
    _fix_boundaries(message, hashlib.sha256(parts.html + parts.text + str(message["Message-ID"]).encode()).hexdigest())
    return message.as_bytes()


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header of addresses: folding it as text would encode it, and then no program could read it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    for name in ("list-id", "list-unsubscribe"):
        registry.map_to_type(name, _Verbatim)
    return SMTP.clone(header_factory=registry)


def _headers(message: EmailMessage, envelope: Envelope, parts: Parts, settings: MailSettings) -> None:
    sender = _check(settings.sender, "mail.sender")
    unsubscribe = _check(settings.unsubscribe, "mail.unsubscribe") if settings.unsubscribe else sender
    message["Subject"] = one_line(parts.subject) or envelope.title
    message["From"] = _address(sender, settings.sender_name)
    message["To"] = _address(envelope.recipient, envelope.recipient_name)
    if settings.reply_to:
        message["Reply-To"] = _address(_check(settings.reply_to, "mail.reply_to"), None)
    message["Date"] = format_datetime(envelope.sent_at)
    message["Message-ID"] = message_id(envelope.list, envelope.period, envelope.recipient, sender)
    message["List-Id"] = f"<{envelope.list}.kliping.{sender.rpartition('@')[2]}>"
    message["List-Unsubscribe"] = f"<mailto:{quote(unsubscribe, safe='@')}?subject=unsubscribe%20{envelope.list}>"
    message["Auto-Submitted"] = "auto-generated"


def _check(address: str, option: str) -> str:
    try:
        return check_address(address)
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from None


def _address(address: str, name: str | None) -> Address:
    return Address(display_name=(one_line(name) or "")[:_DISPLAY], addr_spec=address)


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """`email` draws boundaries at random; these follow from the content."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{seed[:32]}_{number}")


def text_of(message: bytes) -> str:
    """The plain-text part of a message that was made here."""
    parsed = message_from_bytes(message, policy=SMTP)
    part = parsed.get_body(("plain",))
    return str(part.get_content()) if part else ""
