"""Mail that is no edition: what somebody is asked who subscribed on the web. Signed and headed like the digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from digests import outbox
from digests.letterbox import letterbox
from digests.mail import Envelope, Parts, Sender, compose_message, message_id
from digests.smtp import Connection, Outcome, Result
from pipeline.config import Settings
from pipeline.store import Subscriber

Send = Callable[[str, str, bytes], Outcome]  # (recipient, Message-ID, message)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one reader is told, in his language."""

    list: str
    key: str  # names it: [A-Za-z0-9.-], the same for the same notice
    subject: str
    text: str
    html: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way."""

    recipient: str
    message_id: str
    message: bytes


def compose(notice: Notice, recipient: Subscriber, sender: Sender, settings: Settings, now: datetime) -> Letter:
    """The notice to one recipient."""
    envelope = Envelope(
        list=notice.list,
        period=notice.key,
        sent_at=now.astimezone(settings.zone),
        recipient=recipient.address,
        recipient_name=recipient.name,
        title=settings.digest.title,
        letterbox=letterbox(recipient, settings.web.base_url),
    )
    html = notice.html.encode() if notice.html else None
    parts = Parts(notice.subject, notice.language, notice.text.encode(), html)
    name = message_id(notice.list, notice.key, recipient.address, sender.address)
    return Letter(recipient.address, name, compose_message(envelope, parts, sender))


@contextmanager
def way(settings: Settings) -> Iterator[Send]:
    """The mail server; the outbox folder where none is set."""
    if settings.mail.host is None:

        def write(_recipient: str, name: str, message: bytes) -> Outcome:
            return Outcome(Result.SENT, f"written to {outbox.write(settings.outbox, name, message).name}")

        yield write
        return
    secret = settings.smtp_password
    password = secret.get_secret_value() if secret else None
    with Connection(settings.mail, password, sender=settings.bounces.address) as connection:
        yield lambda recipient, _name, message: connection.send(recipient, message, lambda: None)
