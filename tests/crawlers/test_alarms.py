"""Alarms over the newsroom: mutations are found in one run, ordinary days raise none, and real crawls agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from crawlers.newsroom import Newsroom, serve
from crawlers.newsroom.response import Request, Response
from crawlers.request import CrawlRequest
from pipeline.health import judge
from pipeline.model import RunCounts, RunState
from tests.crawlers import health_report
from tests.crawlers.crawling import OUTLETS, TODAY, Home
from tests.crawlers.mutations import MUTATIONS, Change
from tests.crawlers.watching import NOW, Watched


def test_mutations_are_found_in_one_run_with_the_right_class() -> None:
    """`python -m tests.crawlers.health_report` shows the figures."""
    drawn = health_report.draw(1)
    assert drawn.draws.total() == 200
    assert len(drawn.draws) >= 12
    assert drawn.share >= 0.95, drawn.told()


def test_sixty_ordinary_days_raise_hardly_an_alarm() -> None:
    """Weekends, a week of holidays, forum days, quiet runs, small troubles; from the first run on."""
    quiet = health_report.rest(1, (3.0, 40.0))
    assert quiet.days >= 60 * len(health_report.NAMES)
    assert quiet.share <= 0.01, quiet.told()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_mutation_changes_something_somewhere(mutation: object) -> None:
    """One that does nothing would make the draws easy."""
    assert isinstance(mutation, type(MUTATIONS[0]))
    (fits, *_) = [each for each in health_report.watched() if all(map(each.has, mutation.needs))]
    changed = fits.changed(Random(3), 6, mutation.make(Random(3), fits.outlet))
    assert changed != fits.changed(Random(3), 6, lambda _request, response: response)


# --- real crawls ------------------------------------------------------------------------------------------------------

# outlet: what befalls it
BEFALLS = {
    "antara": "listing links changed",
    "antara_en": "503 everywhere",
    "beritajakarta": "captcha page",
    "inews": "dates reformatted",
    "redaksijakarta": "classes renamed",
}


@pytest.fixture(scope="module")
def changed_room() -> Iterator[Newsroom]:
    changes = {name: _mutation(kind, name) for name, kind in BEFALLS.items()}

    def change(request: Request, response: Response) -> Response:
        for name, befall in changes.items():
            if request.host in OUTLETS[name].hosts:
                return befall(request, response)
        return response

    with serve(TODAY, change=change) as room:
        yield room


def _mutation(kind: str, outlet: str) -> Change:
    (mutation,) = [each for each in MUTATIONS if each.name == kind]
    return mutation.make(Random(5), OUTLETS[outlet])


@pytest.fixture(scope="module")
def crawled(changed_room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Every outlet has a past of twenty ordinary days; then each is crawled once."""
    home = Home(tmp_path_factory.mktemp("home"), changed_room)
    for name in BEFALLS:
        _enter_past(home, name)
    home.crawl(*(CrawlRequest(outlet=name) for name in BEFALLS))
    yield home
    home.close()


def _enter_past(home: Home, name: str) -> None:
    each, random, now = Watched(name), Random(5), datetime.now(UTC)
    for days in range(20, 0, -1):
        at = now - timedelta(days=days)
        vitals = each.ordinary(random, random.randint(3, 10))
        run = home.store.runs.begin(name, "crawl", pid=1, host="elsewhere", now=at)
        home.store.runs.end(run.id, RunState.FINISHED, RunCounts(), vitals=vitals.as_json(), now=at)


@pytest.mark.parametrize(("name", "kind"), BEFALLS.items())
def test_a_crawl_raises_the_alarm_that_the_pure_functions_raise(crawled: Home, name: str, kind: str) -> None:
    (mutation,) = [each for each in MUTATIONS if each.name == kind]
    raised = crawled.store.alarms.open(name)
    assert {record.failure for record in raised} & mutation.right, raised
    each = Watched(name)
    vitals = each.changed(Random(5), 99, mutation.make(Random(5), each.outlet))
    predicted = judge(each.outlet, NOW, vitals, health_report.ordinary_history(each, Random(5)))
    assert predicted[0].failure in {record.failure for record in raised}


def test_an_alarm_closes_when_the_listings_answer_again(crawled: Home, changed_room: Newsroom) -> None:
    changed_room.set_change(None)
    crawled.one(CrawlRequest(outlet="antara_en"))
    assert crawled.store.alarms.open("antara_en") == []
    assert crawled.store.alarms.list("antara_en")[0].closed_at


def test_a_run_over_an_address_raises_none(tmp_path: Path, newsroom: Newsroom) -> None:
    home = Home(tmp_path, newsroom)
    try:
        ended = home.one(CrawlRequest(outlet="antara", urls=("https://www.antaranews.com/berita/1/tidak-ada",)))
        assert home.store.alarms.list() == []
        assert home.store.runs.vitals("antara", datetime(2020, 1, 1, tzinfo=UTC)) == []
        assert ended.run.kind == "address"
    finally:
        home.close()
