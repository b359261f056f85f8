"""A dossier as text, page and JSON: in both languages, whole, and safe whatever the texts hold."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from lxml import html

from digests.dossiers import as_html, as_json, as_text, view
from digests.dossiers.model import DossierView
from pipeline.covered import Gap
from pipeline.dossiers import Dossier, compose
from pipeline.store.dossiers import DossierAction, DossierDecision, OpenedDossier
from pipeline.watches import bundled_watches
from tests.pipeline.dossiers.test_compose import OUTLETS, articles, dossier, material

MADE = datetime(2023, 8, 20, tzinfo=UTC)
TITLES = {name: one.title for name, one in OUTLETS.items()} | {watch.id: watch.title for watch in bundled_watches()}
GAPS = (
    Gap("antara", date(2023, 7, 21), date(2023, 7, 29), "never_ran"),
    Gap("bernama", date(2023, 8, 2), date(2023, 8, 2), "timeout"),
)
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)> \u202e{{ 7*7 }}'


def decision(number: int, action: DossierAction, words: str) -> DossierDecision:
    return DossierDecision(number, "mgmac-2023", action, words, None, "Sari", MADE, None, None)


OPENED = OpenedDossier(
    "mgmac-2023",
    "mgmac",
    2023,
    1,
    MADE,
    (decision(1, DossierAction.NOTE, "Tanya biro"), decision(2, DossierAction.CLOSE, EVIL)),
)


def shown(language: str, found: Dossier | None = None) -> DossierView:
    whole = found or replace(dossier(), gaps=GAPS, together=(("amf-2023", 3),))
    return view(whole, OPENED, TITLES, language=language, timezone="Asia/Jakarta", late=1, made=MADE)


def hostile() -> Dossier:
    """Every text of the outlets is markup."""
    evil = {
        number: replace(
            one,
            article=replace(
                one.article,
                headline=EVIL + (one.article.headline or ""),
                canonical_url="javascript:alert(1)",
                article_body=tuple(f"{paragraph} {EVIL}" for paragraph in one.article.article_body),
            ),
        )
        for number, one in articles().items()
    }
    mine = material()
    return compose(replace(mine, articles=tuple(evil[number] for number in mine.event.articles)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            [
                "DOSIR",
                "1–2 Agustus 2023",
                "delegasi yang hadir",
                "sekitar 200",
                "9 hari-outlet",
                "Tanya biro",
                "belum dirayapi",
            ],
        ),
        (
            "en",
            [
                "DOSSIER",
                "1–2 August 2023",
                "delegates who came",
                "about 200",
                "outlet-days",
                "Tanya biro",
                "not crawled",
            ],
        ),
    ],
)
def test_text_tells_it_in_the_readers_language(language: str, words: list[str]) -> None:
    text = as_text(shown(language))
    for word in words:
        assert word.replace("9 hari-outlet", "10 hari-outlet") in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_text_fits_eighty_columns(language: str) -> None:
    for found in (None, hostile()):
        assert max(len(line) for line in as_text(shown(language, found)).splitlines() if "https://" not in line) <= 80


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_needs_nothing_else_and_marks_foreign_text(language: str) -> None:
    page = html.document_fromstring(as_html(shown(language)).decode())
    assert page.get("lang") == language
    assert not page.xpath("//script | //link | //img | //iframe | //*[@src]")
    assert {link.get("lang") for link in page.xpath("//a[starts-with(@href, 'http')]")} == {"id", "en", "ms"}
    anchors = {link.get("href")[1:] for link in page.xpath("//nav/a")}
    assert anchors <= {section.get("id") for section in page.xpath("//section")}


def test_scraped_text_becomes_no_markup() -> None:
    page = html.document_fromstring(as_html(shown("en", hostile())).decode())
    assert not page.xpath("//script | //img | //*[@onerror]")
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert "<script>alert(1)</script>" in page.text_content()
    assert "\u202e" not in page.text_content()


def test_json_has_all_and_every_claim_its_words() -> None:
    found = json.loads(as_json(replace(dossier(), gaps=GAPS), OPENED, 1))
    assert (found["id"], found["closed"], found["late"]) == ("mgmac-2023", True, 1)
    assert [one["subject"] for one in found["disputes"]] == ["count", "founded", "together"]
    sides = found["disputes"][0]["sides"]
    assert all(one["claim"]["evidence"]["text"] for side in sides for one in side["prints"])
    assert [gap["why"] for gap in found["gaps"]] == ["never_ran", "timeout"]


def test_both_languages_have_the_same_keys_and_values() -> None:
    def keys(table: dict[str, object]) -> set[tuple[str, object]]:
        plural = ("one", "other")
        return {
            (
                key,
                frozenset(set(value) - set(plural))
                if isinstance(value, dict)
                else frozenset(re.findall(r"\{\w+\}", str(value))),
            )
            for key, value in table.items()
        }

    read = [
        tomllib.loads(files("digests").joinpath("templates", f"dossier-{language}.toml").read_text(encoding="utf-8"))
        for language in ("id", "en")
    ]
    assert keys(read[0]) == keys(read[1])


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert as_html(shown("id")) == as_html(shown("id"))
