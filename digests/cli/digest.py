"""`kliping digest`: editions, their forms and their deliveries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from digests import editions
from digests.cli import cycle, deliveries, drafts, forms
from digests.cli.dates import parse_instant, parse_window
from digests.cli.edition import Day, day_of, find_edition
from digests.cli.forms import Cities, Form, Format, Output, Watches
from digests.cli.office import Office, office
from digests.cli.options import AsJson, EditionList, Language, Since, Until
from digests.cli.output import print_json, remark
from digests.model import Content
from digests.selection import select
from pipeline.errors import SettingsError
from pipeline.store import EditionRecord

group = typer.Typer(no_args_is_help=True, help="Editions: make, read and deliver them; reports.")
group.add_typer(drafts.group, name="draft", short_help="Look at the next edition; drop, pin, note.")
LATE = timedelta(days=31)  # an edition that was missed may still be made


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


@group.command(short_help="Print an edition in any of its forms.")
def show(
    context: typer.Context,
    day: Day = "today",
    edition_list: EditionList = None,
    language: Language = None,
    form: Form = Format.TEXT,
    watch: Watches = None,
    city: Cities = None,
    output: Output = None,
) -> None:
    """Print an edition, or a reader's part of it, as it was frozen: text, mail, page, PDF, WhatsApp text or JSON.

    \b
    Examples:
      kliping digest show --format pdf -o kliping.pdf
      kliping digest show --list daily-weekly            (the weekly roll-up of the list `daily`)
      kliping digest show --city Jakarta --watch mgmac   (as a subscriber who chose these gets it)
    """
    forms.check_place(form, output)
    here = office(context)
    choice = forms.choice_of(here, watch, city)
    record = find_edition(here, day_of(here, day), edition_list)
    dress = editions.dresser(here.store, here.settings, here.loaded.outlets)
    body = editions.rendering(here.store, record, forms.language_of(here, language), form.value, choice, dress=dress)
    forms.write(body, output)


group.command()(deliveries.send)
group.command(short_help="List what became of each message.")(deliveries.deliveries)
group.command(short_help="Settle what may or may not have arrived.")(deliveries.resolve)
group.command(short_help="Let an older database learn what has left.")(deliveries.reconcile)


@group.command(short_help="Tell any dates as a digest does; never sent.")
def report(
    context: typer.Context,
    since: Since = "7d",
    until: Until = "today",
    edition_list: EditionList = None,
    language: Language = None,
    form: Form = Format.TEXT,
    watch: Watches = None,
    city: Cities = None,
    output: Output = None,
) -> None:
    """Tell any dates as a digest does: made freely, never sent, taking nothing from the next edition.

    \b
    Example:
      kliping digest report --since 2026-11-01 --until 2026-11-30 --format html -o november.html
    """
    forms.check_place(form, output)
    here = office(context)
    choice = forms.choice_of(here, watch, city)
    zone = here.settings.zone
    first, last = parse_window(since, until, now=here.now, zone=zone)
    if first is None or last is None:
        raise SettingsError("--since and --until: say both")
    cycle.assemble_stories(here)
    whole = editions.report(here.store, here.settings, here.loaded.outlets, first, until=last, list_name=edition_list)
    forms.write(forms.rendered(here, select(whole, choice), language, form), output)


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
    day, today = day_of(here, text), here.now.astimezone(here.settings.zone).date()
    if not today - LATE <= day <= today:
        raise SettingsError(
            f"no edition is made for {day}: only for today and the {LATE.days} days before;"
            " `kliping digest report --since D --until D` tells any dates"
        )
    return day


def _told(record: EditionRecord, content: Content) -> str:
    totals = content.totals
    return (
        f"edition {record.list} {record.period}: {totals.stories} stories from {totals.articles} articles, "
        f"{totals.checked} of {totals.watched} outlets checked"
    )
