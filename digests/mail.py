"""One message to one recipient: RFC 5322 bytes that are the same however often they are made.

The text part stands first, all parts are base64 (quoted-printable triples Thai), lines end in CRLF. Header values pass
through `email`'s structured headers after `one_line`, so scraped text can start no header of its own. No `Precedence`:
RFC 2076 discourages it; List-Id and Auto-Submitted (RFC 3834) already keep answering machines quiet.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from digests.addresses import check_address
from digests.letterbox import Letterbox
from digests.plain import one_line
from digests.signing import Signer, signer
from pipeline.config import MailSettings, Settings
from pipeline.errors import SettingsError

_DISPLAY = 78  # characters of a display name
_LINE = 78  # characters of a line of addresses: RFC 5322, 2.1.1
_WORD = 39  # bytes of an encoded word: with 12 characters around its base64 it fits behind "Subject: "
_PLAIN = re.compile(r"[A-Za-z0-9'_+-]+( [A-Za-z0-9'_+-]+)*")  # atoms (RFC 5322, 3.2.3) that no program misreads


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    kind: str  # text/plain | application/pdf
    body: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message carries, rendered and frozen."""

    subject: str
    language: str
    text: bytes
    html: bytes | None  # None: a mail of text alone
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Which edition, or which notice, goes to whom."""

    list: str
    period: str  # the edition's; what names a notice
    sent_at: datetime  # the edition's freeze, in the list's zone: the Date header
    recipient: str
    recipient_name: str | None
    title: str
    letterbox: Letterbox | None = None  # where the recipient's own wishes go; None: he has no subscription


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name mail leaves: addresses that were checked, and a key that was read."""

    address: str
    name: str
    reply_to: str | None
    unsubscribe: str  # the address that List-Unsubscribe writes to
    signer: Signer | None

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def sender_of(settings: Settings) -> Sender:
    """The sender of these settings. Raises `SettingsError` naming the option that is wrong."""
    return Sender(**_addresses(settings.mail), name=settings.mail.sender_name, signer=signer(settings))


def message_id(list_name: str, period: str, recipient: str, sender: str) -> str:
    """`<…@…>`, the same for the same edition and recipient on any machine and after any restore."""
    name = hashlib.sha256(f"{list_name}\n{period}\n{recipient.lower()}".encode()).hexdigest()[:32]
    return f"<kliping.{list_name}.{period}.{name}@{sender.rpartition('@')[2]}>"


def compose_message(envelope: Envelope, parts: Parts, sender: Sender) -> bytes:
    """The message as it goes over the wire, dot-stuffing aside, signed where there is a key."""
    message = EmailMessage(policy=header_policy())
    _headers(message, envelope, parts, sender)
    message.set_content(parts.text.decode(), subtype="plain", charset="utf-8", cte="base64")
    if parts.html is not None:
        message.add_alternative(parts.html.decode(), subtype="html", charset="utf-8", cte="base64")
    for file in parts.attachments:
        _attach(message, file)
    message["Content-Language"] = parts.language  # last: adding parts moves Content-* headers into them
    seed = hashlib.sha256((parts.html or b"") + parts.text + str(message["Message-ID"]).encode())
    _fix_boundaries(message, seed.hexdigest())
    made = message.as_bytes()
    return sender.signer.sign(made, envelope.sent_at) if sender.signer else made


