"""The assembler under kills, races and persons: nothing is lost, nothing told twice, no word forgotten."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from pipeline import assemble as assembler
from pipeline.assemble import LEASE, Assembled, assemble, reassemble
from pipeline.errors import KlipingError, LeasedError
from pipeline.model import Article, Story
from pipeline.origins import order_key
from pipeline.store import StaleError, Store, open_store, story_history
from tests.pipeline.assembling import NOW, keep, members, named, partition, report, stored, story_of, text_of

pytestmark = pytest.mark.usefixtures("read_once")
DAY = timedelta(days=1)
Pass = Callable[..., Assembled]
EVENTS = [
    [report(f"a{n}", text_of(n), published=NOW - timedelta(hours=90 - n)),
     report(f"b{n}", text_of(n), outlet="harian", published=NOW - timedelta(hours=80 - n)),
     report(f"c{n}", text_of(n, 1), outlet="kabar", published=NOW - timedelta(hours=70 - n))]
    for n in range(5)
]  # fmt: skip
ALL = [one for event in EVENTS for one in event]
WANTED = {frozenset(one.canonical_url for one in event) for event in EVENTS}


def fill(store: Store) -> list[int]:
    return [keep(store, one) for one in ALL]


@pytest.mark.parametrize("one_pass", [assemble, reassemble])
@pytest.mark.parametrize("place", ["extend", "tell", "changes"])
def test_killed_while_it_computes_it_leaves_what_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, one_pass: Pass, place: str
) -> None:
    fill(store)
    with monkeypatch.context() as patch:
        patch.setattr(assembler, place, _killed)
        with suppress(KeyboardInterrupt):
            one_pass(store, NOW)
    assert store.leases.held(LEASE, NOW) is None
    one_pass(store, NOW)
    reassemble(store, NOW)
    assert partition(store) == WANTED
    assert store.stories.changes() == []


@pytest.mark.parametrize("place", ["record", "add_night"])
def test_killed_while_it_writes_neither_stories_nor_record_are_there(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    numbers = fill(store)
    assemble(store, NOW)
    before = {number: story_of(store, number) for number in numbers}
    keep(store, replace(ALL[1], article_body=(text_of(8),)))
    with monkeypatch.context() as patch:
        patch.setattr(story_history, place, _killed)
        with pytest.raises(KeyboardInterrupt):
            reassemble(store, NOW, period="2026-11-18")
    assert {number: story_of(store, number) for number in numbers} == before
    assert (store.stories.changes(), store.stories.night()) == ([], None)
    assert reassemble(store, NOW, period="2026-11-18").split == 1
    assert len(store.stories.changes()) == 1
    assert store.stories.night("2026-11-18") is not None


def test_killed_between_two_portions_it_goes_on_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = fill(store)
    monkeypatch.setattr(assembler, "PORTION", 4)
    steps: list[int] = []

    def told(placed: int, _total: int) -> None:
        steps.append(placed)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assemble(store, NOW, told=told)
    assert store.placements.unplaced_count() == len(numbers) - 8
    assert assemble(store, NOW).placed == len(numbers) - 8
    reassemble(store, NOW)
    assert partition(store) == WANTED


@pytest.mark.parametrize(("one_pass", "place"), [(assemble, "extend"), (reassemble, "tell")])
def test_it_reads_again_when_a_person_was_faster(
    store: Store, monkeypatch: pytest.MonkeyPatch, one_pass: Pass, place: str
) -> None:
    numbers = fill(store)
    compute, calls = getattr(assembler, place), []

    def raced(*given: object, **named_ones: object) -> tuple[Story, ...]:
        calls.append(given)
        if len(calls) == 1:
            store.articles.correct(numbers[0], "reject", "not ours", "Sari", NOW)
        found: tuple[Story, ...] = compute(*given, **named_ones)
        return found

    monkeypatch.setattr(assembler, place, raced)
    one_pass(store, NOW)
    assert len(calls) == 2
    assert all(numbers[0] not in members(story) for story in store.stories.list())


def test_it_gives_up_in_one_line_when_the_stories_keep_changing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = keep(store, ALL[0])

    def raced(*_: object, **__: object) -> tuple[Story, ...]:
        store.decisions.decide("pin", [(number,)], actor="Sari", now=NOW)
        return ()

    monkeypatch.setattr(assembler, "extend", raced)
    with pytest.raises(StaleError, match="assemble them again"):
        assemble(store, NOW)
    assert store.leases.held(LEASE, NOW) is None


def test_a_second_assembler_is_refused_when_there_is_work(store: Store) -> None:
    store.leases.claim(LEASE, "another", timedelta(minutes=5), NOW)
    assert assemble(store, NOW) == Assembled(), "nothing to do, no lease"
    keep(store, ALL[0])
    for one_pass in (assemble, reassemble):
        with pytest.raises(LeasedError, match="another"):
            one_pass(store, NOW)


def test_two_at_once_tell_what_one_tells(store_url: str) -> None:
    with open_store(store_url) as store:
        fill(store)

        def work() -> None:
            with open_store(store_url) as own:
                for one_pass in (assemble, reassemble, assemble):
                    with suppress(LeasedError):
                        one_pass(own, NOW)

        threads = [Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        reassemble(store, NOW)
        assert partition(store) == WANTED
        assert store.stories.changes() == []


def test_words_of_persons_hold_through_five_nights_new_articles_and_new_readings(store: Store) -> None:
    numbers = fill(store)
    assemble(store, NOW)
    a, b, c = numbers[:3]
    x, y = numbers[3], numbers[6]
    store.decisions.decide("apart", [(a,), (b, c)], actor="Sari", now=NOW)
    store.decisions.decide("together", [(x,), (y,)], actor="Sari", now=NOW)
    rejected = numbers[12]
    store.articles.correct(rejected, "reject", "not ours", "Sari", NOW)
    assert assemble(store, NOW).changed > 0, "at once"
    for night in range(1, 6):
        keep(store, report(f"baru{night}", text_of(20 + night), published=NOW + night * DAY), NOW + night * DAY)
        again = replace(ALL[night], article_body=(text_of(30 + night),))
        keep(store, again, NOW + night * DAY, code=f"code{night}")
        for one_pass in (assemble, reassemble, assemble):
            one_pass(store, NOW + night * DAY)
            assert story_of(store, a).id != story_of(store, b).id
            assert story_of(store, b) == story_of(store, c)
            assert story_of(store, x) == story_of(store, y)
            assert all(rejected not in members(story) for story in store.stories.list())
    acts = {(entry.actor, entry.action) for entry in store.audit.list(limit=None)}
    assert {("assembler", "story.split"), ("assembler", "story.merge"), ("Sari", "reject")} <= acts


def test_a_word_on_one_story_changes_no_other(store: Store) -> None:
    numbers = fill(store)
    assemble(store, NOW)
    others = {number: story_of(store, number) for number in numbers[3:]}
    copy = story_of(store, numbers[1])
    split = store.decisions.decide("apart", [(numbers[0], numbers[2]), (numbers[1],)], actor="Sari", now=NOW)
    assert assemble(store, NOW).split == 1
    assert {number: story_of(store, number) for number in numbers[3:]} == others
    store.decisions.undo(split.id, actor="Sari", now=NOW)
    assert assemble(store, NOW).merged == 1
    assert story_of(store, numbers[1]) == copy, "roles and reasons too"


def test_a_word_on_a_story_far_older_than_the_window_holds_at_once(store: Store) -> None:
    numbers = fill(store)
    assemble(store, NOW)
    later = NOW + 400 * DAY
    keep(store, report("baru", text_of(40), published=later), later)
    assemble(store, later)
    store.decisions.decide("apart", [(numbers[0], numbers[1]), (numbers[2],)], actor="Sari", now=later)
    assemble(store, later)
    assert members(story_of(store, numbers[2])) == {numbers[2]}


# --- any sequence of what may happen ---------------------------------------------------------------------------------

STEPS = ["add", "add", "add", "change", "reject", "withhold", "undo", "together", "apart", "forget", "place", "night"]


class World:
    """A store and all that may happen to it; checks what must hold after each pass."""

    def __init__(self, store: Store) -> None:
        self.store, self.bearers = store, dict[str, set[int]]()
        self.numbers: list[int] = []
        self.waiting: list[Article] = list(ALL)

    def do(self, step: str, chance: random.Random) -> None:
        store = self.store
        if step == "add" and self.waiting:
            self.numbers.append(keep(store, self.waiting.pop(chance.randrange(len(self.waiting)))))
        elif step in {"place", "night"}:
            (assemble if step == "place" else reassemble)(store, NOW)
            self.check()
        elif len(self.numbers) > 1:
            with suppress(KlipingError):  # nothing to undo, or no such decision
                self.decide(step, *chance.sample(self.numbers, 2))

    def decide(self, step: str, a: int, b: int) -> None:
        store = self.store
        if step == "change":
            keep(store, replace(stored(store, a).article, article_body=(text_of(50 + b),)))
        elif step in {"reject", "withhold"}:
            store.articles.correct(a, step, "why", "Sari", NOW)
        elif step == "undo":
            store.articles.undo_correction(a, "reject", "Sari", NOW)
        elif step == "forget":
            store.decisions.undo(b % 3 + 1, actor="Sari", now=NOW)
        else:
            store.decisions.decide(step, [(a,), (b,)], actor="Sari", now=NOW)

    def check(self) -> None:
        """Every article in scope is in one story, no other is; every name ever borne leads to a story, or to none."""
        stories = self.store.stories.list()
        placed = [number for story in stories for number in members(story)]
        in_scope = [number for number in self.numbers if stored(self.store, number).disposition == "kept"]
        assert sorted(placed) == sorted(in_scope)
        for story in stories:
            first = min(members(story), key=lambda number: order_key(stored(self.store, number)))
            bearer = self.bearers.setdefault(story.id, {first})
            assert story.origin in members(story) or story.origin is None
            assert all(m.copy_of in members(story) for m in story.members if m.copy_of is not None)
            assert story.continues != story.id
            bearer |= members(story)
        for name in self.bearers:
            found = self.store.stories.get(name)
            assert found is None or found in stories
        self.record(stories)

    def record(self, stories: list[Story]) -> None:
        """The last change of an article that has not come anew since says where it is."""
        names = {story.id for story in stories}
        for change in self.store.stories.changes():
            assert change.story != change.into
            assert change.reason
            assert change.story not in names or named(self.store, change.story).id == change.story


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=5, max_size=25), seed=st.integers(0, 999))
def test_what_holds_after_any_sequence(sqlite_url: str, tmp_path: Path, steps: list[str], seed: int) -> None:
    file = tmp_path / "one.sqlite"
    for old in tmp_path.glob("one.sqlite*"):
        old.unlink()
    copyfile(make_url(sqlite_url).database or "", file)
    with open_store(f"sqlite:///{file}") as store:
        world, chance = World(store), random.Random(seed)
        for step in [*steps, "place", "night"]:
            world.do(step, chance)


def _killed(*_: object, **__: object) -> tuple[Story, ...]:
    raise KeyboardInterrupt
