"""The week's events: their truth agrees with itself on any day, and every page comes out as it is in truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.newsroom import TrueArticle, truth, week_truth
from crawlers.newsroom.outlet_files import outlet_files
from crawlers.newsroom.plain_sites import plain_answer
from pipeline.model import Page
from pipeline.outlet import Outlet, read_outlet
from pipeline.process import process_page
from pipeline.watches import bundled_watches
from tests.crawlers.newsroom.conftest import asked

OUTLET_FILES = Path(__file__).parents[3] / "crawlers" / "outlets"
DAYS = (date(2026, 11, 18), date(2026, 6, 8), date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29))
TODAY = DAYS[0]
FIELDS = (
    "kind", "headline", "description", "article_body", "date_published", "authors", "editors", "dateline",
    "credit_line", "in_language", "syndicated_from", "press_release",
)  # fmt: skip
LONGEST_WAIT = 14  # days: a story's window


@cache
def outlet(name: str) -> Outlet:
    return read_outlet(OUTLET_FILES / f"{name}.toml")


def stories(today: date) -> dict[str, list[TrueArticle]]:
    """The pieces of each story, oldest first."""
    found: dict[str, list[TrueArticle]] = defaultdict(list)
    for piece in reversed(week_truth(today)):
        found[piece.story].append(piece)
    return found


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_piece_is_in_scope_and_came_out_within_a_storys_window(today: date) -> None:
    for piece in week_truth(today):
        assert piece.in_scope
        assert -LONGEST_WAIT < (piece.came_out.date() - today).days < 0
        assert piece.came_out.tzinfo == ZoneInfo(outlet_files()[piece.outlet or ""].timezone)
        assert not any("{" in text or "}" in text for text in (piece.headline, *piece.article_body))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_copy_and_a_translation_belong_to_the_story_of_the_text_they_print(today: date) -> None:
    pieces = {piece.url: piece for piece in week_truth(today)}
    assert len(pieces) == len(week_truth(today))
    for piece in pieces.values():
        for other in filter(None, (piece.copy_of, piece.translation_of)):
            assert pieces[other].story == piece.story
            assert pieces[other].outlet != piece.outlet
            assert pieces[other].copy_of is None
        assert piece.translation_of is None or pieces[piece.translation_of].in_language != piece.in_language


def test_a_copy_prints_paragraphs_of_the_text_it_copies() -> None:
    pieces = {piece.url: piece for piece in week_truth(TODAY)}
    for piece in pieces.values():
        if piece.copy_of:
            own = set(piece.article_body) - set(pieces[piece.copy_of].article_body)
            assert len(own) <= 1
            assert len(piece.article_body) > 2 * len(own)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_story_continues_an_older_one_and_says_so_throughout(today: date) -> None:
    told = stories(today)
    for label, pieces in told.items():
        (continued,) = {piece.continues for piece in pieces}
        assert continued is None or told[continued][-1].came_out < pieces[0].came_out, label


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_prints_of_a_release_credit_nobody_and_come_within_hours(today: date) -> None:
    for pieces in stories(today).values():
        prints = [piece for piece in pieces if piece.release]
        if prints:
            assert len({piece.outlet for piece in prints}) == len(pieces) >= 3
            assert not any(piece.syndicated_from for piece in prints)
            assert prints[-1].came_out - prints[0].came_out < timedelta(hours=4)


def test_its_stories_are_none_of_the_demos() -> None:
    assert not set(stories(TODAY)) & {piece.story for piece in truth(TODAY)}


def test_the_week_holds_the_cases_it_is_for() -> None:
    told = stories(TODAY)
    wire = [piece for piece in told["pasang-makassar"] if piece.copy_of]
    assert len({piece.outlet for piece in wire}) == 9
    assert Counter(piece.syndicated_from is None for piece in wire) == {False: 5, True: 4}
    assert {piece.in_language for piece in told["pasang-makassar"] if piece.translation_of} == {"en", "ms"}
    original = next(piece for piece in told["pasang-makassar"] if not piece.copy_of and not piece.translation_of)
    assert sum(piece.came_out < original.came_out for piece in wire) == 2
    assert [len(told[label]) for label in ("dialog-kuching", "dialog-danang")] == [4, 3]
    assert len({piece.in_language for piece in told["dialog-kuching"]}) == 4
    assert len({piece.headline for piece in told["bus-malam"] if piece.outlet == "bernama"}) == 1
    assert {year for label in told for piece in told[label] for year in piece.watches.values()} >= {2022, 2023}


@pytest.mark.parametrize("today", DAYS[:3], ids=str)
def test_every_page_of_the_week_comes_out_as_it_is_in_truth(today: date) -> None:
    fetched = datetime(2028, 3, 1, 5, tzinfo=UTC)
    for true in week_truth(today):
        answer = plain_answer(today, asked(true.url))
        page = Page(true.url, 200, (("Content-Type", answer.content_type),), answer.body, fetched, None)
        article = process_page((page,), None, outlet(true.outlet or ""), bundled_watches())
        found = {name: getattr(article, name) for name in FIELDS}
        assert found == {name: getattr(true, name) for name in FIELDS}, true.id
        assert {watch.id: watch.edition for watch in article.watches} == true.watches, true.id
