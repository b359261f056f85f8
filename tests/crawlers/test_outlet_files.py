"""Every bundled outlet file: what it must state, which addresses are its articles, and what its markup yields.

A page is data: `tests/pages/OUTLET/SLUG.html` is our own text in the outlet's real markup, `SLUG.json` beside it says
whose markup (`markup`) and the true value of each field (`article`, as DESIGN §4 has it). A new pair is a new test.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from crawlers.loader import load_outlets
from pipeline.config import Settings
from pipeline.document import parse, select
from pipeline.exports.jsonl import page_json
from pipeline.model import Page
from pipeline.outlet import Outlet, read_alone
from pipeline.process import process_page
from pipeline.urls import canonical_url, is_article, outlet_for
from pipeline.watches import bundled_watches
from tests.crawlers.outlet_addresses import ARTICLES, OTHERS, OWN_OTHERS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "pages"
FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
FILES = {path.stem: path for path in sorted((ROOT / "crawlers" / "outlets").glob("*.toml"))}
OUTLETS = load_outlets(Settings()).outlets
ASEAN = {"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"}
WATCHED = {"antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta"}
MAX_LINES = 30  # of a file without comments, blank lines and further generations of markup
METADATA = re.compile(
    rb'<meta (?!charset)[^>]*>|<script type="application/ld\+json">.*?</script>| (?:itemprop|datetime)="[^"]*"',
    re.DOTALL,
)
FIELDS = ("kind", "headline", "date_published", "in_language")  # every expected JSON has them


class Expected(NamedTuple):
    """One page and what must come out of it."""

    outlet: str
    slug: str
    url: str
    markup: str
    article: dict[str, object]

    @property
    def html(self) -> bytes:
        return (PAGES / self.outlet / f"{self.slug}.html").read_bytes()


def _expected(path: Path) -> Expected:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Expected(path.parent.name, path.stem, data["url"], data["markup"], data["article"])


EXPECTED = [_expected(path) for path in sorted(PAGES.glob("*/*.json"))]
CASES = [
    pytest.param(page, field, id=f"{page.outlet}/{page.slug}-{field}") for page in EXPECTED for field in page.article
]


def page_of(expected: Expected) -> Page:
    return Page(
        url=expected.url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=expected.html,
        fetched_at=FETCHED,
        outlet=None,
    )


@cache
def _read(outlet: str, slug: str) -> dict[str, object]:
    expected = next(page for page in EXPECTED if (page.outlet, page.slug) == (outlet, slug))
    return page_json(process_page((page_of(expected),), None, OUTLETS[outlet], bundled_watches()))


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("expected", "field"), CASES)
def test_field_of_a_page(expected: Expected, field: str) -> None:
    assert _read(expected.outlet, expected.slug)[field] == expected.article[field]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda page: f"{page.outlet}/{page.slug}")
def test_page_is_the_outlets_and_read_by_the_generation_it_names(expected: Expected) -> None:
    outlet = OUTLETS[expected.outlet]
    assert outlet_for(expected.url, tuple(OUTLETS.values())) == outlet
    document = parse(page_of(expected), outlet)
    assert document is not None
    applies = [markup.name for markup in outlet.markup if select(document.tree, markup.root)]
    assert applies[:1] == [expected.markup]
    assert set(FIELDS) <= set(expected.article)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda page: f"{page.outlet}/{page.slug}")
def test_selectors_alone_yield_headline_day_and_text(expected: Expected) -> None:
    """Machine-readable metadata must not be what hides a selector that finds nothing."""
    bare = replace(page_of(expected), body=METADATA.sub(b"", expected.html))
    found = page_json(process_page((bare,), None, OUTLETS[expected.outlet], bundled_watches()))
    for field in ("headline", "article_body"):
        assert found[field] == expected.article.get(field, found[field])
    assert str(found["date_published"])[:10] == str(expected.article["date_published"])[:10]


@pytest.mark.parametrize("html", sorted(PAGES.glob("*/*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page_has_its_expected_values_beside_it(html: Path) -> None:
    assert html.with_suffix(".json").is_file(), f"write {html.with_suffix('.json')}: url, markup, article"


@pytest.mark.parametrize("name", [name for name, outlet in OUTLETS.items() if outlet.markup])
def test_every_generation_of_markup_has_a_page(name: str) -> None:
    shown = {page.markup for page in EXPECTED if page.outlet == name}
    assert shown
    assert {markup.name for markup in read_alone(FILES[name]).markup} <= shown


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_files_cover_the_region() -> None:
    assert len(OUTLETS) >= 32
    assert {outlet.country for outlet in OUTLETS.values()} == ASEAN
    assert len({outlet.language for outlet in OUTLETS.values()}) >= 8
    assert {name for name, outlet in OUTLETS.items() if outlet.enabled} == WATCHED


def test_the_readme_counts_the_outlets_and_what_they_stand_on() -> None:
    told = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    languages = {outlet.language for outlet in OUTLETS.values()}
    evidence = Counter(outlet.evidence for outlet in OUTLETS.values())
    assert f"{len(OUTLETS)} outlets of the eleven ASEAN countries, in {len(languages)} languages" in told
    assert f"for {evidence['seen']} the selectors were read in saved pages" in told
    assert f"on {evidence['public scrapers']} other public scrapers rely, {evidence['guess']} are a `guess`" in told


@pytest.mark.parametrize("name", FILES)
def test_file_states_what_is_known_of_the_outlet(name: str) -> None:
    outlet, text = OUTLETS[name], FILES[name].read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "evidence = " in text
    assert outlet.terms.summary.endswith(".")
    assert outlet.discovery.roads
    assert outlet.dates.founded or name == "redaksijakarta"  # nothing is known of that one
    assert all("{portal}" not in address for found in outlet.discovery.roads.values() for address in found)
    assert outlet.evidence != "seen" or outlet.markup


@pytest.mark.parametrize("name", FILES)
def test_file_is_short(name: str) -> None:
    first_generation = "[[markup]]".join(FILES[name].read_text(encoding="utf-8").split("[[markup]]")[:2])
    lines = [line for line in first_generation.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) <= MAX_LINES


# --- addresses -------------------------------------------------------------------------------------------------------


def claims(url: str) -> list[str]:
    """The outlets whose patterns take the address for an article of theirs, on a host they speak for."""
    found = []
    for name, outlet in OUTLETS.items():
        alone = outlet_for(url, (outlet,))
        if alone is not None and is_article(canonical_url(url, outlet), outlet):
            found.append(name)
    return found


def others_of(outlet: Outlet) -> tuple[str, ...]:
    return (*(f"https://{outlet.hosts[0]}{path}" for path in OTHERS), *OWN_OTHERS.get(outlet.name, ()))


@pytest.mark.parametrize(("name", "url"), [(name, url) for name, urls in ARTICLES.items() for url in urls])
def test_article_address_is_claimed_by_its_outlet_alone(name: str, url: str) -> None:
    assert claims(url) == [name]
    assert outlet_for(url, tuple(OUTLETS.values())) == OUTLETS[name]
    canonical = canonical_url(url, OUTLETS[name])
    assert canonical_url(canonical, OUTLETS[name]) == canonical


def test_every_file_has_an_address_and_every_portal_is_the_regional_files() -> None:
    assert ARTICLES.keys() == FILES.keys()
    for host in OUTLETS["antara_regional"].hosts:
        assert claims(f"https://{host}/berita/519381/pasar-apung-dibuka") == ["antara_regional"], host


@pytest.mark.parametrize(
    ("name", "url"), [(name, url) for name, outlet in OUTLETS.items() for url in others_of(outlet)]
)
def test_photo_video_tag_and_search_are_no_article(name: str, url: str) -> None:
    assert name not in claims(url)


def test_every_listing_stands_on_a_host_of_its_outlet() -> None:
    """So that the run holds the lease of every host it asks."""
    for outlet in OUTLETS.values():
        for road, addresses in outlet.discovery.roads.items():
            for address in addresses:
                assert outlet_for(address.replace("{", "").replace("}", ""), (outlet,)) is outlet, (road, address)


# --- what a person sees ----------------------------------------------------------------------------------------------


def test_scrapy_and_the_command_line_list_the_same_outlets(tmp_path: Path) -> None:
    environment = {**os.environ, "KLIPING_HOME": str(tmp_path)}

    def lines(*command: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    rows = [json.loads(line) for line in lines("digests.cli", "outlets", "list", "--json")]
    assert sorted(lines("scrapy", "list")) == sorted(row["name"] for row in rows) == sorted(FILES)
    assert len(rows) >= 30
    assert len({row["country"] for row in rows}) >= 11
    assert len({row["language"] for row in rows}) >= 8
    evidence = Counter(row["evidence"] for row in rows)
    assert set(evidence) == {"seen", "public scrapers", "guess"}
    assert {row["name"] for row in rows if row["enabled"]} == WATCHED
