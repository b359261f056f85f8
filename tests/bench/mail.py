"""Mail to 1,000 recipients: what a message costs us beside a plain loop of smtplib, and who limits whom.

The server is a process of its own that reads and answers as fast as it can, or takes its time over each message. The
reference is one connection of smtplib that sends the same messages to it in the same run, and keeps no books.
"""

from __future__ import annotations

import asyncio
import base64
import os
import random
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from digests.deliver import deliver_due
from pipeline.store import NewMessage, Store, open_store
from tests.digests.world import FROZEN, edition, settings

RECIPIENTS = 1000
_BYTES = 110_000  # of a message: 80 kB of HTML in base64
_SLOW = 0.050  # seconds that the slow server takes over a message
_PROCESSES = get_context("forkserver")


def main(recipients: int = RECIPIENTS) -> int:
    with tempfile.TemporaryDirectory(prefix="kliping-bench-") as folder:
        home = Path(folder)
        disk = f"an fsync here: {fsync_ms(home):.2f} ms"
        print(f"\nmail to {recipients} recipients, {_BYTES // 1000} kB each (SQLite; {disk})")
        fast(home, recipients)
        slow(home, recipients)
    return 0


def fast(home: Path, recipients: int) -> None:
    """Our cost a message beside the reference's, against a server that costs nothing."""
    with server(0.0) as port:
        messages = [message(n) for n in range(recipients)]
        reference = timed(lambda: plain(port, messages))
        print(f"{'':<40}{'ms a message':>14}{'ratio':>8}")
        print(f"{'smtplib, one connection, no books':<40}{reference / recipients * 1000:>14.2f}{1:>8.2f}")
        for connections in (1, 2, 4):
            ours = send(home / f"fast{connections}", port, recipients, connections)
            name = f"deliver, {connections} connection(s)"
            print(f"{name:<40}{ours / recipients * 1000:>14.2f}{ours / reference:>8.2f}")


def slow(home: Path, recipients: int) -> None:
    """Against a server that takes 50 ms a message: our time, that of as many plain loops at once, and the ideal."""
    with server(_SLOW) as port:
        messages = [message(n) for n in range(recipients)]
        title = f"a server that takes {_SLOW * 1000:.0f} ms a message"
        print(f"{title:<40}{'seconds':>10}{'plain':>10}{'ideal':>10}{'to plain':>10}{'to ideal':>10}")
        for connections in (2, 4, 8):
            shares = [messages[n::connections] for n in range(connections)]
            with ThreadPoolExecutor(connections) as pool:
                loops = timed(lambda: list(pool.map(lambda share: plain(port, share), shares)))  # noqa: B023 (ends here)
            ours = send(home / f"slow{connections}", port, recipients, connections)
            ideal = recipients * _SLOW / connections
            figures = f"{ours:>10.1f}{loops:>10.1f}{ideal:>10.1f}{ours / loops:>10.3f}{ours / ideal:>10.3f}"
            print(f"{f'deliver, {connections} connections':<40}{figures}")


def send(home: Path, port: int, recipients: int, connections: int) -> float:
    """Seconds to send what is frozen."""
    home.mkdir()
    with open_store(f"sqlite:///{home}/kliping.sqlite") as store:
        freeze(store, home, recipients)
        chosen = settings(home, host="127.0.0.1", port=port, connections=connections, timeout=60)
        seconds = timed(lambda: deliver_due(store, chosen, now=FROZEN))
        assert {state.value for state in store.deliveries.counts()} == {"sent"}
    return seconds


def freeze(store: Store, home: Path, recipients: int) -> None:
    record = edition(store, home)
    messages = [NewMessage(address(n), f"<{n}@kliping>", message(n)) for n in range(recipients)]
    for start in range(0, recipients, 50):
        store.deliveries.freeze_all(record.id, messages[start : start + 50], FROZEN)


def plain(port: int, messages: list[bytes]) -> None:
    """The reference."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="[127.0.0.1]") as connection:
        for n, made in enumerate(messages):
            connection.sendmail("kliping@jakarta.example", [address(n)], made)


def address(n: int) -> str:
    return f"pembaca{n}@kota.example"


def message(n: int) -> bytes:
    body = base64.encodebytes(random.Random(n).randbytes(_BYTES * 3 // 4)).replace(b"\n", b"\r\n")
    return f"Subject: Kliping {n}\r\nTo: {address(n)}\r\n\r\n".encode() + body


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fsync_ms(folder: Path, rounds: int = 50) -> float:
    """The median of a small durable append."""
    times = []
    with (folder / "fsync").open("ab") as file:
        for _ in range(rounds):
            file.write(b"x" * 200)
            file.flush()
            times.append(timed(lambda: os.fsync(file.fileno())))
    return sorted(times)[rounds // 2] * 1000


# --- the server ------------------------------------------------------------------------------------------------------


@contextmanager
def server(seconds: float) -> Iterator[int]:
    """The port of a server process that takes so long over each message."""
    here, there = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_serve, args=(seconds, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.kill()
        process.join()


def _serve(seconds: float, ready: Connection) -> None:
    asyncio.run(_listen(seconds, ready))


async def _listen(seconds: float, ready: Connection) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 send it\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(seconds)
            bye = line.upper().startswith(b"QUIT")
            writer.write(b"221 bye\r\n" if bye else b"250 go on\r\n")
            if bye:
                break
        writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0, limit=8_000_000)
    ready.send(listening.sockets[0].getsockname()[1])
    await listening.serve_forever()
