"""Locations of an article: their order, evidence, reasons, datelines, and text that means harm."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.locations import find_locations
from pipeline.model import Article
from tests.pipeline.locations.articles import article

_LONG = 100_000  # code points


def _slice(found: Article, field: str, start: int, end: int) -> str:
    texts = {"headline": found.headline or "", "description": found.description or ""}
    texts |= {f"article_body[{place}]": text for place, text in enumerate(found.article_body)}
    return texts[field][start:end]


def test_main_place_is_the_headlines() -> None:
    found = find_locations(
        article("Surabaya tuan rumah", "Peserta dari Jakarta, Medan, dan Jakarta datang ke Jakarta.")
    )
    assert found.places == ("Surabaya", "Jakarta", "Medan")


def test_city_comes_before_its_province() -> None:
    found = find_locations(article(None, "Di Jawa Barat, tepatnya di Bandung, hujan turun."))
    assert found.places == ("Bandung", "Jawa Barat")


def test_place_named_often_comes_before_one_named_once() -> None:
    found = find_locations(
        article(None, "Rapat dibuka.", "Utusan Hanoi hadir.", "Manila menang. Manila senang. Kota Manila.")
    )
    assert found.places == ("Manila", "Hanoi")


def test_location_says_what_and_where_it_is() -> None:
    (found,) = find_locations(article(None, "Wali Kota Bandung hadir.")).content_locations
    assert (found.id, found.name, found.kind, found.country) == ("id-bandung", "Bandung", "city", "ID")
    assert found.province == "Jawa Barat"


def test_city_that_is_a_province_has_none() -> None:
    (found,) = find_locations(article(None, "Pemprov DKI Jakarta rapat.")).content_locations
    assert (found.id, found.province) == ("id-jakarta", None)


def test_two_cities_of_one_name_have_two_ids() -> None:
    la_union = find_locations(article(None, "San Fernando City, La Union.", language="en")).content_locations
    pampanga = find_locations(article(None, "San Fernando, Pampanga.", language="en")).content_locations
    assert la_union[0].id != pampanga[0].id


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Hujan turun di Bandung.", "name"),
        ("Hujan turun di Jabar.", "alias"),
        ("Gubernur Jabar hadir.", "office"),
        ("Kebun di Batu, Jawa Timur, panen.", "context"),
    ],
    ids=["name", "alias", "office", "context"],
)
def test_rule_of_the_evidence(text: str, rule: str) -> None:
    evidence = find_locations(article(None, text)).content_locations[0].evidence
    assert evidence[0].rule == rule


def test_reason_quotes_the_words() -> None:
    (found,) = find_locations(article("Jabar siaga", "Warga Jawa Barat waspada.")).content_locations
    assert found.reason == 'The headline names it by another name: "Jabar", 2 times in all (Indonesia).'


def test_dateline_alone_is_no_location() -> None:
    assert find_locations(article(None, "JAKARTA, WARTA.com - Gempa mengguncang Palu.")).places == ("Palu",)


def test_dateline_is_evidence_of_a_place_named_again() -> None:
    (found,) = find_locations(article(None, "SERANG (WARTA) - Warga Kota Serang mengungsi.")).content_locations
    assert [one.rule for one in found.evidence] == ["context", "dateline"]


def test_description_counts_and_keywords_do_not() -> None:
    found = replace(article(None, "Rapat ditunda.", description="Rapat di Manado ditunda."), keywords=("Bitung",))
    assert find_locations(found).places == ("Manado",)


def test_decomposed_letters_are_the_same_name() -> None:
    found = find_locations(article(None, "UBND thành phố Hue\u0302\u0301 họp.", language="vi"))
    assert found.places == ("Hue",)


def test_text_without_places_has_none() -> None:
    assert find_locations(article("Rapat ditunda", "Tidak ada yang hadir.")).content_locations == ()


def test_nothing_but_a_url_has_none() -> None:
    assert find_locations(article(None)).content_locations == ()


@pytest.mark.parametrize(
    "unit",
    [
        "Jakarta ",
        "Jakarta-",
        "Batu, ",
        "Kota ",
        "of ",
        "Universitas Bandung ",
        "Solo (",
        "กรุงเทพ",
        "雅加达",
        '"Solo ',
        "\u0300",
        "San Fernando ",
    ],
    ids=["name", "hyphen", "comma", "kind", "of", "head", "bracket", "thai", "han", "quotation", "mark", "several"],
)
def test_one_token_repeated_is_read_to_the_end(unit: str) -> None:
    text = (unit * (_LONG // len(unit) + 1))[:_LONG]
    found = find_locations(article(text[:200], text))
    assert len(found.content_locations) <= 1


@pytest.mark.shared
def test_evidence_is_the_slice_it_says_in_real_texts(shared: Callable[..., Path]) -> None:
    with gzip.open(shared("language.jsonl.gz"), "rt", encoding="utf-8") as file:
        texts = [json.loads(line) for place, line in enumerate(file) if place % 12 == 0]
    for text in texts:
        found = find_locations(article(text["text"][:90], *text["text"].split("\n"), language=text["lang"]))
        assert found == find_locations(found)
        for location in found.content_locations:
            assert location.evidence
            for one in location.evidence:
                assert _slice(found, one.field, one.start, one.end) == one.text
