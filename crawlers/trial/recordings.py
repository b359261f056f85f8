"""The answers of a trial that has ended, or of recordings from elsewhere, for the same questions once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawlers.trial.answers import Recorded
from pipeline.archive.payload import payload
from pipeline.archive.reader import read_response
from pipeline.archive.replay import ReplayIndex
from pipeline.model import Capture, Page, Run
from pipeline.store import Store
from pipeline.urls import normalise

_DATED_BY = 20  # answers whose times say when a recording was made


def of_run(store: Store, archive: Path, run: Run) -> Recorded:
    """What a trial was answered. robots.txt may have been asked for by an earlier run, within its day."""
    captures: dict[str, Capture] = {}
    for capture in store.captures.for_file(run.archive_file) if run.archive_file else ():
        captures[normalise(capture.url)] = capture

    def find(url: str) -> Page | None:
        capture = captures.get(url)
        if capture is None and url.endswith("/robots.txt"):
            capture = next(iter(store.captures.for_url(url)[-1:]), None)
        return read_response(archive, capture) if capture else None

    failures = store.mending.unanswered(run.id)
    return Recorded(find, failures, absent="the trial ended before this address was answered")


def of_files(files: Sequence[Path]) -> tuple[Recorded, datetime | None]:
    """What WARC files hold, and when they were recorded. Raises `ArchiveError` for a file that is none."""
    index = ReplayIndex(files)

    def find(url: str) -> Page | None:
        exchange = index.find(url)
        if exchange is None:
            return None
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in exchange.response_headers)
        body = payload(exchange.body, exchange.response_headers)
        return Page(url, exchange.status, headers, body, exchange.fetched_at, None, exchange.record_id)

    moments = [page.fetched_at for url in index.urls()[:_DATED_BY] if (page := find(url))]
    return Recorded(find), max(moments, default=None)


def recorded_pages(files: Sequence[Path]) -> tuple[Page, ...]:
    """Every whole page in WARC files, newest first. Raises `ArchiveError`."""
    index = ReplayIndex(files)
    recorded, _ = of_files(files)
    answers = [recorded.answer(url, robots=True) for url in index.urls()]
    pages = [answer.page for answer in answers if answer.page and not answer.failure and answer.page.url == answer.url]
    return tuple(sorted(pages, key=lambda page: page.fetched_at, reverse=True))


def record(archive: Path, runs: Sequence[Run], file: Path) -> int:
    """The archive files of some ended runs as one WARC file, whole; its size in bytes. Raises `OSError`.

    A WARC file is records one after the other, each its own gzip member, so files one after the other are one too.
    """
    size = 0
    with file.open("xb") as target:
        try:
            for run in runs:
                size += target.write((archive / run.archive_file).read_bytes()) if run.archive_file else 0
            target.flush()
        except BaseException:  # a full disk, Ctrl-C: half a recording looks like one
            file.unlink(missing_ok=True)
            raise
    return size
