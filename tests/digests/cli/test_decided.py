"""Whatever persons decide and undo, in whatever order: what stands holds, and all undone is as if nothing was said."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from digests.cli import cycle
from digests.cli.office import Office
from pipeline import proposals
from pipeline.decisions import constraints
from pipeline.errors import SettingsError
from pipeline.model import Story
from pipeline.proposals import Proposal
from pipeline.store.records import ArticleFilter
from tests.digests.cli.desk import Desk
from tests.pipeline.store.build import NOW

STEPS = 12


def stories(here: Office) -> list[Story]:
    return sorted(here.store.stories.list(), key=lambda story: story.id)


def partition(here: Office) -> set[frozenset[int]]:
    return {frozenset(member.article_id for member in story.members) for story in stories(here)}


def check(here: Office) -> None:
    """Every standing word holds, and every kept article is in exactly one story."""
    home = {member.article_id: story.id for story in stories(here) for member in story.members}
    kept = {one.id for one in here.store.articles.find(ArticleFilter(in_scope=True))}
    assert home.keys() == kept
    together, apart = constraints(here.store.decisions.standing(), kept)
    assert [(a, b) for a, b in together if home[a] != home[b]] == []
    assert [(a, b) for a, b in apart if home[a] == home[b]] == []
    assert here.store.decisions.waiting() == []


def propose(chance: random.Random, here: Office) -> Proposal | None:
    told = stories(here)
    one = chance.choice(told)
    numbers = [member.article_id for member in one.members]
    try:
        if chance.random() < 0.4:
            return proposals.split(one, chance.sample(numbers, chance.randint(1, len(numbers))))
        if chance.random() < 0.7:
            chosen = chance.sample(told, 2)
            order = sorted(member.article_id for story in chosen for member in story.members)
            return proposals.merge(chosen, order)
        return proposals.pin(one)
    except (SettingsError, ValueError):  # one article only, or one story only
        return None


def decide(chance: random.Random, here: Office) -> None:
    proposed = propose(chance, here)
    if proposed is not None:
        here.store.decisions.decide(proposed.action, proposed.groups, actor="Sari", now=NOW)


def undo(chance: random.Random, here: Office) -> None:
    standing = here.store.decisions.standing()
    if standing:
        here.store.decisions.undo(chance.choice(standing).id, actor="Budi", now=NOW)


def withhold(chance: random.Random, here: Office) -> None:
    number = chance.choice([one.id for one in here.store.articles.find()])
    here.store.articles.correct(number, "withhold", "court order", "Rina", NOW)


def bring_back(_: random.Random, here: Office) -> None:
    for number in range(1, 7):
        if any(one.undone_at is None for one in here.store.articles.corrections(number)):
            here.store.articles.undo_correction(number, "withhold", "Rina", NOW)


ACTS: list[Callable[[random.Random, Office], None]] = [decide, decide, decide, undo, withhold, bring_back]


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_holds_after_any_sequence_of_words(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    here = desk.office(NOW)
    before = partition(here)
    for _ in range(STEPS):
        chance.choice(ACTS)(chance, here)
        if chance.random() < 0.3:
            cycle.retell_stories(here, NOW.date())
        else:
            cycle.assemble_stories(here)
        check(here)
    bring_back(chance, here)
    for one in here.store.decisions.standing():
        here.store.decisions.undo(one.id, actor="Budi", now=NOW)
    cycle.assemble_stories(here)
    check(here)
    cycle.retell_stories(here, NOW.date())
    assert partition(here) == before
    here.close()
