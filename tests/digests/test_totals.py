"""Whatever the facts and whoever reads them: every figure is counted from rows, every story stands once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose import compose, version_places
from digests.known import Editing, EditionFacts, EditorialDecision
from digests.model import Content, from_json, to_json
from digests.selection import Choice, references, select, traces
from pipeline.model import Member, Role, StoredArticle, Story
from tests.digests.examples import NOW, OUTLETS, WATCH_TITLES, YESTERDAY, article, facts, morning, stored, with_history
from tests.digests.recounting import faults, placements

_OUTLET = st.sampled_from([*(outlet.name for outlet in OUTLETS), "closed", None])
_ARTICLES = st.lists(st.tuples(_OUTLET, st.floats(0, 200), st.integers(0, 13), st.booleans()), max_size=25)
_GROUPS = st.lists(st.integers(0, 6), min_size=25, max_size=25)
_DECISIONS = st.lists(st.tuples(st.sampled_from(list(Editing)), st.integers(0, 7)), max_size=6)
_CHOICE = st.builds(
    Choice,
    st.lists(st.sampled_from(["amf", "mgmac", "nobody"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["Jakarta", "manila", "Atlantis"]), max_size=2).map(tuple),
)


@st.composite
def mornings(draw: st.DrawFn) -> EditionFacts:
    """Articles in stories and in none, told before and not, some dropped, pinned, noted; with or without a past."""
    pages = [_page(number, *row) for number, row in enumerate(draw(_ARTICLES), start=1)]
    stories = _stories(pages, draw(_GROUPS))
    seen = facts(
        tuple(pages),
        stories=stories,
        earlier={page.id: (YESTERDAY,) for page in pages if draw(st.booleans())},
        decisions=tuple(
            EditorialDecision(action, f"s{number}", "kata", "budi", NOW + timedelta(seconds=place))
            for place, (action, number) in enumerate(draw(_DECISIONS))
        ),
        top=draw(st.integers(0, 4)),
        order=draw(st.sampled_from(["reach", "newest"])),
        window_hours=draw(st.sampled_from([72, None])),
    )
    if not draw(st.booleans()):
        return seen
    return replace(with_history(seen), decisions=seen.decisions)


def _page(number: int, outlet: str | None, hours: float, event: int, copied: bool) -> StoredArticle:
    copy_of = number - 1 if copied and number > 1 else None
    return stored(number, article(number, outlet=outlet, hours_ago=hours, event=event), copy_of=copy_of)


def _stories(pages: list[StoredArticle], groups: list[int]) -> tuple[Story, ...]:
    """Group 0 is of articles that are in no story."""
    found = []
    for group in sorted(set(groups[: len(pages)]) - {0}):
        mine = [page for page, its in zip(pages, groups, strict=False) if its == group]
        members = tuple(Member(page.id, Role.COPY if page.copy_of else Role.REPORT, "r", page.copy_of) for page in mine)
        found.append(Story(f"s{group}", members, origin=mine[0].id))
    return tuple(found)


@given(mornings())
def test_every_figure_is_counted_from_rows(seen: EditionFacts) -> None:
    content = compose(seen)
    assert faults(content) == []
    assert from_json(to_json(content)) == content


@given(mornings())
def test_every_version_has_exactly_one_place(seen: EditionFacts) -> None:
    places = version_places(compose(seen))
    assert sorted(version for version, _ in places) == sorted(page.version_id for page in seen.articles)


@given(mornings())
def test_the_order_of_facts_says_nothing(seen: EditionFacts) -> None:
    turned = replace(
        seen, articles=seen.articles[::-1], stories=seen.stories[::-1], runs=seen.runs[::-1], known=seen.known[::-1]
    )
    assert compose(turned) == compose(seen)


@given(mornings(), _CHOICE, st.sets(st.integers(1, 25)))
def test_a_part_reconciles_and_holds_nothing_of_what_is_withheld(
    seen: EditionFacts, choice: Choice, withheld: set[int]
) -> None:
    whole = compose(seen)
    hidden = {version for version, article in references(whole).items() if article in withheld}
    part = select(whole, choice, hidden)
    assert faults(part) == []
    assert not hidden & set(references(part)) - {row.version_id for row in part.corrections}
    printed = str(to_json(part))
    assert [trace for trace in traces(whole, hidden) if trace in printed] == []
    assert all(choice.takes(watches_of(part, block.story_id), block.cities) for block in part.stories)


def watches_of(content: Content, story_id: str) -> list[str]:
    return [mark.id for mark in content.block(story_id).watches]


@pytest.mark.parametrize("count", [0, 1, 12, 300])
def test_the_mornings_of_the_other_tests_reconcile(count: int) -> None:
    content = compose(morning(count, languages=7))
    assert faults(content) == []
    assert {watch for place in placements(content) for watch in place.watches} <= set(WATCH_TITLES)


def test_a_fault_is_found() -> None:
    content = compose(morning(3))
    wrong = replace(
        content, totals=replace(content.totals, late=content.totals.late + 1), stories=content.stories[::-1]
    )
    assert len(faults(wrong)) == 2
