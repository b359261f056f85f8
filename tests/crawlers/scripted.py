"""A web server that answers as a test says, under the names of the newsroom's hosts."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """`pieces` are sent one by one, chunked, without a Content-Length; else `body` is sent whole."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    pieces: tuple[bytes, ...] = ()
    hangs: bool = False  # until the server closes
    after: tuple[str, ...] = ()  # paths that must have been asked for before the answer begins, within 25 seconds
    seconds: float = 0.0  # and then these, too


@dataclass(frozen=True)
class Visit:
    """One request in the server's own log; times are `time.monotonic()`."""

    host: str
    path: str
    begun: float
    ended: float  # when the whole answer was sent
    agent: str


@dataclass
class Site:
    """What is answered by path, what is not named with 404; `address` for KLIPING_NEWSROOM."""

    answers: Mapping[str, Answer]
    address: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    log: list[Visit] = field(default_factory=list)  # in the order of their ends
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def site(answers: Mapping[str, Answer]) -> Iterator[Site]:
    """Serve on 127.0.0.1 for the length of a `with` block."""
    here = Site(answers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": here}))
    server.daemon_threads = True
    server.block_on_close = False
    here.address = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield here
    finally:
        here.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        begun = time.monotonic()
        self._answer()
        host, agent = (self.headers.get(name, "") for name in ("Host", "User-Agent"))
        self.site.log.append(Visit(host, self.path, begun, time.monotonic(), agent))

    def _answer(self) -> None:
        self.site.asked[self.path] += 1
        answer = self.site.answers.get(self.path, Answer(404))
        if answer.hangs:
            self.site.closing.wait()
            self.close_connection = True
            return
        latest = time.monotonic() + 25
        while not all(self.site.asked[path] for path in answer.after) and time.monotonic() < latest:
            time.sleep(0.02)
        time.sleep(answer.seconds)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if not answer.pieces:
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for piece in (*answer.pieces, b""):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        except ConnectionError:
            self.close_connection = True  # the other side had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Nothing on standard error."""
