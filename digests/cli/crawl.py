"""`kliping run` and `kliping crawl`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digests import checkup
from digests.cli import backfill, cycle, rounds
from digests.cli.dates import parse_window
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Since, Until
from digests.cli.output import print_json, print_json_lines, print_text, remark
from digests.cli.tables import print_table
from pipeline.errors import NotFoundError, SettingsError
from pipeline.outlet import Outlet
from pipeline.urls import normalise

if TYPE_CHECKING:
    from crawlers.launch import CrawlRequest

PARTLY_FAILED = 3


def run(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Crawl every watched outlet, due or not.")] = False,
    as_json: AsJson = False,
) -> None:
    """Crawl what is due, make the edition that is due, deliver it."""
    here = office(context)
    here.check_crawl()
    names = sorted(here.enabled) if everything else cycle.due_outlets(here)
    crawled = cycle.crawl_all(here, cycle.requests(here, names))
    cycle.assemble_stories(here)
    period = cycle.due_period(here)
    for line in rounds.before_mail(here):
        remark(line)
    for edition in cycle.make_due_editions(here, period) if period else ():
        cycle.freeze_mail(here, edition)
    if period:
        checkup.freeze(here.store, here.settings, here.loaded.outlets, period, now=here.now)
    report = cycle.deliver_waiting(here)
    for line in rounds.after_mail(here, period):
        remark(line)
    if as_json:
        print_json({"runs": [_document(each) for each in crawled], "edition": period, "deliveries": report})
    else:
        _show(here, crawled)
        remark(f"edition {period} made" if period else "no edition is due: today's is made, or its hour has not come")
        remark(cycle.told(report))
    if not all(each.good for each in crawled) or not report.complete:
        raise typer.Exit(PARTLY_FAILED)


def crawl(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="OUTLET", help="Outlets; default: all that are watched.")
    ] = None,
    since: Since = None,
    until: Until = None,
    urls: Annotated[
        list[str] | None, typer.Option("--url", metavar="URL", help="Only this address, of any site; repeat it.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", help="At most so many articles an outlet; the rest stays pending.", min=1)
    ] = None,
    replay: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Answer from this WARC file, without network; repeat it.")
    ] = None,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", help="How long to wait for another crawl of the same outlet.", min=0)
    ] = 0.0,
    plan: Annotated[
        bool, typer.Option("--plan", help="With --since: only show what the back-fill would cost; nothing is fetched.")
    ] = False,
    abandon: Annotated[
        bool, typer.Option("--abandon", help="Give up the open back-fill of these outlets (of --since, if given).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Crawl now. Every URL that is listed gets a disposition; `kliping explain URL` tells it.

    With --since it is a back-fill: it shows its cost first, says of every day how far it is filled, and called again
    it goes on where it was killed.

    \b
    Examples:
      kliping crawl                                     (every watched outlet)
      kliping crawl antara --since 2026-11-01 --until 2026-11-07 --plan
      kliping crawl antara --since 2026-11-01 --until 2026-11-07
      kliping crawl --url https://example.org/berita/satu
      kliping crawl antara --replay antara.warc.gz      (as recorded, no network)
    """
    here = office(context)
    window = parse_window(since, until, now=here.now, zone=here.settings.zone)
    addresses = tuple(_address(url) for url in urls or ())
    files = tuple(_recorded(file) for file in replay or ())
    chosen: list[str | None] = [here.outlet(name).name for name in names or ()]
    if not chosen and not addresses and not files:
        chosen = [*sorted(here.enabled)]
    here.check_crawl()
    most = min(limit, MOST) if limit else None
    past = since is not None and not addresses and not files
    if abandon or plan or past:
        outlets = [here.outlet(name) for name in chosen if name]
        _past_days(here, outlets, (since, until), plan=plan, abandon=abandon, limit=most, wait=wait, as_json=as_json)
        return
    from crawlers.launch import CrawlRequest

    requests = [
        CrawlRequest(
            outlet=name,
            since=window[0],
            until=window[1],
            urls=addresses,
            limit=most,
            replay=files,
            wait=min(MOST, wait),
        )
        for name in chosen or [None]
    ]
    _crawl_now(here, requests, as_json=as_json)


def _crawl_now(here: Office, requests: Sequence[CrawlRequest], *, as_json: bool) -> None:
    crawled = cycle.crawl_all(here, requests)
    cycle.assemble_stories(here)
    if as_json:
        print_json_lines(_document(each) for each in crawled)
    else:
        _show(here, crawled)
    if not all(each.good for each in crawled):
        raise typer.Exit(PARTLY_FAILED if any(each.run for each in crawled) else 1)


def _past_days(
    here: Office,
    outlets: Sequence[Outlet],
    window: tuple[str | None, str | None],
    *,
    plan: bool,
    abandon: bool,
    limit: int | None,
    wait: float,
    as_json: bool,
) -> None:
    """Fill past days, or only say what that would cost, or give it up."""
    since, until = window
    if abandon:
        given_up = backfill.abandon(here, outlets, since, until)
        print_json_lines(given_up) if as_json else backfill.show_abandoned(given_up)
        return
    if since is None:
        raise SettingsError("--plan: needs --since, the first day of the back-fill, such as --since 2026-11-01")
    jobs = backfill.plans(here, outlets, since, until)
    if plan:
        print_json_lines(job.plan for job in jobs) if as_json else backfill.show_plans(jobs)
        return
    backfill.announce(jobs)
    requests = backfill.requests(here, jobs, limit=limit, wait=min(MOST, wait))
    crawled = cycle.crawl_all(here, requests, backfill.DayCount(here, requests))
    cycle.assemble_stories(here)
    receipts = backfill.receipts(here, crawled)
    if as_json:
        both = zip(crawled, receipts, strict=True)
        print_json_lines({**_document(each), "backfill": backfill.document(receipt)} for each, receipt in both)
    else:
        _show(here, crawled)
        backfill.show_receipts(here, receipts)
    if not any(each.run for each in crawled):
        raise typer.Exit(1)
    if not all(each.good for each in crawled) or not all(receipt.complete for receipt in receipts):
        raise typer.Exit(PARTLY_FAILED)


def _address(text: str) -> str:
    try:
        return normalise(text)
    except ValueError as error:
        raise SettingsError(f"--url {text}: {error}") from None


def _recorded(file: Path) -> Path:
    if not file.is_file():
        raise NotFoundError(f"--replay {file}: there is no such file")
    return file.resolve()


def _document(crawled: cycle.Crawled) -> dict[str, object]:
    return {"outlet": crawled.request.outlet, "urls": crawled.request.urls, "run": crawled.run}


def _show(here: Office, crawled: Sequence[cycle.Crawled]) -> None:
    if not crawled:
        print_text("nothing was due: every watched outlet was crawled lately")
        return
    print_table(
        ("outlet", "ended", "listed", "new", "fetched", "kept", "rejected", "failed", "why"),
        [_row(each) for each in crawled],
    )
    print_text(f"{here.store.ledger.seen()} URLs are known; `kliping explain URL` tells what became of each")


def _row(crawled: cycle.Crawled) -> tuple[object, ...]:
    name, run = crawled.request.outlet or "addresses", crawled.run
    if run is None:
        return (name, "refused", *(None,) * 6, "see above")
    counts = run.counts
    return (
        name,
        run.state,
        counts.listed,
        counts.new,
        counts.fetched,
        counts.kept,
        counts.rejected,
        counts.failed,
        run.detail or run.failure,
    )
