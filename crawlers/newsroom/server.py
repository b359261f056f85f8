"""The newsroom's HTTP server: one thread a connection, on 127.0.0.1 only, gone when its `with` block ends."""

from __future__ import annotations

import gzip
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote

from crawlers.newsroom import troubles as faults
from crawlers.newsroom.response import Request, Response
from crawlers.newsroom.sites import answer
from crawlers.newsroom.validators import conditional, renewed
from crawlers.newsroom.world import World, world_of

_IDLE_SECONDS = 60  # a connection without a request is closed after this
_SLOW_SECONDS = 1.0
_SMALL = 500  # bytes; a smaller body is not worth compressing

Change = Callable[[Request, Response], Response]


@dataclass(frozen=True, slots=True)
class Logged:
    """One request as it came, and the status it got; 0 where it got no answer. Header names are lower-case."""

    time: datetime  # aware, UTC
    method: str
    host: str
    path: str  # with the query, as sent
    headers: tuple[tuple[str, str], ...]
    status: int


class Newsroom:
    """A running newsroom; a context manager, made by `serve`."""

    def __init__(
        self, today: date, port: int, troubles: Mapping[str, str], archive_days: int, change: Change | None
    ) -> None:
        self.world: World = world_of(today, archive_days)
        self.closing = threading.Event()
        self._change = change
        self._refused: set[str] = set()
        self._troubles = faults.check_troubles(troubles)
        self._log: list[Logged] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="newsroom")
        self._thread.start()

    @property
    def address(self) -> str:
        """127.0.0.1:PORT"""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> tuple[Logged, ...]:
        """The requests answered so far, in the order of their answers."""
        with self._lock:
            return tuple(self._log)

    @property
    def troubles(self) -> dict[str, str]:
        with self._lock:
            return dict(self._troubles)

    def set_trouble(self, name: str, kind: str | None) -> None:
        """Switch a trouble on for a host or an outlet, or (`None`) off. Raises ValueError for an unknown one."""
        checked = faults.check_troubles({name: kind}) if kind else {}
        with self._lock:
            self._troubles.pop(name, None)
            self._troubles.update(checked)
            self._refused.clear()  # "retry-after" begins anew

    def set_change(self, change: Change | None) -> None:
        """Let every answer pass through `change` before it leaves; `None`: as it is again. See `serve`."""
        with self._lock:
            self._change = change

    def answer(self, request: Request, trouble: str | None) -> Response:
        """The whole answer, changed by the trouble, then from outside; then 304 where the client holds it already."""
        true = faults.replaced(trouble, request, first=self._first) or answer(
            self.world, request, dateless=trouble == "dateless"
        )
        response = renewed(true, faults.spoiled(trouble, request, true))
        with self._lock:
            change = self._change
        return conditional(request, renewed(response, change(request, response)) if change else response)

    def _first(self, host: str) -> bool:
        """Whether this is the first call for the host."""
        with self._lock:
            new = host not in self._refused
            self._refused.add(host)
        return new

    def log(self, entry: Logged) -> None:
        with self._lock:
            self._log.append(entry)

    def close(self) -> None:
        """Stop: hanging requests are let go, the port is free afterwards."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def serve(
    today: date,
    *,
    port: int = 0,
    troubles: Mapping[str, str] | None = None,
    archive_days: int = 0,
    change: Change | None = None,
) -> Newsroom:
    """Start the newsroom of a day (Asia/Jakarta) on 127.0.0.1; port 0 takes a free one.

    `troubles` maps hosts or outlet names to kinds of `troubles.KINDS`. `archive_days`: so many days before today hold
    ordinary pieces of `antara` and `redaksijakarta` too (`archive.LONGEST` at most). `change` gets each request and
    its answer, the troubles' work included, and gives what is answered instead; it runs in the server's threads, and
    an article's answer names the article (`Response.article`). A changed body gets its own ETag.

    Raises ValueError for an unknown trouble or too long an archive, OSError where the port is taken.
    """
    return Newsroom(today, port, troubles or {}, archive_days, change)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a hanging request must not keep the newsroom open
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is ordinary; anything else is told on standard error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True  # with it, and head and body in two packets, every answer took 40 ms
    wbufsize = 64 * 1024  # bytes

    def do_GET(self) -> None:
        request = self._request()
        newsroom = self.server.newsroom
        trouble = faults.trouble_of(newsroom.troubles, request)
        if trouble in ("hang", "reset"):
            self._break_off(trouble)
            return
        if trouble == "slow":
            newsroom.closing.wait(_SLOW_SECONDS)
        self._send(newsroom.answer(request, trouble))

    def do_HEAD(self) -> None:
        """As GET; `_send` leaves the body out."""
        self.do_GET()

    def _request(self) -> Request:
        host = re.sub(r":\d+$", "", self.headers.get("Host", "")).lower()
        target = "/" + self.path.lstrip("/")
        path, _, query = target.partition("?")
        first = dict(reversed(parse_qsl(query, keep_blank_values=True)))
        headers = {key.lower(): value for key, value in self.headers.items()}
        return Request(host, unquote(path), target, first, headers)

    def _break_off(self, trouble: str) -> None:
        """Answer nothing: hold the connection until the newsroom closes, or reset it."""
        self._record(0)
        if trouble == "hang":
            self.server.newsroom.closing.wait()
        else:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _send(self, response: Response) -> None:
        body, headers = _encoded(self.headers.get("Accept-Encoding", ""), response)
        self._record(response.status)
        self.send_response(response.status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _record(self, status: int) -> None:
        headers = tuple((key.lower(), value) for key, value in self.headers.items())
        host = self.headers.get("Host", "")
        self.server.newsroom.log(Logged(datetime.now(UTC), self.command, host, self.path, headers, status))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Nothing on standard error: `Newsroom.requests` is the log."""


def _encoded(accepted: str, response: Response) -> tuple[bytes, list[tuple[str, str]]]:
    """Body and headers as on the wire; gzip where the client takes it and it pays. The 12 MB page goes as it is."""
    headers = [*response.headers]
    body = response.body
    if response.status != 304:
        headers.append(("Content-Type", response.content_type))
        packed = any(name == "Content-Encoding" for name, _ in headers)
        if "gzip" in accepted and not packed and _SMALL < len(body) < 1_000_000:
            body = gzip.compress(body, 6, mtime=0)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        headers.append(("Content-Length", str(len(body))))
    return body, headers
