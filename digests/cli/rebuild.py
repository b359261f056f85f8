"""`kliping rebuild`: what another home's crawls left, made anew from its archive alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from digests.cli import cycle
from digests.cli.dates import parse_until
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import Bar, print_json, progress, remark
from pipeline.archive.adopt import adopt, archive_files
from pipeline.archive.recovery import recover
from pipeline.archive.run_record import RunFile, read_run
from pipeline.errors import ArchiveError, SettingsError
from pipeline.store.holders import new_holder

if TYPE_CHECKING:
    from crawlers.launch import CrawlRequest

_POLL = 0.2  # seconds between two looks at how far it is
_AT_ONCE = 50  # runs in one process; its start costs as much as several runs
_LEASE, _LONGEST = "rebuild", timedelta(days=7)  # of one at a time; a dead process's lease is free before
_TRIAL = "trial"  # stores nothing of an outlet


@dataclass(frozen=True, slots=True)
class _Done:
    """What a rebuild did."""

    files: int  # of the archive, as far as they were asked for
    copied: int
    rebuilt: int  # runs
    had: int  # runs that were there already
    waiting: int  # runs that began later than asked for


def rebuild(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive folder of another home, or of this.")],
    until: Annotated[
        str | None,
        typer.Option(
            metavar="INSTANT", help="Only what was fetched by then, as an edition frozen then saw it; later goes on."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make anew, from an archive alone, what its crawls left: articles, stories, and how each outlet was read.

    Files are copied into this home's archive, then each run is done again in the order of that time, without network.
    Killed and called again it goes on. Settings, outlet files, watches and people's decisions are in no archive: copy
    kliping.toml, outlets/ and watches.toml first.

    \\b
    Example, yesterday's edition in an empty home:
      kliping rebuild ../elsewhere/archive --until 2026-11-21T06:25+07:00
      kliping digest build --date 2026-11-21 --at 2026-11-21T06:25+07:00
    """
    here = office(context)
    instant = parse_until(until, now=here.now, zone=here.settings.zone)
    if not archive.is_dir():
        raise SettingsError(f"{archive}: there is no such folder; name the archive folder of a home")
    lease = here.store.leases.claim(_LEASE, new_holder(), _LONGEST, here.now)
    try:
        done = _rebuild(here, archive, instant)
    finally:
        here.store.leases.release(lease)
    if as_json:
        print_json(done)
    else:
        later = f", {done.waiting} began later" if done.waiting else ""
        remark(f"{done.rebuilt} run(s) rebuilt, {done.had} there already{later}; {done.copied} file(s) copied")


def _rebuild(here: Office, archive: Path, until: datetime | None) -> _Done:
    with progress("copying archive files") as bar:
        copied = adopt(archive, here.settings.archive, bar)
    recover(here.settings.archive, lambda _file: False)
    files = _files(here.settings.archive)
    wanted = [one for one in files if until is None or one.started_at <= until]
    missing = [one for one in wanted if not _is_done(here, one)]
    with progress("rebuilding runs") as bar:
        for start in range(0, len(missing), _AT_ONCE):
            portion = missing[start : start + _AT_ONCE]
            _do(here, portion, until, partial(_tell, bar, start, len(missing)))
    return _Done(len(files), copied, len(missing), len(wanted) - len(missing), len(files) - len(wanted))


def _tell(bar: Bar, before: int, total: int, done: int) -> None:
    bar(before + done, total)


def _files(archive: Path) -> list[RunFile]:
    """The archive's runs in the order in which they began. Raises `ArchiveError`."""
    paths = archive_files(archive)
    found = []
    with progress("reading archive files") as bar:
        for number, path in enumerate(paths):
            bar(number, len(paths))
            found.append(read_run(path))
    return sorted((one for one in found if one.kind != _TRIAL), key=lambda one: (one.started_at, one.path.name))


def _is_done(here: Office, one: RunFile) -> bool:
    run = here.store.runs.of_file(one.path.name)
    return run is not None and run.ended_at is not None


def _do(here: Office, portion: Sequence[RunFile], until: datetime | None, tell: Callable[[int], None]) -> None:
    """Do these runs again in one process, then place their articles as of the last one's end. Raises `ArchiveError`."""
    from crawlers import launch

    process = launch.start(here.settings, *(_request(here, one, until) for one in portion), log_level="ERROR")
    done = 0
    try:
        while process.poll() is None:
            while done < len(portion) and _is_done(here, portion[done]):
                done += 1
            tell(done)
            sleep(_POLL)
    finally:
        launch.stop(process)
    ends = [_end_of(here, one, until) for one in portion]
    cycle.assemble_stories(here.at(max(ends)))


def _end_of(here: Office, one: RunFile, until: datetime | None) -> datetime:
    """When the run ended, or how far it is rebuilt. Raises `ArchiveError` for one that is not rebuilt."""
    run = here.store.runs.of_file(one.path.name)
    if run is None or (run.ended_at is None and until is None):
        raise ArchiveError(f"{one.path}: this run could not be rebuilt, see above; `kliping rebuild` again goes on")
    return run.ended_at or run.heartbeat_at


def _request(here: Office, one: RunFile, until: datetime | None) -> CrawlRequest:
    """Of a crawl what it was asked for; of any other run its recorded addresses."""
    from crawlers.launch import CrawlRequest
    from crawlers.request import Rebuild

    as_it_was = Rebuild(one.kind, one.outlet, one.started_at, until)
    path = (one.path.resolve(),)
    if one.kind != "crawl" or one.outlet is None:
        return CrawlRequest(urls=one.record.urls if one.record else (), replay=path, rebuild=as_it_was)
    outlet = here.outlet(one.outlet).name
    if one.record is None:
        return CrawlRequest(outlet=outlet, replay=path, rebuild=as_it_was)
    record = one.record
    return CrawlRequest(
        outlet=outlet, since=record.since, until=record.until, limit=record.limit, replay=path, rebuild=as_it_was
    )
