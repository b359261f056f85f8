"""What stands under a headline: each mark where its fact is, and nothing where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from digests.marks import QuoteMark
from digests.model import Content, FollowUp, Placement, StoryBlock
from digests.phrases import phrases
from digests.recap import Reason, TopReason, TopStory
from digests.story_view import StoryView, story_view
from pipeline.model import Role
from tests.digests import contents
from tests.digests.examples import NOW
from tests.digests.test_render import page

WORDS = phrases("en", "Asia/Jakarta")
BLOCK = contents.full(3).stories[2]  # three placements: a report, the city's own, a copy
PLACE = replace(
    BLOCK.placements[0], tone=None, tones_differ=False, late=False, changed=False, edit=None, clarify=None, owned=False
)


def block(*placements: Placement, **values: Any) -> StoryBlock:
    bare = replace(BLOCK, quote=None, note=None, pinned=False, earlier=(), follows=None, tags=(), first=None)
    return replace(bare, placements=placements or (PLACE,), **values)


def seen(story: StoryBlock, top: TopStory | None = None) -> StoryView:
    return story_view(WORDS, story, None, top=top)


def copy(outlet: str, of: str | None) -> Placement:
    return replace(
        PLACE, outlet=outlet, outlet_title=outlet, url=f"https://{outlet}.example/", role=Role.COPY, copy_of=of
    )


def test_copies_are_folded_below_what_they_reprint() -> None:
    told = seen(block(PLACE, *(copy(f"o{n}", "ANTARA") for n in range(4))))
    (group,) = told.groups
    assert (group.lead and group.lead.outlet, group.folded) == ("ANTARA", "and 4 reprints")
    assert [place.outlet for place in group.copies] == ["o0", "o1", "o2", "o3"]
    assert not [place.notes for place in group.copies if "copy" in place.notes]
    assert len(told.placements) == 5


def test_copies_of_what_is_not_here_name_it() -> None:
    folded = [group.folded for group in seen(block(copy("a", "Reuters"), copy("b", "Reuters"))).groups]
    assert folded == ["2 copies of Reuters"]
    group, other = seen(block(PLACE, copy("a", "Reuters"))).groups
    assert group.folded is None
    assert other.lead
    assert other.lead.notes.endswith("copy of Reuters")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (TopReason(Reason.REACH, 9), "Told by 9 outlets"),
        (TopReason(Reason.REACH, 1), "Told by 1 outlet"),
        (TopReason(Reason.GROWTH, 4), "4 more outlets than before"),
        (TopReason(Reason.NEW), "Has a new fact"),
        (TopReason(Reason.OWN, detail="Jakarta"), "About Jakarta"),
        (TopReason(Reason.OWN), "About your own city"),
        (TopReason(Reason.PINNED), "Chosen by the editor"),
    ],
)
def test_why_a_story_comes_first_is_said_in_words(reason: TopReason, words: str) -> None:
    assert seen(block(), TopStory("s", (reason,))).why == words
    both = (reason, TopReason(Reason.NEW))
    assert seen(block(), TopStory("s", both)).why == f"{words} · has a new fact"


def test_a_quote_has_its_speaker_and_role_and_the_outlet_where_several_told_it() -> None:
    quote = QuoteMark("Kata-kata", "Sri", "wali kota", "direct", "id", "ANTARA", None, 1)
    alone = seen(block(quote=quote)).quote
    assert alone
    assert (alone.text, alone.speaker, alone.outlet, alone.language) == ("“Kata-kata”", "Sri, wali kota", "", "id")
    among = seen(block(PLACE, replace(PLACE, outlet="b"), quote=replace(quote, kind="indirect", role=None))).quote
    assert among
    assert (among.text, among.speaker, among.outlet) == ("Kata-kata", "Sri", "ANTARA")


@pytest.mark.parametrize(
    ("tones", "told"),
    [
        ((None,), []),
        (("negatif",), ["negative"]),
        (("netral", None), ["1 neutral"]),
        (("negatif", "positif", "positif"), ["2 positive", "1 negative"]),
        (("unheard of",), []),
    ],
)
def test_tones_are_told_in_words_where_they_are_known(tones: tuple[str | None, ...], told: list[str]) -> None:
    assert [tone.text for tone in seen(block(*(replace(PLACE, tone=tone) for tone in tones))).tones] == told


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"tones_differ": True}, "Headline and text differ in tone"),
        ({"clarify": "x", "clarify_rule": "disputed"}, "Needs clarification: it contradicts what we have on record"),
        ({"clarify": "Told otherwise.", "clarify_rule": "other"}, "Needs clarification: Told otherwise."),
        ({"clarify": "Told otherwise.", "clarify_rule": None}, "Needs clarification: Told otherwise."),
    ],
)  # fmt: skip
def test_warnings_name_their_outlets_where_there_are_several(values: dict[str, Any], warning: str) -> None:
    marked = replace(PLACE, **values)
    assert seen(block(marked)).warnings == (warning,)
    assert seen(block(marked, replace(PLACE, outlet="b"))).warnings == (f"{warning} (ANTARA)",)
    many = tuple(replace(marked, outlet=f"o{n}", outlet_title=f"O{n}") for n in range(6))
    assert seen(block(*many)).warnings == (f"{warning} (O0, O1, O2, O3 +2)",)


def test_what_it_continues_is_said_in_its_own_language() -> None:
    follows = FollowUp("s", "Sidang ibu kota", NOW, language="id")
    (update, line) = seen(block(follows=follows, earlier=(date(2023, 7, 31),))).context
    assert update.text == "Continues the edition of 31 Jul"
    assert (line.label, line.text, line.language) == ("Follows up", "Sidang ibu kota", "id")


def test_late_and_owned_are_said_of_the_only_placement() -> None:
    told = seen(block(replace(PLACE, late=True, owned=True)))
    assert told.byline
    assert told.byline.notes.endswith("the city's own, late from yesterday, its outlet is back")


def test_what_is_absent_leaves_nothing() -> None:
    told = seen(block())
    assert (told.why, told.quote, told.note, told.tones, told.warnings, told.context, told.tags) == (
        None, None, None, (), (), (), None,
    )  # fmt: skip


def foreign_runs(content: Content) -> list[tuple[str, str]]:
    """(language, text) of what is marked as foreign."""
    return [(one.get("lang"), one.text_content()) for one in page(content).xpath("//body//*[@lang]")]


@pytest.mark.parametrize("language", ["en", "th", "km", "my", "vi", "zh"])
def test_every_foreign_snippet_is_marked(language: str) -> None:
    content = contents.full(4, language)
    marked = [text for code, text in foreign_runs(content) if code == language]
    block = content.stories[0]
    assert block.quote
    for snippet in (block.lead.headline, block.lead.extract, f"“{block.quote.text}”", block.quote.speaker):
        assert any(str(snippet) in text for text in marked)
    assert content.corrections[0].headline in marked
    unmarked = page(content).xpath("//body//text()[not(ancestor::*[@lang][not(self::html)])]")
    assert not [text for text in unmarked if str(block.lead.headline) in text]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("th", None), ("arz", "rtl")])
def test_what_is_written_from_right_to_left_says_so(language: str, direction: str | None) -> None:
    story = contents.full(1).stories[0]
    told = replace(story.lead, language=language)
    tree = page(replace(contents.full(1), stories=(replace(story, tellings=(told,)),)))
    assert {link.get("dir") for link in tree.xpath("//h3/a")} == {direction}
