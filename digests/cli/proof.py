"""What stands behind an outlet file: its last check, its open alarms, who accepted its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digests.cli.office import Office
from digests.cli.output import print_text
from pipeline.outlet import Outlet

CHECKED = "check"  # the action in the audit
_TOLD = {"not reachable": "no answer"}  # short enough for a column


@dataclass(frozen=True, slots=True)
class Proof:
    """The last check of an outlet's file."""

    outcome: str  # proven | broken | not reachable
    at: datetime
    why: str | None
    current: bool  # the file is the one that was checked
    newsroom: bool  # the made-up newsroom answered, not the web

    @property
    def proven(self) -> bool:
        return self.outcome == "proven" and self.current

    def told(self) -> str:
        """For a column: "proven 11-21", "changed" where the file is another by now."""
        if not self.current:
            return "changed"
        word = _TOLD.get(self.outcome, self.outcome)
        return f"{word} (demo)" if self.newsroom else f"{word} {self.at:%m-%d}"


def proof_of(here: Office, outlet: Outlet) -> Proof | None:
    """`None`: it was never checked."""
    entries = here.store.audit.list(f"outlet:{outlet.name}")
    found = next((entry for entry in entries if entry.action == CHECKED), None)
    if found is None or found.detail is None:
        return None
    detail: Mapping[str, object] = found.detail
    return Proof(
        outcome=str(detail.get("outcome")),
        at=found.at,
        why=found.reason,
        current=detail.get("digest") == outlet.digest,
        newsroom=bool(detail.get("newsroom")),
    )


def print_proof(here: Office, outlet: Outlet) -> None:
    """The lines of `outlets show`."""
    zone = here.settings.zone
    proof = proof_of(here, outlet)
    if proof is None:
        print_text(f"last check: never; `kliping outlets check {outlet.name}` proves it")
    else:
        by = " by the made-up newsroom" if proof.newsroom else ""
        changed = "" if proof.current else "; the file has changed since"
        why = f": {proof.why}" if proof.why else ""
        print_text(f"last check: {proof.outcome}{by}, {proof.at.astimezone(zone):%Y-%m-%d %H:%M}{changed}{why}")
    setting = here.store.outlets.settings().get(outlet.name)
    if setting and setting.terms_shown is not None:
        permission = f"; permission: {setting.permission}" if setting.permission else "; no permission was recorded"
        accepted = f"accepted by {setting.actor}, {setting.changed_at.astimezone(zone):%Y-%m-%d}{permission}"
        print_text(f"terms {accepted}")
        if setting.terms_shown != outlet.terms.summary:
            print_text(f"the terms have changed since; they were: {setting.terms_shown}")
    else:
        print_text("terms accepted by nobody here")
    print_alarms(here, outlet)


def print_alarms(here: Office, outlet: Outlet) -> None:
    """Open alarms, each with what was well and what is now."""
    for alarm in here.store.alarms.open(outlet.name):
        since = f"{alarm.opened_at.astimezone(here.settings.zone):%Y-%m-%d %H:%M}"
        print_text(f"ALARM {alarm.failure.value} since {since}: {alarm.subject}: {alarm.detail}")
        if alarm.last_good or alarm.present:
            print_text(f"      last good {alarm.last_good or '–'}; present {alarm.present or '–'}")
