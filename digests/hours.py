"""When a list's edition of one day is drafted, frozen and sent: pure, in any zone, whatever its clocks do.

An hour that a day has twice is its first one; an hour that a day leaves out is as much later as the clocks jump. All
instants are in UTC: two aware datetimes of one zone compare by their faces in Python, not by their instants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.config import Settings

NIGHT_LEAD = timedelta(minutes=10)  # the nightly pass before the freeze: 30 s at 3,000 articles, measured
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A list's hours as its settings name them, in `zone`."""

    zone: ZoneInfo
    freeze_at: time
    at: time
    draft_at: time | None = None
    expires: timedelta = timedelta(hours=18)


@dataclass(frozen=True, slots=True)
class Hours:
    """One day's instants, in UTC."""

    period: date  # the day, in the list's zone
    night: datetime  # stories of the window are told anew, so that the freeze need not wait for it
    draft: datetime | None  # an editor may drop, pin and note from then on
    freeze: datetime  # what is there by then stands in the edition
    send: datetime  # the first mail leaves
    expires: datetime  # what has not left by then never leaves


def clock_of(settings: Settings) -> Clock:
    digest = settings.digest
    expires = timedelta(hours=digest.expires_hours)
    return Clock(settings.zone, digest.freezes_at, digest.at, digest.draft_at, expires)


def hours_of(settings: Settings, period: date) -> Hours:
    """The instants of that day's edition."""
    return hours(clock_of(settings), period)


def hours(clock: Clock, period: date) -> Hours:
    send = instant(period, clock.at, clock.zone)
    freeze = _before(send, period, clock.freeze_at, clock.zone)
    return Hours(
        period=period,
        night=freeze - NIGHT_LEAD,
        draft=_before(freeze, period, clock.draft_at, clock.zone) if clock.draft_at else None,
        freeze=freeze,
        send=send,
        expires=send + clock.expires,
    )


def _before(limit: datetime, day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clocks show `at`, of two such instants the later one that is not after `limit`.

    So an edition that is frozen five minutes before it is sent is so on the days the clocks change, too.
    """
    both = {instant(day, at.replace(fold=fold), zone) for fold in (0, 1)}
    return max((one for one in both if one <= limit), default=limit)


def period_at(settings: Settings, now: datetime) -> date:
    """The day whose edition was due to leave last."""
    return last_day(clock_of(settings), now)


def last_day(clock: Clock, now: datetime) -> date:
    return next(day for day in days_before(clock.zone, now) if instant(day, clock.at, clock.zone) <= now)


def days_before(zone: ZoneInfo, now: datetime) -> list[date]:
    """The zone's last days that there were, the coming one first: enough to find what was due last in."""
    today = now.astimezone(zone).date()
    return [day for n in range(1, -4, -1) if exists(day := today + n * _DAY, zone)]


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When that day's clocks show `at` first, in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def exists(day: date, zone: ZoneInfo) -> bool:
    """False for a day that a zone left out, such as Samoa's 30 December 2011."""
    return instant(day, time(12), zone).astimezone(zone).date() == day
