"""The dates a person types: `2026-11-17`, `today`, `yesterday`, `7d` (seven days ago), or a full ISO 8601 instant."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.errors import SettingsError


def parse_day(text: str, *, today: date) -> date:
    """A calendar day. Raises `SettingsError` with the accepted forms."""
    word = text.strip().lower()
    if word == "today":
        return today
    if word == "yesterday":
        return today - timedelta(days=1)
    if ago := re.fullmatch(r"(\d{1,5})d", word):
        return today - timedelta(days=int(ago[1]))
    try:
        return date.fromisoformat(word)
    except ValueError:
        message = f"{text!r} is no date: write 2026-11-17, today, yesterday or 7d (seven days ago)"
        raise SettingsError(message) from None


def parse_since(text: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant meant: midnight of a day in `zone`, or the instant itself when one is written."""
    return None if text is None else _instant(text, zone) or _midnight(text, 0, now, zone)


def parse_until(text: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant no longer meant: a day is meant whole."""
    return None if text is None else _instant(text, zone) or _midnight(text, 1, now, zone)


def _midnight(text: str, days: int, now: datetime, zone: ZoneInfo) -> datetime:
    day = parse_day(text, today=now.astimezone(zone).date()) + timedelta(days=days)
    return datetime.combine(day, time(), zone)


def _instant(text: str, zone: ZoneInfo) -> datetime | None:
    if "t" not in text.lower() or text.strip().lower() == "today":
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
