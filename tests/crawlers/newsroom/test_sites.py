"""What answers at every host."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from lxml import html

from crawlers.newsroom import HOSTS, TrueArticle, truth
from crawlers.newsroom.hosts import ALIASES, REDAKSI
from crawlers.newsroom.odd import HUGE_BYTES
from pipeline.model import Disposition, Stage
from tests.crawlers.newsroom.conftest import TODAY, Answer

Ask = Callable[..., Answer]
READABLE = [a for a in truth(TODAY) if a.article_body]


def named(piece: str) -> TrueArticle:
    return next(article for article in truth(TODAY) if article.id == piece)


def said(answer: Answer, charset: str = "utf-8") -> str:
    return re.sub(r"\s+", " ", html.fromstring(answer.body.decode(charset)).text_content())


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_robots_txt_answers_at_every_host(ask: Ask, host: str) -> None:
    answer = ask(f"https://{host}/robots.txt")
    if host in ALIASES:
        assert (answer.status, answer.headers["location"]) == (301, f"https://{ALIASES[host]}/robots.txt")
    else:
        assert answer.status == 200
        assert answer.text.startswith("User-agent: *\n")


def test_robots_txt_forbids_one_article_that_the_feed_lists(ask: Ask) -> None:
    article = named("antara-terlarang")
    assert f"Disallow: {urlsplit(article.url).path}\n" in ask("https://www.antaranews.com/robots.txt").text
    assert article.url in ask("https://www.antaranews.com/rss/terkini.xml").text


@pytest.mark.parametrize("article", READABLE, ids=[a.id for a in READABLE])
def test_article_page_prints_its_text(ask: Ask, article: TrueArticle) -> None:
    charset = "windows-1252" if article.id == "bj-pengumuman" else "utf-8"
    paged = article.id == "inews-tuanrumah"
    answer = ask(article.url + "/all" if paged else article.url)
    text = said(answer, charset)
    assert answer.status == 200
    for part in (article.headline, *article.article_body, *article.editors, *article.photographers):
        assert re.sub(r"^\d\. ", "", part) in text  # a numbered list's figures are the browser's


@pytest.mark.parametrize("article", READABLE, ids=[a.id for a in READABLE])
def test_variants_lead_to_the_same_page(ask: Ask, article: TrueArticle) -> None:
    for name, url in article.variants:
        answer = ask(url)
        if answer.status == 301:
            assert name in ("old_slug", "number")
            assert answer.headers["location"] == article.url
        else:
            assert answer.status == 200
            assert article.headline in said(answer, "windows-1252" if article.id == "bj-pengumuman" else "utf-8")


def test_paged_article_is_whole_only_over_its_pages(ask: Ask) -> None:
    article = named("inews-tuanrumah")
    pages = [said(ask(article.url + end)) for end in ("", "/2", "/3")]
    assert article.article_body[-1] not in pages[0]
    assert all(any(paragraph in page for page in pages) for paragraph in article.article_body)
    assert ask(article.url + "/4").status == 404


def test_windows_1252_page_declares_no_charset(ask: Ask) -> None:
    answer = ask(named("bj-pengumuman").url)
    assert answer.headers["content-type"] == "text/html"
    assert b"charset" not in answer.body
    assert "José Maubara – kota".encode("windows-1252") in answer.body


def test_page_without_a_date_prints_other_dates_only(ask: Ask) -> None:
    page = ask(named("bj-banjir").url).text
    assert "bi-clock-fill" not in page
    assert "published_time" not in page
    assert "18-02-2024" in page


@pytest.mark.parametrize(
    ("piece", "status"),
    [
        ("antara-hilang", 404),
        ("redaksi-ditarik", 410),
        ("redaksi-gangguan", 500),
        ("inews-captcha", 200),
        ("inews-alih", 302),
        ("bj-kosong", 200),
        ("antara_en-huge", 200),
        ("antara-foto", 200),
        ("inews-video", 200),
    ],
)
def test_odd_case_answers_as_the_truth_says(ask: Ask, piece: str, status: int) -> None:
    article = named(piece)
    assert ask(article.url).status == status
    assert article.disposition is Disposition.FAILED or article.stage in (Stage.DISCOVERY, Stage.EXTRACT)


def test_loopback_redirect_leads_to_loopback(ask: Ask) -> None:
    assert ask(named("inews-alih").url).headers["location"].startswith("http://127.0.0.1/")


def test_captcha_page_has_the_structure_of_a_challenge(ask: Ask) -> None:
    page = ask(named("inews-captcha").url).text
    assert "_cf_chl_opt" in page
    assert 'id="challenge-form"' in page


def test_article_about_captchas_is_ordinary(ask: Ask) -> None:
    page = ask(named("inews-relawan").url).text
    assert "captcha" in page
    assert "challenge-form" not in page


def test_huge_page_is_larger_than_the_default_limit(ask: Ask) -> None:
    answer = ask(named("antara_en-huge").url, accept_encoding="gzip")
    assert len(answer.body) > 10 * 1024 * 1024
    assert len(answer.body) == int(answer.headers["content-length"])
    assert len(answer.body) <= HUGE_BYTES + 1000


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://antaranews.com/terkini?page=2", "https://www.antaranews.com/terkini?page=2"),
        ("https://www.antaranews.com/berita/5230301/judul-lama", named("antara-puskesmas").url),
        (f"https://{REDAKSI}/?p=8855", named("redaksi-sekolah").url),
    ],
)
def test_old_address_moves_permanently(ask: Ask, url: str, location: str) -> None:
    answer = ask(url)
    assert (answer.status, answer.headers["location"]) == (301, location)


def test_plain_http_moves_to_https_when_the_proxy_says_so(ask: Ask) -> None:
    answer = ask("http://www.inews.id/", x_forwarded_proto="http")
    assert (answer.status, answer.headers["location"]) == (301, "https://www.inews.id/")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://www.antaranews.com/berita/1/tidak-ada", 404),
        ("https://www.inews.id/news/nasional/tidak-ada", 404),
        (f"https://{REDAKSI}/tidak-ada/", 404),
        ("https://example.test/", 421),
    ],
)
def test_unknown_address_is_refused(ask: Ask, url: str, status: int) -> None:
    assert ask(url).status == status
