"""One crawl that is led to every forbidden address, directly and by redirects, and to a page that is a bomb."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers import settings
from crawlers.request import CrawlRequest
from pipeline.archive.records import iter_records
from pipeline.model import Disposition, FailureClass
from pipeline.urls import normalise
from tests.crawlers.crawling import Ended, Home, check_archive, check_ledger
from tests.crawlers.forbidden import FORBIDDEN, UNREADABLE
from tests.crawlers.scripted import Answer, Site, site

HOST = "www.kabarkota.test"
LURES = (*FORBIDDEN, *UNREADABLE)
LEAPS = tuple(f"/lompat/{number}/berita-kota" for number in range(len(LURES)))
BOMB = "/bom/1/berita-kota"


@dataclass(frozen=True)
class Lured:
    """The crawl that is over."""

    site: Site
    home: Home
    ended: Ended
    own: tuple[str, ...]  # forbidden addresses at which this very server would have answered


@pytest.fixture(scope="module")
def lured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lured]:
    answers = {
        leap: Answer(302, headers=(("Location", f"{lure}dari{leap}".encode().decode("latin-1")),))
        for leap, lure in zip(LEAPS, LURES, strict=True)
    }
    answers[BOMB] = Answer(200, gzip.compress(bytes(30_000_000)), (("Content-Encoding", "gzip"),))
    with site(answers) as here:
        port = here.address.rpartition(":")[2]
        own = tuple(
            f"http://{host}:{port}/"
            for host in ("127.0.0.1", "127.1", "2130706433", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]")
        )
        home = Home(tmp_path_factory.mktemp("lured"), here)
        given = (*FORBIDDEN, *own, *(f"https://{HOST}{path}" for path in (*LEAPS, BOMB)))
        asked = tuple({normalise(url): url for url in given}.values())  # each page in one of its spellings
        ended = home.one(CrawlRequest(urls=asked))
        yield Lured(here, home, ended, own)
        home.close()


def test_every_form_is_refused_with_its_class_and_nothing_is_sent(lured: Lured) -> None:
    leaps = tuple(f"https://{HOST}{leap}" for leap in LEAPS)
    for url in (*FORBIDDEN, *lured.own, *leaps):
        trail = lured.home.store.ledger.trail(normalise(url))
        assert trail is not None, url
        assert (trail.record.disposition, trail.record.rule) == (Disposition.FAILED, "forbidden_address"), url
        assert [one.failure for one in trail.attempts] == [FailureClass.FORBIDDEN_ADDRESS], url
    assert set(lured.site.asked) == {"/robots.txt", *LEAPS, BOMB}
    assert {visit.host for visit in lured.site.log} == {HOST}
    assert max(lured.site.asked.values()) == 1
    assert "Traceback" not in lured.ended.log
    check_ledger(lured.home.store)
    check_archive(lured.home)


def test_a_bomb_counts_as_too_large_and_its_bytes_are_in_the_archive_as_they_came(lured: Lured) -> None:
    trail = lured.home.store.ledger.trail(f"https://{HOST}{BOMB}")
    assert trail is not None
    assert (trail.record.disposition, trail.record.rule) == (Disposition.FAILED, "limit")
    assert trail.record.detail == "larger than crawl.max_bytes when unpacked"
    (attempt,) = trail.attempts
    assert lured.ended.run.archive_file is not None
    file: Path = lured.home.settings.archive / lured.ended.run.archive_file
    record = next(each for each in iter_records(file) if each.id == attempt.record_id)
    assert len(record.block) < 100_000


def test_the_web_is_asked_with_manners() -> None:
    assert settings.AUTOTHROTTLE_ENABLED
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.DOWNLOAD_DELAY_JITTER == 0  # it would undercut a Crawl-delay
    assert settings.AUTOTHROTTLE_START_DELAY == 0  # never below the outlet file's delay
    assert (settings.COOKIES_ENABLED, settings.REFERER_ENABLED, settings.HTTPPROXY_ENABLED) == (False,) * 3


def test_nothing_listens_for_remote_control(lured: Lured) -> None:
    assert (settings.TELNETCONSOLE_ENABLED, settings.REMOTE_CONTROL_ENABLED) == (False, False)
    for name in ("telnet.TelnetConsole", "remote_control.RemoteControl"):
        assert settings.EXTENSIONS[f"scrapy.extensions.{name}"] is None
    assert "listening on" not in lured.ended.log.lower()
