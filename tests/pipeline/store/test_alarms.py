"""Alarms open, go on, close, and are told once each."""

from __future__ import annotations

from datetime import timedelta

from pipeline.health import Alarm
from pipeline.model import FailureClass
from pipeline.store import Store
from tests.pipeline.store.build import NOW, start

HOUR = timedelta(hours=1)
HEADLINE = Alarm(
    "kota", FailureClass.LAYOUT, "headline", "headline is missing in 6 of 6 articles", "Wali kota", "nothing"
)
DATE = Alarm("kota", FailureClass.DATE, "date_published", "6 of 6 dates are 1 January")
ROBOTS = Alarm("kantor", FailureClass.ROBOTS, "outlet", "robots.txt answered 503")


def test_an_alarm_opens_once_and_goes_on(store: Store) -> None:
    first, second = start(store), start(store)
    opened, closed = store.alarms.settle("kota", first.id, [HEADLINE, DATE], [], now=NOW)
    assert [(record.subject, record.opened_at, record.opened_run) for record in opened] == [
        ("headline", NOW, first.id),
        ("date_published", NOW, first.id),
    ]
    assert closed == []
    later = Alarm(
        "kota", FailureClass.LAYOUT, "headline", "headline is missing in 9 of 9 articles", None, "still nothing"
    )
    assert store.alarms.settle("kota", second.id, [later, DATE], [], now=NOW + HOUR) == ([], [])
    record = store.alarms.open("kota")[0]
    assert (record.opened_at, record.seen_at, record.opened_run) == (NOW, NOW + HOUR, first.id)
    assert (record.detail, record.last_good, record.present) == (later.detail, "Wali kota", "still nothing")


def test_only_what_was_shown_to_be_well_is_closed(store: Store) -> None:
    run = start(store)
    store.alarms.settle("kota", run.id, [HEADLINE, DATE], [], now=NOW)
    store.alarms.settle("kantor", run.id, [ROBOTS], [], now=NOW)
    assert store.alarms.settle("kota", run.id, [], [], now=NOW + HOUR) == ([], [])
    opened, closed = store.alarms.settle("kota", run.id, [], [DATE.key, ROBOTS.key], now=NOW + HOUR)
    assert (opened, [record.subject for record in closed]) == ([], ["date_published"])
    assert [record.key for record in store.alarms.open()] == [ROBOTS.key, HEADLINE.key]
    assert [record.key for record in store.alarms.list("kota")] == [DATE.key, HEADLINE.key]
    assert [record.key for record in store.alarms.list("kota", since=NOW + 2 * HOUR)] == [HEADLINE.key]
    assert [record.closed_at for record in store.alarms.close([closed[0].id], NOW + 2 * HOUR)] == []


def test_what_closed_can_open_anew(store: Store) -> None:
    run = start(store)
    store.alarms.settle("kota", run.id, [DATE], [], now=NOW)
    store.alarms.settle("kota", run.id, [], [DATE.key], now=NOW + HOUR)
    opened, _ = store.alarms.settle("kota", run.id, [DATE], [], now=NOW + 2 * HOUR)
    assert [record.opened_at for record in opened] == [NOW + 2 * HOUR]
    assert len(store.alarms.list("kota")) == 2


def test_an_alarm_is_told_when_it_opens_and_when_it_closes(store: Store) -> None:
    run = start(store)
    store.alarms.settle("kota", run.id, [HEADLINE], [], now=NOW)
    assert [record.subject for record in store.alarms.take_untold(NOW)] == ["headline"]
    assert store.alarms.take_untold(NOW + HOUR) == []
    store.alarms.settle("kota", run.id, [], [HEADLINE.key], now=NOW + HOUR)
    (told,) = store.alarms.take_untold(NOW + 2 * HOUR)
    assert told.closed_at == NOW + HOUR
    assert store.alarms.take_untold(NOW + 3 * HOUR) == []


def test_what_could_not_be_told_is_told_again(store: Store) -> None:
    run = start(store)
    store.alarms.settle("kota", run.id, [HEADLINE], [], now=NOW)
    taken = store.alarms.take_untold(NOW)
    store.alarms.give_back(taken)
    assert store.alarms.take_untold(NOW + HOUR) == taken


def test_one_that_came_and_went_untold_is_told_once(store: Store) -> None:
    run = start(store)
    store.alarms.settle("kota", run.id, [HEADLINE], [], now=NOW)
    store.alarms.settle("kota", run.id, [], [HEADLINE.key], now=NOW + HOUR)
    (told,) = store.alarms.take_untold(NOW + 2 * HOUR)
    assert told.closed_at
    assert store.alarms.take_untold(NOW + 3 * HOUR) == []
