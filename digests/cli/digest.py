"""`kliping digest`: editions, their forms and their deliveries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from digests import editions, recovery
from digests.cli import cycle, drafts, forms
from digests.cli.dates import parse_day, parse_instant, parse_window
from digests.cli.forms import Form, Format, Output
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, EditionList, Language, Since, Until
from digests.cli.output import print_json, print_json_lines, remark
from digests.cli.tables import print_table
from digests.deliver import DeliveryReport
from digests.model import Content
from pipeline.errors import NotFoundError, SettingsError
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord

group = typer.Typer(no_args_is_help=True, help="Editions: make, read and deliver them; reports.")
group.add_typer(drafts.group, name="draft")
PARTLY_FAILED = 3
LATE = timedelta(days=31)  # an edition that was missed may still be made

Day = Annotated[str, typer.Option("--date", help="The edition's day.", metavar="D")]


At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="INSTANT",
        help="Freeze it as of then, 2026-11-21T06:25+07:00: to make an edition again after `kliping rebuild`.",
    ),
]


@group.command()
def build(
    context: typer.Context,
    day: Day = "today",
    edition_list: EditionList = None,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Make the edition of a day and freeze it. Done twice, it is one edition."""
    here = _at(office(context), at)
    record = cycle.make_edition(here, _buildable(here, day), edition_list)
    content = editions.content(record)
    if as_json:
        print_json(
            {
                "list": record.list,
                "period": record.period,
                "frozen_at": record.frozen_at,
                "digest": record.digest,
                "totals": content.totals,
            }
        )
        return
    remark(_told(record, content))
    remark(f"`kliping digest show --date {record.period}` prints it, `… send --date {record.period}` delivers it")


@group.command()
def show(
    context: typer.Context,
    day: Day = "today",
    edition_list: EditionList = None,
    language: Language = None,
    form: Form = Format.TEXT,
    output: Output = None,
) -> None:
    """Print an edition, as it was frozen: text, mail, page, PDF, WhatsApp text or JSON."""
    forms.check_place(form, output)
    here = office(context)
    record = find_edition(here, _day(here, day), edition_list)
    forms.write(_frozen(here, record, forms.language_of(here, language), form), output)


@group.command()
def send(context: typer.Context, day: Day = "today", edition_list: EditionList = None, as_json: AsJson = False) -> None:
    """Deliver what is due of an edition. Nobody gets it twice."""
    here = office(context)
    record = find_edition(here, _day(here, day), edition_list)
    report = cycle.deliver_edition(here, record)
    if as_json:
        print_json(report)
    else:
        show_report(report)
    if not report.complete:
        raise typer.Exit(PARTLY_FAILED)


