"""Editions in a real store: frozen once, over what no earlier edition had."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests import editions, public
from digests.model import Checked, Edit
from digests.selection import Choice
from pipeline.model import Member, Role, RunState, Story
from pipeline.store import EditionRecord, Store, open_store
from tests.digests.examples import PERIOD, article
from tests.digests.world import FROZEN, crawl, outlets, settings

DAY = timedelta(days=1)


def build(store: Store, home: Path, days: int = 0, list_name: str = "daily") -> EditionRecord:
    return editions.build(store, settings(home), outlets(), PERIOD + days * DAY, list_name, now=FROZEN + days * DAY)


def test_build_twice_gives_the_same_edition(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    first = build(store, tmp_path)
    crawl(store, "antara", article(2))
    assert build(store, tmp_path) == first
    assert first.digest == public.digest(editions.content(first))


def test_every_version_stands_in_one_edition_of_a_list(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1), article(2, hours_ago=400))
    first = editions.content(build(store, tmp_path))
    assert (first.totals.articles, first.totals.older) == (1, 1)
    crawl(store, "antara", article(3, hours_ago=-20), now=FROZEN + DAY / 2)
    second = editions.content(build(store, tmp_path, days=1))
    assert [place.article_id for block in second.stories for place in block.placements] == [3]
    assert (second.totals.articles, second.totals.older) == (1, 0)
    assert second.since == FROZEN
    weekly = editions.content(build(store, tmp_path, days=1, list_name="daily-weekly"))
    assert (weekly.totals.articles, weekly.totals.older) == (2, 1)


def test_a_story_told_before_comes_back_as_an_update(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    store.stories.replace([Story("s1", (Member(1, Role.ORIGIN, "first"),), origin=1)], generation=0, now=FROZEN)
    build(store, tmp_path)
    crawl(store, "inews", article(2, outlet="inews", hours_ago=-10), now=FROZEN + DAY / 2)
    members = (Member(1, Role.ORIGIN, "first"), Member(2, Role.COPY, "same words", copy_of=1))
    store.stories.replace([Story("s1", members, origin=1)], generation=1, now=FROZEN + DAY / 2)
    (block,) = editions.content(build(store, tmp_path, days=1)).stories
    assert block.earlier == (PERIOD,)
    assert block.first is not None
    assert block.first.outlet_title == "ANTARA"
    assert [(place.outlet, place.copy_of) for place in block.placements] == [("inews", "ANTARA")]


def test_a_changed_article_comes_back_as_changed(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    build(store, tmp_path)
    crawl(store, "antara", replace(article(1, hours_ago=5), headline="Ralat: dua puluh satu wali kota"))
    (block,) = editions.content(build(store, tmp_path, days=1)).stories
    assert block.placements[0].changed
    assert block.earlier == (PERIOD,)
    assert block.placements[0].edit == Edit(added=2, removed=8, headline=True)


def test_what_changed_is_counted_from_the_version_that_was_told_last(store: Store, tmp_path: Path) -> None:
    told = article(1)
    crawl(store, "antara", told)
    build(store, tmp_path)
    crawl(store, "antara", replace(told, article_body=("Dua puluh orang hadir.",)), now=FROZEN + DAY / 4)
    crawl(store, "antara", replace(told, article_body=(*told.article_body, "Tiga kota baru.")), now=FROZEN + DAY / 2)
    (block,) = editions.content(build(store, tmp_path, days=1)).stories
    assert block.placements[0].edit == Edit(added=3, removed=0, headline=False)
    assert editions.content(build(store, tmp_path, days=2)).stories == ()


def test_a_quiet_day_is_an_edition_with_its_coverage(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara")
    crawl(store, "inews", state=RunState.FAILED)
    content = editions.content(build(store, tmp_path))
    states = {row.outlet: row.state for row in content.coverage}
    assert (states["antara"], states["inews"], states["beritajakarta"]) == (Checked.WHOLE, Checked.NOT, Checked.NOT)
    assert content.stories == ()


def test_a_disabled_outlet_is_not_watched(store: Store, tmp_path: Path) -> None:
    store.outlets.set_enabled("inews", enabled=False, actor="budi", now=FROZEN)
    content = editions.content(build(store, tmp_path))
    assert content.totals.watched == 5
    assert "inews" not in {row.outlet for row in content.coverage}


def test_a_withheld_article_leaves_a_frozen_edition_at_once(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1), replace(article(2), headline="Kabar lain"))
    record = build(store, tmp_path)
    before = editions.rendering(store, record, "id", "text").decode()
    assert "Kabar lain" in before
    store.articles.correct(2, "withhold", "the outlet asked", "budi", now=FROZEN)
    after = editions.rendering(store, record, "id", "text").decode()
    assert "Kabar lain" not in after
    assert "1 artikel" in after
    assert editions.current(store, record).totals.articles == 1
    assert editions.content(record).totals.articles == 2


def test_a_rendering_is_frozen_at_its_first_call(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    record = build(store, tmp_path)
    body = editions.rendering(store, record, "en", "html")
    frozen = store.editions.rendering(record.id, language="en", format="html")
    assert frozen is not None
    assert frozen.body == body == editions.rendering(store, record, "en", "html")
    part = editions.rendering(store, record, "en", "json", Choice(("mgmac",)))
    assert json.loads(part)["totals"]["stories"] == 0


def test_a_report_takes_nothing_from_the_next_edition(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1), article(2, hours_ago=400))
    content = editions.report(store, settings(tmp_path), outlets(), FROZEN - 30 * DAY, until=FROZEN)
    assert (content.kind, content.totals.articles, content.totals.older) == ("report", 2, 0)
    assert editions.content(build(store, tmp_path)).totals.articles == 1


def _build_in_process(url: str, home: Path, gate: object, answers: object) -> None:
    with open_store(url) as store:
        gate.wait()  # type: ignore[attr-defined]  # a multiprocessing barrier
        answers.put(build(store, home).digest)  # type: ignore[attr-defined]  # a multiprocessing queue


def test_two_processes_at_once_freeze_one_edition(store_url: str, tmp_path: Path) -> None:
    with open_store(store_url) as store:
        crawl(store, "antara", *(article(number) for number in range(1, 6)))
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(2), context.Queue()
    workers = [context.Process(target=_build_in_process, args=(store_url, tmp_path, gate, answers)) for _ in range(2)]
    for worker in workers:
        worker.start()
    seen = {answers.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join()
    assert len(seen) == 1
    with open_store(store_url) as store:
        assert len(store.editions.list("daily")) == 1


@pytest.mark.parametrize("stories", [1, 40])
def test_totals_of_the_frozen_edition_are_its_items(store: Store, tmp_path: Path, stories: int) -> None:
    crawl(store, "antara", *(article(number, hours_ago=number * 3) for number in range(1, stories + 1)))
    record = build(store, tmp_path)
    places = [item.place for item in store.editions.items(record.id)]
    totals = editions.content(record).totals
    assert (places.count("story"), places.count("older")) == (totals.articles, totals.older)
    assert len(places) == stories
