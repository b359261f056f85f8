"""`kliping serve`: the scheduler."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta

import typer

from digests import alarms
from digests.cli import cycle
from digests.cli.entry import INTERRUPTED
from digests.cli.office import Office, office
from digests.cli.output import remark
from digests.schedule import Actions, Plan, Scheduler, next_editions
from pipeline.errors import SettingsError

_CRAWL_WAIT = 120.0  # seconds for another crawl of the outlet


def serve(context: typer.Context) -> None:
    """Crawl at intervals and make the digest at its hour, until Ctrl-C. A second `serve` stands by."""
    here = office(context)
    plan = plan_of(here)
    (next_one,) = next_editions(plan, here.now, 1)
    remark(f"watching {len(plan.outlets)} outlet(s), next edition {next_one:%A %Y-%m-%d %H:%M %Z}; Ctrl-C stops")
    actions = Actions(
        crawl=lambda name: crawl_line(here, name, lambda: scheduler.stopping),
        edition=lambda due: edition_line(here, due),
        mail=lambda: mail_line(here),
        alarms=lambda: alarms_line(here),
    )
    scheduler = Scheduler(
        here.store, plan, actions, clock=lambda: here.now, say=remark, threads=here.settings.crawl.processes
    )
    stop_on_signals(scheduler)
    scheduler.run()
    remark("stopped; what was under way goes on at the next start")


def stop_on_signals(scheduler: Scheduler) -> None:
    """Ctrl-C, or the service manager's SIGTERM, ends in order; a second one at once, which loses nothing either."""

    def stop(_signal: int, _frame: object) -> None:
        if scheduler.stopping:
            os._exit(INTERRUPTED)
        scheduler.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def plan_of(here: Office) -> Plan:
    """The settings as a plan. Raises `SettingsError` when nothing is watched."""
    names = tuple(sorted(here.enabled))
    if not names:
        raise SettingsError("no outlet is watched: `kliping outlets enable NAME` first")
    settings = here.settings
    every = timedelta(minutes=settings.crawl.every_minutes)
    return Plan(outlets=names, every=every, list=settings.digest.list, at=settings.digest.at, zone=settings.zone)


def crawl_line(here: Office, name: str, stopping: Callable[[], bool]) -> str:
    """Crawl one outlet, bring the stories up to date, and say how it went. An operator's crawl of it is waited for."""
    (request,) = cycle.requests(here, [name], wait=_CRAWL_WAIT)
    crawled = cycle.crawl_one(here, request, stopping)
    if not stopping():
        cycle.assemble_stories(here)
    return cycle.crawl_line(crawled)


def edition_line(here: Office, due: datetime) -> str:
    """Make and deliver the edition that was due then."""
    for edition in cycle.make_due_editions(here, due.astimezone(here.settings.zone).date()):
        cycle.freeze_mail(here, edition)
    return cycle.told(cycle.deliver_waiting(here))


def mail_line(here: Office) -> str | None:
    """Send what waits; None when nothing did."""
    report = cycle.deliver_waiting(here)
    return cycle.told(report) if report.attempted or report.trouble else None


def alarms_line(here: Office) -> str | None:
    """Tell operators what broke and what is well again; None when nothing did, or nobody is to be told."""
    if not here.settings.alarms.to:
        return None
    titles = {name: outlet.title for name, outlet in here.loaded.outlets.items()}
    return alarms.tell(here.store, here.settings, titles, now=here.now).line()
