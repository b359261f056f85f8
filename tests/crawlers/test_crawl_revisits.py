"""Stored articles asked for again: one outlet, crawled four times, each of its articles meeting another fate.

Runs read the real clock, so time passes by setting dates in the database back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from crawlers.newsroom import serve
from crawlers.newsroom.odd import challenge
from crawlers.newsroom.response import Request, Response, redirect
from crawlers.newsroom.server import Logged
from crawlers.newsroom.troubles import spoiled
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, FailureClass, RunState, StoredArticle
from pipeline.store.crawl_records import Attempt
from pipeline.store.schema import attempts, urls
from tests.crawlers.crawling import ROOT, TODAY, Ended, Home, check_archive, check_ledger, place

FATES = ("as it was", "comma", "edited", "gone", "soft404", "home", "captcha", "teaser")


@dataclass(frozen=True)
class Visits:
    """A home after a first run, two runs over changed pages a day apart, and one over the pages as they were."""

    home: Home
    pages: Mapping[str, str]  # fate: canonical URL
    ends: tuple[Ended, ...]
    logs: tuple[tuple[Logged, ...], ...]
    stored: tuple[Mapping[str, StoredArticle], ...]  # after each run, by fate


def changed(fates: Mapping[str, str], request: Request, response: Response) -> Response:
    """What the newsroom answers in place of the truth, by host and path."""
    fate = fates.get(f"{request.host}{request.path}")
    if fate is None or fate == "as it was":
        return response
    if fate == "home":
        return redirect(f"https://{request.host}/", 302)
    if fate == "captcha":
        return challenge(request.host)
    if fate == "teaser":
        return teaser(response)
    return spoiled(fate, request, response)


def teaser(response: Response) -> Response:
    """The page with one sentence that says nothing of ours for its text, and no headline."""
    body = re.sub(
        rb"(?s)<h1.*?</h1>|<p\b.*?</p>|<title>.*?</title>|<meta[^>]*>|<script.*?</script>", b"", response.body
    )
    sentence = b"<p>Pelanggan dapat membaca laporan panjang ini setelah masuk dengan akun masing-masing.</p>"
    return replace(response, body=re.sub(rb"(wrap__article-detail-content[^>]*>)", rb"\1" + sentence, body))


def let_time_pass(home: Home, span: timedelta) -> None:
    """Every attempt was made so much earlier, and every revisit is due."""
    with home.store.database.engine.begin() as connection:
        for row in connection.execute(attempts.select()).mappings().all():
            connection.execute(update(attempts).where(attempts.c.id == row["id"]).values(at=row["at"] - span))
        due = update(urls).where(urls.c.revisit_at.is_not(None))
        connection.execute(due.values(revisit_at=datetime.now(UTC) - timedelta(minutes=1)))


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with serve(TODAY) as room:
        home = Home(tmp_path_factory.mktemp("revisited"), room)
        ends = [home.one(CrawlRequest(outlet="antara"))]
        pages = dict(zip(FATES, sorted(home.kept("antara")), strict=False))
        fates = {place(url): fate for fate, url in pages.items()}
        logs, stored = [room.requests], [read(home, pages)]
        change = partial(changed, fates)
        for answers in (change, change, None):
            let_time_pass(home, timedelta(hours=25))
            room.set_change(answers)
            before = len(room.requests)
            ends.append(home.one(CrawlRequest(outlet="antara")))
            logs.append(room.requests[before:])
            stored.append(read(home, pages))
        yield Visits(home, pages, tuple(ends), tuple(logs), tuple(stored))
        home.close()


def read(home: Home, pages: Mapping[str, str]) -> dict[str, StoredArticle]:
    found = {fate: home.store.articles.by_url(url) for fate, url in pages.items()}
    return {fate: stored for fate, stored in found.items() if stored}


def tries(visits: Visits, fate: str, run: int) -> list[Attempt]:
    trail = visits.home.store.ledger.trail(visits.pages[fate])
    assert trail is not None
    return [one for one in trail.attempts if one.run_id == visits.ends[run].run.id]


def test_every_fate_has_its_article(visits: Visits) -> None:
    assert len(visits.pages) == len(FATES)


def test_what_did_not_change_is_a_304_and_stays_at_its_version(visits: Visits) -> None:
    assert [(one.status, one.failure) for one in tries(visits, "as it was", 1)] == [(304, None)]
    assert [stored["as it was"].version for stored in visits.stored] == [1, 1, 1, 1]


def test_a_comma_is_read_and_makes_no_version(visits: Visits) -> None:
    assert [(one.status, one.failure) for one in tries(visits, "comma", 1)] == [(200, None)]
    assert [stored["comma"].version for stored in visits.stored] == [1, 1, 1, 1]
    assert [one.status for one in tries(visits, "comma", 2)] == [304]  # the validators are of what was read last


def test_an_edit_makes_a_version_and_the_earlier_text_stays(visits: Visits) -> None:
    assert [stored["edited"].version for stored in visits.stored] == [1, 2, 2, 3]
    first, second, third = visits.home.store.articles.versions(visits.stored[0]["edited"].id)
    assert "Redaksi memperbaiki" in second.article.text
    assert "Redaksi memperbaiki" not in first.article.text
    assert first.article.article_body == third.article.article_body
    assert first.captures != second.captures


def test_410_marks_gone_at_once_and_the_return_takes_it_away(visits: Visits) -> None:
    assert [bool(stored["gone"].gone_at) for stored in visits.stored] == [False, True, True, False]
    assert [(one.status, one.failure) for one in tries(visits, "gone", 1)] == [(410, FailureClass.GONE)]


@pytest.mark.parametrize("fate", ["soft404", "home"])
def test_a_soft_404_and_a_redirect_home_count_when_met_again(visits: Visits, fate: str) -> None:
    assert [bool(stored[fate].gone_at) for stored in visits.stored] == [False, False, True, False]
    assert tries(visits, fate, 1)[-1].failure is FailureClass.GONE


@pytest.mark.parametrize(("fate", "failure"), [("captcha", FailureClass.BLOCKED), ("teaser", FailureClass.EMPTY)])
def test_a_page_that_is_no_text_changes_nothing_but_the_attempts(
    visits: Visits, fate: str, failure: FailureClass
) -> None:
    assert tries(visits, fate, 1)[-1].failure is failure
    assert visits.stored[0][fate] == visits.stored[1][fate] == visits.stored[2][fate]


def test_a_teaser_in_place_of_the_text_is_told_as_that(visits: Visits) -> None:
    assert "less than half of the stored text" in (tries(visits, "teaser", 1)[-1].detail or "")


@pytest.mark.parametrize("fate", FATES)
def test_every_article_stays_kept_and_is_visited_again(visits: Visits, fate: str) -> None:
    assert all(stored[fate].disposition is Disposition.KEPT for stored in visits.stored)
    record = visits.home.store.ledger.get(visits.pages[fate])
    assert record is not None
    assert record.revisit_at is not None
    assert record.revisit_at > datetime.now(UTC)


@pytest.mark.parametrize("fate", ["gone", "soft404", "home", "captcha", "teaser"])
def test_no_text_is_lost(visits: Visits, fate: str) -> None:
    texts = {stored[fate].article.text for stored in visits.stored}
    assert texts == {visits.stored[0][fate].article.text}


def test_revisits_spoil_no_run(visits: Visits) -> None:
    """The first run meets what the outlet's listings hold of troubles; no later one is the worse for a revisit."""
    for ended in visits.ends[1:]:
        assert "captcha" not in (ended.run.detail or "")
        assert not any(url in (ended.run.detail or "") for url in visits.pages.values())
        assert ended.run.counts.kept == 0
        assert ended.run.state in (RunState.FINISHED, RunState.PARTIAL)
        assert "Traceback" not in ended.log


