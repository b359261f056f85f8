"""The parts of the main job put together from all three packages: crawl, assemble, make the edition, deliver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from subprocess import TimeoutExpired
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING

from digests import deliver, editions
from digests.cli.events import open_events
from digests.cli.office import Office
from digests.cli.output import progress, remark
from digests.deliver import DeliveryReport
from digests.facts import WEEKLY
from digests.hours import period_at
from digests.messages import audience, freeze
from digests.sender import Watch
from pipeline.assemble import Assembled, assemble, reassemble
from pipeline.config import Settings
from pipeline.errors import LeasedError
from pipeline.headlines import check
from pipeline.model import Run, RunCounts, RunState
from pipeline.store import EditionRecord, Store

if TYPE_CHECKING:
    from crawlers.launch import CrawlRequest

DEMO_TROUBLES: Mapping[str, str] = {"beritajakarta_en": "503"}  # one outlet of the bundled newsroom is down on purpose
MONDAY = 0
_POLL = 0.3  # seconds between two looks at a crawl's heartbeat
_RECENT = 200  # runs among which the last daily one is looked for
_ASSEMBLER_WAIT = 60.0  # seconds for another process to assemble the stories


@dataclass(frozen=True, slots=True)
class Crawled:
    """How one request ended; `run` None: it was refused before it began, and said why on standard error."""

    request: CrawlRequest
    run: Run | None

    @property
    def good(self) -> bool:
        return self.run is not None and self.run.state is RunState.FINISHED


@contextmanager
def web(here: Office) -> Iterator[Settings]:
    """The settings to crawl with; starts the bundled newsroom when the settings ask for it."""
    settings = here.settings
    if settings.newsroom is None or not settings.newsroom.startswith("bundled"):
        yield settings
        return
    from crawlers.newsroom import serve

    _, _, day = settings.newsroom.partition(":")
    today = date.fromisoformat(day) if day else here.now.astimezone(settings.zone).date()
    with serve(today, troubles=DEMO_TROUBLES) as newsroom:
        yield settings.model_copy(update={"newsroom": newsroom.address})


def requests(here: Office, names: Sequence[str], *, wait: float = 0.0) -> list[CrawlRequest]:
    """A plain crawl of each of these outlets; `wait`: seconds for another crawl of the same one to end."""
    from crawlers.launch import CrawlRequest

    return [CrawlRequest(outlet=here.outlet(name).name, wait=wait) for name in names]


def crawl_all(
    here: Office, requests: Sequence[CrawlRequest], days: Callable[[], tuple[int, int]] | None = None
) -> list[Crawled]:
    """Crawl, several outlets at a time, each in its own process, showing how far they are. In the requests' order.

    `days`: how many of a back-fill's days are complete, of how many.
    """
    if not requests:
        return []
    given_up = Event()
    with web(here) as settings, progress("crawling") as bar, ThreadPoolExecutor(settings.crawl.processes) as pool:
        shown: dict[int, RunCounts] = {}

        def crawl(n: int, request: CrawlRequest) -> Crawled:
            def tell(counts: RunCounts) -> None:
                shown[n] = counts
                done, total = days() if days else (0, None)
                bar(done, total)
                bar.say(_so_far(list(shown.values())) + (f", {done} of {total} days complete" if total else ""))

            return _crawl(here.store, settings, request, tell, given_up.is_set)

        jobs = [pool.submit(crawl, n, request) for n, request in enumerate(requests)]
        try:
            return [job.result() for job in jobs]
        except BaseException:  # Ctrl-C: the crawls under way end in order, the others do not begin
            given_up.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def crawl_one(here: Office, request: CrawlRequest, stopping: Callable[[], bool]) -> Crawled:
    """Crawl without showing how far it is, until `stopping` says so; for several threads at once."""
    with web(here) as settings:
        return _crawl(here.store, settings, request, lambda _: None, stopping)


def crawl_line(crawled: Crawled) -> str:
    """How a crawl ended, in one line."""
    name, run = crawled.request.outlet or "addresses", crawled.run
    if run is None:
        return f"{name}: refused"
    c = run.counts
    return f"{name}: {run.state}, {c.listed} listed, {c.kept} kept, {c.rejected} rejected, {c.failed} failed" + (
        f" ({run.detail})" if run.detail else ""
    )


def _crawl(
    store: Store,
    settings: Settings,
    request: CrawlRequest,
    tell: Callable[[RunCounts], None],
    stopping: Callable[[], bool],
) -> Crawled:
    from crawlers import launch

    begun = datetime.now(UTC)
    process = launch.start(settings, request, log_level="ERROR")
    try:
        while True:
            try:
                return Crawled(request, launch.wait(store, process, _POLL, begun))
            except TimeoutExpired:
                if stopping():
                    launch.stop(process)
                run = launch.run_of(store, process, begun)
                tell(run.counts if run else RunCounts())
    finally:
        launch.stop(process)


def _so_far(counts: Sequence[RunCounts]) -> str:
    listed, fetched, kept = (sum(getattr(c, name) for c in counts) for name in ("listed", "fetched", "kept"))
    return f"crawling: {listed} listed, {fetched} fetched, {kept} kept"


def assemble_stories(here: Office) -> Assembled | None:
    """Place what is new, and open the dossiers of new events.

    None when another process is at it for long, which does the same work.
    """
    try:
        done = _in_turn(lambda: _place(here))
    except LeasedError as error:
        remark(f"stories are being assembled elsewhere: {error}")
        return None
    open_events(here)
    return done


def retell_stories(here: Office, period: date | None) -> Assembled:
    """The nightly pass of a period, or one on demand: tell all articles of the window anew, and say what that changed.

    Raises `LeasedError` while another process assembles for long.
    """
    done = _in_turn(lambda: _retell(here, period))
    if line := changed_line(done):
        remark(line)
    return done


def changed_line(done: Assembled) -> str | None:
    """What looking at the window anew changed, in one line; None: nothing."""
    parts = [
        f"{number} {what}"
        for number, what in ((done.merged, "merged"), (done.split, "split"), (done.moved, "articles moved"))
        if number
    ]
    return f"stories: {', '.join(parts)} in the night; `kliping stories changes` tells them" if parts else None


def _in_turn(work: Callable[[], Assembled], wait: float = _ASSEMBLER_WAIT) -> Assembled:
    """Wait for the turn: who is at it may have read before the newest articles came. Raises `LeasedError`."""
    until = monotonic() + wait
    while True:
        try:
            return work()
        except LeasedError:
            if monotonic() >= until:
                raise
            sleep(_POLL)


def _place(here: Office) -> Assembled:
    _check_texts(here)
    with progress("placing articles in stories") as bar:
        return assemble(here.store, here.now, told=bar)


def _retell(here: Office, period: date | None) -> Assembled:
    _check_texts(here)
    with progress("telling the stories of the window anew") as bar:
        return reassemble(here.store, here.now, period=period.isoformat() if period else None, told=bar)


def _check_texts(here: Office) -> None:
    """First, so that no story is told of a text with another article's headline in it. Raises `LeasedError`."""
    waiting = here.store.headlines.unfinished()
    if not waiting:
        return
    with progress("comparing texts with headlines") as bar:
        done = check(here.store, here.watches, here.now, tell=lambda number: bar(number, max(number, waiting)))
    if done.rewritten:
        remark(
            f"lines of {done.rewritten} text(s) are headlines of other articles; `kliping articles show ID` tells them"
        )


