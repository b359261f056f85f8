"""The edge of the pages: limits, headers, editions for who may read them, and what a port or a fault does."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digests.console import serving
from digests.console.gate import ALTOGETHER, PER_CLIENT, Gate, network
from digests.console.words import accepted
from digests.letterbox import edition_address as address
from digests.letterbox import edition_key as key
from pipeline.config import Settings, WebSettings
from pipeline.errors import SettingsError
from pipeline.store import EditionRecord, Store, open_store
from tests.digests import world
from tests.digests.console.pages import FORM, Site, console, settings
from tests.digests.world import FROZEN


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def record(store: Store, tmp_path: Path) -> EditionRecord:
    return world.edition(store, tmp_path, stories=3)


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, store: Store) -> Iterator[Site]:
    del store  # opened first, so that it is closed last
    with console(settings(tmp_path, base_url="https://k.example"), sqlite_url, FROZEN) as running:
        yield running


@pytest.mark.parametrize(
    "path", ["/", "/subscribe", "/healthz", "/nothing", "/unsubscribe/1.x", "/editions/daily/2023-08-01"]
)
def test_every_answer_forbids_what_it_does_not_need(site: Site, path: str) -> None:
    reply = site.get(path)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cache-control"] == "no-store"
    assert re.match(
        r"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'(; style-src 'sha256-|$)",
        reply.headers["content-security-policy"],
    )
    assert {"set-cookie", "location", "server"} & set(reply.headers) == set()


LIMITS = [
    ("too-large", "POST", "/subscribe", b"a=" + b"x" * 20_000, "application/x-www-form-urlencoded", 413),
    ("too-many", "POST", "/subscribe", b"&".join(b"a=1" for _ in range(900)), "application/x-www-form-urlencoded", 415),
    ("no-utf8", "POST", "/subscribe", b"address=%ff%fe", "application/x-www-form-urlencoded", 415),
    ("raw-bytes", "POST", "/subscribe", b"address=\xff", "application/x-www-form-urlencoded", 415),
    ("json", "POST", "/subscribe", b'{"address": "a@b.example"}', "application/json", 415),
    ("multipart", "POST", "/subscribe", b"--x--", "multipart/form-data; boundary=x", 415),
    ("empty", "POST", "/subscribe", b"", "application/x-www-form-urlencoded", 422),
    ("put", "PUT", "/subscribe", b"x", "text/plain", 405),
    ("delete", "DELETE", "/unsubscribe/1.x", b"", "text/plain", 405),
    ("slash", "GET", "/subscribe/", b"", "text/plain", 404),
    ("double-slash", "GET", "//evil.example/subscribe", b"", "text/plain", 404),
    ("dots", "GET", "/editions/../../etc/passwd", b"", "text/plain", 404),
    ("encoded-dots", "GET", "/editions/%2e%2e/%2e%2e", b"", "text/plain", 404),
    ("nul", "GET", "/editions/daily%00/2023-08-01", b"", "text/plain", 404),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS]
)  # fmt: skip
def test_what_is_no_request_of_ours_is_refused_in_words(  # noqa: PLR0917 (a row of the table)
    site: Site, method: str, path: str, body: bytes, kind: str, status: int
) -> None:
    reply = site.ask(method, path, body, {"Content-Type": kind})
    assert reply.status == status
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>" in reply.text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "id"), ("en", "en"), ("en-GB,en;q=0.9,id;q=0.8", "en"), ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("ms-MY,en;q=0.5", "id"), ("th,fr", "id"), ("en;q=0", "id"), ("en;q=x, id", "id"), ("*", "id"),
        ("fr, en;q=0.1", "en"), (",;=,,", "id"), ("en;q=0." + "1" * 900, "id"), ("\u0e44\u0e17\u0e22", "id"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_a_browser_likes(header: str, language: str) -> None:
    assert accepted(header, "id") == language


def test_who_has_the_link_reads_the_edition(site: Site, record: EditionRecord) -> None:
    path = f"/editions/daily/{record.period}"
    assert {site.get(f"{path}{end}").status for end in ("", "/", "/x", f"/{'0' * 24}", f"/{key(record)}x")} == {404}
    page = site.get(f"{path}/{key(record)}?language=en")
    assert (page.status, page.headers["content-language"]) == (200, "en")
    assert "<html" in page.text
    assert site.get(f"{path}/{key(record)}?language=en", **{"If-None-Match": page.headers["etag"]}).status == 304
    assert site.get(f"{path}/{key(record)}?language=id", **{"If-None-Match": page.headers["etag"]}).status == 200
    kinds = {form: site.get(f"{path}/{key(record)}?format={form}").headers["content-type"] for form in ("text", "json")}
    assert kinds == {"text": "text/plain; charset=utf-8", "json": "application/json"}
    assert site.get(f"{path}/{key(record)}?format=docx").status == 404
    assert site.get("/editions").status == 404


def test_public_editions_are_listed_and_read(
    sqlite_url: str, tmp_path: Path, store: Store, record: EditionRecord
) -> None:
    store.editions.freeze("editors", record.period, record.content, [], FROZEN)
    with console(settings(tmp_path, editions="public"), sqlite_url, FROZEN) as site:
        listed = site.get("/editions?language=en")
        assert re.findall(r'href="(editions/[^"]+)"', listed.text) == [f"editions/daily/{record.period}?language=en"]
        assert site.get(f"/editions/daily/{record.period}").status == 200
        assert site.get(f"/editions/editors/{record.period}").status == 404
    with console(settings(tmp_path, editions="off", subscribe=False), sqlite_url, FROZEN) as site:
        closed = ("/editions", f"/editions/daily/{record.period}", f"/editions/daily/{record.period}/{key(record)}")
        assert {site.get(path).status for path in (*closed, "/subscribe")} == {404}
        assert site.post("/subscribe", FORM).status == 404


def test_the_mails_link_follows_the_settings(tmp_path: Path, record: EditionRecord) -> None:
    def link(base_url: str | None = None, editions: str = "link") -> str | None:
        return address(settings(tmp_path, base_url=base_url, editions=editions), record, "en")

    found = link(base_url="https://k.example/kliping/")
    assert found == f"https://k.example/kliping/editions/daily/{record.period}/{key(record)}?language=en"
    assert link() is None
    assert link(base_url="https://k.example", editions="off") is None


def test_no_request_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        site.get("/unsubscribe/1.c2VjcmV0LXNlY3JldC1zZWNyZXQtc2Vj")
    assert "c2VjcmV0" not in caplog.text


def _break(url: str) -> None:
    with open_store(url) as store:
        store.database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE subscribers RENAME TO gone"))


def test_a_fault_is_a_page_and_one_line(
    sqlite_url: str, tmp_path: Path, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    del store
    with console(settings(tmp_path), sqlite_url, FROZEN) as site:
        with open_store(sqlite_url) as other:
            other.database.write(
                lambda connection: connection.exec_driver_sql("ALTER TABLE subscribers RENAME TO gone")
            )
        reply = site.get("/unsubscribe/1.c2VjcmV0LXNlY3JldC1zZWNyZXQtc2Vj")
    assert reply.status in (500, 503)
    assert "<h1>" in reply.text
    assert "Traceback" not in caplog.text
    assert "c2VjcmV0" not in caplog.text


def test_a_taken_port_is_told_in_one_line(sqlite_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        chosen = settings(tmp_path, listen=f"127.0.0.1:{taken.getsockname()[1]}")
        taken_words = r"web\.listen: 127\.0\.0\.1:\d+: .*choose another"
        with (
            pytest.raises(SettingsError, match=taken_words) as caught,
            serving(chosen, lambda: open_store(sqlite_url)),
        ):
            pytest.fail("it served on a taken port")
    assert "\n" not in str(caught.value)


def test_nowhere_to_listen_is_nothing_served(sqlite_url: str, tmp_path: Path) -> None:
    with serving(settings(tmp_path, listen=""), lambda: open_store(sqlite_url)) as where:
        assert where is None


WRONG = [
    ("listen", "8025"), ("listen", "127.0.0.1"), ("listen", "127.0.0.1:99999"), ("listen", "a b:1"),
    ("listen", "[::1]"),
    ("base_url", "kliping.example"), ("base_url", "ftp://a.example"), ("base_url", "https://"),
    ("base_url", "https://a?b"),
    ("base_url", "https://u:p@a.example"), ("base_url", "https://a.example/\r\nBcc: x"), ("base_url", 'https://a"b'),
    ("base_url", "javascript:alert(1)"), ("editions", "all"),
]  # fmt: skip


@pytest.mark.parametrize(("option", "value"), WRONG)
def test_a_wrong_setting_is_refused(option: str, value: str) -> None:
    with pytest.raises(ValueError, match=option):
        WebSettings.model_validate({option: value})


def test_a_network_is_counted_and_forgiven_after_an_hour() -> None:
    gate = Gate()
    passed = [gate.passes("10.0.0.1", FROZEN) for _ in range(PER_CLIENT + 2)]
    assert passed == [True] * PER_CLIENT + [False] * 2
    assert gate.passes("10.0.0.2", FROZEN)
    assert gate.passes("10.0.0.1", FROZEN + timedelta(hours=1))
    flood = Gate()
    crowd = [flood.passes(f"10.1.{number // 250}.{number % 250}", FROZEN) for number in range(ALTOGETHER + 50)]
    assert crowd.count(True) == ALTOGETHER


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("", "unknown"), ("x", "unknown"),
    ],
)  # fmt: skip
def test_an_ipv6_household_is_one_network(client: str, name: str) -> None:
    assert network(client) == name


def test_settings_default_to_this_machine_alone() -> None:
    assert (Settings().web.listen, Settings().web.base_url, Settings().web.editions) == ("127.0.0.1:8025", None, "link")
