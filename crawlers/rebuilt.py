"""A recorded run done again from its own archive file: same answers, same clock, same end.

Nothing is written to the archive, for the file is there; the rows that it led to are made anew.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from crawlers.failures import Failure
from crawlers.request import CrawlRequest
from pipeline.archive.exchange import Exchange
from pipeline.archive.pointers import pointers
from pipeline.archive.replay import ReplayIndex
from pipeline.archive.run_record import RunFile, RunRecord, Unanswered, read_run, to_json
from pipeline.archive.writer import WarcWriter
from pipeline.errors import ArchiveError
from pipeline.model import Capture, FailureClass, Run, RunCounts, RunState
from pipeline.store import Store

_KILLED = "killed: its archive file has no end"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    state: RunState
    counts: RunCounts
    failure: FailureClass | None
    detail: str | None
    presence: Mapping[str, float] | None
    vitals: Mapping[str, object] | None


def record_of(
    run: Run, request: CrawlRequest, outcome: Outcome, unanswered: Sequence[Unanswered], now: datetime
) -> RunRecord:
    """What a run that ends now says of itself. Pure."""
    return RunRecord(
        outlet=run.outlet,
        kind=run.kind,
        state=outcome.state,
        started_at=run.started_at,
        ended_at=now,
        counts=outcome.counts,
        failure=outcome.failure,
        detail=outcome.detail,
        since=request.since,
        until=request.until,
        limit=request.limit,
        urls=request.urls,
        presence=outcome.presence,
        vitals=outcome.vitals,
        unanswered=tuple(unanswered),
    )


def close(writer: WarcWriter, record: RunRecord) -> None:
    """Let a run's file end with what the run says of itself. Raises `ArchiveError` when it cannot be closed.

    Where the disk has no room for the record, the file goes without: elsewhere the run then reads as killed.
    """
    with writer, suppress(ArchiveError):
        writer.write_metadata(to_json(record), record.ended_at)


class Rebuilt:
    """The recorded run behind a request to rebuild it."""

    def __init__(self, request: CrawlRequest) -> None:
        """Reads the file. Raises `ArchiveError`; `ValueError` for a request that rebuilds nothing."""
        if request.rebuild is None or len(request.replay) != 1:
            raise ValueError("a rebuild is of one run, from one file")
        (path,) = request.replay
        self._until = request.rebuild.until
        self._file: RunFile = read_run(path)
        self._outlet = request.rebuild.outlet
        self._kind = request.rebuild.kind
        self._pointers = pointers(path)
        if self._until is not None:
            self._pointers = {name: one for name, one in self._pointers.items() if one.fetched_at <= self._until}
        self._index = ReplayIndex((path,), until=self._until) if self._pointers else None
        self.now = request.rebuild.started_at  # moves on with the answers
        record = self._file.record
        self._unanswered = {one.url: one for one in record.unanswered} if record and not self._open else {}

    @property
    def _open(self) -> bool:
        """Whether the run was still at work at the instant up to which it is rebuilt."""
        record = self._file.record
        return self._until is not None and record is not None and record.ended_at > self._until

    def begin(self, store: Store, now: datetime) -> Run:
        """Its row: that of a rebuild which was interrupted, else a new one."""
        name = self._file.path.name
        return store.runs.of_file(name) or store.runs.begin(
            self._outlet,
            self._kind,
            pid=os.getpid(),
            host=socket.gethostname(),
            archive_file=name,
            since=self._file.record.since if self._file.record else None,
            until=self._file.record.until if self._file.record else None,
            now=now,
        )

    def find(self, url: str) -> Exchange | None:
        """The recorded answer; the clock moves on to when it was given."""
        found = self._index.find(url) if self._index else None
        if found is not None:
            self.now = max(self.now, found.fetched_at)
        return found

    def urls(self) -> tuple[str, ...]:
        """Every address that has an answer."""
        return self._index.urls() if self._index else ()

    def unanswered(self, url: str) -> Failure | None:
        """Why an address without a recorded answer gave none; None: it was not asked for."""
        one = self._unanswered.get(url)
        return Failure(one.failure, one.detail or one.failure.value, one.status, one.final) if one else None

    def capture(self, exchange: Exchange) -> Capture:
        """The pointer to a recorded answer. Raises `ArchiveError` for one that the file does not hold."""
        found = self._pointers.get(exchange.record_id or "")
        if found is None:
            raise ArchiveError(f"{self._file.path}: has changed since it was read; rebuild again")
        return replace(found, role=exchange.role)

    def end(self, store: Store, run_id: int, counts: RunCounts) -> Run:
        """As it ended then; what it fetched beside, robots.txt and answers to tries before the last, gets its rows."""
        store.captures.add(run_id, *self._pointers.values())
        record = self._file.record
        if self._open and self._until is not None:
            store.runs.beat(run_id, counts, self._until)
            found = store.runs.get(run_id)
            if found is None:
                raise RuntimeError("the run's row is gone")
            return found
        if record is None and self._file.killed:
            state, failure, detail = RunState.KILLED, FailureClass.KILLED, _KILLED
            return store.runs.end(run_id, state, counts, failure, detail, now=self._last())
        if record is None:
            return store.runs.end(run_id, RunState.FINISHED, counts, now=self._last())
        return store.runs.end(
            run_id,
            record.state,
            record.counts,
            record.failure,
            record.detail,
            record.presence,
            vitals=record.vitals,
            now=record.ended_at,
        )

    def _last(self) -> datetime:
        """When it was last heard of."""
        return max((one.fetched_at for one in self._pointers.values()), default=self._file.started_at)
