"""smtplib with its trust in servers taken away: replies bounded in time and size, and none that was not asked for.

smtplib waits its timeout for every single byte, so a server that trickles one a second holds it for ever; and it takes
whatever lies unread as the answer to the next command, so a "250" sent ahead would pass for the receipt of a message.
"""

from __future__ import annotations

import smtplib
import ssl
import time
from functools import cache
from socket import IPPROTO_TCP, TCP_NODELAY, getfqdn

_MOST = 65_536  # bytes of one reply; RFC 5321, 4.5.3.1.5 allows lines of 512, and EHLO has a few dozen
_GARBAGE = -1
_AHEAD = "replied before it was asked"


class _Bounded(smtplib.SMTP):
    """The mixed-in part of both kinds of connection."""

    _unread = b""

    def getreply(self) -> tuple[int, bytes]:
        """(code, text) of the next reply, at most `timeout` after now; code -1 for what is no reply.

        Raises `SMTPServerDisconnected` when the connection or the time is at its end.
        """
        return self.reply_within(self.timeout)

    def reply_within(self, seconds: float) -> tuple[int, bytes]:
        """The same, with its own time."""
        until = time.monotonic() + seconds
        codes, texts, size = set(), [], 0
        while True:
            line = self._line(until)
            size += len(line)
            code, mark, text = line[:3], line[3:4], line[4:].strip()
            if size > _MOST or len(code) < 3 or not code.isdigit() or mark not in (b" ", b"-", b""):
                return self._garbage(line if size <= _MOST else b"a reply without end")
            codes.add(int(code))
            texts.append(text)
            if mark != b"-":
                break
        if len(codes) > 1:
            return self._garbage(b"a reply of several codes: " + b" ".join(b"%d" % code for code in sorted(codes)))
        return codes.pop(), b"\n".join(texts)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command. Raises `SMTPServerDisconnected` when the server has said something of its own accord."""
        if self.has_spoken():
            raise self._lost(f"{_AHEAD}: {self._unread[:80].decode(errors='replace')}")
        super().putcmd(cmd, args)

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        """A command and its reply. What a stranger put behind the reply to STARTTLS is not taken for the server's."""
        reply = super().docmd(cmd, args)
        if cmd.upper() == "STARTTLS" and self._unread:
            raise self._lost("spoke between STARTTLS and the encryption")
        return reply

    def has_spoken(self) -> bool:
        """Whether something lies unread. Raises `SMTPServerDisconnected` when the connection is closed."""
        if not self._unread:
            self._receive(0.0)
        return bool(self._unread)

    def transmit(self, data: bytes, seconds: float) -> None:
        """Send it whole within that time, some of it within every `timeout`. Raises `OSError`."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        self.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)  # a lone end mark would wait 40 ms for the body's last ACK
        until = time.monotonic() + seconds
        view = memoryview(data)
        while view:
            self.sock.settimeout(min(self.timeout, _left(until)))
            if time.monotonic() >= until:
                raise TimeoutError("the server takes the message too slowly")
            view = view[self.sock.send(view[:65_536]) :]
        self.sock.settimeout(self.timeout)

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._unread:
            if len(self._unread) > _MOST:
                return self._unread
            if time.monotonic() >= until or not self._receive(_left(until)):
                raise self._lost("no reply in time")
        line, _, self._unread = self._unread.partition(b"\n")
        return line.rstrip(b"\r")

    def _receive(self, seconds: float) -> bool:
        """Read what there is, waiting at most so long: False when nothing came."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        try:
            self.sock.settimeout(seconds)
            data = self.sock.recv(8192)
        except (BlockingIOError, TimeoutError, ssl.SSLWantReadError):
            return False
        except OSError as error:
            raise self._lost(f"the connection broke: {error.strerror or error}") from None
        finally:
            if self.sock is not None:
                self.sock.settimeout(self.timeout)
        if not data:
            raise self._lost("the server closed the connection")
        self._unread += data
        return True

    def _lost(self, why: str) -> smtplib.SMTPServerDisconnected:
        self.close()
        return smtplib.SMTPServerDisconnected(why)

    def _garbage(self, said: bytes) -> tuple[int, bytes]:
        self.close()
        return _GARBAGE, said[:200]


class Plain(_Bounded):
    """A connection in the open, to be encrypted by STARTTLS or not."""


class Encrypted(_Bounded, smtplib.SMTP_SSL):
    """A connection that is encrypted from its first byte."""


@cache
def our_name() -> str:
    """What EHLO says of us; asked once, because name servers that are away take seconds to say nothing."""
    name = getfqdn()
    return name if "." in name and name.isascii() and not name.endswith(".arpa") else "[127.0.0.1]"


def _left(until: float) -> float:
    """Seconds, never 0: that would mean "do not wait"."""
    return max(until - time.monotonic(), 0.001)
