"""An edition's morning, row by row of the schedule: the night before, its freeze, mail, heartbeat and health.

Each may be done again at any time, by anybody: what is made is found and not made twice.
"""

from __future__ import annotations

from collections.abc import Callable

from digests import checkup, editions, heartbeat
from digests.cli import cycle
from digests.cli.office import Office
from digests.facts import WEEKLY
from digests.hours import hours_of
from digests.messages import audience
from digests.tasks import Outcome, Task
from pipeline.errors import LeasedError
from pipeline.store import EditionRecord

_FREEZE_WAIT = 10.0  # seconds for another process that places articles: the freeze has an hour to keep


def night(here: Office, task: Task) -> Outcome:
    """Tell the stories of the window anew, ahead of the freeze. Raises `LeasedError` while another process does."""
    period = task.period
    done = here.store.stories.night(period.isoformat()) is not None
    if done or here.store.editions.get(task.name, period.isoformat()):
        return Outcome()
    told = cycle.retell_stories(here, period)
    return Outcome(cycle.changed_line(told) or "stories: nothing changed in the night")


def freeze(here: Office, task: Task) -> Outcome:
    """Freeze the edition and its messages. They leave with `send`, never before the edition's hour."""
    record = _frozen(here, task)
    return Outcome(_told(here, record) if record else None)


def send(here: Office, task: Task, stopping: Callable[[], bool] = lambda: False) -> Outcome:
    """Mail what was frozen; what could not be frozen before is frozen now. Raises `LeasedError` when another sends."""
    report = cycle.deliver_waiting(here, stopping)  # first of all: the hour has come
    record = _frozen(here, task)
    if record is None:
        return Outcome()
    late = cycle.deliver_waiting(here, stopping)
    states = {tally.state.value: tally.number for tally in here.store.tallies.of(record.id)}
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "nobody gets it"
    trouble = late.trouble or report.trouble
    return Outcome(f"mail: {told} by {late.road}" + (f"; {trouble}" if trouble else ""))


def beat(here: Office, task: Task) -> Outcome:
    """Call the heartbeat's address once the edition has left whole; until then it is too early. Raises."""
    address = here.settings.schedule.heartbeat
    if address is None:
        return Outcome()
    if not checkup.departed(here.store, here.settings, task.name, task.period).whole:
        return Outcome(done=False)
    return Outcome(heartbeat.beat(address))


def health(here: Office, task: Task) -> Outcome:
    """Mail the operators how the morning went."""
    line = checkup.freeze(here.store, here.settings, here.loaded.outlets, task.period, now=here.now)
    if line is None:
        return Outcome()
    try:
        cycle.deliver_waiting(here)
    except LeasedError:  # another sends; what was frozen leaves within a minute
        return Outcome(line)
    return Outcome(line)


def _frozen(here: Office, task: Task) -> EditionRecord | None:
    """The edition with its messages; None for a weekly roll-up that nobody gets."""
    record = here.store.editions.get(task.name, task.period.isoformat())
    if record is None:
        if task.name.endswith(WEEKLY) and not audience(here.store, task.name):
            return None
        record = cycle.build(here, task.period, task.name, _FREEZE_WAIT)
    cycle.freeze_mail(here, record, not_before=hours_of(here.settings, task.period).send)
    return record


def _told(here: Office, record: EditionRecord) -> str:
    totals = editions.content(record).totals
    messages = sum(tally.number for tally in here.store.tallies.of(record.id))
    return (
        f"frozen with {totals.stories} stories from {totals.articles} articles,"
        f" {totals.checked} of {totals.watched} outlets checked; {messages} message(s) ready"
    )
