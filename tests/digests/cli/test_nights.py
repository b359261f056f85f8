"""The nightly pass before an edition: once a day, told in one line, and what it changes comes out right in the mail."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from digests import editions
from digests.cli import cycle
from digests.cli.office import Office
from digests.model import Content, StoryBlock
from pipeline.assemble import Assembled, assemble
from pipeline.store import EditionRecord
from tests.pipeline.assembling import NOW, keep, named, report, story_of, text_of

DAY = timedelta(days=1)
TODAY = NOW.date()
A = report("satu", text_of(1), published=NOW - timedelta(hours=9))
B = report("dua", text_of(2), outlet="harian", published=NOW - timedelta(hours=8))
BOTH = report("tiga", f"{text_of(1)} {text_of(2)}", outlet="kabar", published=NOW + timedelta(hours=8))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def office(home: Path, days: int = 0) -> Office:
    return Office(home, fixed_now=NOW + days * DAY)


def edition(home: Path, days: int = 0, list_name: str | None = None) -> Content:
    here = office(home, days)
    made = cycle.make_edition(here, TODAY + days * DAY, list_name)
    here.close()
    return editions.content(made)


def told(block: StoryBlock) -> set[str]:
    return {place.outlet for place in block.placements}


def test_the_editions_of_a_day_share_one_night(home: Path) -> None:
    here = office(home)
    keep(here.store, A)
    assert here.store.stories.night(TODAY.isoformat()) is None
    edition(home)
    later = Office(home, fixed_now=NOW + timedelta(hours=2))
    keep(later.store, B)
    cycle.make_edition(later, TODAY, "mingguan")
    night = here.store.stories.night()
    assert night is not None
    assert (night.period, night.told_at) == (TODAY.isoformat(), NOW)
    assert {block.story_id for block in edition(home, 0, "mingguan").stories} == {
        story_of(here.store, 1).id,
        story_of(here.store, 2).id,
    }, "what came after the night has its place too"
    edition(home, 1)
    assert (later.store.stories.night() or night).period == (TODAY + DAY).isoformat()
    here.close()
    later.close()


def test_stories_of_yesterdays_edition_that_merge_are_one_update_today(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = office(home)
    a, b = keep(here.store, A), keep(here.store, B)
    first = edition(home)
    assert {block.story_id for block in first.stories} == {story_of(here.store, a).id, story_of(here.store, b).id}
    keep(here.store, BOTH, NOW + DAY / 2)
    capsys.readouterr()
    second = edition(home, 1)
    assert "stories: 1 merged in the night; `kliping stories changes` tells them" in capsys.readouterr().err
    (block,) = second.stories
    assert (block.story_id, told(block), block.earlier) == (story_of(here.store, a).id, {"kabar"}, (TODAY,))
    assert (second.totals.stories, second.totals.articles) == (1, 1)
    assert all(named(here.store, old.story_id).id == block.story_id for old in first.stories)
    here.close()


def test_a_new_story_that_merges_into_yesterdays_is_its_update_and_nothing_is_lost(home: Path) -> None:
    here = office(home)
    a = keep(here.store, A)
    edition(home)
    b = keep(here.store, B, NOW + DAY / 2)
    assemble(here.store, NOW + DAY / 2)
    young = story_of(here.store, b).id
    assert young != story_of(here.store, a).id
    keep(here.store, BOTH, NOW + DAY / 2)
    second = edition(home, 1)
    (block,) = second.stories
    assert (told(block), block.earlier) == ({"harian", "kabar"}, (TODAY,))
    assert (second.totals.stories, second.totals.articles, second.totals.older) == (1, 2, 0)
    assert named(here.store, young).id == block.story_id
    assert edition(home, 2).totals.articles == 0
    here.close()


def test_what_left_yesterdays_story_in_the_night_says_that_it_was_told_before(home: Path) -> None:
    here = office(home)
    keep(here.store, A)
    copy = report("salinan", text_of(1), outlet="harian", published=NOW - timedelta(hours=7))
    keep(here.store, copy)
    (first,) = edition(home).stories
    assert told(first) == {"kota", "harian"}
    rewritten = report("salinan", text_of(5), outlet="harian", published=NOW - timedelta(hours=7))
    keep(here.store, rewritten, NOW + DAY / 2)
    (block,) = edition(home, 1).stories
    assert block.story_id != first.story_id
    assert (told(block), block.earlier) == ({"harian"}, (TODAY,))
    here.close()


def test_no_article_is_frozen_without_its_place(home: Path) -> None:
    here = office(home)
    keep(here.store, A)
    waiting = [B, report("salinan", text_of(1), outlet="kabar", published=NOW)]

    def place() -> Assembled:
        done = assemble(here.store, NOW)
        if waiting:
            keep(here.store, waiting.pop())  # a crawl is faster than the edition
        return done

    made = _build(here, place)
    assert not waiting
    assert sorted(sorted(told(block)) for block in editions.content(made).stories) == [["harian"], ["kabar", "kota"]]
    here.close()


def _build(here: Office, place: object) -> EditionRecord:
    assert callable(place)
    return editions.build(
        here.store, here.settings, here.loaded.outlets, date(2026, 11, 18), "daily", place=place, now=NOW
    )


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (Assembled(placed=9), None),
        (Assembled(merged=2, split=1), "stories: 2 merged, 1 split in the night; `kliping stories changes` tells them"),
        (Assembled(moved=3), "stories: 3 articles moved in the night; `kliping stories changes` tells them"),
    ],
)
def test_what_a_night_changed_is_one_line(done: Assembled, line: str | None) -> None:
    assert cycle.changed_line(done) == line
