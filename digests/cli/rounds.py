"""What `serve` looks after by its minutes, done once by `kliping run`: for homes whose clock is cron."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from digests import alarms, alerts, bounces, checkup, heartbeat, unknowns
from digests.cli.office import Office
from pipeline.errors import KlipingError


def alarms_line(here: Office) -> str | None:
    """Tell operators what broke and what is well again; None when nothing did, or nobody is to be told."""
    if not here.settings.alarms.to:
        return None
    titles = {name: outlet.title for name, outlet in here.loaded.outlets.items()}
    return alarms.tell(here.store, here.settings, titles, now=here.now).line()


def before_mail(here: Office) -> Iterator[str]:
    """Learn who cannot be reached, and freeze what is urgent: it leaves with the mail that follows."""
    yield from _each(
        lambda: bounces.read(here.store, here.settings, now=here.now).line(),
        lambda: alerts.tell(here.store, here.settings, here.loaded.outlets, now=here.now),
    )


def after_mail(here: Office, period: date | None) -> Iterator[str]:
    """Tell operators what went wrong; `period`: of the edition that was made in this run, if one was."""
    yield from _each(
        lambda: unknowns.tell(here.store, here.settings, now=here.now).line(),
        lambda: alarms_line(here),
        lambda: _beat(here, period),
    )


def _beat(here: Office, period: date | None) -> str | None:
    address = here.settings.schedule.heartbeat
    if address is None or period is None:
        return None
    departed = checkup.departed(here.store, here.settings, here.settings.digest.list, period)
    return heartbeat.beat(address) if departed.whole else None


def _each(*calls: Callable[[], str | None]) -> Iterator[str]:
    """The lines of those that have something to say; one that fails says so and stops no other."""
    for call in calls:
        try:
            line = call()
        except (KlipingError, OSError) as error:
            line = str(error)
        if line:
            yield line
