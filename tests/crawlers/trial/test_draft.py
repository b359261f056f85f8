"""An outlet file from a site on paper: explored, proposed, written down, read back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from crawlers.loader import load_outlets
from crawlers.trial.draft import name_of, propose
from crawlers.trial.explore import Site, explore
from crawlers.trial.judging import Outcome
from crawlers.trial.toml import outlet_toml
from pipeline.config import Settings
from pipeline.errors import OutletError
from pipeline.outlet import Markup, parse_outlet
from pipeline.watches import bundled_watches
from tests.crawlers.trial.paper import HOST, paragraphs, recorded, site

OUTLETS = load_outlets(Settings()).outlets
WATCHES = bundled_watches()


def explored(pages: dict[str, str]) -> Site:
    found = asyncio.run(explore(f"{HOST}/berita/4101/any", recorded(pages)))
    assert found is not None
    return found


def test_it_finds_feed_pattern_search_and_terms() -> None:
    outlet = propose(explored(site()), WATCHES).outlet
    assert outlet.discovery.feeds == (f"{HOST}/rss.xml",)  # not that of the comments
    assert outlet.discovery.article == (r"^https://www\.kotasiar\.test/berita/\d+/[^/]+$",)
    assert outlet.discovery.searches == (f"{HOST}/cari?q={{query}}",)
    assert outlet.terms.url == f"{HOST}/syarat"
    assert (outlet.name, outlet.title, outlet.language, outlet.country) == ("kotasiar", "Kota Siar", "id", "ID")
    assert (outlet.timezone, outlet.evidence, outlet.enabled) == ("Asia/Jakarta", "seen", False)
    assert outlet.hosts == ("www.kotasiar.test", "kotasiar.test")


def test_the_pages_themselves_give_the_selectors() -> None:
    proposal = propose(explored(site()), WATCHES)
    assert proposal.outlet.markup == (
        Markup("seen", ".isi-berita", headline=".judul-berita", date=".tanggal-berita", byline=".penulis-berita"),
    )
    texts = {read.article.article_body for read in proposal.read}
    assert texts == {paragraphs(number) for number in range(4)}
    assert {read.generation for read in proposal.read} == {"seen"}
    assert proposal.checked.outcome is Outcome.PROVEN


def test_a_site_read_well_without_selectors_gets_none() -> None:
    proposal = propose(explored(site({"root": "entry-content"})), WATCHES)
    assert proposal.outlet.markup == ()
    assert {read.article.article_body for read in proposal.read} == {paragraphs(number) for number in range(4)}


def test_a_search_that_finds_anything_is_left_out_and_told() -> None:
    pages = site()
    pages[f"{HOST}/cari?q=qxzvwkjpy"] = pages[f"{HOST}/cari?q=dibuka"]
    proposal = propose(explored(pages), WATCHES)
    assert proposal.outlet.discovery.searches == ()
    assert "its search form does not search: left out" in proposal.unproven


def test_without_a_feed_the_front_is_the_listing() -> None:
    pages = {url: body for url, body in site().items() if not url.endswith("rss.xml")}
    found = explored(pages)
    assert found.listings == ()
    assert len(found.index) == 4
    assert found.induced.accepts(f"{HOST}/berita/5000/judul-yang-baru-sama-sekali")


def test_a_site_without_articles_is_refused() -> None:
    with pytest.raises(OutletError, match="no article found among its feeds, sitemaps and links"):
        propose(explored({f"{HOST}/": "<html><body><a href='/tentang'>Tentang</a></body></html>"}), WATCHES)
    assert asyncio.run(explore(f"{HOST}/", recorded({}))) is None


def test_robots_of_the_recording_are_obeyed() -> None:
    pages = site() | {f"{HOST}/robots.txt": "User-agent: *\nDisallow: /berita/\n"}
    found = explored(pages)
    assert found.pages == ()
    assert all("robots.txt disallows" in line for line in found.failed)


@pytest.mark.parametrize("name", sorted(OUTLETS))
def test_a_file_that_is_written_reads_back_the_same(name: str) -> None:
    outlet = OUTLETS[name]
    filled_in = replace(outlet, discovery=replace(outlet.discovery, portals=()))
    assert parse_outlet(outlet_toml(outlet, ["Why it is odd."])) == filled_in


def test_a_proposed_file_is_short_and_reads_back_the_same() -> None:
    outlet = propose(explored(site()), WATCHES).outlet
    text = outlet_toml(outlet)
    assert len(text.splitlines()) <= 30
    assert parse_outlet(text) == outlet


@pytest.mark.parametrize(
    ("host", "name"),
    [("www.kabarkota.test", "kabarkota"), ("news.kota-kita.co.id", "kota-kita"), ("www.20kota.test", "site-20kota")],
)
def test_the_name_is_the_domains(host: str, name: str) -> None:
    assert name_of(host) == name
