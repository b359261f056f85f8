"""`kliping doctor`: what is wrong with the set-up."""

from __future__ import annotations

import shutil
import smtplib
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import typer

from digests.addresses import check_address
from digests.cli import cost, set_up
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json
from digests.cli.status import STALE
from digests.cli.tables import print_table
from pipeline.config import CrawlSettings
from pipeline.errors import KlipingError
from pipeline.model import RunState

ROOM = 1_000_000_000  # bytes free, below which a crawl may fill the disk


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of `doctor`."""

    check: str
    good: bool
    told: str  # what is, and when it is not good, what to do
    details: object = None  # what stands behind it, for scripts


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


def _found(name: str, check: Callable[[Office], str | cost.Told], here: Office) -> Finding:
    try:
        found = check(here)
        if isinstance(found, str):
            return Finding(name, True, found)
        return Finding(name, found.good, found.told, found.details)
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


def _alarms(here: Office) -> str:
    told = here.settings.alarms.to
    if not told:
        return "nobody is told when an outlet breaks, only `kliping status` shows it: name somebody in [alarms] to"
    for address in told:
        check_address(address)
    return f"{', '.join(told)} told when an outlet breaks"


def _subscribers(here: Office) -> str:
    found = here.store.subscribers.list(here.settings.digest.list)
    if not found:
        raise KlipingError("nobody gets the digest: `kliping subscribers add ADDRESS`")
    return f"{len(found)} subscriber(s)"


CHECKS: tuple[tuple[str, Callable[[Office], str | cost.Told]], ...] = (
    ("home", _settings),
    ("database", _database),
    ("disk", _room),
    ("outlets", _outlets),
    ("watches", _watches),
    ("contact", _contact),
    ("crawls", _runs),
    ("cost", cost.check),
    ("mail server", _mail),
    ("other road", set_up.relay),
    ("signature", set_up.signature),
    ("hours", set_up.hours),
    ("heartbeat", set_up.heartbeat),
    ("pages", set_up.pages),
    ("letterhead", set_up.letterhead),
    ("fonts", set_up.looks),
    ("alarms", _alarms),
    ("subscribers", _subscribers),
)
