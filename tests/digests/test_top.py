"""Which stories come first, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digests.compose import compose
from digests.known import Editing, EditionFacts, EditorialDecision
from digests.model import Edit, FollowUp
from digests.recap import Reason, TopReason
from pipeline.model import Article, Evidence, Location, Member, Role, StoredArticle, Story
from tests.digests.examples import NOW, YESTERDAY, article, facts, past_edition, stored

PIN = EditorialDecision(Editing.PIN, "s1", None, "budi", NOW)
DROP = EditorialDecision(Editing.DROP, "s1", "bukan urusan kita", "budi", NOW)
REPORT, COPY = Role.REPORT, Role.COPY
REACH, NEW, OWN, GROWTH, PINNED = Reason.REACH, Reason.NEW, Reason.OWN, Reason.GROWTH, Reason.PINNED


def story(first: int, *outlets: tuple[str, Role], continues: str | None = None) -> tuple[Story, list[StoredArticle]]:
    """One told by these outlets, in articles of these roles."""
    pages = [
        stored(first + place, article(first + place, outlet=outlet, event=2), copy_of=first if role is COPY else None)
        for place, (outlet, role) in enumerate(outlets)
    ]
    members = tuple(Member(page.id, role, "r", page.copy_of) for page, (_, role) in zip(pages, outlets, strict=True))
    return Story(f"s{first}", members, origin=first, continues=continues), pages


def seen(*told: tuple[Story, list[StoredArticle]], **values: object) -> EditionFacts:
    pages = tuple(page for _, mine in told for page in mine)
    return facts(pages, stories=tuple(one for one, _ in told), **values)


def reasons(everything: EditionFacts, story_id: str = "s1") -> list[tuple[Reason, int | None]]:
    found = next((one for one in compose(everything).top if one.story_id == story_id), None)
    return [(reason.rule, reason.number) for reason in found.reasons] if found else []


@pytest.mark.parametrize(
    ("outlets", "expected"),
    [
        ([("antara", REPORT)], []),
        ([("antara", REPORT), ("inews", COPY)], []),
        ([("antara", REPORT), ("antara", REPORT)], []),
        ([("antara", REPORT), ("inews", REPORT)], [(REACH, 2)]),
        ([("antara", REPORT), ("inews", COPY), ("beritajakarta", COPY)], [(REACH, 3)]),
    ],
)
def test_reach_takes_three_outlets_or_two_that_report(
    outlets: list[tuple[str, Role]], expected: list[tuple[Reason, int]]
) -> None:
    assert reasons(seen(story(1, *outlets))) == expected


def test_a_story_without_a_reason_fills_no_place() -> None:
    assert compose(seen(*(story(number, ("antara", REPORT)) for number in (1, 11, 21)))).top == ()


def test_a_pinned_story_comes_before_any_reach() -> None:
    wide = story(11, ("antara", REPORT), ("inews", REPORT), ("beritajakarta", REPORT))
    content = compose(seen(story(1, ("inews", REPORT)), wide, decisions=(PIN,)))
    assert [one.story_id for one in content.top] == ["s1", "s11"]
    assert [block.story_id for block in content.stories] == ["s1", "s11"]
    assert content.stories[0].pinned


@pytest.mark.parametrize("number", [0, 1, 2, 10])
def test_no_more_come_first_than_is_set(number: int) -> None:
    told = [story(first, ("antara", REPORT), ("inews", REPORT)) for first in (1, 11, 21)]
    content = compose(seen(*told, top=number))
    assert len(content.top) == min(number, 3)
    assert len(content.stories) == 3


def _located(written: Article, *places: tuple[str, str]) -> Article:
    """`places`: names, and the field that names them."""
    return replace(
        written,
        content_locations=tuple(
            Location(name.lower(), name, "city", "ID", None, "named", (Evidence(field, 0, 1, name, "name"),))
            for name, field in places
        ),
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([("Jakarta", "article_body[0]")], [(OWN, None)]),
        ([("Manila", "headline"), ("Jakarta", "headline")], [(OWN, None)]),
        ([("Manila", "headline"), ("Jakarta", "article_body[4]")], []),
        ([], []),
    ],
)
def test_the_readers_city_is_a_reason_where_a_story_is_about_it(
    places: list[tuple[str, str]], expected: list[tuple[Reason, None]]
) -> None:
    one, (page,) = story(1, ("antara", REPORT))
    mine = one, [replace(page, article=_located(page.article, *places))]
    others = [story(first, ("antara", REPORT)) for first in (11, 21)]
    assert reasons(seen(mine, *others, own_cities=("jakarta",))) == expected
    assert reasons(seen(mine, *others)) == []


def test_where_most_are_about_the_readers_city_that_is_no_reason_by_itself() -> None:
    told = [story(first, ("antara", REPORT)) for first in (1, 11)] + [story(21, ("antara", REPORT), ("inews", REPORT))]
    mine = [
        (one, [replace(p, article=_located(p.article, ("Jakarta", "headline"))) for p in pages]) for one, pages in told
    ]
    content = compose(seen(*mine, own_cities=("Jakarta",)))
    assert [one.story_id for one in content.top] == ["s21"]
    assert content.top[0].reasons == (TopReason(OWN, detail="Jakarta"), TopReason(REACH, number=2))


@pytest.mark.parametrize(
    ("new", "told", "expected"),
    [
        (1, 1, []),  # one outlet more
        (2, 2, [(GROWTH, 2), (REACH, 2)]),
        (2, 5, [(REACH, 2)]),  # less than half of those that told it
        (3, 5, [(GROWTH, 3), (REACH, 3)]),
    ],
)
def test_growth_takes_two_outlets_more_and_half_of_those_before(
    new: int, told: int, expected: list[tuple[Reason, int]]
) -> None:
    one, pages = story(1, *((f"new{number}", REPORT) for number in range(new)))
    before = [stored(100 + number, article(100 + number, outlet=f"old{number}", event=2)) for number in range(told)]
    members = (*one.members, *(Member(page.id, REPORT, "r") for page in before))
    grown = replace(one, members=members), pages
    everything = seen(grown, known=tuple(before), earlier={page.id: (YESTERDAY,) for page in before})
    assert reasons(everything) == expected


def test_growth_is_set_against_the_reach_that_an_earlier_edition_had() -> None:
    grown = story(1, ("antara", REPORT), ("inews", REPORT), ("beritajakarta", COPY))
    told = replace(past_edition(1), reach={"s1": 7})
    known = (stored(9, article(9, outlet="kabar", event=2)),)
    one = replace(grown[0], members=(*grown[0].members, Member(9, REPORT, "r"))), grown[1]
    assert (GROWTH, 3) in reasons(seen(one, known=known, earlier={9: (YESTERDAY,)}))
    assert (GROWTH, 3) not in reasons(seen(one, known=known, earlier={9: (YESTERDAY,)}, past=(told,)))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(added=40, removed=0, headline=False), [(NEW, None)]),
        (Edit(added=0, removed=1, headline=True), [(NEW, None)]),
        (Edit(added=3, removed=30, headline=False), []),
        (None, []),
    ],
)
def test_an_update_brings_something_where_its_text_does(edit: Edit | None, expected: list[tuple[Reason, None]]) -> None:
    everything = seen(story(1, ("antara", REPORT)), earlier={1: (YESTERDAY,)}, edits={1: edit} if edit else {})
    assert reasons(everything) == expected


def test_a_follow_up_is_new_when_it_is_first_told() -> None:
    told = story(1, ("antara", REPORT), continues="s0")
    followed = {"s0": FollowUp("s0", "Sebelumnya", NOW - timedelta(days=4))}
    assert reasons(seen(told, followed=followed)) == [(NEW, None)]
    assert reasons(seen(told, followed=followed, earlier={1: (YESTERDAY,)})) == []
    assert reasons(seen(story(1, ("antara", COPY), continues="s0"), followed=followed)) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [("Kini 27 kota ikut serta.", [(NEW, None)]), ("Sudah 20 kota ikut serta.", []), ("Kota-kota ikut serta.", [])],
)
def test_a_further_report_is_new_where_it_counts_something_else(
    summary: str, expected: list[tuple[Reason, None]]
) -> None:
    one, (page,) = story(1, ("antara", REPORT))
    told = stored(9, replace(article(9, event=2), in_language="id", headline="Awal", summary="Ada 20 kota ikut serta."))
    again = replace(page.article, in_language="id", headline="Lanjut", summary=summary)
    grown = replace(one, members=(*one.members, Member(9, REPORT, "r"))), [replace(page, article=again)]
    assert reasons(seen(grown, known=(told,), earlier={9: (YESTERDAY,)})) == expected


def test_equal_ones_come_in_the_editions_order() -> None:
    told = [story(first, ("antara", REPORT), ("inews", REPORT)) for first in (1, 11, 21, 31)]
    for order in ("reach", "newest"):
        content = compose(seen(*told, order=order))
        assert [one.story_id for one in content.top] == [block.story_id for block in content.stories][:3]


def test_of_a_drop_and_a_pin_the_later_counts() -> None:
    told = story(1, ("antara", REPORT))
    later = timedelta(minutes=1)
    pinned = compose(seen(told, decisions=(DROP, replace(PIN, at=NOW + later))))
    dropped = compose(seen(told, decisions=(replace(DROP, at=NOW + later), PIN)))
    assert (len(pinned.top), pinned.totals.dropped) == (1, 0)
    assert (dropped.stories, dropped.totals.dropped) == ((), 1)
