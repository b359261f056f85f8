"""How well alarms work, in figures: `python -m tests.crawlers.health_report [SEED]`.

200 draws: one mutation each, over an outlet of the newsroom that it can befall, in a run of six to twelve articles
after forty ordinary days; found when that one run raises an alarm of a right class. Ordinary days: sixty of them with
weekends, a week of holidays, forum days and small troubles, from the first run on; a day with any alarm is a false one.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random

from pipeline.health import judge
from pipeline.vitals import Past
from tests.crawlers.calendar_days import DAYS, Ordinary, alarmed_days, false_alarms
from tests.crawlers.mutations import MUTATIONS, Mutation
from tests.crawlers.watching import NOW, Watched

NAMES = ("antara", "antara_en", "antara_regional", "beritajakarta", "inews", "redaksijakarta")
DRAWS = 200
_DAYS_BEFORE = 40
_HABITS = (3.0, 12.0, 40.0)  # articles of a working day: a city portal, an English desk, a newsroom


@dataclass
class Drawn:
    """What the draws found."""

    draws: Counter[str] = field(default_factory=Counter)  # by mutation
    missed: list[str] = field(default_factory=list)  # "mutation at outlet: what was raised instead"

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.draws.total()

    def told(self) -> str:
        kinds = f"{self.draws.total()} draws of {len(self.draws)} kinds, found in one run: {100 * self.share:.1f} %"
        return "\n  ".join([kinds, *self.missed])


@dataclass
class Quiet:
    """What ordinary days raised."""

    days: int = 0  # outlet × day
    alarmed: int = 0
    alarms: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.alarmed / self.days

    def told(self) -> str:
        rate = f"{self.days} ordinary outlet-days, with a false alarm: {self.alarmed} ({100 * self.share:.2f} %)"
        return "\n  ".join([rate, *self.alarms])


@cache
def watched() -> tuple[Watched, ...]:
    """The newsroom's outlets of markup of their own."""
    return tuple(Watched(name) for name in NAMES)


def draw(seed: int, count: int = DRAWS) -> Drawn:
    """So many mutations, each judged in one run."""
    random, found = Random(seed), Drawn()
    histories = {each.outlet.name: ordinary_history(each, random) for each in watched()}
    for mutation, each in _pairs(random, count):
        vitals = each.changed(random, random.randint(6, 12), mutation.make(random, each.outlet))
        alarms = judge(each.outlet, NOW, vitals, histories[each.outlet.name])
        found.draws[mutation.name] += 1
        if not any(alarm.failure in mutation.right for alarm in alarms):
            raised = ", ".join(f"{alarm.failure.value} {alarm.subject}" for alarm in alarms) or "nothing"
            found.missed.append(f"{mutation.name} at {each.outlet.name}: {raised}")
    return found


def _pairs(random: Random, count: int) -> Iterator[tuple[Mutation, Watched]]:
    """Every kind as often as the others; the outlet among those that it can befall."""
    for number in range(count):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        yield mutation, random.choice([each for each in watched() if all(map(each.has, mutation.needs))])


def ordinary_history(each: Watched, random: Random) -> list[Past]:
    return [
        Past(NOW - timedelta(days=days, hours=1), each.ordinary(random, random.randint(1, 12)))
        for days in range(1, _DAYS_BEFORE + 1)
    ]


def rest(seed: int, habits: tuple[float, ...] = _HABITS) -> Quiet:
    """Sixty ordinary days of every outlet, at each of these sizes."""
    random, quiet = Random(seed), Quiet()
    for each in watched():
        for daily in habits:
            raised = false_alarms(Ordinary(each, daily), random)
            quiet.days += DAYS
            quiet.alarmed += alarmed_days(raised)
            quiet.alarms += [f"{each.outlet.name} {when:%d %b %H:%M} {what}" for when, what in raised]
    return quiet


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    begun = time.process_time()
    for measure in (draw, rest):
        sys.stdout.write(measure(seed).told() + f"\n  {time.process_time() - begun:.0f} s of processor time so far\n")


if __name__ == "__main__":
    main()
