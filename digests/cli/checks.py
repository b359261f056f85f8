"""`kliping status` and `kliping doctor`: the state at a glance, and what is wrong with the set-up."""

from __future__ import annotations

import shutil
import smtplib
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import typer

from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text
from digests.cli.tables import print_table
from pipeline.config import CrawlSettings
from pipeline.errors import KlipingError
from pipeline.model import Run, RunState
from pipeline.store.records import DeliveryState, EditionRecord

STALE = timedelta(seconds=60)  # a run beats every second: one silent for so long is dead
ROOM = 1_000_000_000  # bytes free, below which a crawl may fill the disk


@dataclass(frozen=True, slots=True)
class State:
    """What `status` tells."""

    outlets: dict[str, Run | None]  # watched outlets and their last run
    urls: dict[str, int]  # by disposition
    seen: int  # URLs; the sum of `urls`
    last_edition: EditionRecord | None
    deliveries: dict[str, int]  # by state, over all editions


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the state at a glance: outlets, URLs, the last edition, mail that waits for a person."""
    here = office(context)
    state = state_of(here)
    if as_json:
        print_json(_without_content(state))
        return
    rows = [_outlet_row(here, name, run) for name, run in state.outlets.items()]
    print_table(
        ("outlet", "last run", "state", "listed", "new", "kept", "failed", "why"), rows, zone=here.settings.zone
    )
    print_text(
        f"\n{state.seen} URLs seen: " + (", ".join(f"{number} {name}" for name, number in state.urls.items()) or "none")
    )
    last = state.last_edition
    when = (
        f"{last.period}, frozen {last.frozen_at.astimezone(here.settings.zone):%Y-%m-%d %H:%M %Z}"
        if last
        else "none yet"
    )
    print_text(f"last edition: {when}")
    print_text("mail: " + (", ".join(f"{number} {name}" for name, number in state.deliveries.items()) or "none yet"))
    if state.deliveries.get(DeliveryState.UNKNOWN):
        print_text("some mail is held for you: `kliping digest deliveries --state unknown`")


def state_of(here: Office) -> State:
    """Read the state. A count of zero is left out."""
    store = here.store
    deliveries = [delivery.state for delivery in store.deliveries.list()]
    editions = store.editions.list(here.settings.digest.list, limit=1)
    return State(
        outlets={name: store.runs.latest(name) for name in sorted(here.enabled)},
        urls={str(name): number for name, number in store.ledger.counts().items() if number},
        seen=store.ledger.seen(),
        last_edition=editions[0] if editions else None,
        deliveries={str(name): deliveries.count(name) for name in DeliveryState if name in deliveries},
    )


def _without_content(state: State) -> dict[str, object]:
    last = state.last_edition
    edition = (
        {"list": last.list, "period": last.period, "frozen_at": last.frozen_at, "digest": last.digest} if last else None
    )
    return {
        "outlets": state.outlets,
        "urls": state.urls,
        "seen": state.seen,
        "last_edition": edition,
        "deliveries": state.deliveries,
    }


def _outlet_row(here: Office, name: str, run: Run | None) -> tuple[object, ...]:
    if run is None:
        return (name, None, "never crawled", None, None, None, None, None)
    state = "silent" if run.state is RunState.RUNNING and here.now - run.heartbeat_at > STALE else run.state
    counts = run.counts
    started = run.started_at.astimezone(here.settings.zone)
    return (name, started, state, counts.listed, counts.new, counts.kept, counts.failed, run.detail or run.failure)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of `doctor`."""

    check: str
    good: bool
    told: str  # what is, and when it is not good, what to do


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the set-up and say what to do about what is wrong. Exit status 3 when something is."""
    here = office(context)
    findings = _told_once([_found(name, check, here) for name, check in CHECKS])
    if as_json:
        print_json(findings)
    else:
        print_table(("check", "", "what"), [(f.check, "ok" if f.good else "WRONG", f.told) for f in findings])
    if not all(finding.good for finding in findings):
        raise typer.Exit(3)


def _told_once(findings: Sequence[Finding]) -> list[Finding]:
    """The same trouble met again refers to where it is told."""
    first: dict[str, str] = {}
    told = []
    for finding in findings:
        where = finding.check if finding.good else first.setdefault(finding.told, finding.check)
        told.append(finding if where == finding.check else replace(finding, told=f"the same as {where}"))
    return told


def _found(name: str, check: Callable[[Office], str], here: Office) -> Finding:
    try:
        return Finding(name, True, check(here))
    except (KlipingError, OSError) as error:
        return Finding(name, False, " ".join(str(error).split()))


def _settings(here: Office) -> str:
    return f"{here.settings.home.resolve()} is there and can be written"


def _database(here: Office) -> str:
    return f"{here.store.backend}, {here.store.ledger.seen()} URLs seen"


def _room(here: Office) -> str:
    free = shutil.disk_usage(here.settings.home).free
    if free < ROOM:
        raise KlipingError(f"{free / 1e9:.1f} GB free under {here.settings.home}: make room before the next crawl")
    return f"{free / 1e9:.0f} GB free"


def _outlets(here: Office) -> str:
    if here.loaded.errors:
        raise KlipingError("; ".join(here.loaded.errors))
    if not here.enabled:
        raise KlipingError("no outlet is watched: `kliping outlets enable NAME`")
    return f"{len(here.enabled)} of {len(here.loaded.outlets)} outlets watched"


def _watches(here: Office) -> str:
    return f"{len(here.watches)} watches"


def _contact(here: Office) -> str:
    if here.settings.crawl.contact == CrawlSettings().contact:
        raise KlipingError("crawl.contact is not set: put an address into kliping.toml under which outlets reach you")
    return here.settings.crawl.contact


def _runs(here: Office) -> str:
    silent = [
        run
        for run in here.store.runs.list(limit=200)
        if run.state is RunState.RUNNING and here.now - run.heartbeat_at > STALE
    ]
    if silent:
        names = ", ".join(sorted({run.outlet or "addresses" for run in silent}))
        raise KlipingError(f"crawls stopped without a word: {names}; the next crawl of each takes up where it stopped")
    return "no crawl is silent"


def _mail(here: Office) -> str:
    mail = here.settings.mail
    if mail.host is None:
        return f"no mail server is set: mail is written to {here.settings.outbox}"
    kind = smtplib.SMTP_SSL if mail.security == "tls" else smtplib.SMTP
    try:
        with kind(mail.host, mail.port, local_hostname=socket.gethostname(), timeout=mail.timeout) as server:
            server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        raise KlipingError(f"{mail.host}:{mail.port} does not answer ({error}): see mail.host and mail.port") from None
    return f"{mail.host}:{mail.port} answers"


def _subscribers(here: Office) -> str:
    found = here.store.subscribers.list(here.settings.digest.list)
    if not found:
        raise KlipingError("nobody gets the digest: `kliping subscribers add ADDRESS`")
    return f"{len(found)} subscriber(s)"


CHECKS: tuple[tuple[str, Callable[[Office], str]], ...] = (
    ("home", _settings),
    ("database", _database),
    ("disk", _room),
    ("outlets", _outlets),
    ("watches", _watches),
    ("contact", _contact),
    ("crawls", _runs),
    ("mail server", _mail),
    ("subscribers", _subscribers),
)
