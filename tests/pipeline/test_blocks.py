"""Printed blocks of an element."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from pipeline.blocks import read_blocks


def printed(html: str) -> list[str]:
    return [block.printed for block in read_blocks(fromstring(f"<div>{html}</div>"))]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Satu</p><p>Dua</p>", ["Satu", "Dua"]),
        ("Satu<br><br>Dua <b>tebal</b><br/>Tiga", ["Satu", "Dua tebal", "Tiga"]),
        ("<p>Sa<b>tu</b> , dua&nbsp;\n tiga\u200b</p>", ["Satu , dua tiga"]),
        ("<h2>Judul</h2>teks<div>lain</div>ekor", ["Judul", "teks", "lain", "ekor"]),
        ("<ol><li>Satu</li><li><p>Dua</p></li></ol>", ["1. Satu", "2. Dua"]),
        ("<ol start=4><li>Empat</li></ol>", ["4. Empat"]),
        ("<ol><li>1. Satu</li></ol>", ["1. Satu"]),
        ("<ul><li>Satu<ol><li>dalam</li></ol></li><li>Dua</li></ul>", ["- Satu", "1. dalam", "- Dua"]),
        ("<p>a<script>x()</script>b<style>c</style></p>", ["ab"]),
        ("<p style='display: none'>x</p><p hidden>y</p><p>z</p>", ["z"]),
        ("<figure>x<figcaption>y</figcaption></figure>z", ["z"]),
        ("<blockquote class='twitter-tweet'>x</blockquote>z", ["z"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a | b", "c"]),
        ("<p>  </p><p>.</p>", ["."]),
        ("", []),
    ],
)
def test_read_blocks(html: str, lines: list[str]) -> None:
    assert printed(html) == lines


def test_read_blocks_keeps_where_links_stand() -> None:
    (block,) = read_blocks(fromstring("<p>Lihat  <a href='/a'>taman <i>kota</i></a> itu</p>"))
    assert [(link.href, block.text[link.start : link.end]) for link in block.links] == [("/a", "taman kota")]


def test_read_blocks_knows_bold_and_kind() -> None:
    bold, plain, head = read_blocks(fromstring("<div><p><b>Tebal</b></p><p>a <b>b</b></p><h3>Judul</h3></div>"))
    assert (bold.bold, plain.bold, head.kind) == (True, False, "head")


def test_read_blocks_leaves_out_what_is_pruned() -> None:
    root = fromstring("<div><p>a</p><p class=x>b</p>c</div>")
    assert [block.text for block in read_blocks(root, root.cssselect(".x"))] == ["a", "c"]


def test_read_blocks_with_captions() -> None:
    root = fromstring("<div><figure><figcaption>Taman</figcaption></figure></div>")
    assert [block.text for block in read_blocks(root, captions=True)] == ["Taman"]
