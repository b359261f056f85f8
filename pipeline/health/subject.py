"""A run among its earlier ones, and how one measure of it is taken. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.health.alarm import Alarm, Measure
from pipeline.health.odds import Share
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.vitals import Past, Vitals

LEAST = 3  # articles, all of them bad, that are an alarm without a past
Words = tuple[str, str | None, str | None]  # of an alarm: detail, last good and present value


@dataclass(frozen=True, slots=True)
class Subject:
    """An outlet's run among its earlier ones, newest first, all read by the same outlet file."""

    outlet: Outlet
    now: Vitals
    past: tuple[Past, ...]
    whole: bool = False  # measure the past also of what is well: for a person who wants to see it

    def measure(
        self,
        good: str,
        failure: FailureClass,
        subject: str,
        count: Callable[[Vitals], Share],
        words: Words,
        *,
        absolute: int | None = None,
    ) -> Measure:
        """`good`: what is true of the good ones, in a word or two; `count` gives a run's bad ones."""
        alarm, now = Alarm(self.outlet.name, failure, subject, *words), count(self.now)
        past = tuple(map(count, self.earlier(subject))) if now.count or self.whole else ()
        return Measure(good, alarm, now, past, absolute)

    def earlier(self, subject: str) -> list[Vitals]:
        """The earlier runs in which that was well."""
        return [each.vitals for each in self.past if subject not in each.vitals.ill]


def last_good(subject: Subject, name: str) -> str | None:
    """The field's value in the last run in which it was well."""
    for vitals in subject.earlier(name):
        seen = vitals.fields.get(name)
        if seen and seen.value and seen.source != "trafilatura":
            return f"{seen.value} ({', '.join(filter(None, (seen.source, seen.url)))})"
    return None
