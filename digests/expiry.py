"""Until when an edition's mail may leave: the morning's digest is no news in the evening. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from digests.hours import hours_of
from pipeline.config import Settings
from pipeline.store import DeliveryRecord, EditionRecord


def expires_at(period: str, settings: Settings) -> datetime | None:
    """The end of `digest.expires_hours` after the hour of a day's edition; None when the period is no ISO date."""
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return None
    return hours_of(settings, day).expires


def leaves_until(edition: EditionRecord, delivery: DeliveryRecord, settings: Settings) -> datetime:
    """Until when this message may leave: its own expiry, else its edition's.

    A period that is no day has as long from its freeze on.
    """
    if delivery.expires_at is not None:
        return delivery.expires_at
    return expires_at(edition.period, settings) or again(settings, edition.frozen_at)


def again(settings: Settings, now: datetime) -> datetime:
    """Until when what a person wants out leaves."""
    return now + timedelta(hours=settings.digest.expires_hours)
