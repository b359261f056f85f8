"""What an edition is told of those before it: in one summary each, whatever froze them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, text

from digests import editions
from digests.compose import compose
from digests.facts import edition_facts, report_facts
from digests.known import EditionFacts
from digests.past import summary
from pipeline.model import Member, Role, RunState, Story
from pipeline.store import EditionRecord, Store
from tests.digests.examples import PERIOD, article
from tests.digests.recounting import faults
from tests.digests.world import FROZEN, crawl, outlets, settings

DAY = timedelta(days=1)
MOMENT = timedelta(minutes=1)


def build(store: Store, home: Path, days: int) -> EditionRecord:
    return editions.build(store, settings(home), outlets(), PERIOD + days * DAY, "daily", now=FROZEN + days * DAY)


def facts_of(store: Store, home: Path, days: int) -> EditionFacts:
    now = FROZEN + days * DAY
    return edition_facts(store, settings(home), outlets(), PERIOD + days * DAY, "daily", now=now)


def test_an_edition_is_kept_with_its_summary_or_read_again(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    content = editions.content(build(store, tmp_path, 0))
    assert facts_of(store, tmp_path, 1).past == (summary(content),)
    _forget(store, "UPDATE editions SET summary = NULL")  # frozen before there were summaries
    assert facts_of(store, tmp_path, 1).past == (summary(content),)


def test_an_edition_that_nobody_can_read_any_more_is_passed_over(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    build(store, tmp_path, 0)
    _forget(store, "UPDATE editions SET summary = '[1]', content = '{}'")
    facts = facts_of(store, tmp_path, 1)
    assert facts.past == ()
    assert facts.since == FROZEN
    assert facts.articles == ()


def _forget(store: Store, statement: str) -> None:
    with store.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_what_an_unread_outlet_published_before_the_freeze_is_late(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    crawl(store, "inews", state=RunState.FAILED)
    build(store, tmp_path, 0)
    morning = FROZEN + DAY - MOMENT
    crawl(store, "inews", article(2, outlet="inews", event=1), now=morning)
    crawl(store, "antara", article(3, event=2), article(4, hours_ago=-5, event=3), now=morning)
    crawl(store, "inews", article(5, outlet="inews", hours_ago=-5, event=4), now=morning)
    content = editions.content(build(store, tmp_path, 1))
    late = [place.article_id for block in content.stories for place in block.placements if place.late]
    assert late == [2]
    assert content.totals.late == 1
    assert faults(content) == []


def test_what_has_no_place_waits_for_the_next_edition(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1), article(2, event=1))
    store.stories.replace([Story("s1", (Member(1, Role.ORIGIN, "first"),), origin=1)], generation=0, now=FROZEN)

    def build_with(place: object, days: int) -> list[int]:
        record = editions.build(
            store, settings(tmp_path), outlets(), PERIOD + days * DAY, "daily",
            place=lambda: place, now=FROZEN + days * DAY,
        )  # fmt: skip
        content = editions.content(record)
        return [place.article_id for block in content.stories for place in block.placements]

    assert build_with(None, 0) == [1]  # they are placed elsewhere just now
    store.stories.replace([Story("s2", (Member(2, Role.ORIGIN, "first"),), origin=2)], generation=1, now=FROZEN)
    assert build_with("placed", 1) == [2]


def test_a_morning_is_not_late_for_articles_that_keep_coming(store: Store, tmp_path: Path) -> None:
    numbers = iter(range(1, 100))

    def place() -> str:
        number = next(numbers)
        crawl(store, "antara", article(number, event=number % 14), now=FROZEN - MOMENT)
        return "placed all that was there"

    record = editions.build(store, settings(tmp_path), outlets(), PERIOD, "daily", place=place, now=FROZEN)
    assert editions.content(record).stories == ()
    assert next(numbers) <= 4


def test_a_word_of_an_editor_that_came_while_composing_is_heeded(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    store.stories.replace([Story("s1", (Member(1, Role.ORIGIN, "first"),), origin=1)], generation=0, now=FROZEN)
    said: list[int] = []

    def speak() -> None:
        if not said:
            said.append(1)
            store.drafts.decide("daily", PERIOD.isoformat(), "pin", "s1", None, actor="budi", now=FROZEN)

    with _before_freezing(store, speak):
        record = build(store, tmp_path, 0)
    assert editions.content(record).stories[0].pinned


@contextmanager
def _before_freezing(store: Store, act: Callable[[], object]) -> Iterator[None]:
    """Whatever is read of past editions, `act` is done just before."""

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "summary" in statement and statement.startswith("SELECT"):
            act()

    event.listen(store.database.engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(store.database.engine, "before_cursor_execute", listen)


def test_the_number_of_statements_does_not_grow_with_the_stories(store: Store, tmp_path: Path) -> None:
    counts = []
    for days, number in ((0, 2), (1, 20)):
        pages = [article(100 * days + one, hours_ago=2 - 24 * days, event=one) for one in range(number)]
        made = crawl(store, "antara", *pages, now=FROZEN + days * DAY - MOMENT)
        stories = [
            Story(f"s{one.article_id}", (Member(one.article_id, Role.ORIGIN, "first"),), origin=one.article_id)
            for one in made
        ]
        store.stories.replace(stories, generation=days, now=FROZEN)
        statements: list[str] = []
        with _counting(store, statements):
            build(store, tmp_path, days)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 6  # what there is to ask of the edition before


@contextmanager
def _counting(store: Store, statements: list[str]) -> Iterator[None]:
    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(store.database.engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(store.database.engine, "before_cursor_execute", listen)


def test_what_is_read_in_brief_composes_to_the_same(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", *(article(number, event=number) for number in range(1, 15)))
    store.tones.override(3, "body", "negatif", reason="dibaca", actor="budi", now=FROZEN)
    facts = facts_of(store, tmp_path, 0)
    whole = tuple(store.articles.many([stored.id for stored in facts.articles]))
    assert len(whole) == 14
    assert compose(facts) == compose(replace(facts, articles=whole))
    assert {block.placements[0].tone for block in compose(facts).stories} == {"positif", "netral", "negatif"}


def test_own_cities_are_the_gazetteers_and_a_first_edition_covers_a_day_or_a_week(store: Store, tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    digest = chosen.digest.model_copy(update={"cities": ("kota bandung", "Hà Nội", "Negeri Antah", "Bandung")})
    facts = edition_facts(store, chosen.model_copy(update={"digest": digest}), outlets(), PERIOD, "daily", now=FROZEN)
    assert facts.own_cities == ("Bandung", "Hanoi", "Negeri Antah")
    weekly = edition_facts(store, chosen, outlets(), PERIOD, "daily-weekly", now=FROZEN)
    assert (facts.since, weekly.since, weekly.past) == (FROZEN - DAY, FROZEN - 7 * DAY, ())


def test_a_report_knows_no_edition(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1))
    build(store, tmp_path, 0)
    facts = report_facts(store, settings(tmp_path), outlets(), FROZEN - DAY, until=FROZEN, list_name="daily")
    content = compose(facts)
    assert (content.trends, content.corrections, content.totals.articles) == ((), (), 1)
    assert faults(content) == []


def test_what_another_edition_takes_meanwhile_is_told_there(store: Store, tmp_path: Path) -> None:
    def take() -> None:
        waiting = [(one.version_id, "story") for one in store.editions.unsent("daily")]
        if waiting:
            store.editions.freeze("daily", "another", {}, waiting, FROZEN)

    crawl(store, "antara", article(1))
    with _before_freezing(store, take):
        record = build(store, tmp_path, 0)
    assert editions.content(record).stories == ()
    assert store.editions.items(record.id) == []
