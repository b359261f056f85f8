"""Records of deliveries: the frozen message to one recipient, what became of it, and what troubles its sender."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # handed to the mail server; found in this state later, its outcome is unknown
    SENT = "sent"
    DEFERRED = "deferred"  # refused for now; tried again at `next_attempt_at`
    FAILED = "failed"
    UNKNOWN = "unknown"  # held for a person, never resent blindly
    EXPIRED = "expired"  # had not left when its edition was no news any more; never leaves by itself
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """The delivery to one recipient; unique by (edition, recipient). Its bytes: `store.deliveries.message(id)`."""

    id: int
    edition_id: int
    recipient: str
    state: DeliveryState
    message_id: str
    attempts: int
    fence: int | None  # of the sender that claimed it last
    next_attempt_at: datetime | None
    changed_at: datetime
    detail: str | None
    expires_at: datetime | None = None  # an expiry of its own; None: its edition's


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be frozen."""

    recipient: str
    message_id: str
    message: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of one delivery, said by the sender whose lease has that fence."""

    delivery_id: int
    fence: int
    state: DeliveryState
    detail: str | None = None
    next_attempt_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a sender cannot work, from the first time on until it can again."""

    name: str  # whose: mail
    since: datetime
    seen_at: datetime
    detail: str
