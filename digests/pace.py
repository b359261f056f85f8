"""No faster than a server wants it: messages spaced evenly over a minute, whatever connection they take. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta


class Pace:
    """A token bucket that holds one token. Not safe between threads: its user locks."""

    def __init__(self, per_minute: int) -> None:
        """`per_minute`: messages, 0 for no limit."""
        self._every = timedelta(minutes=1) / per_minute if per_minute else timedelta()
        self._free: datetime | None = None  # when the next token is there

    def take(self, now: datetime) -> timedelta:
        """Take the next token: how long to wait for it."""
        at = max(now, self._free or now)
        self._free = at + self._every
        return at - now
