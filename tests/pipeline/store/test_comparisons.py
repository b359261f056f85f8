"""How each print compares with the text it repeats, kept with its place in the story; the sentences are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Comparison, Member, Relation, Role, Story
from pipeline.store import Store
from tests.pipeline.store.build import NOW, kept, start


def put(store: Store, *members: Member) -> Story | None:
    story = Story("s1", members, members[0].article_id)
    store.stories.replace([story], generation=store.stories.generation(), now=NOW)
    return store.stories.get("s1")


@pytest.mark.parametrize(
    "comparison",
    [
        None,
        Comparison(Relation.ABRIDGED, 0, kept=4, changed=1, added=0, cut=3),
        Comparison(Relation.TRANSLATION, 0),
    ],
    ids=["none", "counted", "without counts"],
)
def test_a_comparison_comes_back_as_it_was_stored(store: Store, comparison: Comparison | None) -> None:
    run = start(store)
    first, second = (kept(store, run, number).article_id for number in (1, 2))
    stored = replace(comparison, to=first) if comparison else None
    members = (Member(first, Role.ORIGIN, "first"), Member(second, Role.COPY, "prints it", first, stored))
    found = put(store, *members)
    assert found is not None
    assert found.members == members


def test_a_comparison_that_changes_is_written_again(store: Store) -> None:
    run = start(store)
    first, second = (kept(store, run, number).article_id for number in (1, 2))
    origin = Member(first, Role.ORIGIN, "first")
    before = Member(second, Role.COPY, "prints it", first, Comparison(Relation.REPRINT, first, 4, 0, 0, 0))
    put(store, origin, before)
    after = replace(before, comparison=Comparison(Relation.REPRINT, first, 3, 1, 0, 0))
    found = put(store, origin, after)
    assert found is not None
    assert found.members == (origin, after)
    found = put(store, origin, replace(before, comparison=None))
    assert found is not None
    assert found.members[1].comparison is None
