"""The heartbeat against real servers: that answer, refuse, lead elsewhere, hang, drip, hang up, are not there."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from pydantic import ValidationError

from digests.heartbeat import beat
from pipeline.config import ScheduleSettings
from pipeline.errors import DeliveryError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Conduct = Callable[[socket.socket, Event], None]


def answer(reply: bytes) -> Conduct:
    return lambda connection, _over: connection.sendall(reply)


def hang(_connection: socket.socket, over: Event) -> None:
    over.wait(20)


def drip(connection: socket.socket, over: Event) -> None:
    """Each byte comes in time, the whole never."""
    connection.sendall(b"HTTP/1.1 2")
    while not over.wait(0.05):
        connection.sendall(b"x")


@contextmanager
def server(conduct: Conduct) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was asked."""
    asked: list[bytes] = []
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(20)

        def serve() -> None:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(4096))
                try:
                    conduct(connection, over)
                except OSError:
                    return

        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        finally:
            over.set()
            listening.close()
            thread.join(20)


def test_it_asks_once_with_path_and_query_and_tells_the_answer() -> None:
    with server(answer(OK)) as (address, asked):
        assert beat(f"{address}/ping/8f2c?edition=daily") == "heartbeat: 127.0.0.1 answered 200"
    (request,) = asked
    assert request.startswith(b"GET /ping/8f2c?edition=daily HTTP/1.1\r\n")
    assert b"User-Agent: kliping-heartbeat\r\n" in request


@pytest.mark.parametrize(
    ("conduct", "says"),
    [
        (answer(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"), "answered 500; see schedule.heartbeat"),
        (answer(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"), "answered 404; see schedule.heartbeat"),
        (
            answer(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"),
            "answered 302; it leads elsewhere, which is not followed; see schedule.heartbeat",
        ),
        (answer(b"\x00\xff not http\r\n\r\n"), "see schedule.heartbeat"),
        (answer(b""), "see schedule.heartbeat"),
        (hang, "does not answer within 0 seconds"),
        (drip, "see schedule.heartbeat"),
    ],
    ids=["500", "404", "redirect", "nonsense", "hang-up", "hang", "drip"],
)
def test_every_trouble_is_one_line_and_ends(conduct: Conduct, says: str) -> None:
    with server(conduct) as (address, _), pytest.raises(DeliveryError) as error:
        beat(address, timeout=0.3)
    assert str(error.value).startswith("heartbeat: 127.0.0.1")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_nobody_listens_or_there_is_no_such_host() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(DeliveryError, match=r"heartbeat: 127\.0\.0\.1: Connection refused; see schedule\.heartbeat"):
        beat(f"http://127.0.0.1:{port}/")
    with pytest.raises(DeliveryError, match=r"heartbeat: nobody\.invalid: there is no such host"):
        beat("https://nobody.invalid/")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host/x",
        "host/x",
        "https://",
        "https://name:secret@host/x",
        "https://host/x#part",
        "https://host/a b",
        "https://host/\r\nX: y",
        "http://[::1",
        "http://host:99999/",
        "file:///etc/passwd",
        "",
    ],
)
def test_what_is_no_address_is_refused_with_the_settings(address: str) -> None:
    with pytest.raises(ValidationError, match="https://HOST/PATH"):
        ScheduleSettings(heartbeat=address)
    assert ScheduleSettings(heartbeat="https://hc.example/8f2c-11/ping?a=b").heartbeat
