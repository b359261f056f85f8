"""The server itself: its log, its troubles, its end."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from crawlers.newsroom import Newsroom, serve
from tests.crawlers.newsroom.conftest import TODAY, Answer, ask_at

Ask = Callable[..., Answer]
FEED = "https://www.antaranews.com/rss/terkini.xml"


def test_server_binds_to_loopback_only(newsroom: Newsroom) -> None:
    assert newsroom.address.startswith("127.0.0.1:")


def test_server_compresses_for_those_who_accept_it(ask: Ask) -> None:
    plain, packed = ask(FEED), ask(FEED, accept_encoding="gzip, deflate")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers


def test_server_answers_head_without_a_body(ask: Ask) -> None:
    answer = ask(FEED, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_server_keeps_a_connection_open(newsroom: Newsroom) -> None:
    connection = http.client.HTTPConnection(newsroom.address)
    for _ in range(3):
        connection.request("GET", "/robots.txt", headers={"Host": "www.inews.id"})
        assert connection.getresponse().read()
    connection.close()


def test_server_ignores_the_port_in_a_host_header(ask: Ask) -> None:
    assert ask("https://www.inews.id:8080/robots.txt").status == 200


def test_requests_are_logged_with_their_status(newsroom: Newsroom) -> None:
    ask_at(newsroom, "https://www.inews.id/tidak-ada?x=1", user_agent="uji")
    last = newsroom.requests[-1]
    assert (last.method, last.host, last.path, last.status) == ("GET", "www.inews.id", "/tidak-ada?x=1", 404)
    assert ("user-agent", "uji") in last.headers
    assert last.time.utcoffset() is not None


@pytest.mark.parametrize(
    ("name", "kind", "url", "status"),
    [
        ("inews", "503", "https://www.inews.id/robots.txt", 503),
        ("inews", "503", "https://www.inews.id/", 503),
        ("www.inews.id", "robots503", "https://www.inews.id/robots.txt", 503),
        ("www.inews.id", "robots503", "https://www.inews.id/", 200),
        ("antara", "503", "https://megapolitan.antaranews.com/terkini", 503),
        ("antara", "503", "https://en.antaranews.com/", 200),
        ("beritajakarta_en", "503", "https://www.beritajakarta.id/en/", 503),
        ("beritajakarta_en", "503", "https://www.beritajakarta.id/en/read/58911/x", 503),
        ("beritajakarta_en", "503", "https://www.beritajakarta.id/", 200),
        ("beritajakarta_en", "503", "https://www.beritajakarta.id/robots.txt", 200),
        ("www.beritajakarta.id", "503", "https://www.beritajakarta.id/robots.txt", 503),
    ],
)
def test_trouble_strikes_where_it_is_meant_to(name: str, kind: str, url: str, status: int) -> None:
    with serve(TODAY, troubles={name: kind}) as newsroom:
        assert ask_at(newsroom, url).status == status


def test_captcha_trouble_covers_the_host_but_robots_txt() -> None:
    with serve(TODAY, troubles={"en.antaranews.com": "captcha"}) as newsroom:
        assert "_cf_chl_opt" in ask_at(newsroom, "https://en.antaranews.com/rss/news.xml").text
        assert ask_at(newsroom, "https://en.antaranews.com/robots.txt").text.startswith("User-agent")


@pytest.mark.parametrize(("kind", "items", "end"), [("empty-feed", 0, "</rss>"), ("broken-feed", 13, "")])
def test_feed_troubles_spoil_feeds(kind: str, items: int, end: str) -> None:
    with serve(TODAY, troubles={"antara": kind}) as newsroom:
        text = ask_at(newsroom, FEED).text
        assert text.count("</item>") == items
        assert text.rstrip().endswith("</rss>") == bool(end)
        assert ask_at(newsroom, "https://www.antaranews.com/terkini").text.count("card__post__title") == 10


def test_reset_breaks_the_connection_off() -> None:
    with serve(TODAY, troubles={"inews": "reset"}) as newsroom, pytest.raises(ConnectionError):
        ask_at(newsroom, "https://www.inews.id/")


def test_slow_answers_late() -> None:
    with serve(TODAY, troubles={"inews": "slow"}) as newsroom:
        begun = time.monotonic()
        assert ask_at(newsroom, "https://www.inews.id/robots.txt").status == 200
        assert time.monotonic() - begun >= 0.9


def test_hanging_request_does_not_keep_the_newsroom_open() -> None:
    with serve(TODAY, troubles={"inews": "hang"}) as newsroom:
        port = int(newsroom.address.rpartition(":")[2])
        waiting = socket.create_connection(("127.0.0.1", port), timeout=0.3)
        waiting.sendall(b"GET / HTTP/1.1\r\nHost: www.inews.id\r\n\r\n")
        with pytest.raises(TimeoutError):
            waiting.recv(1)
        assert newsroom.requests[-1].status == 0
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    waiting.close()


def test_set_trouble_switches_on_and_off() -> None:
    with serve(TODAY) as newsroom:
        newsroom.set_trouble("inews", "503")
        assert ask_at(newsroom, "https://www.inews.id/").status == 503
        newsroom.set_trouble("inews", None)
        assert ask_at(newsroom, "https://www.inews.id/").status == 200


@pytest.mark.parametrize(("name", "kind"), [("koran", "503"), ("inews", "flood")])
def test_unknown_trouble_is_refused(name: str, kind: str) -> None:
    with pytest.raises(ValueError, match="use one of"):
        serve(TODAY, troubles={name: kind})


def test_newsroom_leaves_no_thread_and_no_port_behind() -> None:
    before = threading.active_count()
    with serve(TODAY) as newsroom:
        port = int(newsroom.address.rpartition(":")[2])
    assert threading.active_count() <= before
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_taken_port_is_an_os_error(newsroom: Newsroom) -> None:
    with pytest.raises(OSError, match="in use"):
        serve(TODAY, port=int(newsroom.address.rpartition(":")[2]))


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET //x HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
        b"\x16\x03\x01",
    ],
)
def test_bad_request_does_not_stop_the_newsroom(newsroom: Newsroom, raw: bytes) -> None:
    port = int(newsroom.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
    assert ask_at(newsroom, "https://www.inews.id/robots.txt").status == 200


def test_command_prints_its_address() -> None:
    command = [sys.executable, "-m", "crawlers.newsroom", "--today", "2026-11-21"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("The newsroom of 2026-11-21 answers at http://127.0.0.1:")
        process.terminate()


def test_command_refuses_an_unknown_trouble_in_one_line() -> None:
    command = [sys.executable, "-m", "crawlers.newsroom", "--trouble", "inews=flood"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("newsroom: no trouble 'flood': use one of 503")
    assert done.stderr.count("\n") == 1