def text_of(message: bytes) -> str:
    """The plain-text part of a message that was made here."""
    parsed = message_from_bytes(message, policy=SMTP)
    part = parsed.get_body(("plain",))
    return str(part.get_content()) if part else ""


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header that is ASCII already: folding addresses as text would encode them, and no program could read them.

    Python's own folding of addresses takes the quotes off a long display name: `"<b>" <a@b>` became two addresses.
    """

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        super().parse(value, kwds)
        kwds["decoded"] = value  # the encoded words as they are to be written

    def fold(self, *, policy: Policy) -> str:
        lines = [f"{self.name}:"]
        for word in str(self).split(" "):
            if len(lines[-1]) + len(word) >= _LINE and lines[-1] != f"{self.name}:":
                lines.append("")
            lines[-1] += f" {word}"
        return policy.linesep.join(lines) + policy.linesep


def header_policy() -> EmailPolicy[EmailMessage]:
    """Of messages whose headers are made by `header_text` and `address_text`: they are written as they are."""
    registry = HeaderRegistry()
    for name in (
        "subject",
        "from",
        "to",
        "reply-to",
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "x-kliping-reader",
    ):
        registry.map_to_type(name, _Verbatim)
    return SMTP.clone(header_factory=registry)


def _headers(message: EmailMessage, envelope: Envelope, parts: Parts, sender: Sender) -> None:
    message["Subject"] = header_text(parts.subject) or header_text(envelope.title)
    message["From"] = address_text(sender.address, sender.name)
    message["To"] = address_text(envelope.recipient, envelope.recipient_name)
    if sender.reply_to:
        message["Reply-To"] = address_text(sender.reply_to, None)
    message["Date"] = format_datetime(envelope.sent_at)
    message["Message-ID"] = message_id(envelope.list, envelope.period, envelope.recipient, sender.address)
    message["List-Id"] = f"<{envelope.list}.kliping.{sender.domain}>"
    for name, value in _list_headers(envelope, sender):
        message[name] = value
    message["Auto-Submitted"] = "auto-generated"


def _list_headers(envelope: Envelope, sender: Sender) -> list[tuple[str, str]]:
    """How to unsubscribe: with one click (RFC 8058) where readers reach our pages by https, else by mail."""
    box = envelope.letterbox
    if box is None:
        return [("List-Unsubscribe", f"<{mailto(sender, envelope.list)}>")]
    by_mail = f"<{mailto(sender, envelope.list, box)}>"
    proof = ("X-Kliping-Reader", box.mark)
    if box.unsubscribe is None:
        return [("List-Unsubscribe", by_mail), proof]
    ways = ("List-Unsubscribe", f"<{box.unsubscribe}>, {by_mail}")
    if not box.unsubscribe.startswith("https://"):  # RFC 8058, 3.1: only https may be posted to
        return [ways, proof]
    return [ways, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), proof]


def mailto(sender: Sender, list_name: str, box: Letterbox | None = None) -> str:
    """The address that unsubscribes by mail; the mark in its subject says who."""
    words = f"unsubscribe {list_name}" + (f" {box.mark}" if box else "")
    return f"mailto:{quote(sender.unsubscribe, safe='@')}?subject={quote(words)}"


def _attach(message: EmailMessage, file: Attachment) -> None:
    main, _, sub = file.kind.partition("/")
    if main == "text":
        message.add_attachment(file.body.decode(), subtype=sub, filename=file.name, charset="utf-8", cte="base64")
    else:
        message.add_attachment(file.body, maintype=main, subtype=sub, filename=file.name)


def _addresses(settings: MailSettings) -> dict[str, str]:
    sender = _check(settings.sender, "mail.sender")
    unsubscribe = _check(settings.unsubscribe, "mail.unsubscribe") if settings.unsubscribe else sender
    reply_to = _check(settings.reply_to, "mail.reply_to") if settings.reply_to else ""
    return {"address": sender, "unsubscribe": unsubscribe, "reply_to": reply_to}


def _check(address: str, option: str) -> str:
    try:
        return check_address(address)
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from None


def address_text(address: str, name: str | None) -> str:
    """The address as it stands in a header, its display name in RFC 2047's words unless it is plain."""
    shown = (one_line(name) or "")[:_DISPLAY].strip()
    if not shown:
        return address
    return f"{shown if _PLAIN.fullmatch(shown) else _encoded(shown)} <{address}>"


def header_text(text: str | None) -> str:
    """Any text as it may stand in a header: plain where it is, else in encoded words.

    Python's own headers decode what a text holds: a scraped "=?utf-8?q?=0d=0aBcc:…?=" became a header of its own.
    """
    shown = one_line(text) or ""
    return shown if shown.isascii() and shown.isprintable() and "=?" not in shown else _encoded(shown)


def _encoded(text: str) -> str:
    """Encoded words (RFC 2047) of at most 75 characters; no character is cut in two."""
    words, part = [], b""
    for character in text:
        raw = character.encode("utf-8", "replace")
        if len(part) + len(raw) > _WORD:
            words.append(part)
            part = b""
        part += raw
    return " ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in (*words, part))


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """`email` draws boundaries at random; these follow from the content."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{seed[:32]}_{number}")
