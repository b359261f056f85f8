"""When an article was published: metadata, printed date, listing, address; the prose never."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.model import Article, Listing
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

URL = "https://kabar.example/kota/taman-kota-baru-dibuka"
BODY = paragraphs(
    SENTENCE, SENTENCE.replace("acara", "rapat"), "Acara berlangsung pada Selasa (1/8/2023), kata panitia."
)
TITLE = "<h1>Taman kota baru dibuka di Jakarta</h1>"


def meta(value: str) -> str:
    return f"<meta property='article:published_time' content='{value}'>"


def article(
    head: str = "", above: str = "", *, url: str = URL, below: str = "", listing: Listing | None = None
) -> Article:
    return read(page(article_html(BODY + below, head, TITLE + above), url), listing=listing)


def source(found: Article) -> str:
    return next(p.source for p in found.provenance if p.field == "date_published")


@pytest.mark.parametrize(
    ("head", "above", "instant"),
    [
        (meta("2026-11-19T10:08:00+07:00"), "", "2026-11-19T10:08:00+07:00"),
        # UTC that is true, and "Z" that is the clock on the wall
        (
            meta("2026-11-19T03:08:58Z"),
            "<p class='tgl'>Kamis, 19 November 2026 10:08 WIB</p>",
            "2026-11-19T10:08:58+07:00",
        ),
        (
            meta("2026-11-19T10:08:58Z"),
            "<p class='tgl'>Kamis, 19 November 2026 10:08 WIB</p>",
            "2026-11-19T10:08:58+07:00",
        ),
        # a day only, and the time printed
        (meta("2026-11-19"), "<p class='tgl'>Kamis, 19 November 2026 10:08 WIB</p>", "2026-11-19T10:08:00+07:00"),
        ("", "<time>Kamis, 19 November 2026 10:08 WITA</time>", "2026-11-19T10:08:00+08:00"),
        ("", "<div>Kamis, 19 November 2026 | 10:08 WIB</div>", "2026-11-19T10:08:00+07:00"),
        ("", "<span class='waktu'>2 jam lalu</span>", "2026-11-20T17:00:00+07:00"),
        # the future is refused, and so is the age before the web
        (
            meta("2027-01-01T00:00:00+07:00"),
            "<p class='tgl'>19 November 2026 10:08 WIB</p>",
            "2026-11-19T10:08:00+07:00",
        ),
        (meta("2027-01-01T00:00:00+07:00"), "", None),
        (meta("1970-01-01T00:00:00Z"), "", None),
        (meta("0000-00-00 00:00:00"), "", None),
        (meta("besok"), "", None),
        ("", "", None),  # neither the Tuesday of the prose nor its day
        ("", "<p class='info'>Selasa</p>", None),
    ],
)
def test_date_published(head: str, above: str, instant: str | None) -> None:
    found = article(head, above).date_published
    assert (found.isoformat() if found else None) == instant


@pytest.mark.parametrize(
    "aside",
    [
        "<aside><p class='date'>3 Februari 2026 08:00 WIB</p></aside>",
        "<div class='terpopuler'><span class='date'>3 Februari 2026 08:00 WIB</span></div>",
        "<li><a href='/kota/pohon-di-tepi-kali-dirawat'>Pohon dirawat</a> <time>3 Februari 2026 08:00</time></li>",
        "<footer><span class='time'>3 Februari 2026 08:00 WIB</span></footer>",
    ],
)
def test_another_articles_date_is_never_this_ones(aside: str) -> None:
    html = article_html(BODY, "", TITLE).replace("</main>", f"</main>{aside}")
    assert read(page(html)).date_published is None


def test_the_listing_dates_a_page_that_prints_none() -> None:
    when = datetime.fromisoformat("2026-11-18T09:00:00+07:00")
    found = article(listing=Listing(URL, "https://kabar.example/feed", "feed", date_published=when))
    assert (found.date_published, source(found)) == (when, "listing:feed")


def test_a_relative_time_of_a_listing_counts_from_when_that_was_read_and_is_never_exact() -> None:
    read_at = datetime.fromisoformat("2026-11-18T09:00:00+07:00")
    listing = Listing(URL, "https://kabar.example/tag/x", "tag", date_published_text="2 jam lalu")
    assert article(listing=listing).date_published is None  # the page was fetched later, nobody knows how much
    found = article(listing=replace(listing, date_published=read_at))
    assert (found.date_published, source(found)) == (read_at, "listing:tag")
    (origin,) = [one for one in found.provenance if one.field == "date_published"]
    assert (origin.confidence, origin.detail) == (0.5, "counted back from the time of fetching")


def test_a_listing_that_prints_the_day_alone_gives_no_exact_time() -> None:
    day = datetime.fromisoformat("2026-11-18T00:00:00+07:00")
    listing = Listing(URL, URL, "index", date_published=day, date_published_text="18 November 2026")
    (origin,) = [one for one in article(listing=listing).provenance if one.field == "date_published"]
    assert origin.detail == "no time is stated: midnight stands for the day; zone: Asia/Jakarta, at home with id"


def test_the_address_is_the_last_resort() -> None:
    found = article(url="https://kabar.example/read/2026/11/05/12345/taman-kota-baru")
    assert found.date_published == datetime.fromisoformat("2026-11-05T00:00:00+07:00")
    assert source(found) == "url"


def test_what_was_printed_is_kept() -> None:
    found = article(meta("2026-11-19T03:08:58Z"), "<p class='tgl'>Kamis, 19 November 2026 10:08 WIB</p>")
    assert found.date_published_text == "Kamis, 19 November 2026 10:08 WIB"


def test_a_change_before_the_publication_is_none() -> None:
    head = meta("2026-11-19T10:00:00+07:00") + "<meta property='article:modified_time' content='{}'>"
    assert article(head.format("2026-11-19T09:00:00+07:00")).date_modified is None
    assert article(head.format("2026-11-19T11:00:00+07:00")).date_modified is not None


def test_metadata_that_is_local_time_is_read_so() -> None:
    head = "<meta name='pubdate' content='2026-11-19T10:08:58Z'>"
    html = f"<html><head>{head}</head><body><div class='detail__body-text'>{BODY}</div></body></html>"
    found = read(page(html, "https://news.detik.com/berita/d-12/taman-kota"), outlet="detik")
    assert found.date_published == datetime.fromisoformat("2026-11-19T10:08:58+07:00")
