"""The ledger of alerts: by one rule an article is told to a list once, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.model import Run
from pipeline.store import StaleError, Store, Told
from tests.pipeline.store.build import MINUTE, NOW, kept, start

LIST, DAY = "alerts", date(2026, 11, 22)
CONTENT = {"kind": "alert"}


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


@pytest.fixture
def ids(store: Store, run: Run) -> list[int]:
    return [kept(store, run, n).article_id for n in range(1, 4)]


def test_an_alert_is_an_edition_of_its_list_with_a_number_of_the_day(store: Store, ids: list[int]) -> None:
    told = (Told("watch:mgmac", "s1", (ids[0], ids[1])), Told("outlets", "s1", (ids[0], ids[1])))
    first = store.alerts.tell(LIST, DAY, CONTENT, told, now=NOW)
    second = store.alerts.tell(LIST, DAY, CONTENT, [Told("outlets", "s2", (ids[2],))], now=NOW + MINUTE)
    assert (first.period, second.period) == ("2026-11-22.0001", "2026-11-22.0002")
    assert set(first.told) == set(told)
    edition = store.editions.get(LIST, first.period)
    assert edition is not None
    assert (edition.id, edition.content, edition.frozen_at) == (first.edition_id, CONTENT, NOW)
    assert store.alerts.list() == [second, first]
    assert store.alerts.list("other") == []
    assert store.alerts.count(LIST, NOW) == 1


@pytest.mark.parametrize("again", [(0,), (0, 1), (1, 2)], ids=["one-of-them", "the-same", "grown"])
def test_a_story_is_told_once_by_a_rule_whatever_it_has_become(
    store: Store, ids: list[int], again: tuple[int, ...]
) -> None:
    articles = tuple(ids[n] for n in again)
    store.alerts.tell(LIST, DAY, CONTENT, [Told("outlets", "s1", (ids[0], ids[1]))], now=NOW)
    with pytest.raises(StaleError, match="told at once already"):
        store.alerts.tell(
            LIST, DAY, CONTENT, [Told("watch:mgmac", "s2", articles), Told("outlets", "s2", articles)], now=NOW
        )
    assert len(store.alerts.list()) == len(store.editions.list()) == 1  # nothing of the second is there
    assert store.alerts.ledger(LIST, ids) == {("outlets", ids[0]), ("outlets", ids[1])}
    store.alerts.tell(
        "other", DAY, CONTENT, [Told("outlets", "s2", articles)], now=NOW
    )  # another list is another ledger


def test_an_alert_waits_for_its_messages_until_they_are_frozen(store: Store, ids: list[int]) -> None:
    alert = store.alerts.tell(LIST, DAY, CONTENT, [Told("outlets", "s1", (ids[0],))], now=NOW)
    assert store.alerts.unmailed(LIST) == [alert]
    store.alerts.mailed(alert.id, NOW + MINUTE)
    assert store.alerts.unmailed(LIST) == []
    assert store.alerts.list()[0].mailed_at == NOW + MINUTE


def test_which_articles_an_edition_told_and_when(store: Store, ids: list[int]) -> None:
    versions = [stored.version_id for stored in store.articles.many(ids)]
    store.editions.freeze("daily", "2026-11-21", {}, [(versions[0], "story"), (versions[1], "older")], now=NOW)
    assert store.alerts.in_editions("daily", ids) == {ids[0]: NOW}
    assert store.alerts.in_editions("other", ids) == {}
