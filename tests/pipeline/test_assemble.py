"""The assembler over a real store: the newsroom's week arrives, is corrected, and is told anew at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from pipeline.assemble import WINDOW, Assembled, assemble, reassemble
from pipeline.model import Role
from pipeline.store import Store
from pipeline.story_changes import ChangeAction
from tests.pipeline.assembling import (
    NOW,
    WEEK,
    keep,
    keep_all,
    members,
    named,
    partition,
    report,
    story_of,
    text_of,
    told,
)

pytestmark = pytest.mark.usefixtures("read_once")
DAY = timedelta(days=1)
OPENING = "MGMAC-AMF 2026 dibuka, 38 kota ASEAN bahas suhu perkotaan"


def opening(numbers: dict[str, int]) -> int:
    return next(numbers[one.canonical_url] for one in WEEK if one.headline == OPENING and one.outlet == "antara")


def test_a_week_is_told_and_a_second_night_changes_nothing(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    done = assemble(store, NOW)
    assert (done.placed, done.articles) == (len(WEEK), len(WEEK))
    assert done.stories == len(told(store))
    night = reassemble(store, NOW)
    before = told(store)
    again = reassemble(store, NOW + timedelta(hours=1))
    assert (again.changed, again.articles, again.stories) == (0, night.articles, night.stories)
    assert told(store) == before
    assert {Role.ORIGIN, Role.COPY} < {m.role for m in story_of(store, opening(numbers)).members}


def test_without_anything_new_only_what_waits_is_asked_for(store: Store) -> None:
    keep_all(store, WEEK)
    first = assemble(store, NOW)
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]).strip())

    event.listen(store.database.engine, "before_cursor_execute", note)
    again = assemble(store, NOW)
    assert again == Assembled(generation=first.generation)
    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [one for one in statements if "extractions" in one or "fingerprint_keys" in one]
    assert len(statements) <= 10


def test_online_neither_renames_nor_reshuffles(store: Store) -> None:
    before: dict[str, frozenset[str]] = {}
    for start in range(0, len(WEEK), 30):
        keep_all(store, reversed(WEEK[start : start + 30]))
        assert assemble(store, NOW).changed == 0
        after = {name: addresses for name, (addresses, _) in told(store).items()}
        for name, addresses in before.items():
            assert addresses <= after[name]
        before = after
    assert store.stories.changes() == []


def test_an_older_article_found_later_joins_the_story_and_is_its_origin(store: Store) -> None:
    late = next(one for one in WEEK if one.headline == OPENING and one.outlet == "antara")
    numbers = keep_all(store, [one for one in WEEK if one is not late])
    assemble(store, NOW)
    reprint = next(one for one in WEEK if one.syndicated_from == "ANTARA" and one.outlet == "inews")
    old = story_of(store, numbers[reprint.canonical_url])
    number = keep(store, late)
    for one_pass in (assemble, reassemble):
        one_pass(store, NOW)
        new = story_of(store, number)
        assert new.id == old.id
        assert (new.origin, old.origin) == (number, old.origin)
        assert next(m.copy_of for m in new.members if m.article_id == numbers[reprint.canonical_url]) == number


def test_a_withheld_article_leaves_its_story_and_comes_back(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    reassemble(store, NOW)
    before = told(store)
    first = opening(numbers)
    everyone = members(story_of(store, first))
    store.articles.correct(first, "withhold", "asked by the outlet", "Sari", NOW)
    assemble(store, NOW)
    rest = story_of(store, min(everyone - {first}))
    assert members(rest) == everyone - {first}
    assert all(member.copy_of != first for member in rest.members)
    store.articles.undo_correction(first, "withhold", "Sari", NOW)
    assemble(store, NOW)
    assert told(store) == before


def test_a_rejected_article_stays_out_whatever_is_told_or_read_again(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    assemble(store, NOW)
    first = opening(numbers)
    one = next(one for one in WEEK if numbers[one.canonical_url] == first)
    store.articles.correct(first, "reject", "not ours", "Sari", NOW)
    for n in range(3):
        keep(store, replace(one, article_body=(*one.article_body, "Diralat.")), NOW + n * DAY, code=f"code{n}")
        assert assemble(store, NOW + n * DAY).changed == 0
        reassemble(store, NOW + n * DAY)
        assert one.canonical_url not in {address for story in partition(store) for address in story}


def test_a_reprint_of_a_text_older_than_the_window_joins_its_story_unchanged(store: Store) -> None:
    old = NOW - timedelta(days=60)
    first = report("asal", text_of(1), published=old)
    mate = report("rekan", "Wali kota lain menanam pohon di taman itu juga.", published=old)
    a, b = keep(store, first, old), keep(store, mate, old)
    store.decisions.decide("together", [(a,), (b,)], actor="Sari", now=old)
    assemble(store, old)
    name = story_of(store, a).id
    c = keep(store, report("cetak-ulang", text_of(1), outlet="harian"))
    for one_pass in (assemble, reassemble):
        one_pass(store, NOW)
        story = story_of(store, c)
        assert (story.id, members(story)) == (name, {a, b, c})
        assert next(member.copy_of for member in story.members if member.article_id == c) == a


def test_what_is_older_than_the_window_stays_as_it_was_told(store: Store) -> None:
    early, now = NOW - 20 * DAY, NOW
    a = keep(store, report("asal", text_of(1), published=early), early)
    b = keep(store, report("cetak", text_of(1), outlet="harian", published=early), early)
    reassemble(store, early)
    keep(store, report("cetak", text_of(2), outlet="harian", published=early), now)
    reassemble(store, now)
    assert members(story_of(store, b)) == {a, b}


def test_an_article_whose_text_changed_stays_by_day_and_is_told_anew_at_night(store: Store) -> None:
    a = keep(store, report("asal", text_of(1), published=NOW - 3 * DAY))
    b = keep(store, report("cetak", text_of(1), outlet="harian", published=NOW - 2 * DAY))
    assemble(store, NOW)
    first = story_of(store, a)
    assert members(first) == {a, b}
    keep(store, report("cetak", text_of(7), outlet="harian", published=NOW - 2 * DAY))
    assemble(store, NOW)
    assert members(story_of(store, b)) == {a, b}
    done = reassemble(store, NOW)
    assert (done.merged, done.split, done.moved) == (0, 1, 0)
    assert story_of(store, a).id == first.id
    (change,) = store.stories.changes()
    assert (change.action, change.story, change.into) == (ChangeAction.SPLIT, first.id, story_of(store, b).id)
    assert change.articles == (b,)


def test_of_merged_stories_the_one_with_the_oldest_article_keeps_its_name(store: Store) -> None:
    b = keep(store, report("dua", text_of(2), outlet="harian", published=NOW - 2 * DAY))
    a = keep(store, report("satu", text_of(1), published=NOW - 3 * DAY))
    assemble(store, NOW)
    old, young = story_of(store, a).id, story_of(store, b).id
    assert old != young
    c = keep(store, report("tiga", f"{text_of(1)} {text_of(2)}", outlet="kabar", published=NOW - DAY))
    assemble(store, NOW)
    assert {story_of(store, a).id, story_of(store, b).id} == {old, young}, "online leaves standing what stands"
    done = reassemble(store, NOW)
    assert (done.merged, done.split, done.moved) == (1, 0, 0)
    assert (named(store, young), named(store, young).id) == (named(store, old), old)
    assert members(named(store, old)) == {a, b, c}
    (change,) = store.stories.changes(story=young)
    assert change.reason.startswith(f"{young} is now part of {old}: harian's article ")
    assert store.stories.changes(since=NOW + DAY) == store.stories.changes(until=NOW) == []
    assert store.stories.changes(story=old) == store.stories.changes() == [change]


def test_an_article_that_goes_from_one_story_to_another_has_moved(store: Store) -> None:
    a = keep(store, report("asal", text_of(1), published=NOW - 3 * DAY))
    b = keep(store, report("cetak", text_of(1), outlet="harian", published=NOW - 2 * DAY))
    c = keep(store, report("lain", text_of(3), outlet="kabar", published=NOW - 2 * DAY))
    assemble(store, NOW)
    keep(store, report("cetak", text_of(3), outlet="harian", published=NOW - 2 * DAY))
    done = reassemble(store, NOW)
    assert (done.merged, done.split, done.moved) == (0, 0, 1)
    (change,) = store.stories.changes()
    assert (change.action, change.articles) == (ChangeAction.MOVE, (b,))
    assert (change.story, change.into) == (story_of(store, a).id, story_of(store, c).id)
    assert [entry.action for entry in store.audit.list(f"article:{b}")] == ["article.move"]


def test_a_part_that_was_split_off_and_merged_back_answers_with_the_story(store: Store) -> None:
    a = keep(store, report("asal", text_of(1), published=NOW - 3 * DAY))
    b = keep(store, report("cetak", text_of(1), outlet="harian", published=NOW - 2 * DAY))
    assemble(store, NOW)
    whole, names = story_of(store, a), []
    for n in range(3):
        apart = store.decisions.decide("apart", [(a,), (b,)], actor="Sari", now=NOW)
        assemble(store, NOW + n * DAY)
        names.append(story_of(store, b).id)
        store.decisions.undo(apart.id, actor="Sari", now=NOW)
        assemble(store, NOW + n * DAY)
        assert story_of(store, a) == whole
        assert all(named(store, name) == whole for name in names)
    assert len(set(names)) == 1, "an article that leaves again takes the name that it had"


def test_a_backfill_is_placed_among_what_was_published_then(store: Store) -> None:
    year_ago = NOW - timedelta(days=365)
    batch = [report(f"a{n}", text_of(n), published=year_ago + n * 3 * DAY) for n in range(20)]
    batch += [report(f"b{n}", text_of(n), outlet="harian", published=year_ago + (n * 3 + 1) * DAY) for n in range(20)]
    keep_all(store, batch)
    steps: list[tuple[int, int]] = []
    done = assemble(store, NOW, told=lambda placed, total: steps.append((placed, total)))
    assert done.placed == 40
    assert steps[-1] == (40, 40)
    assert len(steps) >= timedelta(days=60) // WINDOW, "a portion spans no more than a window"
    assert partition(store) == {
        frozenset({f"https://kota.example/a{n}", f"https://harian.example/b{n}"}) for n in range(20)
    }


@pytest.mark.parametrize("one_pass", [assemble, reassemble])
def test_an_empty_store_has_no_stories(store: Store, one_pass: object) -> None:
    assert callable(one_pass)
    assert one_pass(store, NOW).articles == 0
    assert store.stories.list() == []


def test_a_night_is_recorded_once_for_its_period(store: Store) -> None:
    keep_all(store, WEEK)
    assert store.stories.night("2026-11-18") is None
    done = reassemble(store, NOW, period="2026-11-18")
    reassemble(store, NOW + timedelta(hours=1), period="2026-11-18")
    reassemble(store, NOW + DAY)
    night = store.stories.night("2026-11-18")
    assert night == store.stories.night()
    assert night is not None
    assert (night.told_at, night.merged, night.split, night.moved) == (NOW, done.merged, done.split, done.moved)
