"""The per-article steps as a whole: deterministic, never raising, with a verdict."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import CrawlSettings
from pipeline.model import Disposition, Kind, Stage
from pipeline.process import code_digest, process_page, verdict
from pipeline.watches import bundled_watches
from tests.pipeline.reading import SENTENCE, article_html, outlets, page, paragraphs, read

FORUM = "MGMAC 2026 mempertemukan gubernur dan wali kota ibu kota negara ASEAN di Jakarta, kata panitia."
PARAGRAPH = f"<p>{SENTENCE}</p>".encode()


def test_an_article_in_scope_is_kept() -> None:
    article = read(page(article_html(paragraphs(FORUM, SENTENCE, SENTENCE + " Benar."))))
    found = verdict(article)
    assert (found.disposition, found.stage, found.rule) == (Disposition.KEPT, Stage.WATCH, "mgmac")
    assert article.in_language == "id"
    assert article.summary


def test_an_article_that_no_watch_matches_is_rejected_with_its_text() -> None:
    article = read(page(article_html(paragraphs(SENTENCE, SENTENCE + " Benar."))))
    found = verdict(article)
    assert (found.disposition, found.stage, found.rule) == (Disposition.REJECTED, Stage.WATCH, "no watch matched")
    assert article.article_body


@pytest.mark.parametrize(
    ("kind", "disposition", "rule"),
    [
        (Kind.PHOTO, Disposition.REJECTED, "photo"),
        (Kind.VIDEO, Disposition.REJECTED, "video"),
        (Kind.LISTING, Disposition.REJECTED, "listing"),
        (Kind.PAYWALL, Disposition.REJECTED, "paywall"),
        (Kind.SOFT_404, Disposition.REJECTED, "soft_404"),
        (Kind.BLOCK_PAGE, Disposition.FAILED, "blocked"),
        (Kind.EMPTY, Disposition.FAILED, "empty"),
    ],
)
def test_verdict_on_what_is_no_article(kind: Kind, disposition: Disposition, rule: str) -> None:
    article = replace(read(page(article_html(paragraphs(FORUM)))), kind=kind)
    found = verdict(article)
    assert (found.disposition, found.stage, found.rule) == (disposition, Stage.EXTRACT, rule)


def test_same_bytes_in_same_article_out() -> None:
    html = article_html(paragraphs(FORUM, SENTENCE))
    assert read(page(html)) == read(page(html))


def test_an_article_can_be_sent_between_processes() -> None:
    article = read(page(article_html(paragraphs(FORUM, SENTENCE))))
    assert pickle.loads(pickle.dumps(article)) == article


def test_code_digest_changes_with_the_outlet_file() -> None:
    watches, outlet = bundled_watches(), outlets()["antara"]
    assert code_digest(outlet, watches) == code_digest(outlet, watches)
    assert code_digest(outlet, watches) != code_digest(replace(outlet, delay=3.0), watches)
    assert code_digest(None, watches) != code_digest(outlet, watches)


def test_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page"):
        process_page([], None, None, bundled_watches())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\x00" * 5000,
        bytes(range(256)) * 200,
        b"<" * 5000,
        b"<html><body>" + b"<div>" * 10_000 + PARAGRAPH + b"</div>" * 10_000,
        b"<p>" + b"<b><i>" * 10_000 + b"teks " * 50,
        b"<p><a href=x>" * 5_000 + PARAGRAPH,
        b"<p>a<br>" * 20_000,
        PARAGRAPH * 3_000,
        b"<p>" + b"x" * 500_000,
        b"<p>" + b"(" * 50_000,
        b"<!-- " + PARAGRAPH,
        b"<table><tr><td>" * 300 + PARAGRAPH * 3,
        b"<p>&#x110000;&#0;&#xD800;" + PARAGRAPH,
        b"<frameset><frame src=x></frameset>",
        b"<svg><title>x</title></svg>",
        b"<?xml version='1.0'?><rss><channel><item><title>x</title></item></channel></rss>",
        (b"<p>" + b"A. " * 6_000) * 10,  # abbreviations without end: every full stop asks for the words before it
        (b"<p>" + b'"a. ' * 5_000) * 10,
        (b"<p>" + b"MGMAC dan AMF 2023, " * 1_000) * 3,
        b"<p>" + b"<a href='/a/b-c-d-e-f'>satu dua tiga empat lima</a> " * 18_000,
    ],
)
@pytest.mark.parametrize("outlet", [None, "antara"])
def test_hostile_input_gives_an_article(body: bytes, outlet: str | None) -> None:
    started = time.process_time()
    article = read(page(body), outlet=outlet)
    assert time.process_time() - started < CrawlSettings().extract_seconds  # else the worker is stopped
    assert article.reason
    verdict(article)


def test_thirty_megabytes_are_cut_to_what_an_article_can_have() -> None:
    article = read(page(PARAGRAPH * (30_000_000 // len(PARAGRAPH))))
    assert 0 < len(article.text) <= 220_000


@pytest.mark.parametrize("url", ["", "nonsense", "http://[::1", "ftp://a.example/b"])
def test_a_nonsensical_address_gives_an_article(url: str) -> None:
    assert read(page(article_html(paragraphs(SENTENCE)), url)).canonical_url == url


_PARTS = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='entry-content'>", "</div>", "<a href='/a/b-c-d-e'>", "</a>", "<br>", "<ol><li>"),
        *("<h1>", "<time>", "<script type='application/ld+json'>", "</script>", '{"@type":"NewsArticle"}', "<!--"),
        *("Baca juga:", "Editor: Hadi", "Jakarta (ANTARA) - ", "5 Mei 2026 10:00 WIB", "Copyright © 2026", SENTENCE),
        *("<meta property='og:title' content='x y z'>", "\x00", "&#0;"),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_PARTS, st.text(max_size=30)), max_size=25))
def test_no_markup_makes_it_raise(parts: list[str]) -> None:
    verdict(read(page("<html>" + "".join(parts).encode("utf-8", "replace").decode())))
    verdict(read(page("".join(parts).encode("utf-16", "replace")), outlet="beritajakarta"))
