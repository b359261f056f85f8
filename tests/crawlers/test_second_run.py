"""Everything crawled, and all of it once more: within the revisit intervals only listings are asked for, no article.

Judged by what the newsroom was asked and answered, whatever the ledger says of itself. A third run, made when the
retry times of the pages that failed for now have come, asks for these and for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from crawlers.newsroom import Logged, Newsroom, TrueArticle, plain_truth, serve, truth
from crawlers.newsroom.response import Request, Response
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, RunCounts
from pipeline.store.schema import urls
from tests.crawlers.crawling import NAMES, OUTLETS, TODAY, Home, canonical, check_ledger, place
from tests.crawlers.forking import CrawlServer

# outlets without markup of their own, one for each form in which addresses are told: {name: what the form shows as}
FORMS = {
    "malaymail": b"<rss",
    "phnompenhpost": b"<feed",
    "tempo": b"<rdf:RDF",
    "nationthailand": b"jsonfeed.org",
    "rri": b"\x1f\x8b",  # gzip: what its sitemap index leads to
    "asean": b'"date_gmt"',  # WordPress's REST interface
}
EVERYTHING = (*NAMES, *FORMS)
_AT_ONCE = 4  # processes at a time
_CHILDREN = r"https://[^/]+/sitemap-berita\.xml(?:\.gz)?"  # what the newsroom's sitemap indexes lead to
_POSTS = "/wp-json/wp/v2/posts?"


@dataclass
class Answers:
    """Every answer before it became a 304: {"host + target": (its validators, its body)}."""

    given: dict[str, tuple[tuple[str, ...], bytes]] = field(default_factory=dict)

    def note(self, request: Request, response: Response) -> Response:
        headers = dict(response.headers)
        held = tuple(headers[name] for name in ("ETag", "Last-Modified") if name in headers)
        self.given[f"{request.host}{request.target}"] = (held, response.body)
        return response


@dataclass(frozen=True)
class Run:
    """One run of everything."""

    counts: dict[str, RunCounts]  # by outlet
    log: tuple[Logged, ...]
    answers: Answers
    due: frozenset[str]  # before it: places of pages whose retry or revisit time had come


@dataclass(frozen=True)
class Thrice:
    home: Home
    first: Run
    second: Run  # at once
    third: Run  # when the retry times had come


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, crawl_server: CrawlServer) -> Iterator[Thrice]:
    with serve(TODAY) as room:
        home = Home(tmp_path_factory.mktemp("home"), room)
        first, second = (_run_all(home, room, crawl_server) for _ in range(2))
        _let_retry_times_come(home)
        yield Thrice(home, first, second, _run_all(home, room, crawl_server))
        home.close()


def _run_all(home: Home, room: Newsroom, server: CrawlServer) -> Run:
    answers, before, due = Answers(), len(room.requests), _due(home)
    room.set_change(answers.note)
    for start in range(0, len(EVERYTHING), _AT_ONCE):
        together = [
            server.start(CrawlRequest(outlet=name), home.environment(), home.path / f"{name}.log")
            for name in EVERYTHING[start : start + _AT_ONCE]
        ]
        assert {crawl.wait() for crawl in together} <= {0, 3}, "a run that was read at least in part"
    latest = {name: home.store.runs.latest(name) for name in EVERYTHING}
    counts = {name: run.counts for name, run in latest.items() if run}
    return Run(counts, room.requests[before:], answers, due)


def _due(home: Home) -> frozenset[str]:
    """By the ledger: failed for now and to be tried by this time, or stored and to be revisited by it."""
    now = datetime.now(UTC) + timedelta(seconds=30)  # within the run
    with home.store.database.engine.connect() as connection:
        rows = connection.execute(urls.select()).mappings().all()
    times = {row["canonical_url"]: (row["retry_at"], row["revisit_at"]) for row in rows}
    return frozenset(place(url) for url, found in times.items() if any(at is not None and at <= now for at in found))


def _let_retry_times_come(home: Home) -> None:
    with home.store.database.engine.begin() as connection:
        waiting = update(urls).where(urls.c.retry_at.is_not(None), urls.c.disposition == Disposition.PENDING)
        connection.execute(waiting.values(retry_at=datetime.now(UTC) - timedelta(minutes=1)))


# --- what an address is, by the outlet files and the newsroom's truth -------------------------------------------------

_HOLES = re.compile(r"\\\{(?:page|query|day)\\\}")
LISTINGS = re.compile(
    "|".join(
        _HOLES.sub("[^/]*", re.escape(template))
        for name in EVERYTHING
        for road, templates in OUTLETS[name].discovery.roads.items()
        for template in (templates if road != "api" else ())
    )
    + f"|{_CHILDREN}"
)


def is_listing(entry: Logged) -> bool:
    url = f"https://{entry.host}{entry.path}"
    return bool(LISTINGS.fullmatch(url)) or (entry.host == "asean.org" and entry.path.startswith(_POSTS))


def true_pages() -> list[TrueArticle]:
    found = [*truth(TODAY), *plain_truth(TODAY)]
    return [page for page in found if page.outlet in EVERYTHING]


def is_of(name: str, at: str) -> bool:
    host = at.partition("/")[0]
    return any(host == own or host.endswith(f".{own}") for own in OUTLETS[name].hosts)


def places_of(page: TrueArticle) -> set[str]:
    return {place(url) for url in (page.url, *(address for _, address in page.variants))}


def targets(log: Sequence[Logged]) -> list[str]:
    return [f"{entry.host}{entry.path}" for entry in log]


# --- the first run read something -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_first_run_reads_listings_and_articles(runs: Thrice, name: str) -> None:
    counts = runs.first.counts[name]
    assert counts.listings
    assert counts.fetched >= 2


@pytest.mark.parametrize(("name", "sign"), FORMS.items())
def test_each_form_of_listing_is_met(runs: Thrice, name: str, sign: bytes) -> None:
    own = [body for at, (_, body) in runs.first.answers.given.items() if is_of(name, at)]
    assert any(sign in body[:2000] for body in own)


# --- the second asks for listings only --------------------------------------------------------------------------------


def test_the_second_run_asks_for_listings_and_nothing_else(runs: Thrice) -> None:
    """No article by any of its addresses, and no robots.txt: that of minutes ago still holds."""
    assert runs.second.due == frozenset()
    assert [f"{entry.host}{entry.path}" for entry in runs.second.log if not is_listing(entry)] == []
    pages = set().union(*map(places_of, true_pages()))
    assert pages.isdisjoint(targets(runs.second.log))


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_outlet_reads_its_listings_again_and_no_page(runs: Thrice, name: str) -> None:
    counts = runs.second.counts[name]
    assert (counts.new, counts.fetched, counts.kept) == (0, 0, 0)
    assert counts.listings == runs.first.counts[name].listings
    asked, again = (
        {f"{entry.host}{entry.path}" for entry in log if is_of(name, entry.host) and is_listing(entry)}
        for log in (runs.first.log, runs.second.log)
    )
    assert again
    assert again <= asked


def test_a_listing_that_did_not_change_is_a_304_wherever_the_server_knows(runs: Thrice) -> None:
    """But for an index of sitemaps: what it leads to is asked for anew, and only its text can name that."""
    before, now = runs.first.answers.given, runs.second.answers.given
    known = {at for at, (held, _) in now.items() if held and before[at] == now[at]}
    status = {f"{entry.host}{entry.path}": entry.status for entry in runs.second.log}
    assert {at for at in known if status[at] != 304} == {at for at in known if b"<sitemapindex" in now[at][1]}
    for name in EVERYTHING:  # the newsroom's HTML pages have no validators, its feeds and sitemaps do
        found = OUTLETS[name].discovery
        assert bool(found.feeds or found.sitemaps) == any(is_of(name, at) for at in known), name
    for entry in runs.second.log:
        if entry.status == 304:
            assert {"if-none-match", "if-modified-since"} & dict(entry.headers).keys()


# --- the third asks for what was to be tried again --------------------------------------------------------------------


def test_pages_that_failed_for_now_are_asked_for_when_their_time_has_come_and_not_before(runs: Thrice) -> None:
    assert runs.third.due
    others = [entry for entry in runs.third.log if not is_listing(entry)]
    assert set(targets(others)) == runs.third.due
    failed = {place(canonical(page)) for page in true_pages() if page.retried}
    assert runs.third.due <= failed
    assert runs.third.due <= set(targets(runs.first.log))


def test_the_ledger_adds_up(runs: Thrice) -> None:
    check_ledger(runs.home.store)
