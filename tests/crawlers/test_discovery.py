"""Links of listings: made-up ones for every behaviour, real ones for the claim that none is missed."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest

from crawlers.discovery import Discovered, read_listing
from crawlers.loader import load_outlets
from pipeline.config import Settings
from pipeline.model import Disposition, FailureClass, Page, Stage
from pipeline.outlet import Discovery, Outlet, Terms
from pipeline.urls import canonical_url, normalise, outlet_for

NOW = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
WIB = timezone(timedelta(hours=7))


def outlet(*article: str, hosts: tuple[str, ...] = ("warta.example",), **discovery: object) -> Outlet:
    return Outlet(
        name="warta",
        title="Warta",
        country="ID",
        language="id",
        timezone="Asia/Jakarta",
        hosts=hosts,
        terms=Terms(summary="none"),
        discovery=Discovery(article=article, **discovery),  # type: ignore[arg-type]  # a table of options
    )


WARTA = outlet(r"^https://warta\.example/(?:baca|foto)/\d+", exclude=("/foto/",), root=".daftar", headline=".judul")


def page(body: str | bytes, url: str = "https://warta.example/daftar", content_type: str = "text/html") -> Page:
    data = body.encode() if isinstance(body, str) else body
    return Page(url, 200, (("Content-Type", content_type),), data, NOW, "warta")


def articles(found: Discovered) -> list[str]:
    return [entry.listing.url for entry in found.entries if entry.verdict is None]


# --- feeds -----------------------------------------------------------------------------------------------------------

RSS = """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Warta</title>
<item><title>Taman &amp;quot;Rawa&amp;quot; dibuka</title><link>https://warta.example/baca/1?utm_source=rss#atas</link>
<pubDate>Tue, 03 Nov 2026 07:15:00 +0700</pubDate><dc:creator>Sari Wulandari</dc:creator><category>Kota</category>
<description>&lt;img src="https://warta.example/a.jpg" align="left"&gt;Wali&amp;nbsp;kota membuka&#13;
taman &amp;ldquo;Rawa&amp;rdquo; ...</description><guid>https://warta.example/baca/1</guid></item>
<item><title>Galeri taman</title><link>https://warta.example/foto/2</link></item>
<item><title>Iklan</title><link>https://pasar.example/baca/3</link></item>
<item><title>Lowongan</title><link>https://warta.example/karir/4</link></item>
</channel></rss>"""


def test_feed_entry_is_read_with_all_its_fields() -> None:
    listing = read_listing(page(RSS, content_type="application/rss+xml"), "feed", WARTA).entries[0].listing
    assert listing.url == "https://warta.example/baca/1?utm_source=rss"
    assert listing.headline == 'Taman "Rawa" dibuka'
    assert listing.description == "Wali kota membuka taman “Rawa”"
    assert listing.date_published == datetime(2026, 11, 3, 7, 15, tzinfo=WIB)
    assert listing.date_published_text == "Tue, 03 Nov 2026 07:15:00 +0700"
    assert (listing.authors, listing.keywords) == (("Sari Wulandari",), ("Kota",))
    assert (listing.found_on, listing.road) == ("https://warta.example/daftar", "feed")


def test_every_entry_of_a_feed_is_accounted_for() -> None:
    found = read_listing(page(RSS), "feed", WARTA)
    verdicts = [entry.verdict for entry in found.entries]
    assert found.articles == 1
    assert [v.rule if v else None for v in verdicts] == [None, "excluded", "other_host", "no_article_address"]
    assert {(v.disposition, v.stage) for v in verdicts if v} == {(Disposition.REJECTED, Stage.DISCOVERY)}
    assert found.failure is None


def test_canonical_address_drops_campaign_marks() -> None:
    assert read_listing(page(RSS), "feed", WARTA).entries[0].canonical_url == "https://warta.example/baca/1"


def test_an_entry_listed_twice_counts_once() -> None:
    item = "<item><title>A</title><link>https://warta.example/baca/1</link></item>"
    assert (
        len(read_listing(page(f"<rss version='2.0'><channel>{item}{item}</channel></rss>"), "feed", WARTA).entries) == 1
    )


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Warta</title><entry>
<title type="html">Banjir &amp;amp; pompa</title>
<link rel="alternate" href="/baca/7"/><id>tag:warta.example,2026:7</id><updated>2026-11-03T01:02:03Z</updated>
<author><name>Budi</name></author><summary>Pompa baru…</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://warta.example/"><title>Warta</title></channel>
<item rdf:about="https://warta.example/baca/8"><title>Pasar</title><link>https://warta.example/baca/8</link>
<dc:date>2026-11-03T08:00:00+07:00</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("feed", "url", "headline", "moment"),
    [
        (ATOM, "https://warta.example/baca/7", "Banjir & pompa", datetime(2026, 11, 3, 1, 2, 3, tzinfo=UTC)),
        (RDF, "https://warta.example/baca/8", "Pasar", datetime(2026, 11, 3, 8, tzinfo=WIB)),
    ],
)
def test_other_kinds_of_feed_are_read(feed: str, url: str, headline: str, moment: datetime) -> None:
    (entry,) = read_listing(page(feed), "feed", WARTA).entries
    assert (entry.listing.url, entry.listing.headline, entry.listing.date_published) == (url, headline, moment)


def test_a_date_without_zone_is_the_outlets_clock() -> None:
    feed = RSS.replace("Tue, 03 Nov 2026 07:15:00 +0700", "Tue, 03 Nov 2026 07:15:00")
    moment = read_listing(page(feed), "feed", WARTA).entries[0].listing.date_published
    assert moment == datetime(2026, 11, 3, 7, 15, tzinfo=WIB)


def test_a_counting_service_in_the_link_is_passed_by_when_the_guid_is_the_article() -> None:
    feed = RSS.replace(
        "<link>https://warta.example/baca/1?utm_source=rss#atas</link>", "<link>https://hitung.example/x</link>"
    )
    assert articles(read_listing(page(feed), "feed", WARTA)) == ["https://warta.example/baca/1"]


@pytest.mark.parametrize(
    ("body", "failure", "words", "count"),
    [
        (
            RSS.replace("</title><link>https://warta.example/foto", "<link>https://warta.example/foto"),
            "layout",
            "well-formed",
            1,
        ),
        (RSS[: RSS.index("<item><title>Iklan")], FailureClass.LAYOUT, "well-formed", 1),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", FailureClass.EMPTY, "no link", 0),
        ("", FailureClass.LAYOUT, "not a feed", 0),
        ("<html><body><h1>502</h1></body></html>", FailureClass.LAYOUT, "not a feed", 0),
        (RSS.replace("<link>https://warta.example/karir/4</link>", ""), FailureClass.LAYOUT, "1 entries without", 1),
    ],
)
def test_a_bad_feed_is_read_as_far_as_it_goes_and_told(body: str, failure: str, words: str, count: int) -> None:
    found = read_listing(page(body), "feed", WARTA)
    assert found.failure == failure
    assert words in (found.detail or "")
    assert found.articles == count


# --- sitemaps --------------------------------------------------------------------------------------------------------

NEWS_SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://warta.example/baca/1</loc><lastmod>2026-11-03</lastmod><news:news><news:publication><news:name>Warta
</news:name></news:publication><news:publication_date>2026-11-03T07:15:00+07:00</news:publication_date>
<news:title>Taman Rawa dibuka</news:title><news:keywords>taman, kota</news:keywords></news:news></url>
<url><loc>https://warta.example/tag/taman</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://warta.example/lama.xml</loc><lastmod>2026-09-01</lastmod></sitemap>
<sitemap><loc>https://warta.example/baru.xml</loc><lastmod>2026-11-02T00:00:00+07:00</lastmod></sitemap>
<sitemap><loc>https://warta.example/berita.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize("body", [NEWS_SITEMAP.encode(), gzip.compress(NEWS_SITEMAP.encode())], ids=["plain", "gzip"])
def test_news_sitemap_is_read(body: bytes) -> None:
    found = read_listing(page(body), "sitemap", WARTA)
    assert articles(found) == ["https://warta.example/baca/1"]
    listing = found.entries[0].listing
    assert (listing.headline, listing.keywords) == ("Taman Rawa dibuka", ("taman", "kota"))
    assert listing.date_published == datetime(2026, 11, 3, 7, 15, tzinfo=WIB)
    assert [entry.verdict.rule for entry in found.entries if entry.verdict] == ["no_article_address"]


def test_sitemap_index_names_those_that_may_hold_something_new() -> None:
    found = read_listing(page(INDEX), "sitemap", WARTA, since=datetime(2026, 10, 1, tzinfo=UTC))
    assert found.further == ("https://warta.example/berita.xml", "https://warta.example/baru.xml")
    assert found.failure is None


@pytest.mark.parametrize(
    "body",
    [b"", b"<html/>", gzip.compress(b"x", mtime=0)[:-9], b"\x1f\x8bnothing"],
    ids=["nothing", "HTML", "cut off", "no gzip"],
)
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    assert read_listing(page(body), "sitemap", WARTA).failure == FailureClass.LAYOUT


# --- HTML ------------------------------------------------------------------------------------------------------------

HTML = """<html><head><base href="https://warta.example/"></head><body><nav><a href="/baca/99/menu">Terkini</a></nav>
<div class="daftar"><article><a href="baca/1/taman"><img alt=""></a><h3 class="judul"><a href="baca/1/taman">Taman Rawa
 dibuka</a></h3><a href="baca/1/taman#komentar">3 komentar</a></article>
