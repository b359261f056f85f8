"""Freezes one message per subscriber of an edition; a second call changes nothing."""

from __future__ import annotations

from datetime import datetime

from digests import editions
from digests.facts import WEEKLY
from digests.mail import Envelope, Parts, compose_message, message_id, text_of
from digests.model import Content
from digests.render import as_html
from digests.view import subject
from pipeline.config import Settings
from pipeline.store import DeliveryRecord, EditionRecord, Store, Subscriber

_Choice = tuple[str, tuple[str, ...]]  # language, watches


def audience(store: Store, list_name: str) -> list[Subscriber]:
    """Who gets this list: a list's weekly roll-up goes to its weekly subscribers, the list itself to the others."""
    weekly = list_name.endswith(WEEKLY)
    everyone = store.subscribers.list(list_name.removesuffix(WEEKLY))
    return [subscriber for subscriber in everyone if (subscriber.frequency == "weekly") is weekly]


def freeze(store: Store, settings: Settings, record: EditionRecord, *, now: datetime) -> list[DeliveryRecord]:
    """A frozen message for every subscriber. Raises `SettingsError` when the sender's address cannot be one."""
    parts: dict[_Choice, Parts] = {}
    frozen = []
    for subscriber in audience(store, record.list):
        choice = (subscriber.language, subscriber.watches)
        if choice not in parts:
            parts[choice] = _parts(store, record, *choice)
        envelope = Envelope(
            list=record.list,
            period=record.period,
            sent_at=record.frozen_at.astimezone(settings.zone),
            recipient=subscriber.address,
            recipient_name=subscriber.name,
            title=settings.digest.title,
        )
        identifier = message_id(record.list, record.period, subscriber.address, settings.mail.sender)
        message = compose_message(envelope, parts[choice], settings.mail)
        frozen.append(store.deliveries.freeze(record.id, subscriber.address, identifier, message, now))
    return frozen


def carries(message: bytes, withheld: Content) -> bool:
    """True when the message tells something of what was withheld after it was frozen."""
    text = " ".join(text_of(message).split())
    traces = {
        trace for story in withheld.stories for place in story.placements for trace in (place.url, place.headline)
    }
    return any(trace is not None and trace in text for trace in traces)


def _parts(store: Store, record: EditionRecord, language: str, watches: tuple[str, ...]) -> Parts:
    shown = editions.current(store, record, watches)
    return Parts(
        subject=subject(shown, language),
        language=language,
        text=editions.rendering(store, record, language, "text", watches),
        html=editions.rendering(store, record, language, "html", watches),
        attach_text=as_html(shown, language).shortened,
    )
