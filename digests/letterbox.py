"""A reader's own addresses: where he unsubscribes and chooses, and the mark that a returned message proves him by.

The address on the web holds his secret token; the mark is made from it and gives it away to nobody: whoever reads a
returned message, or a complaint, learns nothing to unsubscribe him with.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from pipeline.config import Settings
from pipeline.store import EditionRecord, Store, Subscriber

_MARK = re.compile(r"([0-9]{1,9})\.([0-9a-f]{24})")
_KEY = re.compile(r"([0-9]{1,9})\.([A-Za-z0-9_-]{20,43})")


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where one reader's wishes go. Addresses are None where no public `web.base_url` is set."""

    mark: str
    unsubscribe: str | None
    preferences: str | None
    confirm: str | None


def letterbox(subscriber: Subscriber, base_url: str | None) -> Letterbox:
    """The subscriber's. `base_url`: as readers reach the pages, with or without a slash at its end."""
    if not base_url:
        return Letterbox(mark(subscriber), None, None, None)
    base, key = base_url.rstrip("/"), f"{subscriber.id}.{subscriber.token}"
    return Letterbox(
        mark(subscriber), f"{base}/unsubscribe/{key}", f"{base}/preferences/{key}", f"{base}/confirm/{key}"
    )


def mark(subscriber: Subscriber) -> str:
    """`12.0123456789abcdef01234567`: proves a message that was sent to him, and cannot be guessed."""
    return f"{subscriber.id}.{hashlib.sha256(f'mark {subscriber.token}'.encode()).hexdigest()[:24]}"


def by_key(store: Store, key: str) -> Subscriber | None:
    """Whose secret address that is. The secret itself is compared in constant time."""
    found = _KEY.fullmatch(key)
    subscriber = store.subscribers.by_id(int(found[1])) if found else None
    if found is None or subscriber is None or not hmac.compare_digest(subscriber.token, found[2]):
        return None
    return subscriber


def by_mark(store: Store, text: str) -> Subscriber | None:
    """Whose mark that is."""
    found = _MARK.fullmatch(text.strip())
    subscriber = store.subscribers.by_id(int(found[1])) if found else None
    if subscriber is None or not hmac.compare_digest(mark(subscriber), text.strip()):
        return None
    return subscriber


def edition_key(record: EditionRecord) -> str:
    """What stands behind an edition's address in the mail: of its frozen content, which nobody else has before it."""
    return hashlib.sha256(f"read {record.digest}".encode()).hexdigest()[:24]


def edition_address(settings: Settings, record: EditionRecord, language: str) -> str | None:
    """The edition's page for who gets its mail; None where there is none. It names no reader: it may be passed on."""
    base = settings.web.base_url
    if base is None or settings.web.editions == "off":
        return None
    return f"{base}/editions/{record.list}/{record.period}/{edition_key(record)}?language={language}"
