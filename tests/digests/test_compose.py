"""What an edition says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose import compose, version_places
from digests.known import EditionFacts
from digests.model import Checked, Content, from_json, to_json, total
from digests.selection import Choice, recount, select, selection_name
from pipeline.model import Disposition, Member, Role, StoredArticle, Story, Tag, WatchMatch
from tests.digests.examples import EVENTS, NOW, OUTLETS, article, facts, morning, run, stored


def told(content: Content) -> list[list[str]]:
    return [[place.outlet for place in block.placements] for block in content.stories]


def test_stories_are_ordered_by_reach_then_own_city_then_recency() -> None:
    everything = (
        stored(1, article(1, outlet="inews", hours_ago=1)),
        stored(2, article(2, outlet="beritajakarta", hours_ago=9)),
        stored(3, article(3, outlet="antara", hours_ago=30)),
        stored(4, article(4, outlet="inews", hours_ago=29)),
        stored(5, article(5, outlet="redaksijakarta", hours_ago=2)),
    )
    story = Story("s3", (Member(3, Role.ORIGIN, "first"), Member(4, Role.REPORT, "same event")), origin=3)
    content = compose(facts(everything, stories=(story,)))
    assert told(content) == [["antara", "inews"], ["beritajakarta"], ["inews"], ["redaksijakarta"]]


def test_the_order_of_facts_does_not_matter() -> None:
    seen = morning(7, languages=5)
    turned = replace(seen, articles=seen.articles[::-1], stories=seen.stories[::-1], runs=seen.runs[::-1])
    assert compose(turned) == compose(seen)


def test_copies_are_folded_into_their_story() -> None:
    (block, *_) = compose(morning(1)).stories
    assert (block.reach, block.copies) == (3, 1)
    assert [(place.role, place.copy_of) for place in block.placements] == [
        (Role.ORIGIN, None),
        (Role.REPORT, None),
        (Role.COPY, "ANTARA"),
    ]


def test_the_headline_is_the_origins() -> None:
    early = stored(1, replace(article(1, outlet="inews", hours_ago=20), headline="Cetak ulang"))
    origin = stored(2, replace(article(2, hours_ago=10), headline="Asli"))
    members = (Member(1, Role.COPY, "same words", copy_of=2), Member(2, Role.ORIGIN, "signed"))
    (block,) = compose(facts((early, origin), stories=(Story("s", members, origin=2),))).stories
    assert block.lead.headline == "Asli"
    assert block.first is not None
    assert block.first.outlet_title == "ANTARA"


def test_a_story_is_told_once_in_each_of_its_languages() -> None:
    pages = (stored(1), stored(2, article(2, outlet="inews")), stored(3, article(3, outlet="antara_en", event=1)))
    story = Story("s", tuple(Member(page.id, Role.REPORT, "r") for page in pages), origin=1)
    (block,) = compose(facts(pages, stories=(story,))).stories
    assert [(one.language, one.version_id) for one in block.tellings] == [("id", 1001), ("en", 1003)]
    assert block.telling("en").headline == EVENTS[1][1]
    assert block.telling("th") == block.lead


def test_first_reported_is_absent_where_a_release_is_the_origin() -> None:
    story = Story("s", (Member(1, Role.COPY, "release"),), origin=None)
    (block,) = compose(facts((stored(1),), stories=(story,))).stories
    assert block.first is None


def test_first_reported_is_absent_where_the_origin_is_withheld() -> None:
    hidden = stored(9, article(9, outlet="inews", hours_ago=40), disposition=Disposition.WITHHELD)
    story = Story("s", (Member(9, Role.ORIGIN, "first"), Member(1, Role.REPORT, "same")), origin=9)
    (block,) = compose(facts((stored(1),), known=(hidden,), stories=(story,))).stories
    assert block.first is None


def test_an_origin_told_yesterday_is_still_named_as_the_first() -> None:
    yesterday = stored(9, article(9, outlet="inews", hours_ago=40))
    story = Story("s", (Member(9, Role.ORIGIN, "first"), Member(1, Role.REPORT, "same")), origin=9)
    seen = facts((stored(1),), known=(yesterday,), stories=(story,), earlier={9: (date(2023, 7, 31),)})
    (block,) = compose(seen).stories
    assert block.first is not None
    assert block.first.outlet_title == "iNews"
    assert block.earlier == (date(2023, 7, 31),)
    assert not block.placements[0].changed


def test_a_new_version_of_an_article_told_before_is_marked_changed() -> None:
    content = compose(facts((stored(1, version=2),), earlier={1: (date(2023, 7, 31),)}))
    assert content.stories[0].placements[0].changed


@pytest.mark.parametrize(("hours", "place"), [(71.9, "story"), (72, "story"), (72.1, "older"), (5000, "older")])
def test_what_was_published_before_the_window_is_older(hours: float, place: str) -> None:
    content = compose(facts((stored(1, article(1, hours_ago=hours)),)))
    assert version_places(content) == [(1001, place)]
    assert content.totals.older == (place == "older")


def test_an_undated_article_counts_by_its_fetch() -> None:
    undated = stored(1, replace(article(1), date_published=None, fetched_at=NOW - timedelta(hours=3)))
    (block,) = compose(facts((undated,))).stories
    assert block.placements[0].published is None


def test_a_report_has_no_window() -> None:
    content = compose(facts((stored(1, article(1, hours_ago=9000)),), kind="report", window_hours=None))
    assert (content.totals.articles, content.totals.older) == (1, 0)


def test_a_disputed_extract_is_marked() -> None:
    text = replace(article(1), disputed=(EVENTS[0][2].partition(".")[0],))
    assert compose(facts((stored(1, text),))).stories[0].lead.disputed
    assert not compose(facts((stored(1),))).stories[0].lead.disputed


@pytest.mark.parametrize(
    ("summary", "extract"),
    [
        ("Pendek.", "Pendek."),
        ("Satu kalimat utuh di depan. " * 6 + "Ekor " * 50, ("Satu kalimat utuh di depan. " * 6).strip()),
        ("Kata Prof. Dr. Budi " + "panjang " * 60, ("Kata Prof. Dr. Budi " + "panjang " * 37).strip() + "…"),
        (
            "Berlangsung di ibu kota hingga Ahad, " + "22 " * 30 + "November 2026. " + "Ekor " * 60,
            ("Berlangsung di ibu kota hingga Ahad, " + "22 " * 30 + "November 2026."),
        ),
        ("kata\r\nkata\tkata", "kata kata kata"),
    ],
)
def test_an_extract_ends_with_a_sentence_where_it_can(summary: str, extract: str) -> None:
    (block,) = compose(facts((stored(1, replace(article(1), summary=summary)),))).stories
    assert block.lead.extract == extract


def test_a_tag_that_repeats_a_watch_is_left_out() -> None:
    text = replace(article(1), tags=(Tag("forum:amf", "ASEAN Mayors Forum", "r"), Tag("topic:air", "udara", "r")))
    assert [tag.label for tag in compose(facts((stored(1, text),))).stories[0].tags] == ["udara"]


def test_the_watchs_year_is_the_one_most_articles_name() -> None:
    pages = tuple(
        stored(number, replace(article(number), watches=(WatchMatch("mgmac", year, "r"),)))
        for number, year in ((1, 2022), (2, 2023), (3, 2023), (4, None))
    )
    story = Story("s", tuple(Member(page.id, Role.REPORT, "r") for page in pages), origin=1)
    (block,) = compose(facts(pages, stories=(story,))).stories
    assert [(mark.title, mark.edition) for mark in block.watches] == [("MGMAC", 2023)]


def test_an_unlisted_address_is_named_by_its_host_and_counted_in_a_row_of_its_own() -> None:
    content = compose(facts((stored(1, article(1, outlet=None)),)))
    assert content.stories[0].placements[0].outlet == "www.example"
    assert [(row.outlet, row.state, row.articles) for row in content.coverage[6:]] == [("", Checked.OTHER, 1)]
    assert content.totals.watched == 6


def test_no_articles_make_an_edition_with_coverage_only() -> None:
    content = compose(facts())
    assert content.stories == ()
    assert (content.totals.checked, content.totals.watched, content.complete) == (6, 6, True)


def test_content_survives_being_frozen() -> None:
    content = compose(morning(5, languages=7))
    assert from_json(to_json(content)) == content


def test_a_selection_holds_its_watches_only_and_recounts() -> None:
    content = compose(morning(6, languages=3))
    part = select(content, Choice(("amf",)))
    assert {mark.id for block in part.stories for mark in block.watches} == {"amf"}
    assert 0 < part.totals.articles < content.totals.articles
    assert part.totals == total(part.stories, part.coverage, part.older)
    assert select(content) is content
    assert selection_name() == "all"
    assert selection_name(Choice(("b", "a"))) == selection_name(Choice(("a", "b"))) != "all"


def test_a_withheld_lead_takes_headline_extract_and_first_report_with_it() -> None:
    content = compose(morning(1))
    lead = content.stories[0].placements[0]
    (block,) = select(content, without=(lead.version_id,)).stories
    assert lead.url not in (block.lead.url, block.first and block.first.url)
    assert len(block.placements) == 2


def test_a_story_without_placements_is_gone() -> None:
    content = compose(morning(1))
    assert select(content, without=[place.version_id for place in content.stories[0].placements]).stories == ()


_outlet = st.sampled_from([outlet.name for outlet in OUTLETS] + ["closed", None])
_articles = st.lists(st.tuples(_outlet, st.floats(0, 200), st.integers(0, 6), st.booleans()), max_size=25)
_groups = st.lists(st.integers(0, 5), min_size=25, max_size=25)


def random_facts(rows: list[tuple[str | None, float, int, bool]], groups: list[int]) -> EditionFacts:
    pages: list[StoredArticle] = []
    for number, (outlet, hours, event, copied) in enumerate(rows, start=1):
        copy_of = number - 1 if copied and number > 1 else None
        pages.append(stored(number, article(number, outlet=outlet, hours_ago=hours, event=event), copy_of=copy_of))
    stories = []
    for group in sorted(set(groups[: len(pages)])):
        ids = [page.id for page, mine in zip(pages, groups, strict=False) if mine == group]
        members = tuple(Member(one, Role.COPY if page_is_copy(pages, one) else Role.REPORT, "r") for one in ids)
        stories.append(Story(f"s{group}", members, origin=ids[0]))
    return facts(tuple(pages), stories=tuple(stories), runs=(run(1, "antara"), run(2, None)))


def page_is_copy(pages: list[StoredArticle], number: int) -> bool:
    return pages[number - 1].copy_of is not None


@given(_articles, _groups)
def test_totals_reconcile_with_the_editions_own_rows(
    rows: list[tuple[str | None, float, int, bool]], groups: list[int]
) -> None:
    seen = random_facts(rows, groups)
    content = compose(seen)
    places = version_places(content)
    assert sorted(version for version, _ in places) == sorted(page.version_id for page in seen.articles)
    assert content.totals.articles + content.totals.older == len(seen.articles)
    assert content.totals.articles == sum(row.articles for row in content.coverage)
    assert content.totals.older == sum(row.older for row in content.coverage)
    assert content.totals.articles == sum(len(block.placements) for block in content.stories)
    assert content.totals.copies == sum(block.copies for block in content.stories)
    assert content.totals.checked + content.totals.partly + content.totals.not_checked == content.totals.watched == 6
    assert content.totals == total(content.stories, content.coverage, content.older)
    assert recount(content) == content
    assert from_json(to_json(content)) == content
