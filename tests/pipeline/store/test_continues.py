"""Why a story continues another is kept with it, in words, and goes when that does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Run, Story
from pipeline.store import Store
from tests.pipeline.store.build import NOW, kept, start
from tests.pipeline.store.test_stories import member

WHY = "both name Hasyim, Wardana; published 1 day later"


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


def write(store: Store, *stories: Story) -> None:
    store.stories.replace(stories, generation=store.stories.generation(), now=NOW)


def test_the_reason_is_kept_and_changes_with_the_story(store: Store, run: Run) -> None:
    a, b = (kept(store, run, n).article_id for n in (1, 2))
    opening = Story("s1", (member(a),), None)
    reaction = Story("s2", (member(b),), None, "s1", WHY)
    write(store, opening, reaction)
    assert [store.stories.get(name) for name in ("s1", "s2")] == [opening, reaction]
    said_anew = replace(reaction, continues_reason="took place on its sidelines")
    write(store, said_anew)
    assert store.stories.get("s2") == said_anew


def test_a_story_that_takes_in_the_one_it_continued_continues_nothing(store: Store, run: Run) -> None:
    a, b = (kept(store, run, n).article_id for n in (1, 2))
    write(store, Story("s1", (member(a),), None), Story("s2", (member(b),), None, "s1", WHY))
    write(store, Story("s2", (member(a), member(b)), None, "s1", WHY))
    found = store.stories.get("s2")
    assert found is not None
    assert (found.continues, found.continues_reason) == (None, None)
