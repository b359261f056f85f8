"""Stories: what the assembler reads and writes, and persons' decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from pipeline.model import Member, Role, Run, Story
from pipeline.store import ArticleFilter, StaleError, Store, open_store
from pipeline.store.story_records import Night
from pipeline.story_changes import Change, ChangeAction
from tests.pipeline.store.build import NO_WATCH, NOW, article, keep, kept, listed, read, start, url
from tests.pipeline.store.test_decisions import OLDER, bring_to

DAY = timedelta(days=1)


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


def member(article_id: int, role: Role = Role.REPORT, copy_of: int | None = None) -> Member:
    return Member(article_id, role, "it tells the same event", copy_of)


def story(name: str, *members: Member, origin: int | None = None, continues: str | None = None) -> Story:
    return Story(name, members, origin, continues)


def replace(store: Store, *stories: Story) -> int:
    return store.stories.replace(stories, generation=store.stories.generation(), now=NOW)


def ids(stories: Sequence[Story]) -> list[str]:
    return [one.id for one in stories]


def test_replace_then_get_and_list(store: Store, run: Run) -> None:
    a = kept(store, run, 1, date_published=NOW - 3 * DAY).article_id
    b = kept(store, run, 2, date_published=NOW - 2 * DAY).article_id
    c = kept(store, run, 3, date_published=NOW - 9 * DAY).article_id
    first = story("s1", member(a, Role.ORIGIN), member(b, Role.COPY, a), origin=a)
    second = story("s3", member(c), continues="s1")
    assert replace(store, first, second) == 1
    assert store.stories.get("s1") == first
    assert store.stories.list() == [first, second]
    assert ids(store.stories.list(since=NOW - 4 * DAY)) == ["s1"]
    assert ids(store.stories.list(until=NOW - 4 * DAY)) == ["s3"]
    assert ids(store.stories.list(limit=1)) == ["s1"]
    one = store.articles.get(b)
    assert one is not None
    assert (one.story_id, one.copy_of) == ("s1", a)
    assert [found.id for found in store.articles.find(ArticleFilter(story="s1"))] == [b, a]
    assert store.stories.get("s2") is None


def test_a_story_that_loses_all_members_answers_with_its_successor(store: Store, run: Run) -> None:
    a, b, c = (kept(store, run, n).article_id for n in (1, 2, 3))
    replace(store, story("s1", member(a)), story("s2", member(b)), story("s3", member(c)))
    replace(store, story("s1", member(a), member(b)))
    replace(store, story("s0", member(a), member(b), member(c)))
    for name in ("s1", "s2", "s3"):
        found = store.stories.get(name)
        assert found is not None
        assert found.id == "s0"
    assert ids(store.stories.list()) == ["s0"]
    replace(store, story("s0", member(a)), story("s2", member(b), member(c)))
    found = store.stories.get("s2")
    assert found is not None
    assert found.id == "s2"
    assert ids(store.stories.list()) == ["s0", "s2"]


def test_articles_outside_the_window_stay_in_their_story(store: Store, run: Run) -> None:
    old = kept(store, run, 1, date_published=NOW - 30 * DAY).article_id
    new = kept(store, run, 2, date_published=NOW).article_id
    replace(store, story("s1", member(old), member(new)))
    replace(store, story("s2", member(new)))
    assert store.stories.get("s1") == story("s1", member(old))
    assert ids(store.stories.list(since=NOW - DAY)) == ["s2"]


def test_what_is_no_longer_in_scope_leaves_at_once(store: Store, run: Run) -> None:
    a, b = (kept(store, run, n).article_id for n in (1, 2))
    replace(store, story("s1", member(a, Role.ORIGIN), member(b, Role.COPY, a), origin=a))
    store.articles.correct(a, "withhold", "asked by the outlet", "Ani", NOW)
    found = store.stories.get("s1")
    assert found is not None
    assert ([one.article_id for one in found.members], found.origin) == ([b], None)
    keep(store, None, article(url(2)), verdict=NO_WATCH, code="code2")
    assert store.stories.get("s1") is None
    assert store.stories.list() == []
    replace(store)
    store.articles.undo_correction(a, "withhold", "Ani", NOW)
    assert store.stories.get("s1") is None, "it comes back when stories are assembled"


def test_replace_with_an_old_generation_is_refused(store: Store, run: Run) -> None:
    a = kept(store, run, 1).article_id
    before = store.stories.generation()
    replace(store, story("s1", member(a)))
    with pytest.raises(StaleError, match="assemble them again"):
        store.stories.replace([story("s2", member(a))], generation=before, now=NOW)
    assert ids(store.stories.list()) == ["s1"]
    before = store.stories.generation()
    store.articles.correct(a, "reject", "not ours", "Ani", NOW)
    with pytest.raises(StaleError):
        store.stories.replace([], generation=before, now=NOW)


def test_what_waits_for_a_place_and_what_has_one(store: Store, run: Run) -> None:
    a = kept(store, run, 1, date_published=NOW - 30 * DAY).article_id
    b = kept(store, run, 2, date_published=NOW).article_id
    c = kept(store, run, 3, date_published=NOW - DAY).article_id
    store.ledger.record_listing(run.id, read(listed(url(4))), NOW)
    keep(store, run, article(url(4)), verdict=NO_WATCH)
    placements = store.placements
    assert [number for number, _ in placements.unplaced()] == [a, c, b]
    assert placements.unplaced(1) == [(a, NOW - 30 * DAY)]
    assert (placements.unplaced_count(), placements.dated(NOW - 90 * DAY), placements.is_waiting()) == (3, [], True)
    replace(store, story("s1", member(a)), story("s2", member(b), member(c)))
    assert (placements.unplaced(), placements.is_waiting(), placements.misplaced()) == ([], False, {})
    assert placements.dated(NOW - DAY) == [(c, NOW - DAY), (b, NOW)]
    assert placements.dated(NOW - 90 * DAY, NOW - DAY) == [(a, NOW - 30 * DAY), (c, NOW - DAY)]
    assert placements.living(["s1", "s2", "s9"]) == {"s1", "s2"}
    store.articles.correct(c, "reject", "not ours", "Ani", NOW)
    assert (placements.is_waiting(), placements.misplaced()) == (True, {c: "s2"})
    replace(store)
    assert (placements.is_waiting(), placements.misplaced()) == (False, {})
    store.articles.undo_correction(c, "reject", "Ani", NOW)
    assert placements.unplaced() == [(c, NOW - DAY)]


def test_a_merged_story_answers_by_what_merged_it_and_is_continued_no_more(store: Store, run: Run) -> None:
    a, b, c, d = (kept(store, run, n).article_id for n in (1, 2, 3, 4))
    replace(store, story("s1", member(a)), story("s2", member(b), member(c)), story("s4", member(d), continues="s2"))
    merge = Change(ChangeAction.MERGE, "s2", "s4", (c,), "one event")
    move = Change(ChangeAction.MOVE, "s2", "s1", (b,), "another event")
    new = [story("s1", member(a), member(b)), story("s4", member(d), member(c))]
    store.stories.replace(new, generation=store.stories.generation(), changes=[merge, move], now=NOW)
    found = store.stories.get("s2")
    assert found is not None
    assert (found.id, found.continues) == ("s4", None)
    assert [(one.action, one.story, one.into, one.articles) for one in store.stories.changes()] == [
        (ChangeAction.MOVE, "s2", "s1", (b,)),
        (ChangeAction.MERGE, "s2", "s4", (c,)),
    ]
    assert len(store.stories.changes(story="s4")) == 2, "s2 is part of it"
    assert [one.articles for one in store.stories.changes(story="s1")] == [(b,)]
    assert store.stories.changes(story="s9") == []
    assert len(store.stories.changes(limit=1)) == 1


def test_another_story_goes_on_with_the_successor_of_the_one_it_continues(store: Store, run: Run) -> None:
    a, b, c = (kept(store, run, n).article_id for n in (1, 2, 3))
    replace(store, story("s1", member(a)), story("s2", member(b)), story("s3", member(c), continues="s2"))
    replace(store, story("s1", member(a), member(b)))
    assert [one.continues for one in store.stories.many(["s1", "s2", "s3"])] == [None, "s1"]


def test_changes_that_an_earlier_program_recorded_are_read(store: Store) -> None:
    store.audit.add("assembler", "story.merge", "story:s2", detail={"into": "s1"}, now=NOW)
    store.audit.add("assembler", "story.split", "story:s1", detail={"into": ["s1", "s3"]}, now=NOW)
    assert [(one.story, one.into, one.articles) for one in store.stories.changes()] == [
        ("s1", "s1, s3", ()),
        ("s2", "s1", ()),
    ]
    assert len(store.stories.changes(story="s3")) == 1


def test_what_is_refused_leaves_no_record(store: Store, run: Run) -> None:
    a = kept(store, run, 1).article_id
    change = Change(ChangeAction.SPLIT, "s1", "s2", (a,), "another event")
    night = Night("2026-11-20", NOW, 0, 1, 0)
    with pytest.raises(StaleError):
        store.stories.replace([story("s2", member(a))], generation=7, changes=[change], night=night, now=NOW)
    assert (store.stories.changes(), store.stories.night("2026-11-20")) == ([], None)


def test_the_articles_of_an_older_database_have_the_places_they_had(empty_url: str) -> None:
    bring_to(empty_url, "0007", OLDER)
    with open_store(empty_url) as store:
        assert [number for number, _ in store.placements.unplaced()] == [3]
        assert [number for number, _ in store.placements.dated(NOW - 9999 * DAY)] == [1, 2]
        assert store.placements.misplaced() == {}
