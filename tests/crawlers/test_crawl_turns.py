"""Manners as the server's own log shows them: turns between processes, delays, robots.txt once a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.newsroom import serve, truth
from crawlers.request import CrawlRequest
from pipeline.model import FailureClass
from tests.crawlers.crawling import TODAY, Ended, Home, wait_until
from tests.crawlers.scripted import Answer, Site, Visit, site

ROBOTS = "/robots.txt"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
BUSY, OTHER = "www.inews.id", "www.kabarkota.test"
DELAY = 0.4  # seconds
OWN = tuple(f"/news/kota/taman-{name}-dibuka" for name in ("rawa", "kali", "bukit", "pantai"))
LED = tuple(f"/news/kota/pasar-{name}-pindah" for name in ("pagi", "sore"))
LEAPS = {f"/arsip/{number}/berita-kota": path for number, path in enumerate(LED, 1)}
PAGE = Answer(200, b"<p>short</p>", HTML, seconds=0.1)


@dataclass(frozen=True)
class Met:
    """Two crawls begun at once, one of which is led to the other's host."""

    site: Site
    home: Home
    ends: tuple[Ended, ...]

    def visits(self, host: str) -> list[Visit]:
        return sorted((visit for visit in self.site.log if visit.host == host), key=lambda visit: visit.begun)


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    answers = dict.fromkeys((*OWN, *LED), PAGE)
    answers[OWN[-1]] = replace(PAGE, after=tuple(LEAPS), seconds=1.0)  # until the other crawl is led here
    answers[ROBOTS] = Answer(200, f"User-agent: Kliping\nCrawl-delay: {DELAY}\n".encode())
    answers |= {leap: Answer(302, headers=(("Location", f"https://{BUSY}{path}"),)) for leap, path in LEAPS.items()}
    with site(answers) as here:
        home = Home(tmp_path_factory.mktemp("met"), here)
        held = home.start(CrawlRequest(urls=tuple(f"https://{BUSY}{path}" for path in OWN)))
        wait_until(lambda: held.poll() is not None or is_held(home, BUSY))
        assert held.poll() is None, home.ended(held).log
        led = home.start(CrawlRequest(urls=tuple(f"https://{OTHER}{leap}" for leap in LEAPS)))
        yield Met(here, home, (home.ended(held), home.ended(led)))
        home.close()


def is_held(home: Home, host: str) -> bool:
    return home.store.leases.held(f"host:{host}", datetime.now(UTC)) is not None


def test_two_processes_never_ask_one_host_at_once(met: Met) -> None:
    """The second run is redirected to the first one's host while that one asks it, and waits for its turn."""
    visits = met.visits(BUSY)
    assert [visit.path for visit in visits if visit.path != ROBOTS][: len(OWN)] == list(OWN)
    assert {visit.path for visit in visits} == {ROBOTS, *OWN, *LED}
    assert max(visit.begun for visit in met.visits(OTHER)) < next(v.ended for v in visits if v.path == OWN[-1])
    assert all(before.ended <= after.begun for before, after in pairwise(visits))
    assert all("Traceback" not in ended.log for ended in met.ends)
    assert not is_held(met.home, BUSY)


def test_robots_txt_is_asked_for_once_a_day_by_all_runs_together(met: Met) -> None:
    for host in (BUSY, OTHER):
        assert [visit.path for visit in met.visits(host)].count(ROBOTS) == 1
        assert kept(met.home, host, "") is None  # the made-up newsroom's word is not the outlet's
        assert "Crawl-delay" in (kept(met.home, host, " (newsroom)") or "")


def kept(home: Home, host: str, speaker: str) -> str | None:
    record = home.store.robots.get(f"https://{host}{speaker}", datetime(2000, 1, 1, tzinfo=UTC))
    return record.body if record else None


def test_a_crawl_delay_of_a_fraction_of_a_second_is_kept(met: Met) -> None:
    for host in (BUSY, OTHER):
        begun = [visit.begun for visit in met.visits(host)]
        gaps = [after - before for before, after in pairwise(begun)]
        assert min(gaps) >= DELAY / 2, gaps  # the machine may be late in taking a request, not the crawl early
        assert sum(gaps) >= DELAY * len(gaps) - DELAY / 2


def test_we_say_who_we_are(met: Met) -> None:
    (agent,) = {visit.agent for visit in met.site.log}
    assert agent.startswith("Kliping/")
    assert "(+http" in agent


def test_a_robots_txt_that_answers_503_forbids_all_and_its_retry_after_is_kept(tmp_path: Path) -> None:
    article = next(one for one in truth(TODAY) if one.outlet is None and one.in_scope)
    with serve(TODAY, troubles={OTHER: "503"}) as room:  # with Retry-After: 1
        home = Home(tmp_path, room)
        ended = home.one(CrawlRequest(urls=(article.url,)))
        log = [entry for entry in room.requests if entry.host == OTHER]
        assert [(entry.path, entry.status) for entry in log] == [(ROBOTS, 503)] * (1 + home.settings.crawl.retries)
        assert all((after.time - before.time).total_seconds() >= 1 for before, after in pairwise(log))
        assert ended.run.failure is FailureClass.ROBOTS
        assert [kept(home, OTHER, speaker) for speaker in ("", " (newsroom)")] == [None, None]  # good for one run
        home.close()