def is_due(run: Run | None, every: timedelta, now: datetime) -> bool:
    """An outlet is due when its last crawl did not end well, or began at least `every` ago."""
    return run is None or run.state is not RunState.FINISHED or now - run.started_at >= every


def due_outlets(here: Office) -> list[str]:
    """The watched outlets that are due, by name."""
    every = timedelta(minutes=here.settings.crawl.every_minutes)
    return [name for name in sorted(here.enabled) if is_due(_last_crawl(here.store, name), every, here.now)]


def _last_crawl(store: Store, name: str) -> Run | None:
    """The outlet's last crawl; a back-fill of past days is none."""
    return next((run for run in store.runs.list(name, limit=_RECENT) if run.kind != "backfill"), None)


def due_period(here: Office) -> date | None:
    """The day whose edition is due and not made, or not to everybody: today's, from its hour on."""
    day = period_at(here.settings, here.now)
    if day != here.now.astimezone(here.settings.zone).date():
        return None
    made = here.store.editions.get(here.settings.digest.list, day.isoformat())
    return day if made is None or _is_owed(here.store, made) else None


def _is_owed(store: Store, edition: EditionRecord) -> bool:
    """Whether somebody who was there at the freeze has no message: its maker was killed before it was done."""
    there = [reader for reader in audience(store, edition.list) if reader.created_at <= edition.frozen_at]
    return len(there) > sum(tally.number for tally in store.tallies.of(edition.id))


