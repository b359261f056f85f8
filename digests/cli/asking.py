"""Runs a trial: a crawl process that asks a few addresses of sites, followed until it ends."""

from __future__ import annotations

from datetime import UTC, datetime
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

from digests.cli import cycle
from digests.cli.office import Office
from digests.cli.output import progress
from pipeline.model import Run

if TYPE_CHECKING:
    from crawlers.launch import CrawlRequest

_POLL = 0.3  # seconds between two looks at how far it is


def run_trial(here: Office, request: CrawlRequest, saying: str) -> Run | None:
    """Its record; `None` when it was refused, which it told on standard error. It ends with this command."""
    from crawlers import launch

    with cycle.web(here) as settings, progress(saying) as bar:
        begun = datetime.now(UTC)
        process = launch.start(settings, request, log_level="ERROR")
        try:
            while True:
                try:
                    return launch.wait(here.store, process, _POLL, begun)
                except TimeoutExpired:
                    run = launch.run_of(here.store, process, begun)
                    if run and run.archive_file:
                        bar.say(f"{saying}: {len(here.store.captures.for_file(run.archive_file))} answers")
        finally:
            launch.stop(process)
