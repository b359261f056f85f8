"""What a page is, and why: a table of made-up pages in ten languages, and every real page at hand."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.model import Article, Disposition, Kind, Stage
from pipeline.process import verdict
from pipeline.signs import message, weight
from tests.pipeline.kind_pages import CASES
from tests.pipeline.kind_site import Case, bare, site, story
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

KEPT = (Kind.ARTICLE, Kind.SHORT_NOTE)


@cache
def reading_of(case: Case) -> Article:
    return read(page(case.html, case.url, status=case.status, headers=case.headers))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_kind_of_a_page(case: Case) -> None:
    article = reading_of(case)
    assert article.kind in (case.kind, case.also), article.reason
    assert article.reason


def test_every_kind_has_pages() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    found = Counter(case.kind for case in CASES)
    assert set(found) == set(Kind)
    assert min(found.values()) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_page_is_dropped_in_silence(case: Case) -> None:
    """What is no article has a stage and a rule; what a wall kept back may be asked for again."""
    article = replace(reading_of(case), watches=())
    found = verdict(article)
    if article.kind in KEPT:
        assert (found.stage, found.rule) == (Stage.WATCH, "no watch matched")
    else:
        assert found.stage is Stage.EXTRACT
        assert found.detail == article.reason
        again = article.kind in (Kind.BLOCK_PAGE, Kind.EMPTY)
        assert found.disposition is (Disposition.FAILED if again else Disposition.REJECTED)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (bare("", "", "<meta http-equiv='refresh' content='0;URL=/baru'>"), "only leads on to /baru"),
        (bare("<script>top.location.replace('/baru')</script>"), "only leads on to /baru"),
        (bare("<div id=app></div><script src=a.js></script>"), "scripts would write the text"),
        (bare("<h1>Situs dalam pemeliharaan</h1>"), "worked on (dalam pemeliharaan)"),
        (b"%PDF-1.4 <p>x</p>", "a PDF file instead of a page"),
        (b'{"a": "<p>x</p>"}', "a JSON document instead of a page"),
        (b"\x89PNG\r\n\x1a\n<a>", "a PNG picture instead of a page"),
        (b"<rss><channel><title>x</title></channel></rss>", "a feed or sitemap"),
        (site("<main></main>"), "no article text was found"),
    ],
)  # fmt: skip
def test_the_reason_says_what_is_there_instead(html: str | bytes, reason: str) -> None:
    assert reason in (read(page(html)).reason or "")


def test_the_reason_says_how_a_page_had_to_be_read() -> None:
    labelled = (("Content-Type", "text/html; charset=windows-874"),)
    article = read(page(story("th").encode("cp874", "replace"), headers=labelled))
    assert article.kind is Kind.ARTICLE
    assert (article.reason or "").endswith("read as cp874, as labelled")


def test_a_chinese_character_weighs_three() -> None:
    assert (weight("kota"), weight("城市")) == (4, 6)


@pytest.mark.parametrize(
    ("name", "is_message"),
    [
        ("halaman tidak ditemukan", True),
        ("404 – halaman tidak ditemukan | kabar kota", True),
        ("oops! that page can’t be found. 404", True),
        ("korban tidak ditemukan sampai malam", False),
        ("sorry", False),
        ("error 404 di situs pendaftaran sekolah sepanjang pagi", False),
    ],
)
def test_a_message_is_no_headline(name: str, is_message: bool) -> None:
    phrases, fillers = (
        ("tidak ditemukan", "404", "can’t be found", "error 404"),
        ("halaman", "that page", "oops", "sorry"),
    )
    assert bool(message([name], phrases, fillers)) is is_message


LONG = paragraphs(*(f"{SENTENCE} Bagian {number}." for number in range(8)))


@pytest.mark.parametrize("outlet", ["antara", "beritajakarta", "inews"])
def test_a_listed_outlet_without_its_root_is_judged_as_any_page(outlet: str) -> None:
    assert read(page(article_html(LONG)), outlet=outlet).kind is Kind.ARTICLE
    assert read(page("<title>404</title><h1>404</h1>"), outlet=outlet).kind is Kind.SOFT_404


# Real pages that show the beginning of a text to those who do not pay: both say so themselves.
TEASERS = {"042bb7b5", "7ab16ade"}


@pytest.mark.shared
def test_real_articles_of_unknown_sites_are_kept(shared: Callable[..., Path]) -> None:
    labels = json.loads(shared("extraction", "ground-truth.json").read_text())
    wrong = {}
    for name, label in labels.items():
        body = gzip.decompress(shared("extraction", "html", f"{name}.html.gz").read_bytes())
        article = read(page(body, label["url"]))
        if article.kind not in KEPT:
            wrong[name[:8]] = (article.kind, article.reason)
    assert {name: kind for name, (kind, _) in wrong.items()} == dict.fromkeys(TEASERS, Kind.PAYWALL), wrong


@pytest.mark.shared
@pytest.mark.parametrize("generic", [True, False])
def test_real_pages_of_listed_outlets(shared: Callable[..., Path], generic: bool) -> None:
    for line in shared("pages", "gold.jsonl").read_text().splitlines():
        label = json.loads(line)
        outlet = None if generic else label["outlet"].lower()
        found = read(
            page(shared("pages", label["file"]).read_bytes(), label["url"]), outlet=outlet if outlet in KNOWN else None
        )
        wanted = (Kind.PHOTO,) if "//photo." in label["url"] else KEPT
        assert found.kind in wanted, (label["file"], found.reason)


KNOWN = ("antara", "detik", "kompas", "liputan6", "okezone", "republika", "tempo", "viva")


@pytest.mark.shared
def test_real_front_pages_and_indexes_are_lists(shared: Callable[..., Path]) -> None:
    pages = [
        *shared("web", "frontpages").glob("*.html"),
        *shared("web").rglob("*listings/*.html"),
        *shared("web").rglob("*.xml"),
    ]
    templates = [
        shared("web", "inews", "templates", f"page-{name}.html")
        for name in ("index", "tag", "search", "main-home-kanal")
    ]
    for path in [*pages, *templates]:
        article = read(page(path.read_bytes(), "https://www.outlet.example/"))
        assert article.kind is Kind.LISTING, (path.name, article.kind, article.reason)
    assert len(pages) >= 15
