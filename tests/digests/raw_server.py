"""A mail server that says exactly what a test writes down, on a plain socket: what no library would say."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Semaphore, Thread

_GOOD: Mapping[str, str] = {
    "banner": "220 here",
    "ehlo": "250-here\r\n250-8BITMIME\r\n250 HELP",
    "helo": "250 here",
    "starttls": "220 go on",
    "auth": "235 welcome",
    "mail": "250 go on",
    "rcpt": "250 go on",
    "data": "354 send it",
    "end": "250 kept",
    "rset": "250 forgotten",
    "quit": "221 bye",
}
_PATIENCE = 20.0  # seconds until a thread that was forgotten ends


@dataclass
class Raw:
    """A step's words come from `says`, else they are good ones.

    `drop` closes, `stall` says nothing, `trickle` sends a byte now and then and never a line, `endless` never stops;
    a text ends in CRLF. "body": said when the message begins to come, before its end; ">STEP": unasked, after STEP's
    own reply.
    """

    says: Mapping[str, str]
    port: int = 0
    most: int = 100  # connections at once; a further one is sent away
    messages: list[bytes] = field(default_factory=list)  # whole ones
    commands: list[str] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)
    open: Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.open = Semaphore(self.most)

    def talk(self, connection: socket.socket) -> None:
        if not self.open.acquire(blocking=False):
            with connection, suppress(OSError):
                connection.sendall(b"421 too many connections from you\r\n")
            return
        try:
            self._converse(connection)
        finally:
            self.open.release()

    def _converse(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(_PATIENCE)
            if not self._say(connection, "banner"):
                return
            unread = b""
            while not self.stopped.is_set():
                while b"\r\n" not in unread:
                    if not (data := connection.recv(4096)):
                        return
                    unread += data
                line, _, unread = unread.partition(b"\r\n")
                step = line.split(b" ")[0].lower().decode("ascii", "replace")
                self.commands.append(line.decode("utf-8", "replace"))
                if not self._say(connection, step):
                    return
                if step == "data" and self.says.get("data", "354").startswith("354"):
                    if not self._body(connection, unread):
                        return
                    unread = b""

    def _body(self, connection: socket.socket, data: bytes) -> bool:
        if "body" in self.says:
            data += connection.recv(10)
            if not self._say(connection, "body"):
                return False
        while not data.endswith(b"\r\n.\r\n"):
            more = connection.recv(65536)
            if not more:
                return False
            data += more
        self.messages.append(data)
        return self._say(connection, "end")

    def _say(self, connection: socket.socket, step: str) -> bool:
        """False: the connection is to be closed."""
        words = self.says.get(step, _GOOD.get(step, "500 what?"))
        match words:
            case "drop":
                return False
            case "stall":
                self.stopped.wait(_PATIENCE)
                return False
            case "trickle":
                while not self.stopped.wait(0.02):
                    connection.sendall(b"2")
                return False
            case "endless":
                while not self.stopped.is_set():
                    connection.sendall(b"250-and more\r\n" * 1000)
                return False
            case _:
                connection.sendall((words + "\r\n").encode("utf-8", "surrogateescape"))
        if ">" + step in self.says:
            connection.sendall((self.says[">" + step] + "\r\n").encode())
        return not words.startswith("421")


@contextmanager
def serve(says: Mapping[str, str] | None = None, *, most: int = 100, **more: str) -> Iterator[Raw]:
    """A running server; `after_STEP` is ">STEP"."""
    named = {name.replace("after_", ">"): words for name, words in {**(says or {}), **more}.items()}
    raw, threads = Raw(named, most=most), []
    listening = socket.create_server(("127.0.0.1", 0))
    raw.port = listening.getsockname()[1]

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threads.append(Thread(target=raw.talk, args=(connection,), daemon=True))
                threads[-1].start()

    Thread(target=accept, daemon=True).start()
    try:
        yield raw
    finally:
        raw.stopped.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in threads:
            thread.join(30)
