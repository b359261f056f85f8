"""Alerts in a real store: once for each story and rule, whoever tells, whatever is killed in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests import alerts, editions, messages
from digests.alerts import Bundle, bundles
from digests.mail import text_of
from digests.model import to_json
from digests.urgent import Urgent
from pipeline.config import AlertSettings, Settings
from pipeline.model import Member, Role, Story, WatchMatch
from pipeline.store import Store, Told
from tests.digests.examples import PERIOD, article
from tests.digests.world import FROZEN, crawl, outlets, settings

HOUR = timedelta(hours=1)
SET_UP = AlertSettings(outlets=2, within_hours=6)


@pytest.fixture
def told(tmp_path: Path) -> Settings:
    """Two outlets within six hours; the watch `amf` is urgent."""
    (tmp_path / "watches.toml").write_text('urgent = ["amf"]\n', encoding="utf-8")
    return settings(tmp_path).model_copy(update={"alerts": SET_UP})


def tell(store: Store, told: Settings, hours: float = 0) -> str | None:
    return alerts.tell(store, told, outlets(), now=FROZEN + hours * HOUR)


def news(store: Store, number: int, *names: str, watch: str = "mgmac") -> list[int]:
    """A story of that number that these outlets tell; its article ids."""
    ids: list[int] = []
    for place, name in enumerate(names):
        made = article(100 * number + place, outlet=name, hours_ago=2 - place / 10, event=1)
        made = replace(made, headline=f"Berita {number} dari {name}", watches=(WatchMatch(watch, 2023, "named"),))
        ids += [one.article_id for one in crawl(store, name, made, now=FROZEN - HOUR)]
    story = Story(f"s{number}", tuple(Member(n, Role.REPORT, "why") for n in ids), None)
    store.stories.replace([story], generation=store.stories.generation(), now=FROZEN)
    return ids


def reader(store: Store, address: str = "redaktur@kota.example", *watches: str) -> None:
    store.subscribers.add(address, "alerts", watches=watches, now=FROZEN)


def recipients(store: Store) -> list[tuple[str, str]]:
    """(period, recipient) of all messages."""
    periods = {one.id: one.period for one in store.editions.list()}
    return [(periods[one.edition_id], one.recipient) for one in store.deliveries.list()]


def test_a_story_is_told_once_and_says_what_it_is(store: Store, told: Settings) -> None:
    reader(store)
    news(store, 1, "antara", "inews")
    news(store, 2, "antara")
    assert tell(store, told) == "alerts: 1 told, 1 message(s) frozen"
    assert tell(store, told, hours=1) is None
    record = store.editions.get("alerts", f"{PERIOD}.0001")
    assert record is not None
    content = editions.content(record)
    assert (content.kind, content.coverage, content.period) == ("alert", (), PERIOD)
    assert [block.story_id for block in content.stories] == ["s1"]
    assert (content.totals.stories, content.totals.articles, content.totals.watched) == (1, 2, 0)
    (delivery,) = store.deliveries.list()
    text = text_of(store.deliveries.message(delivery.id))
    assert "Berita 1 dari antara" in text
    assert "Berita 2" not in text


def test_nobody_subscribed_is_nothing_told(store: Store, told: Settings) -> None:
    news(store, 1, "antara", "inews")
    assert tell(store, told) is None
    assert store.alerts.list() == []
    assert [one.rule for one in alerts.find(store, told, now=FROZEN)] == ["outlets"]


def test_a_further_rule_tells_a_story_again(store: Store, told: Settings) -> None:
    reader(store)
    ids = news(store, 1, "antara", watch="amf")
    assert tell(store, told) is not None
    (more,) = news(store, 3, "inews")
    members = tuple(Member(n, Role.REPORT, "why") for n in (*ids, more))
    store.stories.replace([Story("s1", members, None)], generation=store.stories.generation(), now=FROZEN)
    assert tell(store, told, hours=1) is not None
    assert [[one.rule for one in alert.told] for alert in store.alerts.list()] == [["outlets"], ["watch:amf"]]


def test_what_an_edition_told_is_no_alert(store: Store, told: Settings) -> None:
    reader(store)
    news(store, 1, "antara", "inews")
    editions.build(store, told, outlets(), PERIOD, "daily", now=FROZEN)
    assert tell(store, told, hours=1) is None


def test_what_a_person_rejected_or_dropped_is_no_alert(store: Store, told: Settings) -> None:
    reader(store)
    first, _ = news(store, 1, "antara", "inews")
    news(store, 2, "antara", "inews")
    store.articles.correct(first, "reject", reason="an advertisement", actor="Ani", now=FROZEN)
    store.drafts.decide("daily", PERIOD.isoformat(), "drop", "s2", actor="Ani", now=FROZEN)
    assert tell(store, told) is None


def test_readers_get_what_they_chose(store: Store, told: Settings) -> None:
    reader(store, "semua@kota.example")
    reader(store, "amf@kota.example", "amf")
    reader(store, "mgmac@kota.example", "mgmac")
    news(store, 1, "antara", watch="amf")
    tell(store, told)
    assert sorted(recipients(store)) == [
        (f"{PERIOD}.0001", "amf@kota.example"),
        (f"{PERIOD}.0001", "semua@kota.example"),
    ]


def test_killed_before_its_messages_were_frozen_it_goes_on(store: Store, told: Settings) -> None:
    """The alert is committed, then the process is gone; the next one freezes its messages and tells nothing twice."""
    reader(store)
    news(store, 1, "antara", "inews")
    (found,) = alerts.find(store, told, now=FROZEN)
    content = alerts.content_of(store, told, outlets(), Bundle((found,)), now=FROZEN)
    ledger = [Told(found.rule, found.story_id, found.articles)]
    alert = store.alerts.tell("alerts", PERIOD, to_json(content), ledger, now=FROZEN)
    record = store.editions.get("alerts", alert.period)
    assert record is not None
    messages.freeze(store, told, record, now=FROZEN)  # … and between the messages and the mark that they are frozen
    assert tell(store, told) == "alerts: 0 told, 1 message(s) frozen"
    assert len(store.deliveries.list()) == 1
    assert tell(store, told) is None


def test_two_schedulers_at_once_tell_once(store: Store, told: Settings) -> None:
    reader(store)
    for number in range(1, 4):
        news(store, number, "antara", "inews")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: tell(store, told), range(4)))
    tell(store, told)
    rules = [(one.rule, one.story_id) for alert in store.alerts.list() for one in alert.told]
    assert sorted(rules) == [("outlets", "s1"), ("outlets", "s2"), ("outlets", "s3")]
    assert len(recipients(store)) == len(set(recipients(store))) == len(store.alerts.list())


def test_a_flood_is_one_summary_and_an_hour_has_a_bound(store: Store, told: Settings) -> None:
    few = told.model_copy(update={"alerts": SET_UP.model_copy(update={"per_hour": 2})})
    reader(store)
    for number in range(1, 6):
        news(store, number, "antara", "inews")
    assert tell(store, few) == "alerts: 5 told, 1 message(s) frozen"
    news(store, 6, "antara", "inews")
    assert tell(store, few) == "alerts: 1 told, 1 message(s) frozen"
    news(store, 7, "antara", "inews")
    assert tell(store, few) is None  # it waits
    assert tell(store, few, hours=1.1) == "alerts: 1 told, 1 message(s) frozen"


def found(*stories: str) -> tuple[Urgent, ...]:
    return tuple(Urgent(story, "outlets", FROZEN, (number,), 2) for number, story in enumerate(stories))


@pytest.mark.parametrize(
    ("stories", "room", "mails"),
    [
        ((), 3, []),
        (("s1",), 0, []),
        (("s1",), -1, []),
        (("s1", "s2"), 3, [("s1",), ("s2",)]),
        (("s1", "s1"), 1, [("s1",)]),
        (("s1", "s2", "s3"), 2, [("s1", "s2", "s3")]),
    ],
    ids=["nothing", "no-room", "less-than-none", "one-each", "one-story-by-two-rules", "a-flood"],
)
def test_how_mails_are_bundled(stories: tuple[str, ...], room: int, mails: list[tuple[str, ...]]) -> None:
    assert [bundle.stories for bundle in bundles(found(*stories), room)] == mails
