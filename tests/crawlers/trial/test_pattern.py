"""The address of an article, learnt from feeds and front pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.loader import load_outlets
from crawlers.trial.links import read_entries, read_front
from crawlers.trial.pattern import domain_of, induce, likely_articles
from pipeline.config import Settings
from pipeline.model import Page
from pipeline.urls import canonical_url, is_article

Shared = Callable[..., Path]
OUTLETS = load_outlets(Settings()).outlets


@pytest.mark.parametrize(
    ("examples", "accepted", "refused"),
    [
        pytest.param(
            ["https://a.test/berita/4410/kali-dibersihkan", "https://a.test/berita/99/pasar-dibuka-lagi"],
            ["https://a.test/berita/100200/apa-pun"],
            ["https://a.test/foto/4410/kali-dibersihkan", "https://a.test/berita/kali", "https://b.test/berita/1/kali-kota"],
            id="id-and-headline",
        ),
        pytest.param(
            ["https://a.test/2026/11/20/kali-dibersihkan", "https://a.test/2025/02/01/pasar-dibuka-lagi/"],
            ["https://a.test/2024/12/31/apa-pun-juga"],
            ["https://a.test/2024/12/31", "https://a.test/24/12/31/apa-pun-juga"],
            id="dated",
        ),
        pytest.param(
            ["https://x.a.test/kota/kali-dibersihkan-warga-55512.html", "https://y.a.test/desa/pasar-dibuka-lagi-66123.html"],
            ["https://z.a.test/olahraga/tim-kota-menang-77456.html"],
            ["https://z.a.test/olahraga/topik-77456.html", "https://z.a.test/olahraga"],
            id="id-behind-on-many-hosts",
        ),
        pytest.param(
            ["https://a.test/kali-kota-dibersihkan-warga/", "https://a.test/pasar-baru-dibuka-lagi/"],
            ["https://a.test/satu-dua-tiga-empat"],
            ["https://a.test/tentang", "https://a.test/tentang-kami", "https://a.test/tag/satu-dua-tiga-empat"],
            id="headline-alone",
        ),
        pytest.param(
            ["https://a.test/baca.php?id=5501", "https://a.test/baca.php?id=5502", "https://a.test/baca.php?id=5503"],
            ["https://a.test/baca.php?id=1"],
            ["https://a.test/baca.php", "https://a.test/cari.php?id=1"],
            id="id-in-the-query",
        ),
        pytest.param(
            ["https://a.test/kota/d-778811/kali-bersih", "https://a.test/kota/jakarta/d-778812/pasar-baru-lagi"],
            ["https://a.test/d-1/x-y", "https://a.test/satu/dua/tiga/d-778899/judul-lain"],
            ["https://a.test/kota/jakarta"],
            id="sections-of-any-depth",
        ),
    ],
)  # fmt: skip
def test_the_pattern_takes_what_is_like_the_examples(
    examples: list[str], accepted: list[str], refused: list[str]
) -> None:
    induced = induce(examples)
    assert induced.accepted == induced.examples == len(examples)
    assert [url for url in accepted if not induced.accepts(induced.canonical(url))] == []
    assert [url for url in refused if induced.accepts(induced.canonical(url))] == []


def test_photo_and_video_pages_among_the_links_are_excluded() -> None:
    examples = ["https://a.test/berita/1/kali-bersih-lagi", "https://a.test/info/2/pasar-baru-dibuka"]
    others = [
        "https://a.test/foto/3/hari-di-kali",
        "https://a.test/video/4/pasar-baru",
        "https://a.test/foto-kota/5/kali",
    ]
    induced = induce(examples, others)
    assert induced.accepts("https://a.test/opini/6/kota-yang-teduh")
    assert [url for url in others if induced.accepts(url)] == []
    assert induced.others == 3


def test_nothing_is_learnt_of_nothing() -> None:
    assert induce([]).article == ()
    assert induce(["https://a.test/", "https://a.test/kota"]).article == ()


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.detik.com", "detik.com"),
        ("www.republika.co.id", "republika.co.id"),
        ("tatoli.tl", "tatoli.tl"),
        ("a.b.gov.la", "b.gov.la"),
    ],
)
def test_a_host_belongs_to_a_site(host: str, domain: str) -> None:
    assert domain_of(host) == domain


def page(file: Path, host: str) -> Page:
    headers = (("Content-Type", "text/html"),)
    return Page(f"https://{host}/", 200, headers, file.read_bytes(), datetime(2026, 1, 1, tzinfo=UTC), None)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "host", "links"),
    [
        ("antara/feeds/antaranews_rss_news_2015-11-05.xml", "www.antaranews.com", 20),
        ("antara/feeds/antaranews_rss_news_2017-04-28.xml", "www.antaranews.com", 20),
        ("antara/feeds/antaranews_rss_terkini_2017-04-17.xml", "www.antaranews.com", 20),
        ("antara/feeds/jambi_antaranews_rss_terkini_2022-08-28.xml", "jambi.antaranews.com", 20),
        ("tempo/feeds/tempo_terkini_2017-04-27.xml", "www.tempo.co", 30),
        ("tempo/feeds/tempo_terkini_2017-04-28.xml", "www.tempo.co", 30),
        ("viva/feeds/viva_all_2017-04-28.xml", "www.viva.co.id", 200),
        ("frontpages/republika-mainpage.html", "www.republika.co.id", 10),
    ],
)
def test_every_article_of_a_real_feed_is_accepted(shared: Shared, file: str, host: str, links: int) -> None:
    entries, _ = read_entries(page(shared("web", file), host), "feed", host)
    induced = induce([entry.url for entry in entries])
    assert (induced.accepted, induced.examples, len(induced.article)) == (len(entries), len(entries), 1)
    assert len(entries) == links
    for word in ("foto", "video", "tag"):
        assert not induced.accepts(f"https://{host}/{word}/")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "host", "outlet"),
    [
        ("frontpages/kompas-mainpage.html", "www.kompas.com", "kompas"),
        ("frontpages/liputan6-mainpage.html", "www.liputan6.com", "liputan6"),
        ("frontpages/okezone-mainpage.html", "www.okezone.com", "okezone"),
        ("frontpages/tempo-mainpage.html", "www.tempo.co", "tempo"),
        ("frontpages/viva-mainpage.html", "www.viva.co.id", "viva"),
        ("detik/listings/news.detik.com_indeks_2024.html", "news.detik.com", "detik"),
        ("vnexpress/listings/e.vnexpress.net_home_2025.html", "e.vnexpress.net", "vnexpress_en"),
    ],
)
def test_of_a_real_front_page_it_finds_what_the_outlet_file_finds(
    shared: Shared, file: str, host: str, outlet: str
) -> None:
    """No feed is looked at: the links' own words give the examples, the bundled file's patterns are the truth."""
    links = read_front(page(shared("web", file), host)).links
    induced = induce(likely_articles(links, host), links, sure=False)
    truth = {url for url in links if is_article(canonical_url(url, OUTLETS[outlet]), OUTLETS[outlet])}
    found = {url for url in links if induced.accepts(induced.canonical(url))}
    assert truth
    assert truth - found == set()
    assert len(found - truth) <= 0.07 * len(truth)  # Liputan6: six articles on the host of an election
    assert not any(f"/{word}" in url for url in found for word in ("foto", "video", "tag/", "topic-", "indeks"))
