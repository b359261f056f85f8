"""Answering requests from WARC files of any tool, by URL."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.archive import message
from pipeline.archive.exchange import Exchange, Headers
from pipeline.archive.reader import warc_date
from pipeline.archive.records import WarcRecord, iter_records, record_at
from pipeline.errors import ArchiveError
from pipeline.urls import normalise

_HEAD = 2**16  # bytes of a block kept while indexing: enough for any message head


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    offset: int
    place: int

    def read(self) -> WarcRecord:
        return record_at(self.path, self.offset, self.place)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response or revisit record, as far as the index needs it."""

    where: _Place
    key: str  # its URL, normalised
    moment: datetime
    status: int
    record_id: str | None
    request_id: str | None  # WARC-Concurrent-To, where the response names its request
    digest: str | None  # WARC-Payload-Digest
    refers: tuple[str, ...] | None  # a revisit: names of its original, the surest first; a response: None


class ReplayIndex:
    """The newest answer to each URL in some WARC files. Redirects and errors are answers too.

    A 304 answers only where there is nothing else. A revisit record answers with the body it refers to, or not
    at all where that is not in the files.
    """

    def __init__(self, paths: Iterable[Path], *, until: datetime | None = None) -> None:
        """Read the files once; what was fetched after `until` is not there.

        Raises `ArchiveError` for a file that cannot be read or holds no WARC record.
        """
        self._until = until
        self.notes: tuple[str, ...] = ()  # sentences about files that are broken, and from where on
        self._answers: dict[str, _Answer] = {}
        self._requests: dict[str, _Place] = {}  # by their own id, and by the id of their response
        self._originals: dict[str, _Answer] = {}  # responses by every name a revisit may call them
        revisits = [answer for path in paths for answer in self._read(path)]
        for revisit in revisits:
            if self._original(revisit):
                self._offer(revisit)

    def find(self, url: str) -> Exchange | None:
        """The newest answer to this address, or to it in the other of http and https where it has none itself.

        Its role is redirect, error or page by its status alone. Raises `ArchiveError` when the file is gone.
        """
        answer = self._lookup(url)
        return self._exchange(answer) if answer else None

    def urls(self) -> tuple[str, ...]:
        """Every URL that has an answer, normalised and sorted."""
        return tuple(sorted(self._answers))

    def _lookup(self, url: str) -> _Answer | None:
        try:
            key = normalise(url)
        except ValueError:
            return None
        scheme, _, rest = key.partition(":")
        other = f"{'http' if scheme == 'https' else 'https'}:{rest}"
        return self._answers.get(key) or self._answers.get(other)

    def _read(self, path: Path) -> list[_Answer]:
        """Index one file; return its revisits, which all files are needed to resolve."""
        scan = iter_records(path, keep=_HEAD)
        revisits: list[_Answer] = []
        records = 0
        for record in scan:
            records += 1
            revisits += self._index(record, _Place(path, record.offset, record.place))
        if not records:
            raise ArchiveError(f"{path}: holds no WARC record; give a .warc or .warc.gz file")
        if scan.torn:
            at = f"broken at byte {scan.torn.offset} ({scan.torn.reason})"
            self.notes += (f"{path}: {at}; what stands before is used",)
        return revisits

    def _index(self, record: WarcRecord, where: _Place) -> list[_Answer]:
        if record.type == "request":
            names = (record.id, record.get("WARC-Concurrent-To"))
            self._requests.update({name: where for name in names if name})
        answer = _answer(record, where)
        if answer is None or (self._until is not None and answer.moment > self._until):
            return []
        if answer.refers is not None:
            return [answer]
        self._offer(answer)
        for name in (answer.record_id, _name(answer.key, answer.moment), answer.digest):
            if name:
                self._originals.setdefault(name, answer)
        return []

    def _offer(self, answer: _Answer) -> None:
        known = self._answers.get(answer.key)
        if known is None or (answer.status != 304, answer.moment) >= (known.status != 304, known.moment):
            self._answers[answer.key] = answer

    def _original(self, revisit: _Answer) -> _Answer | None:
        return next((self._originals[name] for name in revisit.refers or () if name in self._originals), None)

    def _exchange(self, answer: _Answer) -> Exchange:
        record = answer.where.read()
        response = message.parse_response(record.block)
        if original := self._original(answer):
            full = message.parse_response(original.where.read().block)
            response = replace(response or full, body=full.body) if full else None
        if response is None:
            raise ArchiveError(f"{answer.where.path}: has changed since it was read; run the replay again")
        method, request_headers = self._request(answer)
        return Exchange(
            url=record.url or answer.key,
            method=method,
            request_headers=request_headers,
            status=response.status,
            reason=response.reason,
            response_headers=response.headers,
            body=response.body,
            fetched_at=answer.moment,
            role=_role(response.status),
            remote_address=record.get("WARC-IP-Address"),
            truncated=record.get("WARC-Truncated"),
            protocol=response.protocol,
            record_id=answer.record_id,
        )

    def _request(self, answer: _Answer) -> tuple[str | None, Headers]:
        names = (answer.record_id, answer.request_id)
        where = next((self._requests[name] for name in names if name in self._requests), None)
        return (message.parse_request(where.read().block) if where else None) or (None, ())


def _answer(record: WarcRecord, where: _Place) -> _Answer | None:
    """None for a record that answers no http request: of another type, another scheme, without a date."""
    moment = warc_date(record)
    if record.type not in ("response", "revisit") or moment is None:
        return None
    response = message.parse_response(record.block)
    if response is None and record.type == "response":
        return None
    try:
        key = normalise(record.url or "")
    except ValueError:
        return None
    return _Answer(
        where=where,
        key=key,
        moment=moment,
        status=response.status if response else 200,  # a revisit may leave out the head it shares with its original
        record_id=record.id,
        request_id=record.get("WARC-Concurrent-To"),
        digest=record.get("WARC-Payload-Digest"),
        refers=_refers(record) if record.type == "revisit" else None,
    )


def _refers(record: WarcRecord) -> tuple[str, ...]:
    """The names of a revisit's original: its id, its URL with date, the digest they share."""
    names = [record.get("WARC-Refers-To"), record.get("WARC-Payload-Digest")]
    url, date = record.get("WARC-Refers-To-Target-URI"), record.get("WARC-Refers-To-Date")
    with suppress(ValueError):
        moment = datetime.fromisoformat(date or "")
        names.insert(1, _name(normalise((url or "").strip("<>")), moment))
    return tuple(name for name in names if name)


def _name(url: str, moment: datetime) -> str:
    return f"{url} {moment.isoformat(timespec='seconds')}"


def _role(status: int) -> str:
    if 300 <= status < 400 and status != 304:
        return "redirect"
    return "error" if status >= 400 else "page"
