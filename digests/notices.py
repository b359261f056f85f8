"""Mail that is no edition: the operators' health, and what somebody is asked who subscribed on the web.

Signed and headed like the digest. A notice with a key goes to each recipient at most once: the audit says "sending"
before the server is asked, so a kill in between loses that mail and doubles none; only what the server surely does not
have is tried again. Its Message-ID follows from the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from digests import outbox
from digests.letterbox import letterbox
from digests.mail import Envelope, Parts, Sender, compose_message, mailto, message_id, sender_of
from digests.personal import Links, personal
from digests.smtp import Connection, Outcome, Result
from pipeline.config import Settings
from pipeline.errors import DeliveryError
from pipeline.store import Store, Subscriber

ACTOR = "mail"
_SENDING, _GIVEN_BACK = "notice", "notice given back"

Send = Callable[[str, str, bytes], Outcome]  # (recipient, Message-ID, message)


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody of a list is told, in one language."""

    list: str
    key: str  # names it: [A-Za-z0-9.-], the same for the same notice
    subject: str
    text: str
    html: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it, by recipient."""

    outcomes: tuple[tuple[str, Outcome], ...]

    @property
    def trouble(self) -> str | None:
        """Why somebody surely has it not and is tried again at the next call."""
        waiting = [outcome.detail for _, outcome in self.outcomes if outcome.result is Result.DEFERRED]
        return waiting[0] if waiting else None

    def line(self) -> str | None:
        """For a log; None when everybody had it already."""
        if not self.outcomes:
            return None
        counts = [(result, sum(outcome.result is result for _, outcome in self.outcomes)) for result in Result]
        told = ", ".join(f"{number} {result}" for result, number in counts if number)
        return f"notice: {told}" + (f"; {self.trouble}" if self.trouble else "")


def send(store: Store, settings: Settings, notice: Notice, recipients: Sequence[Subscriber], *, now: datetime) -> Sent:
    """Tell each of them once, whatever is called how often. Raises `SettingsError` for a wrong sender or key."""
    sender = sender_of(settings)
    outcomes = []
    with way(settings) as hand_over:
        for recipient in recipients:
            target = f"notice:{notice.list}/{notice.key}/{recipient.address}"
            if _was_told(store, target):
                continue
            store.audit.add(ACTOR, _SENDING, target, now=now)
            outcome = _sent(hand_over, compose(notice, recipient, sender, settings, now))
            if outcome.result is Result.DEFERRED:
                store.audit.add(ACTOR, _GIVEN_BACK, target, reason=outcome.detail, now=now)
            outcomes.append((recipient.address, outcome))
    return Sent(tuple(outcomes))


def _was_told(store: Store, target: str) -> bool:
    newest = store.audit.list(target, limit=1)
    return bool(newest) and newest[0].action == _SENDING


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way."""

    recipient: str
    message_id: str
    message: bytes


def compose(
    notice: Notice,
    recipient: Subscriber,
    sender: Sender,
    settings: Settings,
    now: datetime,
    *,
    personal_links: bool = True,
) -> Letter:
    """The notice to one recipient, with his own links below it."""
    box = letterbox(recipient, settings.web.base_url)
    envelope = Envelope(
        list=notice.list,
        period=notice.key,
        sent_at=now.astimezone(settings.zone),
        recipient=recipient.address,
        recipient_name=recipient.name,
        title=settings.digest.title,
        letterbox=box,
    )
    links = Links(box.unsubscribe or mailto(sender, notice.list, box), box.preferences)
    html, text = (notice.html or "").encode(), notice.text.encode()
    if personal_links:
        html, text = personal(html, text, links, notice.language)
    parts = Parts(notice.subject, notice.language, text, html if notice.html else None)
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


def _sent(hand_over: Send, letter: Letter) -> Outcome:
    try:
        return hand_over(letter.recipient, letter.message_id, letter.message)
    except DeliveryError as error:
        return Outcome(Result.DEFERRED, str(error))
