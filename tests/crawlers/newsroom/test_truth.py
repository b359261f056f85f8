"""The truth is consistent with itself, on any day."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from pathlib import Path

import pytest

from crawlers.newsroom import TrueArticle, truth, truth_edition
from crawlers.newsroom.printed import fill
from crawlers.newsroom.stories import load_stories
from pipeline.model import Disposition, FailureClass, Kind, Stage
from pipeline.outlet import Outlet, read_outlet
from pipeline.urls import canonical_url, is_article, outlet_for

DAYS = (date(2026, 11, 21), date(2027, 1, 2), date(2027, 3, 1), date(2028, 3, 1), date(2026, 12, 31))
TODAY = DAYS[0]
OUTLET_FILES = Path(__file__).parents[3] / "crawlers" / "outlets"


def by_id(today: date = TODAY) -> dict[str, TrueArticle]:
    return {article.id: article for article in truth(today)}


@pytest.mark.parametrize("today", DAYS)
def test_truth_places_every_piece_on_an_allowed_day(today: date) -> None:
    for article in truth(today):
        days = (article.came_out.date() - today).days
        assert days in (-1, -2, -4, -5, -6, -7)
        assert article.older == (days < -3)
        assert article.came_out.utcoffset() == timedelta(hours=7)
        assert days != -2 or article.came_out.time() > time(0, 30)
        assert article.date_published in (None, article.came_out)
        assert article.date_modified is None or article.date_modified > article.came_out


@pytest.mark.parametrize("today", DAYS)
def test_truth_refers_to_existing_addresses_only(today: date) -> None:
    articles = {article.url: article for article in truth(today)}
    assert len(articles) == len(truth(today))
    for article in articles.values():
        for other in (article.copy_of, article.translation_of):
            assert other is None or (articles[other].came_out < article.came_out)
            assert other is None or articles[other].story == article.story
        assert article.continues is None or article.continues in {other.story for other in articles.values()}


@pytest.mark.parametrize("today", DAYS)
def test_truth_leaves_no_placeholder(today: date) -> None:
    for article in truth(today):
        printed = (article.headline, article.description or "", *article.article_body)
        assert not any("{" in text or "}" in text for text in printed)


@pytest.mark.parametrize("today", DAYS)
def test_truth_settles_every_piece_once(today: date) -> None:
    for article in truth(today):
        kept = article.disposition is Disposition.KEPT
        assert kept == bool(article.watches)
        assert (article.disposition is Disposition.FAILED) == (article.failure is not None)
        assert kept <= bool(article.article_body)
        assert set(article.watches.values()) <= {(today - timedelta(days=1)).year, 2023}


def test_truth_holds_the_cases_it_is_for() -> None:
    articles = truth(TODAY)
    ordinary = [a for a in articles if a.stage is Stage.WATCH and not a.in_scope]
    assert len([a for a in ordinary if a.near_miss]) >= 4
    assert len([a for a in ordinary if not a.near_miss]) >= 15
    assert {a.failure for a in articles if a.failure} == {
        FailureClass.HTTP_STATUS,
        FailureClass.BLOCKED,
        FailureClass.ROBOTS,
        FailureClass.FORBIDDEN_ADDRESS,
        FailureClass.LIMIT,
    }
    assert {a.in_language for a in articles if a.in_scope} == {"id", "en", "ms"}
    assert {a.kind for a in articles} >= {Kind.ARTICLE, Kind.SHORT_NOTE, Kind.PHOTO, Kind.VIDEO, Kind.SOFT_404}
    assert [a.id for a in articles if a.in_scope and a.date_published is None] == ["bj-banjir"]
    assert [a.id for a in articles if a.date_modified] == ["antara-tuanrumah"]
    assert any(a.in_scope and not a.authors and not a.copy_of for a in articles)


def test_truth_has_pieces_whose_utc_day_is_another() -> None:
    yesterday = TODAY - timedelta(days=1)
    clocks = {a.came_out.time() for a in truth(TODAY) if a.came_out.date() == yesterday}
    assert {time(0, 5), time(23, 55)} <= clocks
    assert by_id()["antara-bus"].came_out.astimezone(UTC).date() == yesterday - timedelta(days=1)


@pytest.mark.parametrize(
    ("piece", "dateline", "credit"),
    [
        ("antara-pembukaan", "Kuala Lumpur", "ANTARA"),
        ("antara-pameran", "Jakarta", "ANTARA News"),
        ("inews-smartjamp", "JAKARTA", "iNews.id"),
        ("redaksi-pengumuman", None, "Redaksi Jakarta"),
        ("bj-pembukaan", None, None),
    ],
)
def test_truth_reads_place_and_credit_of_the_opening(piece: str, dateline: str | None, credit: str | None) -> None:
    article = by_id()[piece]
    assert (article.dateline, article.credit_line) == (dateline, credit)


def test_truth_has_the_items_of_a_list_in_reading_order() -> None:
    article = by_id()["inews-smartjamp"]
    assert article.article_body[2:5] == article.list_items
    assert len(article.list_items) == 3


def test_truth_of_a_copy_is_the_text_it_prints() -> None:
    articles = by_id()
    assert articles["redaksi-pembukaan"].article_body == articles["antara-pembukaan"].article_body
    assert set(articles["inews-pembukaan"].article_body) < set(articles["antara-pembukaan"].article_body)


@pytest.mark.parametrize("today", DAYS)
def test_truth_agrees_with_the_outlet_files_on_addresses(today: date) -> None:
    outlets = [read_outlet(path) for path in sorted(OUTLET_FILES.glob("*.toml"))]
    named: dict[str | None, Outlet] = {outlet.name: outlet for outlet in outlets}
    for article in truth(today):
        outlet = named.get(article.outlet)
        if outlet is None:
            continue
        assert canonical_url(article.url, outlet) == article.url
        assert is_article(article.url, outlet) == (article.kind not in (Kind.PHOTO, Kind.VIDEO))
        spelled = {canonical_url(url, outlet) for name, url in article.variants if name not in ("old_slug", "number")}
        assert spelled == {article.url}
        if is_article(article.url, outlet):
            assert outlet_for(article.url, outlets) == outlet


@pytest.mark.parametrize("text", ["{hari}", "{day:-1}", "{year:1}"])
def test_fill_refuses_an_unknown_placeholder(text: str) -> None:
    with pytest.raises(ValueError, match="unknown placeholder"):
        fill(text, TODAY)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{hari:-1} ({dmy:-1})", "Jumat (1/1/2027)"),
        ("{weekday:-2} ({md:-2})", "Thursday (12/31)"),
        ("{long:0} {tarikh:-2}", "January 2, 2027 31 Disember 2026"),
        ("MGMAC {year}, {next_year}", "MGMAC 2027, 2028"),
    ],
)
def test_fill_prints_days_as_prose_does(text: str, filled: str) -> None:
    assert fill(text, date(2027, 1, 2)) == filled


def test_load_stories_orders_the_newest_first() -> None:
    came_out = [piece.published for piece in load_stories(TODAY)]
    assert came_out == sorted(came_out, reverse=True)


@pytest.mark.parametrize("today", DAYS)
def test_truth_edition_adds_up(today: date) -> None:
    edition = truth_edition(today)
    for counts in edition.outlets.values():
        settled = counts.kept + counts.rejected + counts.duplicate + sum(counts.failed.values())
        assert counts.listed == settled
    in_stories = [url for story in edition.stories for url in story.urls]
    assert len(in_stories) == len(set(in_stories))
    assert len(in_stories) + len(edition.older) == sum(counts.kept for counts in edition.outlets.values())
    assert edition.outlets["beritajakarta_en"].listed == 0


def test_truth_edition_tells_events_apart() -> None:
    stories = {story.label: story for story in truth_edition(TODAY).stories}
    articles = by_id()
    opening = stories["pembukaan"]
    assert opening.origin == articles["antara-pembukaan"].url
    assert len(opening.urls) == 5
    assert opening.copies == {
        articles["redaksi-pembukaan"].url: opening.origin,
        articles["inews-pembukaan"].url: opening.origin,
    }
    assert stories["rilis-angkutan"].origin is None
    assert stories["data-banjir"].continues == "pembukaan"
    assert set(stories["pengumuman"].urls).isdisjoint(opening.urls)


def test_truth_edition_knows_what_was_not_read() -> None:
    read = truth_edition(TODAY, failing=(), listings=["https://www.beritajakarta.id/en/"])
    assert read.outlets["beritajakarta_en"].listed == 2
    assert read.outlets["antara"].listed == 0
    assert [story.label for story in read.stories] == ["pembukaan"]


def test_truth_edition_takes_addresses_a_person_asked_for() -> None:
    url = by_id()["kabarkota-pembukaan"].url
    stories = {story.label: story for story in truth_edition(TODAY, addresses=[url]).stories}
    assert url in stories["pembukaan"].urls
