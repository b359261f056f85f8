"""The mail's HTML at its limits: any number of stories, outlets, placements, long texts; every kind of edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from digests.letter import BUDGET, as_html
from digests.model import Content, OutletCoverage, total
from digests.personal import ROOM
from digests.render import render
from digests.view import subject
from tests.digests import contents
from tests.digests.test_render import page

LIMIT = BUDGET - ROOM
KHMER = "រាជធានីភ្នំពេញ" * 40
LONG = "kata " * 120


def worded(content: Content, text: str) -> Content:
    """Every story told in as many characters as composition lets through."""
    stories = tuple(
        replace(
            block,
            tellings=tuple(replace(one, headline=text[:300], extract=text[:320]) for one in block.tellings),
            quote=block.quote and replace(block.quote, text=text[:600], speaker=text[:100], role=text[:100]),
            note=text[:600],
        )
        for block in content.stories
    )
    return replace(content, stories=stories, max_stories=500)


def outlets(content: Content, number: int) -> Content:
    rows: tuple[OutletCoverage, ...] = tuple(
        replace(
            content.coverage[index % 7], outlet=f"o{index}", title=f"Harian Kota Panjang Sekali Namanya {index}" * 3
        )
        for index in range(number)
    )
    return replace(content, coverage=rows, totals=total(content.stories, rows, ()))


def placements(content: Content, number: int) -> Content:
    place = content.stories[0].placements[0]
    many = tuple(
        replace(place, outlet=f"o{index}", outlet_title="Harian " * 20, url=f"https://o{index}.example/{'x' * 1900}")
        for index in range(number)
    )
    return replace(content, stories=tuple(replace(block, placements=many) for block in content.stories))


EXTREMES: dict[str, Callable[[], Content]] = {
    "300 in Khmer": lambda: contents.full(300, "km"),
    "300 in Burmese": lambda: contents.full(300, "my"),
    "300 in seven": lambda: contents.mixed(300),
    "long Khmer": lambda: worded(contents.full(60, "km"), KHMER),
    "long words": lambda: worded(contents.full(60, "id"), LONG),
    "thousand outlets": lambda: outlets(contents.full(12), 1000),
    "thousand placements": lambda: placements(contents.full(20), 1000),
    "all of it": lambda: placements(outlets(worded(contents.full(40), KHMER), 1000), 60),
    "escapes": lambda: worded(contents.full(40), "<&>\"'" * 200),
}


@pytest.mark.parametrize("extreme", EXTREMES)
def test_the_mail_keeps_its_budget_and_tells_something(extreme: str) -> None:
    made = as_html(EXTREMES[extreme](), "id")
    assert len(made.body) <= LIMIT
    assert made.shortened
    tree = lxml_html.document_fromstring(made.body)
    assert tree.xpath("//h3/a")
    assert tree.xpath("//td[@class='ft']")


def test_what_does_not_fit_is_counted_and_the_text_has_it() -> None:
    content = contents.full(300, "my")
    tree = page(content)
    told = len(tree.xpath("//h3")) + len(tree.xpath("//h2[.='Berita lainnya']/following-sibling::p/a"))
    (rest,) = tree.xpath("//h2[.='Berita lainnya']/following-sibling::p[last()]/text()")
    assert rest.startswith(f"{300 - told} peristiwa lain")
    text = render(content, "id", "text").decode()
    assert f"\n{300}. " in text
    assert all(str(place.url) in text for block in content.stories for place in block.placements)


def alert(content: Content) -> Content:
    bare = replace(content, kind="alert", coverage=(), corrections=(), trends=(), tones=(), top=(), sections=())
    return replace(bare, totals=total(bare.stories, (), ()))


@pytest.mark.parametrize(
    ("language", "line"),
    [("id", "Segera: Dua puluh wali kota tiba"), ("en", "Alert: Dua puluh wali kota tiba")],
)
def test_an_alert_is_its_stories_and_nothing_else(language: str, line: str) -> None:
    content = alert(contents.full(1))
    assert subject(content, language).startswith(line)
    for form in ("html", "text"):
        body = render(content, language, form).decode()
        for absent in ("diperiksa", "checked", "28 hari", "28 days", "Cakupan", "What was checked", "Koreksi"):
            assert absent not in body
        assert "Dua puluh wali kota" in body


def test_a_draft_says_that_it_is_one() -> None:
    content = replace(contents.full(2), kind="draft")
    assert subject(content, "en").startswith("Draft: Kliping, 1 August 2023: 2 stories")
    for form in ("html", "text"):
        body = " ".join(render(content, "en", form).decode().split())
        assert "Draft: not sent yet." in body
        assert "You receive this" not in body


def test_a_morning_without_news_is_short() -> None:
    text = render(contents.empty(), "en", "text").decode()
    assert "No significant coverage: 31 of 31 outlets checked." in " ".join(text.split())
    tree = page(contents.empty(), "en")
    assert not tree.xpath("//h3")
    assert [heading.text for heading in tree.xpath("//h2")] == ["The last 28 days", "What was checked"]
