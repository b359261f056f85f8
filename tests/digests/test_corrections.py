"""What became of articles that earlier editions told: each told once, and only what takes something back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests import editions
from digests.corrections import takes_back
from digests.known import Editing
from digests.model import Content, Edit
from digests.recap import CorrectionRule
from pipeline.model import Article, Member, Role, Story
from pipeline.store import Store
from tests.digests.examples import PERIOD, article
from tests.digests.world import FROZEN, crawl, outlets, settings

DAY = timedelta(days=1)
TEXT = replace(
    article(1),
    headline="Dua puluh wali kota tiba di Jakarta",
    article_body=("Pertemuan itu diikuti 20 kota dan 300 peserta.", "Acara berlangsung dua hari."),
)


def build(store: Store, home: Path, days: int) -> Content:
    record = editions.build(store, settings(home), outlets(), PERIOD + days * DAY, "daily", now=FROZEN + days * DAY)
    return editions.content(record)


def told(store: Store, home: Path, *articles: Article) -> Content:
    crawl(store, "antara", *articles)
    return build(store, home, 0)


def rules(content: Content) -> list[tuple[CorrectionRule, int]]:
    return [(row.rule, row.article_id) for row in content.corrections]


def body(*paragraphs: str, headline: str | None = TEXT.headline) -> Article:
    return replace(TEXT, headline=headline, article_body=paragraphs)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (body("Pertemuan itu diikuti 14 kota dan 300 peserta.", "Acara berlangsung dua hari."), True),
        (body("Pertemuan itu diikuti 20 kota dan 450 peserta."), True),
        (body("Pertemuan itu diikuti 20 kota dan 300 peserta.", "Ada 5 sesi."), False),  # added
        (body("Pertemuan diikuti 20 kota, 300 peserta!", "Acara dua hari."), False),
        (body("Pertemuan itu diikuti wakil kota."), False),  # cut
        (body(*TEXT.article_body, headline="Dua puluh wali kota telah tiba di Jakarta"), False),
        (body(*TEXT.article_body, headline="Ralat: pertemuan batal karena banjir"), True),
        (body(*TEXT.article_body, headline=None), False),
        (replace(TEXT, article_body=()), False),
    ],
)
def test_a_new_text_takes_something_back_where_headline_or_figures_are_others(now: Article, *, expected: bool) -> None:
    assert takes_back(TEXT, now) is expected


@pytest.mark.parametrize(
    ("language", "then", "now"),
    [
        ("th", "มีผู้เข้าร่วม 20 เมือง", "มีผู้เข้าร่วม 14 เมือง"),
        ("zh", "共有20个城市参加", "共有14个城市参加"),
        ("km", "មានទីក្រុងចំនួន 20", "មានទីក្រុងចំនួន 14"),
        ("my", "မြို့ ၂၀ တက်ရောက်သည်", "မြို့ ၁၄ တက်ရောက်သည်"),
    ],
)
def test_scripts_without_spaces_are_read_without_fault(language: str, then: str, now: str) -> None:
    one, other = (replace(TEXT, in_language=language, headline="x", article_body=(text,)) for text in (then, now))
    assert not takes_back(one, one)
    takes_back(one, other)  # what it counts there is not read; it must not fail


def test_what_fell_is_told_once_each_in_its_own_way(store: Store, tmp_path: Path) -> None:
    events = [article(number, event=number) for number in range(5)]
    told(store, tmp_path, *events, article(9, hours_ago=400))  # ids 1 to 5 and 6
    half = FROZEN + DAY / 2
    store.articles.correct(1, "reject", "forum lain", "budi", now=half)
    store.articles.correct(2, "withhold", "the outlet asked", "budi", now=half)
    store.articles.mark_gone(3, now=half)
    store.articles.correct(4, "reject", "salah", "budi", now=half)
    store.articles.undo_correction(4, "reject", "budi", now=half)
    store.articles.correct(6, "reject", "never told", "budi", now=half)
    content = build(store, tmp_path, 1)
    rows = {row.article_id: row for row in content.corrections}
    assert {number: row.rule for number, row in rows.items()} == {
        1: CorrectionRule.REJECTED,
        2: CorrectionRule.WITHHELD,
        3: CorrectionRule.WITHDRAWN,
    }
    assert (rows[1].headline, rows[1].detail, rows[1].outlet_title) == (events[0].headline, "forum lain", "ANTARA")
    assert (rows[1].period, rows[1].watches, rows[1].cities) == (PERIOD, ("amf",), ("Jakarta",))
    assert (rows[2].headline, rows[2].url, rows[2].detail) == (None, None, None)
    assert (rows[3].headline, rows[3].url) == (events[2].headline, events[2].url)
    assert build(store, tmp_path, 2).corrections == ()
    store.articles.correct(5, "reject", "forum lain", "budi", now=FROZEN + 28 * DAY)
    assert rules(build(store, tmp_path, 29)) == []  # four weeks after it was told


def test_a_mended_text_comes_as_an_update_only(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, TEXT)
    crawl(store, "antara", body(*TEXT.article_body, "Peserta menginap di tiga hotel."), now=FROZEN + DAY / 2)
    content = build(store, tmp_path, 1)
    assert content.stories[0].placements[0].edit == Edit(added=5, removed=0, headline=False)
    assert content.corrections == ()


def test_a_text_with_other_figures_is_an_update_and_a_correction(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, TEXT)
    crawl(store, "antara", body("Pertemuan itu diikuti 14 kota dan 300 peserta."), now=FROZEN + DAY / 2)
    content = build(store, tmp_path, 1)
    assert rules(content) == [(CorrectionRule.CHANGED, 1)]
    assert content.corrections[0].headline == TEXT.headline
    assert content.stories[0].placements[0].changed
    assert build(store, tmp_path, 2).corrections == ()


def test_an_old_text_that_changes_is_corrected_though_it_is_told_no_more(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, TEXT)
    crawl(store, "antara", body("Pertemuan itu diikuti 14 kota dan 300 peserta."), now=FROZEN + 6 * DAY)
    content = build(store, tmp_path, 7)
    assert (content.totals.articles, content.totals.older) == (0, 1)
    assert rules(content) == [(CorrectionRule.CHANGED, 1)]


# --- what editors said -----------------------------------------------------------------------------------------------


def test_a_dropped_story_is_counted_and_told_nowhere(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", article(1), article(2, event=1))
    two = [Story(f"s{number}", (Member(number, Role.ORIGIN, "first"),), origin=number) for number in (1, 2)]
    store.stories.replace(two, generation=0, now=FROZEN - DAY / 4)
    period = PERIOD.isoformat()
    for action in (Editing.PIN, Editing.NOTE):
        store.drafts.decide("daily", period, action, "s1", "sudah dijawab", actor="budi", now=FROZEN - DAY / 8)
    store.drafts.decide("daily", period, "drop", "s2", "bukan urusan kita", actor="budi", now=FROZEN - DAY / 8)
    content = build(store, tmp_path, 0)
    (block,) = content.stories
    assert (block.story_id, block.pinned, block.note) == ("s1", True, "sudah dijawab")
    assert (content.totals.dropped, content.dropped[0].reason) == (1, "bukan urusan kita")
    record = store.editions.get("daily", period)
    assert record is not None
    assert sorted(item.place for item in store.editions.items(record.id)) == ["dropped", "story"]
    assert build(store, tmp_path, 1).stories == ()


def test_what_is_dropped_was_not_told(store: Store, tmp_path: Path) -> None:
    crawl(store, "antara", TEXT)
    store.stories.replace([Story("s1", (Member(1, Role.ORIGIN, "first"),), origin=1)], generation=0, now=FROZEN)
    store.drafts.decide("daily", PERIOD.isoformat(), "drop", "s1", None, actor="budi", now=FROZEN - DAY / 8)
    assert build(store, tmp_path, 0).totals.dropped == 1
    crawl(store, "antara", body("Pertemuan itu diikuti 14 kota dan 300 peserta."), now=FROZEN + DAY / 2)
    content = build(store, tmp_path, 1)
    (block,) = content.stories
    assert (block.earlier, block.placements[0].changed, content.corrections) == ((), False, ())
