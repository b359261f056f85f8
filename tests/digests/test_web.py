"""The page: all of the edition, nothing that runs, nothing fetched, readable at every width, in light and dark."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from digests.dressing import PLAIN, Dressing
from digests.model import Content
from digests.web import as_web, style_hash
from tests.digests.axe import violations
from tests.digests.contents import empty, full, mixed
from tests.digests.hostile import CASES, beyond, poisoned, unseen, vector
from tests.digests.test_pictures import WORD, measured

SERVED = Dressing(base_url="https://kliping.example")
OURS = frozenset({"svg"})  # the charts


def page(content: Content, language: str = "id", dressing: Dressing = PLAIN) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(as_web(content, language, dressing))


def words_of(content: Content, language: str = "id") -> str:
    return " ".join(page(content, language).text_content().split())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("count", [1, 12, 300])
def test_every_story_placement_and_outlet_is_there(count: int, language: str) -> None:
    content = mixed(count)
    shown = page(content, language)
    links = {link for _, attribute, link, _ in shown.iterlinks() if attribute == "href"}
    assert len(shown.cssselect("article")) == count
    assert {place.url for block in content.stories for place in block.placements} <= links
    told = " ".join(shown.text_content().split())
    assert [block.lead.headline for block in content.stories if str(block.lead.headline) not in told] == []
    assert len(shown.cssselect("table.cover tbody tr")) == len(content.coverage)


def test_what_is_not_there_leaves_nothing() -> None:
    told = words_of(replace(empty(), trends=()))
    assert "Tidak ada liputan berarti: 31 dari 31 outlet diperiksa." in told
    assert not re.search(r"Rekapitulasi|Ralat|28 hari|Berita utama", told)
    blocks = page(empty()).iter("ul", "ol", "section", "article", "p")
    assert [block.tag for block in blocks if not block.text_content().strip()] == []


def test_foreign_text_names_its_language() -> None:
    shown = page(mixed(7))
    for language in ("en", "th", "vi", "km", "my", "zh"):
        assert shown.cssselect(f"h3 [lang={language}]")
    assert not shown.cssselect("h3 [lang=id]")


def test_a_served_page_leads_to_the_other_language_and_forms() -> None:
    links = {link for _, _, link, _ in page(full(1), "id", SERVED).iterlinks() if not link.startswith(("http", "#"))}
    assert links == {"?language=en", *(f"?format={form}&language=id" for form in ("pdf", "text", "whatsapp", "json"))}
    assert not [link for _, _, link, _ in page(full(1)).iterlinks() if not link.startswith(("http", "#"))]


def test_a_strict_policy_lets_its_style_through() -> None:
    shown = page(mixed(12), "id", SERVED)
    (style,) = shown.cssselect("style")
    digest = base64.b64encode(hashlib.sha256(str(style.text).encode()).digest()).decode()
    assert style_hash() == f"'sha256-{digest}'"
    assert shown.cssselect("[style], script, img, link, iframe") == []


def test_it_says_nothing_about_mail() -> None:
    assert "berlangganan" not in words_of(full(3))
    assert "subscrib" not in words_of(full(3), "en")


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_hostile_text_runs_nothing(kind: str, number: int) -> None:
    body = as_web(poisoned(full(2), vector(kind, number)), "id")
    assert beyond(body, OURS) == []
    assert unseen(body.decode()) == []


def test_the_same_edition_is_the_same_bytes() -> None:
    assert as_web(mixed(12), "en", SERVED) == as_web(mixed(12), "en", SERVED)


@pytest.mark.chromium
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_fits_every_width_can_be_read_and_fetches_nothing(*, dark: bool) -> None:
    content = mixed(8)
    long = replace(content.stories[0], tellings=(replace(content.stories[0].lead, headline=WORD, extract=WORD),))
    frames = measured(as_web(replace(content, stories=(long, *content.stories[1:])), "id", SERVED), dark=dark)
    for frame in frames:
        assert frame["needed"] <= frame["width"]
        assert frame["faint"] == []
        assert frame["fetched"] == []
        assert (frame["dark"], frame["ground"] < 0.1) == (dark, dark)


@pytest.mark.chromium
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(*, dark: bool) -> None:
    pages = (as_web(mixed(4), "id", SERVED), as_web(empty(), "en"))
    assert violations(*pages, dark=dark) == []
