"""An alarm: what is wrong with an outlet, in words for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.health.odds import Share, is_unusual, is_worse, pooled
from pipeline.model import FailureClass

OUTLET = "outlet"  # subject: nothing of it can be read
ARTICLES = "articles"  # subject: its article pages, whichever
LISTINGS = "listings"  # subject: its listings, all together
SEARCHES = "searches"  # subject: its searches and tag pages, all together
_MENDED = frozenset(
    {
        FailureClass.LAYOUT,
        FailureClass.EMPTY,
        FailureClass.DATE,
        FailureClass.LANGUAGE,
        FailureClass.NOT_AN_ARTICLE,
    }
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong. Unique by outlet, failure and subject."""

    outlet: str
    failure: FailureClass
    subject: str  # "outlet", "articles", "listings", "searches", the name of a field, or a listing's template
    detail: str  # one sentence
    last_good: str | None = None  # the value when it was well …
    present: str | None = None  # … and what is there now

    @property
    def key(self) -> tuple[FailureClass, str]:
        return self.failure, self.subject


def what_to_do(outlet: str, failure: FailureClass) -> str:
    """The command that comes next."""
    return f"kliping outlets {'mend' if failure in _MENDED else 'check'} {outlet}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of bad ones in this run beside those of earlier runs, and the alarm it would be."""

    good: str  # what is true of the good ones, in a word or two
    alarm: Alarm
    now: Share
    past: tuple[Share, ...]  # newest first; may be left out where nothing is bad
    absolute: int | None = None  # so many, all bad, are an alarm without a past too

    @property
    def is_ill(self) -> bool:
        return is_unusual(self.now, self.past, self.absolute)

    @property
    def is_well(self) -> bool:
        """Whether this run shows that it is well: not only nothing bad, but something good."""
        return self.now.of > 0 and not is_worse(self.now, pooled(self.past))


def first_of_each(alarms: Sequence[Alarm]) -> tuple[Alarm, ...]:
    """One alarm for each failure and subject: the first."""
    found: dict[tuple[FailureClass, str], Alarm] = {}
    for alarm in alarms:
        found.setdefault(alarm.key, alarm)
    return tuple(found.values())
