"""Whether an edition left: pure. What `kliping status --expect-edition`, the heartbeat and the health mail ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digests.hours import Hours
from pipeline.store.tallies import Tally

GRACE = timedelta(minutes=1)  # within which the first mail leaves
_WAITING = ("pending", "sending", "deferred")
_REFUSED = ("failed", "expired")


@dataclass(frozen=True, slots=True)
class Departure:
    """How far one edition got."""

    hours: Hours
    frozen_at: datetime | None  # None: it is not made
    states: Mapping[str, int]  # messages by state
    first_at: datetime | None  # when the first message left, and the last one up to now
    last_at: datetime | None
    audience: int  # how many the list has now

    @property
    def sent(self) -> int:
        return self.count(("sent",))

    @property
    def whole(self) -> bool:
        """Nothing waits or is unknown, and it reached more than refused it. A dead address is no silence."""
        return not self.count((*_WAITING, "unknown")) and self.sent > self.count(_REFUSED)

    def count(self, states: Iterable[str]) -> int:
        return sum(self.states.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a watchman is told."""

    good: bool
    line: str


def departure(hours: Hours, frozen_at: datetime | None, tallies: Iterable[Tally], audience: int) -> Departure:
    """Put together what the store says."""
    by_state = {tally.state.value: tally for tally in tallies}
    sent = by_state.get("sent")
    return Departure(
        hours=hours,
        frozen_at=frozen_at,
        states={state: tally.number for state, tally in by_state.items()},
        first_at=sent.first_at if sent else None,
        last_at=sent.last_at if sent else None,
        audience=audience,
    )


def judge(name: str, one: Departure, zone: ZoneInfo, now: datetime) -> Verdict:
    """Whether the edition left by its hour, and why not, in one line that says what to do."""
    edition = f"edition {name} {one.hours.period}"
    hour = f"{one.hours.send.astimezone(zone):%H:%M}"
    if one.sent:
        left = f"left at {_clock(one.first_at, zone)}" if one.first_at else "left"
        rest = ", ".join(f"{number} {state}" for state, number in sorted(one.states.items()))
        return Verdict(True, f"{edition}: {left} ({rest})")
    if now < one.hours.send:
        return Verdict(True, f"{edition}: is not due before {one.hours.send.astimezone(zone):%A %Y-%m-%d %H:%M}")
    if now < one.hours.send + GRACE:
        return Verdict(True, f"{edition}: leaves in this minute")
    return Verdict(False, f"{edition}: none left by {hour}: {_why(one, zone)}")


def _why(one: Departure, zone: ZoneInfo) -> str:
    if one.frozen_at is None and not one.audience:
        return "it is not made, and nobody gets this list: `kliping subscribers add ADDRESS`"
    if one.frozen_at is None:
        return "it is not made: is `kliping serve` running? `kliping schedule` shows it"
    frozen = f"frozen at {_clock(one.frozen_at, zone)}"
    if not one.states and not one.audience:
        return f"{frozen}, but nobody gets this list: `kliping subscribers add ADDRESS`"
    if not one.states:
        return f"{frozen}, but it has no messages yet: `kliping digest send --date {one.hours.period}`"
    told = ", ".join(f"{number} {state}" for state, number in sorted(one.states.items()))
    return f"{frozen}, but its messages are {told}: `kliping digest deliveries --date {one.hours.period}` says why"


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M:%S}"
