"""Selectors by the index of a page find what the library finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from pipeline.document import select
from pipeline.outlet import Markup
from pipeline.selection import Index, find, select_under
from tests.pipeline.reading import outlets

PAGE = document_fromstring(
    """<html><body class='kabar  kota'><div id='isi' class='teks utama'><h1 class='judul'>Satu</h1>
    <p class='teks'>Dua <b class='x teks'>tiga</b></p><div class='kotak'><p>Empat</p><P CLASS='Teks'>Lima</P></div>
    <ul><li class='a-b_c'>Enam</li><li data-x='1'>Tujuh</li></ul></div>
    <div class='teks'><h1>Delapan</h1></div></body></html>"""
)


@pytest.mark.parametrize(
    "css",
    [
        ".teks", ".Teks", "p.teks", "P.teks", "#isi", "div#isi.teks", ".teks.utama", ".utama.teks", ".tidak", "p.tidak",
        "#isi .teks", "#isi > .teks", "#isi > p > .teks", "body .kotak p", ".kotak > p", "div div .Teks", ".teks .teks",
        ".tidak .teks", "#tidak > p", "h1", "h1.judul, .kotak", ".kotak, h1.judul", ".teks, p", "p, .tidak", "b.x, b.x",
        "[data-x]", ".teks, [data-x='1']", "li:first-child", "#isi li:nth-child(2), .judul", "p:has(b)",
        "li:not(.a-b_c)", ".a-b_c", "li[class*='b_']", "h1 + p", ".judul ~ div", "*", "body", ".kabar.kota",
        "html body.kota>div#isi>h1",
    ],
)  # fmt: skip
def test_the_index_finds_what_the_library_finds(css: str) -> None:
    assert Index(PAGE).select(css) == select_under(PAGE, css)
    assert select(PAGE, css) == select_under(PAGE, css)


def test_under_an_element_only_what_is_in_it_is_found() -> None:
    box = find(PAGE, ".kotak")[0]
    assert [element.text for element in find(box, "p")] == ["Empat", "Lima"]
    assert find(box, ".judul") == []


def test_a_tree_too_deep_for_the_library_gives_none() -> None:
    deep = document_fromstring("<div>" * 300 + "x" + "</div>" * 300)
    assert select(deep, " > ".join(["div"] * 300 + ["p"])) == []


def _selectors(markup: Markup) -> list[str]:
    named = [getattr(markup, field.name) for field in fields(markup) if field.name not in ("name", "prune")]
    return [css for css in (*named, *markup.prune) if isinstance(css, str)]


@pytest.mark.shared
def test_every_selector_of_every_outlet_on_real_pages(shared: Callable[..., Path]) -> None:
    every = sorted({css for outlet in outlets().values() for markup in outlet.markup for css in _selectors(markup)})
    trees: list[HtmlElement] = [
        document_fromstring(path.read_bytes()) for path in sorted(shared("pages").glob("*.html"))[::5]
    ]
    for tree in trees:
        index = Index(tree)
        assert [css for css in every if index.select(css) != select_under(tree, css)] == []
