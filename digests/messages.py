"""Freezes one message per subscriber of an edition; a second call changes nothing.

What is rendered is shared by all who want the same; only a reader's own links, his name and the signature are made for
each. Messages are frozen in batches, so that a thousand readers hold no other writer up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import escape

from digests import editions
from digests.facts import WEEKLY
from digests.letterbox import edition_address, letterbox
from digests.mail import Attachment, Envelope, Parts, Sender, compose_message, mailto, message_id, sender_of, text_of
from digests.personal import Links, personal
from digests.phrases import phrases
from digests.render import as_html
from digests.selection import Choice
from digests.view import subject
from pipeline.config import Settings
from pipeline.outlet import Outlet
from pipeline.store import DeliveryRecord, EditionRecord, NewMessage, Store, Subscriber, SubscriberState

PDF_LIMIT = 5_000_000  # bytes; a third more in base64, and many mail services take 10 MB or less
_BATCH = 50  # messages of one transaction
_FOR_ALL = ("alert", "draft")  # kinds that go to everybody of their list, daily reader or weekly one

_Wish = tuple[str, tuple[str, ...], Choice]  # language, formats, choice


def audience(store: Store, list_name: str, kind: str = "edition") -> list[Subscriber]:
    """Which active subscribers get this list.

    A list's weekly roll-up goes to its weekly subscribers, the list itself to the others; an alert or a draft to all.
    """
    if kind in _FOR_ALL:
        return store.subscribers.list(list_name)
    weekly = list_name.endswith(WEEKLY)
    everyone = store.subscribers.list(list_name.removesuffix(WEEKLY))
    return [subscriber for subscriber in everyone if (subscriber.frequency == "weekly") is weekly]


def freeze(
    store: Store,
    settings: Settings,
    record: EditionRecord,
    *,
    now: datetime,
    outlets: Mapping[str, Outlet] | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> list[DeliveryRecord]:
    """A frozen message for every subscriber who has none yet; all deliveries of the edition, the first frozen first.

    Who chose watches or cities of which an alert tells nothing gets no mail; an edition comes to him all the same and
    says so. `outlets`: whose full texts a PDF may hold. Raises `SettingsError` for a sender or key that cannot be one.
    """
    dress = editions.dresser(store, settings, outlets or {})
    made = _Edition(store, settings, record, sender_of(settings), dress)
    there = store.deliveries.frozen_for(record.id)
    readers = [one for one in audience(store, record.list, made.kind) if one.address not in there]
    for batch in _batches(readers):
        messages = [message for reader in batch if (message := made.message_without_fault(reader)) is not None]
        store.deliveries.freeze_all(record.id, messages, now, not_before=not_before, expires_at=expires_at)
    return store.deliveries.list(record.id)


def declined(store: Store, record: EditionRecord, recipient: str) -> str | None:
    """Why a frozen message must not leave any more: its reader unsubscribed since, or mail came back from there."""
    reader = store.subscribers.get(recipient, record.list.removesuffix(WEEKLY))
    if reader is None or reader.state is SubscriberState.ACTIVE:
        return None
    return f"{reader.state} since it was frozen"


def carries(message: bytes, traces: Collection[str]) -> bool:
    """True when the message shows one of them: what was withheld after it was frozen (`selection.traces`)."""
    text = " ".join(text_of(message).split())
    return any(" ".join(trace.split()) in text for trace in traces)


def _batches(readers: list[Subscriber]) -> Iterator[list[Subscriber]]:
    return (readers[start : start + _BATCH] for start in range(0, len(readers), _BATCH))


@dataclass
class _Edition:
    """One edition on its way into messages; what several readers share is made once."""

    store: Store
    settings: Settings
    record: EditionRecord
    sender: Sender
    dress: editions.Dress

    def __post_init__(self) -> None:
        self._parts: dict[_Wish, Parts | None] = {}

    @cached_property
    def kind(self) -> str:
        return editions.content(self.record).kind

    def message_without_fault(self, reader: Subscriber) -> NewMessage | None:
        """As `message`; a display name that no header can hold is left out, so that one reader never stops the rest."""
        try:
            return self.message(reader)
        except (ValueError, IndexError):  # Python's headers raise these for what they cannot encode or fold
            return self.message(replace(reader, name=None))

    def message(self, reader: Subscriber) -> NewMessage | None:
        """His message; None when there is nothing to tell him."""
        wish = (reader.language, reader.formats, Choice(reader.watches, reader.cities))
        if wish not in self._parts:
            self._parts[wish] = self._shared(*wish)
        shared = self._parts[wish]
        if shared is None:
            return None
        box = letterbox(reader, self.settings.web.base_url)
        envelope = Envelope(
            list=self.record.list,
            period=self.record.period,
            sent_at=self.record.frozen_at.astimezone(self.settings.zone),
            recipient=reader.address,
            recipient_name=reader.name,
            title=self.settings.digest.title,
            letterbox=box,
        )
        page = edition_address(self.settings, self.record, reader.language) if self.kind == "edition" else None
        links = Links(box.unsubscribe or mailto(self.sender, reader.list, box), box.preferences, page)
        html, text = personal(shared.html or b"", shared.text, links, reader.language)
        own = Parts(shared.subject, shared.language, text, html if shared.html else None, shared.attachments)
        name = message_id(self.record.list, self.record.period, reader.address, self.sender.address)
        return NewMessage(reader.address, name, compose_message(envelope, own, self.sender))

    def _shared(self, language: str, formats: tuple[str, ...], choice: Choice) -> Parts | None:
        shown = editions.current(self.store, self.record, choice)
        if self.kind == "alert" and not shown.stories:
            return None
        text = self._rendered(language, "text", choice)
        html = None if "text" in formats and "html" not in formats else self._rendered(language, "html", choice)
        name = f"{self.record.list}-{self.record.period}"
        files = []
        if html is not None and as_html(shown, language).shortened:
            files.append(Attachment(f"{name}.txt", "text/plain", text))
        if "pdf" in formats and self.kind == "edition":
            pdf = self._rendered(language, "pdf", choice)
            if len(pdf) <= PDF_LIMIT:
                files.append(Attachment(f"{name}.pdf", "application/pdf", pdf))
            else:
                text, html = _without_pdf(text, html, phrases(language, shown.timezone).text("pdf_too_large"))
        return Parts(subject(shown, language), language, text, html, tuple(files))

    def _rendered(self, language: str, form: str, choice: Choice) -> bytes:
        return editions.rendering(self.store, self.record, language, form, choice, dress=self.dress)


def _without_pdf(text: bytes, html: bytes | None, sentence: str) -> tuple[bytes, bytes | None]:
    """Both forms with a line that says why no PDF came along."""
    line = f'<p style="margin:12px;font:14px sans-serif">{escape(sentence)}</p></body>'.encode()
    return text + f"\n{sentence}\n".encode(), None if html is None else html.replace(b"</body>", line, 1)
