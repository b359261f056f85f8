"""The outlets without a markup of their own: every page is read as it is in truth, every listing names its pieces."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from urllib.parse import quote_plus, urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawlers.discovery import read_listing
from crawlers.newsroom import HOSTS, Response, TrueArticle, plain_truth, truth, week_truth
from crawlers.newsroom.hosts import MARKED, PLAIN
from crawlers.newsroom.outlet_files import OutletFile, outlet_files
from crawlers.newsroom.plain_dates import printed
from crawlers.newsroom.plain_sites import plain_answer
from pipeline.duplicates import compare_profiles, profile
from pipeline.model import Page
from pipeline.outlet import Outlet, read_outlet
from pipeline.process import process_page, verdict
from pipeline.urls import canonical_url, is_article
from pipeline.watches import bundled_watches
from tests.crawlers.newsroom.conftest import TODAY, Answer, asked

OUTLET_FILES = Path(__file__).parents[3] / "crawlers" / "outlets"
NAMES = [name for name in outlet_files() if name not in MARKED]
LISTINGS = [
    (name, *one) for name in NAMES for one in outlet_files()[name].listings if one[0] in ("feed", "index", "sitemap")
]
_FIELDS = ("kind", "headline", "description", "article_body", "date_published", "authors", "in_language")
# script: the languages written in it, by the names of their letters
_SCRIPTS = {"th": "THAI", "km": "KHMER", "lo": "LAO", "my": "MYANMAR", "zh": "CJK", "ta": "TAMIL"}


def ask(url: str, today: date = TODAY) -> Response:
    return plain_answer(today, asked(url))


def page(url: str, answer: Response) -> Page:
    headers = (("Content-Type", answer.content_type), *answer.headers)
    return Page(url, answer.status, headers, answer.body, datetime(2026, 11, 21, 5, tzinfo=UTC), None)


@cache
def outlet(name: str) -> Outlet:
    return read_outlet(OUTLET_FILES / f"{name}.toml")


def of(name: str, today: date = TODAY) -> list[TrueArticle]:
    return [article for article in plain_truth(today) if article.outlet == name]


def alone(today: date = TODAY) -> list[TrueArticle]:
    """The pieces of no event that others tell too."""
    return [article for article in plain_truth(today) if article not in week_truth(today)]


def test_the_newsroom_speaks_for_every_bundled_outlet() -> None:
    for file in outlet_files().values():
        assert set(file.hosts) <= HOSTS
        assert file.name in MARKED or file.address, f"crawlers/newsroom/addresses.toml names no address of {file.name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_outlet_has_a_piece_on_a_forum_and_ordinary_ones(name: str) -> None:
    articles = of(name)
    assert len(articles) >= 3
    assert any(article.in_scope for article in articles)
    assert any(not article.in_scope for article in articles)
    assert any(article.near_miss for article in articles) or name == "antara_regional"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_comes_out_as_it_is_in_truth(name: str) -> None:
    for true in of(name):
        article = process_page((page(true.url, ask(true.url)),), None, outlet(name), bundled_watches())
        assert {f: getattr(article, f) for f in _FIELDS} == {f: getattr(true, f) for f in _FIELDS}
        assert {watch.id: watch.edition for watch in article.watches} == true.watches
        assert verdict(article).disposition is true.disposition


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 3, 1)])
def test_addresses_are_the_outlets_own_on_any_day(today: date) -> None:
    articles = plain_truth(today)
    assert len({article.url for article in articles}) == len(articles)
    for article in articles:
        own = outlet(article.outlet or "")
        assert canonical_url(article.url, own) == article.url
        assert is_article(article.url, own)
        assert -3 < (article.came_out.date() - today).days < 0 or article in week_truth(today)
        assert article.came_out.tzinfo == ZoneInfo(own.timezone)
        assert ask(article.url, today).status == 200


def test_the_demos_truth_knows_nothing_of_them() -> None:
    assert not {article.outlet for article in truth(TODAY)} & set(NAMES)


def test_no_two_pieces_are_one_text() -> None:
    profiles = [profile("\n".join(article.article_body)) for article in alone()]
    assert [pair for pair in combinations(profiles, 2) if compare_profiles(*pair)] == []


@pytest.mark.parametrize(("language", "script"), _SCRIPTS.items())
def test_texts_are_written_in_their_script(language: str, script: str) -> None:
    texts = ["\n".join(a.article_body) for a in plain_truth(TODAY) if a.in_language == language]
    letters = [letter for text in texts for letter in text if letter.isalpha()]
    own = [letter for letter in letters if unicodedata.name(letter, "").startswith(script)]
    assert len(own) > 0.9 * len(letters) > 300


# --- listings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "road", "template"), LISTINGS, ids=[f"{n}-{t}" for n, _, t in LISTINGS])
def test_a_listing_names_its_outlets_pieces(name: str, road: str, template: str) -> None:
    url = template.replace("{page}", "1").replace("{day}", TODAY.strftime(outlet_files()[name].day_format))
    found = read_listing(page(url, ask(url)), road, outlet(name))
    if found.further:
        found = read_listing(page(found.further[0], ask(found.further[0])), road, outlet(name))
    host = urlsplit(url).netloc
    everything = [article.url for article in of(name)]
    hosts = {urlsplit(article).netloc for article in everything}
    true = {article for article in everything if len(hosts) == 1 or urlsplit(article).netloc == host}
    if "{day}" not in template:
        assert true
        assert {entry.listing.url for entry in found.entries} == true
    assert found.failure is None or "{day}" in template


@pytest.mark.parametrize(
    ("url", "content_type", "begins"),
    [
        ("https://www.malaymail.com/feed/rss/malaysia", "application/rss+xml", b"<?xml"),
        ("https://www.phnompenhpost.com/rss", "application/atom+xml", b"<?xml"),
        ("https://rss.tempo.co/", "application/rdf+xml", b"<?xml"),
        ("https://www.nationthailand.com/rss", "application/feed+json", b'{"version"'),
        ("https://www.zaobao.com.sg/googlenews.xml", "application/xml", b"<?xml"),
    ],
)
def test_feeds_come_in_every_form(url: str, content_type: str, begins: bytes) -> None:
    answer = ask(url)
    assert answer.content_type.startswith(content_type)
    assert answer.body.startswith(begins)
    assert {"ETag", "Last-Modified"} <= set(dict(answer.headers))


def test_one_sitemap_of_an_index_is_gzipped() -> None:
    index = ask("https://rri.co.id/sitemap.xml")
    assert b"<sitemapindex" in index.body
    assert b"https://rri.co.id/sitemap-berita.xml.gz" in index.body
    assert b"<urlset" in gzip.decompress(ask("https://rri.co.id/sitemap-berita.xml.gz").body)


@pytest.mark.parametrize(
    ("search", "words", "name"),
    [
        ("https://www.pna.gov.ph/articles/search?q={}", "ASEAN Smart Cities Network", "pna"),
        ("https://www.bernama.com/bm/search.php?terms={}", "Forum Datuk Bandar ASEAN", "bernama_ms"),
        ("https://www.sinchew.com.my/?s={}", "东盟市长论坛", "sinchew"),
        ("https://jakartaglobe.id/search/{}", "MGMAC", "jakartaglobe"),
    ],
)
def test_search_finds_what_has_the_words_and_nothing_for_nonsense(search: str, words: str, name: str) -> None:
    headline = next(article.headline for article in alone() if article.in_scope and article.outlet == name)
    assert headline in ask(search.format(quote_plus(words))).body.decode()
    nothing = ask(search.format("qzxwv")).body.decode()
    assert not [article for article in of(name) if article.headline in nothing]


def test_wordpress_sites_answer_rest_and_page_their_feeds() -> None:
    posts = ask("https://www.khmertimeskh.com/wp-json/wp/v2/posts?per_page=2")
    assert dict(posts.headers)["X-WP-TotalPages"] == str(-(-len(of("khmertimes")) // 2))
    assert [post["link"] for post in json.loads(posts.body)] == [article.url for article in of("khmertimes")][:2]
    assert ask("https://www.khmertimeskh.com/feed/?paged=2").status == 404
    guid = json.loads(posts.body)[0]["guid"]["rendered"]
    assert ("Location", of("khmertimes")[0].url) in ask(guid).headers
    assert ask("https://www.malaymail.com/wp-json/wp/v2/posts").status == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda url: url.replace("//www.", "//"), 301),
        (lambda url: f"{url}?utm_source=surat", 200),
        (lambda url: f"{url}/", 200),
        (lambda url: f"{url}x", 404),
        (lambda url: f"https://malaymail.com/x?p={'9' * 5000}", 404),
    ],
)
def test_other_spellings_of_an_address(change: Callable[[str], str], status: int) -> None:
    url = of("malaymail")[0].url
    answer = ask(change(url))
    assert answer.status == status
    assert status != 301 or ("Location", url) in answer.headers


@pytest.mark.parametrize("host", ["www.cna.id", "jatim.antaranews.com", "kpl.gov.la"])
def test_a_home_page_links_its_articles_and_robots_txt_allows_them(host: str) -> None:
    home = ask(f"https://{host}/").body.decode()
    assert any(urlsplit(article.url).path in home for name in PLAIN[host] for article in of(name))
    assert ask(f"https://{host}/robots.txt").body.startswith(b"User-agent: *\nDisallow: /user/\n")


def test_a_plain_host_answers_over_the_wire(ask: Callable[..., Answer]) -> None:
    article = of("kohsantepheap")[0]
    answer = ask(article.url, accept_encoding="gzip")
    assert article.headline in gzip.decompress(answer.body).decode()
    assert ask(article.url, if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Jumat, 20 November 2026 09:05 WIB"),
        ("en", "November 20, 2026 09:05"),
        ("ms", "Jumaat, 20 November 2026 09:05"),
        ("th", "20 พฤศจิกายน 2569 09:05 น."),
        ("vi", "Thứ sáu, 20/11/2026, 09:05 (GMT+7)"),
        ("tl", "Nobyembre 20, 2026 09:05"),
        ("km", "ថ្ងៃសុក្រ ទី២០ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ម៉ោង ០៩:០៥"),
        ("lo", "ວັນທີ 20 ພະຈິກ 2026 09:05"),
        ("my", "၂၀ နိုဝင်ဘာ ၂၀၂၆"),
        ("zh", "2026年11月20日 09:05"),
        ("ta", "20 நவம்பர் 2026 09:05"),
        ("pt", "20 de novembro de 2026 09:05"),
        ("tet", "20 Novembru 2026 09:05"),
    ],
)
def test_a_moment_is_printed_as_the_language_does(language: str, text: str) -> None:
    assert printed(datetime(2026, 11, 20, 9, 5, tzinfo=ZoneInfo("Asia/Bangkok")), language) == text


def test_every_language_of_the_outlets_has_a_form() -> None:
    files: list[OutletFile] = [outlet_files()[name] for name in NAMES]
    assert {file.language for file in files} >= {
        "id",
        "en",
        "ms",
        "th",
        "vi",
        "tl",
        "km",
        "lo",
        "my",
        "zh",
        "ta",
        "tet",
        "pt",
    }
    assert all(printed(datetime(2026, 11, 20, tzinfo=UTC), file.language) for file in files)