@group.command()
def deliveries(
    context: typer.Context,
    day: Annotated[
        str | None, typer.Option("--date", help="Only of this day's edition; default: all.", metavar="D")
    ] = None,
    edition_list: EditionList = None,
    state: Annotated[DeliveryState | None, typer.Option(help="Only in this state; unknown ones wait for you.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what became of each message."""
    here = office(context)
    edition = find_edition(here, _day(here, day), edition_list).id if day else None
    found = here.store.deliveries.list(edition, state)
    if as_json:
        print_json_lines(_document(delivery) for delivery in found)
        return
    rows = [(d.id, d.edition_id, d.recipient, d.state, d.attempts, d.changed_at, d.detail) for d in found]
    print_table(
        ("id", "edition", "recipient", "state", "attempts", "changed", "why"),
        rows,
        zone=here.settings.zone,
        none="no message yet; `kliping digest send` or `kliping run` makes them",
    )


@group.command()
def resolve(
    context: typer.Context,
    identifier: Annotated[
        int, typer.Argument(metavar="ID", help="A held or failed delivery, as `deliveries` shows it.", min=1)
    ],
    resend: Annotated[bool, typer.Option("--resend", help="It did not arrive: send it again.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="It arrived, or is not wanted any more.")] = False,
    by: Actor = None,
) -> None:
    """Settle a delivery whose outcome is not known, after asking the recipient."""
    if resend == skip:
        raise SettingsError("say one of --resend and --skip")
    here = office(context)
    decision = "resend" if resend else "skip"
    settled = recovery.resolve(
        here.store, here.settings, min(identifier, MOST), decision, actor=by or here.actor, now=here.now
    )
    remark(
        f"delivery {settled.id} to {settled.recipient} is {settled.state}"
        + ("; `kliping run` sends it" if resend else "")
    )


@group.command()
def reconcile(context: typer.Context, by: Actor = None) -> None:
    """Let a restored, older database learn from the send journal what has left; until then it sends nothing."""
    here = office(context)
    settled = recovery.reconcile(here.store, here.settings, actor=by or here.actor, now=here.now)
    remark(f"{settled} deliveries settled by the journal; `kliping digest deliveries` shows them")


@group.command()
def report(
    context: typer.Context,
    since: Since = "7d",
    until: Until = "today",
    language: Language = None,
    form: Form = Format.TEXT,
    output: Output = None,
) -> None:
    """Tell any dates as a digest does: made freely, never sent, taking nothing from the next edition.

    \b
    Example:
      kliping digest report --since 2026-11-01 --until 2026-11-30 --format html -o november.html
    """
    here = office(context)
    zone = here.settings.zone
    first, last = parse_window(since, until, now=here.now, zone=zone)
    if first is None or last is None:
        raise SettingsError("--since and --until: say both")
    cycle.assemble_stories(here)
    content = editions.report(here.store, here.settings, here.loaded.outlets, first, until=last)
    forms.write(forms.rendered(here, content, language, form), output)


def find_edition(here: Office, day: date, edition_list: str | None) -> EditionRecord:
    """The edition of that day. Raises `NotFoundError` telling how to make it."""
    name = edition_list or here.settings.digest.list
    record = here.store.editions.get(name, day.isoformat())
    if record is None:
        raise NotFoundError(f"no edition of {name!r} is made for {day}: `kliping digest build --date {day}`")
    return record


def show_report(report: DeliveryReport) -> None:
    """A delivery report for a person."""
    rows = [(each.recipient, each.state, each.detail) for each in report.attempted]
    if rows:
        print_table(("recipient", "state", "why"), rows)
    remark(cycle.told(report))


def _day(here: Office, text: str) -> date:
    return parse_day(text, today=here.now.astimezone(here.settings.zone).date())


def _at(here: Office, instant: str | None) -> Office:
    """The same home at that instant. Raises `SettingsError` for one to come, or none."""
    if instant is None:
        return here
    moment = parse_instant(instant, zone=here.settings.zone)
    if moment > here.now:
        raise SettingsError(f"--at {instant}: is yet to come; without --at the edition is frozen as of now")
    return here.at(moment)


def _buildable(here: Office, text: str) -> date:
    """A day that an edition may be made for: it takes what is new by now, so neither the future nor the far past."""
    day, today = _day(here, text), here.now.astimezone(here.settings.zone).date()
    if not today - LATE <= day <= today:
        raise SettingsError(
            f"no edition is made for {day}: only for today and the {LATE.days} days before;"
            " `kliping digest report --since D --until D` tells any dates"
        )
    return day


def _frozen(here: Office, record: EditionRecord, language: str, form: Format) -> bytes:
    """The frozen bytes of that form."""
    return editions.rendering(here.store, record, language, form.value)


def _told(record: EditionRecord, content: Content) -> str:
    totals = content.totals
    return (
        f"edition {record.list} {record.period}: {totals.stories} stories from {totals.articles} articles, "
        f"{totals.checked} of {totals.watched} outlets checked"
    )


def _document(delivery: DeliveryRecord) -> dict[str, object]:
    names = (
        "id",
        "edition_id",
        "recipient",
        "state",
        "message_id",
        "attempts",
        "next_attempt_at",
        "changed_at",
        "detail",
    )
    return {name: getattr(delivery, name) for name in names}
