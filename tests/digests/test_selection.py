"""One reader's part of an edition, and an edition of which something was withheld since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digests.compose import compose
from digests.known import Editing, EditionFacts, EditorialDecision
from digests.model import Content, FollowUp, to_json
from digests.recap import Correction, CorrectionRule, Reason
from digests.selection import EVERYTHING, Choice, references, select, selection_name, traces
from pipeline.model import Member, Role, Story
from tests.digests.examples import EVENTS, NOW, PERIOD, YESTERDAY, article, facts, morning, stored
from tests.digests.recounting import faults

CONTENT = compose(morning(12, languages=7))


def watched(content: Content) -> set[str]:
    return {mark.id for block in content.stories for mark in block.watches}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (EVERYTHING, 12),
        (Choice(("amf",)), 4),
        (Choice(("amf", "mgmac")), 12),
        (Choice(("nobody",)), 0),
        (Choice(cities=("Jakarta",)), 2),
        (Choice(cities=("jakarta", "KUALA LUMPUR")), 4),
        (Choice(("amf",), ("Jakarta",)), 5),  # either is enough
        (Choice(("nobody",), ("Jakarta",)), 2),
    ],
)
def test_a_choice_takes_stories_of_its_watches_and_of_its_cities(choice: Choice, expected: int) -> None:
    part = select(CONTENT, choice)
    assert part.totals.stories == len(part.stories) == expected
    assert faults(part) == []


def test_everything_is_the_edition_itself() -> None:
    assert select(CONTENT) is CONTENT
    assert not EVERYTHING


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((Choice(), ()), (EVERYTHING, ()), True),
        ((Choice(("b", "a")), ()), (Choice(("a", "b", "a")), ()), True),
        ((Choice(cities=("Jakarta",)), ()), (Choice(cities=("jakarta",)), ()), True),
        ((Choice(("Jakarta",)), ()), (Choice(cities=("Jakarta",)), ()), False),
        ((Choice(("a",)), ()), (Choice(("a",)), (7,)), False),
        ((Choice(), (7, 8)), (Choice(), (8, 7)), True),
        ((Choice(), ()), (Choice(), (7,)), False),
    ],
)
def test_a_rendering_is_frozen_under_the_name_of_its_selection(
    one: tuple[Choice, tuple[int, ...]], other: tuple[Choice, tuple[int, ...]], *, same: bool
) -> None:
    assert (selection_name(*one) == selection_name(*other)) is same
    assert selection_name() == "all"


def test_top_sections_and_corrections_are_the_parts_own() -> None:
    part = select(CONTENT, Choice(("amf",)))
    assert watched(part) == {"amf"}
    assert [section.watch for section in part.sections] == ["amf"]
    assert {story.story_id for story in part.top} <= {block.story_id for block in part.stories}
    assert (part.corrections, part.trends) == ((), ())


def test_corrections_and_drops_follow_the_choice() -> None:
    seen = morning(6, languages=3)
    drop = EditorialDecision(Editing.DROP, "s4", "di luar liputan", "budi", NOW)  # of MGMAC, in Manila
    mine = tuple(replace(row, watches=("mgmac",), cities=("Jakarta",)) for row in seen.corrections)
    content = compose(replace(seen, decisions=(drop,), corrections=mine))
    assert content.totals.dropped == 2
    for choice in (Choice(("mgmac",)), Choice(cities=("Manila",))):
        assert select(content, choice).totals.dropped == 2
    assert select(content, Choice(("amf",))).totals.dropped == 0
    assert len(select(content, Choice(("mgmac",))).corrections) == 4
    assert len(select(content, Choice(cities=("jakarta",))).corrections) == 4
    assert select(content, Choice(("amf",))).corrections == ()


# --- withheld --------------------------------------------------------------------------------------------------------


def story_of_two() -> Content:
    """The origin with quote, extract and an editor's note that names it; a report of its own; what it continues."""
    one, other = stored(1), stored(2, replace(article(2, outlet="inews", event=7), tags=()))
    members = (Member(1, Role.ORIGIN, "first"), Member(2, Role.REPORT, "same event"))
    note = EditorialDecision(Editing.NOTE, "s1", f'Lihat "{EVENTS[0][1]}".', "budi", NOW)
    followed = FollowUp("s0", "Yang sebelumnya", NOW - timedelta(days=4), 77, 1077, "id")
    told = Correction(
        CorrectionRule.REJECTED, YESTERDAY, "s9", 99, "Judul lama", "iNews", "https://inews.example/99", "id",
        "salah forum", 1099,
    )  # fmt: skip
    return compose(
        facts(
            (one, other),
            stories=(Story("s1", members, origin=1, continues="s0"),),
            followed={"s0": followed},
            decisions=(note,),
            corrections=(told,),
        )
    )


