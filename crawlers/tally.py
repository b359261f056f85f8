"""What a run counts and keeps in mind while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.model import FailureClass


@dataclass(frozen=True, slots=True)
class Pause:
    """A host is asked nothing until a monotonic time; `ends_at` is the same moment of the clock, where there is one."""

    until: float
    failure: FailureClass
    ends_at: datetime | None = None


@dataclass
class Tally:
    """What is counted while the run runs; the rest of the counters is read from the rows."""

    listings: int = 0
    listings_failed: int = 0
    bytes: int = 0
    failures: list[tuple[str | None, str]] = field(default_factory=list)  # (URL, reason in one line)
    listing_classes: Counter[FailureClass] = field(default_factory=Counter)
    url_classes: Counter[FailureClass] = field(default_factory=Counter)
    url_successes: int = 0
    unrecorded: int = 0  # addresses the replayed files do not answer
    kept: int = 0
    present: Counter[str] = field(default_factory=Counter)  # Article field: kept articles that have it

    @property
    def url_failures(self) -> int:
        return self.url_classes.total()