def test_each_is_asked_for_once_a_run_and_conditionally(visits: Visits) -> None:
    for log in visits.logs[1:]:
        asked = [entry for entry in log if f"{entry.host}{entry.path}" in {place(url) for url in visits.pages.values()}]
        assert len(asked) == len(visits.pages)
        assert all("if-none-match" in dict(entry.headers) for entry in asked)


def test_ledger_and_archive_are_whole(visits: Visits) -> None:
    check_ledger(visits.home.store)
    check_archive(visits.home)


def test_a_mended_outlet_file_makes_no_version_of_what_the_outlet_left_alone(tmp_path: Path) -> None:
    """The file prunes the last paragraph from then on, and the pages are not byte by byte the same any more."""
    with serve(TODAY) as room:
        home = Home(tmp_path, room)
        home.one(CrawlRequest(outlet="beritajakarta"))
        before = {stored.id: stored for stored in home.articles("beritajakarta")}
        bundled = (ROOT / "crawlers" / "outlets" / "beritajakarta.toml").read_text(encoding="utf-8")
        home.settings.outlets.mkdir(exist_ok=True)
        mended = bundled.replace('prune = ["figure"', 'prune = ["p:last-of-type", "figure"')
        (home.settings.outlets / "beritajakarta.toml").write_text(mended, encoding="utf-8")
        room.set_change(commented)
        let_time_pass(home, timedelta(hours=3))
        assert home.one(CrawlRequest(outlet="beritajakarta")).run.counts.fetched >= 3
        kept = [stored for stored in home.articles("beritajakarta") if stored.disposition is Disposition.KEPT]
        home.close()
    assert {stored.version for stored in kept} == {1}
    shorter = [stored for stored in kept if len(stored.article.text) < len(before[stored.id].article.text)]
    assert len(shorter) >= 3


def test_a_change_on_another_page_of_an_article_is_seen(tmp_path: Path) -> None:
    """iNews prints long texts over several pages, and whole on one more: the first one says nothing of that."""
    with serve(TODAY) as room:
        home = Home(tmp_path, room)
        home.one(CrawlRequest(outlet="inews"))
        (paged,) = [stored for stored in home.articles("inews") if stored.article.url.endswith("/all")]
        first, whole = (place(url) for url in (paged.article.canonical_url, paged.article.url))

        def edited(request: Request, response: Response) -> Response:
            return spoiled("edited", request, response) if request.path.endswith("/all") else response

        room.set_change(edited)
        let_time_pass(home, timedelta(hours=3))
        before = len(room.requests)
        home.one(CrawlRequest(outlet="inews"))
        again = home.store.articles.get(paged.id)
        home.close()
        asked = [(f"{entry.host}{entry.path}", entry.status) for entry in room.requests[before:]]
    assert [entry for entry in asked if entry[0] in (first, whole)] == [(first, 200), (whole, 200)]
    assert again is not None
    assert again.version == 2
    assert "Redaksi memperbaiki" in again.article.article_body[-1]


def commented(request: Request, response: Response) -> Response:
    """The same page, made a moment later."""
    del request
    return replace(response, body=response.body + b"<!-- made anew -->") if response.article else response