def test_of_a_withheld_origin_nothing_is_left() -> None:
    whole = story_of_two()
    part = select(whole, without=[1001])
    (block,) = part.stories
    assert (block.lead.version_id, block.lead.headline, block.lead.extract) == (1002, EVENTS[7][1], EVENTS[7][2])
    assert (block.first, block.note) == (None, None)
    assert block.quote is None
    assert EVENTS[0][1] not in str(to_json(part))
    assert [trace for trace in traces(whole, [1001]) if trace in str(to_json(part))] == []
    assert [reason.rule for reason in part.top[0].reasons] == [Reason.NEW]  # two reports were its reach
    assert faults(part) == []


def test_a_watch_that_only_a_withheld_article_matched_is_the_storys_no_more() -> None:
    whole = story_of_two()  # the origin is of one watch, the report of the other
    assert [mark.id for mark in whole.stories[0].watches] == ["amf", "mgmac"]
    part = select(whole, Choice(("amf",)), without=[1001])
    assert part.stories == ()
    assert [mark.id for mark in select(whole, without=[1001]).stories[0].watches] == ["mgmac"]


def test_a_withheld_report_leaves_the_rest_as_it_was() -> None:
    (block,) = select(story_of_two(), without=[1002]).stories
    assert block.lead.headline == EVENTS[0][1]
    assert block.note is not None
    assert block.quote is not None


def test_of_what_is_continued_nothing_is_left_when_that_is_withheld() -> None:
    (block,) = select(story_of_two(), without=[1077]).stories
    assert block.follows is None


def test_a_correction_of_what_is_withheld_says_only_that() -> None:
    (row,) = select(story_of_two(), without=[1099]).corrections
    assert row.rule is CorrectionRule.WITHHELD
    assert (row.headline, row.url, row.language, row.detail) == (None,) * 4


def test_a_first_report_of_another_day_is_gone_when_it_is_withheld() -> None:
    origin = stored(9, article(9, outlet="inews", hours_ago=40))
    story = Story("s", (Member(9, Role.ORIGIN, "first"), Member(1, Role.REPORT, "same")), origin=9)
    content = compose(facts((stored(1),), known=(origin,), stories=(story,)))
    assert references(content) == {1001: 1, 1009: 9}
    assert content.stories[0].first is not None
    assert select(content, without=[1009]).stories[0].first is None


def test_a_telling_passes_to_the_next_placement_in_its_language() -> None:
    pages = (stored(1), stored(2, article(2, outlet="inews")), stored(3, article(3, outlet="antara_en", event=1)))
    story = Story("s", tuple(Member(page.id, Role.REPORT, "r") for page in pages), origin=1)
    (block,) = select(compose(facts(pages, stories=(story,))), without=[1001]).stories
    assert [(one.language, one.version_id) for one in block.tellings] == [("id", 1002), ("en", 1003)]


def test_what_an_open_copy_prints_too_is_no_trace() -> None:
    content = compose(morning(1))
    origin, report, copy = content.stories[0].placements
    assert origin.headline == copy.headline
    assert origin.headline not in traces(content, [origin.version_id])
    assert origin.url in traces(content, [origin.version_id])
    everything = traces(content, [origin.version_id, report.version_id, copy.version_id])
    assert {origin.headline, origin.url, copy.url, origin.extract} <= everything


def test_reach_is_counted_anew() -> None:
    whole = compose(facts_of_three())
    part = select(whole, without=[whole.stories[0].placements[2].version_id])
    numbers = {reason.rule: reason.number for reason in part.top[0].reasons}
    assert numbers[Reason.REACH] == 2
    below = select(whole, without=[place.version_id for place in whole.stories[0].placements[1:]])
    assert below.top == ()
    assert [section.stories for section in below.sections] == [("s1",)]


def facts_of_three() -> EditionFacts:
    return replace(morning(1, rich=False), period=PERIOD)