def make_edition(here: Office, period: date, list_name: str | None = None) -> EditionRecord:
    """Tell the stories, then freeze the edition of that day; made already, it is given as it is.

    The editions of a day are frozen after its nightly pass, which is made once, and after all that came since has its
    place: what is frozen must know its stories. Raises `LeasedError` while another process assembles for long.
    """
    name = list_name or here.settings.digest.list
    made = here.store.editions.get(name, period.isoformat())
    if made is not None:
        return made
    if here.store.stories.night(period.isoformat()) is None:
        retell_stories(here, period)
    return build(here, period, name, _ASSEMBLER_WAIT)


def build(here: Office, period: date, name: str, wait: float) -> EditionRecord:
    """Freeze the edition. Where another process assembles for longer than `wait` seconds, what it has not placed yet is
    left to the next one.
    """

    def place() -> Assembled | None:
        try:
            return _in_turn(lambda: _place(here), wait)
        except LeasedError as error:
            remark(f"what has no place in a story yet comes with the next edition: {error}")
            return None

    return editions.build(here.store, here.settings, here.loaded.outlets, period, name, place=place, now=here.now)


def make_due_editions(here: Office, period: date) -> list[EditionRecord]:
    """The day's edition; on a Monday the week's too, when somebody gets that one."""
    name = here.settings.digest.list
    made = [make_edition(here, period, name)]
    weekly = name + WEEKLY
    if period.weekday() == MONDAY and audience(here.store, weekly):
        made.append(make_edition(here, period, weekly))
    return made


def deliver_edition(here: Office, edition: EditionRecord) -> DeliveryReport:
    """Freeze its messages and send what is due."""
    return deliver.deliver(here.store, here.settings, edition, now=here.now, outlets=here.loaded.outlets)


def told(report: DeliveryReport) -> str:
    """A delivery report in one line."""
    states = ", ".join(f"{number} {state}" for state, number in sorted(report.states.items()))
    return (f"mail: {states} by {report.road}" if states else "no mail is waiting") + (
        f"; {report.trouble}" if report.trouble else ""
    )


def freeze_mail(here: Office, edition: EditionRecord, not_before: datetime | None = None) -> None:
    """A frozen message for every subscriber; they leave with `deliver_waiting`, not before that instant."""
    outlets = here.loaded.outlets
    freeze(here.store, here.settings, edition, now=here.now, outlets=outlets, not_before=not_before)


def deliver_waiting(here: Office, stopping: Callable[[], bool] = lambda: False) -> DeliveryReport:
    """Send what waits of any edition, deferred or interrupted mail, until `stopping` says so."""
    return deliver.deliver_due(here.store, here.settings, now=here.now, watch=Watch(stopping))
