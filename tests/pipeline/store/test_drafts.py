"""Editors' words on drafts: numbered, followed, audited, undone, and none accepted that the edition does not heed."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.errors import FrozenError, NotFoundError
from pipeline.model import Member, Role, Run, Story
from pipeline.store import DraftAction, StaleError, Store
from pipeline.store.draft_rows import close
from tests.pipeline.store.build import MINUTE, NOW, kept, start

LIST, DAY = "daily", "2026-11-22"


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


@pytest.fixture
def ids(store: Store, run: Run) -> list[int]:
    """Four articles: s1 holds two, s2 and s3 one each."""
    a, b, c, d = (kept(store, run, n).article_id for n in range(1, 5))
    tell(store, {"s1": [a, b], "s2": [c], "s3": [d]})
    return [a, b, c, d]


def tell(store: Store, told: dict[str, list[int]]) -> None:
    new = [Story(name, tuple(Member(n, Role.REPORT, "why") for n in numbers), None) for name, numbers in told.items()]
    store.stories.replace(new, generation=store.stories.generation(), now=NOW)


def say(store: Store, action: str, story: str, text: str | None = None, at: datetime = NOW) -> int:
    return store.drafts.decide(LIST, DAY, action, story, text, actor="Ani", now=at).id


def standing(store: Store) -> list[tuple[str, str, str | None]]:
    return [(one.action.value, one.story_id, one.text) for one in store.drafts.standing(LIST, DAY)]


def freeze(store: Store, words: int | None) -> None:
    store.database.write(lambda connection: close(connection, LIST, DAY, words, NOW))


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([("drop", "s1", "stale")], [("drop", "s1", "stale")]),
        ([("drop", "s1", "stale"), ("pin", "s1", None)], [("pin", "s1", None)]),
        ([("pin", "s1", None), ("drop", "s1", None)], [("drop", "s1", None)]),
        ([("note", "s1", "one"), ("note", "s1", "two")], [("note", "s1", "two")]),
        (
            [("note", "s1", "one"), ("pin", "s1", None), ("drop", "s2", None)],
            [("note", "s1", "one"), ("pin", "s1", None), ("drop", "s2", None)],
        ),
    ],
    ids=["one", "pinned-after-dropped", "dropped-after-pinned", "a-later-note", "all-three"],
)
def test_the_later_word_wins(
    store: Store, said: list[tuple[str, str, str | None]], stands: list[tuple[str, str, str | None]]
) -> None:
    for action, story, text in said:
        say(store, action, story, text)
    assert standing(store) == stands


@pytest.mark.usefixtures("ids")
def test_an_undone_word_lets_the_earlier_one_count_again(store: Store) -> None:
    say(store, "drop", "s1", "stale")
    later = say(store, "pin", "s1")
    undone = store.drafts.undo(later, actor="Budi", reason="a slip", now=NOW + MINUTE)
    assert (undone.stands, undone.undone_by, undone.undone_at) == (False, "Budi", NOW + MINUTE)
    assert standing(store) == [("drop", "s1", "stale")]
    assert [one.id for one in store.drafts.list(LIST, DAY)] == [later - 1, later]
    with pytest.raises(NotFoundError, match="Budi took it back already"):
        store.drafts.undo(later, actor="Ani", now=NOW)
    with pytest.raises(NotFoundError, match="there is none"):
        store.drafts.undo(later + 1, actor="Ani", now=NOW)


@pytest.mark.usefixtures("ids")
def test_every_word_is_in_the_audit_with_who_when_and_why(store: Store) -> None:
    said = say(store, "drop", "s1", "told on Monday")
    store.drafts.undo(said, actor="Budi", reason="it is new", now=NOW + MINUTE)
    entries = store.audit.list(f"edition:{LIST}/{DAY}")
    assert [(entry.actor, entry.action, entry.reason, entry.at) for entry in entries] == [
        ("Budi", "draft undo drop", "it is new", NOW + MINUTE),
        ("Ani", "draft drop", "told on Monday", NOW),
    ]


def test_words_follow_a_story_that_became_part_of_another(store: Store, ids: list[int]) -> None:
    say(store, "drop", "s2", "stale")
    say(store, "pin", "s1")
    tell(store, {"s1": ids[:3]})
    assert standing(store) == [("pin", "s1", None)]  # said later, of what is one story now


def test_words_follow_the_articles_of_a_story_that_was_split(store: Store, ids: list[int]) -> None:
    say(store, "drop", "s2", "stale")
    tell(store, {"s2": [ids[3]], "s3": [ids[2]]})  # the names changed sides
    assert standing(store) == [("drop", "s3", "stale")]


@pytest.mark.usefixtures("ids")
def test_drafts_of_other_days_and_lists_are_others(store: Store) -> None:
    say(store, "pin", "s1")
    assert store.drafts.standing(LIST, "2026-11-23") == store.drafts.standing("other", DAY) == []


def test_a_number_means_the_same_story_whatever_comes_and_goes(store: Store, ids: list[int]) -> None:
    assert store.drafts.number(LIST, DAY, ["s2", "s1"]) == {"s2": 1, "s1": 2}
    assert store.drafts.number(LIST, DAY, ["s3", "s1"]) == {"s3": 3, "s1": 2}
    tell(store, {"s1": ids[:3]})
    assert store.drafts.numbered(LIST, DAY) == {1: "s1", 2: "s1", 3: "s3"}
    assert store.drafts.number(LIST, DAY, ["s1", "s3"]) == {"s1": 1, "s3": 3}


def test_bad_words_are_refused(store: Store, ids: list[int]) -> None:
    with pytest.raises(NotFoundError, match="story s9: is not there"):
        say(store, "drop", "s9")
    with pytest.raises(ValueError, match="a note needs words"):
        say(store, "note", "s1")
    with pytest.raises(ValueError, match="shout"):
        say(store, "shout", "s1")
    assert store.drafts.words(LIST, DAY) == 0
    assert len(ids) == 4


@pytest.mark.usefixtures("ids")
def test_nothing_is_decided_after_the_freeze(store: Store) -> None:
    said = say(store, "drop", "s1")
    freeze(store, words=1)
    for attempt in (lambda: say(store, "pin", "s1"), lambda: store.drafts.undo(said, actor="Ani", now=NOW)):
        with pytest.raises(FrozenError, match=r"daily 2026-11-22 is frozen since .*kliping articles reject"):
            attempt()
    assert store.drafts.closed_at(LIST, DAY) == NOW
    assert [one.action for one in store.drafts.standing(LIST, DAY)] == [DraftAction.DROP]


def test_an_edition_frozen_without_a_draft_refuses_words_too(store: Store, ids: list[int]) -> None:
    store.editions.freeze(LIST, DAY, {"stories": []}, [], now=NOW)
    with pytest.raises(FrozenError):
        say(store, "drop", "s1")
    assert len(ids) == 4


@pytest.mark.usefixtures("ids")
def test_a_word_said_while_the_edition_was_composed_makes_it_compose_again(store: Store) -> None:
    seen = store.drafts.words(LIST, DAY)
    said = say(store, "drop", "s1")
    with pytest.raises(StaleError, match="an editor changed the draft"):
        freeze(store, words=seen)
    assert store.drafts.closed_at(LIST, DAY) is None
    store.drafts.undo(said, actor="Ani", now=NOW)
    assert store.drafts.words(LIST, DAY) == 2
    freeze(store, words=2)
