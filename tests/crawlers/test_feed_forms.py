"""Feeds, sitemaps and interfaces in all their forms: a table of small ones of our own."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawlers.discovery import read_listing
from crawlers.json_listings import past_the_end
from crawlers.middlewares.unpack import UnpackMiddleware
from pipeline.model import FailureClass, Page
from tests.crawlers.test_discovery import articles, outlet, page

WIB = timezone(timedelta(hours=7))
WARTA = outlet(r"^https://warta\.example/baca/\d+")
MORNING = datetime(2026, 11, 3, 7, 15, tzinfo=WIB)
TEXT = f"<p>Wali kota membuka taman.</p><p>{'Warga datang dari seluruh kota. ' * 30}</p>"

RSS = "<rss version='2.0'{ns}><channel><title>W</title><item>{item}</item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'{base}><title>W</title><entry{own}>{entry}</entry></feed>"
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://warta.example/'><title>W</title></channel>"
    "<item rdf:about='https://warta.example/baca/1'>{item}</item></rdf:RDF>"
)
DC = " xmlns:dc='http://purl.org/dc/elements/1.1/'"
CONTENT = " xmlns:content='http://purl.org/rss/1.0/modules/content/'"
TITLE = "<title>Taman dibuka</title>"
LINK = "<link>https://warta.example/baca/1</link>"
DATE = "<pubDate>Tue, 03 Nov 2026 07:15:00 +0700</pubDate>"
ENTRY = "<title>Taman dibuka</title><link href='{}'/><id>w:1</id><published>2026-11-03T07:15:00+07:00</published>"


def jsonfeed(version: str, **item: object) -> str:
    entry: dict[str, object] = {
        "id": "1",
        "url": "https://warta.example/baca/1",
        "title": "Taman dibuka",
        "content_html": TEXT,
    }
    entry |= {"date_published": "2026-11-03T07:15:00+07:00"} | item
    return json.dumps({"version": f"https://jsonfeed.org/version/{version}", "title": "W", "items": [entry]})


FORMS = {
    "RSS 2.0": RSS.format(ns="", item=TITLE + LINK + DATE),
    "RSS 2.0, two-digit year": RSS.format(ns="", item=TITLE + LINK + DATE.replace("2026", "26")),
    "RSS 2.0, name of a zone": RSS.format(ns="", item=TITLE + LINK + DATE.replace("07:15:00 +0700", "00:15:00 GMT")),
    "RSS 2.0, no zone": RSS.format(ns="", item=TITLE + LINK + DATE.replace(" +0700", "")),
    "RSS 2.0, date in Indonesian": RSS.format(
        ns="", item=f"{TITLE}{LINK}<pubDate>Selasa, 3 November 2026 07:15 WIB</pubDate>"
    ),
    "RSS 2.0, dc:date": RSS.format(ns=DC, item=f"{TITLE}{LINK}<dc:date>2026-11-03T07:15:00+07:00</dc:date>"),
    "RSS 2.0, CDATA": RSS.format(
        ns="", item=f"<title><![CDATA[Taman dibuka]]></title><link><![CDATA[https://warta.example/baca/1]]></link>{DATE}"
    ),
    "RSS 2.0, guid only": RSS.format(
        ns="", item=f"{TITLE}<guid isPermaLink='true'>https://warta.example/baca/1</guid>{DATE}"
    ),
    "RSS 0.92": RSS.format(ns="", item=TITLE + LINK + DATE).replace("2.0", "0.92"),
    "Atom 1.0": ATOM.format(base="", own="", entry=ENTRY.format("https://warta.example/baca/1")),
    "Atom, relative link": ATOM.format(base="", own="", entry=ENTRY.format("/baca/1")),
    "Atom, xml:base of the feed": ATOM.format(
        base=" xml:base='https://warta.example/baca/'", own="", entry=ENTRY.format("1")
    ),
    "Atom, xml:base of the entry": ATOM.format(
        base=" xml:base='https://warta.example/'", own=" xml:base='baca/'", entry=ENTRY.format("1")
    ),
    "Atom, several links": ATOM.format(
        base="",
        own="",
        entry="<link rel='enclosure' href='https://warta.example/a.mp3'/><link rel='self' href='https://warta.example/x'/>"
        + ENTRY.format("https://warta.example/baca/1").replace("<link", "<link rel='alternate' type='text/html'"),
    ),
    "Atom, updated only": ATOM.format(
        base="", own="", entry=ENTRY.format("/baca/1").replace("published>", "updated>")
    ),
    "RDF, dc:date": RDF.format(item=f"{TITLE}{LINK}<dc:date>2026-11-03T07:15:00+07:00</dc:date>"),
    "RDF, dc:date with Z": RDF.format(item=f"{TITLE}{LINK}<dc:date>2026-11-03T00:15:00Z</dc:date>"),
    "RDF, no link": RDF.format(item=f"{TITLE}<dc:date>2026-11-03T07:15+07:00</dc:date>"),
    "JSON Feed 1.0": jsonfeed("1"),
    "JSON Feed 1.1": jsonfeed("1.1"),
    "JSON Feed, id is the address": jsonfeed("1.1", url=None, id="https://warta.example/baca/1"),
    "JSON Feed, relative address": jsonfeed("1.1", url="/baca/1"),
    "JSON Feed, byte order mark": "\ufeff" + jsonfeed("1.1"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_feed_gives_address_headline_and_moment(form: str) -> None:
    found = read_listing(page(FORMS[form]), "feed", WARTA)
    assert (found.failure, found.detail) == (None, None)
    (entry,) = found.entries
    listing = entry.listing
    assert (listing.url, listing.headline, listing.date_published) == (
        "https://warta.example/baca/1",
        "Taman dibuka",
        MORNING,
    )


WHOLE = f"{TITLE}{LINK}<content:encoded><![CDATA[{TEXT}]]></content:encoded>"
CUT = "<description>Taman baru [&#8230;]</description>"
ATOM_TEXT = "<content type='html'>&lt;p&gt;Wali kota membuka taman.&lt;/p&gt;</content>"


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (RSS.format(ns=CONTENT, item=WHOLE), "Wali kota membuka taman."),
        (RSS.format(ns=CONTENT, item=CUT + WHOLE), "Taman baru"),
        (ATOM.format(base="", own="", entry=ENTRY.format("/baca/1") + ATOM_TEXT), "Wali kota membuka taman."),
        (jsonfeed("1.1"), "Wali kota membuka taman."),
        (jsonfeed("1.1", summary="Taman baru..."), "Taman baru"),
        (jsonfeed("1", content_html=None, content_text="Warga datang."), "Warga datang."),
    ],
)  # fmt: skip
def test_the_description_is_the_summary_else_the_beginning_of_the_text(body: str, description: str) -> None:
    assert read_listing(page(body), "feed", WARTA).entries[0].listing.description == description


def test_json_feed_names_authors_and_tags_in_both_versions() -> None:
    newer = jsonfeed("1.1", authors=[{"name": "Sari"}, {"name": "Budi"}, {"url": "x"}], tags=["Kota", " ", "Kota"])
    older = jsonfeed("1", author={"name": "Sari"})
    listings = [read_listing(page(body), "feed", WARTA).entries[0].listing for body in (newer, older)]
    assert [(one.authors, one.keywords) for one in listings] == [(("Sari", "Budi"), ("Kota",)), (("Sari",), ())]


@pytest.mark.parametrize(
    ("body", "words", "count"),
    [
        ("{", "not a feed", 0),
        ("[]", "not a feed", 0),
        ('{"items": 1}', "not a feed", 0),
        ('{"items": [{"id": "7"}, 3, {"url": "https://warta.example/baca/1"}]}', "2 entries without an address", 1),
        (jsonfeed("1.1", url="https://["), "1 entries without an address", 0),
    ],
)
def test_a_broken_json_feed_is_read_as_far_as_it_goes_and_told(body: str, words: str, count: int) -> None:
    found = read_listing(page(body), "feed", WARTA)
    assert (found.failure, found.articles) == (FailureClass.LAYOUT, count)
    assert words in (found.detail or "")


# --- WordPress -------------------------------------------------------------------------------------------------------

API = "https://warta.example/wp-json/wp/v2/posts?per_page=100&page={}"
POST = {
    "date": "2026-11-03T07:15:00",
    "date_gmt": "2026-11-03T00:15:00",
    "link": "https://warta.example/baca/1",
    "title": {"rendered": "Taman &#8220;Rawa&#8221;"},
    "excerpt": {"rendered": "<p>Wali kota membuka taman [&hellip;]</p>\n"},
}


def posts(body: object, number: int = 1, pages: str | None = None) -> Page:
    headers = (("X-WP-TotalPages", pages),) if pages else ()
    return Page(API.format(number), 200, headers, json.dumps(body).encode(), MORNING, "warta")


def test_wordpress_posts_are_read() -> None:
    (entry,) = read_listing(posts([POST]), "api", WARTA).entries
    listing = entry.listing
    assert (listing.url, listing.road) == ("https://warta.example/baca/1", "api")
    assert (listing.headline, listing.description) == ("Taman “Rawa”", "Wali kota membuka taman")
    assert (listing.date_published, listing.date_published_text) == (MORNING, "2026-11-03T07:15:00")


def test_without_universal_time_the_clock_is_the_outlets() -> None:
    (entry,) = read_listing(posts([POST | {"date_gmt": None}]), "api", WARTA).entries
    assert entry.listing.date_published == MORNING


@pytest.mark.parametrize(
    ("number", "pages", "last"),
    [(1, "1", True), (1, "3", False), (3, "3", True), (4, "3", True), (1, None, False), (1, "many", False)],
)
def test_wordpress_says_which_page_is_the_last(number: int, pages: str | None, last: bool) -> None:
    assert read_listing(posts([POST], number, pages), "api", WARTA).last is last


@pytest.mark.parametrize(
    ("body", "number", "failure", "words"),
    [
        ([], 1, FailureClass.EMPTY, "no link"),
        ([], 2, None, ""),
        ({"code": "rest_disabled", "message": "No."}, 1, FailureClass.LAYOUT, "rest_disabled"),
        ("<html>", 1, FailureClass.LAYOUT, "not a list of posts"),
        ([{"id": 1}, POST], 1, FailureClass.LAYOUT, "1 entries without an address"),
    ],
)
def test_a_broken_interface_is_told(body: object, number: int, failure: FailureClass | None, words: str) -> None:
    found = read_listing(posts(body, number), "api", WARTA)
    assert found.failure == failure
    assert words in (found.detail or "")


def test_the_end_of_the_interface_is_its_own_error() -> None:
    body = b'{"code":"rest_post_invalid_page_number","message":"x","data":{"status":400}}'
    assert past_the_end(400, body)
    assert not past_the_end(404, body)
    assert not past_the_end(400, b'{"code":"rest_invalid_param"}')


# --- sitemaps --------------------------------------------------------------------------------------------------------

SITEMAP = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://warta.example/baca/1</loc></url></urlset>"


@pytest.mark.parametrize("encoded", [False, True], ids=["as it is", "and encoded for the way"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "a .gz file"])
def test_a_sitemap_may_be_packed_as_a_file_and_for_the_way(packed: bool, encoded: bool) -> None:
    body = gzip.compress(SITEMAP) if packed else SITEMAP
    url = "https://warta.example/peta.xml.gz"
    headers = {"Content-Encoding": "gzip"} if encoded else {}
    response = Response(url, 200, headers=headers, body=gzip.compress(body) if encoded else body)
    middleware = UnpackMiddleware.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": 10**7}))
    result = middleware.process_response(Request(url), response)
    assert isinstance(result, Response)
    assert articles(read_listing(page(result.body, url), "sitemap", WARTA)) == ["https://warta.example/baca/1"]


MONTHS = "<sitemapindex>" + "".join(
    f"<sitemap><loc>https://warta.example/peta-{month}.xml</loc></sitemap>"
    for month in ("2026-11", "2026-10", "2026-9", "2015-04", "12345")
) + "</sitemapindex>"  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), None, ["2026-11", "2026-10", "12345"]),
        (datetime(2015, 4, 2, tzinfo=UTC), datetime(2015, 4, 9, tzinfo=UTC), ["2015-04", "12345"]),
        (datetime(2026, 9, 5, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC), ["2026-10", "2026-9", "12345"]),
        (None, None, ["2026-11", "2026-10", "2026-9", "2015-04", "12345"]),
    ],
)
def test_of_monthly_sitemaps_those_of_the_window_are_read(
    since: datetime | None, until: datetime | None, months: list[str]
) -> None:
    found = read_listing(page(MONTHS), "sitemap", WARTA, since, until)
    assert [url.partition("peta-")[2].removesuffix(".xml") for url in found.further] == months
