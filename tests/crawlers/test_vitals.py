"""What is counted of a run while it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.addresses import ListingAddress
from crawlers.discovery import Discovered
from crawlers.failures import Failure
from crawlers.vitals import VitalsTally
from pipeline.model import Article, Disposition, FailureClass, Kind, Listing, Provenance, RunCounts, Stage, Verdict
from pipeline.store.crawl_records import Listed
from pipeline.vitals import bucket, template_of
from tests.crawlers.crawling import OUTLETS

NOW = datetime(2026, 11, 10, 6, 0, tzinfo=UTC)
KEPT = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
FEED = ListingAddress("https://kota.example/feed", "feed", "https://kota.example/feed", 1, 1)
PARAGRAPH = "Para wali kota bertemu dan berbicara tentang air di kota mereka."


def article(n: int, **fields: object) -> Article:
    plain = Article(
        url=f"https://kota.example/{n}",
        canonical_url=f"https://kota.example/{n}",
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0",
        headline=f"Judul {n}",
        article_body=(f"{PARAGRAPH} {n}",),
        date_published=NOW - timedelta(hours=3),
        in_language="id",
        provenance=(Provenance("headline", "css:h1.title"), Provenance("date_published", "json-ld:datePublished")),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # fields of the same dataclass


def listed(n: int, verdict: Verdict | None = None, **fields: object) -> Listed:
    listing = Listing(f"https://kota.example/{n}", FEED.url, "feed", headline="Judul", **fields)  # type: ignore[arg-type]  # fields of the same dataclass
    return Listed(listing, listing.url, verdict)


def of(*articles: Article, listing: Listing | None = None) -> VitalsTally:
    tally = VitalsTally()
    for each in articles:
        tally.note_article(each, listing, KEPT, NOW)
    return tally


def test_a_listing_counts_what_may_be_an_article() -> None:
    tally = VitalsTally()
    old = Verdict(Disposition.OUT_OF_WINDOW, Stage.DISCOVERY, "older than the window")
    scope = Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched")
    other = Verdict(Disposition.REJECTED, Stage.DISCOVERY, "other_host")
    entries = (listed(1, date_published=NOW), listed(2, old), listed(3, scope), listed(4, other))
    tally.note_listing(FEED, Discovered(entries))
    (seen,) = tally.taken().listings
    assert (seen.links, seen.foreign, seen.dated, seen.titled, seen.most, seen.empty) == (3, 1, 1, 3, 3, 0)


def test_pages_and_days_of_a_listing_are_one() -> None:
    outlet = OUTLETS["inews"]
    tally = VitalsTally(outlet)
    for day in ("19-11-2026", "18-11-2026"):
        url = f"https://www.inews.id/indeks/news/{day}/1"
        tally.note_listing(ListingAddress(url, "index", url, 1, 1), Discovered((listed(1),)))
    tally.note_listing_failure("https://www.inews.id/indeks/news/17-11-2026/2", Failure(FailureClass.TIMEOUT, "no"))
    (seen,) = tally.taken().listings
    assert (seen.template, seen.read, seen.failed) == ("https://www.inews.id/indeks/news/{day}/{page}", 2, 1)
    assert seen.failure is FailureClass.TIMEOUT
    assert not seen.lasting


@pytest.mark.parametrize(
    ("url", "template"),
    [
        ("https://a.example/feed", "https://a.example/feed"),
        ("https://a.example/?s=wali+kota", "https://a.example/?s={query}"),
        ("https://a.example/sitemap-2026-11.xml", "https://a.example/sitemap-#-#.xml"),
    ],
)
def test_an_address_belongs_to_its_template(url: str, template: str) -> None:
    assert template_of(url, ("https://a.example/feed", "https://a.example/?s={query}")) == template


def test_fields_count_where_they_were_read_and_keep_an_example() -> None:
    vitals = of(article(1), article(2, headline=None, provenance=())).taken()
    headline = vitals.fields["headline"]
    assert (headline.present, dict(headline.sources), headline.value) == (1, {"css": 1}, "Judul 1")
    assert (headline.source, headline.absent) == ("css:h1.title", "https://kota.example/2")
    assert vitals.fields["authors"].present == 0
    assert vitals.articles == 2


def test_pages_that_are_no_articles_count_as_what_they_are() -> None:
    tally = of(article(1), article(2, kind=Kind.PHOTO))
    failed = Verdict(Disposition.FAILED, Stage.EXTRACT, "blocked")
    tally.note_article(article(3, kind=Kind.BLOCK_PAGE), None, failed, NOW)
    for n in range(3):
        tally.note_url_failure(f"https://kota.example/{n}", Failure(FailureClass.BLOCKED, "a challenge"))
    tally.note_led_away("https://kota.example/9", "https://kota.example/")
    vitals = tally.taken(RunCounts(listed=9, new=7, kept=1))
    assert (dict(vitals.kinds), vitals.articles, vitals.tried) == ({"article": 1, "photo": 1}, 1, 6)
    assert (vitals.failures["blocked"].count, vitals.failures["blocked"].in_a_row) == (3, 3)
    assert (vitals.led_away, vitals.led_example) == (1, "https://kota.example/9 → https://kota.example/")
    assert (vitals.listed, vitals.new, vitals.kept) == (9, 7, 1)


def test_a_row_of_failures_ends_with_a_page_that_can_be_read() -> None:
    tally = VitalsTally()
    for n in range(4):
        tally.note_url_failure(f"https://kota.example/{n}", Failure(FailureClass.BLOCKED, "a challenge"))
        if n == 1:
            tally.note_article(article(9), None, KEPT, NOW)
    assert tally.taken().failures["blocked"].in_a_row == 2


@pytest.mark.parametrize(
    ("when", "listing", "count"),
    [
        (NOW + timedelta(hours=3), None, "future"),
        (datetime(2026, 1, 1, tzinfo=UTC), None, "january"),
        (NOW - timedelta(days=9), NOW, "differing"),
    ],
)
def test_dates_that_cannot_be_right(when: datetime, listing: datetime | None, count: str) -> None:
    said = Listing("u", "f", "feed", date_published=listing) if listing else None
    dates = of(article(1, date_published=when), listing=said).taken().dates
    assert [name for name in ("future", "january", "differing") if getattr(dates, name)] == [count]
    assert (dates.value or "").startswith(when.isoformat())


def test_one_instant_for_all_is_counted() -> None:
    assert of(*(article(n) for n in range(5))).taken().dates.same == 5


def test_a_paragraph_of_many_articles_is_furniture() -> None:
    line = "Ikuti saluran warta kami di aplikasi pesan."
    texts = [article(n, article_body=(f"{PARAGRAPH} {n}", line)) for n in range(3)]
    vitals = of(*texts, article(9)).taken()
    assert (vitals.furniture, vitals.furniture_example) == (3, line)
    assert of(*texts[:2]).taken().furniture == 0
    assert of(article(1), article(1), article(1)).taken().furniture == 0  # one text under three addresses


@pytest.mark.parametrize(
    ("text", "garbled"), [("â€œKota", 1), ("Caf\u00c3\u00a9", 1), ("Kota\ufffd", 1), ("“Café” –", 0)]
)
def test_characters_of_a_wrong_charset(text: str, garbled: int) -> None:
    assert of(article(1, article_body=(text,))).taken().garbled == garbled


@pytest.mark.parametrize(("number", "power"), [(0, "-1"), (0.9, "-1"), (1, "0"), (700, "9"), (1024, "10")])
def test_a_histogram_counts_in_powers_of_two(number: float, power: str) -> None:
    assert bucket(number) == power
