"""`kliping serve`: the scheduler."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import typer

from digests import alerts, bounces, drafts, schedule, signing, unknowns
from digests.cli import cycle, morning
from digests.cli.entry import INTERRUPTED
from digests.cli.office import Office, office
from digests.cli.output import remark
from digests.cli.pages import PagesBeside
from digests.cli.rounds import alarms_line
from digests.hours import clock_of
from digests.schedule import Plan, last_edition, next_editions
from digests.scheduler import Scheduler
from digests.tasks import Actions, Chore, Outcome, Task
from pipeline.errors import LeasedError, SettingsError

_CRAWL_WAIT = 120.0  # seconds for another crawl of the outlet


def serve(context: typer.Context) -> None:
    """Crawl at intervals and make the digest at its hour, until Ctrl-C. A second `serve` stands by."""
    here = office(context)
    signing.check(here.settings)
    plan = plan_of(here)
    (next_one,) = next_editions(plan.clock, here.now, 1)
    at = next_one.send.astimezone(plan.zone)
    remark(f"watching {len(plan.outlets)} outlet(s), next edition {at:%A %Y-%m-%d %H:%M %Z}; Ctrl-C stops")
    with PagesBeside(here) as pages:
        actions = Actions(kinds(here, lambda: scheduler.stopping), chores(here, pages, lambda: scheduler.stopping))
        scheduler = Scheduler(
            here.store, plan, actions, clock=lambda: here.now, say=remark, threads=here.settings.crawl.processes
        )
        stop_on_signals(scheduler)
        scheduler.run()
    remark("stopped; what was under way goes on at the next start")


def kinds(here: Office, stopping: Callable[[], bool]) -> dict[str, Callable[[Task], Outcome]]:
    """What is done for each kind of due row; a kind that nothing is set for has no rows."""
    beats = {schedule.HEARTBEAT: partial(morning.beat, here)} if here.settings.schedule.heartbeat else {}
    return {
        schedule.CRAWL: lambda task: Outcome(crawl_line(here, task.name, stopping)),
        schedule.NIGHT: partial(morning.night, here),
        schedule.DRAFT: lambda task: Outcome(draft_line(here, task)),
        schedule.FREEZE: partial(morning.freeze, here),
        schedule.SEND: partial(morning.send, here, stopping=stopping),
        **beats,
        schedule.HEALTH: partial(morning.health, here),
    }


def chores(here: Office, pages: PagesBeside, stopping: Callable[[], bool]) -> dict[str, Chore]:
    """What is looked after every minute. Each has a thread of its own: one that hangs holds no other up."""
    each: dict[str, Callable[[], str | None]] = {
        "mail": lambda: mail_line(here, stopping),
        "unknowns": lambda: unknowns.tell(here.store, here.settings, now=here.now).line(),
        "alarms": lambda: alarms_line(here),
        "alerts": lambda: alerts_line(here),
        "bounces": lambda: bounces.read(here.store, here.settings, now=here.now).line(),
        "pages": pages.open,
    }
    return {name: Chore(60, name, call) for name, call in each.items()}


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
    plan = planned(here)
    if not plan.outlets:
        raise SettingsError("no outlet is watched: `kliping outlets enable NAME` first")
    return plan


def planned(here: Office) -> Plan:
    """The same, also where nothing is watched."""
    every = timedelta(minutes=here.settings.crawl.every_minutes)
    return Plan(tuple(sorted(here.enabled)), every, here.settings.digest.list, clock_of(here.settings))


def chores_told(here: Office) -> list[str]:
    """What `serve` looks after every minute, in words; what nothing is set for is left out."""
    settings = here.settings
    told = {
        "waiting mail": True,
        "mail of unknown outcome": True,
        "outlets' alarms": bool(settings.alarms.to),
        "alerts": True,
        "returned mail": bool(settings.bounces.maildir or settings.bounces.mbox),
    }
    return [what for what, is_set in told.items() if is_set]


def crawl_line(here: Office, name: str, stopping: Callable[[], bool]) -> str:
    """Crawl one outlet, bring the stories up to date, and say how it went. An operator's crawl of it is waited for."""
    (request,) = cycle.requests(here, [name], wait=_CRAWL_WAIT)
    crawled = cycle.crawl_one(here, request, stopping)
    if not stopping():
        cycle.assemble_stories(here)
    return cycle.crawl_line(crawled)


def draft_line(here: Office, task: Task) -> str | None:
    """Tell the editors that the draft is open; None: there are none."""
    line = drafts.announce(
        here.store, here.settings, here.loaded.outlets, task.period, list_name=task.name, now=here.now
    )
    return _with_mail(here, line)


def alerts_line(here: Office) -> str | None:
    """Tell at once what is urgent; None when nothing is."""
    return _with_mail(here, alerts.tell(here.store, here.settings, here.loaded.outlets, now=here.now))


def _with_mail(here: Office, line: str | None) -> str | None:
    """Let the mail that was just frozen leave; while another sends, it leaves within a minute."""
    if line is None:
        return None
    try:
        return f"{line}; {cycle.told(cycle.deliver_waiting(here))}"
    except LeasedError:
        return line


def mail_line(here: Office, stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Send what waits, but make room when an edition's hour strikes; None when nothing waited."""
    clock, begun = clock_of(here.settings), here.now
    report = cycle.deliver_waiting(here, lambda: stopping() or last_edition(clock, here.now).send > begun)
    return cycle.told(report) if report.attempted or report.trouble else None
