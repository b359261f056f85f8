"""The dates a person types: `2026-11-17`, `today`, `yesterday`, `7d` (seven days ago), or a full ISO 8601 instant."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.errors import SettingsError

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)  # no newsroom had a web site before; both databases hold these


def parse_day(text: str, *, today: date) -> date:
    """A calendar day of our time. Raises `SettingsError` with the accepted forms."""
    day = _day(text, today)
    if not FIRST <= day <= LAST:
        raise SettingsError(f"{text!r} lies outside {FIRST:%Y} to {LAST:%Y}: write a day such as {today}")
    return day


def _day(text: str, today: date) -> date:
    word = text.strip().lower()
    if word == "today":
        return today
    if word == "yesterday":
        return today - timedelta(days=1)
    if ago := re.fullmatch(r"(\d{1,5})d", word):
        return today - timedelta(days=min(int(ago[1]), today.toordinal() - 1))
    try:
        return date.fromisoformat(word)
    except ValueError:
        message = f"{text!r} is no date: write 2026-11-17, today, yesterday or 7d (seven days ago)"
        raise SettingsError(message) from None


def parse_window(
    since: str | None, until: str | None, *, now: datetime, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """From the first instant meant to the first no longer meant. Raises `SettingsError` when nothing lies between."""
    first, last = parse_since(since, now=now, zone=zone), parse_until(until, now=now, zone=zone)
    if first and last and first >= last:
        raise SettingsError(f"--since must be before --until; {since} is not before {until}")
    return first, last


def parse_since(text: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant meant: midnight of a day in `zone`, or the instant itself when one is written."""
    return None if text is None else _instant(text, zone) or _midnight(text, 0, now, zone)


def parse_until(text: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant no longer meant: a day is meant whole."""
    return None if text is None else _instant(text, zone) or _midnight(text, 1, now, zone)


def parse_instant(text: str, *, zone: ZoneInfo) -> datetime:
    """An instant, in `zone` where it names none. Raises `SettingsError` for anything else, a mere day too."""
    instant = _instant(text, zone)
    if instant is None:
        raise SettingsError(f"{text!r} is no instant: write it as 2026-11-17T06:25 or 2026-11-17T06:25+07:00")
    return instant


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
    parse_day(instant.date().isoformat(), today=instant.date())  # an instant of our time, too
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
