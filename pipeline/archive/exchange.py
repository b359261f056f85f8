"""One request and the response to it, as they went over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the archive records of one fetch. Redirects, 304, robots.txt and error answers are exchanges too.

    Headers are bytes, as received and in their order. Credentials among them are never written (`archive.message`).
    """

    url: str
    method: str | None  # None: the request is not known (replayed), and no request record is written
    request_headers: Headers = field(repr=False)
    status: int
    reason: str  # "" when the server gave none
    response_headers: Headers = field(repr=False)
    body: bytes = field(repr=False)  # content-encoded as received, transfer coding (chunks) removed
    fetched_at: datetime  # aware; when the request was sent
    role: str  # page | listing | robots | redirect | error
    remote_address: str | None = None  # the server's IP address; None when unknown
    truncated: str | None = None  # WARC-Truncated: length | time | disconnect | unspecified; None: whole
    protocol: str = "HTTP/1.1"
    record_id: str | None = None  # of the response record it was replayed from, kept by the copy; None: a new one