<article><a href="/baca/2/pasar"><span>Baca</span></a><div><h3 class="judul">Pasar pagi pindah</h3></div></article>
<a href="/foto/3/galeri">Galeri</a> <a href="/tag/taman">taman</a> <a href="/akun/masuk">Masuk</a>
<a href="javascript:void(0)">x</a> <a href="https://[">y</a> <a>z</a></div></body></html>"""


def test_index_page_gives_the_entries_of_its_list_with_their_headlines() -> None:
    found = read_listing(page(HTML), "index", WARTA)
    assert [(e.listing.url, e.listing.headline) for e in found.entries if not e.verdict] == [
        ("https://warta.example/baca/1/taman", "Taman Rawa dibuka"),
        ("https://warta.example/baca/2/pasar", "Pasar pagi pindah"),
    ]
    assert [(e.listing.url, e.verdict.rule) for e in found.entries if e.verdict] == [
        ("https://warta.example/foto/3/galeri", "excluded")
    ]


def test_links_of_the_whole_page_where_the_outlet_names_no_list() -> None:
    whole = outlet(r"^https://warta\.example/baca/\d+")
    found = read_listing(page(HTML), "index", whole)
    assert [e.listing.url.partition("/baca/")[2] for e in found.entries] == ["99/menu", "1/taman", "2/pasar"]


@pytest.mark.parametrize(
    ("body", "road", "failure"),
    [
        ("<p>nichts</p>", "index", FailureClass.LAYOUT),
        ("<p>nichts</p>", "search", None),
        ("<div class=daftar></div>", "index", FailureClass.EMPTY),
        ("<div class=daftar></div>", "tag", None),
        ("", "search", FailureClass.LAYOUT),
    ],
)
def test_a_list_that_is_not_there_is_told_but_a_search_may_find_nothing(
    body: str, road: str, failure: FailureClass | None
) -> None:
    assert read_listing(page(body), road, WARTA).failure == failure


# --- real listings ---------------------------------------------------------------------------------------------------

FEEDS = [
    ("antara/feeds/antaranews_rss_news_2015-11-05.xml", "http://www.antaranews.com/rss/news.xml"),
    ("antara/feeds/antaranews_rss_news_2017-04-28.xml", "http://www.antaranews.com/rss/news.xml"),
    ("antara/feeds/antaranews_rss_terkini_2017-04-17.xml", "http://www.antaranews.com/rss/terkini"),
    ("antara/feeds/jambi_antaranews_rss_terkini_2022-08-28.xml", "https://jambi.antaranews.com/rss/terkini.xml"),
]
NO_ARTICLE = re.compile(
    r"/(?:foto|photo|photos|video|videoviva|beritafoto|flashgrafis|tag|tags|topic|topik|kategori|indeks|oauth|akun|login"
    r"|users?|info|pages)(?:/|$)|//(?:foto|photo|video|tv|20|member)\."
)


def real(path: Path, url: str, road: str, source: Outlet) -> Discovered:
    return read_listing(page(path.read_bytes(), url), road, source)


@pytest.mark.shared
@pytest.mark.parametrize(("file", "url"), FEEDS)
def test_real_antara_feeds_yield_every_article(shared: Callable[..., Path], file: str, url: str) -> None:
    path = shared("web", *file.split("/"))
    antara = outlet_for(url, tuple(load_outlets(Settings()).outlets.values()))
    assert antara is not None
    printed = [normalise(unescape(link)) for link in re.findall(r"<link>(.*?)</link>", path.read_text())][1:]
    found = real(path, url, "feed", antara)
    assert [entry.listing.url for entry in found.entries] == printed
    assert articles(found) == [link for link in printed if re.search(r"/(?:berita|news)/\d+/", link)]
    assert found.failure is None
    for listing in (entry.listing for entry in found.entries):
        assert listing.headline
        assert listing.date_published is not None
        assert listing.date_published.utcoffset() == timedelta(hours=7)
        assert not re.search(r"<|&\w+;|\.\.\.$|…$|\r", listing.description or "")


PLAIN_FEEDS = [
    ("tempo/feeds/tempo_terkini_2017-04-27.xml", r"^https://[a-z.]*tempo\.co/read/news/", ("tempo.co",), 30),
    ("tempo/feeds/tempo_terkini_2017-04-28.xml", r"^https://[a-z.]*tempo\.co/read/news/", ("tempo.co",), 30),
    ("viva/feeds/viva_all_2017-04-28.xml", r"^https://[a-z.]*viva\.co\.id/\w+/read/\d+", ("viva.co.id",), 200),
    ("frontpages/antara-mainpage.html", r"^https://www\.antaranews\.com/berita/\d+", ("antaranews.com",), 20),
    ("frontpages/detik-mainpage.html", r"^https://[a-z]+\.detik\.com/(?:sepakbola/)?read/\d{4}/", ("detik.com",), 20),
    ("frontpages/kapanlagi-mainpage.html", r"^https://www\.kapanlagi\.com/.+\.html", ("kapanlagi.com",), 3),
    ("frontpages/republika-mainpage.html", r"^https://[a-z]+\.republika\.co\.id/berita/", ("republika.co.id",), 10),
]


@pytest.mark.shared
@pytest.mark.parametrize(("file", "pattern", "hosts", "count"), PLAIN_FEEDS)
def test_real_feeds_yield_every_entry(
    shared: Callable[..., Path], file: str, pattern: str, hosts: tuple[str, ...], count: int
) -> None:
    found = real(shared("web", *file.split("/")), "https://feed.example/", "feed", outlet(pattern, hosts=hosts))
    assert len(found.entries) == count
    assert found.articles == count
    assert all(entry.listing.headline and entry.listing.date_published for entry in found.entries)


FRONT = "frontpages/{}-mainpage.html"
DETIK = "detik/listings/news.detik.com_indeks_2024.html"
VNEXPRESS = "vnexpress/listings/e.vnexpress.net_home_2025.html"
PAGES = [
    (FRONT.format("kompas"), "http://www.kompas.com/", r"https?://\w+\.kompas\.com/read/xml/\d{4}/", 10),
    (FRONT.format("liputan6"), "http://www.liputan6.com/", r"https?://(?!photo|tv)[\w-]+\.liputan6\.com/read/\d+/", 92),
    (FRONT.format("okezone"), "http://www.okezone.com/", r"https?://\w+\.okezone\.com/read/\d{4}/", 22),
    (FRONT.format("tempo"), "http://www.tempo.co/", r"https?://\w+\.tempo\.co/(?:\w+/)?read/(?!flash)\w+/", 76),
    (FRONT.format("tempoen"), "http://en.tempo.co/", r"https?://en\.tempo\.co/read/news/\d{4}/", 49),
    (FRONT.format("viva"), "http://www.viva.co.id/", r"https?://[\w.]+viva\.co\.id/\w+/read/\d+-", 30),
    (DETIK, "https://news.detik.com/indeks", r"https?://\w+\.detik\.com/(?!foto-)[\w-]+/d-\d+/", 15),
    (VNEXPRESS, "https://e.vnexpress.net/", r"https?://e\.vnexpress\.net/news/.+-\d{7}\.html", 61),
]


@pytest.mark.shared
@pytest.mark.parametrize(("file", "url", "pattern", "count"), PAGES)
def test_real_front_pages_yield_every_article_and_nothing_else(
    shared: Callable[..., Path], file: str, url: str, pattern: str, count: int
) -> None:
    """Expected: every `href` of the page's source that has the shape of the site's articles, read without a parser."""
    path = shared("web", *file.split("/"))
    host = re.sub(r"^https?://(?:www\.|e\.|en\.|news\.)?|/.*", "", url)
    source = outlet(pattern, hosts=(host,))
    hrefs = re.findall(r"""href\s*=\s*["']([^"']+)["']""", path.read_text(errors="replace"))
    expected = set()
    for href in hrefs:
        absolute = urljoin(url, unescape(href).strip())
        if re.match(pattern, absolute):
            expected.add(canonical_url(absolute, source))
    found = real(path, url, "index", source)
    assert {entry.canonical_url for entry in found.entries} == expected
    assert len(expected) == count
    assert not [entry for entry in found.entries if NO_ARTICLE.search(entry.canonical_url)]
    nameless = [entry for entry in found.entries if not entry.listing.headline]
    assert len(nameless) <= 1  # Okezone: one link around a picture without a word
